/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_HOOKS_H
#define BRG_HOOKS_H

#include <linux/netfilter.h>

struct brg_net;
struct net_device;

void brg_hooks_init(struct brg_net *bn);
void brg_hooks_init_ingress(struct brg_net *bn, struct net_device *dev,
			    struct nf_hook_ops *ops);
int brg_hooks_enable(struct brg_net *bn, bool inward);
void brg_hooks_disable(struct brg_net *bn);

#endif /* BRG_HOOKS_H */
