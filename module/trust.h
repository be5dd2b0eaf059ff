/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * POLICY steps 11 to 13: what is asked of ports that are not guests: uplinks,
 * links, the host's own, and the local port of a bridge, which is the host.
 */
#ifndef BRG_TRUST_H
#define BRG_TRUST_H

#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/brguard.h>
#include "frame.h"
#include "place.h"

struct brg_answers;
struct brg_bridge_settings;
struct brg_claimed;
struct brg_net;
struct brg_port;
struct net_device;
struct sk_buff;

/**
 * struct brg_trust - what hooks know of a trusted port
 * @port: the port; hooks read its name and statistics
 * @ifindex: its device
 * @audit: audit mode
 * @claims: enum brguard_claims
 * @bound_only: what nobody has bound does not leave by it
 * @answers_drop: who answers for too many addresses is not heard
 * @answers_own: of a local port: enum brguard_claims, the host's answers
 * @guest: of a local port: it is a guest's, the host included
 * @guarded: of a local port: who is behind it and is not the host is a guest
 * @answers: of a local port: who answers on the bridge, or NULL
 * @rcu: to free it
 *
 * Never changed, replaced as a whole under RCU.
 */
struct brg_trust {
	const struct brg_port *port;
	int ifindex;
	bool audit;
	u8 claims;
	bool bound_only;
	bool answers_drop;
	u8 answers_own;
	bool guest;
	bool guarded;
	struct brg_answers *answers;
	struct rcu_head rcu;
};

struct brg_trust *brg_trust_alloc(const struct brg_port *port, int ifindex,
				  bool audit,
				  const struct brg_bridge_settings *knobs);
int brg_trust_add_answers(struct brg_trust *t, const struct brg_trust *old,
			  const struct brg_bridge_settings *knobs);
void brg_trust_free(struct brg_trust *trust);
enum brguard_reason
brg_trust_judge_in_rcu(const struct brg_net *bn, const struct brg_trust *t,
		       const struct net_device *bridge,
		       const struct net_device *wire, bool leaves,
		       const struct brg_frame *f, u32 *owner);
bool brg_trust_audits(const struct brg_trust *t, enum brguard_reason reason);
bool brg_trust_is_guest_rcu(const struct brg_net *bn, const struct brg_trust *t,
			    const struct net_device *bridge,
			    const struct sk_buff *skb);
bool brg_trust_hears_rcu(const struct brg_net *bn,
			 const struct net_device *bridge,
			 const struct sk_buff *skb);
bool brg_trust_may_leave_rcu(const struct brg_net *bn,
			     const struct net_device *bridge, u64 mac);

#endif /* BRG_TRUST_H */
