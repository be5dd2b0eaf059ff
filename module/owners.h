/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which addresses are bound on bridges with arp-scope owner, as frames meet
 * them: built at once, never changed, replaced as a whole under RCU. It saves
 * work and guards nothing, so without memory there is none.
 */
#ifndef BRG_OWNERS_H
#define BRG_OWNERS_H

#include <linux/rcupdate.h>
#include "rules.h"

struct brg_net;
struct net_device;

/**
 * struct brg_owners - addresses by device and VLAN
 * @rules: the addresses; the ifindex of the bridge, and once more that of the
 *	port, stands for the MAC
 * @rcu: to free it
 */
struct brg_owners {
	struct brg_rules rules;
	struct rcu_head rcu;
};

void brg_owners_refresh(struct brg_net *bn);
bool brg_owners_is_elsewhere_rcu(const struct brg_net *bn,
				 struct net_device *dev,
				 const struct brg_frame *f);

#endif /* BRG_OWNERS_H */
