/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unknown unicast is kept from guests by the bridge itself: see flood.c. Under
 * RTNL, and without struct brg_net.lock, which notifiers take.
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

struct brg_net;
struct brg_pins;
struct net_device;

/**
 * struct brg_flood - the flags of a namespace's guest ports
 * @ports: struct brg_flooded by ifindex; changed under RTNL and @lock
 * @lock: protects @stale
 * @stale: ports to look at
 * @verify: an entry for an address that may be bound is gone
 * @driver: the task that sets flags and makes entries, while it does
 * @done: jiffies when the work ended
 * @work: looks at them
 */
struct brg_flood {
	DECLARE_HASHTABLE(ports, 8);
	spinlock_t lock;
	struct list_head stale;
	bool verify;
	const struct task_struct *driver;
	unsigned long done;
	struct delayed_work work;
};

/**
 * struct brg_flooded - a port that is, was or may become a guest's
 * @node: in struct brg_flood.ports
 * @stale: in struct brg_flood.stale
 * @dev: its device
 * @driven: its flag is off because brguard switched it off
 * @left: somebody switched it on again, so it is left alone
 * @verify: look for each entry
 * @pins: what the forwarding database has to know, or NULL
 * @rcu: to free it
 */
struct brg_flooded {
	struct hlist_node node;
	struct list_head stale;
	struct net_device *dev;
	bool driven;
	bool left;
	bool verify;
	struct brg_pins *pins;
	struct rcu_head rcu;
};

void brg_flood_init(struct brg_net *bn);
int brg_flood_add(struct brg_net *bn, struct net_device *dev);
void brg_flood_touch(struct brg_net *bn, const struct net_device *dev);
void brg_flood_forget(struct brg_net *bn, const struct net_device *dev);
void brg_flood_sync(struct brg_net *bn);
void brg_flood_stop(struct brg_net *bn);
void brg_flood_exit(void);
void brg_flood_soon(struct brg_net *bn);
bool brg_flood_is_own(const struct brg_net *bn);
void brg_flood_news(struct brg_net *bn, const struct net_device *dev);
void brg_flood_news_gone(struct brg_net *bn, u64 mac);

#endif /* BRG_FLOOD_H */
