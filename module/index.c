// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "index.h"

#define BRG_RUN_MIN	4

static int brg_index_grow(struct brg_index *index)
{
	u32 room = max_t(u32, 1, 2 * index->room);
	struct brg_run *run;

	if (index->n < index->room)
		return 0;
	run = kvmalloc_array(room, sizeof(*run), GFP_KERNEL_ACCOUNT);
	if (!run)
		return -ENOMEM;
	if (index->n)
		memcpy(run, index->run, index->n * sizeof(*run));
	kvfree(index->run);
	index->run = run;
	index->room = room;

	return 0;
}

/* It is empty, which none may stay. */
static int brg_index_add_run(struct brg_index *index, u32 at, u32 room)
{
	struct brg_run *run;
	void **item;
	int err;

	err = brg_index_grow(index);
	if (err)
		return err;
	item = kmalloc_array(room, sizeof(*item), GFP_KERNEL_ACCOUNT);
	if (!item)
		return -ENOMEM;
	run = &index->run[at];
	memmove(run + 1, run, (index->n - at) * sizeof(*run));
	*run = (struct brg_run){ .item = item, .room = room };
	index->n++;

	return 0;
}

/* A run is full: makes room at a place, which moves. */
static int brg_index_split(struct brg_index *index, struct brg_cursor *at)
{
	bool last = at->run + 1 == index->n && at->at == BRG_RUN_MAX;
	u32 half = last ? BRG_RUN_MAX : BRG_RUN_MAX / 2;
	struct brg_run *run;
	int err;

	err = brg_index_add_run(index, at->run + 1,
				last ? BRG_RUN_MIN : BRG_RUN_MAX);
	if (err)
		return err;
	run = &index->run[at->run];
	run[1].n = run->n - half;
	memcpy(run[1].item, run->item + half, run[1].n * sizeof(*run->item));
	run->n = half;
	if (last || at->at > half) {
		at->run++;
		at->at -= half;
	}

	return 0;
}

static int brg_run_grow(struct brg_run *run)
{
	u32 room = min_t(u32, 2 * run->room, BRG_RUN_MAX);
	void **item;

	if (run->n < run->room)
		return 0;
	item = krealloc(run->item, room * sizeof(*item), GFP_KERNEL_ACCOUNT);
	if (!item)
		return -ENOMEM;
	run->item = item;
	run->room = room;

	return 0;
}

static int brg_index_make_room(struct brg_index *index, struct brg_cursor *at)
{
	if (!index->n)
		return brg_index_add_run(index, 0, BRG_RUN_MIN);
	if (index->run[at->run].n == BRG_RUN_MAX)
		return brg_index_split(index, at);

	return brg_run_grow(&index->run[at->run]);
}

/**
 * brg_index_insert() - put an item in front of a place
 * @index: index
 * @at: place
 * @item: item
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int brg_index_insert(struct brg_index *index, struct brg_cursor at, void *item)
{
	struct brg_run *run;
	int err;

	err = brg_index_make_room(index, &at);
	if (err)
		return err;
	run = &index->run[at.run];
	if (at.at < run->n)
		memmove(run->item + at.at + 1, run->item + at.at,
			(run->n - at.at) * sizeof(*run->item));
	run->item[at.at] = item;
	run->n++;
	index->hint = at.run;

	return 0;
}

/**
 * brg_index_remove() - take out the item at a place
 * @index: index
 * @at: place of an item
 */
void brg_index_remove(struct brg_index *index, struct brg_cursor at)
{
	struct brg_run *run = &index->run[at.run];

	run->n--;
	memmove(run->item + at.at, run->item + at.at + 1,
		(run->n - at.at) * sizeof(*run->item));
	if (run->n)
		return;
	kfree(run->item);
	index->n--;
	memmove(run, run + 1, (index->n - at.run) * sizeof(*run));
}

/**
 * brg_index_free() - take out everything
 * @index: index
 *
 * Context: may sleep.
 */
void brg_index_free(struct brg_index *index)
{
	u32 i;

	for (i = 0; i < index->n; i++)
		kfree(index->run[i].item);
	kvfree(index->run);
	*index = (struct brg_index){};
}
