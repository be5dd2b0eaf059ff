// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two bridge hooks that do nothing, where brguard has its own: the floor under
 * every filter that looks at a frame once when it comes and once when it goes.
 */
#include <linux/module.h>
#include <linux/netfilter.h>
#include <linux/netfilter_bridge.h>
#include <net/net_namespace.h>

static unsigned int brgbench_accept(void *priv, struct sk_buff *skb,
				    const struct nf_hook_state *state)
{
	return NF_ACCEPT;
}

static const struct nf_hook_ops brgbench_hooks[] = {
	{
		.hook = brgbench_accept,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_PRE_ROUTING,
		.priority = NF_BR_PRI_FIRST,
	}, {
		.hook = brgbench_accept,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_POST_ROUTING,
		.priority = NF_BR_PRI_FIRST,
	},
};

static int __init brgbench_init(void)
{
	return nf_register_net_hooks(&init_net, brgbench_hooks,
				     ARRAY_SIZE(brgbench_hooks));
}

static void __exit brgbench_exit(void)
{
	nf_unregister_net_hooks(&init_net, brgbench_hooks,
				ARRAY_SIZE(brgbench_hooks));
}

module_init(brgbench_init);
module_exit(brgbench_exit);
MODULE_DESCRIPTION("brguard benchmark: empty bridge hooks");
MODULE_LICENSE("GPL");
