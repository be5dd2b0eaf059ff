/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One frame against one table, from bytes to reason: what hooks and
 * explanations have in common.
 */
#ifndef BRG_JUDGE_H
#define BRG_JUDGE_H

#include "netns.h"
#include "owners.h"
#include "parse.h"
#include "place.h"
#include "table.h"
#include "verdict.h"

/* Nothing but an ordinary packet of a bound guest is quick. */
static inline bool brg_judge_quick_in(const struct brg_table *t,
				      const struct sk_buff *skb)
{
	struct brg_quick q;

	return brg_parse_quick(skb, &q) && brg_parse_quick_in(skb) &&
	       brg_verdict_quick_in(&t->rules, &q);
}

static inline bool brg_judge_quick_out(const struct brg_table *t,
				       const struct sk_buff *skb)
{
	struct brg_quick q;

	return brg_parse_quick(skb, &q) && brg_verdict_quick_out(&t->rules, &q);
}

/*
 * From a trusted port, a frame whose source MAC nobody has, and that speaks for
 * no other address, claims nothing. Source MAC and EtherType lie side by side.
 */
static inline bool brg_judge_quick_trusted(const struct brg_net *bn,
					   const struct sk_buff *skb)
{
	const struct brg_owners *o = rcu_dereference(bn->owners);
	u64 word = get_unaligned_le64(skb_mac_header(skb) + ETH_ALEN);

	if (o && test_bit(brg_owners_bit(o, word), o->filter))
		return false;

	return likely(word >> 48 == swab16(ETH_P_IP)) ||
	       !brg_parse_speaks(skb);
}

static inline enum brguard_reason brg_judge_in(const struct brg_table *t,
					       const struct sk_buff *skb,
					       struct brg_frame *f)
{
	brg_parse_in(skb, f);

	return brg_verdict_in(&t->rules, f);
}

static inline enum brguard_reason brg_judge_out(const struct brg_table *t,
						const struct sk_buff *skb,
						struct brg_frame *f)
{
	brg_parse_out(skb, f);

	return brg_verdict_out(&t->rules, f);
}

/* No violation: a question that the owner alone needs to hear. */
static inline bool brg_judge_prunes_rcu(const struct brg_net *bn,
					const struct brg_table *t,
					struct net_device *dev,
					const struct brg_frame *f)
{
	return t->arp_scope && !t->audit && brg_verdict_is_question(f) &&
	       brg_place_is_elsewhere_rcu(bn, dev, f);
}

#endif /* BRG_JUDGE_H */
