// SPDX-License-Identifier: GPL-2.0-only
/*
 * What would happen to a frame: the bytes become an skb as the receive path
 * would make it, and the code that the hooks call judges it. Nothing is
 * delivered, counted or reported.
 */
#include <linux/err.h>
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/skbuff.h>
#include <linux/socket.h>
#include <linux/string.h>
#include "answers.h"
#include "attach.h"
#include "binding.h"
#include "explain.h"
#include "goal.h"
#include "judge.h"
#include "map.h"
#include "port.h"
#include "trust.h"

/* Bytes that lie in one piece; the rest goes to pages. */
#define BRG_EXPLAIN_LINEAR	2048

/**
 * brg_explain_begin() - find the rules of a port
 * @x: with port and slot filled in
 *
 * A port that no device follows has no rules yet: they are made for the
 * occasion, as a device of the bridge that it names would have them.
 *
 * Context: may sleep; RTNL and struct brg_net.lock until brg_explain_end().
 * Return: 0 or a negative error.
 */
int brg_explain_begin(struct brg_explain *x)
{
	struct brg_goal goal;
	struct brg_table *t;

	x->table = NULL;
	if (x->slot) {
		x->table = x->slot->now.table;
		return 0;
	}
	brg_goal_expect(x->bn->config, x->port, &goal);
	if (!goal.guest)
		return 0;
	t = brg_table_build(x->port, goal.audit, &goal.knobs);
	if (IS_ERR(t))
		return PTR_ERR(t);
	x->table = t;

	return 0;
}

/**
 * brg_explain_end() - drop what brg_explain_begin() made
 * @x: as it was left
 */
void brg_explain_end(struct brg_explain *x)
{
	if (!x->slot)
		brg_table_free(x->table);
}

/* An Ethernet header, a tag taken out, as __netif_receive_skb_core() does. */
static struct sk_buff *brg_explain_receive(struct sk_buff *skb)
{
	skb_reset_mac_header(skb);
	if (skb->len < ETH_HLEN)
		return skb;
	skb_pull(skb, ETH_HLEN);
	skb->protocol = eth_hdr(skb)->h_proto;
	skb_reset_network_header(skb);
	/* A tag that is cut off stays where it is, for the parser to refuse. */
	if (eth_type_vlan(skb->protocol) &&
	    skb->len >= VLAN_HLEN + sizeof(__be16))
		skb = skb_vlan_untag(skb);

	return skb;
}

static struct sk_buff *brg_explain_skb(const void *data, u32 len, u32 whole)
{
	u32 linear = min_t(u32, whole, BRG_EXPLAIN_LINEAR);
	struct sk_buff *skb;
	int err;

	skb = alloc_skb_with_frags(linear, whole - linear, 0, &err,
				   GFP_KERNEL | __GFP_ZERO);
	if (!skb)
		return NULL;
	skb_put(skb, linear);
	skb->data_len = whole - linear;
	skb->len = whole;
	memset(skb->data, 0, linear);
	if (skb_store_bits(skb, 0, data, len)) {
		kfree_skb(skb);
		return NULL;
	}

	return brg_explain_receive(skb);
}

/* The address that the bindings are asked about; false if it has none. */
static bool brg_explain_address(const struct brg_frame *f, bool in,
				struct brg_address *addr)
{
	addr->family = f->kind == BRG_KIND_IP6 ? AF_INET6 : AF_INET;
	switch (f->kind) {
	case BRG_KIND_IP4:
		memcpy(addr->byte, in ? &f->ip4.src : &f->ip4.dst, 4);
		return true;
	case BRG_KIND_IP6:
		memcpy(addr->byte, in ? &f->ip6.src : &f->ip6.dst, 16);
		return true;
	case BRG_KIND_ARP:
		memcpy(addr->byte, in ? &f->arp.sender_ip : &f->arp.target_ip,
		       4);
		return true;
	}

	return false;
}

static void brg_explain_binding(const struct brg_explain *x,
				const struct brg_frame *f,
				struct brg_explanation *e)
{
	bool in = x->direction == BRGUARD_DIRECTION_IN;
	struct brg_address mac = { .len = 48, .vid = f->vid };
	struct brg_address addr = {};
	struct brg_address p;
	u32 i;

	brg_mac_bytes(mac.byte, in ? f->smac : f->dmac);
	e->binding = brg_binding_find(x->table->port, &mac);
	if (!e->binding || !brg_explain_address(f, in, &addr))
		return;
	/* They are in order: the last one that covers it is the longest. */
	for (i = 0; i < brg_binding_prefixes(e->binding); i++) {
		brg_binding_prefix(e->binding, i, &p);
		if (!brg_address_covers(&p, &addr))
			continue;
		e->covered = true;
		e->prefix = p;
	}
}

static void brg_explain_guest(const struct brg_explain *x,
			      const struct sk_buff *skb,
			      struct brg_explanation *e)
{
	const struct brg_table *t = x->table;
	struct brg_frame f;
	bool quick;

	if (x->direction == BRGUARD_DIRECTION_IN) {
		quick = brg_quick_any_in(&t->rules, skb);
		e->reason = brg_judge_in(t, skb, &f);
	} else {
		quick = brg_quick_any_out(&t->rules, skb);
		e->reason = brg_judge_out(t, skb, &f);
		e->pruned = !quick && !e->reason && x->slot &&
			    brg_judge_prunes_rcu(x->bn, t, x->slot->dev, &f);
	}
	/* As in the hooks, what is quick has passed. */
	if (quick)
		e->reason = BRGUARD_REASON_PASS;
	e->audited = t->audit;
	brg_explain_binding(x, &f, e);
}

/* From a trusted port, or the host: by a trusted port, if it answers. */
static void brg_explain_trusted_in(const struct brg_explain *x,
				   const struct brg_trust *t,
				   struct net_device *bridge,
				   const struct sk_buff *skb,
				   struct brg_explanation *e)
{
	struct net_device *dev = x->slot->dev;
	struct brg_frame f;
	u32 owner;

	if (!brg_judge_claims(x->bn, skb))
		return;
	brg_parse_trusted(skb, &f);
	e->reason = brg_trust_judge_in_rcu(x->bn, t, bridge, dev,
					   x->slot->now.local, &f, &owner);
	e->audited = brg_trust_audits(t, e->reason);
}

static void brg_explain_trusted_out(const struct brg_explain *x,
				    const struct brg_trust *t,
				    const struct net_device *bridge,
				    const struct sk_buff *skb,
				    struct brg_explanation *e)
{
	if (!t->bound_only || x->slot->now.local ||
	    brg_trust_may_leave_rcu(x->bn, bridge,
				    brg_parse_smac(eth_hdr(skb))))
		return;
	e->reason = BRGUARD_REASON_UPLINK_MAC;
	e->audited = t->audit;
}

/* The bridge of a port, or the one whose local port it is. */
static struct net_device *brg_explain_bridge(const struct brg_explain *x)
{
	struct net_device *dev = x->slot->dev;

	return x->slot->now.local ? dev : netdev_master_upper_dev_get_rcu(dev);
}

static void brg_explain_trusted(const struct brg_explain *x,
				const struct sk_buff *skb,
				struct brg_explanation *e)
{
	const struct brg_trust *t = x->slot ? x->slot->now.trust : NULL;
	struct net_device *bridge = t ? brg_explain_bridge(x) : NULL;

	if (!bridge || !brg_parse_has_ethhdr(skb))
		return;
	if (x->direction == BRGUARD_DIRECTION_OUT)
		brg_explain_trusted_out(x, t, bridge, skb, e);
	else
		brg_explain_trusted_in(x, t, bridge, skb, e);
}

/* Do the bindings hold? Behind a bridge device they may not for the host. */
static bool brg_explain_is_guest(const struct brg_explain *x,
				 const struct sk_buff *skb)
{
	const struct brg_trust *t = x->slot ? x->slot->now.trust : NULL;

	if (!x->table || !t || !brg_parse_has_ethhdr(skb))
		return x->table;

	return x->direction == BRGUARD_DIRECTION_IN ?
	       brg_trust_is_guest_rcu(x->bn, t, x->slot->dev, skb) :
	       t->guarded && !brg_trust_hears_rcu(x->bn, x->slot->dev, skb);
}

/* Has who sends it answered for too many? */
static void brg_explain_answers(const struct brg_explain *x,
				const struct sk_buff *skb,
				struct brg_explanation *e)
{
	const struct brg_trust *local;
	struct brg_frame f;

	if (!x->slot || x->direction != BRGUARD_DIRECTION_IN ||
	    x->slot->now.local || (e->reason && !e->audited) ||
	    (x->table && !x->table->rules.counts))
		return;
	local = brg_map_local_rcu(x->bn, brg_explain_bridge(x));
	if (x->table)
		brg_parse_in(skb, &f);
	else
		brg_parse_trusted(skb, &f);
	if (!local || !brg_answers_refuses(local, &f, x->slot->dev->ifindex,
					   x->direction))
		return;
	if (e->reason && x->slot->now.audit)
		return;
	e->reason = BRGUARD_REASON_ANSWERS_FOR_ALL;
	e->audited = x->slot->now.audit;
}

static void brg_explain_judge(const struct brg_explain *x,
			      const struct sk_buff *skb,
			      struct brg_explanation *e)
{
	rcu_read_lock();
	if (brg_explain_is_guest(x, skb))
		brg_explain_guest(x, skb, e);
	else
		brg_explain_trusted(x, skb, e);
	brg_explain_answers(x, skb, e);
	rcu_read_unlock();
}

/**
 * brg_explain_frame() - judge a frame
 * @x: port
 * @data: from its destination MAC on
 * @len: bytes at @data
 * @whole: bytes of the frame, at least @len; the others count as 0
 * @e: what would happen to it; bindings hold until brg_explain_end()
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int brg_explain_frame(const struct brg_explain *x, const void *data, u32 len,
		      u32 whole, struct brg_explanation *e)
{
	struct sk_buff *skb;

	*e = (struct brg_explanation){};
	if (!x->table && !x->slot)
		return 0;
	skb = brg_explain_skb(data, len, whole);
	if (!skb)
		return -ENOMEM;
	brg_explain_judge(x, skb, e);
	kfree_skb(skb);

	return 0;
}
