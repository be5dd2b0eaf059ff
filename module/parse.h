/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_PARSE_H
#define BRG_PARSE_H

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/limits.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <linux/unaligned.h>
#include <net/checksum.h>
#include <net/ip.h>
#include "frame.h"

#define BRG_DHCP_SERVER		67
#define BRG_DHCP_CLIENT		68

void brg_parse_in(const struct sk_buff *skb, struct brg_frame *f);
void brg_parse_out(const struct sk_buff *skb, struct brg_frame *f);
bool brg_parse_speaks(const struct sk_buff *skb);

/* Both loads stay within the 14 bytes of an Ethernet header. */
static inline u64 brg_parse_smac(const struct ethhdr *eth)
{
	return get_unaligned_le64(eth->h_source) & BRG_MAC_MASK;
}

static inline u64 brg_parse_dmac(const struct ethhdr *eth)
{
	return get_unaligned_le64(eth->h_dest) & BRG_MAC_MASK;
}

/* Is there a whole Ethernet header right before skb->data? */
static inline bool brg_parse_has_ethhdr(const struct sk_buff *skb)
{
	return skb->data == skb_mac_header(skb) + ETH_HLEN;
}

/*
 * Offset from skb->data at which a checksum is still to be written, and with it
 * two bytes that the sender chooses: of what lies there, nothing is known.
 * INT_MAX if the frame is as it will stay.
 */
static inline int brg_parse_sum(const struct sk_buff *skb)
{
	return skb->ip_summed == CHECKSUM_PARTIAL ?
	       skb_checksum_start_offset(skb) + skb->csum_offset : INT_MAX;
}

/*
 * Most frames need no more than this: whole, untagged, headers in the linear
 * part, no options, no fragment. For all others, and for whatever this does
 * not like, brg_parse_in() and brg_parse_out() have the word.
 */
static inline bool brg_parse_quick(const struct sk_buff *skb,
				   struct brg_quick *q)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb_mac_header(skb);
	const struct iphdr *ip = (const struct iphdr *)skb->data;

	if (!brg_parse_has_ethhdr(skb) || skb_vlan_tag_present(skb) ||
	    eth->h_proto != htons(ETH_P_IP) ||
	    skb_headlen(skb) < sizeof(*ip) + sizeof(struct udphdr) ||
	    *skb->data != 0x45 ||
	    brg_parse_sum(skb) <
		    (int)(sizeof(*ip) + offsetof(struct udphdr, check)))
		return false;
	q->smac = brg_parse_smac(eth);
	q->dmac = brg_parse_dmac(eth);
	q->src = ip->saddr;
	q->dst = ip->daddr;

	return true;
}

/* What a guest's packet has to fulfil besides. */
static inline bool brg_parse_quick_in(const struct sk_buff *skb)
{
	const struct iphdr *ip = (const struct iphdr *)skb->data;
	const struct udphdr *udp = (const struct udphdr *)(ip + 1);
	u32 len = ntohs(ip->tot_len);

	if (len > skb->len || len < sizeof(*ip) + sizeof(*udp) ||
	    ip->frag_off & ~htons(IP_DF) || ip_fast_csum(ip, 5))
		return false;

	return ip->protocol != IPPROTO_UDP ||
	       (udp->source != htons(BRG_DHCP_SERVER) &&
		udp->dest != htons(BRG_DHCP_CLIENT));
}

#endif /* BRG_PARSE_H */
