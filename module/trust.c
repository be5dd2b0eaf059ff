// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/route.h>
#include "answers.h"
#include "bridge.h"
#include "host.h"
#include "port.h"
#include "trust.h"

/**
 * brg_trust_alloc() - make what hooks know of a trusted port
 * @port: port with statistics
 * @ifindex: its device
 * @audit: audit mode holds
 * @knobs: settings of its bridge
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: it, or NULL without memory.
 */
struct brg_trust *brg_trust_alloc(const struct brg_port *port, int ifindex,
				  bool audit,
				  const struct brg_bridge_settings *knobs)
{
	struct brg_trust *t = kzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);

	if (!t)
		return NULL;
	t->port = port;
	t->ifindex = ifindex;
	t->audit = audit;
	t->claims = knobs->claims;
	t->answers_drop = knobs->answers == BRGUARD_ANSWERS_DROP;
	t->answers_own = knobs->answers_own;
	t->bound_only = port->set.uplink_macs == BRGUARD_UPLINK_MACS_BOUND;

	return t;
}

/**
 * brg_trust_add_answers() - let a local port watch who answers on its bridge
 * @t: what was made of it
 * @old: what it had before, or NULL: its table stays if the settings do
 * @knobs: settings of the bridge
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or -ENOMEM.
 */
int brg_trust_add_answers(struct brg_trust *t, const struct brg_trust *old,
			  const struct brg_bridge_settings *knobs)
{
	t->answers = brg_answers_get(knobs, old ? old->answers : NULL);

	return t->answers || !knobs->answers_max ? 0 : -ENOMEM;
}

static void brg_trust_free_rcu(struct rcu_head *rcu)
{
	struct brg_trust *t = container_of(rcu, struct brg_trust, rcu);

	brg_answers_put(t->answers);
	kfree(t);
}

/**
 * brg_trust_free() - free it after a grace period
 * @trust: what hooks can no longer find, or NULL
 *
 * Context: any but hard interrupts.
 */
void brg_trust_free(struct brg_trust *trust)
{
	if (trust)
		call_rcu(&trust->rcu, brg_trust_free_rcu);
}

/* Its owner may claim it. */
static bool brg_trust_foreign(const struct brg_trust *t, bool bound, u32 owner)
{
	return bound && owner != t->ifindex;
}

static bool brg_trust_claims_mac(const struct brg_trust *t,
				 const struct brg_place *at, u64 mac,
				 u32 *owner)
{
	bool bound = brg_place_has_mac_rcu(at, mac, owner);

	return brg_trust_foreign(t, bound, *owner);
}

static bool brg_trust_claims_ip6(const struct brg_trust *t,
				 const struct brg_place *at,
				 const struct in6_addr *addr, u32 *owner)
{
	bool bound = brg_place_has_ip6_rcu(at, addr, owner);

	return brg_trust_foreign(t, bound, *owner);
}

/*
 * Requests and replies alike teach who hears them. A probe (RFC 5227 2.1.1)
 * claims nothing: switches use them to see whether a host is alive.
 */
static bool brg_trust_claims_arp(const struct brg_trust *t,
				 const struct brg_place *at,
				 const struct brg_frame *f, u32 *owner)
{
	bool bound;

	if (!f->arp.shape)
		return false;
	bound = f->arp.sender_ip &&
		brg_place_has_ip4_rcu(at, f->arp.sender_ip, owner);
	if (brg_trust_foreign(t, bound, *owner))
		return true;

	return f->arp.sender_mac != f->smac &&
	       brg_trust_claims_mac(t, at, f->arp.sender_mac, owner);
}

/* The link-layer address of a redirect is another node's, RFC 4861 4.5. */
static bool brg_trust_claims_nd(const struct brg_trust *t,
				const struct brg_place *at,
				const struct brg_frame *f, u32 *owner)
{
	const struct brg_nd *nd = &f->ip6.nd;

	if (!brg_frame_is_nd(f))
		return false;
	if (!ipv6_addr_any(&f->ip6.src) &&
	    brg_trust_claims_ip6(t, at, &f->ip6.src, owner))
		return true;
	if (f->ip6.icmp_type == NDISC_NEIGHBOUR_ADVERTISEMENT &&
	    brg_trust_claims_ip6(t, at, &nd->target, owner))
		return true;

	return nd->lladdr && nd->lladdr != f->smac &&
	       f->ip6.icmp_type != NDISC_REDIRECT &&
	       brg_trust_claims_mac(t, at, nd->lladdr, owner);
}

/**
 * brg_trust_is_claim_rcu() - POLICY step 11
 * @t: port that the frame came from
 * @at: where that is
 * @f: the frame
 * @owner: where the ifindex of the port goes that has the address
 *
 * Context: RCU.
 * Return: does the frame claim an address that is bound on another port?
 */
bool brg_trust_is_claim_rcu(const struct brg_trust *t,
			    const struct brg_place *at,
			    const struct brg_frame *f, u32 *owner)
{
	*owner = 0;
	if (t->claims == BRGUARD_CLAIMS_OFF || !at->owners ||
	    f->l2 == BRGUARD_REASON_MALFORMED)
		return false;
	if (brg_trust_claims_mac(t, at, f->smac, owner))
		return true;
	if (f->kind == BRG_KIND_ARP)
		return brg_trust_claims_arp(t, at, f, owner);

	return f->kind == BRG_KIND_IP6 && brg_trust_claims_nd(t, at, f, owner);
}

/* An address of this host, whichever device has it, RFC 1122 3.3.4.2. */
static bool brg_trust_is_own(struct net *net, const struct brg_claimed *c)
{
	if (c->ip4)
		return inet_addr_type(net, c->addr.s6_addr32[0]) == RTN_LOCAL;

	return ipv6_chk_addr(net, &c->addr, NULL, 1);
}

/**
 * brg_trust_is_borrowed_rcu() - does the host answer for others?
 * @t: local port of the bridge
 * @at: where its answer is
 * @bridge: the bridge
 * @c: the address, and the MAC that is to have it
 *
 * Who is behind the bridge device with a MAC of its own is not the host.
 *
 * Context: RCU.
 * Return: is the address neither the host's own nor bound on the bridge?
 */
bool brg_trust_is_borrowed_rcu(const struct brg_trust *t,
			       const struct brg_place *at,
			       const struct net_device *bridge,
			       const struct brg_claimed *c)
{
	if (t->answers_own == BRGUARD_CLAIMS_OFF ||
	    c->mac != brg_mac_read(bridge->dev_addr))
		return false;

	return !brg_trust_is_own(at->net, c) &&
	       !brg_place_binds_ip_rcu(at, c->ip4, &c->addr);
}

/**
 * brg_trust_may_leave_rcu() - POLICY step 13
 * @bn: namespace
 * @bridge: ifindex of the bridge
 * @mac: source of a frame that leaves by a port with uplink-macs bound
 *
 * Context: RCU.
 * Return: is the MAC bound on the bridge, or the host's own?
 */
bool brg_trust_may_leave_rcu(const struct brg_net *bn, int bridge, u64 mac)
{
	return brg_place_binds_mac_rcu(bn, bridge, mac) ||
	       brg_host_has_rcu(bn, bridge, mac, false);
}
