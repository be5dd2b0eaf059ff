// SPDX-License-Identifier: GPL-2.0-only
#include <linux/socket.h>
#include "binding.h"
#include "claim.h"
#include "port.h"

static bool brg_claim_mac_below(const void *item, const void *key)
{
	return ((const struct brg_binding *)item)->order < *(const u64 *)key;
}

/* A VLAN ID, an IPv4 address and its length in one number. */
static u64 brg_claim4_key(u16 vid, u32 addr, u8 len)
{
	return (u64)vid << 40 | (u64)addr << 8 | len;
}

static u64 brg_claim4_key_of(const struct brg_prefix4 *p)
{
	return brg_claim4_key(brg_binding_vid(brg_prefix4_binding(p)),
			      ntohl(p->addr), p->len);
}

static bool brg_claim4_below(const void *item, const void *key)
{
	return brg_claim4_key_of(item) < *(const u64 *)key;
}

/* The same for IPv6. */
struct brg_claim6 {
	u16 vid;
	u8 len;
	u64 hi;
	u64 lo;
};

static struct brg_claim6 brg_claim6_key_of(const struct brg_prefix6 *p)
{
	return (struct brg_claim6){
		.vid = brg_binding_vid(brg_prefix6_binding(p)), .len = p->len,
		.hi = get_unaligned_be64(p->byte),
		.lo = get_unaligned_be64(p->byte + 8),
	};
}

static bool brg_claim6_below(const void *item, const void *key)
{
	const struct brg_claim6 a = brg_claim6_key_of(item), *b = key;

	if (a.vid != b->vid)
		return a.vid < b->vid;
	if (a.hi != b->hi)
		return a.hi < b->hi;
	if (a.lo != b->lo)
		return a.lo < b->lo;

	return a.len < b->len;
}

static u32 brg_claim4_mask(u8 len)
{
	return len ? ~0U << (32 - len) : 0;
}

/* The prefix of @len bits that a longer one lies in. */
static struct brg_claim6 brg_claim6_cut(const struct brg_claim6 *c, u8 len)
{
	struct brg_claim6 p = { .vid = c->vid, .len = len };

	if (len)
		p.hi = c->hi & (len < 64 ? ~0ULL << (64 - len) : ~0ULL);
	if (len > 64)
		p.lo = c->lo & ~0ULL << (128 - len);

	return p;
}

/*
 * Lookups are here for each kind, so that the order is inlined into them. What
 * they return is the first place that is not below the key.
 */
static struct brg_cursor brg_claim_lower_mac(const struct brg_index *index,
					     u64 order)
{
	return brg_index_lower(index, &order, brg_claim_mac_below);
}

static struct brg_cursor brg_claim_lower4(const struct brg_index *index,
					  u64 key)
{
	return brg_index_lower(index, &key, brg_claim4_below);
}

static struct brg_cursor brg_claim_lower6(const struct brg_index *index,
					  const struct brg_claim6 *key)
{
	return brg_index_lower(index, key, brg_claim6_below);
}

static struct brg_cursor brg_claims_at_mac(const struct brg_claims *claims,
					   const struct brg_binding *b)
{
	return brg_claim_lower_mac(&claims->mac, b->order);
}

static struct brg_cursor brg_claims_at4(const struct brg_claims *claims,
					const struct brg_prefix4 *p)
{
	return brg_claim_lower4(&claims->ip4, brg_claim4_key_of(p));
}

static struct brg_cursor brg_claims_at6(const struct brg_claims *claims,
					const struct brg_prefix6 *p)
{
	struct brg_claim6 key = brg_claim6_key_of(p);

	return brg_claim_lower6(&claims->ip6, &key);
}

/* Others may claim the same. */
static void brg_claim_remove(struct brg_index *index, struct brg_cursor at,
			     const void *claim)
{
	const void *item = brg_index_at(index, &at);

	while (item && item != claim)
		item = brg_index_next(index, &at);
	if (item)
		brg_index_remove(index, at);
}

static void brg_claims_remove4(struct brg_claims *claims,
			       const struct brg_prefix4 *p)
{
	brg_claim_remove(&claims->ip4, brg_claims_at4(claims, p), p);
	brg_lengths_count4(&claims->lengths, p->len, -1);
}

static void brg_claims_remove6(struct brg_claims *claims,
			       const struct brg_prefix6 *p)
{
	brg_claim_remove(&claims->ip6, brg_claims_at6(claims, p), p);
	brg_lengths_count6(&claims->lengths, p->len, -1);
}

static void brg_claims_remove_mac(struct brg_claims *claims,
				  const struct brg_binding *b)
{
	brg_claim_remove(&claims->mac, brg_claims_at_mac(claims, b), b);
}

static int brg_claims_insert4(struct brg_claims *claims, struct brg_binding *b)
{
	struct brg_prefix4 *p = brg_binding_ip4(b);
	u32 i;
	int err;

	for (i = 0; i < b->n4; i++) {
		err = brg_index_insert(&claims->ip4,
				       brg_claims_at4(claims, &p[i]), &p[i]);
		if (err)
			goto remove;
		brg_lengths_count4(&claims->lengths, p[i].len, 1);
	}

	return 0;

remove:
	while (i--)
		brg_claims_remove4(claims, &p[i]);

	return err;
}

static int brg_claims_insert6(struct brg_claims *claims, struct brg_binding *b)
{
	struct brg_prefix6 *p = brg_binding_ip6(b);
	u32 i;
	int err;

	for (i = 0; i < b->n6; i++) {
		err = brg_index_insert(&claims->ip6,
				       brg_claims_at6(claims, &p[i]), &p[i]);
		if (err)
			goto remove;
		brg_lengths_count6(&claims->lengths, p[i].len, 1);
	}

	return 0;

remove:
	while (i--)
		brg_claims_remove6(claims, &p[i]);

	return err;
}

/**
 * brg_claims_insert() - put what a binding claims into the index
 * @claims: index
 * @b: binding that is not in it; one with the same claims may be
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int brg_claims_insert(struct brg_claims *claims, struct brg_binding *b)
{
	struct brg_prefix4 *p4 = brg_binding_ip4(b);
	u32 i;
	int err;

	err = brg_index_insert(&claims->mac, brg_claims_at_mac(claims, b), b);
	if (err)
		return err;
	err = brg_claims_insert4(claims, b);
	if (err)
		goto remove_mac;
	err = brg_claims_insert6(claims, b);
	if (err)
		goto remove_ip4;

	return 0;

remove_ip4:
	for (i = 0; i < b->n4; i++)
		brg_claims_remove4(claims, &p4[i]);
remove_mac:
	brg_claims_remove_mac(claims, b);

	return err;
}

/**
 * brg_claims_remove() - take what a binding claims out of the index
 * @claims: index
 * @b: binding in it
 *
 * Context: struct brg_net.lock. Cannot fail.
 */
void brg_claims_remove(struct brg_claims *claims, struct brg_binding *b)
{
	struct brg_prefix4 *p4 = brg_binding_ip4(b);
	struct brg_prefix6 *p6 = brg_binding_ip6(b);
	u32 i;

	for (i = 0; i < b->n4; i++)
		brg_claims_remove4(claims, &p4[i]);
	for (i = 0; i < b->n6; i++)
		brg_claims_remove6(claims, &p6[i]);
	brg_claims_remove_mac(claims, b);
}

/**
 * brg_claims_free() - free the index
 * @claims: index
 *
 * Context: may sleep.
 */
void brg_claims_free(struct brg_claims *claims)
{
	brg_index_free(&claims->mac);
	brg_index_free(&claims->ip4);
	brg_index_free(&claims->ip6);
}

/**
 * struct brg_claimant - who wants to claim something
 * @port: on which port
 * @shared: with a shared binding
 */
struct brg_claimant {
	const struct brg_port *port;
	bool shared;
};

static bool brg_claim_is_foreign(const struct brg_binding *b,
				 const struct brg_claimant *who)
{
	return b->port != who->port && !(who->shared && b->shared) &&
	       brg_port_same_bridge(b->port, who->port);
}

static const struct brg_binding *
brg_claims_conflict_mac(const struct brg_claims *claims, u64 order,
			const struct brg_claimant *who)
{
	struct brg_cursor at = brg_claim_lower_mac(&claims->mac, order);
	const struct brg_binding *b = brg_index_at(&claims->mac, &at);

	for (; b && b->order == order; b = brg_index_next(&claims->mac, &at))
		if (brg_claim_is_foreign(b, who))
			return b;

	return NULL;
}

/* A foreign claim from the key on up to the last address of its prefix. */
static const struct brg_binding *
brg_claims_below4(const struct brg_claims *claims, u64 key, u32 mask,
		  const struct brg_claimant *who)
{
	struct brg_cursor at = brg_claim_lower4(&claims->ip4, key);
	const struct brg_prefix4 *p = brg_index_at(&claims->ip4, &at);
	u64 last = key | (u64)~mask << 8 | 0xff;

	for (; p && brg_claim4_key_of(p) <= last;
	     p = brg_index_next(&claims->ip4, &at))
		if (brg_claim_is_foreign(brg_prefix4_binding(p), who))
			return brg_prefix4_binding(p);

	return NULL;
}

/* A foreign claim of exactly this prefix. */
static const struct brg_binding *
brg_claims_same4(const struct brg_claims *claims, u64 key,
		 const struct brg_claimant *who)
{
	struct brg_cursor at = brg_claim_lower4(&claims->ip4, key);
	const struct brg_prefix4 *p = brg_index_at(&claims->ip4, &at);

	for (; p && brg_claim4_key_of(p) == key;
	     p = brg_index_next(&claims->ip4, &at))
		if (brg_claim_is_foreign(brg_prefix4_binding(p), who))
			return brg_prefix4_binding(p);

	return NULL;
}

static const struct brg_binding *
brg_claims_conflict4(const struct brg_claims *claims,
		     const struct brg_address *addr,
		     const struct brg_claimant *who)
{
	u32 ip4 = get_unaligned_be32(addr->byte), at;
	u64 key = brg_claim4_key(addr->vid, ip4, addr->len);
	const struct brg_binding *b;
	u8 len;

	b = brg_claims_below4(claims, key, brg_claim4_mask(addr->len), who);
	if (b)
		return b;
	/* What lies around it: of each length, only one prefix can. */
	for_each_set_bit(len, claims->lengths.bits4, addr->len) {
		at = ip4 & brg_claim4_mask(len);
		key = brg_claim4_key(addr->vid, at, len);
		b = brg_claims_same4(claims, key, who);
		if (b)
			return b;
	}

	return NULL;
}

static bool brg_claim6_covers(const struct brg_claim6 *a,
			      const struct brg_claim6 *b)
{
	struct brg_claim6 cut = brg_claim6_cut(b, a->len);

	return a->vid == b->vid && a->len <= b->len && a->hi == cut.hi &&
	       a->lo == cut.lo;
}

/* A foreign claim of a prefix, or, if @below, of one in it. */
static const struct brg_binding *
brg_claims_find6(const struct brg_claims *claims, const struct brg_claim6 *key,
		 bool below, const struct brg_claimant *who)
{
	struct brg_cursor at = brg_claim_lower6(&claims->ip6, key);
	const struct brg_prefix6 *p = brg_index_at(&claims->ip6, &at);
	struct brg_claim6 found;

	for (; p; p = brg_index_next(&claims->ip6, &at)) {
		found = brg_claim6_key_of(p);
		if (!brg_claim6_covers(key, &found) ||
		    (!below && found.len != key->len))
			break;
		if (brg_claim_is_foreign(brg_prefix6_binding(p), who))
			return brg_prefix6_binding(p);
	}

	return NULL;
}

static const struct brg_binding *
brg_claims_conflict6(const struct brg_claims *claims,
		     const struct brg_address *addr,
		     const struct brg_claimant *who)
{
	struct brg_claim6 around, key = {
		.vid = addr->vid, .len = addr->len,
		.hi = get_unaligned_be64(addr->byte),
		.lo = get_unaligned_be64(addr->byte + 8),
	};
	const struct brg_binding *b;
	u8 len;

	b = brg_claims_find6(claims, &key, true, who);
	if (b)
		return b;
	for_each_set_bit(len, claims->lengths.bits6, addr->len) {
		around = brg_claim6_cut(&key, len);
		b = brg_claims_find6(claims, &around, false, who);
		if (b)
			return b;
	}

	return NULL;
}

/**
 * brg_claims_conflict() - may a port not claim this address?
 * @claims: index
 * @addr: MAC or prefix
 * @port: who wants to claim it
 * @shared: with a shared binding
 *
 * Context: struct brg_net.lock.
 * Return: a binding of another port that may be on the same bridge, which
 * claims part of it, and not both are shared; or NULL.
 */
const struct brg_binding *
brg_claims_conflict(const struct brg_claims *claims,
		    const struct brg_address *addr,
		    const struct brg_port *port, bool shared)
{
	struct brg_claimant who = { port, shared };

	switch (addr->family) {
	case AF_INET:
		return brg_claims_conflict4(claims, addr, &who);
	case AF_INET6:
		return brg_claims_conflict6(claims, addr, &who);
	}

	return brg_claims_conflict_mac(claims, brg_address_order(addr), &who);
}
