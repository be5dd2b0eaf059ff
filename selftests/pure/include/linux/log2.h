/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_LOG2_H
#define PURE_LINUX_LOG2_H

/* The least n with 2^n >= x; 0 for 0. */
static inline int order_base_2(unsigned long x)
{
	int n = 0;

	while (n < 64 && 1UL << n < x)
		n++;

	return n;
}

/* Of a power of 2. */
static inline int ilog2(unsigned long x)
{
	return order_base_2(x);
}

static inline unsigned long roundup_pow_of_two(unsigned long x)
{
	return 1UL << order_base_2(x);
}

#endif /* PURE_LINUX_LOG2_H */
