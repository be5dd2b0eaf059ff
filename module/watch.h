/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_WATCH_H
#define BRG_WATCH_H

#include <linux/hashtable.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include "change.h"
#include "news.h"
#include "param.h"

struct brg_net;
struct net_device;
struct socket;
struct task_struct;

/**
 * struct brg_watch - what is watched in a namespace
 * @bn: the namespace
 * @sock: listen to rtnetlink, all or none; NULL while nothing is watched
 * @devices: struct brg_watched by ifindex, under struct brg_net.lock
 * @n: their number
 * @lock: protects what was last seen of a device, outside of the queue's
 * @changes: what has to be told; room is made when a device is watched
 * @worker: the task that does @work, while it does
 * @restoring: it puts a value back
 * @told: jiffies when the work ended
 * @work: tells of changes
 */
struct brg_watch {
	struct brg_net *bn;
	struct socket *sock[BRG_NEWS];
	DECLARE_HASHTABLE(devices, 8);
	u32 n;
	spinlock_t lock;
	struct brg_changes changes;
	const struct task_struct *worker;
	bool restoring;
	unsigned long told;
	struct delayed_work work;
};

/**
 * struct brg_watched - a device as it was last seen
 * @node: in struct brg_watch.devices
 * @ifindex: the device
 * @promiscuity: its count
 * @own: how much of it the bridge itself asked for, before the last change
 * @seq: place of that change in the queue
 * @params: parameters
 * @keep: what those that are held go back to; of report, under RTNL
 * @rcu: to free it
 */
struct brg_watched {
	struct hlist_node node;
	int ifindex;
	u32 promiscuity;
	bool own;
	u64 seq;
	struct brg_params params;
	struct brg_params keep;
	struct rcu_head rcu;
};

int brg_watch_init(struct brg_net *bn);
void brg_watch_exit(struct brg_net *bn);
int brg_watch_add(struct brg_net *bn, const struct net_device *dev);
void brg_watch_del(struct brg_net *bn, const struct net_device *dev);
void brg_watch_check(struct brg_net *bn, int ifindex);
void brg_watch_sweep(struct brg_net *bn);
void brg_watch_member(struct brg_net *bn, const struct net_device *bridge,
		      const struct net_device *dev, bool joins);

struct brg_watched *brg_watched_find(const struct brg_net *bn, int ifindex);
struct brg_change brg_watch_change(enum brguard_watch what,
				   const struct net_device *bridge,
				   const struct net_device *dev,
				   u32 old, u32 new);
u64 brg_watch_push(struct brg_watch *watch, struct brg_change *c);
void brg_watch_soon(struct brg_watch *watch);
void brg_watch_promiscuity(struct brg_watch *watch, struct brg_watched *w,
			   struct net_device *dev, u32 count);
void brg_watch_params(struct brg_watch *watch, struct brg_watched *w,
		      struct net_device *dev, const struct brg_params *now);
u32 brg_watch_unreported(const struct brg_net *bn,
			 const struct net_device *dev);
void brg_watch_restored(struct brg_net *bn, struct net_device *dev,
			enum brguard_watch what, u32 value);

#endif /* BRG_WATCH_H */
