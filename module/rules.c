// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/hash.h>
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

static u64 brg_rules_hash(const struct brg_rules *r, u64 key, u64 a, u64 b)
{
	u64 h = (key ^ r->seed) * GOLDEN_RATIO_64;

	h = (h ^ (h >> 32) ^ a) * GOLDEN_RATIO_64;

	return (h ^ (h >> 29) ^ b) * GOLDEN_RATIO_64;
}

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
	r->seed = seed;
	r->empty = true;
	r->ip4 = r->few;
	if (size->ip4s > BRG_FEW) {
		r->shift4 = brg_rules_shift(size->ip4s, size->growth);
		r->ip4 = kvcalloc(brg_rules_slots(r->shift4), sizeof(*r->ip4),
				  BRG_GFP);
	}
	r->shift6 = brg_rules_shift(size->ip6s, size->growth);
	r->ip6 = kvcalloc(brg_rules_slots(r->shift6), sizeof(*r->ip6), BRG_GFP);
	r->shift_mac = brg_rules_shift(size->macs, size->growth);
	r->mac = kvcalloc(brg_rules_slots(r->shift_mac), sizeof(*r->mac),
			  BRG_GFP);

	return r->ip4 && r->ip6 && r->mac ? 0 : -ENOMEM;
}

/**
 * brg_rules_free() - free what the rules point to
 * @r: rules that brg_rules_init() was called for
 *
 * Context: may sleep; no reader is left.
 */
void brg_rules_free(struct brg_rules *r)
{
	if (r->ip4 != r->few)
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
	u64 i = brg_rules_hash(r, key, 0, 0) >> r->shift_mac;
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

/**
 * brg_rules_has_mac() - is a MAC address bound?
 * @r: rules
 * @key: MAC and VLAN; a key with MAC 0 asks whether the VLAN has any binding
 *
 * Return: whether it is.
 */
bool brg_rules_has_mac(const struct brg_rules *r, u64 key)
{
	u64 mask = brg_rules_slots(r->shift_mac) - 1;
	u64 i = brg_rules_hash(r, key, 0, 0) >> r->shift_mac;
	int n;

	for (n = 0; n < BRG_PROBES && r->mac[i]; n++, i = (i + 1) & mask)
		if (r->mac[i] == key)
			return true;

	return false;
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

	length = brg_rules_length4(r, mask);
	if (length < 0)
		return length;
	if (len < 8 || (addr | ~mask) == htonl(INADDR_BROADCAST))
		r->wide = true;
	if (!r->shift4) {
		r->few[r->few4++] = (struct brg_rule4){ key, addr, mask };
		return 0;
	}

	key |= (u64)length << BRG_KEY_LENGTH_SHIFT;
	i = brg_rules_hash(r, key, (__force u32)addr, 0) >> r->shift4;
	for (n = 0; n < BRG_PROBES; n++) {
		e = &r->ip4[i];
		if (!e->key || (e->key == key && e->addr == addr)) {
			*e = (struct brg_rule4){ key, addr, mask };
			return 0;
		}
		i = (i + 1) & (brg_rules_slots(r->shift4) - 1);
	}

	return -EAGAIN;
}

static bool brg_rules_probe4(const struct brg_rules *r, u64 key, __be32 addr)
{
	u64 i = brg_rules_hash(r, key, (__force u32)addr, 0) >> r->shift4;
	const struct brg_rule4 *e;
	int n;

	for (n = 0; n < BRG_PROBES; n++) {
		e = &r->ip4[i];
		if (!e->key)
			return false;
		if (e->key == key && e->addr == addr)
			return true;
		i = (i + 1) & (brg_rules_slots(r->shift4) - 1);
	}

	return false;
}

/**
 * brg_rules_has_ip4_hashed() - is an IPv4 address bound to a MAC address?
 * @r: rules with more than a few IPv4 prefixes
 * @key: MAC and VLAN
 * @addr: address
 *
 * Return: whether some prefix of @key covers it.
 */
bool brg_rules_has_ip4_hashed(const struct brg_rules *r, u64 key, __be32 addr)
{
	u64 i;

	for (i = 0; i < r->lengths4; i++)
		if (brg_rules_probe4(r, key | i << BRG_KEY_LENGTH_SHIFT,
				     addr & r->mask4[i]))
			return true;

	return false;
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
	u64 i = brg_rules_hash(r, key, a, b) >> r->shift6;
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
	struct brg_rule6 *e;
	u64 word[2];
	int length;

	length = brg_rules_length6(r, &mask);
	if (length < 0)
		return length;
	memcpy(word, addr, sizeof(word));
	if (len < 10 || !word[0])
		r->wide = true;

	key |= (u64)length << BRG_KEY_LENGTH_SHIFT;
	e = brg_rules_slot6(r, key, word[0], word[1]);
	if (!e)
		return -EAGAIN;
	*e = (struct brg_rule6){ key, { word[0], word[1] } };

	return 0;
}

/**
 * brg_rules_has_ip6() - is an IPv6 address bound to a MAC address?
 * @r: rules
 * @key: MAC and VLAN
 * @addr: address
 *
 * Return: whether some prefix of @key covers it.
 */
bool brg_rules_has_ip6(const struct brg_rules *r, u64 key,
		       const struct in6_addr *addr)
{
	const struct brg_rule6 *e;
	u64 word[2];
	u64 i;

	memcpy(word, addr, sizeof(word));
	for (i = 0; i < r->lengths6; i++) {
		e = brg_rules_slot6(r, key | i << BRG_KEY_LENGTH_SHIFT,
				    word[0] & r->mask6[i].word[0],
				    word[1] & r->mask6[i].word[1]);
		if (e && e->key)
			return true;
	}

	return false;
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
