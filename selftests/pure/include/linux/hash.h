/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_HASH_H
#define PURE_LINUX_HASH_H

/* An odd number near 2^64 / phi^2, the kernel's. */
#define GOLDEN_RATIO_64		0x61c8864680b583ebULL

#endif /* PURE_LINUX_HASH_H */
