// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <net/sock.h>
#include "bridge.h"
#include "config.h"
#include "netdev.h"
#include "netlink.h"

/* Nothing held, and no floor, are not said. */
static int brg_bridge_fill_hold(struct sk_buff *skb,
				const struct brg_bridge_settings *set)
{
	u32 what;
	int err = 0;

	for (what = 0; what < __BRGUARD_WATCH_MAX; what++)
		if (set->hold & BIT(what))
			err = err ?: nla_put_u32(skb, BRGUARD_A_BRIDGE_HOLD,
						 what);
	if (set->ageing_floor)
		err = err ?: nla_put_u32(skb, BRGUARD_A_BRIDGE_AGEING_FLOOR,
					 set->ageing_floor);

	return err;
}

static int brg_bridge_fill_settings(struct sk_buff *skb,
				    const struct brg_bridge_settings *set)
{
	return nla_put_u32(skb, BRGUARD_A_BRIDGE_NEW_PORT, set->new_port) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_MODE, set->mode) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_ARP_SCOPE, set->arp_scope) ?:
	       brg_bridge_fill_hold(skb, set) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_CLAIMS, set->claims) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_ANSWERS, set->answers) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_ANSWERS_MAX,
			   set->answers_max) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_ANSWERS_TIME,
			   set->answers_time) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_ANSWERS_OWN,
			   set->answers_own) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_LOCAL_PORT, set->local_port) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_GUEST_FLOOD,
			   set->guest_flood) ?:
	       nla_put_u32(skb, BRGUARD_A_BRIDGE_GUEST_LEARNING,
			   set->guest_learning);
}

static int brg_bridge_fill_device(struct sk_buff *skb,
				  const struct brg_net *bn,
				  const struct brg_bridge *br)
{
	struct net_device *dev;
	int err = 0;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(bn->net, br->name);
	if (dev && brg_netdev_is_bridge(dev))
		err = nla_put_u32(skb, BRGUARD_A_BRIDGE_IFINDEX,
				  dev->ifindex) ?:
		      nla_put_u32(skb, BRGUARD_A_BRIDGE_PROMISCUITY,
				  READ_ONCE(dev->promiscuity)) ?:
		      brg_netlink_unreported(skb, BRGUARD_A_BRIDGE_UNREPORTED,
					     bn, dev);
	rcu_read_unlock();

	return err;
}

static int brg_bridge_fill(const struct brg_message *m, struct brg_net *bn,
			   const struct brg_bridge *br)
{
	void *hdr;

	hdr = brg_message_begin(m);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_string(m->skb, BRGUARD_A_BRIDGE_NAME, br->name))
		goto cancel;
	if (m->cmd == BRGUARD_CMD_BRIDGE_DEL_NTF)
		goto end;
	if (brg_bridge_fill_settings(m->skb, &br->set) ||
	    brg_bridge_fill_device(m->skb, bn, br))
		goto cancel;
end:
	genlmsg_end(m->skb, hdr);

	return 0;

cancel:
	genlmsg_cancel(m->skb, hdr);

	return -EMSGSIZE;
}

static void brg_bridge_notify(struct brg_request *rq,
			      const struct brg_bridge *br, u8 cmd)
{
	struct brg_message m;

	if (rq->t || !brg_netlink_listens(rq->bn, BRG_MCGRP_CONFIG) ||
	    brg_message_alloc(&m, NULL, cmd, GENLMSG_DEFAULT_SIZE))
		return;
	brg_bridge_fill(&m, rq->bn, br);
	brg_netlink_multicast(rq->bn, m.skb, BRG_MCGRP_CONFIG, GFP_KERNEL);
}

static int brg_bridge_lookup(struct brg_request *rq, struct brg_bridge **br)
{
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_BRIDGE_NAME, &name);
	if (err)
		return err;
	*br = brg_bridge_find(rq->cfg, name);
	if (*br)
		return 0;
	NL_SET_ERR_MSG_ATTR(rq->extack, rq->info->attrs[BRGUARD_A_BRIDGE_NAME],
			    "no such bridge is configured");

	return -ENOENT;
}

static int brg_bridge_answer(struct brg_request *rq,
			     const struct brg_message *m)
{
	struct brg_bridge *br;
	int err;

	err = brg_bridge_lookup(rq, &br);

	return err ?: brg_bridge_fill(m, rq->bn, br);
}

/**
 * brg_bridge_get_doit() - BRGUARD_CMD_BRIDGE_GET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_bridge_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_answer(info, brg_bridge_answer);
}

/**
 * brg_bridge_get_dumpit() - BRGUARD_CMD_BRIDGE_GET
 * @skb: answer
 * @cb: state: args[0] is the number of bridges sent
 *
 * Return: bytes so far or a negative error.
 */
int brg_bridge_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct brg_net *bn = brg_net_get(sock_net(skb->sk));
	struct brg_message m = brg_message_dump(skb, cb,
						BRGUARD_CMD_BRIDGE_GET);
	struct rb_node *node;
	long n = 0;
	int err;

	err = brg_dump_check(cb, false);
	if (err)
		return err;
	mutex_lock(&bn->lock);
	cb->seq = bn->generation;
	for (node = rb_first(&bn->config->bridges); node;
	     node = rb_next(node), n++) {
		if (n < cb->args[0])
			continue;
		if (brg_bridge_fill(&m, bn, rb_entry(node, struct brg_bridge,
						     node)))
			break;
	}
	mutex_unlock(&bn->lock);
	cb->args[0] = n;

	return brg_message_dumped(&m, !node);
}

static int brg_bridge_open(struct brg_request *rq, struct brg_bridge **br,
			   bool *fresh)
{
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_BRIDGE_NAME, &name);
	if (err)
		return err;
	err = brg_request_check_bridge(rq, BRGUARD_A_BRIDGE_NAME);
	if (err)
		return err;
	*br = brg_bridge_find(rq->cfg, name);
	*fresh = !*br;
	if (*br)
		return 0;
	if (rq->cfg->n_bridges >= BRGUARD_BRIDGES_MAX) {
		NL_SET_ERR_MSG_ATTR(rq->extack,
				    rq->info->attrs[BRGUARD_A_BRIDGE_NAME],
				    "too many bridges");
		return -ENOSPC;
	}
	*br = brg_bridge_create(rq->cfg, name);

	return *br ? 0 : -ENOMEM;
}

/* A single 0 clears them. */
static int brg_bridge_parse_hold(struct brg_request *rq, u32 *hold)
{
	const struct genl_info *info = rq->info;
	const struct nlattr *a;
	int n = 0, rem;

	if (!info->attrs[BRGUARD_A_BRIDGE_HOLD])
		return 0;
	*hold = 0;
	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(a) != BRGUARD_A_BRIDGE_HOLD)
			continue;
		if (*hold & BIT(nla_get_u32(a)) || (n && !nla_get_u32(a)) ||
		    *hold & BIT(0)) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a,
					    "the same parameter twice, or 0 beside others");
			return -EINVAL;
		}
		*hold |= BIT(nla_get_u32(a));
		n++;
	}
	*hold &= ~BIT(0);

	return 0;
}

static void brg_bridge_parse_u32(const struct nlattr *attr, u32 *value)
{
	if (attr)
		*value = nla_get_u32(attr);
}

static int brg_bridge_parse(struct brg_request *rq,
			    struct brg_bridge_settings *set)
{
	struct nlattr **attrs = rq->info->attrs;

	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_NEW_PORT], &set->new_port);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_MODE], &set->mode);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_ARP_SCOPE],
			     &set->arp_scope);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_AGEING_FLOOR],
			     &set->ageing_floor);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_CLAIMS], &set->claims);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_ANSWERS], &set->answers);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_ANSWERS_MAX],
			     &set->answers_max);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_ANSWERS_TIME],
			     &set->answers_time);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_ANSWERS_OWN],
			     &set->answers_own);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_LOCAL_PORT],
			     &set->local_port);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_GUEST_FLOOD],
			     &set->guest_flood);
	brg_bridge_parse_u32(attrs[BRGUARD_A_BRIDGE_GUEST_LEARNING],
			     &set->guest_learning);

	return brg_bridge_parse_hold(rq, &set->hold);
}

static int brg_bridge_set(struct brg_request *rq)
{
	struct brg_bridge_settings old;
	struct brg_bridge *br;
	bool fresh;
	int err;

	err = brg_bridge_open(rq, &br, &fresh);
	if (err)
		return err;
	old = br->set;
	err = brg_bridge_parse(rq, &br->set) ?: brg_request_sync(rq);
	if (err)
		goto undo;
	brg_bridge_notify(rq, br, BRGUARD_CMD_BRIDGE_NTF);

	return 0;

undo:
	br->set = old;
	if (fresh) {
		brg_bridge_remove(rq->cfg, br);
		brg_bridge_free(br);
	}

	return err;
}

static int brg_bridge_del(struct brg_request *rq)
{
	struct brg_bridge *br;
	int err;

	err = brg_bridge_lookup(rq, &br);
	if (err)
		return err;
	brg_bridge_remove(rq->cfg, br);
	err = brg_request_sync(rq);
	if (err) {
		brg_bridge_insert(rq->cfg, br);
		return err;
	}
	brg_bridge_notify(rq, br, BRGUARD_CMD_BRIDGE_DEL_NTF);
	brg_bridge_free(br);

	return 0;
}

/**
 * brg_bridge_set_doit() - BRGUARD_CMD_BRIDGE_SET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_bridge_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_bridge_set);
}

/**
 * brg_bridge_del_doit() - BRGUARD_CMD_BRIDGE_DEL
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_bridge_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_bridge_del);
}
