// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include "attach.h"
#include "binding.h"
#include "config.h"
#include "explain.h"
#include "netlink.h"
#include "policy.h"
#include "table.h"

/* Bytes of an answer without verdicts, and of a verdict, generously. */
#define BRG_EXPLAIN_SIZE	256
#define BRG_VERDICT_SIZE	96

static int brg_explain_fill_binding(struct sk_buff *skb,
				    const struct brg_explanation *e)
{
	struct brg_address mac;

	brg_binding_mac(e->binding, &mac);
	if (nla_put(skb, BRGUARD_A_VERDICT_MAC, ETH_ALEN, mac.byte) ||
	    nla_put_u16(skb, BRGUARD_A_VERDICT_VLAN, mac.vid))
		return -EMSGSIZE;

	return e->covered ? brg_prefix_fill(skb, BRGUARD_A_VERDICT_PREFIX,
					    &e->prefix) : 0;
}

static int brg_explain_fill(struct sk_buff *skb, const struct brg_explain *x,
			    const struct brg_explanation *e)
{
	struct nlattr *nest;
	int err;

	nest = nla_nest_start(skb, BRGUARD_A_EXPLAIN_VERDICT);
	if (!nest)
		return -EMSGSIZE;
	err = nla_put_u32(skb, BRGUARD_A_VERDICT_REASON, e->reason);
	if (e->reason && e->audited)
		err = err ?: nla_put_flag(skb, BRGUARD_A_VERDICT_AUDITED);
	if (e->pruned)
		err = err ?: nla_put_flag(skb, BRGUARD_A_VERDICT_PRUNED);
	if (e->binding)
		err = err ?: brg_explain_fill_binding(skb, e);
	nla_nest_end(skb, nest);

	return err;
}

static const struct brg_slot *brg_explain_slot(const struct brg_net *bn,
					       const char *name)
{
	const struct brg_slot *slot;
	int i;

	hash_for_each(bn->slots, i, slot, node)
		if (!strcmp(slot->dev->name, name))
			return slot;

	return NULL;
}

/* What the device of this name follows, or else the port of this name. */
static int brg_explain_find(struct brg_request *rq, struct brg_explain *x)
{
	const struct nlattr *a = rq->info->attrs[BRGUARD_A_EXPLAIN_PORT];
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_EXPLAIN_PORT, &name);
	if (err)
		return err;
	x->slot = brg_explain_slot(rq->bn, name);
	if (x->slot)
		return 0;
	x->port = brg_port_find(rq->cfg, name);
	if (!x->port) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a, "no such port");
		return -ENOENT;
	}
	if (x->port->template) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a,
				    "a template stands for many ports");
		return -EINVAL;
	}
	x->slot = x->port->slot;

	return 0;
}

static int brg_explain_one(struct brg_request *rq, const struct brg_explain *x,
			   const struct nlattr *attr, struct sk_buff *skb)
{
	struct nlattr *tb[BRGUARD_A_FRAME_LENGTH + 1];
	struct brg_explanation e;
	u32 len, whole;
	int err;

	err = brg_attrs_check(nla_data(attr), nla_len(attr), 0, rq->extack);
	err = err ?: nla_parse_nested(tb, BRGUARD_A_FRAME_LENGTH, attr,
				      brg_frame_policy, rq->extack);
	if (err)
		return err;
	len = tb[BRGUARD_A_FRAME_DATA] ? nla_len(tb[BRGUARD_A_FRAME_DATA]) : 0;
	if (!len) {
		NL_SET_ERR_MSG_ATTR(rq->extack, attr, "frame without data");
		return -EINVAL;
	}
	whole = tb[BRGUARD_A_FRAME_LENGTH] ?
		nla_get_u32(tb[BRGUARD_A_FRAME_LENGTH]) : len;
	if (whole < len) {
		NL_SET_ERR_MSG_ATTR(rq->extack, tb[BRGUARD_A_FRAME_LENGTH],
				    "the frame is longer than its length");
		return -EINVAL;
	}
	err = brg_explain_frame(x, nla_data(tb[BRGUARD_A_FRAME_DATA]), len,
				whole, &e);

	return err ?: brg_explain_fill(skb, x, &e);
}

static int brg_explain_all(struct brg_request *rq, struct brg_explain *x,
			   struct sk_buff *skb)
{
	const struct brg_port *port = x->slot ? x->slot->now.port : x->port;
	const struct genl_info *info = rq->info;
	const struct nlattr *a;
	int err, rem;

	err = nla_put_string(skb, BRGUARD_A_EXPLAIN_PORT, port->name);
	err = err ?: brg_explain_begin(x);
	if (err)
		return err;
	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem)
		if (nla_type(a) == BRGUARD_A_EXPLAIN_FRAME)
			err = err ?: brg_explain_one(rq, x, a, skb);
	brg_explain_end(x);

	return err;
}

static int brg_explain_answer(struct brg_request *rq,
			      const struct brg_message *m)
{
	const struct nlattr *dir = rq->info->attrs[BRGUARD_A_EXPLAIN_DIRECTION];
	struct brg_explain x = { .bn = rq->bn };
	void *hdr;
	int err;

	if (GENL_REQ_ATTR_CHECK(rq->info, BRGUARD_A_EXPLAIN_DIRECTION)) {
		NL_SET_ERR_MSG(rq->extack, "a direction is needed");
		return -EINVAL;
	}
	x.direction = nla_get_u32(dir);
	err = brg_explain_find(rq, &x);
	if (err)
		return err;
	hdr = brg_message_begin(m);
	if (!hdr)
		return -EMSGSIZE;
	err = brg_explain_all(rq, &x, m->skb);
	genlmsg_end(m->skb, hdr);

	return err;
}

static int brg_explain_count(struct genl_info *info)
{
	const struct nlattr *a;
	int n = 0, rem;

	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem)
		n += nla_type(a) == BRGUARD_A_EXPLAIN_FRAME;
	if (!n) {
		if (GENL_REQ_ATTR_CHECK(info, BRGUARD_A_EXPLAIN_FRAME))
			NL_SET_ERR_MSG(info->extack, "a frame is needed");
		return -EINVAL;
	}
	if (n <= BRGUARD_FRAMES_MAX)
		return n;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[BRGUARD_A_EXPLAIN_FRAME],
			    "too many frames in one request");

	return -EINVAL;
}

/**
 * brg_explain_doit() - BRGUARD_CMD_EXPLAIN
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_explain_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct brg_request rq;
	struct brg_message m;
	int err, n;

	n = brg_explain_count(info);
	if (n < 0)
		return n;
	err = brg_message_alloc(&m, info, BRGUARD_CMD_EXPLAIN,
				BRG_EXPLAIN_SIZE + n * BRG_VERDICT_SIZE);
	/* Names of devices, and which port they follow. */
	rtnl_lock();
	err = err ?: brg_request_begin_read(&rq, info);
	if (!err) {
		err = brg_explain_answer(&rq, &m);
		brg_request_end_read(&rq);
	}
	rtnl_unlock();

	return brg_message_reply(&m, info, err);
}
