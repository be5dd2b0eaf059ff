// SPDX-License-Identifier: GPL-2.0-only
/*
 * A frame for a MAC address that the bridge does not know goes to each port,
 * in a clone of its own, and the hook can do no more than drop it there. So the
 * flag "flood" of guest ports is switched off: the bridge makes no clone then.
 *
 * A guest that the bridge has not heard of must be reached all the same: its
 * addresses are entered into the forwarding database first, see pins. On the
 * way back the flag is switched on first.
 *
 * In between, and where this cannot be done, the hook drops what is not for the
 * guest.
 */
#include <linux/err.h>
#include <linux/if_bridge.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/brguard.h>
#include "attach.h"
#include "flood.h"
#include "netns.h"
#include "owners.h"
#include "param.h"
#include "pins.h"
#include "watch.h"

/* The work does not come again before. */
#define BRG_FLOOD_PAUSE		(HZ / 100)

/* The module goes. */
static bool brg_flood_ends;

static struct brg_flooded *brg_flooded_find(const struct brg_net *bn,
					    const struct net_device *dev)
{
	struct brg_flooded *f;

	hash_for_each_possible_rcu(bn->flood.ports, f, node, dev->ifindex,
				   lockdep_rtnl_is_held())
		if (f->dev == dev)
			return f;

	return NULL;
}

/* Not one that is gone: readers may still find it. */
static void brg_flooded_mark(struct brg_flood *flood, struct brg_flooded *f,
			     bool verify)
{
	spin_lock_bh(&flood->lock);
	if (!hlist_unhashed(&f->node) && list_empty(&f->stale))
		list_add_tail(&f->stale, &flood->stale);
	f->verify |= verify;
	spin_unlock_bh(&flood->lock);
}

static void brg_flooded_free(struct brg_flood *flood, struct brg_flooded *f)
{
	spin_lock_bh(&flood->lock);
	hash_del_rcu(&f->node);
	list_del_init(&f->stale);
	spin_unlock_bh(&flood->lock);
	kfree(f->pins);
	kfree_rcu(f, rcu);
}

/**
 * brg_flood_add() - a port may become a guest's
 * @bn: namespace
 * @dev: port
 *
 * Context: may sleep; RTNL.
 * Return: 0 or -ENOMEM.
 */
int brg_flood_add(struct brg_net *bn, struct net_device *dev)
{
	struct brg_flood *flood = &bn->flood;
	struct brg_flooded *f;

	if (brg_flooded_find(bn, dev))
		return 0;
	f = kzalloc(sizeof(*f), GFP_KERNEL_ACCOUNT);
	if (!f)
		return -ENOMEM;
	f->dev = dev;
	spin_lock_bh(&flood->lock);
	hash_add_rcu(flood->ports, &f->node, dev->ifindex);
	/* Should it become none, it is found there, too. */
	list_add_tail(&f->stale, &flood->stale);
	spin_unlock_bh(&flood->lock);

	return 0;
}

/**
 * brg_flood_touch() - a device follows something else now
 * @bn: namespace
 * @dev: device; brg_flood_sync() is due
 *
 * Context: RTNL.
 */
void brg_flood_touch(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_flooded *f = brg_flooded_find(bn, dev);

	if (f)
		brg_flooded_mark(&bn->flood, f, false);
}

/**
 * brg_flood_forget() - a port has left its bridge, with its flags and entries
 * @bn: namespace
 * @dev: device
 *
 * Context: RTNL.
 */
void brg_flood_forget(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_flooded *f = brg_flooded_find(bn, dev);

	if (f)
		brg_flooded_free(&bn->flood, f);
}

static const struct brg_slot *brg_flooded_slot(const struct brg_net *bn,
					       const struct brg_flooded *f)
{
	const struct brg_slot *slot;

	/* RTNL holds it. */
	rcu_read_lock();
	slot = brg_slot_find(bn, f->dev);
	rcu_read_unlock();

	return slot;
}

/* In audit mode the guest gets what is not for it. */
static bool brg_flooded_is_meant(const struct brg_slot *slot)
{
	return IS_ENABLED(CONFIG_NET_SWITCHDEV) &&
	       !READ_ONCE(brg_flood_ends) && slot && slot->now.guest &&
	       !slot->now.local && !slot->now.audit &&
	       slot->now.knobs.guest_flood == BRGUARD_GUEST_FLOOD_OFF;
}

/* What is held goes back to the value that brguard set. */
static void brg_flooded_keep(const struct brg_net *bn,
			     const struct brg_flooded *f, u32 value)
{
	struct brg_watched *w;

	rcu_read_lock();
	w = brg_watched_find(bn, f->dev->ifindex);
	if (w) {
		w->keep.value[BRGUARD_WATCH_FLOOD] = value;
		w->keep.known |= BIT(BRGUARD_WATCH_FLOOD);
	}
	rcu_read_unlock();
}

static int brg_flooded_set(struct brg_net *bn, struct brg_flooded *f, bool on)
{
	int err;

	err = brg_params_restore(f->dev, BRGUARD_WATCH_FLOOD, on);
	if (err) {
		pr_warn_ratelimited("brguard: %s: flood cannot be set to %u: error %d\n",
				    f->dev->name, on, err);
		return err;
	}
	/* The kernel says nothing while a port is down. */
	brg_watch_restored(bn, f->dev, BRGUARD_WATCH_FLOOD, on);
	brg_flooded_keep(bn, f, on);
	f->driven = !on;

	return 0;
}

static void brg_flooded_replace(struct brg_flooded *f, struct brg_pins *pins,
				struct net_device *bridge)
{
	if (bridge)
		brg_pins_remove(f->pins, pins, f->dev, bridge);
	kfree(f->pins);
	f->pins = pins;
}

/* As it was found, unless somebody else has changed it. */
static void brg_flooded_release(struct brg_net *bn, struct brg_flooded *f,
				struct net_device *bridge)
{
	if (f->driven && bridge && !br_port_flag_is_set(f->dev, BR_FLOOD))
		brg_flooded_set(bn, f, true);
	f->driven = false;
	brg_flooded_replace(f, NULL, bridge);
}

/*
 * Off already: it stays so. Without learning, the administrator says where each
 * address is, and the bridge counts a port without both flags apart.
 */
static bool brg_flooded_may(struct brg_flooded *f, const struct brg_slot *slot)
{
	bool on = br_port_flag_is_set(f->dev, BR_FLOOD);

	if (f->driven && on && !(slot->now.knobs.hold &
				 BIT(BRGUARD_WATCH_FLOOD))) {
		f->driven = false;
		f->left = true;
	}

	return !f->left && (f->driven || on) &&
	       br_port_flag_is_set(f->dev, BR_LEARNING);
}

/* Entries first, then the flag, then the entries that are too many. */
static int brg_flooded_drive(struct brg_net *bn, struct brg_flooded *f,
			     const struct brg_slot *slot,
			     struct net_device *bridge)
{
	struct brg_pins *pins;
	bool verify;
	int err;

	pins = brg_pins_collect(slot->now.port, f->dev, bridge);
	if (IS_ERR(pins))
		return PTR_ERR(pins);
	spin_lock_bh(&bn->flood.lock);
	verify = f->verify;
	f->verify = false;
	spin_unlock_bh(&bn->flood.lock);
	err = brg_pins_put(pins, f->pins, verify, f->dev, bridge);
	if (!err && !f->driven)
		err = brg_flooded_set(bn, f, false);
	if (err) {
		brg_pins_remove(pins, f->pins, f->dev, bridge);
		kfree(pins);
		return err;
	}
	brg_flooded_replace(f, pins, bridge);

	return 0;
}

static void brg_flooded_settle(struct brg_net *bn, struct brg_flooded *f)
{
	const struct brg_slot *slot = brg_flooded_slot(bn, f);
	struct net_device *bridge = netif_is_bridge_port(f->dev) ?
				    netdev_master_upper_dev_get(f->dev) : NULL;
	bool meant = bridge && brg_flooded_is_meant(slot);

	if (!meant)
		f->left = false;
	if (!meant || !brg_flooded_may(f, slot) ||
	    brg_flooded_drive(bn, f, slot, bridge))
		brg_flooded_release(bn, f, bridge);
	if (!slot)
		brg_flooded_free(&bn->flood, f);
}

static void brg_flood_mark_all(struct brg_net *bn,
			       const struct net_device *bridge)
{
	struct brg_flooded *f;
	int i;

	rcu_read_lock();
	hash_for_each_rcu(bn->flood.ports, i, f, node)
		if (!bridge ||
		    netdev_master_upper_dev_get_rcu(f->dev) == bridge)
			brg_flooded_mark(&bn->flood, f, true);
	rcu_read_unlock();
}

static struct brg_flooded *brg_flood_pop(struct brg_flood *flood)
{
	struct brg_flooded *f;

	spin_lock_bh(&flood->lock);
	f = list_first_entry_or_null(&flood->stale, struct brg_flooded, stale);
	if (f)
		list_del_init(&f->stale);
	spin_unlock_bh(&flood->lock);

	return f;
}

/**
 * brg_flood_sync() - let flags follow what changed
 * @bn: namespace
 *
 * Context: may sleep; RTNL, without struct brg_net.lock.
 */
void brg_flood_sync(struct brg_net *bn)
{
	struct brg_flooded *f;

	ASSERT_RTNL();
	if (xchg(&bn->flood.verify, false))
		brg_flood_mark_all(bn, NULL);
	WRITE_ONCE(bn->flood.driver, current);
	while ((f = brg_flood_pop(&bn->flood)))
		brg_flooded_settle(bn, f);
	WRITE_ONCE(bn->flood.driver, NULL);
}

/**
 * brg_flood_stop() - leave all flags as they were found
 * @bn: namespace, of which nothing will be guarded
 *
 * Context: may sleep; RTNL, without struct brg_net.lock.
 */
void brg_flood_stop(struct brg_net *bn)
{
	struct net_device *bridge;
	struct hlist_node *tmp;
	struct brg_flooded *f;
	int i;

	ASSERT_RTNL();
	WRITE_ONCE(bn->flood.driver, current);
	hash_for_each_safe(bn->flood.ports, i, tmp, f, node) {
		bridge = netif_is_bridge_port(f->dev) ?
			 netdev_master_upper_dev_get(f->dev) : NULL;
		brg_flooded_release(bn, f, bridge);
		brg_flooded_free(&bn->flood, f);
	}
	WRITE_ONCE(bn->flood.driver, NULL);
}

/**
 * brg_flood_exit() - leave the flags of all namespaces as they were found
 *
 * To be called before the notifier of devices goes: that is told of the end of
 * each device, as if ports had left their bridges.
 *
 * Context: may sleep.
 */
void brg_flood_exit(void)
{
	struct net *net;

	WRITE_ONCE(brg_flood_ends, true);
	rtnl_lock();
	down_read(&net_rwsem);
	for_each_net(net)
		brg_flood_stop(brg_net_get(net));
	up_read(&net_rwsem);
	rtnl_unlock();
}

static void brg_flood_work(struct work_struct *work)
{
	struct brg_net *bn = container_of(work, struct brg_net,
					  flood.work.work);

	rtnl_lock();
	brg_flood_sync(bn);
	rtnl_unlock();
	WRITE_ONCE(bn->flood.done, jiffies);
}

/**
 * brg_flood_soon() - let the work do what is due
 * @bn: namespace
 *
 * Context: any.
 */
void brg_flood_soon(struct brg_net *bn)
{
	unsigned long end = READ_ONCE(bn->flood.done) + BRG_FLOOD_PAUSE;

	if (READ_ONCE(bn->flood.verify) || !list_empty(&bn->flood.stale))
		schedule_delayed_work(&bn->flood.work,
				      time_before(jiffies, end) ?
				      BRG_FLOOD_PAUSE : 0);
}

/**
 * brg_flood_is_own() - is it this that runs, and not somebody else?
 * @bn: namespace
 *
 * Context: any.
 * Return: whether it is.
 */
bool brg_flood_is_own(const struct brg_net *bn)
{
	return READ_ONCE(bn->flood.driver) == current;
}

/**
 * brg_flood_news() - somebody changed a bridge or a port
 * @bn: namespace
 * @dev: the device
 *
 * Context: RCU.
 */
void brg_flood_news(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_flooded *f;

	if (brg_flood_is_own(bn))
		return;
	if (netif_is_bridge_master(dev)) {
		brg_flood_mark_all(bn, dev);
	} else {
		f = brg_flooded_find(bn, dev);
		if (f)
			brg_flooded_mark(&bn->flood, f, true);
	}
	brg_flood_soon(bn);
}

/**
 * brg_flood_news_gone() - a bridge has forgotten an address
 * @bn: namespace
 * @mac: the address
 *
 * Context: RCU.
 */
void brg_flood_news_gone(struct brg_net *bn, u64 mac)
{
	const struct brg_owners *o = rcu_dereference(bn->owners);

	if (!o || !test_bit(brg_owners_bit(o, mac), o->filter) ||
	    hash_empty(bn->flood.ports) || brg_flood_is_own(bn))
		return;
	WRITE_ONCE(bn->flood.verify, true);
	brg_flood_soon(bn);
}

/**
 * brg_flood_init() - prepare a namespace
 * @bn: namespace
 */
void brg_flood_init(struct brg_net *bn)
{
	hash_init(bn->flood.ports);
	spin_lock_init(&bn->flood.lock);
	INIT_LIST_HEAD(&bn->flood.stale);
	bn->flood.done = jiffies - BRG_FLOOD_PAUSE;
	INIT_DELAYED_WORK(&bn->flood.work, brg_flood_work);
}
