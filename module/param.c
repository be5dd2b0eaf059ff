// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parameters of bridges and ports, as rtnetlink speaks of them: there is no
 * other way to them from outside of the bridge that all kernels have.
 */
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/netlink.h>
#include <net/rtnetlink.h>
#include "netdev.h"
#include "param.h"

struct brg_param {
	u16 what;
	u16 attr;
	u16 size;
};

static const struct brg_param brg_bridge_params[] = {
	{ BRGUARD_WATCH_AGEING_TIME, IFLA_BR_AGEING_TIME, 4 },
	{ BRGUARD_WATCH_VLAN_FILTERING, IFLA_BR_VLAN_FILTERING, 1 },
	{ BRGUARD_WATCH_STP, IFLA_BR_STP_STATE, 4 },
	{ BRGUARD_WATCH_MCAST_SNOOPING, IFLA_BR_MCAST_SNOOPING, 1 },
	{ BRGUARD_WATCH_GROUP_FWD_MASK, IFLA_BR_GROUP_FWD_MASK, 2 },
	{}
};

static const struct brg_param brg_port_params[] = {
	{ BRGUARD_WATCH_LEARNING, IFLA_BRPORT_LEARNING, 1 },
	{ BRGUARD_WATCH_FLOOD, IFLA_BRPORT_UNICAST_FLOOD, 1 },
	{ BRGUARD_WATCH_MCAST_FLOOD, IFLA_BRPORT_MCAST_FLOOD, 1 },
	{ BRGUARD_WATCH_BCAST_FLOOD, IFLA_BRPORT_BCAST_FLOOD, 1 },
	{ BRGUARD_WATCH_ISOLATED, IFLA_BRPORT_ISOLATED, 1 },
	{ BRGUARD_WATCH_LOCKED, IFLA_BRPORT_LOCKED, 1 },
	{ BRGUARD_WATCH_HAIRPIN, IFLA_BRPORT_MODE, 1 },
	{ BRGUARD_WATCH_GUARD, IFLA_BRPORT_GUARD, 1 },
	{ BRGUARD_WATCH_NEIGH_SUPPRESS, IFLA_BRPORT_NEIGH_SUPPRESS, 1 },
	{}
};

static void brg_params_take(struct brg_params *p, const struct brg_param *param,
			    const struct nlattr *a)
{
	for (; param->size; param++) {
		if (param->attr != nla_type(a) || nla_len(a) != param->size)
			continue;
		p->known |= BIT(param->what);
		p->value[param->what] = param->size == 1 ? nla_get_u8(a) :
					param->size == 2 ? nla_get_u16(a) :
					nla_get_u32(a);
	}
}

static void brg_params_parse(struct brg_params *p,
			     const struct brg_param *param,
			     const struct nlattr *head, int len)
{
	const struct nlattr *a;
	int rem;

	nla_for_each_attr(a, head, len, rem)
		brg_params_take(p, param, a);
}

static int brg_params_fill(struct sk_buff *skb, const struct net_device *dev,
			   struct net_device *master)
{
	const struct rtnl_link_ops *ops = (master ?: dev)->rtnl_link_ops;

	if (!ops)
		return -EOPNOTSUPP;
	if (master)
		return ops->fill_slave_info ?
		       ops->fill_slave_info(skb, master, dev) : -EOPNOTSUPP;

	return ops->fill_info ? ops->fill_info(skb, dev) : -EOPNOTSUPP;
}

/**
 * brg_params_read() - read what there is now
 * @p: where it goes
 * @dev: bridge or port
 *
 * Context: may sleep; RTNL.
 * Return: 0, also if the device tells of nothing, or -ENOMEM.
 */
int brg_params_read(struct brg_params *p, const struct net_device *dev)
{
	struct net_device *master = NULL;
	struct sk_buff *skb;

	ASSERT_RTNL();
	p->known = 0;
	if (!netif_is_bridge_master(dev))
		master = netdev_master_upper_dev_get((struct net_device *)dev);
	skb = nlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	if (!brg_params_fill(skb, dev, master))
		brg_params_parse(p, master ? brg_port_params :
				 brg_bridge_params, (void *)skb->data,
				 skb->len);
	kfree_skb(skb);

	return 0;
}

static void brg_params_nested(struct brg_params *p,
			      const struct brg_param *param,
			      const struct nlattr *nest)
{
	if (nest)
		brg_params_parse(p, param, nla_data(nest), nla_len(nest));
}

/**
 * brg_params_message() - read what a link message tells
 * @p: where it goes
 * @nlh: RTM_NEWLINK, of a device or of the bridge about a port
 *
 * Context: any.
 */
void brg_params_message(struct brg_params *p, const struct nlmsghdr *nlh)
{
	const struct nlattr *info;

	p->known = 0;
	info = nlmsg_find_attr(nlh, sizeof(struct ifinfomsg), IFLA_LINKINFO);
	if (info) {
		brg_params_nested(p, brg_bridge_params,
				  nla_find_nested(info, IFLA_INFO_DATA));
		brg_params_nested(p, brg_port_params,
				  nla_find_nested(info, IFLA_INFO_SLAVE_DATA));
	}
	info = nlmsg_find_attr(nlh, sizeof(struct ifinfomsg), IFLA_PROTINFO);
	brg_params_nested(p, brg_port_params, info);
}

/**
 * brg_params_of() - the parameters that a device has
 * @dev: bridge or port
 *
 * Return: a bit for each.
 */
u32 brg_params_of(const struct net_device *dev)
{
	const struct brg_param *param = brg_netdev_is_bridge(dev) ?
					brg_bridge_params : brg_port_params;
	u32 params = 0;

	for (; param->size; param++)
		params |= BIT(param->what);

	return params;
}

/**
 * brg_params_differ() - compare parameters
 * @a: some
 * @b: others
 *
 * Return: those that are known in both, and differ, a bit for each.
 */
u32 brg_params_differ(const struct brg_params *a, const struct brg_params *b)
{
	u32 differ = a->known & b->known;
	u32 what;

	for (what = 0; what < BRG_PARAMS; what++)
		if (a->value[what] == b->value[what])
			differ &= ~BIT(what);

	return differ;
}

static const struct brg_param *brg_param_find(const struct brg_param *param,
					      enum brguard_watch what)
{
	for (; param->size; param++)
		if (param->what == what)
			return param;

	return NULL;
}

/* An attribute on its own, as the bridge reads them: by type. */
static int brg_param_change(struct net_device *dev, struct net_device *master,
			    const struct brg_param *param, u32 value)
{
	const struct rtnl_link_ops *ops = (master ?: dev)->rtnl_link_ops;
	struct { struct nlattr head; u8 byte[4]; } attr = {
		.head = {
			.nla_type = param->attr,
			.nla_len = nla_attr_size(param->size),
		},
	};
	unsigned int max = master ? ops->slave_maxtype : ops->maxtype;
	struct netlink_ext_ack extack = {};
	struct nlattr **data;
	u16 half = value;
	int err;

	if (param->size == 1)
		attr.byte[0] = value;
	else if (param->size == 2)
		memcpy(attr.byte, &half, sizeof(half));
	else
		memcpy(attr.byte, &value, sizeof(value));
	data = kcalloc(max + 1, sizeof(*data), GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	data[param->attr] = &attr.head;
	if (master)
		err = ops->slave_changelink(master, dev, NULL, data, &extack);
	else
		err = ops->changelink(dev, NULL, data, &extack);
	kfree(data);
	if (!err)
		netdev_state_change(dev);

	return err;
}

/**
 * brg_params_restore() - give a parameter a value
 * @dev: bridge or port
 * @what: parameter
 * @value: value that it had before
 *
 * Context: may sleep; RTNL.
 * Return: 0 or a negative error: -ENODEV if @dev is no bridge and no port, or
 * what the bridge says.
 */
int brg_params_restore(struct net_device *dev, enum brguard_watch what,
		       u32 value)
{
	const struct brg_param *param;
	struct net_device *master;

	ASSERT_RTNL();
	if (netif_is_bridge_master(dev)) {
		param = brg_param_find(brg_bridge_params, what);
		return param && dev->rtnl_link_ops ?
		       brg_param_change(dev, NULL, param, value) : -ENODEV;
	}
	master = netif_is_bridge_port(dev) ? netdev_master_upper_dev_get(dev) :
		 NULL;
	param = brg_param_find(brg_port_params, what);

	return param && master && master->rtnl_link_ops ?
	       brg_param_change(dev, master, param, value) : -ENODEV;
}
