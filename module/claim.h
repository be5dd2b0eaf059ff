/* SPDX-License-Identifier: GPL-2.0-only */
/* The index of a configuration: who claims which MAC or IP. */
#ifndef BRG_CLAIM_H
#define BRG_CLAIM_H

#include <linux/bitmap.h>
#include <linux/types.h>
#include "index.h"

struct brg_binding;
struct brg_config;
struct brg_port;

/**
 * struct brg_address - what can be claimed
 * @vid: VLAN ID, 0 for untagged
 * @family: AF_UNSPEC for a MAC, AF_INET, AF_INET6
 * @len: prefix length in bits; 48 for a MAC
 * @byte: network byte order, the rest 0
 */
struct brg_address {
	u16 vid;
	u8 family;
	u8 len;
	u8 byte[16];
};

/**
 * struct brg_lengths - the prefix lengths that some set of prefixes has
 * @bits4: those of IPv4
 * @bits6: those of IPv6
 * @n4: number of prefixes of each length
 * @n6: the same for IPv6
 */
struct brg_lengths {
	DECLARE_BITMAP(bits4, 33);
	DECLARE_BITMAP(bits6, 129);
	u32 n4[33];
	u32 n6[129];
};

/**
 * struct brg_claims - every MAC and prefix that is bound
 * @mac: struct brg_binding, by VLAN and MAC
 * @ip4: struct brg_prefix4, by VLAN, address and length
 * @ip6: struct brg_prefix6, likewise
 * @lengths: lengths of the prefixes
 */
struct brg_claims {
	struct brg_index mac;
	struct brg_index ip4;
	struct brg_index ip6;
	struct brg_lengths lengths;
};

int brg_claims_insert(struct brg_claims *claims, struct brg_binding *b);
void brg_claims_remove(struct brg_claims *claims, struct brg_binding *b);
void brg_claims_free(struct brg_claims *claims);
const struct brg_binding *
brg_claims_conflict(const struct brg_claims *claims,
		    const struct brg_address *addr,
		    const struct brg_port *port, bool shared);

static inline void brg_lengths_count4(struct brg_lengths *l, u8 len, int n)
{
	l->n4[len] += n;
	__assign_bit(len, l->bits4, l->n4[len]);
}

static inline void brg_lengths_count6(struct brg_lengths *l, u8 len, int n)
{
	l->n6[len] += n;
	__assign_bit(len, l->bits6, l->n6[len]);
}

#endif /* BRG_CLAIM_H */
