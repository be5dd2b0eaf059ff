// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include "config.h"
#include "netlink.h"

static void brg_config_notify(struct brg_net *bn)
{
	struct brg_message m;
	void *hdr;

	if (!brg_netlink_listens(bn, BRG_MCGRP_CONFIG) ||
	    brg_message_alloc(&m, NULL, BRGUARD_CMD_CONFIG_NTF,
			      GENLMSG_DEFAULT_SIZE))
		return;
	hdr = brg_message_begin(&m);
	if (!hdr || nla_put_u32(m.skb, BRGUARD_A_CONFIG_GENERATION,
				bn->generation)) {
		nlmsg_free(m.skb);
		return;
	}
	genlmsg_end(m.skb, hdr);
	brg_netlink_multicast(bn, m.skb, BRG_MCGRP_CONFIG, GFP_KERNEL);
}

/**
 * brg_config_begin_doit() - BRGUARD_CMD_CONFIG_BEGIN
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_config_begin_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct brg_request rq;
	int err;

	err = brg_request_begin_read(&rq, info);
	if (err)
		return err;
	err = brg_transaction_begin(rq.bn, info->snd_portid, info->extack);
	brg_request_end_read(&rq);

	return brg_request_explain(info->extack, err);
}

static int brg_config_no_transaction(struct genl_info *info)
{
	NL_SET_ERR_MSG(info->extack, "this socket has no transaction open");

	return -ENOENT;
}

/* A request that never came here spoils the transaction as a refused one. */
static void brg_config_count(struct brg_request *rq)
{
	const struct nlattr *a = rq->info->attrs[BRGUARD_A_CONFIG_REQUESTS];

	if (rq->t && a && nla_get_u32(a) != rq->t->requests)
		rq->t->failed = true;
}

/**
 * brg_config_commit_doit() - BRGUARD_CMD_CONFIG_COMMIT
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_config_commit_doit(struct sk_buff *skb, struct genl_info *info)
{
	bool check = info->attrs[BRGUARD_A_CONFIG_CHECK];
	struct brg_request rq;
	int err;

	err = brg_request_begin(&rq, info);
	if (err) {
		brg_transaction_release(brg_net_get(genl_info_net(info)),
					info->snd_portid);
		return err;
	}
	brg_config_count(&rq);
	err = rq.t ? brg_transaction_commit(rq.bn, rq.t, check, rq.extack) :
	      brg_config_no_transaction(info);
	if (!err && !check) {
		rq.bn->generation++;
		brg_config_notify(rq.bn);
	}
	brg_request_end_read(&rq);
	brg_flood_sync(rq.bn);
	rtnl_unlock();

	return brg_request_explain(info->extack, err);
}

/**
 * brg_config_abort_doit() - BRGUARD_CMD_CONFIG_ABORT
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_config_abort_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct brg_transaction *t;
	struct brg_request rq;
	int err;

	err = brg_request_begin_read(&rq, info);
	if (err)
		return err;
	t = brg_transaction_find(rq.bn, info->snd_portid);
	if (t)
		brg_transaction_drop(rq.bn, t);
	else
		err = brg_config_no_transaction(info);
	brg_request_end_read(&rq);

	return err;
}

/**
 * brg_config_release() - roll back what a closed socket has left open
 * @nb: notifier
 * @event: NETLINK_URELEASE
 * @ptr: struct netlink_notify
 *
 * Context: may sleep.
 * Return: NOTIFY_DONE.
 */
int brg_config_release(struct notifier_block *nb, unsigned long event,
		       void *ptr)
{
	const struct netlink_notify *n = ptr;

	if (event == NETLINK_URELEASE && n->protocol == NETLINK_GENERIC)
		brg_transaction_release(brg_net_get(n->net), n->portid);

	return NOTIFY_DONE;
}
