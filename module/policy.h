/* SPDX-License-Identifier: GPL-2.0-only */
/* What each command takes: the ranges of Documentation/netlink/specs. */
#ifndef BRG_POLICY_H
#define BRG_POLICY_H

#include <net/netlink.h>
#include <linux/brguard.h>

extern const struct nla_policy
	brg_bridge_name_policy[BRGUARD_A_BRIDGE_NAME + 1];
extern const struct nla_policy
	brg_bridge_set_policy[BRGUARD_A_BRIDGE_GUEST_LEARNING + 1];
extern const struct nla_policy brg_port_name_policy[BRGUARD_A_PORT_NAME + 1];
extern const struct nla_policy
	brg_port_set_policy[BRGUARD_A_PORT_UPLINK_MACS + 1];
extern const struct nla_policy brg_prefix_policy[BRGUARD_A_PREFIX_LENGTH + 1];
extern const struct nla_policy
	brg_binding_get_policy[BRGUARD_A_BINDING_VLAN + 1];
extern const struct nla_policy
	brg_binding_policy[BRGUARD_A_BINDING_RECORDS + 1];
extern const struct nla_policy
	brg_binding_del_policy[BRGUARD_A_BINDING_PREFIX + 1];
extern const struct nla_policy brg_stats_policy[BRGUARD_A_STATS_PORT + 1];
extern const struct nla_policy brg_commit_policy[BRGUARD_A_CONFIG_REQUESTS + 1];
extern const struct nla_policy brg_frame_policy[BRGUARD_A_FRAME_LENGTH + 1];
extern const struct nla_policy
	brg_explain_policy[BRGUARD_A_EXPLAIN_FRAME + 1];
extern const struct nla_policy brg_suggest_policy[BRGUARD_A_SUGGEST_PORT + 1];

#endif /* BRG_POLICY_H */
