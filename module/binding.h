/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bindings as the user says them. Frames never meet these: see rules.
 *
 * A change has two steps: brg_binding_add() and brg_binding_del() only mark
 * what is fresh and what is dying, so that the rules can be built with the
 * former and without the latter; brg_binding_settle() then carries the change
 * out or takes it back, and cannot fail.
 */
#ifndef BRG_BINDING_H
#define BRG_BINDING_H

#include <linux/list.h>
#include <linux/netlink.h>
#include <linux/rbtree.h>
#include <linux/types.h>
#include "claim.h"

struct brg_config;
struct brg_port;

/**
 * struct brg_prefix - an IP prefix of a binding
 * @list: in struct brg_binding.prefixes
 * @claim: the prefix
 * @fresh: added by the change at hand
 * @dying: removed by the change at hand
 */
struct brg_prefix {
	struct list_head list;
	struct brg_claim claim;
	bool fresh;
	bool dying;
};

/**
 * struct brg_binding - a MAC of a port and its prefixes
 * @node: in struct brg_port.bindings
 * @port: the port
 * @shared: others may have a shared binding of the same addresses
 * @was_shared: before the change at hand
 * @fresh: added by the change at hand
 * @dying: removed by the change at hand
 * @mac: the MAC and VLAN
 * @prefixes: ordered as in the index
 * @n_prefixes: their number
 */
struct brg_binding {
	struct rb_node node;
	struct brg_port *port;
	bool shared;
	bool was_shared;
	bool fresh;
	bool dying;
	struct brg_claim mac;
	struct list_head prefixes;
	u32 n_prefixes;
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
	struct brg_binding_prefix prefix[];
};

struct brg_binding *brg_binding_find(const struct brg_port *port,
				     const struct brg_address *mac);
struct brg_binding *brg_binding_next(const struct brg_port *port,
				     const struct brg_address *mac);
int brg_binding_add(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct netlink_ext_ack *extack);
int brg_binding_del(struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct netlink_ext_ack *extack);
void brg_binding_settle(struct brg_config *cfg, struct brg_port *port,
			const struct brg_address *mac, bool keep);
int brg_binding_check_port(const struct brg_config *cfg,
			   const struct brg_port *port);
void brg_binding_unindex_all(struct brg_config *cfg, struct brg_port *port);
void brg_binding_index_all(struct brg_config *cfg, struct brg_port *port);
void brg_binding_free_all(struct brg_port *port);
u64 brg_binding_key(const struct brg_binding *binding);

#define brg_binding_for_each(binding, port)				\
	for (binding = rb_entry_safe(rb_first(&(port)->bindings),	\
				     struct brg_binding, node);		\
	     binding;							\
	     binding = rb_entry_safe(rb_next(&binding->node),		\
				     struct brg_binding, node))

#endif /* BRG_BINDING_H */
