/* SPDX-License-Identifier: GPL-2.0-only */
/* The module's way from an skb to a decision, and what must hold on it. */
#ifndef PURE_DECIDE_H
#define PURE_DECIDE_H

#include "packet.h"
#include "port.h"

/**
 * struct verdict - what was decided
 * @reason: reason
 * @question: it passed outwards, and arp-scope applies to it
 */
struct verdict {
	enum brguard_reason reason;
	bool question;
};

/* How often a frame was parsed and decided on, by this process. */
extern u64 judgements;

const char *reason_word(enum brguard_reason reason);
struct verdict decide(const struct port *port, const struct sk_buff *skb,
		      enum brguard_direction dir);
bool decision_is_quick(const struct port *port, const struct sk_buff *skb,
		       enum brguard_direction dir);
bool decision_hears(const struct sk_buff *skb);
bool decision_is_consistent(const struct port *port, const struct sk_buff *skb,
			    enum brguard_direction dir, struct verdict v);

#endif /* PURE_DECIDE_H */
