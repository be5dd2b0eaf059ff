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
#include "port.h"
#include "state.h"

struct brg_binding_change;
struct brg_config;
struct brg_net;
struct brg_stats;
struct net_device;

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
int brg_attach_rebuild(struct brg_net *bn,
		       const struct brg_binding_change *change);
void brg_attach_swap(struct brg_net *bn,
		     const struct brg_binding_change *change);

#endif /* BRG_ATTACH_H */
