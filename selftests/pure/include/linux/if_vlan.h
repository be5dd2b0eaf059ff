/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_IF_VLAN_H
#define PURE_LINUX_IF_VLAN_H

#include <linux/skbuff.h>

#define VLAN_HLEN	4
#define VLAN_VID_MASK	0x0fff

/* What stands behind the TPID. */
struct vlan_hdr {
	__be16 h_vlan_TCI;
	__be16 h_vlan_encapsulated_proto;
};

static inline bool skb_vlan_tag_present(const struct sk_buff *skb)
{
	return skb->vlan_present;
}

static inline bool eth_type_vlan(__be16 proto)
{
	return proto == htons(ETH_P_8021Q) || proto == htons(ETH_P_8021AD);
}

static inline u16 skb_vlan_tag_get(const struct sk_buff *skb)
{
	return skb->vlan_tci;
}

static inline u16 skb_vlan_tag_get_id(const struct sk_buff *skb)
{
	return skb->vlan_tci & VLAN_VID_MASK;
}

#endif /* PURE_LINUX_IF_VLAN_H */
