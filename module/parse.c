// SPDX-License-Identifier: GPL-2.0-only
/*
 * These are the only files that read packet bytes: this one Ethernet, tags and
 * ARP, parse_*.c what is behind. They never change the skb: headers in page
 * fragments are copied out by skb_header_pointer(), so shared and cloned skbs
 * are safe and no header pointer can go stale.
 *
 * Offsets count from skb->data, which bridge and netdev ingress hooks see just
 * behind the Ethernet header.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include "parse_l3.h"

/* From a guest and to one, more are refused. */
static const struct brg_depth brg_depth_guest = { BRG_GUEST_HEADERS, 64, 8 };

/*
 * What a trusted port claims may hide behind as many as find room: headers in a
 * jumbo frame, options in the longest packet. The bridge may take off the first
 * tag, so one more is read than towards a guest.
 */
static const struct brg_depth brg_depth_trusted = { 1200, IP_MAX_MTU / 8, 9 };

/* In place of an offset: no host here hears it; some may, and it is unread. */
#define BRG_UNHEARD		-1
#define BRG_UNREAD		-2

/* RFC 893: what BSDs take for IPv4 in ARP. */
#define BRG_TRAILERS		0x1000

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

	/* To a guest a priority tag is none, and nobody sends more than one. */
	if (off == BRG_UNREAD)
		f->l2 = BRGUARD_REASON_MALFORMED;
	else if (f->l2 == BRGUARD_REASON_ENCAPSULATION && !f->vid && off >= 0)
		f->l2 = BRGUARD_REASON_PASS;
	if (f->l2)
		return;
	switch (f->proto) {
	case htons(ETH_P_IP):
		brg_parse_ip4_addresses(skb, off, f);
		break;
	case htons(ETH_P_IPV6):
		/* It may be a question, see brg_verdict_is_question(). */
		if (f->dmac & BRG_MAC_GROUP)
			brg_parse_ip6(skb, off, f, &brg_depth_guest);
		else
			brg_parse_ip6_addresses(skb, off, f);
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
