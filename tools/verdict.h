/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_VERDICT_H
#define BRGUARDCTL_VERDICT_H

struct nlattr;

void verdict_print(const struct nlattr *nest, unsigned long long number, const char *port);

#endif
