// SPDX-License-Identifier: GPL-2.0-only
#include <linux/inetdevice.h>
#include <linux/ipv6.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/route.h>
#include "answers.h"
#include "bridge.h"
#include "host.h"
#include "parse.h"
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
	t->guest = port->set.role == BRGUARD_ROLE_GUEST;
	t->guarded = knobs->local_port == BRGUARD_LOCAL_PORT_GUARDED;
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

	if (!f->arp.heard)
		return false;
	bound = f->arp.sender_ip &&
		brg_place_has_ip4_rcu(at, f->arp.sender_ip, owner);
	if (brg_trust_foreign(t, bound, *owner))
		return true;

	return f->arp.sender_mac != f->smac &&
	       brg_trust_claims_mac(t, at, f->arp.sender_mac, owner);
}

/*
 * Who sends to the destination sends to the target from then on, and that is
 * where the option says, or where it is, RFC 4861 8.3. It may lead to the owner
 * of both: guests route.
 */
static bool brg_trust_claims_redirect(const struct brg_trust *t,
				      const struct brg_place *at,
				      const struct brg_nd *nd, u32 *owner)
{
	bool bound = false;
	u32 leads = 0;

	if (nd->lladdr)
		bound = brg_place_has_mac_rcu(at, nd->lladdr, &leads);
	if (brg_trust_claims_ip6(t, at, &nd->target, owner)) {
		if (nd->lladdr && (!bound || leads != *owner))
			return true;
		bound = true;
		leads = *owner;
	}

	return brg_trust_claims_ip6(t, at, &nd->dest, owner) &&
	       (!bound || leads != *owner);
}

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

	if (f->ip6.icmp_type == NDISC_REDIRECT)
		return brg_trust_claims_redirect(t, at, nd, owner);

	return nd->lladdr && nd->lladdr != f->smac &&
	       brg_trust_claims_mac(t, at, nd->lladdr, owner);
}

/* POLICY step 11. */
static bool brg_trust_is_claim(const struct brg_trust *t,
			       const struct brg_place *at,
			       const struct brg_frame *f, u32 *owner)
{
	*owner = 0;
	if (t->claims == BRGUARD_CLAIMS_OFF || !at->owners)
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
	/* That of a device in a VRF is in no table but the VRF's. */
	if (c->ip4)
		return inet_addr_type(net, c->addr.s6_addr32[0]) == RTN_LOCAL ||
		       __ip_dev_find(net, c->addr.s6_addr32[0], false);

	/* With ipv6.disable=1 there is nothing where it would look. */
	return ipv6_mod_enabled() && ipv6_chk_addr(net, &c->addr, NULL, 1);
}

/*
 * POLICY step 12: does the host answer for an address that is neither its own
 * nor bound on the bridge? Who is behind the bridge device with another MAC is
 * not the host.
 */
static bool brg_trust_borrows(const struct brg_trust *t,
			      const struct brg_place *at,
			      const struct net_device *bridge,
			      const struct brg_frame *f)
{
	struct brg_claimed c;

	return t->answers_own != BRGUARD_CLAIMS_OFF &&
	       brg_answers_read(f, &c) &&
	       /* One that changes meanwhile is nobody's for a frame. */
	       c.mac == data_race(brg_mac_read(bridge->dev_addr)) &&
	       !brg_trust_is_own(at->net, &c) &&
	       !brg_place_binds_ip_rcu(at, c.ip4, &c.addr);
}

/**
 * brg_trust_judge_in_rcu() - POLICY step 11, and of step 12 the host's part
 * @bn: namespace
 * @t: port that the frame came from
 * @bridge: its bridge
 * @wire: where the frame looks as @f does
 * @leaves: it is the host's and leaves by a trusted port
 * @f: the frame
 * @owner: where the ifindex of the port goes that has what is claimed, or 0
 *
 * Context: RCU.
 * Return: what speaks against the frame.
 */
enum brguard_reason
brg_trust_judge_in_rcu(const struct brg_net *bn, const struct brg_trust *t,
		       const struct net_device *bridge,
		       const struct net_device *wire, bool leaves,
		       const struct brg_frame *f, u32 *owner)
{
	struct brg_place at = brg_place_rcu(bn, bridge, wire, f);

	if (brg_trust_is_claim(t, &at, f, owner))
		return BRGUARD_REASON_CLAIM;
	*owner = 0;

	return leaves && brg_trust_borrows(t, &at, bridge, f) ?
	       BRGUARD_REASON_ANSWERS_OWN : BRGUARD_REASON_PASS;
}

/**
 * brg_trust_audits() - does a frame pass all the same?
 * @t: port that it came from
 * @reason: what speaks against it, see brg_trust_judge_in_rcu()
 *
 * Return: whether it does.
 */
bool brg_trust_audits(const struct brg_trust *t, enum brguard_reason reason)
{
	switch (reason) {
	case BRGUARD_REASON_CLAIM:
		return t->audit || t->claims == BRGUARD_CLAIMS_ALARM;
	case BRGUARD_REASON_ANSWERS_OWN:
		return t->audit || t->answers_own == BRGUARD_CLAIMS_ALARM;
	default:
		return t->audit;
	}
}

/**
 * brg_trust_is_guest_rcu() - is a frame from behind a bridge device a guest's?
 * @bn: namespace
 * @t: local port of the bridge that has a table
 * @bridge: the bridge
 * @skb: the frame, with an Ethernet header
 *
 * Context: RCU.
 * Return: whether the bindings of the local port hold for it.
 */
bool brg_trust_is_guest_rcu(const struct brg_net *bn, const struct brg_trust *t,
			    const struct net_device *bridge,
			    const struct sk_buff *skb)
{
	return t->guest ||
	       !brg_host_has_rcu(bn, bridge, brg_parse_smac(eth_hdr(skb)),
				 false);
}

/**
 * brg_trust_hears_rcu() - is a frame for the host itself?
 * @bn: namespace
 * @bridge: a bridge whose local port is guarded
 * @skb: a frame that the bridge device is to receive
 *
 * Context: RCU.
 * Return: whether it is, or is for everybody.
 */
bool brg_trust_hears_rcu(const struct brg_net *bn,
			 const struct net_device *bridge,
			 const struct sk_buff *skb)
{
	u64 mac;

	if (!brg_parse_has_ethhdr(skb))
		return true;
	mac = brg_parse_dmac(eth_hdr(skb));

	return mac & BRG_MAC_GROUP || brg_host_has_rcu(bn, bridge, mac, true);
}

/**
 * brg_trust_may_leave_rcu() - POLICY step 13
 * @bn: namespace
 * @bridge: the bridge
 * @mac: source of a frame that leaves by a port with uplink-macs bound
 *
 * Context: RCU.
 * Return: is the MAC bound on the bridge, or the host's own?
 */
bool brg_trust_may_leave_rcu(const struct brg_net *bn,
			     const struct net_device *bridge, u64 mac)
{
	return brg_place_binds_mac_rcu(bn, bridge->ifindex, mac) ||
	       brg_host_has_rcu(bn, bridge, mac, false);
}
