/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules of one guest port in the form in which frames meet them: built
 * once, never changed, replaced as a whole. Pure: no lock, no skb.
 *
 * Up to BRG_FEW entries of a kind stand in one cache line or two and are
 * compared in a row. More go to a hash table with open addressing whose
 * longest probe is bounded when it is built, so a guest that chooses what is
 * looked up cannot make a lookup longer.
 */
#ifndef BRG_RULES_H
#define BRG_RULES_H

#include <linux/types.h>
#include <linux/in6.h>
#include "frame.h"

#define BRG_FEW		4
#define BRG_PROBES	32

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

/* A prefix length that some IPv6 rule of the port has, as a mask. */
struct brg_mask6 {
	u64 word[2];
};

/**
 * struct brg_rules - rules of a guest port
 * @few4: number of entries to compare at @ip4
 * @shift4: 64 - log2 of the size of the table at @ip4; 0: compare @few4
 * @shift6: 64 - log2 of the size of the table at @ip6
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
 * @seed: of the hash tables
 * @ip4: prefixes
 * @few: where @ip4 points if there are few
 * @ip6: prefixes, a hash table
 * @mac: keys, and brg_key_vlan() of each VLAN ID, a hash table
 * @mask4: masks of @lengths4
 * @mask6: masks of @lengths6
 * @ethertypes: number of entries in @ethertype
 * @ethertype: allowed explicitly
 */
struct brg_rules {
	u8 few4;
	u8 shift4;
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
	u64 seed;
	struct brg_rule4 *ip4;
	struct brg_rule6 *ip6;
	u64 *mac;
	struct brg_rule4 few[BRG_FEW];
	__be32 mask4[BRGUARD_LENGTHS_MAX];
	struct brg_mask6 mask6[BRGUARD_LENGTHS_MAX];
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

int brg_rules_init(struct brg_rules *r, u64 seed,
		   const struct brg_rules_size *size);
void brg_rules_free(struct brg_rules *r);
int brg_rules_add_mac(struct brg_rules *r, u64 key);
int brg_rules_add_ip4(struct brg_rules *r, u64 key, __be32 addr, u8 len);
int brg_rules_add_ip6(struct brg_rules *r, u64 key,
		      const struct in6_addr *addr, u8 len);
bool brg_rules_has_mac(const struct brg_rules *r, u64 key);
bool brg_rules_has_ip4_hashed(const struct brg_rules *r, u64 key, __be32 addr);
bool brg_rules_has_ip6(const struct brg_rules *r, u64 key,
		       const struct in6_addr *addr);
bool brg_rules_has_ethertype(const struct brg_rules *r, __be16 proto);

/* Is @addr bound to the MAC and VLAN of @key? */
static inline bool brg_rules_has_ip4(const struct brg_rules *r, u64 key,
				     __be32 addr)
{
	const struct brg_rule4 *e = r->ip4;
	u8 i;

	if (unlikely(r->shift4))
		return brg_rules_has_ip4_hashed(r, key, addr);

	for (i = 0; i < r->few4; i++, e++)
		if (e->key == key && !((e->addr ^ addr) & e->mask))
			return true;

	return false;
}

#endif /* BRG_RULES_H */
