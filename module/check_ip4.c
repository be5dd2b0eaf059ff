// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"
#include "rules.h"

/* Who releases an address, or renews it, has it. */
static bool brg_dhcp_is_own(const struct brg_rules *r, u64 key, __be32 client)
{
	return !client || (!brg_ip4_is_martian(client) &&
			   brg_rules_has_ip4(r, key, client));
}

/**
 * brg_check_ip4() - POLICY step 6
 * @r: rules of the port
 * @f: an IPv4 frame whose MAC and VLAN are bound
 *
 * Return: %BRGUARD_REASON_PASS, %BRGUARD_REASON_MALFORMED,
 * %BRGUARD_REASON_SRC_IP, %BRGUARD_REASON_RA or %BRGUARD_REASON_DHCP_SERVER.
 */
enum brguard_reason brg_check_ip4(const struct brg_rules *r,
				  const struct brg_frame *f)
{
	u64 key = brg_key(f->smac, f->vid);

	if (f->l3)
		return f->l3;
	if (ipv4_is_loopback(f->ip4.dst))
		return BRGUARD_REASON_MALFORMED;
	if (!f->ip4.src)
		return (f->ip4.dhcp_client && f->dmac == BRG_MAC_BROADCAST &&
			brg_dhcp_is_own(r, key, f->ip4.client)) ||
		       f->ip4.igmp_report ?
		       BRGUARD_REASON_PASS : BRGUARD_REASON_SRC_IP;
	if (brg_ip4_is_martian(f->ip4.src) ||
	    !brg_rules_has_ip4(r, key, f->ip4.src))
		return BRGUARD_REASON_SRC_IP;
	if (f->ip4.dhcp_foreign || !brg_dhcp_is_own(r, key, f->ip4.client))
		return BRGUARD_REASON_SRC_IP;
	if (f->from_router && !r->router)
		return BRGUARD_REASON_RA;
	if (f->dhcp_server && !r->dhcp_server)
		return BRGUARD_REASON_DHCP_SERVER;

	return f->torn ? BRGUARD_REASON_MALFORMED : BRGUARD_REASON_PASS;
}
