// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two hooks that do nothing: the floor under every filter that looks at a frame
 * once when it comes and once when it goes. By default where the bridge calls
 * them; "ingress" and "egress" move the one or the other to the ports' devices,
 * and "elsewhere" adds one to a device.
 */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/netfilter_bridge.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

#define BRGBENCH_HOOKS	16

static bool ingress;
module_param(ingress, bool, 0);
MODULE_PARM_DESC(ingress, "netdev ingress in place of NF_BR_PRE_ROUTING");
static bool egress;
module_param(egress, bool, 0);
MODULE_PARM_DESC(egress, "netdev egress in place of NF_BR_POST_ROUTING");

static char *elsewhere;
module_param(elsewhere, charp, 0);
MODULE_PARM_DESC(elsewhere, "a device that has a netdev ingress hook, too");

static struct nf_hook_ops brgbench_ops[BRGBENCH_HOOKS];
static unsigned int brgbench_hooks;

static unsigned int brgbench_accept(void *priv, struct sk_buff *skb,
				    const struct nf_hook_state *state)
{
	return NF_ACCEPT;
}

static int brgbench_hook(struct net_device *dev, unsigned int hooknum)
{
	struct nf_hook_ops *ops = &brgbench_ops[brgbench_hooks];
	int err;

	if (brgbench_hooks == BRGBENCH_HOOKS)
		return -ENOSPC;
	*ops = (struct nf_hook_ops){
		.hook = brgbench_accept,
		.dev = dev,
		.pf = dev ? NFPROTO_NETDEV : NFPROTO_BRIDGE,
		.hooknum = hooknum,
		.priority = INT_MIN,
	};
	err = nf_register_net_hook(&init_net, ops);
	if (!err)
		brgbench_hooks++;

	return err;
}

static int brgbench_hook_ports(unsigned int hooknum)
{
	struct net_device *dev;
	int err = 0;

	rtnl_lock();
	for_each_netdev(&init_net, dev)
		if (netif_is_bridge_port(dev))
			err = err ?: brgbench_hook(dev, hooknum);
	rtnl_unlock();

	return err;
}

static int brgbench_hook_elsewhere(void)
{
	struct net_device *dev;
	int err = -ENODEV;

	if (!elsewhere)
		return 0;
	rtnl_lock();
	dev = __dev_get_by_name(&init_net, elsewhere);
	if (dev)
		err = brgbench_hook(dev, NF_NETDEV_INGRESS);
	rtnl_unlock();

	return err;
}

static void brgbench_exit(void)
{
	nf_unregister_net_hooks(&init_net, brgbench_ops, brgbench_hooks);
}

static int __init brgbench_init(void)
{
	int err;

	err = ingress ? brgbench_hook_ports(NF_NETDEV_INGRESS) :
	      brgbench_hook(NULL, NF_BR_PRE_ROUTING);
	if (!err)
		err = egress ? brgbench_hook_ports(NF_NETDEV_EGRESS) :
		      brgbench_hook(NULL, NF_BR_POST_ROUTING);
	err = err ?: brgbench_hook_elsewhere();
	if (err)
		brgbench_exit();

	return err;
}

module_init(brgbench_init);
module_exit(brgbench_exit);
MODULE_DESCRIPTION("brguard benchmark: empty hooks");
MODULE_LICENSE("GPL");
