/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What guests did in audit mode that a binding would have allowed: remembered
 * for each port, for who asks which bindings are missing. Guests choose what
 * goes in, so there is an end to it, for each port and for all: what comes then
 * is counted.
 */
#ifndef BRG_SEEN_H
#define BRG_SEEN_H

#include <linux/atomic.h>
#include <linux/refcount.h>
#include <linux/siphash.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/brguard.h>
#include "stats.h"
#include "wish.h"

struct brg_frame;
struct brg_net;
struct brg_table;

#define BRG_SEEN_BUCKETS	32

/**
 * struct brg_seen_room - room for what is remembered in a namespace
 * @users: the namespace and each struct brg_seen, which may outlive it
 * @left: wishes that there is still room for
 * @key: of the hash tables
 */
struct brg_seen_room {
	refcount_t users;
	atomic_t left;
	siphash_key_t key;
};

/**
 * struct brg_seen - what is remembered of a port
 * @room: where it counts
 * @lock: taken for every change of the table
 * @n: entries
 * @more: frames that found no room
 * @bucket: struct brg_sight, read under RCU
 */
struct brg_seen {
	struct brg_seen_room *room;
	spinlock_t lock;
	u32 n;
	atomic64_t more;
	struct hlist_head bucket[BRG_SEEN_BUCKETS];
};

struct brg_seen_room *brg_seen_room_alloc(void);
void brg_seen_room_put(struct brg_seen_room *room);
void brg_seen_note(struct brg_net *bn, const struct brg_table *t,
		   const struct brg_frame *f, enum brguard_reason reason);
u32 brg_seen_list(struct brg_seen *seen, struct brg_wish *list, u32 max);
void brg_seen_forget(struct brg_seen *seen, const struct brg_wish *wish);
void brg_seen_clear(struct brg_seen *seen);
void brg_seen_free(struct brg_seen *seen);

static inline struct brg_seen *brg_seen_get(const struct brg_stats *stats)
{
	/* Pairs with cmpxchg() in brg_seen_of(). */
	return smp_load_acquire(&stats->seen);
}

static inline u64 brg_seen_more(const struct brg_seen *seen)
{
	return atomic64_read(&seen->more);
}

#endif /* BRG_SEEN_H */
