/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the bridge does by itself for guest ports, by its own flags: see
 * flood.c. Under RTNL, and without struct brg_net.lock, which notifiers take.
 */
#ifndef BRG_FLOOD_H
#define BRG_FLOOD_H

#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include "flag.h"

struct brg_net;
struct brg_pins;
struct net_device;

/**
 * struct brg_flood - the flags of a namespace's guest ports
 * @ports: struct brg_flooded by ifindex; changed under RTNL and @lock
 * @lock: protects @stale
 * @stale: ports to look at
 * @verify: an entry for an address that may be bound is gone
 * @learns: some port has, or had, its flag learning switched off
 * @driver: the task that sets flags and makes entries, while it does
 * @done: jiffies when brg_flood_sync() ended last
 * @work: looks at them
 */
struct brg_flood {
	DECLARE_HASHTABLE(ports, 8);
	spinlock_t lock;
	struct list_head stale;
	bool verify;
	bool learns;
	const struct task_struct *driver;
	unsigned long done;
	struct delayed_work work;
};

/**
 * struct brg_flooded - a port that is, was or may become a guest's
 * @node: in struct brg_flood.ports
 * @stale: in struct brg_flood.stale
 * @dev: its device
 * @flags: what became of its flags
 * @verify: look for each entry
 * @failed: jiffies when it could not be done, or 0; under RTNL
 * @pins: what the forwarding database has to know, or NULL
 * @rcu: to free it
 */
struct brg_flooded {
	struct hlist_node node;
	struct list_head stale;
	struct net_device *dev;
	struct brg_flags flags;
	bool verify;
	unsigned long failed;
	struct brg_pins *pins;
	struct rcu_head rcu;
};

void brg_flood_init(struct brg_net *bn);
int brg_flood_add(struct brg_net *bn, struct net_device *dev);
void brg_flood_touch(struct brg_net *bn, const struct net_device *dev);
void brg_flood_forget(struct brg_net *bn, const struct net_device *dev);
void brg_flood_sync(struct brg_net *bn);
void brg_flood_stop(struct brg_net *bn);
void brg_flood_soon(struct brg_net *bn);
bool brg_flood_is_own(const struct brg_net *bn);
void brg_flood_news(struct brg_net *bn, const struct net_device *dev);
void brg_flood_news_gone(struct brg_net *bn, int bridge, u64 mac, bool own);
void brg_flood_news_moved(struct brg_net *bn, int bridge, u64 mac, bool own);

#endif /* BRG_FLOOD_H */
