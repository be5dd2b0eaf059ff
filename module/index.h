/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pointers in an order of their own: runs of up to BRG_RUN_MAX, found by two
 * binary searches. What comes in order costs neither a search nor a move.
 *
 * The order is that of a function brg_*_below(), inlined into each search.
 */
#ifndef BRG_INDEX_H
#define BRG_INDEX_H

#include <linux/compiler.h>
#include <linux/types.h>

#define BRG_RUN_MAX	512

/**
 * struct brg_run - pointers in order
 * @item: the pointers
 * @n: their number, never 0
 * @room: how many fit
 */
struct brg_run {
	void **item;
	u32 n;
	u32 room;
};

/**
 * struct brg_index - runs in order
 * @run: the runs
 * @n: their number
 * @room: how many fit
 * @hint: the run where something was inserted last, or any number
 */
struct brg_index {
	struct brg_run *run;
	u32 n;
	u32 room;
	u32 hint;
};

/**
 * struct brg_cursor - a place in an index
 * @run: the run
 * @at: place in it; its end stands for the start of the next one
 */
struct brg_cursor {
	u32 run;
	u32 at;
};

/* Does the item come before the key? */
typedef bool (*brg_below_t)(const void *item, const void *key);

int brg_index_insert(struct brg_index *index, struct brg_cursor at, void *item);
void brg_index_remove(struct brg_index *index, struct brg_cursor at);
void brg_index_free(struct brg_index *index);

/* The item at a place, or NULL behind the last one. */
static inline void *brg_index_at(const struct brg_index *index,
				 struct brg_cursor *at)
{
	if (at->run < index->n && at->at == index->run[at->run].n) {
		at->run++;
		at->at = 0;
	}

	return at->run < index->n ? index->run[at->run].item[at->at] : NULL;
}

static inline void *brg_index_next(const struct brg_index *index,
				   struct brg_cursor *at)
{
	at->at++;

	return brg_index_at(index, at);
}

/* Puts another item of the same key in the place of one. */
static inline void brg_index_set(struct brg_index *index,
				 struct brg_cursor at, void *item)
{
	index->run[at.run].item[at.at] = item;
}

/* The last run that starts below the key, else the first one. */
static __always_inline u32 brg_index_run(const struct brg_index *index,
					 const void *key, brg_below_t below)
{
	u32 lo = index->hint, hi = index->n, mid;

	if (lo < hi && below(index->run[lo].item[0], key) &&
	    (lo + 1 == hi || !below(index->run[lo + 1].item[0], key)))
		return lo;
	for (lo = 0; hi > lo + 1;) {
		mid = lo + (hi - lo) / 2;
		if (below(index->run[mid].item[0], key))
			lo = mid;
		else
			hi = mid;
	}

	return lo;
}

/* The first place whose item is not below the key. */
static __always_inline struct brg_cursor
brg_index_lower(const struct brg_index *index, const void *key,
		brg_below_t below)
{
	struct brg_cursor at = {};
	const struct brg_run *run;
	u32 hi, mid;

	if (!index->n)
		return at;
	at.run = brg_index_run(index, key, below);
	run = &index->run[at.run];
	hi = run->n;
	if (below(run->item[hi - 1], key))
		at.at = hi;
	while (at.at < hi) {
		mid = at.at + (hi - at.at) / 2;
		if (below(run->item[mid], key))
			at.at = mid + 1;
		else
			hi = mid;
	}

	return at;
}

#endif /* BRG_INDEX_H */
