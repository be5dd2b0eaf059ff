// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who changes guarded bridges and their ports.
 *
 * Netdevice notifiers do not see promiscuity, and parameters only while the
 * bridge is up and without their values. But rtnetlink tells of both, by
 * whatever way they were changed, in the context of the process that did it:
 * of promiscuity with every dev_set_promiscuity(), also when only the count
 * moves. What news reads there is compared with what was seen last, and what
 * differs goes into a queue, from which report takes it. The sockets are open
 * only while something is watched.
 */
#include <linux/if_bridge.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "attach.h"
#include "bridge.h"
#include "change.h"
#include "flood.h"
#include "netdev.h"
#include "netns.h"
#include "param.h"
#include "report.h"
#include "watch.h"

/* After changes were told, others are gathered for so long. */
#define BRG_WATCH_PAUSE		(HZ / 20)

/*
 * Room for what can happen to a device while RTNL is held: it leaves, with its
 * promiscuity, or it joins and parameters are set.
 */
#define BRG_WATCH_ROOM(n)	(256 + 4 * (n))

/**
 * brg_watched_find() - look up what was seen of a device
 * @bn: namespace
 * @ifindex: the device
 *
 * Context: struct brg_net.lock or RCU.
 * Return: it, or NULL if the device is not watched.
 */
struct brg_watched *brg_watched_find(const struct brg_net *bn, int ifindex)
{
	struct brg_watched *w;

	hash_for_each_possible_rcu(bn->watch->devices, w, node, ifindex,
				   lockdep_is_held(&bn->lock))
		if (w->ifindex == ifindex)
			return w;

	return NULL;
}

/**
 * brg_watch_soon() - let the work tell of what waits
 * @watch: that of a namespace
 *
 * Context: any.
 */
void brg_watch_soon(struct brg_watch *watch)
{
	unsigned long end = READ_ONCE(watch->told) + BRG_WATCH_PAUSE;

	schedule_delayed_work(&watch->work, time_before(jiffies, end) ?
			      BRG_WATCH_PAUSE : 0);
}

/**
 * brg_watch_push() - tell of a change, later
 * @watch: that of a namespace
 * @c: the change; the process is filled in here
 *
 * Context: of the process, no hard interrupt.
 * Return: its place in the queue.
 */
u64 brg_watch_push(struct brg_watch *watch, struct brg_change *c)
{
	u64 seq;

	c->count = 1;
	if (READ_ONCE(watch->worker) == current)
		c->held = watch->restoring;
	else
		brg_change_blame(c);
	seq = brg_change_push(&watch->changes, c);
	brg_watch_soon(watch);

	return seq;
}

/**
 * brg_watch_change() - fill in a change
 * @what: what changed
 * @bridge: of which bridge
 * @dev: of which device
 * @old: value before
 * @new: value now
 *
 * Return: the change, without the process.
 */
struct brg_change brg_watch_change(enum brguard_watch what,
				   const struct net_device *bridge,
				   const struct net_device *dev,
				   u32 old, u32 new)
{
	struct brg_change c = {
		.what = what, .ifindex = dev->ifindex, .old = old, .new = new,
		.before = old,
	};

	brg_netdev_name(c.device, dev);
	brg_netdev_name(c.bridge, bridge);

	return c;
}

static u64 brg_watch_tell_of(struct brg_watch *watch, struct net_device *dev,
			     enum brguard_watch what, u32 old, u32 new)
{
	struct net_device *master = netdev_master_upper_dev_get_rcu(dev);
	struct brg_change c = brg_watch_change(what, master ?: dev, dev, old,
					       new);

	return brg_watch_push(watch, &c);
}

/* The port's own part of its count: the bridge wants most of them so. */
static bool brg_watch_own(const struct net_device *dev)
{
	return netif_is_bridge_port(dev) &&
	       br_port_flag_is_set(dev, BR_PROMISC);
}

/**
 * brg_watch_promiscuity() - compare a promiscuity count with the last one
 * @watch: that of a namespace
 * @w: what was seen last
 * @dev: the device
 * @count: count
 *
 * A bridge moves its flag after the count. So the change before this one was
 * the bridge's own, which is not told, if the flag has moved since.
 *
 * Context: RTNL, RCU, struct brg_watch.lock.
 */
void brg_watch_promiscuity(struct brg_watch *watch, struct brg_watched *w,
			   struct net_device *dev, u32 count)
{
	bool own = brg_watch_own(dev);

	if (w->promiscuity == count)
		return;
	if (w->own != own)
		brg_change_undo(&watch->changes, w->seq);
	w->own = own;
	w->seq = brg_watch_tell_of(watch, dev, BRGUARD_WATCH_PROMISCUITY,
				   w->promiscuity, count);
	w->promiscuity = count;
}

/* The flags that flood drives are set back by it, too: no news. */
static bool brg_watch_is_own(const struct brg_watch *watch, u32 what)
{
	return (what == BRGUARD_WATCH_FLOOD ||
		what == BRGUARD_WATCH_LEARNING) && brg_flood_is_own(watch->bn);
}

/**
 * brg_watch_params() - compare parameters with the last ones
 * @watch: that of a namespace
 * @w: what was seen last
 * @dev: the device
 * @now: parameters
 *
 * Context: RTNL, RCU, struct brg_watch.lock.
 */
void brg_watch_params(struct brg_watch *watch, struct brg_watched *w,
		      struct net_device *dev, const struct brg_params *now)
{
	u32 differ = brg_params_differ(now, &w->params);
	u32 what;

	for (what = 0; what < BRG_PARAMS; what++) {
		if (!(now->known & BIT(what)))
			continue;
		if (differ & BIT(what) && !brg_watch_is_own(watch, what))
			brg_watch_tell_of(watch, dev, what,
					  w->params.value[what],
					  now->value[what]);
		WRITE_ONCE(w->params.value[what], now->value[what]);
	}
	WRITE_ONCE(w->params.known, w->params.known | now->known);
}

/* Was the last change of this device's count the bridge's own? */
static void brg_watch_settle(struct brg_watch *watch, struct brg_change *c)
{
	struct net_device *dev = __dev_get_by_index(watch->bn->net, c->ifindex);
	struct brg_watched *w = brg_watched_find(watch->bn, c->ifindex);
	bool own = dev && brg_watch_own(dev);

	spin_lock_bh(&watch->lock);
	if (w && w->seq == c->seq) {
		if (w->own != own)
			brg_change_drop_last(c);
		w->own = own;
		w->seq = BRG_CHANGE_NONE;
	}
	spin_unlock_bh(&watch->lock);
}

static void brg_watch_tell(struct brg_watch *watch, struct brg_change *c)
{
	struct brg_net *bn = watch->bn;
	bool restore = false;
	u32 keep;

	mutex_lock(&bn->lock);
	if (c->what == BRGUARD_WATCH_PROMISCUITY)
		brg_watch_settle(watch, c);
	if (!bn->dead && c->count)
		restore = brg_report(bn, c, &keep);
	mutex_unlock(&bn->lock);
	if (!restore)
		return;
	/* Notifiers take the lock. */
	watch->restoring = true;
	brg_report_restore(bn, c, keep);
	watch->restoring = false;
}

static void brg_watch_work(struct work_struct *work)
{
	struct brg_watch *watch = container_of(work, struct brg_watch,
					       work.work);
	struct brg_change c;
	u32 left, lost;

	/* What the culprit does under RTNL is done then. */
	rtnl_lock();
	left = BRG_WATCH_ROOM(watch->n);
	WRITE_ONCE(watch->worker, current);
	brg_news_leftover(watch);
	while (left && brg_change_pop(&watch->changes, &c)) {
		brg_watch_tell(watch, &c);
		left--;
	}
	WRITE_ONCE(watch->worker, NULL);
	WRITE_ONCE(watch->told, jiffies);
	rtnl_unlock();
	if (!left)
		brg_watch_soon(watch);
	lost = brg_changes_lost(&watch->changes);
	if (lost)
		pr_warn("brguard: %u changes of bridges came too fast to be told\n",
			lost);
}

/**
 * brg_watch_unreported() - what does the kernel not tell of a device?
 * @bn: namespace
 * @dev: bridge or port
 *
 * A device that is down tells of nothing, or not by all ways.
 *
 * Context: struct brg_net.lock or RCU.
 * Return: a bit for each enum brguard_watch of a parameter.
 */
u32 brg_watch_unreported(const struct brg_net *bn, const struct net_device *dev)
{
	const struct brg_watched *w = brg_watched_find(bn, dev->ifindex);
	u32 known = w && READ_ONCE(dev->flags) & IFF_UP ?
		    READ_ONCE(w->params.known) : 0;

	return brg_params_of(dev) & ~known;
}

/**
 * brg_watch_restored() - tell of a value that was put back, if not told yet
 * @bn: namespace
 * @dev: device, watched or not
 * @what: parameter
 * @value: its value
 *
 * The kernel says nothing while a port is down.
 *
 * Context: the work, RTNL.
 */
void brg_watch_restored(struct brg_net *bn, struct net_device *dev,
			enum brguard_watch what, u32 value)
{
	struct brg_params now = { .known = BIT(what) };
	struct brg_watched *w;

	now.value[what] = value;
	rcu_read_lock();
	w = brg_watched_find(bn, dev->ifindex);
	spin_lock_bh(&bn->watch->lock);
	if (w)
		brg_watch_params(bn->watch, w, dev, &now);
	spin_unlock_bh(&bn->watch->lock);
	rcu_read_unlock();
}

/**
 * brg_watch_init() - prepare a namespace
 * @bn: namespace
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int brg_watch_init(struct brg_net *bn)
{
	bn->watch = kzalloc(sizeof(*bn->watch), GFP_KERNEL);
	if (!bn->watch)
		return -ENOMEM;
	bn->watch->bn = bn;
	hash_init(bn->watch->devices);
	spin_lock_init(&bn->watch->lock);
	brg_changes_init(&bn->watch->changes);
	bn->watch->told = jiffies - BRG_WATCH_PAUSE;
	INIT_DELAYED_WORK(&bn->watch->work, brg_watch_work);

	return 0;
}

static void brg_watched_free(struct brg_net *bn, struct brg_watched *w)
{
	hash_del_rcu(&w->node);
	kfree_rcu(w, rcu);
	if (!--bn->watch->n)
		brg_news_close(bn->watch);
}

/**
 * brg_watch_exit() - stop watching for good
 * @bn: namespace, no grace period needed any more
 *
 * Context: may sleep.
 */
void brg_watch_exit(struct brg_net *bn)
{
	cancel_delayed_work_sync(&bn->watch->work);
	brg_changes_free(&bn->watch->changes);
	kfree(bn->watch);
}

/**
 * brg_watch_add() - watch a device
 * @bn: namespace
 * @dev: bridge or port, watched already or not
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0 or a negative error.
 */
int brg_watch_add(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_watch *watch = bn->watch;
	struct brg_watched *w;
	int err;

	if (brg_watched_find(bn, dev->ifindex))
		return 0;
	err = brg_changes_reserve(&watch->changes,
				  BRG_WATCH_ROOM(watch->n + 1));
	if (err)
		return err;
	w = kzalloc(sizeof(*w), GFP_KERNEL_ACCOUNT);
	if (!w)
		return -ENOMEM;
	err = brg_params_read(&w->params, dev);
	if (!err && !watch->n)
		err = brg_news_open(watch);
	if (err) {
		kfree(w);
		return err;
	}
	w->ifindex = dev->ifindex;
	w->promiscuity = dev->promiscuity;
	w->own = brg_watch_own(dev);
	w->seq = BRG_CHANGE_NONE;
	w->keep = w->params;
	hash_add_rcu(watch->devices, &w->node, w->ifindex);
	watch->n++;

	return 0;
}

static bool brg_watch_is_wanted(const struct brg_net *bn, int ifindex)
{
	struct net_device *dev = __dev_get_by_index(bn->net, ifindex);
	struct net_device *lower;
	struct list_head *iter;

	if (!dev)
		return false;
	if (brg_slot_find(bn, dev))
		return true;
	if (!netif_is_bridge_master(dev))
		return false;
	if (brg_bridge_find(bn->config, dev->name))
		return true;
	netdev_for_each_lower_dev(dev, lower, iter)
		if (brg_slot_find(bn, lower))
			return true;

	return false;
}

/**
 * brg_watch_sweep() - stop watching what is no longer guarded
 * @bn: namespace
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_sweep(struct brg_net *bn)
{
	struct brg_watched *w;
	struct hlist_node *tmp;
	int i;

	hash_for_each_safe(bn->watch->devices, i, tmp, w, node)
		if (bn->dead || !brg_watch_is_wanted(bn, w->ifindex))
			brg_watched_free(bn, w);
}

/**
 * brg_watch_check() - stop watching a device if it is no longer guarded
 * @bn: namespace
 * @ifindex: its index
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_check(struct brg_net *bn, int ifindex)
{
	struct brg_watched *w = brg_watched_find(bn, ifindex);

	if (w && (bn->dead || !brg_watch_is_wanted(bn, ifindex)))
		brg_watched_free(bn, w);
}

/**
 * brg_watch_del() - a device goes away
 * @bn: namespace
 * @dev: device, watched or not
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_del(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_watched *w = brg_watched_find(bn, dev->ifindex);

	if (w)
		brg_watched_free(bn, w);
}

/*
 * The bridge gave up its own part last, and leaves its flag as it is. Of a
 * device that is being unregistered rtnetlink has not told that.
 */
static void brg_watch_leave(struct brg_watch *watch, struct brg_watched *w,
			    const struct net_device *dev)
{
	spin_lock_bh(&watch->lock);
	if (w->own && w->promiscuity == dev->promiscuity)
		brg_change_undo(&watch->changes, w->seq);
	w->seq = BRG_CHANGE_NONE;
	spin_unlock_bh(&watch->lock);
}

/**
 * brg_watch_member() - a device joins or leaves a bridge
 * @bn: namespace
 * @bridge: bridge, watched or not
 * @dev: device
 * @joins: it joins
 *
 * Context: of the process that does it; RTNL and struct brg_net.lock.
 */
void brg_watch_member(struct brg_net *bn, const struct net_device *bridge,
		      const struct net_device *dev, bool joins)
{
	struct brg_watched *w = brg_watched_find(bn, dev->ifindex);
	struct brg_change c;

	if (w && !joins)
		brg_watch_leave(bn->watch, w, dev);
	if (!brg_watched_find(bn, bridge->ifindex))
		return;
	c = brg_watch_change(BRGUARD_WATCH_MEMBER, bridge, dev, !joins, joins);
	brg_watch_push(bn->watch, &c);
}
