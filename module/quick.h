/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The quick way: what decides an ordinary frame, read and looked up at once.
 * Only to pass: false says nothing, and the frame goes the long way, through
 * struct brg_frame and verdict. So whatever passes here must pass there.
 *
 * That an address is bound to a key says that the MAC is bound in that VLAN: it
 * is no group address, and steps 1, 2 and 4 hold. Pure, but for the skb.
 */
#ifndef BRG_QUICK_H
#define BRG_QUICK_H

#include <net/ipv6.h>
#include "parse.h"
#include "rules.h"
#include "verdict.h"

/* The key of who sent a frame with an Ethernet header. */
static __always_inline u64 brg_quick_key_in(const struct sk_buff *skb)
{
	return brg_parse_smac(brg_parse_ethhdr(skb)) |
	       brg_parse_quick_vlan(skb);
}

static __always_inline u64 brg_quick_key_out(const struct sk_buff *skb)
{
	return brg_parse_dmac(brg_parse_ethhdr(skb)) |
	       brg_parse_quick_vlan(skb);
}

/* Steps 3 and 4 can be told; a prefix spans no impossible sources. */
static __always_inline bool brg_quick_may_in(const struct brg_rules *r,
					     const struct sk_buff *skb)
{
	return brg_parse_has_ethhdr(skb) && !r->wide &&
	       !brg_mac_is_reserved(brg_parse_dmac(brg_parse_ethhdr(skb)));
}

/* Steps 1 to 4, 6 and 7: a guest with few prefixes sends data. */
static __always_inline bool brg_quick_in(const struct brg_rules *r,
					 const struct sk_buff *skb)
{
	__be16 proto;
	u64 key;

	if (!brg_quick_may_in(r, skb))
		return false;
	proto = brg_parse_ethhdr(skb)->h_proto;
	key = brg_quick_key_in(skb);
	if (likely(proto == htons(ETH_P_IP)))
		return !r->shift4 && brg_parse_quick_ip4(skb) &&
		       brg_parse_quick_ip4_in(skb) &&
		       brg_rules_has_few4(r, key, brg_parse_iphdr(skb)->saddr);

	return proto == htons(ETH_P_IPV6) && !r->shift6 &&
	       brg_parse_quick_ip6(skb) && brg_parse_quick_ip6_in(skb) &&
	       brg_rules_has_few6(r, key, &brg_parse_ipv6hdr(skb)->saddr);
}

/* What is asked for is no group's; an answer is for what is bound. */
static inline bool brg_quick_nd_in(const struct brg_rules *r, u64 key,
				   const struct sk_buff *skb)
{
	const struct ipv6hdr *ip = brg_parse_ipv6hdr(skb);
	const struct nd_msg *msg = brg_parse_nd_msg(skb);

	if (msg->icmph.icmp6_type == NDISC_NEIGHBOUR_SOLICITATION)
		return !ipv6_addr_is_multicast(&msg->target);

	return msg->icmph.icmp6_type == NDISC_NEIGHBOUR_ADVERTISEMENT &&
	       !r->counts && brg_rules_has_ip6(r, key, &msg->target) &&
	       !(msg->icmph.icmp6_solicited &&
		 ipv6_addr_is_multicast(&ip->daddr));
}

static inline bool brg_quick_ip6_in(const struct brg_rules *r,
				    const struct sk_buff *skb)
{
	u64 mac = brg_parse_smac(brg_parse_ethhdr(skb));
	u64 key = brg_quick_key_in(skb);

	if (r->shift6 && brg_parse_quick_ip6(skb) &&
	    brg_parse_quick_ip6_in(skb))
		return brg_rules_has_many6(r, key,
					   &brg_parse_ipv6hdr(skb)->saddr);

	return brg_parse_quick_nd(skb, mac) &&
	       brg_rules_has_ip6(r, key, &brg_parse_ipv6hdr(skb)->saddr) &&
	       brg_quick_nd_in(r, key, skb);
}

static inline bool brg_quick_arp_in(const struct brg_rules *r,
				    const struct sk_buff *skb)
{
	u64 mac = brg_parse_smac(brg_parse_ethhdr(skb));

	return !r->counts && brg_parse_quick_arp(skb, mac) &&
	       brg_rules_has_ip4(r, brg_quick_key_in(skb),
				 brg_parse_arphdr(skb)->sender_ip);
}

/* Steps 1 to 4 and 6, by hash. */
static __always_inline bool brg_quick_many4_in(const struct brg_rules *r,
					       const struct sk_buff *skb)
{
	return brg_quick_may_in(r, skb) &&
	       brg_parse_ethhdr(skb)->h_proto == htons(ETH_P_IP) &&
	       brg_parse_quick_ip4(skb) && brg_parse_quick_ip4_in(skb) &&
	       brg_rules_has_many4(r, brg_quick_key_in(skb),
				   brg_parse_iphdr(skb)->saddr);
}

/*
 * Steps 1 to 7: one with many prefixes sends IPv6, or anyone asks or answers,
 * and nobody counts answers.
 */
static inline bool brg_quick_more_in(const struct brg_rules *r,
				     const struct sk_buff *skb)
{
	if (!brg_quick_may_in(r, skb))
		return false;
	if (brg_parse_ethhdr(skb)->h_proto == htons(ETH_P_IPV6))
		return brg_quick_ip6_in(r, skb);

	return brg_parse_ethhdr(skb)->h_proto == htons(ETH_P_ARP) &&
	       brg_quick_arp_in(r, skb);
}

/* Step 10: nothing is asked of it but to be whole, and not full of tags. */
static __always_inline bool brg_quick_group_out(const struct brg_rules *r,
						const struct sk_buff *skb)
{
	return !r->empty && !r->scoped && brg_parse_quick_whole(skb) &&
	       !eth_type_vlan(brg_parse_ethhdr(skb)->h_proto);
}

/* Steps 8 to 10. */
static __always_inline bool brg_quick_out(const struct brg_rules *r,
					  const struct sk_buff *skb)
{
	const struct ethhdr *eth = brg_parse_ethhdr(skb);
	u64 key;

	if (!brg_parse_has_ethhdr(skb))
		return false;
	if (brg_parse_dmac(eth) & BRG_MAC_GROUP)
		return brg_quick_group_out(r, skb);
	key = brg_quick_key_out(skb);
	if (likely(eth->h_proto == htons(ETH_P_IP)))
		return !r->shift4 && brg_parse_quick_ip4(skb) &&
		       brg_rules_has_few4(r, key, brg_parse_iphdr(skb)->daddr);

	return eth->h_proto == htons(ETH_P_IPV6) && !r->shift6 &&
	       brg_parse_quick_ip6(skb) &&
	       brg_rules_has_few6(r, key, &brg_parse_ipv6hdr(skb)->daddr);
}

/* Steps 8 and 9 where IPv6 prefixes are many; ARP to a guest is for its MAC. */
static inline bool brg_quick_more_out(const struct brg_rules *r,
				      const struct sk_buff *skb)
{
	const struct ethhdr *eth = brg_parse_ethhdr(skb);
	u64 key;

	if (!brg_parse_has_ethhdr(skb) || brg_parse_dmac(eth) & BRG_MAC_GROUP)
		return false;
	key = brg_quick_key_out(skb);
	if (eth->h_proto == htons(ETH_P_IPV6))
		return r->shift6 && brg_parse_quick_ip6(skb) &&
		       brg_rules_has_many6(r, key,
					   &brg_parse_ipv6hdr(skb)->daddr);

	return eth->h_proto == htons(ETH_P_ARP) &&
	       brg_parse_quick_whole(skb) && brg_rules_has_mac(r, key);
}

/* Steps 8 and 9 of IPv4, by hash. */
static __always_inline bool brg_quick_many4_out(const struct brg_rules *r,
						const struct sk_buff *skb)
{
	return brg_parse_has_ethhdr(skb) &&
	       brg_parse_ethhdr(skb)->h_proto == htons(ETH_P_IP) &&
	       brg_parse_quick_ip4(skb) &&
	       brg_rules_has_many4(r, brg_quick_key_out(skb),
				   brg_parse_iphdr(skb)->daddr);
}

/* All of it: what hooks do before they parse. */
static inline bool brg_quick_any_in(const struct brg_rules *r,
				    const struct sk_buff *skb)
{
	return brg_quick_in(r, skb) || brg_quick_many4_in(r, skb) ||
	       brg_quick_more_in(r, skb);
}

static inline bool brg_quick_any_out(const struct brg_rules *r,
				     const struct sk_buff *skb)
{
	return brg_quick_out(r, skb) || brg_quick_many4_out(r, skb) ||
	       brg_quick_more_out(r, skb);
}

#endif /* BRG_QUICK_H */
