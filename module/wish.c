// SPDX-License-Identifier: GPL-2.0-only
/*
 * The verdict itself says what a binding could do: the frame is judged by rules
 * in which all that it claims is bound to its MAC. So what is wrong with it
 * otherwise needs no list here.
 */
#include <linux/if_arp.h>
#include <linux/kernel.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include "rules.h"
#include "verdict.h"
#include "wish.h"

/* A MAC and its VLAN fill half of a table. */
#define BRG_WISH_MACS	4

/* Addresses that a frame claims, those of its own family. */
struct brg_wish_claims {
	u8 family;
	u8 n;
	struct in6_addr addr[BRG_WISHES];
};

static void brg_wish_claim(struct brg_wish_claims *c,
			   const struct in6_addr *addr)
{
	if (c->n && ipv6_addr_equal(&c->addr[0], addr))
		return;
	c->addr[c->n++] = *addr;
}

static void brg_wish_claim4(struct brg_wish_claims *c, __be32 ip4)
{
	struct in6_addr addr = { .s6_addr32[0] = ip4 };

	c->family = AF_INET;
	if (ip4)
		brg_wish_claim(c, &addr);
}

/* The target of a solicitation is claimed in duplicate address detection. */
static bool brg_wish_claims_target(const struct brg_frame *f)
{
	if (!brg_frame_is_nd(f))
		return false;

	return f->ip6.icmp_type == NDISC_NEIGHBOUR_ADVERTISEMENT ||
	       (f->ip6.icmp_type == NDISC_NEIGHBOUR_SOLICITATION &&
		ipv6_addr_any(&f->ip6.src));
}

static void brg_wish_claim6(struct brg_wish_claims *c,
			    const struct brg_frame *f)
{
	c->family = AF_INET6;
	if (!ipv6_addr_any(&f->ip6.src))
		brg_wish_claim(c, &f->ip6.src);
	if (brg_wish_claims_target(f))
		brg_wish_claim(c, &f->ip6.nd.target);
}

static void brg_wish_collect(const struct brg_frame *f,
			     struct brg_wish_claims *c)
{
	c->family = AF_UNSPEC;
	c->n = 0;
	switch (f->kind) {
	case BRG_KIND_ARP:
		brg_wish_claim4(c, f->arp.sender_ip ||
				f->arp.op != ARPOP_REQUEST ?
				f->arp.sender_ip : f->arp.target_ip);
		break;
	case BRG_KIND_IP4:
		brg_wish_claim4(c, f->ip4.src);
		break;
	case BRG_KIND_IP6:
		brg_wish_claim6(c, f);
		break;
	}
}

static bool brg_wish_is_bound(const struct brg_rules *r, u64 key, u8 family,
			      const struct in6_addr *addr)
{
	if (family == AF_INET)
		return brg_rules_has_ip4(r, key, addr->s6_addr32[0]);

	return brg_rules_has_ip6(r, key, addr) ||
	       (r->any_link_local && brg_ip6_is_link_local(addr) &&
		brg_rules_has_mac(r, key));
}

/**
 * brg_wish_read() - what a frame claims that is not bound
 * @r: rules of its port
 * @f: the frame
 * @wish: room for BRG_WISHES of it
 *
 * Return: how many there are: none if its MAC and all addresses are bound.
 */
int brg_wish_read(const struct brg_rules *r, const struct brg_frame *f,
		  struct brg_wish *wish)
{
	u64 key = brg_key(f->smac, f->vid);
	struct brg_wish_claims c;
	int i, n = 0;

	brg_wish_collect(f, &c);
	for (i = 0; i < c.n; i++)
		if (!brg_wish_is_bound(r, key, c.family, &c.addr[i]))
			wish[n++] = (struct brg_wish){
				.key = key, .family = c.family,
				.addr = c.addr[i],
			};
	if (!n && !brg_rules_has_mac(r, key))
		wish[n++] = (struct brg_wish){ .key = key };

	return n;
}

/**
 * brg_wish_may_help() - is it worth to ask brg_wish_helps()?
 * @reason: why a frame broke the policy
 * @f: the frame
 *
 * Return: whether a missing binding may be the cause.
 */
bool brg_wish_may_help(enum brguard_reason reason, const struct brg_frame *f)
{
	switch (reason) {
	case BRGUARD_REASON_VLAN:
	case BRGUARD_REASON_SRC_MAC:
	case BRGUARD_REASON_ARP:
	case BRGUARD_REASON_SRC_IP:
	case BRGUARD_REASON_ND:
		return f->vid <= BRGUARD_VLAN_MAX;
	default:
		return false;
	}
}

/* What the port may otherwise, and no address but those claimed. */
static void brg_wish_grant(struct brg_rules *to, u64 *macs,
			   const struct brg_rules *r, const struct brg_frame *f)
{
	u64 key = brg_key(f->smac, f->vid);
	struct brg_wish_claims c;
	int i;

	brg_rules_clear(to, 0);
	to->mac = macs;
	to->shift_mac = 64 - ilog2(BRG_WISH_MACS);
	to->dhcp_server = r->dhcp_server;
	to->router = r->router;
	to->any_link_local = r->any_link_local;
	to->wide = true;
	to->untagged = !f->vid;
	to->ethertypes = r->ethertypes;
	memcpy(to->ethertype, r->ethertype, sizeof(to->ethertype));
	brg_rules_add_mac(to, key);
	if (f->vid)
		brg_rules_add_mac(to, brg_key_vlan(f->vid));
	brg_wish_collect(f, &c);
	for (i = 0; i < c.n; i++)
		if (c.family == AF_INET)
			brg_rules_add_ip4(to, key, c.addr[i].s6_addr32[0], 32);
		else
			brg_rules_add_ip6(to, key, &c.addr[i], 128);
}

/**
 * brg_wish_helps() - would a frame pass if all that it claims were bound?
 * @r: rules of its port
 * @f: the frame
 *
 * Return: whether it would.
 */
bool brg_wish_helps(const struct brg_rules *r, const struct brg_frame *f)
{
	u64 macs[BRG_WISH_MACS] = {};
	struct brg_rules granted = {};

	brg_wish_grant(&granted, macs, r, f);

	return brg_verdict_in(&granted, f) == BRGUARD_REASON_PASS;
}
