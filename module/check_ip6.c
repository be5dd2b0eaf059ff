// SPDX-License-Identifier: GPL-2.0-only
#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "check.h"
#include "rules.h"

#define BRG_HOP_LIMIT	255

/**
 * brg_ip6_is_martian() - may nobody use this address as a source?
 * @addr: address
 *
 * Unspecified, loopback, multicast, IPv4-mapped: RFC 4291 2.5 and 2.7.
 *
 * Return: whether it is one of them.
 */
bool brg_ip6_is_martian(const struct in6_addr *addr)
{
	return ipv6_addr_any(addr) || ipv6_addr_loopback(addr) ||
	       ipv6_addr_is_multicast(addr) || ipv6_addr_v4mapped(addr);
}

static bool brg_ip6_is_bound(const struct brg_rules *r,
			     const struct brg_frame *f,
			     const struct in6_addr *addr)
{
	if (r->wide && brg_ip6_is_martian(addr))
		return false;
	if (r->any_link_local && brg_ip6_is_link_local(addr))
		return true;

	return brg_rules_has_ip6(r, brg_key(f->smac, f->vid), addr);
}

/* Duplicate address detection: RFC 4861 7.1.1 and RFC 4862 5.4.2. */
static bool brg_nd_is_dad(const struct brg_frame *f)
{
	struct in6_addr group;

	addrconf_addr_solict_mult(&f->ip6.nd.target, &group);

	return ipv6_addr_equal(&f->ip6.dst, &group) && !f->ip6.nd.lladdr;
}

static bool brg_nd_is_fair(const struct brg_rules *r, const struct brg_frame *f)
{
	const struct brg_nd *nd = &f->ip6.nd;
	bool unspecified = ipv6_addr_any(&f->ip6.src);

	/* A redirect, which only a router may send, names another node. */
	if (nd->lladdr && nd->lladdr != f->smac &&
	    f->ip6.icmp_type != NDISC_REDIRECT)
		return false;

	switch (f->ip6.icmp_type) {
	case NDISC_ROUTER_SOLICITATION:
		return !unspecified || !nd->lladdr;
	case NDISC_NEIGHBOUR_SOLICITATION:
		if (ipv6_addr_is_multicast(&nd->target))
			return false;
		return !unspecified ||
		       (brg_nd_is_dad(f) &&
			brg_ip6_is_bound(r, f, &nd->target));
	case NDISC_NEIGHBOUR_ADVERTISEMENT:
		if (nd->solicited && ipv6_addr_is_multicast(&f->ip6.dst))
			return false;
		return brg_ip6_is_bound(r, f, &nd->target);
	}

	/* RFC 4861 6.1.2 and 8.1: a router speaks from its link. */
	return brg_ip6_is_link_local(&f->ip6.src);
}

static enum brguard_reason brg_check_nd(const struct brg_rules *r,
					const struct brg_frame *f)
{
	const struct brg_nd *nd = &f->ip6.nd;

	if ((f->ip6.icmp_type == NDISC_ROUTER_ADVERTISEMENT ||
	     f->ip6.icmp_type == NDISC_REDIRECT) && !r->router)
		return BRGUARD_REASON_RA;
	/* RFC 6980: never in a fragment. */
	if (f->ip6.fragment || nd->broken || nd->code ||
	    nd->hop_limit != BRG_HOP_LIMIT || !brg_nd_is_fair(r, f))
		return BRGUARD_REASON_ND;

	return BRGUARD_REASON_PASS;
}

static bool brg_icmp6_is_nd(const struct brg_frame *f)
{
	return f->ip6.icmp && f->ip6.icmp_type >= NDISC_ROUTER_SOLICITATION &&
	       f->ip6.icmp_type <= NDISC_REDIRECT;
}

/* RFC 3122: nobody needs it on Ethernet, and it names MAC addresses. */
static bool brg_icmp6_is_inverse_nd(const struct brg_frame *f)
{
	return f->ip6.icmp && (f->ip6.icmp_type == 141 ||
			       f->ip6.icmp_type == 142);
}

static bool brg_icmp6_is_mld(const struct brg_frame *f)
{
	return f->ip6.icmp && (f->ip6.icmp_type == ICMPV6_MGM_REPORT ||
			       f->ip6.icmp_type == ICMPV6_MGM_REDUCTION ||
			       f->ip6.icmp_type == ICMPV6_MLD2_REPORT);
}

/*
 * RFC 3810 5 and 6.2: it stays on the link, and comes from there; RFC 3590: or
 * from :: before there is an address.
 */
static bool brg_icmp6_is_near(const struct brg_frame *f)
{
	return f->ip6.nd.hop_limit == 1 &&
	       (ipv6_addr_any(&f->ip6.src) ||
		brg_ip6_is_link_local(&f->ip6.src));
}

/* Reports before there is an address, RFC 3810 5.2.13. */
static bool brg_icmp6_is_mld_report(const struct brg_frame *f)
{
	return brg_icmp6_is_mld(f) && brg_icmp6_is_near(f) &&
	       !f->ip6.fragment && ipv6_addr_is_multicast(&f->ip6.dst);
}

static bool brg_ip6_may_be_unspecified(const struct brg_frame *f)
{
	if (brg_icmp6_is_mld_report(f))
		return true;

	return f->ip6.icmp &&
	       (f->ip6.icmp_type == NDISC_ROUTER_SOLICITATION ||
		f->ip6.icmp_type == NDISC_NEIGHBOUR_SOLICITATION);
}

/**
 * brg_check_ip6() - POLICY step 7
 * @r: rules of the port
 * @f: an IPv6 frame whose MAC and VLAN are bound
 *
 * Return: %BRGUARD_REASON_PASS, %BRGUARD_REASON_MALFORMED,
 * %BRGUARD_REASON_SRC_IP, %BRGUARD_REASON_ND, %BRGUARD_REASON_RA or
 * %BRGUARD_REASON_DHCP_SERVER.
 */
enum brguard_reason brg_check_ip6(const struct brg_rules *r,
				  const struct brg_frame *f)
{
	bool bound;

	if (f->l3)
		return f->l3;
	if (brg_ip6_is_nowhere(&f->ip6.dst))
		return BRGUARD_REASON_MALFORMED;
	bound = ipv6_addr_any(&f->ip6.src) ? brg_ip6_may_be_unspecified(f) :
		brg_ip6_is_bound(r, f, &f->ip6.src);
	if (!bound)
		return BRGUARD_REASON_SRC_IP;
	if (f->from_router && !r->router)
		return BRGUARD_REASON_RA;
	if (brg_icmp6_is_nd(f))
		return brg_check_nd(r, f);
	if (brg_icmp6_is_mld(f) && !brg_icmp6_is_near(f))
		return BRGUARD_REASON_MALFORMED;
	if (brg_icmp6_is_inverse_nd(f))
		return BRGUARD_REASON_ND;
	if (f->dhcp_server && !r->dhcp_server)
		return BRGUARD_REASON_DHCP_SERVER;

	return f->torn ? BRGUARD_REASON_MALFORMED : BRGUARD_REASON_PASS;
}
