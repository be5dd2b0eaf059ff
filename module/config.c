// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/brguard.h>
#include "attach.h"
#include "binding.h"
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
	return kzalloc(sizeof(struct brg_config), GFP_KERNEL_ACCOUNT);
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
	kfree(cfg);
}

/**
 * brg_transaction_find() - the transaction of a socket
 * @bn: namespace
 * @portid: the socket
 *
 * Context: struct brg_net.lock.
 * Return: the transaction or NULL.
 */
struct brg_transaction *brg_transaction_find(struct brg_net *bn, u32 portid)
{
	struct brg_transaction *t;

	list_for_each_entry(t, &bn->transactions, node)
		if (t->portid == portid)
			return t;

	return NULL;
}

static u32 brg_transaction_count(const struct brg_net *bn)
{
	struct brg_transaction *t;
	u32 n = 0;

	list_for_each_entry(t, &bn->transactions, node)
		n++;

	return n;
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
	if (brg_transaction_count(bn) >= BRGUARD_TRANSACTIONS_MAX) {
		NL_SET_ERR_MSG(extack, "too many transactions are open");
		return -ENOSPC;
	}
	t = kzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	if (!t)
		return -ENOMEM;
	t->config = brg_config_alloc();
	if (!t->config) {
		kfree(t);
		return -ENOMEM;
	}
	t->portid = portid;
	list_add(&t->node, &bn->transactions);

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
	brg_transaction_drop(t);

	return err;
}

/**
 * brg_transaction_drop() - forget a transaction
 * @t: transaction
 *
 * Context: may sleep; struct brg_net.lock.
 */
void brg_transaction_drop(struct brg_transaction *t)
{
	list_del(&t->node);
	brg_config_free(t->config);
	kfree(t);
}
