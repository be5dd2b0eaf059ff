// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <net/ipv6.h>
#include "decide.h"
#include "parse.h"
#include "quick.h"
#include "verdict.h"

/* The memory sanitizer knows better what was left as it was. */
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define KNOWS_UNINITIALISED
#endif
#endif

u64 judgements;

#define WORD(name, word) word,

const char *reason_word(enum brguard_reason reason)
{
	static const char *const words[] = { __BRGUARD_REASON_MAPPER(WORD) };

	return reason < sizeof(words) / sizeof(words[0]) ? words[reason] : "?";
}

/**
 * decide() - parse a frame and decide on it, as hooks.c does
 * @port: port
 * @skb: frame
 * @dir: direction
 *
 * The module leaves what it did not read as it was: other bytes each time.
 *
 * Return: what was decided.
 */
struct verdict decide(const struct port *port, const struct sk_buff *skb,
		      enum brguard_direction dir)
{
	struct verdict v = {};
	struct brg_frame f;
#ifndef KNOWS_UNINITIALISED
	static const u8 fill[] = { 0x00, 0xff, 0x5a };

	memset(&f, fill[judgements % sizeof(fill)], sizeof(f));
#endif
	judgements++;
	if (dir == BRGUARD_DIRECTION_IN) {
		brg_parse_in(skb, &f);
		v.reason = brg_verdict_in(&port->rules, &f);
	} else {
		brg_parse_out(skb, &f);
		v.reason = brg_verdict_out(&port->rules, &f);
		v.question = !v.reason && brg_verdict_is_question(&f);
	}

	return v;
}

/* Each way by itself: it depends on the rules which of them hooks ask. */
static bool decision_is_quick_in(const struct brg_rules *r,
				 const struct sk_buff *skb)
{
	bool few = brg_quick_in(r, skb), many4 = brg_quick_many4_in(r, skb);
	bool more = brg_quick_more_in(r, skb), any = brg_quick_any_in(r, skb);

	return few || many4 || more || any;
}

static bool decision_is_quick_out(const struct brg_rules *r,
				  const struct sk_buff *skb)
{
	bool few = brg_quick_out(r, skb), many4 = brg_quick_many4_out(r, skb);
	bool more = brg_quick_more_out(r, skb), any = brg_quick_any_out(r, skb);

	return few || many4 || more || any;
}

/**
 * decision_is_quick() - does a frame pass the quick way?
 * @port: port
 * @skb: frame
 * @dir: direction
 *
 * Return: whether it does.
 */
bool decision_is_quick(const struct port *port, const struct sk_buff *skb,
		       enum brguard_direction dir)
{
	return dir == BRGUARD_DIRECTION_IN ?
	       decision_is_quick_in(&port->rules, skb) :
	       decision_is_quick_out(&port->rules, skb);
}

/**
 * decision_hears() - is nobody taken for silent who is not?
 * @skb: frame
 *
 * On a trusted port, only frames that speak are parsed.
 *
 * Return: whether ARP and ND speak, and what is silent at a glance is so.
 */
bool decision_hears(const struct sk_buff *skb)
{
	struct brg_frame f;
	bool speaks, silent;

	if (!brg_parse_has_ethhdr(skb))
		return true;
	speaks = brg_parse_speaks(skb);
	brg_parse_trusted(skb, &f);
	if (f.kind == BRG_KIND_ARP || brg_frame_is_nd(&f))
		return speaks;
	silent = brg_parse_ethhdr(skb)->h_proto == htons(ETH_P_IPV6) &&
		 brg_parse_quick_silent(skb);

	return !silent || !speaks;
}

/**
 * decision_is_consistent() - does the quick way say no more than the long one?
 * @port: port
 * @skb: frame
 * @dir: direction
 * @v: what the long way decided
 *
 * Return: whether it refuses, or the frame passes and is no question that the
 * port is to be kept from.
 */
bool decision_is_consistent(const struct port *port, const struct sk_buff *skb,
			    enum brguard_direction dir, struct verdict v)
{
	return !decision_is_quick(port, skb, dir) ||
	       (!v.reason && !(v.question && port->rules.scoped));
}
