/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_LIMITS_H
#define PURE_LINUX_LIMITS_H

#include_next <linux/limits.h>

#define INT_MAX		__INT_MAX__

#endif /* PURE_LINUX_LIMITS_H */
