/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory for many small things of a configuration, side by side and without a
 * header each, freed one by one or all at once.
 */
#ifndef BRG_ARENA_H
#define BRG_ARENA_H

#include <linux/list.h>
#include <linux/types.h>

/* Sizes are multiples of this. */
#define BRG_ARENA_UNIT	8
/* What is larger gets a block of its own. */
#define BRG_ARENA_MAX	512

/**
 * struct brg_arena - blocks, and what is free in them
 * @blocks: all blocks
 * @at: where the unused end of the youngest block begins
 * @left: its bytes
 * @size: bytes of the youngest block; the next one has twice as many, up to a
 *	limit, so that little is lost in a small configuration
 * @free: what was freed, a list for each size
 */
struct brg_arena {
	struct list_head blocks;
	void *at;
	u32 left;
	u32 size;
	void *free[BRG_ARENA_MAX / BRG_ARENA_UNIT + 1];
};

void brg_arena_init(struct brg_arena *arena);
void *brg_arena_alloc(struct brg_arena *arena, u32 size);
void brg_arena_free(struct brg_arena *arena, void *what, u32 size);
void brg_arena_destroy(struct brg_arena *arena);

#endif /* BRG_ARENA_H */
