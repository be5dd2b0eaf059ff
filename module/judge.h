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
#include "quick.h"
#include "table.h"
#include "verdict.h"

/* Source MAC and EtherType of a frame, which lie side by side. */
static inline bool brg_judge_owned(const struct brg_net *bn, u64 word)
{
	const struct brg_owners *o = rcu_dereference(bn->owners);

	return o && unlikely(brg_filter_may_have(&o->filter, word));
}

/*
 * From a trusted port, can a frame claim anything? Not if its source MAC is
 * nobody's, and it speaks for no other address.
 */
static inline bool brg_judge_claims(const struct brg_net *bn,
				    const struct sk_buff *skb)
{
	u64 word = get_unaligned_le64(skb_mac_header(skb) + ETH_ALEN);

	return brg_judge_owned(bn, word) || brg_parse_speaks(skb);
}

/* Most cannot, and it is seen at once. */
static inline bool brg_judge_quick_trusted(const struct brg_net *bn,
					   const struct sk_buff *skb)
{
	u64 word = get_unaligned_le64(skb_mac_header(skb) + ETH_ALEN);

	if (brg_judge_owned(bn, word))
		return false;

	return likely(word >> 48 == swab16(ETH_P_IP)) ||
	       (word >> 48 == swab16(ETH_P_IPV6) &&
		brg_parse_quick_silent(skb));
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
	return t->rules.scoped && brg_verdict_is_question(f) &&
	       brg_place_is_elsewhere_rcu(bn, dev, f);
}

#endif /* BRG_JUDGE_H */
