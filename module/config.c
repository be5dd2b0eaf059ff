// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/brguard.h>
#include "attach.h"
#include "bridge.h"
#include "config.h"
#include "netns.h"
#include "port.h"
#include "stats.h"

/**
 * brg_config_alloc() - make an empty configuration
 *
 * Context: may sleep.
 * Return: the configuration, or NULL without memory.
 */
struct brg_config *brg_config_alloc(void)
{
	struct brg_config *cfg = kzalloc(sizeof(*cfg), GFP_KERNEL_ACCOUNT);

	if (cfg)
		brg_arena_init(&cfg->arena);

	return cfg;
}

/**
 * brg_config_free() - free a configuration
 * @cfg: configuration that no device follows any more
 *
 * Context: may sleep.
 */
void brg_config_free(struct brg_config *cfg)
{
	struct brg_bridge *br, *next_br;
	struct brg_port *port, *next;

	rbtree_postorder_for_each_entry_safe(br, next_br, &cfg->bridges, node)
		brg_bridge_free(br);
	rbtree_postorder_for_each_entry_safe(port, next, &cfg->ports, node)
		brg_port_free(port);
	brg_claims_free(&cfg->claims);
	brg_arena_destroy(&cfg->arena);
	kfree(cfg);
}

static struct brg_transaction *brg_transaction_lookup(struct brg_net *bn,
						      u32 portid)
{
	struct brg_transaction *t;

	list_for_each_entry(t, &bn->transactions, node)
		if (t->portid == portid)
			return t;

	return NULL;
}

/**
 * brg_transaction_find() - the transaction of a socket
 * @bn: namespace
 * @portid: the socket
 *
 * Context: struct brg_net.lock, with which it stays.
 * Return: the transaction or NULL.
 */
struct brg_transaction *brg_transaction_find(struct brg_net *bn, u32 portid)
{
	struct brg_transaction *t;

	spin_lock(&bn->transactions_lock);
	t = brg_transaction_lookup(bn, portid);
	spin_unlock(&bn->transactions_lock);

	return t;
}

static bool brg_transaction_enlist(struct brg_net *bn,
				   struct brg_transaction *t)
{
	struct brg_transaction *other;
	u32 n = 0;

	spin_lock(&bn->transactions_lock);
	list_for_each_entry(other, &bn->transactions, node)
		n++;
	if (n < BRGUARD_TRANSACTIONS_MAX)
		list_add(&t->node, &bn->transactions);
	spin_unlock(&bn->transactions_lock);

	return n < BRGUARD_TRANSACTIONS_MAX;
}

static void brg_transaction_free(struct brg_transaction *t)
{
	if (t->config)
		brg_config_free(t->config);
	kfree(t);
}

/**
 * brg_transaction_begin() - open a transaction
 * @bn: namespace
 * @portid: the socket
 * @extack: for the sentence
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0, -EBUSY, -ENOSPC or -ENOMEM, see BRGUARD_CMD_CONFIG_BEGIN.
 */
int brg_transaction_begin(struct brg_net *bn, u32 portid,
			  struct netlink_ext_ack *extack)
{
	struct brg_transaction *t;

	if (brg_transaction_find(bn, portid)) {
		NL_SET_ERR_MSG(extack, "this socket has a transaction open");
		return -EBUSY;
	}
	t = kzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	if (!t)
		return -ENOMEM;
	t->portid = portid;
	t->config = brg_config_alloc();
	if (!t->config) {
		brg_transaction_free(t);
		return -ENOMEM;
	}
	if (!brg_transaction_enlist(bn, t)) {
		NL_SET_ERR_MSG(extack, "too many transactions are open");
		brg_transaction_free(t);
		return -ENOSPC;
	}

	return 0;
}

/* Ports go on counting where a port of the same name has stopped. */
static int brg_transaction_adopt_stats(const struct brg_net *bn,
				       struct brg_config *to)
{
	struct brg_port *port, *old;

	brg_port_for_each(port, to) {
		old = brg_port_find(bn->config, port->name);
		port->stats = old ? brg_stats_get(old->stats) :
			      brg_attach_stats(bn, port->name);
		if (!port->stats)
			return -ENOMEM;
	}

	return 0;
}

/**
 * brg_transaction_commit() - replace the live configuration
 * @bn: namespace
 * @t: transaction; it is over afterwards, in any case
 * @check: change nothing
 * @extack: for the sentence
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0; -ECANCELED: a request was refused; -ENOMEM.
 */
int brg_transaction_commit(struct brg_net *bn, struct brg_transaction *t,
			   bool check, struct netlink_ext_ack *extack)
{
	LIST_HEAD(pending);
	int err;

	if (t->failed) {
		NL_SET_ERR_MSG(extack,
			       "a request of this transaction was refused or lost");
		err = -ECANCELED;
		goto drop;
	}
	err = brg_transaction_adopt_stats(bn, t->config);
	if (err)
		goto drop;
	err = brg_attach_prepare(bn, t->config, NULL, &pending);
	if (err || check) {
		brg_attach_cancel(bn, &pending);
		goto drop;
	}

	swap(bn->config, t->config);
	brg_attach_publish(bn, &pending);
drop:
	brg_transaction_drop(bn, t);

	return err;
}

/**
 * brg_transaction_drop() - forget a transaction
 * @bn: namespace
 * @t: transaction
 *
 * Context: may sleep.
 */
void brg_transaction_drop(struct brg_net *bn, struct brg_transaction *t)
{
	spin_lock(&bn->transactions_lock);
	list_del(&t->node);
	spin_unlock(&bn->transactions_lock);
	brg_transaction_free(t);
}

/**
 * brg_transaction_release() - forget what a socket has left open
 * @bn: namespace
 * @portid: the socket; another one may have its number by now, and a request of
 *	that may be at work on the transaction
 *
 * Context: may sleep; must not take struct brg_net.lock.
 */
void brg_transaction_release(struct brg_net *bn, u32 portid)
{
	struct brg_transaction *t;

	spin_lock(&bn->transactions_lock);
	t = brg_transaction_lookup(bn, portid);
	if (t)
		list_move(&t->node, &bn->closed);
	spin_unlock(&bn->transactions_lock);
	if (t)
		schedule_work(&bn->reaper);
}

static struct brg_transaction *brg_transaction_first(struct brg_net *bn,
						     struct list_head *list)
{
	struct brg_transaction *t;

	spin_lock(&bn->transactions_lock);
	t = list_first_entry_or_null(list, struct brg_transaction, node);
	spin_unlock(&bn->transactions_lock);

	return t;
}

static void brg_transactions_drop(struct brg_net *bn, struct list_head *list)
{
	struct brg_transaction *t;

	while ((t = brg_transaction_first(bn, list)))
		brg_transaction_drop(bn, t);
}

static void brg_transactions_reap(struct work_struct *work)
{
	struct brg_net *bn = container_of(work, struct brg_net, reaper);

	mutex_lock(&bn->lock);
	brg_transactions_drop(bn, &bn->closed);
	mutex_unlock(&bn->lock);
}

/**
 * brg_transactions_init() - no transaction is open
 * @bn: namespace
 */
void brg_transactions_init(struct brg_net *bn)
{
	INIT_LIST_HEAD(&bn->transactions);
	INIT_LIST_HEAD(&bn->closed);
	spin_lock_init(&bn->transactions_lock);
	INIT_WORK(&bn->reaper, brg_transactions_reap);
}

/**
 * brg_transactions_exit() - roll back all
 * @bn: namespace, of which no socket is left, or nobody hears of any more
 *
 * Context: may sleep.
 */
void brg_transactions_exit(struct brg_net *bn)
{
	cancel_work_sync(&bn->reaper);
	brg_transactions_drop(bn, &bn->closed);
	brg_transactions_drop(bn, &bn->transactions);
}
