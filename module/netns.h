/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_NETNS_H
#define BRG_NETNS_H

#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netfilter.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>
#include "flood.h"
#include "note.h"

struct brg_config;
struct brg_host;
struct brg_map;
struct brg_owners;
struct brg_seen_room;
struct brg_watch;

#define BRG_HOOKS	4

/**
 * struct brg_net - brguard in one network namespace
 * @net: the namespace
 * @list: of all namespaces in which something may be guarded, under RTNL
 * @lock: taken for every change, inside RTNL where both are needed
 * @config: the live configuration, under @lock
 * @generation: grows with every change of @config, under @lock
 * @transactions: open ones
 * @closed: those that are over: their socket is closed, or the commit malformed
 * @transactions_lock: protects both lists, innermost: NETLINK_URELEASE comes
 *	with a lock of netlink's own, which closing a socket under @lock takes
 * @reaper: frees what is closed, under @lock
 * @slots: attached devices by ifindex, changed under RTNL and @lock
 * @moves: grows with every device in @slots that comes to brg_slot_counts(),
 *	or ceases to
 * @judged: number of slots that need bridge hooks
 * @inward: number of those that need the one in front of a bridge device
 * @owners: what is bound, for hooks; written under @lock
 * @next_owners: its successor while a change is prepared
 * @host: MAC addresses of the host, if a hook asks for them; under @lock
 * @next_host: its successor while a change is prepared
 * @map: from devices to what hooks know of them; written under @lock
 * @next_map: its successor while a change is prepared
 * @hooks: bridge hooks, registered while @judged is not 0; the last one only
 *	while @inward is not 0
 * @hooked: number of those that are registered
 * @dead: the namespace or the module goes away, nothing is attached any more
 * @watch: who changes bridges and ports
 * @flood: the bridge's flags of guest ports
 * @flush: reports what the rate limit suppressed
 * @answers: tells who answered for too many addresses
 * @notes: violations that are about to be told of
 * @seen_room: for which bindings are missing
 * @log_limit: of lines in the kernel log
 */
struct brg_net {
	struct net *net;
	struct list_head list;
	struct mutex lock;
	struct brg_config *config;
	u32 generation;
	struct list_head transactions;
	struct list_head closed;
	spinlock_t transactions_lock;
	struct work_struct reaper;
	DECLARE_HASHTABLE(slots, 10);
	u32 moves;
	u32 judged;
	u32 inward;
	struct brg_owners __rcu *owners;
	struct brg_owners *next_owners;
	struct brg_host __rcu *host;
	struct brg_host *next_host;
	struct brg_map __rcu *map;
	struct brg_map *next_map;
	struct nf_hook_ops hooks[BRG_HOOKS];
	u32 hooked;
	bool dead;
	struct brg_watch *watch;
	struct brg_flood flood;
	struct delayed_work flush;
	struct delayed_work answers;
	struct brg_notes notes;
	struct brg_seen_room *seen_room;
	struct ratelimit_state log_limit;
};

struct brg_net *brg_net_get(const struct net *net);
int brg_netns_init(void);
void brg_netns_retire_all(void);
void brg_netns_exit(void);

#endif /* BRG_NETNS_H */
