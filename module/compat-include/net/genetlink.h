/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernels before 6.7 keep the attributes of a dump elsewhere. */
#include_next <net/genetlink.h>
#include <linux/version.h>

#ifndef BRG_COMPAT_GENETLINK_H
#define BRG_COMPAT_GENETLINK_H

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
#define genl_info_dump(cb)	genl_dumpit_info(cb)
#endif

#endif
