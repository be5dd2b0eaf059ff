/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bindings as the user says them. Frames never meet these: see rules.
 *
 * A binding is never changed but replaced. A change has two steps:
 * brg_binding_add() and brg_binding_del() put the new one in the place of the
 * old one, so that the rules can be built; brg_binding_settle() then frees one
 * of the two, and cannot fail.
 */
#ifndef BRG_BINDING_H
#define BRG_BINDING_H

#include <linux/netlink.h>
#include <linux/swab.h>
#include <linux/types.h>
#include <linux/unaligned.h>
#include "claim.h"
#include "frame.h"

struct brg_config;
struct brg_port;

/**
 * struct brg_prefix4 - an IPv4 prefix in its binding
 * @addr: address, host bits 0
 * @len: length
 * @back: bytes from the start of the binding
 */
struct brg_prefix4 {
	__be32 addr;
	u8 len;
	u16 back;
};

/**
 * struct brg_prefix6 - an IPv6 prefix in its binding
 * @byte: address, host bits 0
 * @len: length
 * @back: bytes from the start of the binding
 */
struct brg_prefix6 {
	u8 byte[16];
	u8 len;
	u16 back;
} __aligned(4);

/**
 * struct brg_binding - a MAC of a port and its prefixes
 * @port: the port
 * @order: VLAN ID and, below it, the MAC as a number, first byte highest
 * @n4: IPv4 prefixes
 * @n6: IPv6 prefixes
 * @shared: others may have a shared binding of the same addresses
 * @prefix: struct brg_prefix4, then struct brg_prefix6, both in order
 *
 * There may be millions: it has no byte more than it needs.
 */
struct brg_binding {
	struct brg_port *port;
	u64 order;
	u32 n4:10;
	u32 n6:10;
	u32 shared:1;
	u32 prefix[];
};

/* A prefix of a request and the attribute it came in, for error messages. */
struct brg_binding_prefix {
	struct brg_address addr;
	const struct nlattr *attr;
};

/**
 * struct brg_binding_request - a binding of a request
 * @mac: MAC and VLAN
 * @mac_attr: where it came from
 * @shared: flag
 * @n: number of entries in @prefix
 * @prefix: prefixes, no two the same
 */
struct brg_binding_request {
	struct brg_address mac;
	const struct nlattr *mac_attr;
	bool shared;
	u32 n;
	struct brg_binding_prefix *prefix;
};

/**
 * struct brg_binding_change - a change of one binding under way
 * @port: its port
 * @old: as it was, NULL if there was none
 * @new: as it will be, NULL if there will be none
 */
struct brg_binding_change {
	struct brg_port *port;
	struct brg_binding *old;
	struct brg_binding *new;
};

struct brg_binding *brg_binding_find(const struct brg_port *port,
				     const struct brg_address *mac);
struct brg_binding *brg_binding_next(const struct brg_port *port,
				     const struct brg_address *mac);
struct brg_binding *brg_binding_at(const struct brg_port *port, u64 order,
				   struct brg_cursor *at);
bool brg_binding_has(const struct brg_binding *b,
		     const struct brg_address *addr);
struct brg_binding *brg_binding_merge(struct brg_config *cfg,
				      struct brg_port *port,
				      const struct brg_binding *old,
				      const struct brg_binding_request *req);
struct brg_binding *brg_binding_reduce(struct brg_config *cfg,
				       const struct brg_binding *old,
				       const struct brg_binding_request *req);
void brg_binding_free(struct brg_config *cfg, struct brg_binding *b);

int brg_binding_add(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct brg_binding_change *change,
		    struct netlink_ext_ack *extack);
int brg_binding_del(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct brg_binding_change *change,
		    struct netlink_ext_ack *extack);
void brg_binding_settle(struct brg_config *cfg,
			const struct brg_binding_change *change, bool keep);
int brg_binding_check_port(const struct brg_config *cfg,
			   const struct brg_port *port);
void brg_binding_remove_all(struct brg_config *cfg, struct brg_port *port);

bool brg_address_covers(const struct brg_address *prefix,
			const struct brg_address *addr);
void brg_binding_mac(const struct brg_binding *b, struct brg_address *mac);
void brg_binding_prefix(const struct brg_binding *b, u32 i,
			struct brg_address *addr);

static inline u16 brg_binding_vid(const struct brg_binding *b)
{
	return b->order >> BRG_KEY_VLAN_SHIFT;
}

/* MAC and VLAN as frames are matched, see brg_key(). */
static inline u64 brg_binding_key(const struct brg_binding *b)
{
	return brg_key(swab64(b->order << 16), brg_binding_vid(b));
}

static inline u64 brg_address_order(const struct brg_address *mac)
{
	return brg_key(get_unaligned_be64(mac->byte) >> 16, mac->vid);
}

static inline struct brg_prefix4 *brg_binding_ip4(const struct brg_binding *b)
{
	return (struct brg_prefix4 *)b->prefix;
}

static inline struct brg_prefix6 *brg_binding_ip6(const struct brg_binding *b)
{
	return (struct brg_prefix6 *)(brg_binding_ip4(b) + b->n4);
}

static inline struct brg_binding *
brg_prefix4_binding(const struct brg_prefix4 *p)
{
	return (struct brg_binding *)((u8 *)p - p->back);
}

static inline struct brg_binding *
brg_prefix6_binding(const struct brg_prefix6 *p)
{
	return (struct brg_binding *)((u8 *)p - p->back);
}

/* All prefixes, to be read by brg_binding_prefix(). */
static inline u32 brg_binding_prefixes(const struct brg_binding *b)
{
	return b->n4 + b->n6;
}

#define brg_binding_for_each(b, at, p)					\
	for (at = (struct brg_cursor){},				\
	     b = brg_index_at(&(p)->bindings, &(at)); b;		\
	     b = brg_index_next(&(p)->bindings, &(at)))

#endif /* BRG_BINDING_H */
