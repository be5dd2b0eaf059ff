/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules of one guest port in the form in which frames meet them: built
 * once, never changed, replaced as a whole. Pure: no lock, no skb.
 *
 * Up to BRG_FEW4 IPv4 and BRG_FEW6 IPv6 prefixes stand beside the settings and
 * are compared in a row. All else is in hash tables with open addressing whose
 * longest probe is bounded when they are built, so a guest that chooses what is
 * looked up cannot make a lookup longer.
 */
#ifndef BRG_RULES_H
#define BRG_RULES_H

#include <linux/hash.h>
#include <linux/in6.h>
#include <linux/types.h>
#include <linux/unaligned.h>
#include "frame.h"

#define BRG_FEW4	4
#define BRG_FEW6	6
#define BRG_PROBES	32
/* Entries of struct brg_rule4 in a cache line: probes stay in one first. */
#define BRG_LINE4	4

/* An IPv4 prefix of a key. @mask is used only where few are compared. */
struct brg_rule4 {
	u64 key;
	__be32 addr;
	__be32 mask;
};

/* An IPv6 prefix of a key: the address as two words, network byte order. */
struct brg_rule6 {
	u64 key;
	u64 addr[2];
};

/* The same with its mask, where few are compared. */
struct brg_few6 {
	u64 key;
	u64 addr[2];
	u64 mask[2];
};

/* A prefix length that some IPv6 rule of the port has, as a mask. */
struct brg_mask6 {
	u64 word[2];
};

/**
 * struct brg_rules - rules of a guest port
 * @few4: number of entries of @few_ip4
 * @shift4: 64 - log2 of the size of the table at @ip4; 0: compare @few_ip4
 * @few6: number of entries of @few_ip6
 * @shift6: 64 - log2 of the size of the table at @ip6; 0: compare @few_ip6
 * @shift_mac: 64 - log2 of the size of the table at @mac
 * @lengths4: distinct IPv4 prefix lengths
 * @lengths6: distinct IPv6 prefix lengths
 * @dhcp_server: the port may answer DHCP
 * @router: the port may send router advertisements and redirects
 * @any_link_local: any link-local source passes with a bound MAC
 * @wide: some prefix spans addresses that nobody may use as a source
 * @untagged: some binding is for untagged frames
 * @empty: no binding at all
 * @counts: some MAC could answer for more addresses than its bridge allows
 * @scoped: questions for addresses of other ports are kept from it
 * @seed: of the hash tables
 * @ip4: prefixes, a hash table
 * @ip6: prefixes, a hash table
 * @mac: keys, and brg_key_vlan() of each VLAN ID, a hash table
 * @few_ip4: prefixes, if they are few: then @ip4 is NULL
 * @mask4: masks of @lengths4, if they are not
 * @few_ip6: as @few_ip4
 * @mask6: as @mask4
 * @ethertypes: number of entries in @ethertype
 * @ethertype: allowed explicitly
 */
struct brg_rules {
	u8 few4;
	u8 shift4;
	u8 few6;
	u8 shift6;
	u8 shift_mac;
	u8 lengths4;
	u8 lengths6;
	u8 ethertypes;
	bool dhcp_server:1;
	bool router:1;
	bool any_link_local:1;
	bool wide:1;
	bool untagged:1;
	bool empty:1;
	bool counts:1;
	bool scoped:1;
	u64 seed;
	struct brg_rule4 *ip4;
	struct brg_rule6 *ip6;
	u64 *mac;
	union {
		struct brg_rule4 few_ip4[BRG_FEW4];
		__be32 mask4[BRGUARD_LENGTHS_MAX];
	};
	union {
		struct brg_few6 few_ip6[BRG_FEW6];
		struct brg_mask6 mask6[BRGUARD_LENGTHS_MAX];
	};
	__be16 ethertype[BRGUARD_ETHERTYPES_MAX];
};

/* How often a table may be doubled before its builder gives up. */
#define BRG_GROWTH_MAX	8

/**
 * struct brg_rules_size - what is going to be added at most
 * @macs: keys
 * @ip4s: IPv4 prefixes
 * @ip6s: IPv6 prefixes
 * @growth: tables are 2 to the power of this larger than they need to be
 */
struct brg_rules_size {
	u32 macs;
	u32 ip4s;
	u32 ip6s;
	u8 growth;
};

void brg_rules_clear(struct brg_rules *r, u64 seed);
int brg_rules_init(struct brg_rules *r, u64 seed,
		   const struct brg_rules_size *size);
void brg_rules_free(struct brg_rules *r);
int brg_rules_add_mac(struct brg_rules *r, u64 key);
int brg_rules_add_ip4(struct brg_rules *r, u64 key, __be32 addr, u8 len);
int brg_rules_add_ip6(struct brg_rules *r, u64 key,
		      const struct in6_addr *addr, u8 len);
bool brg_rules_has_ethertype(const struct brg_rules *r, __be16 proto);

static inline u64 brg_rules_mix(u64 h, u64 word)
{
	return (h ^ (h >> 32) ^ word) * GOLDEN_RATIO_64;
}

static inline u64 brg_rules_hash4(const struct brg_rules *r, u64 key,
				  __be32 addr)
{
	return brg_rules_mix((key ^ r->seed) * GOLDEN_RATIO_64,
			     (__force u32)addr);
}

static inline u64 brg_rules_hash6(const struct brg_rules *r, u64 key, u64 a,
				  u64 b)
{
	return brg_rules_mix(brg_rules_mix((key ^ r->seed) * GOLDEN_RATIO_64,
					   a), b);
}

/* Is a MAC bound, or, with MAC 0xffffffffffff, anything in the VLAN? */
static inline bool brg_rules_has_mac(const struct brg_rules *r, u64 key)
{
	u64 i = brg_rules_hash4(r, key, 0) >> r->shift_mac;
	int n;

	for (n = 0; n < BRG_PROBES && r->mac[i]; n++) {
		if (r->mac[i] == key)
			return true;
		i = (i + 1) & ((1ULL << (64 - r->shift_mac)) - 1);
	}

	return false;
}

/* Where a search that began with entry @i of the table at @ip4 looks next. */
static inline u64 brg_rules_next4(const struct brg_rules *r, u64 i, int n)
{
	if (n % BRG_LINE4)
		return (i & ~(BRG_LINE4 - 1ULL)) | ((i + 1) % BRG_LINE4);

	return (i + 1 + BRG_LINE4) & ((1ULL << (64 - r->shift4)) - 1);
}

static inline bool brg_rules_probe4(const struct brg_rules *r, u64 key,
				    __be32 addr)
{
	u64 i = brg_rules_hash4(r, key, addr) >> r->shift4;
	const struct brg_rule4 *e;
	int n;

	for (n = 1; n <= BRG_PROBES; n++) {
		e = &r->ip4[i];
		if (!e->key)
			return false;
		if (e->key == key && e->addr == addr)
			return true;
		i = brg_rules_next4(r, i, n);
	}

	return false;
}

static inline bool brg_rules_has_many4(const struct brg_rules *r, u64 key,
				       __be32 addr)
{
	u64 i;

	for (i = 0; i < r->lengths4; i++)
		if (brg_rules_probe4(r, key | i << BRG_KEY_LENGTH_SHIFT,
				     addr & r->mask4[i]))
			return true;

	return false;
}

static __always_inline bool brg_rule4_covers(const struct brg_rule4 *e, u64 key,
					     __be32 addr)
{
	return e->key == key && !((e->addr ^ addr) & e->mask);
}

/* All are there, see brg_rules_init(): none is counted, none is jumped to. */
static __always_inline bool brg_rules_has_few4(const struct brg_rules *r,
					       u64 key, __be32 addr)
{
	return brg_rule4_covers(&r->few_ip4[0], key, addr) ||
	       brg_rule4_covers(&r->few_ip4[1], key, addr) ||
	       brg_rule4_covers(&r->few_ip4[2], key, addr) ||
	       brg_rule4_covers(&r->few_ip4[3], key, addr);
}

/* Is @addr bound to the MAC and VLAN of @key? */
static inline bool brg_rules_has_ip4(const struct brg_rules *r, u64 key,
				     __be32 addr)
{
	return r->shift4 ? brg_rules_has_many4(r, key, addr) :
	       brg_rules_has_few4(r, key, addr);
}

/* Half of an address, as it stands in a frame. */
static __always_inline u64 brg_ip6_word(const struct in6_addr *addr, int n)
{
	return get_unaligned((const u64 *)addr + n);
}

static inline bool brg_rules_probe6(const struct brg_rules *r, u64 key, u64 a,
				    u64 b)
{
	u64 i = brg_rules_hash6(r, key, a, b) >> r->shift6;
	const struct brg_rule6 *e;
	int n;

	for (n = 0; n < BRG_PROBES; n++) {
		e = &r->ip6[i];
		if (!e->key)
			return false;
		if (e->key == key && e->addr[0] == a && e->addr[1] == b)
			return true;
		i = (i + 1) & ((1ULL << (64 - r->shift6)) - 1);
	}

	return false;
}

static inline bool brg_rules_has_many6(const struct brg_rules *r, u64 key,
				       const struct in6_addr *addr)
{
	u64 a = brg_ip6_word(addr, 0);
	u64 b = brg_ip6_word(addr, 1);
	u64 i;

	for (i = 0; i < r->lengths6; i++)
		if (brg_rules_probe6(r, key | i << BRG_KEY_LENGTH_SHIFT,
				     a & r->mask6[i].word[0],
				     b & r->mask6[i].word[1]))
			return true;

	return false;
}

static __always_inline bool brg_few6_covers(const struct brg_few6 *e, u64 key,
					    const struct in6_addr *addr)
{
	return e->key == key &&
	       !((e->addr[0] ^ brg_ip6_word(addr, 0)) & e->mask[0]) &&
	       !((e->addr[1] ^ brg_ip6_word(addr, 1)) & e->mask[1]);
}

/* The first is there in any case. */
static __always_inline bool brg_rules_has_few6(const struct brg_rules *r,
					       u64 key,
					       const struct in6_addr *addr)
{
	const struct brg_few6 *e = r->few_ip6;

	do {
		if (brg_few6_covers(e, key, addr))
			return true;
	} while (++e < r->few_ip6 + r->few6);

	return false;
}

static inline bool brg_rules_has_ip6(const struct brg_rules *r, u64 key,
				     const struct in6_addr *addr)
{
	return r->shift6 ? brg_rules_has_many6(r, key, addr) :
	       brg_rules_has_few6(r, key, addr);
}

#endif /* BRG_RULES_H */
