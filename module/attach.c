// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "attach.h"
#include "binding.h"
#include "bridge.h"
#include "config.h"
#include "flood.h"
#include "goal.h"
#include "hooks.h"
#include "host.h"
#include "map.h"
#include "netns.h"
#include "owners.h"
#include "port.h"
#include "state.h"
#include "stats.h"
#include "table.h"
#include "trust.h"
#include "watch.h"

/**
 * brg_slot_find() - look up the slot of a device
 * @bn: namespace
 * @dev: device
 *
 * Context: struct brg_net.lock or RCU.
 * Return: the slot or NULL.
 */
struct brg_slot *brg_slot_find(const struct brg_net *bn,
			       const struct net_device *dev)
{
	struct brg_slot *slot;

	hash_for_each_possible_rcu(bn->slots, slot, node, dev->ifindex,
				   lockdep_is_held(&bn->lock))
		if (slot->dev == dev)
			return slot;

	return NULL;
}

static struct brg_slot *brg_slot_alloc(struct brg_net *bn,
				       struct net_device *dev)
{
	struct brg_slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL_ACCOUNT);

	if (!slot)
		return NULL;
	slot->dev = dev;
	slot->fresh = true;
	INIT_LIST_HEAD(&slot->pending);
	brg_hooks_init_ingress(bn, dev, &slot->ops);

	return slot;
}

static int brg_slot_hook(struct brg_net *bn, struct brg_slot *slot)
{
	int err;

	if (!brg_state_wants_hooks(&slot->next))
		return 0;
	err = brg_hooks_enable(bn, brg_state_wants_local_in(&slot->next));
	if (err || !slot->next.guest || slot->next.local || slot->hooked)
		return err;
	err = nf_register_net_hook(bn->net, &slot->ops);
	slot->hooked = !err;

	return err;
}

static void brg_slot_unhook(struct brg_net *bn, struct brg_slot *slot)
{
	if (slot->hooked)
		nf_unregister_net_hook(bn->net, &slot->ops);
	slot->hooked = false;
}

static int brg_attach_prepare_dev(struct brg_net *bn,
				  const struct brg_config *cfg,
				  struct net_device *dev,
				  struct list_head *pending)
{
	struct brg_slot *slot = brg_slot_find(bn, dev);
	struct brg_goal goal;
	int err;

	if (slot && !list_empty(&slot->pending))
		return 0;
	if (!brg_goal_find(cfg, dev, &goal)) {
		if (slot) {
			slot->leaving = true;
			list_add_tail(&slot->pending, pending);
		}
		return 0;
	}
	if (slot && brg_state_is_goal(&slot->now, dev, &goal))
		return 0;

	if (!slot)
		slot = brg_slot_alloc(bn, dev);
	if (!slot)
		return -ENOMEM;
	if (goal.port)
		goal.port->claimant = dev;
	list_add_tail(&slot->pending, pending);
	err = brg_state_prepare(&slot->next, &slot->now, &goal, dev);
	err = err ?: brg_slot_hook(bn, slot);
	if (goal.guest && !goal.local)
		err = err ?: brg_flood_add(bn, dev);
	err = err ?: brg_watch_add(bn, dev);

	return err ?: brg_watch_add(bn, goal.bridge);
}

static int brg_attach_prepare_map(struct brg_net *bn,
				  const struct list_head *pending)
{
	struct brg_slot *slot;
	u32 n = 0;
	int i;

	if (list_empty(pending))
		return 0;
	hash_for_each(bn->slots, i, slot, node)
		n++;
	list_for_each_entry(slot, pending, pending)
		n++;
	bn->next_map = brg_map_alloc(n);

	return bn->next_map ? 0 : -ENOMEM;
}

static int brg_attach_prepare_host(struct brg_net *bn,
				   const struct list_head *pending)
{
	struct brg_slot *slot;

	list_for_each_entry(slot, pending, pending)
		if (brg_state_wants_host(&slot->next))
			return brg_host_prepare(bn);

	return 0;
}

/* Who loses its port to one in the list follows: the list grows at its end. */
static int brg_attach_prepare_displaced(struct brg_net *bn,
					const struct brg_config *cfg,
					struct list_head *pending)
{
	struct brg_slot *slot, *other;
	int err = 0;

	list_for_each_entry(slot, pending, pending) {
		other = slot->next.port ? slot->next.port->slot : NULL;
		if (other && other != slot)
			err = err ?: brg_attach_prepare_dev(bn, cfg, other->dev,
							    pending);
	}

	return err;
}

static int brg_attach_prepare_bridges(struct brg_net *bn,
				      const struct brg_config *cfg)
{
	struct net_device *dev;
	int err = 0;

	for_each_netdev(bn->net, dev)
		if (netif_is_bridge_master(dev) &&
		    brg_bridge_find(cfg, dev->name))
			err = err ?: brg_watch_add(bn, dev);

	return err;
}

/**
 * brg_attach_prepare() - prepare what devices will follow
 * @bn: namespace
 * @cfg: configuration to follow, live or about to be
 * @dev: the one device to look at, or NULL for all
 * @pending: empty list, to be published or cancelled
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0 or a negative error, and brg_attach_cancel() is to be called.
 */
int brg_attach_prepare(struct brg_net *bn, const struct brg_config *cfg,
		       struct net_device *dev, struct list_head *pending)
{
	struct net_device *d;
	int err = 0;

	ASSERT_RTNL();
	lockdep_assert_held(&bn->lock);

	if (dev)
		err = brg_attach_prepare_dev(bn, cfg, dev, pending);
	else
		for_each_netdev(bn->net, d)
			if (netif_is_bridge_port(d) ||
			    netif_is_bridge_master(d) || brg_slot_find(bn, d))
				err = err ?: brg_attach_prepare_dev(bn, cfg, d,
								    pending);
	err = err ?: brg_attach_prepare_displaced(bn, cfg, pending);
	err = err ?: brg_attach_prepare_bridges(bn, cfg);
	err = err ?: brg_attach_prepare_map(bn, pending);
	err = err ?: brg_owners_prepare(bn, pending);

	return err ?: brg_attach_prepare_host(bn, pending);
}

static void brg_attach_count(struct brg_net *bn, const struct brg_state *state,
			     int n)
{
	bn->judged += brg_state_wants_hooks(state) ? n : 0;
	bn->inward += brg_state_wants_local_in(state) ? n : 0;
}

static void brg_attach_fill_map(struct brg_net *bn, struct brg_map *map)
{
	struct brg_map_entry *e;
	struct brg_slot *slot;
	int i;

	bn->judged = 0;
	bn->inward = 0;
	hash_for_each(bn->slots, i, slot, node) {
		e = brg_map_insert(map, slot->dev);
		RCU_INIT_POINTER(e->table, slot->now.table);
		RCU_INIT_POINTER(e->in, slot->now.trust);
		if (slot->now.trust && slot->now.trust->bound_only)
			RCU_INIT_POINTER(e->out, slot->now.trust);
		brg_attach_count(bn, &slot->now, 1);
	}
}

static void brg_attach_publish_host(struct brg_net *bn)
{
	struct brg_slot *slot;
	bool wanted = false;
	int i;

	hash_for_each(bn->slots, i, slot, node)
		wanted |= brg_state_wants_host(&slot->now);
	brg_host_publish(bn, wanted);
}

static void brg_port_leave(struct brg_port *port, const struct brg_slot *slot)
{
	if (port->slot == slot)
		port->slot = NULL;
	if (port->claimant == slot->dev)
		port->claimant = NULL;
}

/* What was in force goes to @next, to be released once nobody can find it. */
static void brg_attach_turn(struct brg_net *bn, struct list_head *pending)
{
	struct brg_slot *slot;
	bool counted;

	list_for_each_entry(slot, pending, pending) {
		counted = brg_slot_counts(slot);
		swap(slot->now, slot->next);
		if (slot->next.port)
			brg_port_leave(slot->next.port, slot);
		if (slot->fresh)
			hash_add_rcu(bn->slots, &slot->node,
				     slot->dev->ifindex);
		else if (slot->leaving)
			hash_del_rcu(&slot->node);
		bn->moves += brg_slot_counts(slot) != counted;
		slot->fresh = false;
	}
	list_for_each_entry(slot, pending, pending) {
		if (!slot->now.port)
			continue;
		slot->now.port->slot = slot;
		slot->now.port->claimant = slot->dev;
	}
}

/**
 * brg_attach_publish() - let devices follow what was prepared
 * @bn: namespace
 * @pending: from brg_attach_prepare()
 *
 * All devices change in one step. Cannot fail.
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_attach_publish(struct brg_net *bn, struct list_head *pending)
{
	struct brg_slot *slot, *tmp;

	if (!list_empty(pending)) {
		brg_attach_turn(bn, pending);
		brg_attach_fill_map(bn, bn->next_map);
		brg_owners_publish(bn);
		brg_attach_publish_host(bn);
		brg_map_replace_locked(bn, bn->next_map);
		bn->next_map = NULL;
	}

	list_for_each_entry_safe(slot, tmp, pending, pending) {
		list_del_init(&slot->pending);
		brg_state_release(&slot->next);
		brg_flood_touch(bn, slot->dev);
		if (!slot->now.guest)
			brg_slot_unhook(bn, slot);
		if (slot->leaving)
			kfree_rcu(slot, rcu);
	}
	brg_hooks_disable(bn);
	brg_watch_sweep(bn);
}

static void brg_attach_unclaim(struct brg_state *state)
{
	struct brg_port *port = state->port;

	if (port)
		port->claimant = port->slot ? port->slot->dev : NULL;
}

/**
 * brg_attach_cancel() - forget what was prepared
 * @bn: namespace
 * @pending: from brg_attach_prepare()
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_attach_cancel(struct brg_net *bn, struct list_head *pending)
{
	struct brg_slot *slot, *tmp;

	list_for_each_entry_safe(slot, tmp, pending, pending) {
		list_del_init(&slot->pending);
		brg_attach_unclaim(&slot->next);
		brg_state_release(&slot->next);
		slot->leaving = false;
		if (!slot->now.guest)
			brg_slot_unhook(bn, slot);
		if (slot->fresh)
			kfree_rcu(slot, rcu);
	}
	kvfree(bn->next_map);
	bn->next_map = NULL;
	brg_owners_cancel(bn);
	brg_host_cancel(bn);
	brg_hooks_disable(bn);
	brg_watch_sweep(bn);
}

/**
 * brg_attach_sync() - let devices follow the live configuration
 * @bn: namespace
 * @dev: the one device to look at, or NULL for all
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0, or -ENOMEM and nothing has changed.
 */
int brg_attach_sync(struct brg_net *bn, struct net_device *dev)
{
	LIST_HEAD(pending);
	int err;

	err = brg_attach_prepare(bn, bn->config, dev, &pending);
	if (err)
		brg_attach_cancel(bn, &pending);
	else
		brg_attach_publish(bn, &pending);

	return err;
}

/**
 * brg_attach_detach() - a device is no bridge port any more
 * @bn: namespace
 * @dev: device, under guard or not
 *
 * Context: may sleep; RTNL and struct brg_net.lock. Cannot fail.
 */
void brg_attach_detach(struct brg_net *bn, struct net_device *dev)
{
	struct brg_slot *slot = brg_slot_find(bn, dev);

	brg_flood_forget(bn, dev);
	if (!slot)
		return;
	brg_map_remove_locked(bn, dev);
	hash_del_rcu(&slot->node);
	bn->moves++;
	brg_slot_unhook(bn, slot);
	brg_attach_count(bn, &slot->now, -1);
	brg_hooks_disable(bn);
	brg_owners_leave(bn, slot);
	brg_port_leave(slot->now.port, slot);
	brg_watch_check(bn, dev->ifindex);
	brg_watch_check(bn, slot->now.bridge);
	brg_state_release(&slot->now);
	kfree_rcu(slot, rcu);
}

/**
 * brg_attach_detach_all() - guard nothing any more
 * @bn: namespace
 *
 * Context: may sleep; RTNL and struct brg_net.lock. Cannot fail.
 */
void brg_attach_detach_all(struct brg_net *bn)
{
	struct brg_slot *slot;
	struct hlist_node *tmp;
	int i;

	hash_for_each_safe(bn->slots, i, tmp, slot, node)
		brg_attach_detach(bn, slot->dev);
	brg_owners_forget(bn);
	brg_host_publish(bn, false);
	brg_map_replace_locked(bn, NULL);
}

/**
 * brg_attach_stats() - statistics for a port that gets a name
 * @bn: namespace
 * @name: the name
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: those of the device that bears the name, if it was guarded without
 * being named, or new ones; with one more user. NULL without memory.
 */
struct brg_stats *brg_attach_stats(const struct brg_net *bn, const char *name)
{
	struct net_device *dev = __dev_get_by_name(bn->net, name);
	struct brg_slot *slot = dev ? brg_slot_find(bn, dev) : NULL;

	if (slot && brg_slot_counts(slot))
		return brg_stats_get(slot->now.port->stats);

	return brg_stats_alloc();
}

/**
 * brg_attach_rebuild() - prepare a new table for a port whose bindings change
 * @bn: namespace
 * @change: of a binding of the port, which may be attached or not
 *
 * Context: may sleep; struct brg_net.lock. brg_attach_swap() publishes it.
 * Return: 0 or a negative error, see brg_table_build().
 */
int brg_attach_rebuild(struct brg_net *bn,
		       const struct brg_binding_change *change)
{
	const struct brg_port *port = change->port;
	struct brg_slot *slot = port->slot;
	struct brg_table *table;
	int err;

	if (!slot)
		return 0;
	if (slot->now.table) {
		table = brg_table_build(port, slot->now.audit,
					&slot->now.knobs);
		if (IS_ERR(table))
			return PTR_ERR(table);
		slot->next.table = table;
	}
	err = brg_owners_reserve(bn, slot, change);
	if (err) {
		brg_table_free(slot->next.table);
		slot->next.table = NULL;
	}

	return err;
}

/**
 * brg_attach_swap() - publish what brg_attach_rebuild() prepared
 * @bn: namespace
 * @change: what it was prepared for
 *
 * Context: struct brg_net.lock. Cannot fail.
 */
void brg_attach_swap(struct brg_net *bn,
		     const struct brg_binding_change *change)
{
	const struct brg_port *port = change->port;
	struct brg_slot *slot = port->slot;

	if (!slot)
		return;
	brg_owners_change(bn, slot, change);
	brg_flood_touch(bn, slot->dev);
	slot->now.generation = port->generation;
	if (!slot->next.table)
		return;
	swap(slot->now.table, slot->next.table);
	brg_map_set_locked(bn, slot->dev, slot->now.table);
	brg_table_free(slot->next.table);
	slot->next.table = NULL;
}
