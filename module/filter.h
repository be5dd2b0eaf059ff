/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which MAC addresses may be bound? Most are not, and this says so of nearly
 * all of them. Pure: no lock, and who adds is alone.
 *
 * Bits are never cleared, so readers see what was there when they came, and
 * perhaps what is being added.
 */
#ifndef BRG_FILTER_H
#define BRG_FILTER_H

#include <linux/compiler.h>
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/swab.h>
#include <linux/types.h>

/* Addresses in a word at most: 1.7 % of all others are taken for one then. */
#define BRG_FILTER_WORD		4

/**
 * struct brg_filter - MAC addresses
 * @seed: of the hash
 * @word: each address has two bits of one word
 * @left: addresses that may be added before it takes too many others for bound
 * @shift: 64 - log2 of the number of words
 */
struct brg_filter {
	u64 seed;
	u64 *word;
	u32 left;
	u8 shift;
};

/* Words for @n addresses: a power of 2, at least 2. */
static inline u64 brg_filter_words(u64 n)
{
	return roundup_pow_of_two(n / BRG_FILTER_WORD + 2);
}

/* @word: so many words, all 0 */
static inline void brg_filter_init(struct brg_filter *f, u64 *word, u64 words,
				   u64 seed)
{
	f->seed = seed;
	f->word = word;
	f->left = words * BRG_FILTER_WORD;
	f->shift = 64 - ilog2(words);
}

/*
 * Addresses of one maker or one template differ in their last bytes. Those have
 * to be the low ones, as a product carries upwards, and a second product has to
 * follow: one alone keeps a row of addresses at the same distance from each
 * other, and if one met what is bound, its neighbours would.
 */
static inline u64 brg_filter_hash(const struct brg_filter *f, u64 mac)
{
	u64 hash = ((swab64(mac) >> 16) ^ f->seed) * GOLDEN_RATIO_64;

	return (hash ^ hash >> 29) * GOLDEN_RATIO_64;
}

/* The two bits, by parts of the hash that do not choose the word. */
static inline u32 brg_filter_bit1(u64 hash)
{
	return hash >> 20 & 63;
}

static inline u32 brg_filter_bit2(u64 hash)
{
	return hash >> 26 & 63;
}

/*
 * False: the MAC address in the low 48 bits of @mac was never added. The high
 * ones may be whatever follows it in a frame.
 */
static __always_inline bool brg_filter_may_have(const struct brg_filter *f,
						u64 mac)
{
	u64 hash = brg_filter_hash(f, mac);
	u64 word = READ_ONCE(f->word[hash >> f->shift]);

	return word >> brg_filter_bit1(hash) & 1 &&
	       word >> brg_filter_bit2(hash) & 1;
}

/* With 32 bits there are two stores. Who sees one alone lacks the address. */
static inline void brg_filter_add(struct brg_filter *f, u64 mac)
{
	u64 hash = brg_filter_hash(f, mac);
	u64 *word = &f->word[hash >> f->shift];

	if (brg_filter_may_have(f, mac))
		return;
	WRITE_ONCE(*word, *word | 1ULL << brg_filter_bit1(hash) |
		   1ULL << brg_filter_bit2(hash));
	f->left -= f->left > 0;
}

#endif /* BRG_FILTER_H */
