// SPDX-License-Identifier: GPL-2.0-only
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "netns.h"
#include "port.h"
#include "seen.h"
#include "stats.h"
#include "table.h"

/* In softirqs, where guests could have the log filled with splats. */
#define BRG_SEEN_GFP	(GFP_ATOMIC | __GFP_NOWARN)

/* A wish in the table of its port. */
struct brg_sight {
	struct hlist_node node;
	struct brg_wish wish;
	struct rcu_head rcu;
};

/**
 * brg_seen_room_alloc() - room for a namespace
 *
 * Context: may sleep.
 * Return: the room with one user, or NULL without memory.
 */
struct brg_seen_room *brg_seen_room_alloc(void)
{
	struct brg_seen_room *room = kzalloc(sizeof(*room), GFP_KERNEL_ACCOUNT);

	if (!room)
		return NULL;
	refcount_set(&room->users, 1);
	atomic_set(&room->left, BRGUARD_SUGGEST_ALL);
	get_random_bytes(&room->key, sizeof(room->key));

	return room;
}

/**
 * brg_seen_room_put() - one user less
 * @room: room
 *
 * Context: any but hard interrupts.
 */
void brg_seen_room_put(struct brg_seen_room *room)
{
	if (refcount_dec_and_test(&room->users))
		kfree(room);
}

static struct brg_seen *brg_seen_alloc(struct brg_seen_room *room)
{
	struct brg_seen *seen = kzalloc(sizeof(*seen), BRG_SEEN_GFP);

	if (!seen)
		return NULL;
	refcount_inc(&room->users);
	seen->room = room;
	spin_lock_init(&seen->lock);

	return seen;
}

/* That of a port, which is made for the first wish and stays. */
static struct brg_seen *brg_seen_of(struct brg_net *bn, struct brg_stats *stats)
{
	struct brg_seen *seen = brg_seen_get(stats), *other;

	if (seen)
		return seen;
	seen = brg_seen_alloc(bn->seen_room);
	if (!seen)
		return NULL;
	other = cmpxchg(&stats->seen, NULL, seen);
	if (!other)
		return seen;
	brg_seen_free(seen);

	return other;
}

static struct hlist_head *brg_seen_bucket(struct brg_seen *seen,
					  const struct brg_wish *w)
{
	u64 word[2], hash;

	memcpy(word, &w->addr, sizeof(word));
	hash = siphash_3u64(w->key | (u64)w->family << BRG_KEY_LENGTH_SHIFT,
			    word[0], word[1], &seen->room->key);

	return &seen->bucket[hash % BRG_SEEN_BUCKETS];
}

static bool brg_wish_equal(const struct brg_wish *a, const struct brg_wish *b)
{
	return a->key == b->key && a->family == b->family &&
	       !memcmp(&a->addr, &b->addr, sizeof(a->addr));
}

static struct brg_sight *brg_seen_find(struct brg_seen *seen,
				       const struct hlist_head *bucket,
				       const struct brg_wish *w)
{
	struct brg_sight *s;

	hlist_for_each_entry_rcu(s, bucket, node, lockdep_is_held(&seen->lock))
		if (brg_wish_equal(&s->wish, w))
			return s;

	return NULL;
}

static bool brg_seen_has(struct brg_seen *seen, const struct brg_wish *w)
{
	return brg_seen_find(seen, brg_seen_bucket(seen, w), w);
}

/* Return: whether there was no room. */
static bool brg_seen_insert(struct brg_seen *seen, struct brg_sight *s)
{
	struct hlist_head *bucket = brg_seen_bucket(seen, &s->wish);
	bool full, known;

	spin_lock_bh(&seen->lock);
	known = brg_seen_find(seen, bucket, &s->wish);
	full = !known && (seen->n >= BRGUARD_SUGGEST_MAX ||
			  atomic_dec_if_positive(&seen->room->left) < 0);
	if (!known && !full) {
		hlist_add_head_rcu(&s->node, bucket);
		WRITE_ONCE(seen->n, seen->n + 1);
	}
	spin_unlock_bh(&seen->lock);
	if (known || full)
		kfree(s);

	return full;
}

/* Return: whether there was no room. */
static bool brg_seen_add(struct brg_seen *seen, const struct brg_wish *w)
{
	struct brg_sight *s;

	if (brg_seen_has(seen, w))
		return false;
	if (READ_ONCE(seen->n) >= BRGUARD_SUGGEST_MAX ||
	    atomic_read(&seen->room->left) <= 0)
		return true;
	s = kzalloc(sizeof(*s), BRG_SEEN_GFP);
	if (!s)
		return true;
	s->wish = *w;

	return brg_seen_insert(seen, s);
}

/**
 * brg_seen_note() - remember what would have to be bound
 * @bn: namespace
 * @t: table of the port, in audit mode
 * @f: frame from the guest that broke the policy
 * @reason: why
 *
 * The device of a misplaced port is closed whatever is bound.
 *
 * Context: any but hard interrupts; RCU.
 */
void brg_seen_note(struct brg_net *bn, const struct brg_table *t,
		   const struct brg_frame *f, enum brguard_reason reason)
{
	struct brg_wish wish[BRG_WISHES];
	struct brg_seen *seen;
	bool more = false;
	int i, n, known = 0;

	if (t->port->misplaced || !brg_wish_may_help(reason, f))
		return;
	n = brg_wish_read(&t->rules, f, wish);
	seen = brg_seen_get(t->port->stats);
	for (i = 0; i < n && seen; i++)
		known += brg_seen_has(seen, &wish[i]);
	if (known == n || !brg_wish_helps(&t->rules, f))
		return;
	seen = brg_seen_of(bn, t->port->stats);
	for (i = 0; i < n && seen; i++)
		more |= brg_seen_add(seen, &wish[i]);
	if (more)
		atomic64_inc(&seen->more);
}

/**
 * brg_seen_list() - what is remembered of a port
 * @seen: what is remembered, or NULL
 * @list: where it goes, in no order
 * @max: room in @list
 *
 * Context: any but hard interrupts.
 * Return: entries in @list.
 */
u32 brg_seen_list(struct brg_seen *seen, struct brg_wish *list, u32 max)
{
	struct brg_sight *s;
	u32 n = 0;
	int i;

	if (!seen)
		return 0;
	spin_lock_bh(&seen->lock);
	for (i = 0; i < BRG_SEEN_BUCKETS; i++)
		hlist_for_each_entry(s, &seen->bucket[i], node)
			if (n < max)
				list[n++] = s->wish;
	spin_unlock_bh(&seen->lock);

	return n;
}

static void brg_seen_drop(struct brg_seen *seen, struct brg_sight *s)
{
	hlist_del_rcu(&s->node);
	WRITE_ONCE(seen->n, seen->n - 1);
	atomic_inc(&seen->room->left);
	kfree_rcu(s, rcu);
}

/**
 * brg_seen_forget() - forget what is bound by now
 * @seen: what is remembered
 * @wish: the wish, remembered or not
 *
 * Context: any but hard interrupts.
 */
void brg_seen_forget(struct brg_seen *seen, const struct brg_wish *wish)
{
	struct brg_sight *s;

	spin_lock_bh(&seen->lock);
	s = brg_seen_find(seen, brg_seen_bucket(seen, wish), wish);
	if (s)
		brg_seen_drop(seen, s);
	spin_unlock_bh(&seen->lock);
}

/**
 * brg_seen_clear() - forget everything of a port
 * @seen: what is remembered, or NULL
 *
 * Context: any but hard interrupts.
 */
void brg_seen_clear(struct brg_seen *seen)
{
	struct hlist_node *tmp;
	struct brg_sight *s;
	int i;

	if (!seen)
		return;
	spin_lock_bh(&seen->lock);
	for (i = 0; i < BRG_SEEN_BUCKETS; i++)
		hlist_for_each_entry_safe(s, tmp, &seen->bucket[i], node)
			brg_seen_drop(seen, s);
	atomic64_set(&seen->more, 0);
	spin_unlock_bh(&seen->lock);
}

/**
 * brg_seen_free() - free what is remembered of a port
 * @seen: what nobody can find any more, or NULL
 *
 * Context: any but hard interrupts; after a grace period.
 */
void brg_seen_free(struct brg_seen *seen)
{
	if (!seen)
		return;
	brg_seen_clear(seen);
	brg_seen_room_put(seen->room);
	kfree(seen);
}
