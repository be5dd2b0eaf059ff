/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_SLAB_H
#define PURE_LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL_ACCOUNT	0
#define __GFP_NOWARN		0

/* The allocation after this many more fails; never, if negative. */
extern int pure_alloc_left;

void *kvcalloc(size_t n, size_t size, gfp_t flags);
void kvfree(const void *p);

#endif /* PURE_LINUX_SLAB_H */
