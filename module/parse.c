// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only file that reads packet bytes. It never changes the skb: headers in
 * page fragments are copied out by skb_header_pointer(), so shared and cloned
 * skbs are safe and no header pointer can go stale.
 *
 * Offsets count from skb->data, which bridge and netdev ingress hooks see just
 * behind the Ethernet header.
 */
#include <linux/etherdevice.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/igmp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <linux/unaligned.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "parse.h"

/**
 * struct brg_depth - how far a frame is read
 * @headers: headers in an IPv6 extension chain
 * @options: options of an ND message
 * @tags: tags of VLAN 0 behind the first tag
 */
struct brg_depth {
	int headers;
	int options;
	int tags;
};

/* From a guest and to one, more are refused. */
static const struct brg_depth brg_depth_guest = { 16, 64, 8 };

/*
 * What a trusted port claims may hide behind as many as find room: headers in a
 * jumbo frame, options in the longest packet. The bridge may take off the first
 * tag, so one more is read than towards a guest.
 */
static const struct brg_depth brg_depth_trusted = { 1200, IP_MAX_MTU / 8, 9 };

/* In place of an offset: no host here hears it; some may, and it is unread. */
#define BRG_UNHEARD		-1
#define BRG_UNREAD		-2

#define BRG_MLD_SIZE		24

/* RFC 893: what BSDs take for IPv4 in ARP. */
#define BRG_TRAILERS		0x1000

/* RFC 2131, as far as the client's hardware address. */
struct brg_dhcp_head {
	u8 op;
	u8 hardware;
	u8 hardware_len;
	u8 hops;
	__be32 xid;
	__be16 secs;
	__be16 flags;
	__be32 ciaddr;
	__be32 ip[2];
	__be32 giaddr;
	u8 chaddr[ETH_ALEN];
} __packed;

#define BRG_BOOTREQUEST	1

/* What only multicast routers send: RFC 3376, 1075, 2362 and 4286. */
#define BRG_IGMP_QUERY		0x11
#define BRG_IGMP_DVMRP		0x13
#define BRG_IGMP_PIM1		0x14
#define BRG_IGMP_ROUTER		0x30
#define BRG_IGMP_ROUTER_GONE	0x32
#define BRG_ICMP6_ROUTER	151
#define BRG_ICMP6_ROUTER_GONE	153

/* What servers and relays say: RFC 8415 7.3. */
#define BRG_DHCP6_ADVERTISE	2
#define BRG_DHCP6_REPLY		7
#define BRG_DHCP6_RECONFIGURE	10
#define BRG_DHCP6_RELAY_FORW	12
#define BRG_DHCP6_RELAY_REPL	13

/*
 * Hosts take off tags of VLAN 0, IEEE 802.1Q 6.9.1, and hear what is behind
 * them. Return: offset behind them; %BRG_UNREAD if there are too many, or a tag
 * with a VLAN is behind them; %BRG_UNHEARD.
 */
static int brg_parse_priority(const struct sk_buff *skb, int off, int most,
			      struct brg_frame *f)
{
	const struct vlan_hdr *tag;
	struct vlan_hdr buf;
	int n;

	for (n = 0; eth_type_vlan(f->proto); n++) {
		if (n == most)
			return BRG_UNREAD;
		tag = skb_header_pointer(skb, off, sizeof(buf), &buf);
		if (!tag)
			return BRG_UNHEARD;
		/* Two VLANs: a provider's. */
		if (tag->h_vlan_TCI & htons(VLAN_VID_MASK))
			return f->vid ? BRG_UNHEARD : BRG_UNREAD;
		f->proto = tag->h_vlan_encapsulated_proto;
		off += VLAN_HLEN;
	}

	return brg_is_tpid(f->proto) ? BRG_UNHEARD : off;
}

/*
 * One 802.1Q tag with a VLAN ID, accelerated or in-band, and nothing else.
 * Return: its size among the bytes.
 */
static int brg_parse_tag(const struct sk_buff *skb, struct brg_frame *f)
{
	const struct vlan_hdr *tag;
	struct vlan_hdr buf;
	int len = 0;

	if (skb_vlan_tag_present(skb)) {
		f->tpid = skb->vlan_proto;
		f->vid = skb_vlan_tag_get_id(skb);
	} else {
		f->tpid = f->proto;
		tag = skb_header_pointer(skb, 0, sizeof(buf), &buf);
		if (!tag) {
			f->l2 = BRGUARD_REASON_ENCAPSULATION;
			return 0;
		}
		f->vid = ntohs(tag->h_vlan_TCI) & VLAN_VID_MASK;
		f->proto = tag->h_vlan_encapsulated_proto;
		len = VLAN_HLEN;
	}
	f->tagged = true;
	if (f->tpid != htons(ETH_P_8021Q) || brg_is_tpid(f->proto) || !f->vid)
		f->l2 = BRGUARD_REASON_ENCAPSULATION;

	return len;
}

/*
 * What hosts find behind a tag that was read; @off is behind it. Those of a
 * provider's VLAN, and other TPIDs, are not for the hosts here.
 */
static int brg_parse_behind(const struct sk_buff *skb, int off, int tags,
			    struct brg_frame *f)
{
	if (!f->tagged || !eth_type_vlan(f->tpid) ||
	    (f->tpid == htons(ETH_P_8021AD) && f->vid))
		return BRG_UNHEARD;

	return brg_parse_priority(skb, off, tags, f);
}

/*
 * Ethernet header and tags. Return: offset of the network header, %BRG_UNHEARD
 * or %BRG_UNREAD.
 */
static int brg_parse_l2(const struct sk_buff *skb, struct brg_frame *f,
			const struct brg_depth *depth)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb_mac_header(skb);
	int end, off;

	f->tagged = false;
	f->tpid = 0;
	f->vid = 0;
	f->kind = BRG_KIND_OTHER;
	f->l2 = BRGUARD_REASON_PASS;
	f->l3 = BRGUARD_REASON_PASS;
	f->dhcp_server = false;
	f->from_router = false;
	f->torn = false;
	if (unlikely(!brg_parse_has_ethhdr(skb))) {
		f->smac = 0;
		f->dmac = 0;
		f->proto = 0;
		f->l2 = BRGUARD_REASON_MALFORMED;
		return BRG_UNHEARD;
	}

	f->smac = brg_parse_smac(eth);
	f->dmac = brg_parse_dmac(eth);
	f->proto = eth->h_proto;
	if (likely(!skb_vlan_tag_present(skb) && !brg_is_tpid(f->proto))) {
		end = 0;
		off = 0;
	} else {
		end = brg_parse_tag(skb, f);
		off = brg_parse_behind(skb, end, depth->tags, f);
	}
	if (unlikely(brg_parse_sum(skb) < max(end, off)))
		f->l2 = BRGUARD_REASON_MALFORMED;

	return off;
}

static void brg_parse_arp(const struct sk_buff *skb, int off,
			  struct brg_frame *f)
{
	const struct brg_arp_body *arp;
	struct brg_arp_body buf;

	f->kind = f->proto == htons(ETH_P_ARP) ? BRG_KIND_ARP : BRG_KIND_RARP;
	memset(&f->arp, 0, sizeof(f->arp));
	/* It has no checksum, and no segments. */
	if (unlikely(skb_is_gso(skb) || brg_parse_sum(skb) != INT_MAX))
		f->l2 = f->l2 ?: BRGUARD_REASON_MALFORMED;
	arp = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!arp)
		return;

	f->arp.heard = (arp->protocol == htons(ETH_P_IP) ||
			arp->protocol == htons(BRG_TRAILERS)) &&
		       arp->hardware_len == ETH_ALEN &&
		       arp->protocol_len == sizeof(arp->sender_ip);
	f->arp.shape = f->arp.heard && arp->hardware == htons(ARPHRD_ETHER) &&
		       arp->protocol == htons(ETH_P_IP);
	f->arp.op = ntohs(arp->op);
	f->arp.sender_mac = brg_mac_read(arp->sender_mac);
	f->arp.target_mac = brg_mac_read(arp->target_mac);
	f->arp.sender_ip = arp->sender_ip;
	f->arp.target_ip = arp->target_ip;
}

/*
 * To a server's or a relay's port, which ask nobody what it was sent from. A
 * client speaks for its own MAC; a router passes on what one behind it says of
 * the address that it sends from. It fits into one packet, of which all is here
 * to be read. Whoever has no address yet sends from the client's @port.
 */
static void brg_parse_dhcp_client(const struct sk_buff *skb, int off, int end,
				  struct brg_frame *f, bool fragment,
				  __be16 port)
{
	int check = off + (int)offsetof(struct udphdr, check);
	int head = off + (int)sizeof(struct udphdr);
	const struct brg_dhcp_head *dhcp = NULL;
	struct brg_dhcp_head buf;
	bool own;

	if (!fragment && !skb_is_gso(skb) && head + (int)sizeof(buf) <= end &&
	    (brg_parse_sum(skb) == INT_MAX || brg_parse_sum(skb) == check))
		dhcp = skb_header_pointer(skb, head, sizeof(buf), &buf);
	f->ip4.dhcp_foreign = !dhcp;
	if (!dhcp)
		return;
	/* An answer, which a relay would pass on, or a relay's own message. */
	if (dhcp->op != BRG_BOOTREQUEST || dhcp->giaddr) {
		f->dhcp_server = true;
		return;
	}
	own = dhcp->hardware == ARPHRD_ETHER &&
	      dhcp->hardware_len == ETH_ALEN &&
	      brg_mac_read(dhcp->chaddr) == f->smac;
	f->ip4.client = dhcp->ciaddr;
	f->ip4.dhcp_client = own && port == htons(BRG_DHCP_CLIENT) &&
			     f->ip4.dst == htonl(INADDR_BROADCAST);
	f->ip4.dhcp_foreign = !own && (!dhcp->ciaddr ||
				       dhcp->ciaddr != f->ip4.src);
}

static const struct udphdr *brg_parse_udp(const struct sk_buff *skb, int off,
					  int end, struct brg_frame *f,
					  struct udphdr *buf)
{
	const struct udphdr *udp;

	udp = off + (int)sizeof(*buf) <= end &&
	      brg_parse_sum(skb) >= off + (int)offsetof(typeof(*buf), check) ?
	      skb_header_pointer(skb, off, sizeof(*buf), buf) : NULL;
	if (!udp)
		f->l3 = BRGUARD_REASON_MALFORMED;

	return udp;
}

/* Clients listen on their port, whatever the server sends from. */
static void brg_parse_udp4(const struct sk_buff *skb, int off, int end,
			   struct brg_frame *f, bool fragment)
{
	const struct udphdr *udp;
	struct udphdr buf;

	udp = brg_parse_udp(skb, off, end, f, &buf);
	if (!udp)
		return;
	if (udp->source == htons(BRG_DHCP_SERVER) ||
	    udp->dest == htons(BRG_DHCP_CLIENT))
		f->dhcp_server = true;
	if (udp->source != htons(BRG_DHCP_SERVER) &&
	    udp->dest == htons(BRG_DHCP_SERVER))
		brg_parse_dhcp_client(skb, off, end, f, fragment, udp->source);
}

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

static void brg_parse_ip4(const struct sk_buff *skb, int off,
			  struct brg_frame *f)
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

static void brg_parse_nd(const struct sk_buff *skb, int off, int end,
			 int options, struct brg_frame *f)
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

/*
 * Is what is sent to a server's port a server's, or a relay's? It is if it
 * cannot be told: of segments only the first can be read.
 */
static bool brg_parse_dhcp6_is_server(const struct sk_buff *skb, int off,
				      int end, const struct brg_frame *f)
{
	int check = off + (int)offsetof(struct udphdr, check);
	int at = off + (int)sizeof(struct udphdr);
	const u8 *type;
	u8 buf;

	if (at >= end)
		return f->ip6.fragment;
	type = !skb_is_gso(skb) &&
	       (brg_parse_sum(skb) == check || brg_parse_sum(skb) > at) ?
	       skb_header_pointer(skb, at, 1, &buf) : NULL;
	if (!type)
		return true;
	switch (*type) {
	case BRG_DHCP6_ADVERTISE:
	case BRG_DHCP6_REPLY:
	case BRG_DHCP6_RECONFIGURE:
	case BRG_DHCP6_RELAY_FORW:
	case BRG_DHCP6_RELAY_REPL:
		return true;
	}

	return false;
}

static void brg_parse_udp6(const struct sk_buff *skb, int off, int end,
			   struct brg_frame *f)
{
	const struct udphdr *udp;
	struct udphdr buf;

	udp = brg_parse_udp(skb, off, end, f, &buf);
	if (!udp)
		return;
	f->dhcp_server = udp->source == htons(BRG_DHCP6_SERVER) ||
			 udp->dest == htons(BRG_DHCP6_CLIENT) ||
			 (udp->dest == htons(BRG_DHCP6_SERVER) &&
			  brg_parse_dhcp6_is_server(skb, off, end, f));
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
	if (!ext || w->n >= brg_depth_guest.headers)
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

static bool brg_parse_is_extension(u8 next)
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

static void brg_parse_ip6(const struct sk_buff *skb, int off,
			  struct brg_frame *f, const struct brg_depth *depth)
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

/* What is wrong with it is noted, and it is read on: hosts may hear it. */
static void brg_parse_l3(const struct sk_buff *skb, int off,
			 struct brg_frame *f, const struct brg_depth *depth)
{
	if (off < 0)
		return;
	switch (f->proto) {
	case htons(ETH_P_IP):
		brg_parse_ip4(skb, off, f);
		break;
	case htons(ETH_P_IPV6):
		brg_parse_ip6(skb, off, f, depth);
		break;
	case htons(ETH_P_ARP):
	case htons(ETH_P_RARP):
		brg_parse_arp(skb, off, f);
		break;
	}
}

/**
 * brg_parse_in() - read a frame that a guest sent
 * @skb: the frame, data just behind the Ethernet header
 * @f: what was read
 *
 * Context: any; @skb may be shared, cloned or in pieces and is not changed.
 */
void brg_parse_in(const struct sk_buff *skb, struct brg_frame *f)
{
	int off = brg_parse_l2(skb, f, &brg_depth_guest);

	brg_parse_l3(skb, off, f, &brg_depth_guest);
}

/*
 * RFC 1042 and IEEE 802.1H: an EtherType behind LLC. Return: the offset behind
 * that, of other frames what it was.
 */
static int brg_parse_snap(const struct sk_buff *skb, int off,
			  struct brg_frame *f)
{
	struct { u8 llc[3], oui[3]; __be16 proto; } buf;
	const typeof(buf) *snap;

	if (off < 0 || eth_proto_is_802_3(f->proto))
		return off;
	snap = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!snap || snap->llc[0] != 0xaa || snap->llc[1] != 0xaa ||
	    snap->llc[2] != 3 || snap->oui[0] || snap->oui[1] ||
	    (snap->oui[2] && snap->oui[2] != 0xf8))
		return off;
	f->proto = snap->proto;

	return off + (int)sizeof(buf);
}

/**
 * brg_parse_trusted() - read a frame that a trusted port or the host sent
 * @skb: the frame, data just behind the Ethernet header
 * @f: what was read
 *
 * Such a frame is not refused for what is wrong with it, so what a host would
 * make of it is found, however many IPv6 headers it stands behind, or LLC.
 *
 * Context: as brg_parse_in().
 */
void brg_parse_trusted(const struct sk_buff *skb, struct brg_frame *f)
{
	int off = brg_parse_l2(skb, f, &brg_depth_trusted);

	off = brg_parse_snap(skb, off, f);
	brg_parse_l3(skb, off, f, &brg_depth_trusted);
}

static void brg_parse_out_ip4(const struct sk_buff *skb, int off,
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

/**
 * brg_parse_out() - read a frame on its way to a guest
 * @skb: the frame, data just behind the Ethernet header
 * @f: what was read: of a unicast frame, addresses alone
 *
 * Context: as brg_parse_in().
 */
void brg_parse_out(const struct sk_buff *skb, struct brg_frame *f)
{
	int off = brg_parse_l2(skb, f, &brg_depth_guest);
	struct ipv6hdr buf;

	/* To a guest a priority tag is none, and nobody sends more than one. */
	if (off == BRG_UNREAD)
		f->l2 = BRGUARD_REASON_MALFORMED;
	else if (f->l2 == BRGUARD_REASON_ENCAPSULATION && !f->vid && off >= 0)
		f->l2 = BRGUARD_REASON_PASS;
	if (f->l2)
		return;
	switch (f->proto) {
	case htons(ETH_P_IP):
		brg_parse_out_ip4(skb, off, f);
		break;
	case htons(ETH_P_IPV6):
		/* It may be a question, see brg_verdict_is_question(). */
		if (f->dmac & BRG_MAC_GROUP)
			brg_parse_ip6(skb, off, f, &brg_depth_guest);
		else
			brg_parse_ip6_head(skb, off, &buf, f);
		break;
	case htons(ETH_P_ARP):
	case htons(ETH_P_RARP):
		brg_parse_arp(skb, off, f);
		break;
	}
}

/**
 * brg_parse_speaks() - can a frame say whose an address is?
 * @skb: the frame, data just behind the Ethernet header
 *
 * Context: as brg_parse_in().
 * Return: false if it is neither ARP nor neighbour discovery, nor may hide one.
 */
bool brg_parse_speaks(const struct sk_buff *skb)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb_mac_header(skb);
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;

	if (eth->h_proto == htons(ETH_P_ARP) || brg_is_tpid(eth->h_proto) ||
	    !eth_proto_is_802_3(eth->h_proto))
		return true;
	if (eth->h_proto != htons(ETH_P_IPV6))
		return false;
	ip = skb_header_pointer(skb, 0, sizeof(buf), &buf);

	return ip && (ip->nexthdr == NEXTHDR_ICMP ||
		      brg_parse_is_extension(ip->nexthdr));
}
