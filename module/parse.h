/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_PARSE_H
#define BRG_PARSE_H

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/limits.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <linux/unaligned.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>
#include "frame.h"

#define BRG_DHCP_SERVER		67
#define BRG_DHCP_CLIENT		68
#define BRG_DHCP6_CLIENT	546
#define BRG_DHCP6_SERVER	547

#define BRG_ICMP_ROUTER		9	/* advertisement */

/* RFC 826 with Ethernet and IPv4. */
struct brg_arp_body {
	__be16 hardware;
	__be16 protocol;
	u8 hardware_len;
	u8 protocol_len;
	__be16 op;
	u8 sender_mac[ETH_ALEN];
	__be32 sender_ip;
	u8 target_mac[ETH_ALEN];
	__be32 target_ip;
} __packed;

/* Its first 8 bytes. */
#define BRG_ARP_HEAD(op)	(0x0001080006040000ULL | (op))

void brg_parse_in(const struct sk_buff *skb, struct brg_frame *f);
void brg_parse_trusted(const struct sk_buff *skb, struct brg_frame *f);
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

static inline const struct ethhdr *brg_parse_ethhdr(const struct sk_buff *skb)
{
	return (const struct ethhdr *)skb_mac_header(skb);
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
static __always_inline int brg_parse_sum(const struct sk_buff *skb)
{
	return skb->ip_summed == CHECKSUM_PARTIAL ?
	       skb_checksum_start_offset(skb) + skb->csum_offset : INT_MAX;
}

/*
 * The quick way: what follows reads ordinary frames, those with all headers in
 * the linear part, no options, no fragment, nothing that needs a second look.
 * For all others, and for whatever this does not like, brg_parse_in() and
 * brg_parse_out() have the word.
 */

/* The VLAN ID of a frame as it stands in a key. */
static __always_inline u64 brg_parse_quick_vlan(const struct sk_buff *skb)
{
	u64 vid;

	if (!skb_vlan_tag_present(skb))
		return 0;
	vid = skb_vlan_tag_get_id(skb);

	return vid && skb->vlan_proto == htons(ETH_P_8021Q) ?
	       vid << BRG_KEY_VLAN_SHIFT : BRG_KEY_NONE;
}

/* Headers of frames that what is below likes. */
static inline const struct iphdr *brg_parse_iphdr(const struct sk_buff *skb)
{
	return (const struct iphdr *)skb->data;
}

static inline const struct ipv6hdr *brg_parse_ipv6hdr(const struct sk_buff *skb)
{
	return (const struct ipv6hdr *)skb->data;
}

static inline const struct brg_arp_body *
brg_parse_arphdr(const struct sk_buff *skb)
{
	return (const struct brg_arp_body *)skb->data;
}

static inline const struct nd_msg *brg_parse_nd_msg(const struct sk_buff *skb)
{
	return (const struct nd_msg *)(brg_parse_ipv6hdr(skb) + 1);
}

/* Is nothing left for the host to write or to cut? */
static __always_inline bool brg_parse_quick_whole(const struct sk_buff *skb)
{
	return skb->ip_summed != CHECKSUM_PARTIAL && !skb_is_gso(skb);
}

/* An IPv4 header and as much of the next as the ports of UDP need. */
static __always_inline bool brg_parse_quick_ip4(const struct sk_buff *skb)
{
	return skb_headlen(skb) >= sizeof(struct iphdr) +
				   sizeof(struct udphdr) &&
	       *skb->data == 0x45 &&
	       brg_parse_sum(skb) >= (int)(sizeof(struct iphdr) +
					   offsetof(struct udphdr, check));
}

/*
 * ip_fast_csum() of a header without options, RFC 1071: a right checksum makes
 * the sum 0xffff. Here it is a sum of 32-bit words first.
 */
static __always_inline bool brg_parse_quick_sum4(const struct iphdr *ip)
{
	const u32 *word = (const u32 *)ip;
	u64 sum = get_unaligned(word);

	sum += get_unaligned(word + 1);
	sum += get_unaligned(word + 2);
	sum += get_unaligned(word + 3);
	sum += get_unaligned(word + 4);
	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);

	return sum == 0xffff || sum == 0x1fffe;
}

/* What routers say of themselves and of others: RFC 1256 and RFC 792. */
static __always_inline bool brg_icmp4_is_router(u8 type)
{
	return type == BRG_ICMP_ROUTER || type == ICMP_REDIRECT;
}

/* What a guest's packet has to fulfil besides. */
static __always_inline bool brg_parse_quick_ip4_in(const struct sk_buff *skb)
{
	const struct iphdr *ip = brg_parse_iphdr(skb);
	const struct udphdr *udp = (const struct udphdr *)(ip + 1);
	u32 len = ntohs(ip->tot_len);

	if (len > skb->len || len < sizeof(*ip) + sizeof(*udp) ||
	    ipv4_is_loopback(ip->daddr) ||
	    ip->frag_off & ~htons(IP_DF) || !brg_parse_quick_sum4(ip))
		return false;

	if (ip->protocol == IPPROTO_UDP)
		return udp->source != htons(BRG_DHCP_SERVER) &&
		       udp->dest != htons(BRG_DHCP_CLIENT) &&
		       udp->dest != htons(BRG_DHCP_SERVER);

	if (ip->protocol == IPPROTO_ICMP)
		return !brg_icmp4_is_router(*(const u8 *)udp);

	return ip->protocol != IPPROTO_IGMP && ip->protocol != IPPROTO_PIM;
}

static __always_inline bool brg_parse_quick_ip6(const struct sk_buff *skb)
{
	return skb_headlen(skb) >= sizeof(struct ipv6hdr) +
				   sizeof(struct udphdr) &&
	       *skb->data >> 4 == 6 &&
	       brg_parse_sum(skb) >= (int)(sizeof(struct ipv6hdr) +
					   offsetof(struct udphdr, check));
}

/* TCP, UDP, and ICMPv6 errors and echoes, which come before all others. */
static __always_inline bool brg_parse_quick_ip6_in(const struct sk_buff *skb)
{
	const struct ipv6hdr *ip = brg_parse_ipv6hdr(skb);
	const struct udphdr *udp = (const struct udphdr *)(ip + 1);
	u32 len = ntohs(ip->payload_len);

	if (len < sizeof(*udp) || sizeof(*ip) + len > skb->len ||
	    brg_ip6_is_nowhere(&ip->daddr))
		return false;
	if (ip->nexthdr == IPPROTO_TCP)
		return true;
	if (ip->nexthdr == IPPROTO_ICMPV6)
		return *(const u8 *)udp < ICMPV6_MGM_QUERY;

	return ip->nexthdr == IPPROTO_UDP &&
	       udp->source != htons(BRG_DHCP6_SERVER) &&
	       udp->dest != htons(BRG_DHCP6_SERVER) &&
	       udp->dest != htons(BRG_DHCP6_CLIENT);
}

/* Does an IPv6 packet end with its first header, and is no ICMPv6? */
static inline bool brg_parse_quick_silent(const struct sk_buff *skb)
{
	const struct ipv6hdr *ip = brg_parse_ipv6hdr(skb);

	return skb_headlen(skb) >= sizeof(*ip) &&
	       (ip->nexthdr == IPPROTO_TCP || ip->nexthdr == IPPROTO_UDP);
}

/* A request or a reply in which @mac speaks for itself. */
static inline bool brg_parse_quick_arp(const struct sk_buff *skb, u64 mac)
{
	const struct brg_arp_body *arp = brg_parse_arphdr(skb);
	u64 head;

	if (skb_headlen(skb) < sizeof(*arp) || !brg_parse_quick_whole(skb))
		return false;
	head = get_unaligned_be64(arp);

	return (head == BRG_ARP_HEAD(ARPOP_REQUEST) ||
		head == BRG_ARP_HEAD(ARPOP_REPLY)) &&
	       brg_mac_read(arp->sender_mac) == mac;
}

/*
 * A solicitation or an advertisement with one option, the link-layer address
 * @mac, which is how hosts make them but for DAD.
 */
static inline bool brg_parse_quick_nd(const struct sk_buff *skb, u64 mac)
{
	const struct ipv6hdr *ip = brg_parse_ipv6hdr(skb);
	const struct nd_msg *msg = brg_parse_nd_msg(skb);
	const u8 *opt = (const u8 *)(msg + 1);
	u32 len = sizeof(*msg) + 8;

	if (skb_headlen(skb) < sizeof(*ip) + len || *skb->data >> 4 != 6 ||
	    skb->ip_summed == CHECKSUM_PARTIAL ||
	    ip->payload_len != htons(len) || ip->nexthdr != IPPROTO_ICMPV6 ||
	    ip->hop_limit != 255 || msg->icmph.icmp6_code || opt[1] != 1 ||
	    brg_mac_read(opt + 2) != mac || brg_ip6_is_nowhere(&ip->daddr))
		return false;
	if (opt[0] != ND_OPT_SOURCE_LL_ADDR && opt[0] != ND_OPT_TARGET_LL_ADDR)
		return false;

	return !csum_ipv6_magic(&ip->saddr, &ip->daddr, len, IPPROTO_ICMPV6,
				csum_partial(msg, len, 0));
}

#endif /* BRG_PARSE_H */
