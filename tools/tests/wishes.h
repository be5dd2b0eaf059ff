/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_WISHES_H
#define BRGUARDCTL_TESTS_WISHES_H

#include <stdint.h>

struct nlmsghdr;

void wishes_answer(const struct nlmsghdr *request, const char *port, uint16_t flags);

#endif
