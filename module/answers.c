// SPDX-License-Identifier: GPL-2.0-only
/*
 * A record keeps the smallest hashes of the addresses that its MAC claims.
 * While there are fewer than it has room for, they are all there, and their
 * number is exact. Beyond that, the largest of K kept hashes tells how densely
 * they lie: K - 1 divided by it, hashes being spread over 0 to 1, is the number
 * of distinct addresses, with a standard error of 1 / sqrt(K - 2), 9 % for 128.
 *
 * A window starts with the first claim. One with few addresses ends with the
 * first claim after its time. One with too many ends in brg_answers_flush(), so
 * that it is told of once, with all that was counted; the MAC stays blocked
 * until a window has passed in which it kept within the limit.
 */
#include <linux/if_arp.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "answers.h"
#include "attach.h"
#include "bridge.h"
#include "event.h"
#include "frame.h"
#include "netns.h"
#include "trust.h"

/* Another window may begin meanwhile, and be over sooner. */
#define BRG_ANSWERS_DELAY	HZ

static struct brg_answers *
brg_answers_alloc(const struct brg_bridge_settings *knobs)
{
	u32 hashes = max_t(u32, BRG_ANSWER_HASHES, knobs->answers_max + 1);
	u32 n = BRG_ANSWER_SETS * BRG_ANSWER_WAYS;
	struct brg_answers *a;
	u64 *hash;
	int i, j;

	a = kvzalloc(struct_size(a, hash, (size_t)n * hashes),
		     GFP_KERNEL_ACCOUNT);
	if (!a)
		return NULL;
	refcount_set(&a->users, 1);
	get_random_bytes(&a->key, sizeof(a->key));
	a->max = knobs->answers_max;
	a->time = (unsigned long)knobs->answers_time * HZ;
	a->hashes = hashes;
	hash = a->hash;
	for (i = 0; i < BRG_ANSWER_SETS; i++) {
		spin_lock_init(&a->set[i].lock);
		for (j = 0; j < BRG_ANSWER_WAYS; j++, hash += hashes)
			a->set[i].way[j].hash = hash;
	}

	return a;
}

/**
 * brg_answers_get() - the table for the settings of a bridge
 * @knobs: settings
 * @old: the table that the bridge has, or NULL
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: @old if it fits, or a new one, with one more user; NULL without
 * memory, or if the settings ask for none.
 */
struct brg_answers *
brg_answers_get(const struct brg_bridge_settings *knobs,
		struct brg_answers *old)
{
	if (!knobs->answers_max)
		return NULL;
	if (!old || old->max != knobs->answers_max ||
	    old->time != (unsigned long)knobs->answers_time * HZ)
		return brg_answers_alloc(knobs);
	refcount_inc(&old->users);

	return old;
}

/**
 * brg_answers_put() - one user less
 * @a: table or NULL
 *
 * Context: any but hard interrupts; after the last user's grace period.
 */
void brg_answers_put(struct brg_answers *a)
{
	if (a && refcount_dec_and_test(&a->users))
		kvfree(a);
}

/**
 * brg_answers_read() - does a frame answer for an address?
 * @f: frame
 * @c: where the address goes, and the MAC that is to have it
 *
 * ARP replies and announcements, and neighbour advertisements.
 *
 * Return: whether it does.
 */
bool brg_answers_read(const struct brg_frame *f, struct brg_claimed *c)
{
	const struct brg_arp *arp = &f->arp;

	*c = (struct brg_claimed){};
	if (f->kind == BRG_KIND_ARP) {
		c->mac = arp->sender_mac;
		c->ip4 = true;
		c->addr.s6_addr32[0] = arp->sender_ip;
		return arp->heard && arp->sender_ip &&
		       (arp->op == ARPOP_REPLY ||
			arp->sender_ip == arp->target_ip);
	}
	if (!brg_frame_is_nd(f) || ipv6_addr_any(&f->ip6.nd.target) ||
	    f->ip6.icmp_type != NDISC_NEIGHBOUR_ADVERTISEMENT)
		return false;
	c->mac = f->ip6.nd.lladdr ?: f->smac;
	c->addr = f->ip6.nd.target;

	return true;
}

static u64 brg_answers_hash(const struct brg_answers *a,
			    const struct brg_claimed *c)
{
	u64 word[2];

	memcpy(word, &c->addr, sizeof(word));

	return siphash_3u64(c->ip4, word[0], word[1], &a->key);
}

static void brg_answer_start(struct brg_answer *r)
{
	r->over = false;
	r->more = false;
	r->start = jiffies;
	r->claims = 0;
	r->dropped = 0;
	r->n = 0;
	r->samples = 0;
}

static bool brg_answer_is_past(const struct brg_answers *a,
			       const struct brg_answer *r)
{
	return time_after_eq(jiffies, r->start + a->time);
}

static bool brg_answer_is_kept(const struct brg_answer *r)
{
	return r->over || r->blocked;
}

/* Which of two records is missed less? */
static struct brg_answer *brg_answer_lesser(const struct brg_answers *a,
					    struct brg_answer *x,
					    struct brg_answer *y)
{
	bool past;

	if (!x || brg_answer_is_kept(y))
		return brg_answer_is_kept(y) ? x : y;
	past = brg_answer_is_past(a, x);
	if (past != brg_answer_is_past(a, y))
		return past ? x : y;

	return x->n <= y->n ? x : y;
}

static struct brg_answer_set *brg_answers_set(struct brg_answers *a, u64 mac,
					      int ifindex, u8 direction)
{
	u64 at = siphash_2u64(mac, (u64)ifindex << 1 | direction, &a->key);

	return &a->set[at % BRG_ANSWER_SETS];
}

static bool brg_answer_is_of(const struct brg_answer *r, u64 mac, int ifindex,
			     u8 direction)
{
	return r->mac == mac && r->ifindex == ifindex &&
	       r->direction == direction;
}

/*
 * The record of a MAC on a port: its own, or the one that claims least. None
 * if all in the set have yet to be told of.
 */
static struct brg_answer *brg_answers_find(const struct brg_answers *a,
					   struct brg_answer_set *set, u64 mac,
					   int ifindex, u8 direction)
{
	struct brg_answer *r, *lesser = NULL;
	int i;

	for (i = 0; i < BRG_ANSWER_WAYS; i++) {
		r = &set->way[i];
		if (brg_answer_is_of(r, mac, ifindex, direction))
			return r;
		lesser = brg_answer_lesser(a, lesser, r);
	}
	if (!lesser)
		return NULL;
	lesser->mac = mac;
	lesser->ifindex = ifindex;
	lesser->direction = direction;
	brg_answer_start(lesser);

	return lesser;
}

/* Keep a hash if it is new and among the smallest. Return: is it kept? */
static bool brg_answer_keep(const struct brg_answers *a, struct brg_answer *r,
			    u64 hash)
{
	u32 low = 0, high = r->n, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (r->hash[mid] < hash)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < r->n && r->hash[low] == hash)
		return false;
	if (r->n == a->hashes) {
		r->more = true;
		if (low == r->n)
			return false;
		r->n--;
	}
	memmove(&r->hash[low + 1], &r->hash[low],
		(r->n - low) * sizeof(*r->hash));
	r->hash[low] = hash;
	r->n++;

	return true;
}

static void brg_answer_count(const struct brg_answers *a, struct brg_answer *r,
			     const struct brg_claimed *c)
{
	r->claims++;
	if (brg_answer_keep(a, r, brg_answers_hash(a, c)) &&
	    r->samples < BRGUARD_SAMPLES_MAX)
		r->sample[r->samples++] = *c;
	if (r->n > a->max)
		r->over = true;
}

/**
 * brg_answers_count() - count a claim
 * @bn: namespace
 * @a: table of the bridge
 * @c: the claim
 * @ifindex: port that it came in by, or leaves by
 * @direction: which of the two
 * @drop: it will be dropped if this returns true
 *
 * Context: any but hard interrupts.
 * Return: is it beyond the limit of its MAC?
 */
bool brg_answers_count(struct brg_net *bn, struct brg_answers *a,
		       const struct brg_claimed *c, int ifindex,
		       enum brguard_direction direction, bool drop)
{
	struct brg_answer_set *set;
	struct brg_answer *r;
	bool beyond = false;

	set = brg_answers_set(a, c->mac, ifindex, direction);
	spin_lock_bh(&set->lock);
	r = brg_answers_find(a, set, c->mac, ifindex, direction);
	if (r) {
		if (!brg_answer_is_kept(r) && brg_answer_is_past(a, r))
			brg_answer_start(r);
		brg_answer_count(a, r, c);
		beyond = brg_answer_is_kept(r);
		r->dropped += beyond && drop;
	}
	spin_unlock_bh(&set->lock);
	if (beyond && !delayed_work_pending(&bn->answers))
		schedule_delayed_work(&bn->answers, BRG_ANSWERS_DELAY);

	return beyond;
}

/**
 * brg_answers_refuses() - would a frame be dropped for who sends it?
 * @local: local port of the bridge
 * @f: frame
 * @ifindex: port that it comes in by
 * @direction: of the frame
 *
 * Nothing is counted: what went before decides.
 *
 * Context: any but hard interrupts.
 * Return: whether it would.
 */
bool brg_answers_refuses(const struct brg_trust *local,
			 const struct brg_frame *f, int ifindex,
			 enum brguard_direction direction)
{
	struct brg_answers *a = local->answers;
	struct brg_answer_set *set;
	struct brg_claimed c;
	bool refuses = false;
	int i;

	if (!a || !local->answers_drop || !brg_answers_read(f, &c))
		return false;
	set = brg_answers_set(a, c.mac, ifindex, direction);
	spin_lock_bh(&set->lock);
	for (i = 0; i < BRG_ANSWER_WAYS; i++)
		if (brg_answer_is_of(&set->way[i], c.mac, ifindex, direction))
			refuses = brg_answer_is_kept(&set->way[i]);
	spin_unlock_bh(&set->lock);

	return refuses;
}

/* Return: was there too much in it? */
static bool brg_answer_close(const struct brg_answers *a, struct brg_answer *r,
			     struct brg_answers_event *e)
{
	bool over = r->over;

	e->answer = *r;
	e->ms = jiffies_to_msecs(jiffies - r->start);
	e->distinct = r->more ?
		      div64_u64((u64)(r->n - 1) << 32,
				(r->hash[r->n - 1] >> 32) + 1) : r->n;
	brg_answer_start(r);
	r->blocked = over;

	return over;
}

/* Return: jiffies until the next window ends; 0: none is of interest. */
static unsigned long brg_answers_flush_one(struct brg_net *bn, int bridge,
					   struct brg_answers *a)
{
	struct brg_answers_event e = { .bridge = bridge };
	unsigned long left, next = 0;
	struct brg_answer *r;
	bool tell;
	int i;

	for (i = 0; i < BRG_ANSWER_SETS * BRG_ANSWER_WAYS; i++) {
		struct brg_answer_set *set = &a->set[i / BRG_ANSWER_WAYS];

		r = &set->way[i % BRG_ANSWER_WAYS];
		spin_lock_bh(&set->lock);
		tell = brg_answer_is_kept(r) && brg_answer_is_past(a, r) &&
		       brg_answer_close(a, r, &e);
		if (brg_answer_is_kept(r)) {
			left = clamp(r->start + a->time - jiffies, 1UL,
				     a->time);
			next = next ? min(next, left) : left;
		}
		spin_unlock_bh(&set->lock);
		if (tell)
			brg_event_answers(bn, &e);
	}

	return next;
}

static void brg_answers_work(struct brg_net *bn)
{
	unsigned long left, next = 0;
	const struct brg_trust *t;
	struct brg_slot *slot;
	int i;

	hash_for_each(bn->slots, i, slot, node) {
		t = slot->now.trust;
		if (!slot->now.local || !t || !t->answers)
			continue;
		left = brg_answers_flush_one(bn, slot->now.bridge, t->answers);
		if (left)
			next = next ? min(next, left) : left;
	}
	if (next)
		schedule_delayed_work(&bn->answers,
				      min_t(unsigned long, next,
					    BRG_ANSWERS_DELAY));
}

/**
 * brg_answers_flush() - tell of windows that are over
 * @work: struct brg_net.answers
 *
 * Context: may sleep.
 */
void brg_answers_flush(struct work_struct *work)
{
	struct brg_net *bn = container_of(to_delayed_work(work), struct brg_net,
					  answers);

	mutex_lock(&bn->lock);
	brg_answers_work(bn);
	mutex_unlock(&bn->lock);
}
