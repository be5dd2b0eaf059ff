// SPDX-License-Identifier: GPL-2.0-only
/*
 * Violations and changes, told within limits: to the netlink groups, to the
 * kernel log and, without a limit, to the tracepoint. What a limit kept back
 * is counted and told with the next event, or by brg_event_flush() a second
 * later if there is none.
 */
#include <linux/netdevice.h>
#include <linux/ratelimit.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>
#include "answers.h"
#include "attach.h"
#include "change.h"
#include "config.h"
#include "event.h"
#include "frame.h"
#include "netdev.h"
#include "netlink.h"
#include "netns.h"
#include "port.h"
#include "stats.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

#define BRG_FLUSH_DELAY		HZ

/* @v within its limit, to whom it may concern. */
static void brg_event_tell(struct brg_net *bn, const struct brg_violation *v)
{
	bool logged = __ratelimit(&bn->log_limit);

	if (logged || brg_netlink_listens(bn, BRG_MCGRP_VIOLATION))
		brg_notes_add(bn, v, logged);
}

/**
 * brg_event_violation() - tell of a frame that broke the policy
 * @bn: namespace
 * @v: the violation, counted already; @v->suppressed is filled in
 *
 * Context: BH off, RCU.
 */
void brg_event_violation(struct brg_net *bn, struct brg_violation *v)
{
	trace_brguard_violation(v);
	if (!brg_stats_may_report(v->port->stats)) {
		/* Said before it is asked who reads it. */
		smp_mb();
		if (!delayed_work_pending(&bn->flush))
			schedule_delayed_work(&bn->flush, BRG_FLUSH_DELAY);
		return;
	}
	v->suppressed = brg_stats_untold(v->port->stats);
	brg_event_tell(bn, v);
}

static void brg_event_remainder(struct brg_net *bn, const struct brg_port *port)
{
	struct brg_violation v = { .port = port };

	if (!port->stats || !brg_stats_waits(port->stats))
		return;
	v.suppressed = brg_stats_untold(port->stats);
	if (!v.suppressed)
		return;
	brg_event_tell(bn, &v);
}

/**
 * brg_event_flush() - tell of suppressed violations that nothing followed
 * @work: struct brg_net.flush
 *
 * Context: may sleep.
 */
void brg_event_flush(struct work_struct *work)
{
	struct brg_net *bn = container_of(to_delayed_work(work), struct brg_net,
					  flush);
	struct brg_port *port;
	struct brg_slot *slot;
	int i;

	mutex_lock(&bn->lock);
	brg_port_for_each(port, bn->config)
		brg_event_remainder(bn, port);
	hash_for_each(bn->slots, i, slot, node)
		if (brg_slot_counts(slot))
			brg_event_remainder(bn, slot->now.port);
	mutex_unlock(&bn->lock);
}

#define BRG_WATCH_NAME(name, word) \
	[BRGUARD_WATCH_##name] = (word),

static const char *const brg_watch_names[] = {
	__BRGUARD_WATCH_MAPPER(BRG_WATCH_NAME)
};

/**
 * brg_watch_name() - the word for what is watched
 * @what: it
 *
 * Return: the word.
 */
const char *brg_watch_name(enum brguard_watch what)
{
	return brg_watch_names[what];
}

/* A process may call itself what it likes. */
static void brg_event_log_watch(const struct brg_change *c)
{
	pr_notice("brguard: %s: %s of %s: %u -> %u (%u times) by %*pE%s (pid %u, uid %u)%s\n",
		  c->bridge, brg_watch_name(c->what), c->device, c->old,
		  c->new, c->count, (int)strnlen(c->comm, sizeof(c->comm)),
		  c->comm, c->several ? " and others" : "", c->pid, c->uid,
		  c->held ? ", held" : "");
}

/**
 * brg_event_watch() - tell of a change of a guarded bridge
 * @bn: namespace
 * @c: the change
 *
 * Context: may sleep.
 */
void brg_event_watch(struct brg_net *bn, const struct brg_change *c)
{
	brg_netlink_watch(bn, c);
	if (__ratelimit(&bn->log_limit))
		brg_event_log_watch(c);
}

/**
 * brg_event_answers() - tell of a MAC that answers for too many addresses
 * @bn: namespace
 * @e: a window of it
 *
 * There are no more of these than windows and records, so no limit is needed
 * but for the kernel log.
 *
 * Context: may sleep; struct brg_net.lock.
 */
void brg_event_answers(struct brg_net *bn, const struct brg_answers_event *e)
{
	const struct brg_answer *a = &e->answer;
	struct net_device *dev;
	char name[IFNAMSIZ];
	u8 mac[6];

	brg_netlink_answers(bn, e);
	if (!__ratelimit(&bn->log_limit))
		return;
	brg_mac_bytes(mac, a->mac);
	rcu_read_lock();
	dev = dev_get_by_index_rcu(bn->net, a->ifindex);
	brg_netdev_name(name, dev);
	rcu_read_unlock();
	pr_notice("brguard: %s: %s %pM answers for %llu addresses: %llu claims in %u ms, %llu dropped\n",
		  *name ? name : "a port that is gone",
		  a->direction == BRGUARD_DIRECTION_IN ? "in" : "out", mac,
		  e->distinct, a->claims, e->ms, a->dropped);
}
