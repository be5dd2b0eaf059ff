// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two stages of exit: brg_netns_pre_exit() makes everything unreachable, a
 * grace period passes, brg_netns_exit_net() frees.
 */
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/netns/generic.h>
#include "answers.h"
#include "attach.h"
#include "config.h"
#include "event.h"
#include "hooks.h"
#include "netns.h"
#include "seen.h"
#include "watch.h"

/* Lines in the kernel log: at most this many in an interval. */
#define BRG_LOG_BURST		10
#define BRG_LOG_INTERVAL	(5 * HZ)

static unsigned int brg_net_id __read_mostly;

/* All that are not retired, under RTNL. */
static LIST_HEAD(brg_nets);

/**
 * brg_net_get() - brguard's part of a namespace
 * @net: namespace
 *
 * Return: its state.
 */
struct brg_net *brg_net_get(const struct net *net)
{
	return net_generic(net, brg_net_id);
}

static int __net_init brg_netns_init_net(struct net *net)
{
	struct brg_net *bn = brg_net_get(net);
	int err;

	bn->net = net;
	mutex_init(&bn->lock);
	brg_transactions_init(bn);
	bn->generation = 1;
	hash_init(bn->slots);
	INIT_DELAYED_WORK(&bn->flush, brg_event_flush);
	INIT_DELAYED_WORK(&bn->answers, brg_answers_flush);
	brg_notes_init(&bn->notes);
	ratelimit_state_init(&bn->log_limit, BRG_LOG_INTERVAL, BRG_LOG_BURST);
	ratelimit_set_flags(&bn->log_limit, RATELIMIT_MSG_ON_RELEASE);
	brg_hooks_init(bn);
	brg_flood_init(bn);
	bn->seen_room = brg_seen_room_alloc();
	if (!bn->seen_room)
		return -ENOMEM;
	bn->config = brg_config_alloc();
	err = bn->config ? brg_watch_init(bn) : -ENOMEM;
	if (!err) {
		rtnl_lock();
		list_add_tail(&bn->list, &brg_nets);
		rtnl_unlock();
		return 0;
	}
	if (bn->config)
		brg_config_free(bn->config);
	brg_seen_room_put(bn->seen_room);

	return err;
}

/* Nothing is guarded there any more, and nothing will be. */
static void brg_netns_retire(struct brg_net *bn)
{
	ASSERT_RTNL();
	list_del_init(&bn->list);
	brg_flood_stop(bn);
	mutex_lock(&bn->lock);
	bn->dead = true;
	brg_attach_detach_all(bn);
	brg_watch_sweep(bn);
	mutex_unlock(&bn->lock);
}

static void __net_exit brg_netns_pre_exit(struct net *net)
{
	rtnl_lock();
	brg_netns_retire(brg_net_get(net));
	rtnl_unlock();
}

static void __net_exit brg_netns_exit_net(struct net *net)
{
	struct brg_net *bn = brg_net_get(net);

	cancel_delayed_work_sync(&bn->flush);
	cancel_delayed_work_sync(&bn->answers);
	brg_notes_exit(bn);
	cancel_delayed_work_sync(&bn->flood.work);
	brg_transactions_exit(bn);
	brg_watch_exit(bn);
	brg_config_free(bn->config);
	brg_seen_room_put(bn->seen_room);
}

static struct pernet_operations brg_netns_ops = {
	.init = brg_netns_init_net,
	.pre_exit = brg_netns_pre_exit,
	.exit = brg_netns_exit_net,
	.id = &brg_net_id,
	.size = sizeof(struct brg_net),
};

/**
 * brg_netns_init() - set up every namespace, now and when it is made
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_netns_init(void)
{
	return register_pernet_subsys(&brg_netns_ops);
}

/**
 * brg_netns_retire_all() - guard nothing any more, in no namespace
 *
 * To be called when nobody can configure anything, and before the notifier of
 * devices goes. That is told of the end of each device then, as if it had left
 * its bridge, and of what happens to devices later it would not hear.
 *
 * Context: may sleep.
 */
void brg_netns_retire_all(void)
{
	struct brg_net *bn, *tmp;

	rtnl_lock();
	list_for_each_entry_safe(bn, tmp, &brg_nets, list)
		brg_netns_retire(bn);
	rtnl_unlock();
}

/**
 * brg_netns_exit() - tear down every namespace
 *
 * Context: may sleep.
 */
void brg_netns_exit(void)
{
	unregister_pernet_subsys(&brg_netns_ops);
}
