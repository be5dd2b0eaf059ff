/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a frame is, and whose an address is there: the questions that hooks ask
 * of struct brg_owners.
 */
#ifndef BRG_PLACE_H
#define BRG_PLACE_H

#include <linux/types.h>
#include "frame.h"

struct brg_net;
struct brg_owners;
struct net_device;
struct sk_buff;

/**
 * struct brg_place - where a frame is
 * @net: namespace of the bridge
 * @owners: its index, or NULL
 * @bridge: ifindex of the bridge
 * @vid: VLAN ID: the bridge's own if it filters VLANs, else the tag's
 * @filters: it does
 */
struct brg_place {
	struct net *net;
	const struct brg_owners *owners;
	int bridge;
	u16 vid;
	bool filters;
};

struct brg_place brg_place_rcu(const struct brg_net *bn,
			       const struct net_device *bridge,
			       const struct net_device *wire,
			       const struct brg_frame *f);
bool brg_place_was_behind_rcu(struct net_device *dev,
			      const struct sk_buff *skb,
			      const struct brg_frame *f);
void brg_place_retag_rcu(const struct net_device *from,
			 const struct net_device *to, struct brg_frame *f);
bool brg_place_has_mac_rcu(const struct brg_place *at, u64 mac, u32 *owner);
bool brg_place_has_ip4_rcu(const struct brg_place *at, __be32 addr,
			   u32 *owner);
bool brg_place_has_ip6_rcu(const struct brg_place *at,
			   const struct in6_addr *addr, u32 *owner);
bool brg_place_binds_ip_rcu(const struct brg_place *at, bool ip4,
			    const struct in6_addr *addr);
bool brg_place_binds_mac_rcu(const struct brg_net *bn, int bridge, u64 mac);
bool brg_place_is_elsewhere_rcu(const struct brg_net *bn,
				struct net_device *dev,
				const struct brg_frame *f);

#endif /* BRG_PLACE_H */
