/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which address is bound where on which bridge, for hooks: one hash table for a
 * namespace, read under RCU, changed entry by entry under struct brg_net.lock.
 *
 * An entry holds no address but 64 bits of its siphash, with a key of its own:
 * nobody can make two addresses meet, and by chance they do once in 2^64. A
 * lookup of something that guests or the network chose is as long as any other.
 *
 * A removed entry keeps its place for the same address; when such places and
 * entries fill three quarters, or the filter is full, the table is built anew.
 */
#ifndef BRG_OWNERS_H
#define BRG_OWNERS_H

#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/siphash.h>
#include <linux/types.h>
#include "filter.h"
#include "frame.h"

struct brg_binding_change;
struct brg_net;
struct brg_slot;
struct list_head;

#define BRG_OWNER_MANY	0

/* What an address is, in its tag. */
enum brg_owner_kind {
	BRG_OWNER_MAC = 1,
	BRG_OWNER_TAGGED_MAC,	/* of a binding with a VLAN, whichever */
	BRG_OWNER_IP4,
	BRG_OWNER_IP6,
};

/* Bridge, VLAN, kind, length and whether it is shared; and the address. */
struct brg_owner_id {
	u64 tag;
	u64 word[2];
};

/**
 * struct brg_owner - who has an address
 * @print: hash of bridge, VLAN and address; 0: free, and a probe ends
 * @owner: ifindex of the port, %BRG_OWNER_MANY if it is on several
 * @users: bindings that name it; 0: removed
 */
struct brg_owner {
	u64 print;
	u32 owner;
	u32 users;
};

/**
 * struct brg_owners - every bound address of a namespace
 * @key: of the hash
 * @filter: MAC addresses that are here, and of some time that were
 * @size: number of entries
 * @used: entries that are not free
 * @bits4: IPv4 prefix lengths there are
 * @bits6: the same for IPv6
 * @lengths4: number of entries with each IPv4 prefix length
 * @lengths6: the same for IPv6
 * @rcu: to free it
 * @entry: open addressing
 */
struct brg_owners {
	siphash_key_t key;
	struct brg_filter filter;
	u32 size;
	u32 used;
	DECLARE_BITMAP(bits4, 33);
	DECLARE_BITMAP(bits6, 129);
	u32 lengths4[33];
	u32 lengths6[129];
	struct rcu_head rcu;
	struct brg_owner entry[];
};

int brg_owners_prepare(struct brg_net *bn, const struct list_head *pending);
int brg_owners_reserve(struct brg_net *bn, const struct brg_slot *slot,
		       const struct brg_binding_change *change);
void brg_owners_publish(struct brg_net *bn);
void brg_owners_cancel(struct brg_net *bn);
void brg_owners_change(struct brg_net *bn, const struct brg_slot *slot,
		       const struct brg_binding_change *change);
void brg_owners_leave(struct brg_net *bn, const struct brg_slot *slot);
void brg_owners_forget(struct brg_net *bn);

bool brg_owners_find(const struct brg_owners *o, const struct brg_owner_id *id,
		     u32 *owner);

static inline struct brg_owner_id
brg_owner_id(int bridge, u16 vid, bool shared, enum brg_owner_kind kind, u8 len)
{
	return (struct brg_owner_id){
		.tag = (u64)bridge << 32 | (u64)vid << 16 |
		       (u64)shared << 15 | (u64)kind << 8 | len,
	};
}

/* Where the probe for a hash begins. */
static inline u32 brg_owners_home(const struct brg_owners *o, u64 print)
{
	return reciprocal_scale(print, o->size);
}

#endif /* BRG_OWNERS_H */
