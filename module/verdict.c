// SPDX-License-Identifier: GPL-2.0-only
/*
 * The decision order. Pure: no lock, no allocation, no skb. There is no rule
 * list, so nothing can be accepted ahead of a check.
 */
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "check.h"
#include "rules.h"
#include "verdict.h"

/*
 * EtherTypes that carry another frame or packet behind a shim; tags are none
 * of them, see brg_is_tpid().
 */
static bool brg_verdict_encapsulates(__be16 proto)
{
	switch (ntohs(proto)) {
	case 0x22f3:		/* TRILL, RFC 6325 */
	case ETH_P_BATMAN:
	case ETH_P_TEB:		/* transparent Ethernet bridging */
	case 0x880b:		/* PPP, RFC 7042 */
	case ETH_P_MPLS_UC:
	case ETH_P_MPLS_MC:
	case ETH_P_PPP_DISC:
	case ETH_P_PPP_SES:
	case 0x8870:		/* jumbo frames with LLC */
	case 0x88b7:		/* OUI extended EtherType, IEEE 802 */
	case ETH_P_MACSEC:
	case 0x8926:		/* VN-Tag */
	case ETH_P_HSR:
	case 0x893f:		/* E-Tag, IEEE 802.1BR */
	case ETH_P_NSH:
	case ETH_P_EDSA:
	case 0xf1c1:		/* R-TAG, IEEE 802.1CB */
		return true;
	}

	return ntohs(proto) < ETH_P_802_3_MIN;
}

static enum brguard_reason brg_verdict_ethertype(const struct brg_rules *r,
						 const struct brg_frame *f)
{
	if (f->kind != BRG_KIND_OTHER || brg_rules_has_ethertype(r, f->proto))
		return BRGUARD_REASON_PASS;

	return brg_verdict_encapsulates(f->proto) ?
	       BRGUARD_REASON_ENCAPSULATION : BRGUARD_REASON_ETHERTYPE;
}

static bool brg_verdict_has_vlan(const struct brg_rules *r,
				 const struct brg_frame *f)
{
	return f->tagged ? brg_rules_has_mac(r, brg_key_vlan(f->vid)) :
	       r->untagged;
}

/* Steps 1 to 4. */
static enum brguard_reason brg_verdict_l2(const struct brg_rules *r,
					  const struct brg_frame *f)
{
	enum brguard_reason reason;

	if (!brg_mac_is_source(f->smac))
		return BRGUARD_REASON_MALFORMED;
	if (f->l2)
		return f->l2;
	reason = brg_verdict_ethertype(r, f);
	if (reason)
		return reason;
	if ((f->tagged || !r->empty) && !brg_verdict_has_vlan(r, f))
		return BRGUARD_REASON_VLAN;
	if (brg_mac_is_reserved(f->dmac))
		return BRGUARD_REASON_LINK_LOCAL;
	if (!brg_rules_has_mac(r, brg_key(f->smac, f->vid)))
		return BRGUARD_REASON_SRC_MAC;

	return BRGUARD_REASON_PASS;
}

static enum brguard_reason brg_verdict_l3(const struct brg_rules *r,
					  const struct brg_frame *f)
{
	switch (f->kind) {
	case BRG_KIND_IP4:
		return brg_check_ip4(r, f);
	case BRG_KIND_IP6:
		return brg_check_ip6(r, f);
	case BRG_KIND_ARP:
		return brg_check_arp(r, f);
	case BRG_KIND_RARP:
		return brg_check_rarp(f);
	}

	return BRGUARD_REASON_PASS;
}

/**
 * brg_verdict_in() - judge a frame that a guest sent
 * @r: rules of its port
 * @f: the frame
 *
 * POLICY steps 1 to 7 in their order.
 *
 * Return: %BRGUARD_REASON_PASS or why not.
 */
enum brguard_reason brg_verdict_in(const struct brg_rules *r,
				   const struct brg_frame *f)
{
	enum brguard_reason reason = brg_verdict_l2(r, f);

	return reason ?: brg_verdict_l3(r, f);
}

/* Destinations that belong to nobody: they come with group frames, mostly. */
static bool brg_verdict_is_bound(const struct brg_rules *r, u64 key,
				 const struct brg_frame *f)
{
	if (f->kind == BRG_KIND_IP4)
		return ipv4_is_multicast(f->ip4.dst) ||
		       ipv4_is_lbcast(f->ip4.dst) ||
		       brg_rules_has_ip4(r, key, f->ip4.dst);
	if (f->kind != BRG_KIND_IP6 || ipv6_addr_is_multicast(&f->ip6.dst))
		return true;
	if (r->any_link_local && brg_ip6_is_link_local(&f->ip6.dst))
		return true;

	return brg_rules_has_ip6(r, key, &f->ip6.dst);
}

/**
 * brg_verdict_out() - judge a frame on its way to a guest
 * @r: rules of the port
 * @f: the frame
 *
 * POLICY steps 8 to 10. What cannot be read is not delivered.
 *
 * Return: %BRGUARD_REASON_PASS or why not.
 */
enum brguard_reason brg_verdict_out(const struct brg_rules *r,
				    const struct brg_frame *f)
{
	u64 key = brg_key(f->dmac, f->vid);

	if (f->l2 == BRGUARD_REASON_MALFORMED)
		return BRGUARD_REASON_MALFORMED;
	if (r->empty)
		return BRGUARD_REASON_FLOOD;
	if (f->dmac & BRG_MAC_GROUP)
		return BRGUARD_REASON_PASS;
	if (!brg_rules_has_mac(r, key))
		return BRGUARD_REASON_FLOOD;
	if (f->l2)
		return f->l2;
	if (f->l3)
		return f->l3;
	if (!brg_verdict_is_bound(r, key, f))
		return BRGUARD_REASON_DST_IP;
	/* An address may hide behind a shim; other EtherTypes have none. */
	if (brg_verdict_ethertype(r, f) == BRGUARD_REASON_ENCAPSULATION)
		return BRGUARD_REASON_ENCAPSULATION;

	return BRGUARD_REASON_PASS;
}

/**
 * brg_verdict_is_question() - does a group frame ask for an address?
 * @f: a frame that passed brg_verdict_out()
 *
 * An ARP request (RFC 826) that is no announcement (RFC 5227), or a neighbour
 * solicitation (RFC 4861).
 *
 * Return: whether arp-scope applies to it, POLICY step 10.
 */
bool brg_verdict_is_question(const struct brg_frame *f)
{
	if (!(f->dmac & BRG_MAC_GROUP) || f->l3)
		return false;
	if (f->kind == BRG_KIND_ARP)
		return f->arp.shape && f->arp.op == ARPOP_REQUEST &&
		       f->arp.sender_ip != f->arp.target_ip;

	return f->kind == BRG_KIND_IP6 && f->ip6.icmp &&
	       f->ip6.icmp_type == NDISC_NEIGHBOUR_SOLICITATION;
}
