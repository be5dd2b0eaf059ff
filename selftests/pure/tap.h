/* SPDX-License-Identifier: GPL-2.0-only */
/* Results as the Test Anything Protocol has them. */
#ifndef PURE_TAP_H
#define PURE_TAP_H

#include <stdbool.h>

void tap_plan(int tests);
void tap_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void tap_result(const char *format, ...) __attribute__((format(printf, 1, 2)));
int tap_status(void);

#endif /* PURE_TAP_H */
