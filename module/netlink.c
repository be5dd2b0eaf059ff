// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic netlink family: table of commands, what all handlers share.
 *
 * GENL_ADMIN_PERM on every command asks for CAP_NET_ADMIN in the initial user
 * namespace. The groups ask for it in the owner of the network namespace, so
 * nothing is sent where that is another one.
 */
#include <linux/cred.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include <net/net_namespace.h>
#include "attach.h"
#include "config.h"
#include "netlink.h"
#include "policy.h"

#define BRG_OP(_cmd, _doit, _dumpit, _policy)				\
	{								\
		.cmd = BRGUARD_CMD_##_cmd,				\
		.doit = _doit,						\
		.dumpit = _dumpit,					\
		.policy = _policy,					\
		.maxattr = ARRAY_SIZE(_policy) - 1,			\
		.flags = GENL_ADMIN_PERM,				\
	}

/* Without a policy, the core refuses every attribute. */
#define BRG_OP_BARE(_cmd, _doit)					\
	{								\
		.cmd = BRGUARD_CMD_##_cmd,				\
		.doit = _doit,						\
		.flags = GENL_ADMIN_PERM,				\
	}

static const struct genl_ops brg_ops[] = {
	BRG_OP(BRIDGE_GET, brg_bridge_get_doit, brg_bridge_get_dumpit,
	       brg_bridge_name_policy),
	BRG_OP(BRIDGE_SET, brg_bridge_set_doit, NULL, brg_bridge_set_policy),
	BRG_OP(BRIDGE_DEL, brg_bridge_del_doit, NULL, brg_bridge_name_policy),
	BRG_OP(PORT_GET, brg_port_get_doit, brg_port_get_dumpit,
	       brg_port_name_policy),
	BRG_OP(PORT_SET, brg_port_set_doit, NULL, brg_port_set_policy),
	BRG_OP(PORT_DEL, brg_port_del_doit, NULL, brg_port_name_policy),
	{
		.cmd = BRGUARD_CMD_BINDING_GET,
		.doit = brg_binding_get_doit,
		.start = brg_binding_get_start,
		.dumpit = brg_binding_get_dumpit,
		.policy = brg_binding_get_policy,
		.maxattr = ARRAY_SIZE(brg_binding_get_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	BRG_OP(BINDING_ADD, brg_binding_add_doit, NULL, brg_binding_policy),
	BRG_OP(BINDING_DEL, brg_binding_del_doit, NULL,
	       brg_binding_del_policy),
	BRG_OP(STATS_GET, brg_stats_get_doit, brg_stats_get_dumpit,
	       brg_stats_policy),
	BRG_OP(STATS_RESET, brg_stats_reset_doit, NULL, brg_stats_policy),
	BRG_OP(CONFIG_COMMIT, brg_config_commit_doit, NULL, brg_commit_policy),
	BRG_OP(EXPLAIN, brg_explain_doit, NULL, brg_explain_policy),
	BRG_OP(SUGGEST, NULL, brg_suggest_dumpit, brg_suggest_policy),
	BRG_OP_BARE(CONFIG_BEGIN, brg_config_begin_doit),
	BRG_OP_BARE(CONFIG_ABORT, brg_config_abort_doit),
};

static const struct genl_multicast_group brg_mcgrps[] = {
	[BRG_MCGRP_VIOLATION] = {
		.name = BRGUARD_MCGRP_VIOLATION,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
	[BRG_MCGRP_WATCH] = {
		.name = BRGUARD_MCGRP_WATCH,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
	[BRG_MCGRP_CONFIG] = {
		.name = BRGUARD_MCGRP_CONFIG,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

struct genl_family brg_family __ro_after_init = {
	.name = BRGUARD_FAMILY_NAME,
	.version = BRGUARD_FAMILY_VERSION,
	.module = THIS_MODULE,
	.netnsok = true,
	.parallel_ops = true,
	.ops = brg_ops,
	.n_ops = ARRAY_SIZE(brg_ops),
	.resv_start_op = BRGUARD_CMD_BRIDGE_GET,
	.mcgrps = brg_mcgrps,
	.n_mcgrps = ARRAY_SIZE(brg_mcgrps),
};

/* The groups are not brguard's any more. */
static bool brg_netlink_closed;

static struct notifier_block brg_netlink_notifier = {
	.notifier_call = brg_config_release,
};

/**
 * brg_attrs_check() - what strict validation lets pass and brguard does not
 * @head: first attribute
 * @len: length of all
 * @many: type that may come more than once, or 0
 * @extack: for the sentence
 *
 * Return: 0 or -EINVAL: a number in network byte order, an attribute twice.
 */
int brg_attrs_check(const struct nlattr *head, int len, int many,
		    struct netlink_ext_ack *extack)
{
	const struct nlattr *a;
	u64 seen = 0;
	int rem;

	nla_for_each_attr(a, head, len, rem) {
		if (a->nla_type & NLA_F_NET_BYTEORDER) {
			NL_SET_ERR_MSG_ATTR(extack, a,
					    "numbers are in host byte order");
			return -EINVAL;
		}
		if (nla_type(a) != many && seen & BIT_ULL(nla_type(a))) {
			NL_SET_ERR_MSG_ATTR(extack, a, "given twice");
			return -EINVAL;
		}
		seen |= BIT_ULL(nla_type(a));
	}

	return 0;
}

/* Policies end long before type 64. */
static int brg_request_check(const struct genl_info *info)
{
	const struct nlmsghdr *nlh = info->nlhdr;
	int many = 0;

	switch (info->genlhdr->cmd) {
	case BRGUARD_CMD_BRIDGE_SET:
		many = BRGUARD_A_BRIDGE_HOLD;
		break;
	case BRGUARD_CMD_PORT_SET:
		many = BRGUARD_A_PORT_ETHERTYPE;
		break;
	case BRGUARD_CMD_BINDING_ADD:
	case BRGUARD_CMD_BINDING_DEL:
		many = BRGUARD_A_BINDING_PREFIX;
		break;
	case BRGUARD_CMD_EXPLAIN:
		many = BRGUARD_A_EXPLAIN_FRAME;
		break;
	}

	return brg_attrs_check(nlmsg_attrdata(nlh, GENL_HDRLEN),
			       nlmsg_attrlen(nlh, GENL_HDRLEN), many,
			       info->extack);
}

/**
 * brg_request_begin() - lock for a request and find what it works on
 * @rq: what is filled in
 * @info: the request
 *
 * RTNL is taken only where devices may be looked at, that is, outside a
 * transaction and for a commit.
 *
 * Context: may sleep.
 * Return: 0, or -EINVAL: the request is malformed, and nothing is locked.
 */
int brg_request_begin(struct brg_request *rq, struct genl_info *info)
{
	struct brg_net *bn = brg_net_get(genl_info_net(info));
	bool commit = info->genlhdr->cmd == BRGUARD_CMD_CONFIG_COMMIT;
	int err;

	*rq = (struct brg_request){
		.bn = bn, .info = info, .extack = info->extack,
	};
	mutex_lock(&bn->lock);
	rq->t = brg_transaction_find(bn, info->snd_portid);
	if (!rq->t || commit) {
		mutex_unlock(&bn->lock);
		rtnl_lock();
		mutex_lock(&bn->lock);
		rq->t = brg_transaction_find(bn, info->snd_portid);
		rq->rtnl = true;
	}
	rq->cfg = rq->t ? rq->t->config : bn->config;
	err = brg_request_check(info);

	return err ? brg_request_end(rq, err) : 0;
}

/**
 * brg_request_explain() - have a sentence for every refusal
 * @extack: of the request
 * @err: its result
 *
 * Return: @err.
 */
int brg_request_explain(struct netlink_ext_ack *extack, int err)
{
	if (!err || !extack || extack->_msg)
		return err;
	if (err == -ENOMEM)
		NL_SET_ERR_MSG(extack, "no memory");
	else if (err == -EMSGSIZE)
		NL_SET_ERR_MSG(extack, "the answer does not fit");
	else
		NL_SET_ERR_MSG(extack, "devices cannot follow the change");

	return err;
}

/**
 * brg_request_end() - unlock after a request
 * @rq: request
 * @err: its result; a transaction with a failure can only be rolled back
 *
 * Return: @err.
 */
int brg_request_end(struct brg_request *rq, int err)
{
	struct brg_net *bn = rq->bn;

	if (rq->t && err)
		rq->t->failed = true;
	else if (rq->t)
		rq->t->requests++;
	else if (!err)
		bn->generation++;
	mutex_unlock(&bn->lock);
	if (rq->rtnl) {
		brg_flood_sync(bn);
		rtnl_unlock();
	}

	return brg_request_explain(rq->extack, err);
}

/**
 * brg_request_begin_read() - lock for a request outside of transactions
 * @rq: what is filled in: always with the live configuration
 * @info: the request
 *
 * Context: may sleep.
 * Return: 0, or -EINVAL: the request is malformed, and nothing is locked.
 */
int brg_request_begin_read(struct brg_request *rq, struct genl_info *info)
{
	struct brg_net *bn = brg_net_get(genl_info_net(info));
	int err;

	err = brg_request_check(info);
	if (err)
		return err;
	*rq = (struct brg_request){
		.bn = bn, .info = info, .extack = info->extack,
	};
	mutex_lock(&bn->lock);
	rq->cfg = bn->config;

	return 0;
}

/**
 * brg_request_end_read() - unlock after such a request
 * @rq: request
 */
void brg_request_end_read(struct brg_request *rq)
{
	mutex_unlock(&rq->bn->lock);
}

/**
 * brg_request_run() - carry out a request that changes something
 * @info: request
 * @change: does it, under the locks
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_request_run(struct genl_info *info,
		    int (*change)(struct brg_request *rq))
{
	struct brg_request rq;
	int err;

	err = brg_request_begin(&rq, info);

	return err ?: brg_request_end(&rq, change(&rq));
}

/**
 * brg_request_answer() - carry out a request for one object
 * @info: request
 * @fill: finds the object and fills in the answer, under the locks
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_request_answer(struct genl_info *info,
		       int (*fill)(struct brg_request *rq,
				   const struct brg_message *m))
{
	struct brg_request rq;
	struct brg_message m;
	int err;

	err = brg_message_alloc(&m, info, info->genlhdr->cmd,
				GENLMSG_DEFAULT_SIZE);
	err = err ?: brg_request_begin_read(&rq, info);
	if (!err) {
		err = fill(&rq, &m);
		brg_request_end_read(&rq);
	}

	return brg_message_reply(&m, info, err);
}

/**
 * brg_request_sync() - let devices follow a changed live configuration
 * @rq: request
 *
 * Return: 0, always in a transaction; -ENOMEM: nothing has changed, and the
 * configuration is to be put back.
 */
int brg_request_sync(struct brg_request *rq)
{
	return rq->t ? 0 : brg_attach_sync(rq->bn, NULL);
}

/**
 * brg_request_name() - a name out of a request
 * @rq: request
 * @attr: its attribute
 * @name: where it goes
 *
 * Return: 0, or -EINVAL: missing, empty, or with control characters.
 */
int brg_request_name(struct brg_request *rq, int attr, const char **name)
{
	const struct nlattr *a = rq->info->attrs[attr];
	const char *c;

	if (GENL_REQ_ATTR_CHECK(rq->info, attr)) {
		NL_SET_ERR_MSG(rq->extack, "a name is needed");
		return -EINVAL;
	}
	*name = nla_data(a);
	if (!**name) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a, "the name is empty");
		return -EINVAL;
	}
	for (c = *name; *c; c++)
		if ((u8)*c < ' ' || *c == 0x7f) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a,
					    "control character in the name");
			return -EINVAL;
		}

	return 0;
}

/**
 * brg_dump_check() - what strict validation lets pass of a dump's request
 * @cb: dump
 * @takes_name: it may be one of a single port
 *
 * For dumpit, as kernels before 6.5 hear of no reason while a dump begins.
 *
 * Return: 0, or -EINVAL: see brg_attrs_check(), or a name where it takes none.
 */
int brg_dump_check(struct netlink_callback *cb, bool takes_name)
{
	const struct nlattr *a = nlmsg_attrdata(cb->nlh, GENL_HDRLEN);
	int len = nlmsg_attrlen(cb->nlh, GENL_HDRLEN);
	int err;

	err = brg_attrs_check(a, len, 0, cb->extack);
	if (err || takes_name || !len)
		return err;
	NL_SET_ERR_MSG_ATTR(cb->extack, a, "a dump takes no name");

	return -EINVAL;
}

/**
 * brg_request_check_bridge() - can a bridge have this name?
 * @rq: request
 * @attr: attribute with the name
 *
 * Return: 0 or -EINVAL.
 */
int brg_request_check_bridge(struct brg_request *rq, int attr)
{
	const struct nlattr *a = rq->info->attrs[attr];

	if (!dev_valid_name(nla_data(a))) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a,
				    "no interface can have this name");
		return -EINVAL;
	}
	if (!nla_strcmp(a, "any")) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a,
				    "\"any\" stands for every bridge");
		return -EINVAL;
	}

	return 0;
}

/**
 * brg_netlink_listens() - does anybody listen to a group?
 * @bn: namespace
 * @group: group
 *
 * Context: any.
 * Return: whether an event is worth its making.
 */
bool brg_netlink_listens(const struct brg_net *bn, enum brg_mcgrp group)
{
	return !READ_ONCE(brg_netlink_closed) &&
	       bn->net->user_ns == &init_user_ns &&
	       genl_has_listeners(&brg_family, bn->net, group);
}

/**
 * brg_netlink_init() - open to users
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_netlink_init(void)
{
	int err;

	err = netlink_register_notifier(&brg_netlink_notifier);
	if (err)
		return err;
	err = genl_register_family(&brg_family);
	if (err)
		netlink_unregister_notifier(&brg_netlink_notifier);

	return err;
}

/**
 * brg_netlink_exit() - close to users
 *
 * Context: may sleep.
 */
void brg_netlink_exit(void)
{
	/* Another family may get the numbers of the groups: be silent first. */
	WRITE_ONCE(brg_netlink_closed, true);
	synchronize_rcu();
	genl_unregister_family(&brg_family);
	netlink_unregister_notifier(&brg_netlink_notifier);
}
