/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BRGUARD_FUZZ_RANDOM_H
#define BRGUARD_FUZZ_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* xorshift64*: the same seed gives the same messages on every machine. */
struct random {
	uint64_t state;
};

static inline uint64_t random_next(struct random *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;

	return r->state * 0x2545f4914f6cdd1dULL;
}

/* From 0 to n - 1. */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
	return (random_next(r) >> 32) * n >> 32;
}

/* Once in n times. */
static inline bool random_once_in(struct random *r, uint32_t n)
{
	return !random_below(r, n);
}

static inline void random_fill(struct random *r, void *data, size_t len)
{
	uint8_t *at = data;

	while (len--)
		*at++ = random_next(r) >> 56;
}

#endif
