// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include "rules.h"

/* A message can ask for more than there is: that is no cause for a splat. */
#define BRG_GFP		(GFP_KERNEL_ACCOUNT | __GFP_NOWARN)

/* At most half full. */
static u8 brg_rules_shift(u32 n, u8 growth)
{
	return 64 - max(1, order_base_2(2 * (u64)n) + growth);
}

static u64 brg_rules_slots(u8 shift)
{
	return 1ULL << (64 - shift);
}

/**
 * brg_rules_clear() - begin with few prefixes and without any
 * @r: zeroed rules
 * @seed: random number for the hash tables
 */
void brg_rules_clear(struct brg_rules *r, u64 seed)
{
	int i;

	r->seed = seed;
	r->empty = true;
	for (i = 0; i < BRG_FEW4; i++)
		r->few_ip4[i].key = BRG_KEY_UNUSED;
	r->few_ip6[0].key = BRG_KEY_UNUSED;
}

/**
 * brg_rules_init() - prepare empty rules
 * @r: zeroed rules
 * @seed: random number for the hash tables
 * @size: what will be added
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM, and then brg_rules_free() is still to be called.
 */
int brg_rules_init(struct brg_rules *r, u64 seed,
		   const struct brg_rules_size *size)
{
	brg_rules_clear(r, seed);
	if (size->ip4s > BRG_FEW4) {
		r->shift4 = brg_rules_shift(size->ip4s, size->growth);
		memset(r->mask4, 0, sizeof(r->mask4));
		r->ip4 = kvcalloc(brg_rules_slots(r->shift4), sizeof(*r->ip4),
				  BRG_GFP);
	}
	if (size->ip6s > BRG_FEW6) {
		r->shift6 = brg_rules_shift(size->ip6s, size->growth);
		memset(r->mask6, 0, sizeof(r->mask6));
		r->ip6 = kvcalloc(brg_rules_slots(r->shift6), sizeof(*r->ip6),
				  BRG_GFP);
	}
	r->shift_mac = brg_rules_shift(size->macs, size->growth);
	r->mac = kvcalloc(brg_rules_slots(r->shift_mac), sizeof(*r->mac),
			  BRG_GFP);

	return (r->ip4 || !r->shift4) && (r->ip6 || !r->shift6) && r->mac ?
	       0 : -ENOMEM;
}

/**
 * brg_rules_free() - free what the rules point to
 * @r: rules that brg_rules_init() was called for
 *
 * Context: may sleep; no reader is left.
 */
void brg_rules_free(struct brg_rules *r)
{
	kvfree(r->ip4);
	kvfree(r->ip6);
	kvfree(r->mac);
}

/**
 * brg_rules_add_mac() - bind a MAC address
 * @r: rules under construction
 * @key: MAC and VLAN
 *
 * Return: 0, or -EAGAIN: the probe limit was met, build again with another seed
 * and more room.
 */
int brg_rules_add_mac(struct brg_rules *r, u64 key)
{
	u64 mask = brg_rules_slots(r->shift_mac) - 1;
	u64 i = brg_rules_hash4(r, key, 0) >> r->shift_mac;
	int n;

	r->empty = false;
	for (n = 0; n < BRG_PROBES; n++, i = (i + 1) & mask) {
		if (r->mac[i] == key)
			return 0;
		if (!r->mac[i]) {
			r->mac[i] = key;
			return 0;
		}
	}

	return -EAGAIN;
}

/* Index of a length among those of the port, in bits 60 to 63 of the key. */
static int brg_rules_length4(struct brg_rules *r, __be32 mask)
{
	u8 i;

	for (i = 0; i < r->lengths4; i++)
		if (r->mask4[i] == mask)
			return i;
	if (i == BRGUARD_LENGTHS_MAX)
		return -ENOSPC;
	r->mask4[i] = mask;
	r->lengths4++;

	return i;
}

static __be32 brg_rules_mask4(u8 len)
{
	return len ? htonl(~0U << (32 - len)) : 0;
}

/**
 * brg_rules_add_ip4() - bind an IPv4 prefix to a MAC address
 * @r: rules under construction
 * @key: MAC and VLAN
 * @addr: prefix, host bits 0
 * @len: its length, 0 to 32
 *
 * Return: 0; -ENOSPC: too many prefix lengths; -EAGAIN: as for a MAC.
 */
int brg_rules_add_ip4(struct brg_rules *r, u64 key, __be32 addr, u8 len)
{
	__be32 mask = brg_rules_mask4(len);
	struct brg_rule4 *e;
	int length, n;
	u64 i;

	if (len < 8 || (addr | ~mask) == htonl(INADDR_BROADCAST))
		r->wide = true;
	if (!r->shift4) {
		if (r->few4 == BRG_FEW4)
			return -EAGAIN;
		r->few_ip4[r->few4++] = (struct brg_rule4){ key, addr, mask };
		return 0;
	}

	length = brg_rules_length4(r, mask);
	if (length < 0)
		return length;
	key |= (u64)length << BRG_KEY_LENGTH_SHIFT;
	i = brg_rules_hash4(r, key, addr) >> r->shift4;
	for (n = 1; n <= BRG_PROBES; n++) {
		e = &r->ip4[i];
		if (!e->key || (e->key == key && e->addr == addr)) {
			*e = (struct brg_rule4){ key, addr, mask };
			return 0;
		}
		i = brg_rules_next4(r, i, n);
	}

	return -EAGAIN;
}

static struct brg_mask6 brg_rules_mask6(u8 len)
{
	struct brg_mask6 m = {};
	u8 *byte = (u8 *)m.word;

	memset(byte, 0xff, len / 8);
	if (len % 8)
		byte[len / 8] = 0xff00 >> len % 8;

	return m;
}

static int brg_rules_length6(struct brg_rules *r, const struct brg_mask6 *mask)
{
	u8 i;

	for (i = 0; i < r->lengths6; i++)
		if (!memcmp(&r->mask6[i], mask, sizeof(*mask)))
			return i;
	if (i == BRGUARD_LENGTHS_MAX)
		return -ENOSPC;
	r->mask6[i] = *mask;
	r->lengths6++;

	return i;
}

/* The slot that holds the prefix, or the empty one where it would stand. */
static struct brg_rule6 *brg_rules_slot6(const struct brg_rules *r, u64 key,
					 u64 a, u64 b)
{
	u64 i = brg_rules_hash6(r, key, a, b) >> r->shift6;
	struct brg_rule6 *e;
	int n;

	for (n = 0; n < BRG_PROBES; n++) {
		e = &r->ip6[i];
		if (!e->key)
			return e;
		if (e->key == key && e->addr[0] == a && e->addr[1] == b)
			return e;
		i = (i + 1) & (brg_rules_slots(r->shift6) - 1);
	}

	return NULL;
}

/**
 * brg_rules_add_ip6() - bind an IPv6 prefix to a MAC address
 * @r: rules under construction
 * @key: MAC and VLAN
 * @addr: prefix, host bits 0
 * @len: its length, 0 to 128
 *
 * Return: 0; -ENOSPC: too many prefix lengths; -EAGAIN: as for a MAC.
 */
int brg_rules_add_ip6(struct brg_rules *r, u64 key,
		      const struct in6_addr *addr, u8 len)
{
	struct brg_mask6 mask = brg_rules_mask6(len);
	u64 a = brg_ip6_word(addr, 0);
	u64 b = brg_ip6_word(addr, 1);
	struct brg_rule6 *e;
	int length;

	if (len < 10 || !a)
		r->wide = true;
	if (!r->shift6) {
		if (r->few6 == BRG_FEW6)
			return -EAGAIN;
		r->few_ip6[r->few6++] = (struct brg_few6){
			key, { a, b }, { mask.word[0], mask.word[1] },
		};
		return 0;
	}

	length = brg_rules_length6(r, &mask);
	if (length < 0)
		return length;
	key |= (u64)length << BRG_KEY_LENGTH_SHIFT;
	e = brg_rules_slot6(r, key, a, b);
	if (!e)
		return -EAGAIN;
	*e = (struct brg_rule6){ key, { a, b } };

	return 0;
}

/**
 * brg_rules_has_ethertype() - is an EtherType allowed explicitly?
 * @r: rules
 * @proto: EtherType, network byte order
 *
 * Return: whether it is.
 */
bool brg_rules_has_ethertype(const struct brg_rules *r, __be16 proto)
{
	u8 i;

	for (i = 0; i < r->ethertypes; i++)
		if (r->ethertype[i] == proto)
			return true;

	return false;
}
