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
 *
 * With the same entries the bridge need not learn from guests either, which
 * costs it a look-up for each frame: then the flag "learning" is switched off.
 * Never both of a port: the bridge takes one without either for one whose
 * addresses are all known, and may take promiscuity from the uplink for it.
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
#include "pins.h"
#include "place.h"

/* The work does not come again before. */
#define BRG_FLOOD_PAUSE		(HZ / 100)

/*
 * What has failed is not tried again before, unless the port changes: the
 * bridge may always refuse it, and what was made for it goes again each time.
 */
#define BRG_FLOOD_RETRY		(10 * HZ)

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

static void brg_flooded_replace(struct brg_flooded *f, struct brg_pins *pins,
				struct net_device *bridge)
{
	if (bridge)
		brg_pins_remove(f->pins, pins, f->dev, bridge);
	kfree(f->pins);
	f->pins = pins;
}

/* With a flag that stays off the entries stay, too: nobody may be cut off. */
static int brg_flooded_release(struct brg_net *bn, struct brg_flooded *f,
			       struct net_device *bridge)
{
	int err = bridge ? brg_flags_undo(bn, &f->flags, f->dev, 0) : 0;

	if (!err)
		brg_flooded_replace(f, NULL, bridge);

	return err;
}

/* Entries first, then the flag, then the entries that are too many. */
static int brg_flooded_drive(struct brg_net *bn, struct brg_flooded *f,
			     const struct brg_slot *slot, u32 what,
			     struct net_device *bridge)
{
	bool take = what == BRGUARD_WATCH_LEARNING;
	struct brg_pins *pins;
	bool verify;
	int err;

	pins = brg_pins_collect(slot->now.port, f->dev, bridge);
	if (IS_ERR(pins))
		return PTR_ERR(pins);
	spin_lock_bh(&bn->flood.lock);
	verify = f->verify || !(f->flags.driven & BIT(what));
	f->verify = false;
	spin_unlock_bh(&bn->flood.lock);
	err = brg_pins_put(pins, f->pins, verify, take, f->dev, bridge) ?:
	      brg_flag_off(bn, &f->flags, f->dev, what);
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
	u32 what = bridge && slot ? brg_flag_meant(&slot->now) : 0;
	int err = 0;

	f->flags.left &= what ? BIT(what) : 0;
	if (what)
		brg_flags_undo(bn, &f->flags, f->dev, BIT(what));
	if (what == BRGUARD_WATCH_LEARNING)
		WRITE_ONCE(bn->flood.learns, true);
	if (what &&
	    brg_flag_may(&f->flags, f->dev, what, slot->now.knobs.hold))
		err = brg_flooded_drive(bn, f, slot, what, bridge);
	else
		what = 0;
	if (!what || err)
		err = brg_flooded_release(bn, f, bridge) ?: err;
	f->failed = err ? (jiffies ?: 1) : 0;
	if (!slot && !err)
		brg_flooded_free(&bn->flood, f);
}

/* Has it failed a moment ago? */
static bool brg_flooded_rests(const struct brg_flooded *f)
{
	return f->failed &&
	       time_in_range(jiffies, f->failed, f->failed + BRG_FLOOD_RETRY);
}

/* Those of a bridge that has changed, or else all that an entry may be of. */
static void brg_flood_mark_all(struct brg_net *bn,
			       const struct net_device *bridge)
{
	struct brg_flooded *f;
	int i;

	rcu_read_lock();
	hash_for_each_rcu(bn->flood.ports, i, f, node)
		if (bridge ?
		    netdev_master_upper_dev_get_rcu(f->dev) == bridge :
		    !brg_flooded_rests(f))
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
	int rounds = 2;

	ASSERT_RTNL();
	WRITE_ONCE(bn->flood.driver, current);
	/* What one port gives up, another may have waited for. */
	do {
		if (xchg(&bn->flood.verify, false))
			brg_flood_mark_all(bn, NULL);
		while ((f = brg_flood_pop(&bn->flood)))
			brg_flooded_settle(bn, f);
	} while (READ_ONCE(bn->flood.verify) && --rounds);
	WRITE_ONCE(bn->flood.driver, NULL);
	WRITE_ONCE(bn->flood.done, jiffies);
	/* Its own news, and others' that came meanwhile. */
	brg_flood_soon(bn);
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

static void brg_flood_work(struct work_struct *work)
{
	struct brg_net *bn = container_of(work, struct brg_net,
					  flood.work.work);

	rtnl_lock();
	brg_flood_sync(bn);
	rtnl_unlock();
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
 * @bridge: its ifindex
 * @mac: the address
 * @own: brg_flood_sync() made it forget, and looks itself what follows
 *
 * Context: RCU.
 */
void brg_flood_news_gone(struct brg_net *bn, int bridge, u64 mac, bool own)
{
	if (!brg_place_binds_mac_rcu(bn, bridge, mac) ||
	    hash_empty(bn->flood.ports))
		return;
	WRITE_ONCE(bn->flood.verify, true);
	if (!own)
		brg_flood_soon(bn);
}

/**
 * brg_flood_news_moved() - a bridge has learned an address
 * @bn: namespace
 * @bridge: its ifindex
 * @mac: the address
 * @own: it is brg_flood_sync() that entered it
 *
 * Not from its owner where that port does not learn: it has to be put back.
 *
 * Context: RCU.
 */
void brg_flood_news_moved(struct brg_net *bn, int bridge, u64 mac, bool own)
{
	if (READ_ONCE(bn->flood.learns) && !own)
		brg_flood_news_gone(bn, bridge, mac, own);
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
