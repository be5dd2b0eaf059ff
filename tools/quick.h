/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_QUICK_H
#define BRGUARDCTL_QUICK_H

#include <stdbool.h>

struct binding;

bool quick_read(const char *line, struct binding *binding);

#endif
