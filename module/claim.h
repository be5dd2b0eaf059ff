/* SPDX-License-Identifier: GPL-2.0-only */
/* The index of a configuration: who claims which MAC or IP. */
#ifndef BRG_CLAIM_H
#define BRG_CLAIM_H

#include <linux/rbtree.h>
#include <linux/types.h>

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
 * struct brg_claim - an address in the index
 * @node: in struct brg_config.claims
 * @addr: the address
 * @binding: who claims it
 */
struct brg_claim {
	struct rb_node node;
	struct brg_address addr;
	struct brg_binding *binding;
};

int brg_address_cmp(const struct brg_address *a, const struct brg_address *b);
void brg_claim_insert(struct brg_config *cfg, struct brg_claim *claim);
void brg_claim_remove(struct brg_config *cfg, struct brg_claim *claim);
bool brg_claim_conflicts(const struct brg_config *cfg,
			 const struct brg_address *addr,
			 const struct brg_port *port, bool shared);

#endif /* BRG_CLAIM_H */
