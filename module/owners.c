// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/string.h>
#include "attach.h"
#include "binding.h"
#include "netns.h"
#include "owners.h"
#include "port.h"
#include "table.h"

/* Room that a new table has beside what goes into it. */
#define BRG_OWNERS_SPARE	32

static u64 brg_owners_print(const struct brg_owners *o,
			    const struct brg_owner_id *id)
{
	u64 print = siphash_3u64(id->tag, id->word[0], id->word[1], &o->key);

	return print ?: 1;
}

static struct brg_owners *brg_owners_alloc(u64 n)
{
	u64 size = roundup_pow_of_two(2 * n + 2 * BRG_OWNERS_SPARE);
	struct brg_owners *o;

	/* A byte of the filter for each entry. */
	o = kvzalloc(struct_size(o, entry, size) + size,
		     GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!o)
		return NULL;
	get_random_bytes(&o->key, sizeof(o->key));
	o->seed = get_random_u64();
	o->mask = size - 1;
	o->filter = (unsigned long *)&o->entry[size];
	o->shift = 64 - ilog2(8 * size);

	return o;
}

static void brg_owners_count(struct brg_owners *o,
			     const struct brg_owner_id *id, int n)
{
	u8 kind = id->tag >> 8 & 0x7f, len = id->tag;

	if (kind == BRG_OWNER_IP4) {
		o->lengths4[len] += n;
		__assign_bit(len, o->bits4, o->lengths4[len]);
	} else if (kind == BRG_OWNER_IP6) {
		o->lengths6[len] += n;
		__assign_bit(len, o->bits6, o->lengths6[len]);
	} else if (n > 0) {
		__set_bit(brg_owners_bit(o, id->word[0]), o->filter);
	}
}

static struct brg_owner *brg_owners_slot(struct brg_owners *o, u64 print)
{
	u32 i = print & o->mask;

	while (o->entry[i].print && o->entry[i].print != print)
		i = (i + 1) & o->mask;

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
	/* Who finds the entry sees the rest: brg_owners_find(). */
	smp_store_release(&e->print, print);
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
 * @old: its addresses before the change at hand, else those behind it
 * @del: remove them, else add them
 */
struct brg_owners_step {
	struct brg_owners *o;
	int bridge;
	u32 owner;
	bool old;
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
			       const struct brg_binding *b, bool shared)
{
	u64 mac = brg_binding_key(b) & BRG_MAC_MASK;
	u16 vid = b->mac.addr.vid;
	struct brg_owner_id id;

	id = brg_owner_id(s->bridge, vid, shared, BRG_OWNER_MAC, 0);
	id.word[0] = mac;
	brg_owners_put(s, &id);
	if (!vid)
		return;
	id = brg_owner_id(s->bridge, 0, shared, BRG_OWNER_TAGGED_MAC, 0);
	id.word[0] = mac;
	brg_owners_put(s, &id);
}

/* A prefix of length 0 says that anything comes from there, not whose it is. */
static void brg_owners_put_ip(const struct brg_owners_step *s,
			      const struct brg_address *a, u16 vid, bool shared)
{
	bool ip4 = a->family == AF_INET;
	struct brg_owner_id id;

	if (!a->len)
		return;
	id = brg_owner_id(s->bridge, vid, shared,
			  ip4 ? BRG_OWNER_IP4 : BRG_OWNER_IP6, a->len);
	memcpy(id.word, a->byte, ip4 ? 4 : 16);
	brg_owners_put(s, &id);
}

static void brg_owners_put_binding(const struct brg_owners_step *s,
				   const struct brg_port *port,
				   const struct brg_binding *b)
{
	bool shared = s->old ? b->was_shared : b->shared;
	struct brg_address ll = { .family = AF_INET6, .len = 128 };
	u16 vid = b->mac.addr.vid;
	struct brg_prefix *p;

	if (s->old ? b->fresh : b->dying)
		return;
	brg_owners_put_mac(s, b, shared);
	if (port->set.link_local == BRGUARD_LINK_LOCAL_EUI64) {
		brg_table_link_local(b, (struct in6_addr *)ll.byte);
		brg_owners_put_ip(s, &ll, vid, shared);
	}
	list_for_each_entry(p, &b->prefixes, list)
		if (!(s->old ? p->fresh : p->dying))
			brg_owners_put_ip(s, &p->claim.addr, vid, shared);
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
	struct brg_binding *b;

	if (!brg_state_owns(state))
		return;
	brg_binding_for_each(b, state->port)
		brg_owners_put_binding(&s, state->port, b);
}

/* An upper bound: MAC, MAC with its VLAN, link-local address, prefixes. */
static u64 brg_owners_need(const struct brg_state *state)
{
	const struct brg_port *port = state->port;

	return brg_state_owns(state) ?
	       3ULL * port->n_bindings + port->n_prefixes4 + port->n_prefixes6 :
	       0;
}

/* What follows the change at hand: of pending slots their next state. */
static int brg_owners_build(struct brg_net *bn, const struct list_head *pending)
{
	struct brg_owners *o;
	struct brg_slot *slot;
	u64 n = 0;
	int i;

	hash_for_each(bn->slots, i, slot, node)
		if (list_empty(&slot->pending))
			n += brg_owners_need(&slot->now);
	list_for_each_entry(slot, pending, pending)
		n += brg_owners_need(&slot->next);
	o = brg_owners_alloc(n);
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
	struct brg_slot *slot;
	u64 n = 0;

	list_for_each_entry(slot, pending, pending)
		n += brg_owners_need(&slot->now) + brg_owners_need(&slot->next);

	return n ? brg_owners_build(bn, pending) : 0;
}

/**
 * brg_owners_reserve() - see that a change of bindings has room
 * @bn: namespace
 * @slot: slot of the port whose bindings change
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or -ENOMEM. brg_owners_change() or brg_owners_cancel() follows.
 */
int brg_owners_reserve(struct brg_net *bn, const struct brg_slot *slot)
{
	struct brg_owners *o;
	LIST_HEAD(nothing);
	u64 need;

	o = rcu_dereference_protected(bn->owners, lockdep_is_held(&bn->lock));
	/* One binding changes. */
	need = min_t(u64, brg_owners_need(&slot->now),
		     BRGUARD_PREFIXES_MAX + 3);
	if (o && 3 * (o->used + need) <= 2 * ((u64)o->mask + 1))
		return 0;

	return need ? brg_owners_build(bn, &nothing) : 0;
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

static bool brg_binding_changes(const struct brg_binding *b)
{
	struct brg_prefix *p;

	if (b->fresh || b->dying || b->shared != b->was_shared)
		return true;
	list_for_each_entry(p, &b->prefixes, list)
		if (p->fresh || p->dying)
			return true;

	return false;
}

/**
 * brg_owners_change() - follow a change of bindings
 * @bn: namespace
 * @slot: slot of the port whose bindings change; not settled yet
 *
 * What stays is in the index all the time: it is added once more before it is
 * taken away.
 *
 * Context: struct brg_net.lock, after brg_owners_reserve(). Cannot fail.
 */
void brg_owners_change(struct brg_net *bn, const struct brg_slot *slot)
{
	struct brg_owners_step s = {
		.bridge = slot->now.bridge, .owner = slot->dev->ifindex,
	};
	struct brg_binding *b;

	if (bn->next_owners) {
		brg_owners_publish(bn);
		return;
	}
	s.o = rcu_dereference_protected(bn->owners, lockdep_is_held(&bn->lock));
	if (!s.o || !brg_state_owns(&slot->now))
		return;
	brg_binding_for_each(b, slot->now.port) {
		if (!brg_binding_changes(b))
			continue;
		s.old = false;
		s.del = false;
		brg_owners_put_binding(&s, slot->now.port, b);
		s.old = true;
		s.del = true;
		brg_owners_put_binding(&s, slot->now.port, b);
	}
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
	u32 i = print & o->mask;
	const struct brg_owner *e;
	u64 found;

	for (;; i = (i + 1) & o->mask) {
		e = &o->entry[i];
		/* After it, the entry as it was published with it. */
		found = smp_load_acquire(&e->print);
		if (!found)
			return false;
		if (found == print)
			break;
	}
	/* After it, the owner that this user came with. */
	if (!smp_load_acquire(&e->users))
		return false;
	*owner = READ_ONCE(e->owner);

	return true;
}
