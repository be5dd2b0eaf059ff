// SPDX-License-Identifier: GPL-2.0-only
#include <linux/align.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "arena.h"

#define BRG_BLOCK_MIN	2048
#define BRG_BLOCK_MAX	65536
#define BRG_ARENA_GFP	(GFP_KERNEL_ACCOUNT | __GFP_NOWARN)

struct brg_block {
	struct list_head list;
	u64 data[];
};

/**
 * brg_arena_init() - an arena without any memory
 * @arena: arena, zeroed
 */
void brg_arena_init(struct brg_arena *arena)
{
	INIT_LIST_HEAD(&arena->blocks);
}

static void *brg_arena_block(struct brg_arena *arena, u32 bytes)
{
	struct brg_block *block = kvmalloc(bytes, BRG_ARENA_GFP);

	if (!block)
		return NULL;
	list_add(&block->list, &arena->blocks);

	return block->data;
}

static bool brg_arena_refill(struct brg_arena *arena)
{
	u32 size = clamp_t(u32, 2 * arena->size, BRG_BLOCK_MIN, BRG_BLOCK_MAX);
	void *at = brg_arena_block(arena, size);

	if (!at)
		return false;
	arena->at = at;
	arena->left = size - sizeof(struct brg_block);
	arena->size = size;

	return true;
}

/**
 * brg_arena_alloc() - allocate
 * @arena: arena
 * @size: bytes
 *
 * Context: may sleep.
 * Return: memory, not zeroed, or NULL.
 */
void *brg_arena_alloc(struct brg_arena *arena, u32 size)
{
	void **list, *what;

	size = ALIGN(size, BRG_ARENA_UNIT);
	if (size > BRG_ARENA_MAX)
		return brg_arena_block(arena, size + sizeof(struct brg_block));
	list = &arena->free[size / BRG_ARENA_UNIT];
	what = *list;
	if (what) {
		*list = *(void **)what;
		return what;
	}
	if (arena->left < size && !brg_arena_refill(arena))
		return NULL;
	what = arena->at;
	arena->at += size;
	arena->left -= size;

	return what;
}

/**
 * brg_arena_free() - free
 * @arena: arena
 * @what: what it has allocated
 * @size: with this number of bytes
 *
 * Context: may sleep.
 */
void brg_arena_free(struct brg_arena *arena, void *what, u32 size)
{
	struct brg_block *block;
	void **list;

	size = ALIGN(size, BRG_ARENA_UNIT);
	if (size > BRG_ARENA_MAX) {
		block = container_of(what, struct brg_block, data[0]);
		list_del(&block->list);
		kvfree(block);
		return;
	}
	list = &arena->free[size / BRG_ARENA_UNIT];
	*(void **)what = *list;
	*list = what;
}

/**
 * brg_arena_destroy() - free all there is
 * @arena: arena that nothing is used of any more
 *
 * Context: may sleep.
 */
void brg_arena_destroy(struct brg_arena *arena)
{
	struct brg_block *block, *tmp;

	list_for_each_entry_safe(block, tmp, &arena->blocks, list)
		kvfree(block);
}
