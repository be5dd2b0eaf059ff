/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which device follows which port's policy.
 *
 * A change is prepared (all that can fail), then published (cannot fail) or
 * cancelled. The caller holds RTNL and struct brg_net.lock from the one to the
 * other.
 */
#ifndef BRG_ATTACH_H
#define BRG_ATTACH_H

#include <linux/list.h>
#include <linux/netfilter.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include "bridge.h"
#include "port.h"

struct brg_config;
struct brg_net;
struct brg_stats;
struct brg_table;
struct brg_trust;
struct net_device;
struct netlink_ext_ack;

/**
 * struct brg_state - what a device follows
 * @port: its port; one of its own if nobody named it
 * @bridge: ifindex of the bridge it is on, or is
 * @local: it is a bridge, and follows what is said of its local port
 * @owned: the port is the slot's own
 * @guest: it is a guest port
 * @audit: audit mode holds
 * @knobs: settings of its bridge
 * @generation: struct brg_port.generation of what @table was built from
 * @table: rules of a guest port, NULL for a trusted one
 * @trust: what is asked of a trusted port, NULL for a guest's
 */
struct brg_state {
	struct brg_port *port;
	int bridge;
	bool local;
	bool owned;
	bool guest;
	bool audit;
	struct brg_bridge_settings knobs;
	u32 generation;
	struct brg_table *table;
	struct brg_trust *trust;
};

/**
 * struct brg_slot - a device under guard
 * @node: in struct brg_net.slots
 * @pending: in the list of a change
 * @dev: the device
 * @now: in force
 * @next: prepared
 * @leaving: the change drops the slot
 * @fresh: the change made the slot
 * @ops: netdev ingress hook
 * @hooked: @ops is registered
 * @rcu: for readers of struct brg_net.slots
 */
struct brg_slot {
	struct hlist_node node;
	struct list_head pending;
	struct net_device *dev;
	struct brg_state now;
	struct brg_state next;
	bool leaving;
	bool fresh;
	struct nf_hook_ops ops;
	bool hooked;
	struct rcu_head rcu;
};

/* Does the device have counters that no configured port has? */
static inline bool brg_slot_counts(const struct brg_slot *slot)
{
	return slot->now.owned && !slot->now.port->misplaced;
}

struct brg_slot *brg_slot_find(const struct brg_net *bn,
			       const struct net_device *dev);
int brg_attach_prepare(struct brg_net *bn, const struct brg_config *cfg,
		       struct net_device *dev, struct list_head *pending);
void brg_attach_publish(struct brg_net *bn, struct list_head *pending);
void brg_attach_cancel(struct brg_net *bn, struct list_head *pending);
int brg_attach_sync(struct brg_net *bn, struct net_device *dev);
void brg_attach_detach(struct brg_net *bn, struct net_device *dev);
void brg_attach_detach_all(struct brg_net *bn);
struct brg_stats *brg_attach_stats(const struct brg_net *bn, const char *name);
int brg_attach_rebuild(struct brg_net *bn, struct brg_port *port);
void brg_attach_swap(struct brg_net *bn, struct brg_port *port);

#endif /* BRG_ATTACH_H */
