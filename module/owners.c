// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "attach.h"
#include "binding.h"
#include "netns.h"
#include "owners.h"
#include "port.h"
#include "table.h"

/* Room that a new table has beside what goes into it. */
#define BRG_OWNERS_SPARE	32

/* What is no IPv6 address has nothing in the second word. */
static u64 brg_owners_print(const struct brg_owners *o,
			    const struct brg_owner_id *id)
{
	u64 print = id->word[1] ?
		    siphash_3u64(id->tag, id->word[0], id->word[1], &o->key) :
		    siphash_2u64(id->tag, id->word[0], &o->key);

	return print ?: 1;
}

/**
 * struct brg_owners_size - what goes into an index, at most
 * @ids: addresses
 * @macs: those that are MAC addresses without their VLAN
 */
struct brg_owners_size {
	u64 ids;
	u64 macs;
};

static struct brg_owners *brg_owners_alloc(const struct brg_owners_size *n)
{
	u64 size = n->ids + n->ids / 2 + 2 * BRG_OWNERS_SPARE;
	u64 words = brg_filter_words(n->macs + BRG_OWNERS_SPARE);
	struct brg_owners *o;

	if (size > U32_MAX)
		return NULL;
	o = kvzalloc(size_add(struct_size(o, entry, size),
			      array_size(words, sizeof(*o->filter.word))),
		     GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!o)
		return NULL;
	get_random_bytes(&o->key, sizeof(o->key));
	o->size = size;
	brg_filter_init(&o->filter, (u64 *)&o->entry[size], words,
			get_random_u64());

	return o;
}

/* Hooks read it meanwhile. */
static void brg_owners_mark(unsigned long *bits, unsigned int len, bool is)
{
	if (test_bit(len, bits) != is)
		assign_bit(len, bits, is);
}

static void brg_owners_count(struct brg_owners *o,
			     const struct brg_owner_id *id, int n)
{
	u8 kind = id->tag >> 8 & 0x7f, len = id->tag;

	if (kind == BRG_OWNER_IP4) {
		o->lengths4[len] += n;
		brg_owners_mark(o->bits4, len, o->lengths4[len]);
	} else if (kind == BRG_OWNER_IP6) {
		o->lengths6[len] += n;
		brg_owners_mark(o->bits6, len, o->lengths6[len]);
	} else if (n > 0) {
		brg_filter_add(&o->filter, id->word[0]);
	}
}

static struct brg_owner *brg_owners_slot(struct brg_owners *o, u64 print)
{
	u32 i = brg_owners_home(o, print);

	while (o->entry[i].print && o->entry[i].print != print)
		if (++i == o->size)
			i = 0;

	return &o->entry[i];
}

/* Readers see @print last of all, so never half an entry. */
static void brg_owners_add(struct brg_owners *o, const struct brg_owner_id *id,
			   u32 owner)
{
	u64 print = brg_owners_print(o, id);
	struct brg_owner *e = brg_owners_slot(o, print);

	brg_owners_count(o, id, 1);
	if (e->users && e->owner != owner)
		owner = BRG_OWNER_MANY;
	WRITE_ONCE(e->owner, owner);
	/* Who sees a user sees the owner: brg_owners_find(). */
	smp_store_release(&e->users, e->users + 1);
	if (e->print)
		return;
	o->used++;
	/*
	 * Who finds the entry sees the rest: brg_owners_find(). No release, as
	 * with 32 bits two stores are needed: half of it is nobody's.
	 */
	smp_wmb();
	WRITE_ONCE(e->print, print);
}

static void brg_owners_del(struct brg_owners *o, const struct brg_owner_id *id)
{
	struct brg_owner *e = brg_owners_slot(o, brg_owners_print(o, id));

	if (!e->users)
		return;
	WRITE_ONCE(e->users, e->users - 1);
	brg_owners_count(o, id, -1);
}

/**
 * struct brg_owners_step - what to do with the addresses of a binding
 * @o: index
 * @bridge: ifindex of its bridge
 * @owner: ifindex of its port
 * @del: remove them, else add them
 */
struct brg_owners_step {
	struct brg_owners *o;
	int bridge;
	u32 owner;
	bool del;
};

static void brg_owners_put(const struct brg_owners_step *s,
			   const struct brg_owner_id *id)
{
	if (s->del)
		brg_owners_del(s->o, id);
	else
		brg_owners_add(s->o, id, s->owner);
}

static void brg_owners_put_mac(const struct brg_owners_step *s,
			       const struct brg_binding *b)
{
	u64 mac = brg_binding_key(b) & BRG_MAC_MASK;
	u16 vid = brg_binding_vid(b);
	struct brg_owner_id id;

	id = brg_owner_id(s->bridge, vid, b->shared, BRG_OWNER_MAC, 0);
	id.word[0] = mac;
	brg_owners_put(s, &id);
	if (!vid)
		return;
	id = brg_owner_id(s->bridge, 0, b->shared, BRG_OWNER_TAGGED_MAC, 0);
	id.word[0] = mac;
	brg_owners_put(s, &id);
}

static void brg_owners_put_ip4(const struct brg_owners_step *s,
			       const struct brg_binding *b,
			       const struct brg_prefix4 *p)
{
	struct brg_owner_id id;

	id = brg_owner_id(s->bridge, brg_binding_vid(b), b->shared,
			  BRG_OWNER_IP4, p->len);
	memcpy(id.word, &p->addr, sizeof(p->addr));
	brg_owners_put(s, &id);
}

static void brg_owners_put_ip6(const struct brg_owners_step *s,
			       const struct brg_binding *b, const void *addr,
			       u8 len)
{
	struct brg_owner_id id;

	id = brg_owner_id(s->bridge, brg_binding_vid(b), b->shared,
			  BRG_OWNER_IP6, len);
	memcpy(id.word, addr, sizeof(id.word));
	brg_owners_put(s, &id);
}

/*
 * A prefix of length 0 says that anything comes from there, not whose it is.
 */
static void brg_owners_put_prefixes(const struct brg_owners_step *s,
				    const struct brg_binding *b)
{
	const struct brg_prefix4 *p4 = brg_binding_ip4(b);
	const struct brg_prefix6 *p6 = brg_binding_ip6(b);
	u32 i;

	for (i = 0; i < b->n4; i++)
		if (p4[i].len)
			brg_owners_put_ip4(s, b, &p4[i]);
	for (i = 0; i < b->n6; i++)
		if (p6[i].len)
			brg_owners_put_ip6(s, b, p6[i].byte, p6[i].len);
}

static void brg_owners_put_binding(const struct brg_owners_step *s,
				   const struct brg_binding *b)
{
	struct in6_addr ll;

	brg_owners_put_mac(s, b);
	if (b->port->set.link_local == BRGUARD_LINK_LOCAL_EUI64) {
		brg_table_link_local(brg_binding_key(b), &ll);
		brg_owners_put_ip6(s, b, &ll, 128);
	}
	brg_owners_put_prefixes(s, b);
}

/* Do the bindings of its port say what belongs to whom? */
static bool brg_state_owns(const struct brg_state *state)
{
	return state->port && (state->guest || state->local);
}

static void brg_owners_put_state(struct brg_owners *o,
				 const struct brg_slot *slot,
				 const struct brg_state *state, bool del)
{
	struct brg_owners_step s = {
		.o = o, .bridge = state->bridge, .owner = slot->dev->ifindex,
		.del = del,
	};
	struct brg_cursor at;
	struct brg_binding *b;

	if (!brg_state_owns(state))
		return;
	brg_binding_for_each(b, at, state->port)
		brg_owners_put_binding(&s, b);
}

/* MAC, MAC with its VLAN, link-local address, prefixes. */
static void brg_owners_measure(const struct brg_state *state,
			       struct brg_owners_size *n)
{
	const struct brg_port *port = state->port;

	if (!brg_state_owns(state))
		return;
	n->macs += port->n_bindings;
	n->ids += (u64)port->n_bindings + port->n_tagged + port->n_prefixes4 +
		  port->n_prefixes6;
	if (port->set.link_local == BRGUARD_LINK_LOCAL_EUI64)
		n->ids += port->n_bindings;
}

/* What follows the change at hand: of pending slots their next state. */
static int brg_owners_build(struct brg_net *bn, const struct list_head *pending)
{
	struct brg_owners *o;
	struct brg_owners_size n = {};
	struct brg_slot *slot;
	int i;

	hash_for_each(bn->slots, i, slot, node)
		if (list_empty(&slot->pending))
			brg_owners_measure(&slot->now, &n);
	list_for_each_entry(slot, pending, pending)
		brg_owners_measure(&slot->next, &n);
	o = brg_owners_alloc(&n);
	if (!o)
		return -ENOMEM;
	hash_for_each(bn->slots, i, slot, node)
		if (list_empty(&slot->pending))
			brg_owners_put_state(o, slot, &slot->now, false);
	list_for_each_entry(slot, pending, pending)
		brg_owners_put_state(o, slot, &slot->next, false);
	bn->next_owners = o;

	return 0;
}

/**
 * brg_owners_prepare() - build the index for a change of devices
 * @bn: namespace
 * @pending: slots that change
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or -ENOMEM. brg_owners_publish() or brg_owners_cancel() follows.
 */
int brg_owners_prepare(struct brg_net *bn, const struct list_head *pending)
{
	struct brg_owners_size n = {};
	struct brg_slot *slot;

	list_for_each_entry(slot, pending, pending) {
		brg_owners_measure(&slot->now, &n);
		brg_owners_measure(&slot->next, &n);
	}

	return n.ids ? brg_owners_build(bn, pending) : 0;
}

/**
 * brg_owners_reserve() - see that a change of bindings has room
 * @bn: namespace
 * @slot: slot of the port of which a binding changes
 * @change: the change, not settled yet
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or -ENOMEM. brg_owners_change() or brg_owners_cancel() follows.
 */
int brg_owners_reserve(struct brg_net *bn, const struct brg_slot *slot,
		       const struct brg_binding_change *change)
{
	const struct brg_binding *new = change->new;
	struct brg_owners *o;
	LIST_HEAD(nothing);
	u64 need;

	if (!new || !brg_state_owns(&slot->now))
		return 0;
	o = rcu_dereference_protected(bn->owners, lockdep_is_held(&bn->lock));
	need = 3 + brg_binding_prefixes(new);
	if (o && o->filter.left && 4 * (o->used + need) <= 3 * (u64)o->size)
		return 0;

	return brg_owners_build(bn, &nothing);
}

/**
 * brg_owners_publish() - let hooks see what was built
 * @bn: namespace
 *
 * Context: struct brg_net.lock.
 */
void brg_owners_publish(struct brg_net *bn)
{
	struct brg_owners *old;

	if (!bn->next_owners)
		return;
	old = rcu_replace_pointer(bn->owners, bn->next_owners,
				  lockdep_is_held(&bn->lock));
	bn->next_owners = NULL;
	if (old)
		kvfree_rcu(old, rcu);
}

/**
 * brg_owners_cancel() - forget what was built
 * @bn: namespace
 *
 * Context: struct brg_net.lock.
 */
void brg_owners_cancel(struct brg_net *bn)
{
	kvfree(bn->next_owners);
	bn->next_owners = NULL;
}

/**
 * brg_owners_change() - follow a change of a binding
 * @bn: namespace
 * @slot: slot of its port
 * @change: the change, not settled yet
 *
 * What stays is in the index all the time: it is added once more before it is
 * taken away.
 *
 * Context: struct brg_net.lock, after brg_owners_reserve(). Cannot fail.
 */
void brg_owners_change(struct brg_net *bn, const struct brg_slot *slot,
		       const struct brg_binding_change *change)
{
	struct brg_owners_step s = {
		.bridge = slot->now.bridge, .owner = slot->dev->ifindex,
	};

	if (bn->next_owners) {
		brg_owners_publish(bn);
		return;
	}
	s.o = rcu_dereference_protected(bn->owners, lockdep_is_held(&bn->lock));
	if (!s.o || !brg_state_owns(&slot->now))
		return;
	if (change->new)
		brg_owners_put_binding(&s, change->new);
	s.del = true;
	if (change->old)
		brg_owners_put_binding(&s, change->old);
}

/**
 * brg_owners_leave() - a device leaves its bridge
 * @bn: namespace
 * @slot: its slot
 *
 * Context: struct brg_net.lock. Cannot fail.
 */
void brg_owners_leave(struct brg_net *bn, const struct brg_slot *slot)
{
	struct brg_owners *o;

	o = rcu_dereference_protected(bn->owners, lockdep_is_held(&bn->lock));
	if (o)
		brg_owners_put_state(o, slot, &slot->now, true);
}

/**
 * brg_owners_forget() - nothing is bound any more
 * @bn: namespace
 *
 * Context: struct brg_net.lock.
 */
void brg_owners_forget(struct brg_net *bn)
{
	struct brg_owners *old;

	old = rcu_replace_pointer(bn->owners, NULL, lockdep_is_held(&bn->lock));
	if (old)
		kvfree_rcu(old, rcu);
}

/**
 * brg_owners_find() - look up an address
 * @o: index
 * @id: the address
 * @owner: where the ifindex of its port goes, see struct brg_owner
 *
 * Context: RCU.
 * Return: whether it is bound.
 */
bool brg_owners_find(const struct brg_owners *o, const struct brg_owner_id *id,
		     u32 *owner)
{
	u64 print = brg_owners_print(o, id);
	u32 i = brg_owners_home(o, print);
	const struct brg_owner *e;
	u64 found;

	for (;; i = i + 1 == o->size ? 0 : i + 1) {
		e = &o->entry[i];
		found = READ_ONCE(e->print);
		if (!found)
			return false;
		if (found == print)
			break;
	}
	/* The entry as it was published with it: brg_owners_add(). */
	smp_rmb();
	/* After it, the owner that this user came with. */
	if (!smp_load_acquire(&e->users))
		return false;
	*owner = READ_ONCE(e->owner);

	return true;
}
