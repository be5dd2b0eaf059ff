// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where frames come in: parse, judge, account.
 *
 * From a guest, NF_BR_PRE_ROUTING sees a frame before the bridge learns from
 * it. It never sees what the bridge keeps to itself (01:80:c2:00:00:0X, MRP,
 * CFM) or discards at once (no unicast source); these frames, and no others,
 * are judged at netdev ingress of the guest's device.
 * Towards a guest, forwarded frames and the host's own meet in
 * NF_BR_POST_ROUTING, where the tag is what the guest will see.
 *
 * What the host itself sends comes by NF_BR_LOCAL_OUT, once for each port that
 * it leaves by: the bridge's local port is judged there. What the bridge device
 * receives comes by NF_BR_LOCAL_IN, which is judged where the bridge says so.
 */
#include <linux/if_bridge.h>
#include <linux/netfilter_bridge.h>
#include <linux/skbuff.h>
#include "answers.h"
#include "event.h"
#include "hooks.h"
#include "judge.h"
#include "map.h"
#include "netdev.h"
#include "netns.h"
#include "port.h"
#include "seen.h"
#include "stats.h"
#include "trust.h"

#if !IS_ENABLED(CONFIG_NETFILTER_INGRESS)
#error "brguard needs CONFIG_NETFILTER_INGRESS"
#endif

/* Count and report. Return: the fate of the frame. */
static unsigned int brg_hooks_tell(struct brg_net *bn, struct brg_violation *v)
{
	local_bh_disable();
	brg_stats_count(v->port->stats, v->reason, v->audited);
	brg_event_violation(bn, v);
	local_bh_enable();

	return v->audited ? NF_ACCEPT : NF_DROP;
}

static noinline unsigned int
brg_hooks_violation(struct brg_net *bn, const struct brg_table *t,
		    const struct net_device *dev, const struct brg_frame *f,
		    enum brguard_direction dir, enum brguard_reason reason)
{
	struct brg_violation v = {
		.port = t->port, .dev = dev, .frame = f, .direction = dir,
		.reason = reason, .audited = t->audit,
	};

	if (t->audit && dir == BRGUARD_DIRECTION_IN)
		brg_seen_note(bn, t, f, reason);

	return brg_hooks_tell(bn, &v);
}

/*
 * Count an answer that came in by a port or leaves by it. Return: is the frame
 * to be dropped, unless it is audited, because its MAC answers for too many?
 */
static bool brg_hooks_answers(struct brg_net *bn, const struct brg_trust *local,
			      const struct brg_frame *f, int ifindex,
			      enum brguard_direction dir, bool passes)
{
	struct brg_claimed c;

	if (!local || !local->answers || !brg_answers_read(f, &c))
		return false;

	return brg_answers_count(bn, local->answers, &c, ifindex, dir,
				 local->answers_drop && passes) &&
	       local->answers_drop;
}

static unsigned int brg_hooks_finish_in(struct brg_net *bn,
					const struct brg_table *t,
					const struct brg_frame *f,
					struct net_device *dev,
					enum brguard_reason reason)
{
	const struct brg_trust *local = NULL;

	/* Most frames are data, most guests have few addresses. */
	if (!reason && t->rules.counts &&
	    (f->kind == BRG_KIND_ARP || brg_frame_is_nd(f)))
		local = brg_map_local_rcu(bn, brg_netdev_bridge_rcu(dev));
	if (brg_hooks_answers(bn, local, f, dev->ifindex, BRGUARD_DIRECTION_IN,
			      !t->audit))
		reason = BRGUARD_REASON_ANSWERS_FOR_ALL;

	return reason ? brg_hooks_violation(bn, t, dev, f,
					    BRGUARD_DIRECTION_IN, reason) :
	       NF_ACCEPT;
}

static noinline unsigned int brg_hooks_judge_in(struct brg_net *bn,
						const struct brg_table *t,
						struct sk_buff *skb,
						struct net_device *dev)
{
	enum brguard_reason reason;
	struct brg_frame f;

	/*
	 * vhost may have left the frame where the guest can still write to it
	 * (experimental_zcopytx): a copy is judged, and goes on.
	 */
	if (unlikely(skb_orphan_frags_rx(skb, GFP_ATOMIC)))
		return NF_DROP;
	reason = brg_judge_in(t, skb, &f);

	return brg_hooks_finish_in(bn, t, &f, dev, reason);
}

/* The tag is that of the wire already, and not of the bridge device. */
static noinline unsigned int brg_hooks_judge_behind(struct brg_net *bn,
						    const struct brg_table *t,
						    const struct sk_buff *skb,
						    struct net_device *wire,
						    struct net_device *bridge)
{
	enum brguard_reason reason;
	struct brg_frame f;

	brg_parse_in(skb, &f);
	brg_place_retag_rcu(wire, bridge, &f);
	reason = brg_verdict_in(&t->rules, &f);

	return brg_hooks_finish_in(bn, t, &f, bridge, reason);
}

/* From a guest behind a bridge device. */
static unsigned int brg_hooks_behind(struct brg_net *bn,
				     const struct brg_table *t,
				     struct sk_buff *skb,
				     struct net_device *wire,
				     struct net_device *bridge)
{
	if (br_vlan_enabled(bridge))
		return brg_hooks_judge_behind(bn, t, skb, wire, bridge);

	return brg_quick_any_in(&t->rules, skb) ? NF_ACCEPT :
	       brg_hooks_judge_in(bn, t, skb, bridge);
}

static unsigned int brg_hooks_prune(const struct brg_table *t)
{
	local_bh_disable();
	brg_stats_count_pruned(t->port->stats);
	local_bh_enable();

	return NF_DROP;
}

static noinline unsigned int brg_hooks_judge_out(struct brg_net *bn,
						 const struct brg_table *t,
						 const struct sk_buff *skb,
						 struct net_device *dev)
{
	enum brguard_reason reason;
	struct brg_frame f;

	reason = brg_judge_out(t, skb, &f);
	if (!reason && unlikely(brg_place_was_behind_rcu(dev, skb, &f)))
		reason = BRGUARD_REASON_ENCAPSULATION;
	if (reason)
		return brg_hooks_violation(bn, t, dev, &f,
					   BRGUARD_DIRECTION_OUT, reason);

	return brg_judge_prunes_rcu(bn, t, dev, &f) ? brg_hooks_prune(t) :
	       NF_ACCEPT;
}

static noinline unsigned int brg_hooks_to_guest(struct brg_net *bn,
						const struct brg_table *t,
						const struct sk_buff *skb,
						struct net_device *dev)
{
	return (t->rules.shift4 && brg_quick_out(&t->rules, skb)) ||
	       brg_quick_more_out(&t->rules, skb) ? NF_ACCEPT :
	       brg_hooks_judge_out(bn, t, skb, dev);
}

static noinline unsigned int brg_hooks_to_many(struct brg_net *bn,
					       const struct brg_table *t,
					       const struct sk_buff *skb,
					       struct net_device *dev)
{
	return likely(brg_quick_many4_out(&t->rules, skb)) ? NF_ACCEPT :
	       brg_hooks_to_guest(bn, t, skb, dev);
}

/* Towards a guest the host's answers are none of this. */
static bool brg_hooks_is_trusted(const struct brg_net *bn,
				 const struct net_device *dev)
{
	const struct brg_map_entry *e = brg_map_find_rcu(bn, dev);

	return e->dev && !rcu_access_pointer(e->table);
}

/* @wire: where the frame looks as @skb does; @dev: the port that it is from. */
static noinline unsigned int
brg_hooks_judge_trusted(struct brg_net *bn, const struct brg_trust *t,
			const struct sk_buff *skb,
			const struct net_device *wire,
			struct net_device *dev, struct net_device *bridge)
{
	bool out = dev == bridge, leaves, answers;
	struct brg_frame f;
	struct brg_violation v = {
		.port = t->port, .dev = dev, .frame = &f,
		.direction = BRGUARD_DIRECTION_IN,
	};

	if (!bridge)
		return NF_ACCEPT;
	brg_parse_trusted(skb, &f);
	leaves = out && brg_hooks_is_trusted(bn, wire);
	v.reason = brg_trust_judge_in_rcu(bn, t, bridge, wire, leaves, &f,
					  &v.owner);
	v.audited = brg_trust_audits(t, v.reason);
	answers = (!out || leaves) &&
		  brg_hooks_answers(bn, brg_map_local_rcu(bn, bridge), &f,
				    wire->ifindex, out ? BRGUARD_DIRECTION_OUT :
				    BRGUARD_DIRECTION_IN,
				    !t->audit && (!v.reason || v.audited));
	if (answers && (!v.reason || (v.audited && !t->audit))) {
		v.reason = BRGUARD_REASON_ANSWERS_FOR_ALL;
		v.audited = t->audit;
		v.owner = 0;
	}

	return v.reason ? brg_hooks_tell(bn, &v) : NF_ACCEPT;
}

static noinline unsigned int brg_hooks_from_trusted(struct brg_net *bn,
						    const struct brg_trust *t,
						    const struct sk_buff *skb,
						    struct net_device *dev)
{
	if (!brg_judge_claims(bn, skb))
		return NF_ACCEPT;

	return brg_hooks_judge_trusted(bn, t, skb, dev, dev,
				       netdev_master_upper_dev_get_rcu(dev));
}

/*
 * May the bridge deal with the frame without calling NF_BR_PRE_ROUTING? It
 * does so with protocols that end at it (STP, LLDP, MRP, CFM) if they are on.
 */
static __always_inline bool brg_hooks_is_hidden(const struct sk_buff *skb)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb_mac_header(skb);

	return brg_parse_has_ethhdr(skb) &&
	       (brg_mac_is_reserved(brg_parse_dmac(eth)) ||
		!brg_mac_is_source(brg_parse_smac(eth)) ||
		eth->h_proto == htons(ETH_P_MRP) ||
		eth->h_proto == htons(ETH_P_CFM));
}

/* What brg_quick_in() did not like, or was not asked for: IPv4 is many. */
static noinline unsigned int brg_hooks_from_guest(struct brg_net *bn,
						  const struct brg_table *t,
						  struct sk_buff *skb,
						  struct net_device *dev)
{
	if ((t->rules.shift4 && brg_quick_in(&t->rules, skb)) ||
	    brg_quick_more_in(&t->rules, skb))
		return NF_ACCEPT;
	/* Counted at netdev ingress already. */
	if (t->audit && brg_hooks_is_hidden(skb))
		return NF_ACCEPT;

	return brg_hooks_judge_in(bn, t, skb, dev);
}

/* A guest with many IPv4 prefixes: most of what it sends. */
static noinline unsigned int brg_hooks_from_many(struct brg_net *bn,
						 const struct brg_table *t,
						 struct sk_buff *skb,
						 struct net_device *dev)
{
	return likely(brg_quick_many4_in(&t->rules, skb)) ? NF_ACCEPT :
	       brg_hooks_from_guest(bn, t, skb, dev);
}

/*
 * Here and in brg_hooks_out(), whatever is not quick is left to functions that
 * are not inline, so that what is quick needs no stack.
 */
static unsigned int brg_hooks_in(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct brg_map_entry *e = brg_map_find_rcu(priv, state->in);
	const struct brg_table *table = rcu_dereference(e->table);
	const struct brg_trust *t;

	if (table && unlikely(table->rules.shift4))
		return brg_hooks_from_many(priv, table, skb, state->in);
	if (table)
		return likely(brg_quick_in(&table->rules, skb)) ? NF_ACCEPT :
		       brg_hooks_from_guest(priv, table, skb, state->in);
	t = rcu_dereference(e->in);
	if (!t || likely(brg_judge_quick_trusted(priv, skb)))
		return NF_ACCEPT;

	return brg_hooks_from_trusted(priv, t, skb, state->in);
}

static unsigned int brg_hooks_ingress(void *priv, struct sk_buff *skb,
				      const struct nf_hook_state *state)
{
	const struct brg_table *t;

	if (likely(!brg_hooks_is_hidden(skb)))
		return NF_ACCEPT;
	t = rcu_dereference(brg_map_find_rcu(priv, state->in)->table);

	return t ? brg_hooks_judge_in(priv, t, skb, state->in) : NF_ACCEPT;
}

static noinline unsigned int
brg_hooks_judge_leaving(struct brg_net *bn, const struct brg_trust *t,
			const struct sk_buff *skb, struct net_device *dev)
{
	struct net_device *bridge = netdev_master_upper_dev_get_rcu(dev);
	struct brg_frame f;
	struct brg_violation v = {
		.port = t->port, .dev = dev, .frame = &f,
		.direction = BRGUARD_DIRECTION_OUT,
		.reason = BRGUARD_REASON_UPLINK_MAC, .audited = t->audit,
	};

	if (!bridge || !brg_parse_has_ethhdr(skb) ||
	    brg_trust_may_leave_rcu(bn, bridge,
				    brg_parse_smac(eth_hdr(skb))))
		return NF_ACCEPT;
	brg_parse_out(skb, &f);

	return brg_hooks_tell(bn, &v);
}

static unsigned int brg_hooks_out(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state)
{
	const struct brg_map_entry *e = brg_map_find_rcu(priv, state->out);
	const struct brg_table *table = rcu_dereference(e->table);
	const struct brg_trust *t;

	if (table && unlikely(table->rules.shift4))
		return brg_hooks_to_many(priv, table, skb, state->out);
	if (table)
		return likely(brg_quick_out(&table->rules, skb)) ? NF_ACCEPT :
		       brg_hooks_to_guest(priv, table, skb, state->out);
	t = rcu_dereference(e->out);

	return t ? brg_hooks_judge_leaving(priv, t, skb, state->out) :
	       NF_ACCEPT;
}

/*
 * From the host, on its way to one port. The bridge's own BPDUs have no header.
 * Where the local port is guarded, who is behind it and is not the host has
 * what is bound there.
 */
static unsigned int brg_hooks_local_out(void *priv, struct sk_buff *skb,
					const struct nf_hook_state *state)
{
	struct net_device *bridge = netdev_master_upper_dev_get_rcu(state->out);
	const struct brg_map_entry *e;
	const struct brg_table *table;
	const struct brg_trust *t;

	e = bridge ? brg_map_find_rcu(priv, bridge) : &brg_map_none;
	t = rcu_dereference(e->in);
	if (!t || !brg_parse_has_ethhdr(skb))
		return NF_ACCEPT;
	table = rcu_dereference(e->table);
	if (table && brg_trust_is_guest_rcu(priv, t, bridge, skb))
		return brg_hooks_behind(priv, table, skb, state->out, bridge);
	if (!brg_judge_claims(priv, skb))
		return NF_ACCEPT;

	return brg_hooks_judge_trusted(priv, t, skb, state->out, bridge,
				       bridge);
}

/*
 * The bridge device is about to receive: @skb->dev is that device, and a port
 * where the frame stays with the port (LACP). Mostly it is for the host.
 */
static unsigned int brg_hooks_local_in(void *priv, struct sk_buff *skb,
				       const struct nf_hook_state *state)
{
	struct net_device *bridge = skb->dev;
	const struct brg_map_entry *e;
	const struct brg_table *table;
	const struct brg_trust *t;

	if (likely(skb->pkt_type == PACKET_HOST) ||
	    !brg_netdev_is_bridge(bridge))
		return NF_ACCEPT;
	e = brg_map_find_rcu(priv, bridge);
	t = rcu_dereference(e->in);
	table = rcu_dereference(e->table);
	if (!t || !table || !t->guarded ||
	    brg_trust_hears_rcu(priv, bridge, skb) ||
	    brg_quick_any_out(&table->rules, skb))
		return NF_ACCEPT;

	return brg_hooks_judge_out(priv, table, skb, bridge);
}

/**
 * brg_hooks_init() - fill in the bridge hooks of a namespace
 * @bn: namespace
 */
void brg_hooks_init(struct brg_net *bn)
{
	bn->hooks[0] = (struct nf_hook_ops){
		.hook = brg_hooks_in,
		.priv = bn,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_PRE_ROUTING,
		.priority = NF_BR_PRI_FIRST,
	};
	bn->hooks[1] = (struct nf_hook_ops){
		.hook = brg_hooks_out,
		.priv = bn,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_POST_ROUTING,
		.priority = NF_BR_PRI_FIRST,
	};
	bn->hooks[2] = (struct nf_hook_ops){
		.hook = brg_hooks_local_out,
		.priv = bn,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_LOCAL_OUT,
		.priority = NF_BR_PRI_FIRST,
	};
	bn->hooks[3] = (struct nf_hook_ops){
		.hook = brg_hooks_local_in,
		.priv = bn,
		.pf = NFPROTO_BRIDGE,
		.hooknum = NF_BR_LOCAL_IN,
		.priority = NF_BR_PRI_FIRST,
	};
}

/**
 * brg_hooks_init_ingress() - fill in the netdev ingress hook of a guest port
 * @bn: namespace
 * @dev: device of the port
 * @ops: what to fill in
 */
void brg_hooks_init_ingress(struct brg_net *bn, struct net_device *dev,
			    struct nf_hook_ops *ops)
{
	*ops = (struct nf_hook_ops){
		.hook = brg_hooks_ingress,
		.dev = dev,
		.priv = bn,
		.pf = NFPROTO_NETDEV,
		.hooknum = NF_NETDEV_INGRESS,
		.priority = INT_MIN,
	};
}

/**
 * brg_hooks_enable() - register the bridge hooks
 * @bn: namespace
 * @inward: that in front of bridge devices as well
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or a negative error.
 */
int brg_hooks_enable(struct brg_net *bn, bool inward)
{
	u32 wanted = inward ? BRG_HOOKS : BRG_HOOKS - 1;
	int err = 0;

	lockdep_assert_held(&bn->lock);
	for (; !err && bn->hooked < wanted; bn->hooked += !err)
		err = nf_register_net_hook(bn->net, &bn->hooks[bn->hooked]);

	return err;
}

/**
 * brg_hooks_disable() - unregister the bridge hooks that no slot needs
 * @bn: namespace
 *
 * Context: may sleep; struct brg_net.lock.
 */
void brg_hooks_disable(struct brg_net *bn)
{
	u32 wanted = !bn->judged ? 0 : bn->inward ? BRG_HOOKS : BRG_HOOKS - 1;

	lockdep_assert_held(&bn->lock);
	while (bn->hooked > wanted)
		nf_unregister_net_hook(bn->net, &bn->hooks[--bn->hooked]);
}
