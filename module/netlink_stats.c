// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <net/sock.h>
#include "attach.h"
#include "config.h"
#include "netlink.h"
#include "port.h"
#include "stats.h"

static int brg_stats_fill_count(struct sk_buff *skb,
				const struct brg_totals *sum, u32 reason)
{
	struct nlattr *nest;

	if (!sum->dropped[reason] && !sum->audited[reason])
		return 0;
	nest = nla_nest_start(skb, BRGUARD_A_STATS_COUNT);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, BRGUARD_A_COUNT_REASON, reason) ||
	    nla_put_u64_64bit(skb, BRGUARD_A_COUNT_DROPPED,
			      sum->dropped[reason], BRGUARD_A_COUNT_PAD) ||
	    nla_put_u64_64bit(skb, BRGUARD_A_COUNT_AUDITED,
			      sum->audited[reason], BRGUARD_A_COUNT_PAD)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

static int brg_stats_fill(const struct brg_message *m,
			  const struct brg_port *port)
{
	struct brg_totals sum;
	int err, reason;
	void *hdr;

	brg_stats_read(port->stats, &sum);
	hdr = brg_message_begin(m);
	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_string(m->skb, BRGUARD_A_STATS_PORT, port->name);
	for (reason = 0; reason < __BRGUARD_REASON_MAX; reason++)
		err = err ?: brg_stats_fill_count(m->skb, &sum, reason);
	err = err ?: nla_put_u64_64bit(m->skb, BRGUARD_A_STATS_EVENTS,
				       sum.events, BRGUARD_A_STATS_PAD);
	err = err ?: nla_put_u64_64bit(m->skb, BRGUARD_A_STATS_SUPPRESSED,
				       sum.suppressed, BRGUARD_A_STATS_PAD);
	err = err ?: nla_put_u64_64bit(m->skb, BRGUARD_A_STATS_PRUNED,
				       sum.pruned, BRGUARD_A_STATS_PAD);
	if (err) {
		genlmsg_cancel(m->skb, hdr);
		return err;
	}
	genlmsg_end(m->skb, hdr);

	return 0;
}

/**
 * brg_stats_find() - look up a port that has counters
 * @bn: namespace
 * @name: its name, or that of a device that is guarded without a name
 *
 * Context: struct brg_net.lock.
 * Return: the port, configured ones first, or NULL.
 */
struct brg_port *brg_stats_find(struct brg_net *bn, const char *name)
{
	struct brg_port *port = brg_port_find(bn->config, name);
	struct brg_slot *slot;
	int i;

	if (port)
		return port;
	hash_for_each(bn->slots, i, slot, node)
		if (brg_slot_counts(slot) &&
		    !strcmp(slot->now.port->name, name))
			return slot->now.port;

	return NULL;
}

/**
 * brg_stats_check() - has a port counters of its own?
 * @port: what brg_stats_find() found
 * @attr: attribute that names it
 * @extack: where to say why not
 *
 * Return: 0, -ENOENT or -EINVAL.
 */
int brg_stats_check(const struct brg_port *port, const struct nlattr *attr,
		    struct netlink_ext_ack *extack)
{
	if (!port) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "no such port");
		return -ENOENT;
	}
	if (port->template) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "a template stands for many ports");
		return -EINVAL;
	}

	return 0;
}

static int brg_stats_lookup(struct brg_request *rq, struct brg_port **port)
{
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_STATS_PORT, &name);
	if (err)
		return err;
	*port = brg_stats_find(rq->bn, name);

	return brg_stats_check(*port, rq->info->attrs[BRGUARD_A_STATS_PORT],
			       rq->extack);
}

static int brg_stats_answer(struct brg_request *rq, const struct brg_message *m)
{
	struct brg_port *port;
	int err;

	err = brg_stats_lookup(rq, &port);

	return err ?: brg_stats_fill(m, port);
}

/**
 * brg_stats_get_doit() - BRGUARD_CMD_STATS_GET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_answer(info, brg_stats_answer);
}

/**
 * struct brg_stats_walk - a walk over all ports with statistics
 * @skip: ports that were dealt with before
 * @n: ports met so far
 */
struct brg_stats_walk {
	long skip;
	long n;
};

static bool brg_stats_dump_port(const struct brg_message *m,
				struct brg_stats_walk *walk,
				const struct brg_port *port)
{
	if (walk->n >= walk->skip && brg_stats_fill(m, port))
		return false;
	walk->n++;

	return true;
}

/* Return: whether there was room for all. */
static bool brg_stats_dump(const struct brg_message *m, struct brg_net *bn,
			   struct brg_stats_walk *walk)
{
	struct brg_port *port;
	struct brg_slot *slot;
	int i;

	brg_port_for_each(port, bn->config)
		if (!port->template && !brg_stats_dump_port(m, walk, port))
			return false;
	hash_for_each(bn->slots, i, slot, node)
		if (brg_slot_counts(slot) &&
		    !brg_stats_dump_port(m, walk, slot->now.port))
			return false;

	return true;
}

/**
 * brg_stats_get_dumpit() - BRGUARD_CMD_STATS_GET
 * @skb: answer
 * @cb: state: args[0] is the number of ports sent
 *
 * Return: bytes so far or a negative error.
 */
int brg_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct brg_message m = brg_message_dump(skb, cb, BRGUARD_CMD_STATS_GET);
	struct brg_net *bn = brg_net_get(sock_net(skb->sk));
	struct brg_stats_walk walk = { .skip = cb->args[0] };
	bool all;
	int err;

	err = brg_dump_check(cb, false);
	if (err)
		return err;
	mutex_lock(&bn->lock);
	cb->seq = bn->generation + bn->moves;
	all = brg_stats_dump(&m, bn, &walk);
	mutex_unlock(&bn->lock);
	cb->args[0] = walk.n;

	return brg_message_dumped(&m, all);
}

static void brg_stats_reset_all(struct brg_net *bn)
{
	struct brg_port *port;
	struct brg_slot *slot;
	int i;

	brg_port_for_each(port, bn->config)
		brg_stats_reset(port->stats);
	hash_for_each(bn->slots, i, slot, node)
		if (brg_slot_counts(slot))
			brg_stats_reset(slot->now.port->stats);
}

/**
 * brg_stats_reset_doit() - BRGUARD_CMD_STATS_RESET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_stats_reset_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct brg_request rq;
	struct brg_port *port;
	int err;

	err = brg_request_begin_read(&rq, info);
	if (err)
		return err;
	if (!info->attrs[BRGUARD_A_STATS_PORT])
		brg_stats_reset_all(rq.bn);
	else
		err = brg_stats_lookup(&rq, &port);
	if (!err && info->attrs[BRGUARD_A_STATS_PORT])
		brg_stats_reset(port->stats);
	brg_request_end_read(&rq);

	return err;
}
