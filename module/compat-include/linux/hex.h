/* SPDX-License-Identifier: GPL-2.0-only */
/* Kernels before 6.4 have it in linux/kernel.h, from which 7 has removed it. */
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#include <linux/kernel.h>
#else
#include_next <linux/hex.h>
#endif
