// SPDX-License-Identifier: GPL-2.0-only
#include <linux/igmp.h>
#include "parse_l3.h"

/* What only multicast routers send: RFC 3376, 1075, 2362 and 4286. */
#define BRG_IGMP_QUERY		0x11
#define BRG_IGMP_DVMRP		0x13
#define BRG_IGMP_PIM1		0x14
#define BRG_IGMP_ROUTER		0x30
#define BRG_IGMP_ROUTER_GONE	0x32

static bool brg_igmp_is_router(u8 type)
{
	return type == BRG_IGMP_QUERY || type == BRG_IGMP_DVMRP ||
	       type == BRG_IGMP_PIM1 || type == BRG_IGMP_ROUTER ||
	       type == BRG_IGMP_ROUTER_GONE;
}

/* A type that is still to be written may become any. */
static void brg_parse_igmp(const struct sk_buff *skb, int off, int end,
			   struct brg_frame *f, bool fragment)
{
	const u8 *type;
	u8 buf;

	if (off + (int)sizeof(struct igmphdr) > end)
		return;
	type = brg_parse_sum(skb) >= off + 2 ?
	       skb_header_pointer(skb, off, 1, &buf) : NULL;
	f->from_router = !type || brg_igmp_is_router(*type);
	f->ip4.igmp_report = type && !fragment &&
			     ipv4_is_multicast(f->ip4.dst) &&
			     (*type == IGMP_HOST_MEMBERSHIP_REPORT ||
			      *type == IGMPV2_HOST_MEMBERSHIP_REPORT ||
			      *type == IGMPV3_HOST_MEMBERSHIP_REPORT);
}

/*
 * A fragment that the sender wants cut into segments: UDP fragmentation offload
 * numbers the pieces from 0, and a later fragment becomes a first one.
 */
static bool brg_parse_is_cut(const struct sk_buff *skb, __be16 frag)
{
	return skb_is_gso(skb) && frag & htons(IP_MF | IP_OFFSET);
}

/* The sum that every receiver verifies, RFC 1122 3.2.1.2; @head is there. */
static bool brg_parse_sum4(const struct sk_buff *skb, int off, int head)
{
	__be32 buf[15];
	const void *ip;

	ip = skb_header_pointer(skb, off, head, buf);

	return !ip_fast_csum(ip, head / 4);
}

/* RFC 791: of 8 octets each but for the last, 65535 with the header. */
static bool brg_parse_is_torn4(u16 frag, int head, int payload)
{
	return (frag & IP_MF && payload % 8) ||
	       head + (frag & IP_OFFSET) * 8 + payload > IP_MAX_MTU;
}

/* A type that is still to be written may become any. */
static bool brg_parse_icmp4_is_router(const struct sk_buff *skb, int off,
				      int end)
{
	const u8 *type;
	u8 buf;

	type = off < end ? skb_header_pointer(skb, off, 1, &buf) : NULL;

	return type && (brg_parse_sum(skb) < off + 1 ||
			brg_icmp4_is_router(*type));
}

static void brg_parse_upper4(const struct sk_buff *skb, int off, int end,
			     struct brg_frame *f, const struct iphdr *ip)
{
	u16 frag = ntohs(ip->frag_off);

	f->torn = brg_parse_is_torn4(frag, ip->ihl * 4, end - off);
	/* A bridge that snoops takes a later fragment for a message, too. */
	if (ip->protocol == IPPROTO_PIM)
		f->from_router = true;
	else if (ip->protocol == IPPROTO_IGMP)
		brg_parse_igmp(skb, off, end, f, frag & (IP_MF | IP_OFFSET));
	else if (frag & IP_OFFSET)
		return;
	else if (ip->protocol == IPPROTO_UDP)
		brg_parse_udp4(skb, off, end, f, frag & IP_MF);
	else if (ip->protocol == IPPROTO_ICMP)
		f->from_router = brg_parse_icmp4_is_router(skb, off, end);
}

/**
 * brg_parse_ip4() - read an IPv4 packet
 * @skb: the frame
 * @off: of the IPv4 header
 * @f: what was read
 */
void brg_parse_ip4(const struct sk_buff *skb, int off, struct brg_frame *f)
{
	int room = (int)skb->len - off;
	const struct iphdr *ip;
	struct iphdr buf;
	int head, len;

	f->kind = BRG_KIND_IP4;
	f->ip4.client = 0;
	f->ip4.dhcp_client = false;
	f->ip4.dhcp_foreign = false;
	f->ip4.igmp_report = false;
	ip = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (unlikely(!ip)) {
		f->ip4.src = 0;
		f->ip4.dst = 0;
		f->l3 = BRGUARD_REASON_MALFORMED;
		return;
	}

	f->ip4.src = ip->saddr;
	f->ip4.dst = ip->daddr;
	head = ip->ihl * 4;
	len = ntohs(ip->tot_len);
	/* IPv4 BIG TCP: the length is known from the skb alone. */
	if (unlikely(!len) && skb_is_gso(skb))
		len = room;
	if (unlikely(ip->version != 4 || head < (int)sizeof(buf) ||
		     len < head || len > room ||
		     brg_parse_is_cut(skb, ip->frag_off) ||
		     brg_parse_sum(skb) < off + head ||
		     !brg_parse_sum4(skb, off, head)))
		f->l3 = BRGUARD_REASON_MALFORMED;
	if (likely(!f->l3))
		brg_parse_upper4(skb, off + head, off + len, f, ip);
}

/**
 * brg_parse_ip4_addresses() - read the addresses of an IPv4 packet alone
 * @skb: the frame
 * @off: of the IPv4 header
 * @f: what was read
 */
void brg_parse_ip4_addresses(const struct sk_buff *skb, int off,
			     struct brg_frame *f)
{
	const struct iphdr *ip;
	struct iphdr buf;

	f->kind = BRG_KIND_IP4;
	ip = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (unlikely(!ip || ip->version != 4 ||
		     brg_parse_sum(skb) < off + (int)sizeof(buf))) {
		f->ip4.src = 0;
		f->ip4.dst = 0;
		f->l3 = BRGUARD_REASON_MALFORMED;
		return;
	}
	f->ip4.src = ip->saddr;
	f->ip4.dst = ip->daddr;
}
