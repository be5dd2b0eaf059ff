/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_SWAB_H
#define PURE_LINUX_SWAB_H

#include_next <linux/swab.h>

#define swab64(x)		__swab64(x)

#endif /* PURE_LINUX_SWAB_H */
