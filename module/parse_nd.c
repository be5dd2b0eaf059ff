// SPDX-License-Identifier: GPL-2.0-only
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "parse_l3.h"

/*
 * Walk the options of an ND message; @off and @end bound them, @most their
 * number. Of the link-layer addresses, hosts take the first one of type @heard.
 */
static void brg_parse_nd_options(const struct sk_buff *skb, int off, int end,
				 u8 heard, int most, struct brg_nd *nd)
{
	struct { u8 type, len, mac[ETH_ALEN]; } buf;
	bool any = false, known = false;
	const typeof(buf) *opt;
	int n;

	for (n = 0; off < end; n++) {
		opt = n < most && off + (int)sizeof(buf) <= end ?
		      skb_header_pointer(skb, off, sizeof(buf), &buf) : NULL;
		if (!opt || !opt->len || off + opt->len * 8 > end) {
			nd->broken = true;
			return;
		}
		if (opt->type == ND_OPT_SOURCE_LL_ADDR ||
		    opt->type == ND_OPT_TARGET_LL_ADDR) {
			if (any || opt->len != 1)
				nd->broken = true;
			if (!any || (!known && opt->type == heard))
				nd->lladdr = brg_mac_read(opt->mac);
			any = true;
			known |= opt->type == heard;
			/* No host has such an address. */
			if (!nd->lladdr || nd->lladdr & BRG_MAC_GROUP)
				nd->broken = true;
		}
		off += opt->len * 8;
	}
}

/*
 * RFC 4861 7.1 has every receiver verify it. One that is still to be filled in
 * must not go anywhere else.
 */
static bool brg_parse_nd_sum(const struct sk_buff *skb, int off, int end,
			     const struct brg_frame *f)
{
	int check = off + (int)offsetof(struct icmp6hdr, icmp6_cksum);
	int sum = brg_parse_sum(skb);

	if (sum != INT_MAX)
		return sum == check;

	return !csum_ipv6_magic(&f->ip6.src, &f->ip6.dst, end - off,
				IPPROTO_ICMPV6,
				skb_checksum(skb, off, end - off, 0));
}

/* RFC 4861 8.1: to a neighbour, or a router on the link; not for a group. */
static bool brg_parse_is_redirect(const struct brg_nd *nd)
{
	return !ipv6_addr_is_multicast(&nd->dest) &&
	       (brg_ip6_is_link_local(&nd->target) ||
		ipv6_addr_equal(&nd->target, &nd->dest));
}

/* The message is long enough. */
static void brg_parse_redirect(const struct sk_buff *skb, int off,
			       struct brg_nd *nd)
{
	const struct in6_addr *dest;
	struct in6_addr buf;

	dest = skb_header_pointer(skb, off + sizeof(struct nd_msg), sizeof(buf),
				  &buf);
	nd->dest = *dest;
	if (!brg_parse_is_redirect(nd))
		nd->broken = true;
}

/* The type of the option in which a message says where its subject is. */
static u8 brg_parse_nd_heard(u8 icmp_type)
{
	return icmp_type == NDISC_NEIGHBOUR_ADVERTISEMENT ||
	       icmp_type == NDISC_REDIRECT ?
	       ND_OPT_TARGET_LL_ADDR : ND_OPT_SOURCE_LL_ADDR;
}

/**
 * brg_parse_nd() - read a message of neighbour discovery, RFC 4861
 * @skb: the frame
 * @off: of the ICMPv6 header, of which the type is there
 * @end: of the packet
 * @options: how many are read at most
 * @f: what was read; its IPv6 headers and ICMPv6 type were
 */
void brg_parse_nd(const struct sk_buff *skb, int off, int end, int options,
		  struct brg_frame *f)
{
	bool target = f->ip6.icmp_type != NDISC_ROUTER_SOLICITATION &&
		      f->ip6.icmp_type != NDISC_ROUTER_ADVERTISEMENT;
	struct brg_nd *nd = &f->ip6.nd;
	const struct nd_msg *msg;
	struct nd_msg buf;
	int len;

	/* Length of the fixed part of each type, RFC 4861 section 4. */
	len = sizeof(struct icmp6hdr);
	if (f->ip6.icmp_type == NDISC_ROUTER_ADVERTISEMENT)
		len += 8;
	else if (target)
		len += sizeof(msg->target);
	if (f->ip6.icmp_type == NDISC_REDIRECT)
		len += sizeof(struct in6_addr);

	msg = off + len <= end ?
	      skb_header_pointer(skb, off, target ? sizeof(buf) :
				 sizeof(buf.icmph), &buf) : NULL;
	if (!msg) {
		nd->broken = true;
		return;
	}
	nd->broken = !brg_parse_nd_sum(skb, off, end, f);
	nd->code = msg->icmph.icmp6_code;
	nd->solicited = msg->icmph.icmp6_solicited;
	if (target)
		nd->target = msg->target;
	if (f->ip6.icmp_type == NDISC_REDIRECT)
		brg_parse_redirect(skb, off, nd);
	brg_parse_nd_options(skb, off + len, end,
			     brg_parse_nd_heard(f->ip6.icmp_type), options, nd);
}
