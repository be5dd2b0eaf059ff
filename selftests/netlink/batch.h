/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BRGUARD_FUZZ_BATCH_H
#define BRGUARD_FUZZ_BATCH_H

#include <stddef.h>

#include "message.h"

#define BATCH	16

/**
 * struct batch - requests that are sent at once
 * @n: of them
 * @closed: the last one's length lies: nothing can follow
 * @at: where each begins, and at [n] the end
 * @bytes: of all of them. Bit 0 of a sequence number: a refusal has to come with a
 *	sentence
 */
struct batch {
	unsigned int n;
	bool closed;
	size_t at[BATCH + 1];
	char bytes[(BATCH + 1) * MESSAGE_MAX];
};

void batch_make(struct batch *b, const struct family *family, struct random *r);
void batch_vary(struct batch *b, const struct family *family, struct random *r);
void batch_number(struct batch *b, unsigned int *seq);
struct batch *batch_copy(const struct batch *b);
void batch_restore(struct batch *b, const struct batch *copy);

#endif
