// SPDX-License-Identifier: GPL-2.0-only
#include <net/ipv6.h>
#include "parse_l3.h"

#define BRG_MLD_SIZE		24

/* What only multicast routers send: RFC 4286. */
#define BRG_ICMP6_ROUTER	151
#define BRG_ICMP6_ROUTER_GONE	153

static void brg_parse_icmp6(const struct sk_buff *skb, int off, int end,
			    int options, struct brg_frame *f)
{
	const u8 *type;
	u8 buf;

	type = off + (int)sizeof(struct icmp6hdr) <= end ?
	       skb_header_pointer(skb, off, 1, &buf) : NULL;
	if (!type || brg_parse_sum(skb) < off + 2)
		f->l3 = BRGUARD_REASON_MALFORMED;
	if (!type)
		return;
	/* RFC 2710 4: all but the reports of version 2 name one group. */
	if (*type >= ICMPV6_MGM_QUERY && *type <= ICMPV6_MGM_REDUCTION &&
	    off + BRG_MLD_SIZE > end) {
		f->l3 = BRGUARD_REASON_MALFORMED;
		return;
	}
	f->ip6.icmp = true;
	f->ip6.icmp_type = *type;
	f->from_router = *type == ICMPV6_MGM_QUERY ||
			 *type == BRG_ICMP6_ROUTER ||
			 *type == BRG_ICMP6_ROUTER_GONE;
	if (*type >= NDISC_ROUTER_SOLICITATION && *type <= NDISC_REDIRECT)
		brg_parse_nd(skb, off, end, options, f);
}

struct brg_extension {
	u8 next;
	u8 len;
	__be16 frag;
	__be32 id;
};

/**
 * struct brg_walk - the way through a chain of extension headers
 * @start: offset behind the IPv6 header
 * @off: where the walk is
 * @end: of the packet
 * @n: headers seen
 * @next: type of the header at @off
 * @depth: how far it goes
 */
struct brg_walk {
	int start;
	int off;
	int end;
	int n;
	u8 next;
	const struct brg_depth *depth;
};

/*
 * RFC 8200 4.5: of 8 octets each but for the last, 65535 in all; RFC 7112: one
 * chain has no second fragment header. Return: is it the first one?
 */
static bool brg_parse_fragment6(const struct sk_buff *skb,
				const struct brg_extension *ext,
				const struct brg_walk *w, struct brg_frame *f)
{
	int len = w->end - w->off - (int)sizeof(*ext);
	int frag = ntohs(ext->frag);

	if (f->ip6.fragment || skb_is_gso(skb))
		f->l3 = BRGUARD_REASON_MALFORMED;
	if ((frag & IP6_MF && len % 8) ||
	    w->off - w->start + (frag & IP6_OFFSET) + len > IP_MAX_MTU)
		f->torn = true;
	f->ip6.fragment = true;

	return !(frag & IP6_OFFSET);
}

/* Step over one header. Return: is there more to see? */
static bool brg_parse_extension(const struct sk_buff *skb, struct brg_walk *w,
				struct brg_frame *f)
{
	const struct brg_extension *ext;
	struct brg_extension buf;
	u8 type = w->next;
	bool more = true;
	int len;

	ext = w->n < w->depth->headers && w->off + (int)sizeof(buf) <= w->end ?
	      skb_header_pointer(skb, w->off, sizeof(buf), &buf) : NULL;
	if (!ext || w->n >= BRG_GUEST_HEADERS)
		f->l3 = BRGUARD_REASON_MALFORMED;
	if (!ext)
		return false;
	len = type == NEXTHDR_AUTH ? (ext->len + 2) * 4 : (ext->len + 1) * 8;
	if (type == NEXTHDR_FRAGMENT) {
		more = brg_parse_fragment6(skb, ext, w, f);
		len = sizeof(buf);
	}
	if (len > w->end - w->off) {
		f->l3 = BRGUARD_REASON_MALFORMED;
		return false;
	}
	/*
	 * RFC 8200: hop-by-hop options come first; RFC 5095: no type 0, which
	 * hosts take all the same once no segment is left.
	 */
	if ((type == NEXTHDR_HOP && w->n) ||
	    (type == NEXTHDR_ROUTING && !(ext->frag & htons(0xff00))))
		f->l3 = BRGUARD_REASON_MALFORMED;
	w->next = ext->next;
	w->off += len;
	w->n++;

	return more;
}

/**
 * brg_parse_is_extension() - does a header lead to another one?
 * @next: its type
 *
 * Return: whether it is an extension header of IPv6 that hosts step over.
 */
bool brg_parse_is_extension(u8 next)
{
	switch (next) {
	case NEXTHDR_HOP:
	case NEXTHDR_ROUTING:
	case NEXTHDR_FRAGMENT:
	case NEXTHDR_AUTH:
	case NEXTHDR_DEST:
	case NEXTHDR_MOBILITY:
	case 139:	/* HIP, RFC 7401 */
	case 140:	/* Shim6, RFC 5533 */
		return true;
	}

	return false;
}

static void brg_parse_upper6(const struct sk_buff *skb, struct brg_walk *w,
			     struct brg_frame *f)
{
	if (w->next == NEXTHDR_ICMP)
		brg_parse_icmp6(skb, w->off, w->end, w->depth->options, f);
	else if (w->next == NEXTHDR_UDP)
		brg_parse_udp6(skb, w->off, w->end, f);
	else if (f->ip6.fragment && w->next != NEXTHDR_NONE &&
		 w->off + (w->next == NEXTHDR_TCP ? 20 : 4) > w->end)
		f->l3 = BRGUARD_REASON_MALFORMED;	/* RFC 7112 */
	f->from_router |= w->next == IPPROTO_PIM;
}

static void brg_parse_chain(const struct sk_buff *skb, struct brg_walk *w,
			    struct brg_frame *f)
{
	bool more = true;

	while (more && brg_parse_is_extension(w->next))
		more = brg_parse_extension(skb, w, f);
	if (unlikely(brg_parse_sum(skb) < w->off))
		f->l3 = BRGUARD_REASON_MALFORMED;
	if (more)
		brg_parse_upper6(skb, w, f);
}

static const struct ipv6hdr *brg_parse_ip6_head(const struct sk_buff *skb,
						int off, struct ipv6hdr *buf,
						struct brg_frame *f)
{
	const struct ipv6hdr *ip;

	f->kind = BRG_KIND_IP6;
	memset(&f->ip6, 0, sizeof(f->ip6));
	ip = skb_header_pointer(skb, off, sizeof(*buf), buf);
	if (unlikely(!ip || ip->version != 6 ||
		     brg_parse_sum(skb) < off + (int)sizeof(*buf)))
		f->l3 = BRGUARD_REASON_MALFORMED;
	if (unlikely(!ip || ip->version != 6))
		return NULL;
	f->ip6.src = ip->saddr;
	f->ip6.dst = ip->daddr;

	return ip;
}

/**
 * brg_parse_ip6_addresses() - read the addresses of an IPv6 packet alone
 * @skb: the frame
 * @off: of the IPv6 header
 * @f: what was read
 */
void brg_parse_ip6_addresses(const struct sk_buff *skb, int off,
			     struct brg_frame *f)
{
	struct ipv6hdr buf;

	brg_parse_ip6_head(skb, off, &buf, f);
}

/**
 * brg_parse_ip6() - read an IPv6 packet
 * @skb: the frame
 * @off: of the IPv6 header
 * @f: what was read
 * @depth: how far to read
 */
void brg_parse_ip6(const struct sk_buff *skb, int off, struct brg_frame *f,
		   const struct brg_depth *depth)
{
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;
	struct brg_walk w;

	ip = brg_parse_ip6_head(skb, off, &buf, f);
	if (!ip)
		return;

	f->ip6.nd.hop_limit = ip->hop_limit;
	w.start = off + (int)sizeof(buf);
	w.off = w.start;
	w.end = w.start + ntohs(ip->payload_len);
	w.n = 0;
	w.depth = depth;
	w.next = ip->nexthdr;
	/* BIG TCP, RFC 2675. */
	if (unlikely(w.end == w.start) && skb_is_gso(skb))
		w.end = skb->len;
	if (unlikely(w.end > (int)skb->len)) {
		f->l3 = BRGUARD_REASON_MALFORMED;
		return;
	}
	brg_parse_chain(skb, &w, f);
}
