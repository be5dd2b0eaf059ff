// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_arp.h>
#include "check.h"
#include "rules.h"

/**
 * brg_check_arp() - POLICY step 5
 * @r: rules of the port
 * @f: an ARP frame
 *
 * A request or reply speaks for an address bound to the sender, or probes for
 * one (RFC 5227 2.1.1: sender IP 0, target the address).
 *
 * Return: %BRGUARD_REASON_PASS or %BRGUARD_REASON_ARP.
 */
enum brguard_reason brg_check_arp(const struct brg_rules *r,
				  const struct brg_frame *f)
{
	u64 key = brg_key(f->smac, f->vid);
	__be32 claimed = f->arp.sender_ip;

	if (!f->arp.shape || f->arp.sender_mac != f->smac)
		return BRGUARD_REASON_ARP;
	if (f->arp.op != ARPOP_REQUEST && f->arp.op != ARPOP_REPLY)
		return BRGUARD_REASON_ARP;
	if (!claimed && f->arp.op == ARPOP_REQUEST)
		claimed = f->arp.target_ip;
	if (brg_ip4_is_martian(claimed) || !brg_rules_has_ip4(r, key, claimed))
		return BRGUARD_REASON_ARP;

	return BRGUARD_REASON_PASS;
}

/**
 * brg_check_rarp() - the announcement that QEMU makes after a migration
 * @f: a RARP frame
 *
 * Broadcast, a request (RFC 903), both hardware addresses the sender's, both
 * protocol addresses 0.
 *
 * Return: %BRGUARD_REASON_PASS or %BRGUARD_REASON_ARP.
 */
enum brguard_reason brg_check_rarp(const struct brg_frame *f)
{
	const struct brg_arp *arp = &f->arp;

	return arp->shape && arp->op == ARPOP_RREQUEST &&
	       f->dmac == BRG_MAC_BROADCAST && arp->sender_mac == f->smac &&
	       arp->target_mac == f->smac && !arp->sender_ip &&
	       !arp->target_ip ? BRGUARD_REASON_PASS : BRGUARD_REASON_ARP;
}
