// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/string.h>
#include <net/sock.h>
#include "attach.h"
#include "binding.h"
#include "config.h"
#include "frame.h"
#include "netlink.h"
#include "port.h"
#include "stats.h"

/**
 * brg_port_fill_settings() - put what a user can say of a port
 * @skb: answer
 * @set: settings
 *
 * Return: 0 or -EMSGSIZE.
 */
int brg_port_fill_settings(struct sk_buff *skb,
			   const struct brg_port_settings *set)
{
	u8 i;

	if (set->bridge[0] &&
	    nla_put_string(skb, BRGUARD_A_PORT_BRIDGE, set->bridge))
		return -EMSGSIZE;
	for (i = 0; i < set->ethertypes; i++)
		if (nla_put_u16(skb, BRGUARD_A_PORT_ETHERTYPE,
				ntohs(set->ethertype[i])))
			return -EMSGSIZE;

	return nla_put_u32(skb, BRGUARD_A_PORT_ROLE, set->role) ?:
	       nla_put_u32(skb, BRGUARD_A_PORT_MODE, set->mode) ?:
	       nla_put_u32(skb, BRGUARD_A_PORT_LINK_LOCAL, set->link_local) ?:
	       nla_put_u8(skb, BRGUARD_A_PORT_DHCP_SERVER, set->dhcp_server) ?:
	       nla_put_u8(skb, BRGUARD_A_PORT_ROUTER, set->router) ?:
	       nla_put_u32(skb, BRGUARD_A_PORT_UPLINK_MACS, set->uplink_macs);
}

static int brg_port_fill_device(struct sk_buff *skb, struct net_device *dev)
{
	struct net_device *master;
	int err;

	err = brg_put_name(skb, BRGUARD_A_PORT_DEVICE, dev) ?:
	      nla_put_u32(skb, BRGUARD_A_PORT_IFINDEX, dev->ifindex) ?:
	      nla_put_u32(skb, BRGUARD_A_PORT_PROMISCUITY,
			  READ_ONCE(dev->promiscuity));
	rcu_read_lock();
	master = netdev_master_upper_dev_get_rcu(dev);
	if (master)
		err = err ?: brg_put_name(skb, BRGUARD_A_PORT_MASTER, master);
	err = err ?: brg_netlink_unreported(skb, BRGUARD_A_PORT_UNREPORTED,
					    brg_net_get(dev_net(dev)), dev);
	rcu_read_unlock();

	return err;
}

static int brg_port_fill(const struct brg_message *m,
			 const struct brg_port *port)
{
	void *hdr;

	hdr = brg_message_begin(m);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_string(m->skb, BRGUARD_A_PORT_NAME, port->name))
		goto cancel;
	if (m->cmd == BRGUARD_CMD_PORT_DEL_NTF)
		goto end;
	if (brg_port_fill_settings(m->skb, &port->set))
		goto cancel;
	if (port->slot && brg_port_fill_device(m->skb, port->slot->dev))
		goto cancel;
end:
	genlmsg_end(m->skb, hdr);

	return 0;

cancel:
	genlmsg_cancel(m->skb, hdr);

	return -EMSGSIZE;
}

static void brg_port_notify(struct brg_request *rq, const struct brg_port *port,
			    u8 cmd)
{
	struct brg_message m;

	if (rq->t || !brg_netlink_listens(rq->bn, BRG_MCGRP_CONFIG) ||
	    brg_message_alloc(&m, NULL, cmd, GENLMSG_DEFAULT_SIZE))
		return;
	brg_port_fill(&m, port);
	brg_netlink_multicast(rq->bn, m.skb, BRG_MCGRP_CONFIG, GFP_KERNEL);
}

static int brg_port_lookup(struct brg_request *rq, struct brg_port **port)
{
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_PORT_NAME, &name);
	if (err)
		return err;
	*port = brg_port_find(rq->cfg, name);
	if (*port)
		return 0;
	NL_SET_ERR_MSG_ATTR(rq->extack, rq->info->attrs[BRGUARD_A_PORT_NAME],
			    "no such port is configured");

	return -ENOENT;
}

static int brg_port_answer(struct brg_request *rq, const struct brg_message *m)
{
	struct brg_port *port;
	int err;

	err = brg_port_lookup(rq, &port);

	return err ?: brg_port_fill(m, port);
}

/**
 * brg_port_get_doit() - BRGUARD_CMD_PORT_GET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_port_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_answer(info, brg_port_answer);
}

/**
 * brg_port_get_dumpit() - BRGUARD_CMD_PORT_GET
 * @skb: answer
 * @cb: state: args[0] is the number of ports sent
 *
 * Return: bytes so far or a negative error.
 */
int brg_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct brg_message m = brg_message_dump(skb, cb, BRGUARD_CMD_PORT_GET);
	struct brg_net *bn = brg_net_get(sock_net(skb->sk));
	struct brg_port *port;
	bool all = true;
	long n = 0;
	int err;

	err = brg_dump_check(cb, false);
	if (err)
		return err;
	mutex_lock(&bn->lock);
	cb->seq = bn->generation;
	brg_port_for_each(port, bn->config) {
		all = n < cb->args[0] || !brg_port_fill(&m, port);
		if (!all)
			break;
		n++;
	}
	mutex_unlock(&bn->lock);
	cb->args[0] = n;

	return brg_message_dumped(&m, all);
}

/* Those that brguard judges itself, and tags, cannot be waved through. */
static bool brg_ethertype_may_be_allowed(u16 proto)
{
	switch (proto) {
	case ETH_P_IP:
	case ETH_P_IPV6:
	case ETH_P_ARP:
	case ETH_P_RARP:
		return false;
	}

	return proto >= ETH_P_802_3_MIN && !brg_is_tpid(htons(proto));
}

static bool brg_ethertype_is_in(const __be16 *list, u8 n, u16 proto)
{
	while (n--)
		if (list[n] == htons(proto))
			return true;

	return false;
}

static int brg_port_set_ethertypes(struct brg_request *rq,
				   struct brg_port_settings *set)
{
	const struct nlattr *a;
	__be16 list[BRGUARD_ETHERTYPES_MAX] = {};
	bool clear = false;
	u8 n = 0;
	u16 proto;
	int rem;

	if (!rq->info->attrs[BRGUARD_A_PORT_ETHERTYPE])
		return 0;
	nlmsg_for_each_attr(a, rq->info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(a) != BRGUARD_A_PORT_ETHERTYPE)
			continue;
		proto = nla_get_u16(a);
		if (brg_ethertype_is_in(list, n, proto) || (clear && !proto)) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a, "given twice");
			return -EINVAL;
		}
		clear |= !proto;
		if (!proto && !n)
			continue;
		if (clear || !brg_ethertype_may_be_allowed(proto)) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a,
					    "this EtherType cannot be allowed");
			return -EINVAL;
		}
		if (n == BRGUARD_ETHERTYPES_MAX) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a,
					    "too many EtherTypes on one port");
			return -ENOSPC;
		}
		list[n++] = htons(proto);
	}
	memcpy(set->ethertype, list, sizeof(list));
	set->ethertypes = n;

	return 0;
}

static int brg_port_set_bridge(struct brg_request *rq,
			       struct brg_port_settings *set)
{
	const struct nlattr *a = rq->info->attrs[BRGUARD_A_PORT_BRIDGE];

	if (!a)
		return 0;
	memset(set->bridge, 0, sizeof(set->bridge));
	nla_strscpy(set->bridge, a, sizeof(set->bridge));

	return set->bridge[0] ?
	       brg_request_check_bridge(rq, BRGUARD_A_PORT_BRIDGE) : 0;
}

/* By its bindings, a guest is held to more than this already. */
static int brg_port_check_uplink(struct brg_request *rq,
				 const struct brg_port_settings *set)
{
	if (set->uplink_macs != BRGUARD_UPLINK_MACS_BOUND ||
	    set->role == BRGUARD_ROLE_TRUSTED)
		return 0;
	NL_SET_ERR_MSG_ATTR(rq->extack,
			    rq->info->attrs[BRGUARD_A_PORT_UPLINK_MACS] ?:
			    rq->info->attrs[BRGUARD_A_PORT_ROLE],
			    "uplink-macs bound is for trusted ports");

	return -EINVAL;
}

static int brg_port_parse(struct brg_request *rq, struct brg_port_settings *set)
{
	struct nlattr **attrs = rq->info->attrs;
	int err;

	if (attrs[BRGUARD_A_PORT_ROLE])
		set->role = nla_get_u32(attrs[BRGUARD_A_PORT_ROLE]);
	if (attrs[BRGUARD_A_PORT_MODE])
		set->mode = nla_get_u32(attrs[BRGUARD_A_PORT_MODE]);
	if (attrs[BRGUARD_A_PORT_LINK_LOCAL])
		set->link_local = nla_get_u32(attrs[BRGUARD_A_PORT_LINK_LOCAL]);
	if (attrs[BRGUARD_A_PORT_DHCP_SERVER])
		set->dhcp_server =
			nla_get_u8(attrs[BRGUARD_A_PORT_DHCP_SERVER]);
	if (attrs[BRGUARD_A_PORT_ROUTER])
		set->router = nla_get_u8(attrs[BRGUARD_A_PORT_ROUTER]);
	if (attrs[BRGUARD_A_PORT_UPLINK_MACS])
		set->uplink_macs =
			nla_get_u32(attrs[BRGUARD_A_PORT_UPLINK_MACS]);
	err = brg_port_check_uplink(rq, set);
	err = err ?: brg_port_set_bridge(rq, set);

	return err ?: brg_port_set_ethertypes(rq, set);
}

static int brg_port_create(struct brg_request *rq, const char *name,
			   struct brg_port **port)
{
	if (GENL_REQ_ATTR_CHECK(rq->info, BRGUARD_A_PORT_ROLE)) {
		NL_SET_ERR_MSG(rq->extack, "a new port needs a role");
		return -EINVAL;
	}
	if (rq->cfg->n_ports >= BRGUARD_PORTS_MAX) {
		NL_SET_ERR_MSG_ATTR(rq->extack,
				    rq->info->attrs[BRGUARD_A_PORT_NAME],
				    "too many ports");
		return -ENOSPC;
	}
	*port = brg_port_alloc(name);
	if (!*port)
		return -ENOMEM;
	/* A commit gives the others theirs. */
	if (!rq->t)
		(*port)->stats = brg_attach_stats(rq->bn, name);
	if (!rq->t && !(*port)->stats) {
		brg_port_free(*port);
		return -ENOMEM;
	}
	brg_port_insert(rq->cfg, *port);

	return 0;
}

static int brg_port_change(struct brg_request *rq, struct brg_port *port,
			   const struct brg_port_settings *set)
{
	struct brg_port_settings old = port->set;
	int err;

	port->set = *set;
	port->generation++;
	err = strcmp(old.bridge, set->bridge) ?
	      brg_binding_check_port(rq->cfg, port) : 0;
	if (err)
		NL_SET_ERR_MSG_ATTR(rq->extack,
				    rq->info->attrs[BRGUARD_A_PORT_BRIDGE],
				    "another port of this bridge has an address of this port, not shared");
	err = err ?: brg_request_sync(rq);
	if (err) {
		port->set = old;
		port->generation++;
	}

	return err;
}

static int brg_port_set(struct brg_request *rq)
{
	struct brg_port_settings set;
	struct brg_port *port;
	const char *name;
	bool fresh;
	int err;

	err = brg_request_name(rq, BRGUARD_A_PORT_NAME, &name);
	if (err)
		return err;
	port = brg_port_find(rq->cfg, name);
	fresh = !port;
	if (fresh)
		err = brg_port_create(rq, name, &port);
	if (err)
		return err;

	set = port->set;
	err = brg_port_parse(rq, &set);
	err = err ?: brg_port_change(rq, port, &set);
	if (err && fresh) {
		brg_port_remove(rq->cfg, port);
		brg_port_free(port);
	}
	if (!err)
		brg_port_notify(rq, port, BRGUARD_CMD_PORT_NTF);

	return err;
}

static int brg_port_del(struct brg_request *rq)
{
	struct brg_port *port;
	int err;

	err = brg_port_lookup(rq, &port);
	if (err)
		return err;
	brg_port_remove(rq->cfg, port);
	err = brg_request_sync(rq);
	if (err) {
		brg_port_insert(rq->cfg, port);
		return err;
	}
	brg_port_notify(rq, port, BRGUARD_CMD_PORT_DEL_NTF);
	brg_binding_remove_all(rq->cfg, port);
	brg_port_free(port);

	return 0;
}

/**
 * brg_port_set_doit() - BRGUARD_CMD_PORT_SET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_port_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_port_set);
}

/**
 * brg_port_del_doit() - BRGUARD_CMD_PORT_DEL
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_port_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_port_del);
}
