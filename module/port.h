/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_PORT_H
#define BRG_PORT_H

#include <linux/brguard.h>
#include <linux/if.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include "claim.h"

struct brg_binding;
struct brg_config;
struct brg_slot;
struct brg_stats;
struct net_device;

/**
 * struct brg_port_settings - what a user can say of a port
 * @bridge: the only bridge where the port's policy holds, or ""
 * @role: enum brguard_role
 * @mode: enum brguard_mode
 * @link_local: enum brguard_link_local
 * @dhcp_server: may answer DHCP
 * @router: may send router advertisements and redirects
 * @uplink_macs: enum brguard_uplink_macs
 * @ethertypes: number of entries in @ethertype
 * @reserved: 0: all bytes are compared at once
 * @ethertype: allowed explicitly, network byte order
 */
struct brg_port_settings {
	char bridge[IFNAMSIZ];
	u8 role;
	u8 mode;
	u8 link_local;
	bool dhcp_server;
	bool router;
	u8 uplink_macs;
	u8 ethertypes;
	u8 reserved;
	__be16 ethertype[BRGUARD_ETHERTYPES_MAX];
};

/**
 * struct brg_port - a port, whether its device exists or not
 * @node: in struct brg_config.ports
 * @name: interface name, alternative name, ifalias or template
 * @set: settings
 * @generation: grows with every change of @set and @bindings
 * @template: @name is a template
 * @misplaced: made for a device whose port names another bridge; counts there
 * @slot: the device it is attached to, or NULL; never for a template
 * @claimant: the device that has it or is about to
 * @stats: counters; NULL in a transaction
 * @bindings: struct brg_binding, by VLAN and MAC
 * @dying: one of them that is about to be removed and counts no more, or NULL
 * @n_bindings: their number
 * @n_tagged: number of those with a VLAN
 * @n_prefixes4: number of IPv4 prefixes
 * @n_prefixes6: number of IPv6 prefixes
 * @lengths: lengths of the prefixes
 * @rcu: for readers in hooks, which see @name and @stats
 *
 * Under struct brg_net.lock, but for what hooks see.
 */
struct brg_port {
	struct rb_node node;
	char name[BRGUARD_PORT_NAME_MAX + 1];
	struct brg_port_settings set;
	u32 generation;
	bool template;
	bool misplaced;
	struct brg_slot *slot;
	const struct net_device *claimant;
	struct brg_stats *stats;
	struct brg_index bindings;
	const struct brg_binding *dying;
	u32 n_bindings;
	u32 n_tagged;
	u32 n_prefixes4;
	u32 n_prefixes6;
	struct brg_lengths lengths;
	struct rcu_head rcu;
};

struct brg_port *brg_port_alloc(const char *name);
struct brg_port *brg_port_find(const struct brg_config *cfg, const char *name);
struct brg_port *brg_port_find_template(const struct brg_config *cfg,
					const char *name);
void brg_port_insert(struct brg_config *cfg, struct brg_port *port);
void brg_port_remove(struct brg_config *cfg, struct brg_port *port);
void brg_port_free(struct brg_port *port);
bool brg_port_same_bridge(const struct brg_port *a, const struct brg_port *b);

#define brg_port_for_each(port, cfg)					\
	for (port = rb_entry_safe(rb_first(&(cfg)->ports),		\
				  struct brg_port, node);		\
	     port;							\
	     port = rb_entry_safe(rb_next(&port->node),			\
				  struct brg_port, node))

#endif /* BRG_PORT_H */
