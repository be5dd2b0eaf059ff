// SPDX-License-Identifier: GPL-2.0-only
#include "policy.h"

#define BRG_NAME(max)	{ .type = NLA_NUL_STRING, .len = (max) }
#define BRG_MAC		NLA_POLICY_EXACT_LEN(6)

/*
 * Bounds that do not fit into struct nla_policy. Not const: old kernels' struct
 * nla_policy points to what may be written.
 */
static struct netlink_range_validation brg_ageing_floor_range = {
	.max = 1000000,
};

static struct netlink_range_validation brg_frame_length_range = {
	.max = BRGUARD_FRAME_MAX,
};

const struct nla_policy brg_bridge_name_policy[] = {
	[BRGUARD_A_BRIDGE_NAME] = BRG_NAME(BRGUARD_BRIDGE_NAME_MAX),
};

const struct nla_policy brg_bridge_set_policy[] = {
	[BRGUARD_A_BRIDGE_NAME] = BRG_NAME(BRGUARD_BRIDGE_NAME_MAX),
	[BRGUARD_A_BRIDGE_NEW_PORT] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_ROLE_MAX - 1),
	[BRGUARD_A_BRIDGE_MODE] =
		NLA_POLICY_RANGE(NLA_U32, BRGUARD_MODE_ENFORCE,
				 BRGUARD_MODE_AUDIT),
	[BRGUARD_A_BRIDGE_ARP_SCOPE] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_ARP_SCOPE_MAX - 1),
	[BRGUARD_A_BRIDGE_HOLD] =
		NLA_POLICY_MAX(NLA_U32, BRGUARD_WATCH_NEIGH_SUPPRESS),
	[BRGUARD_A_BRIDGE_AGEING_FLOOR] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &brg_ageing_floor_range),
	[BRGUARD_A_BRIDGE_CLAIMS] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_CLAIMS_MAX - 1),
	[BRGUARD_A_BRIDGE_ANSWERS] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_ANSWERS_MAX - 1),
	[BRGUARD_A_BRIDGE_ANSWERS_MAX] =
		NLA_POLICY_MAX(NLA_U32, BRGUARD_ANSWERS_MAX),
	[BRGUARD_A_BRIDGE_ANSWERS_TIME] =
		NLA_POLICY_RANGE(NLA_U32, 1, BRGUARD_ANSWERS_TIME_MAX),
	[BRGUARD_A_BRIDGE_ANSWERS_OWN] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_CLAIMS_MAX - 1),
	[BRGUARD_A_BRIDGE_LOCAL_PORT] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_LOCAL_PORT_MAX - 1),
	[BRGUARD_A_BRIDGE_GUEST_FLOOD] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_GUEST_FLOOD_MAX - 1),
};

const struct nla_policy brg_port_name_policy[] = {
	[BRGUARD_A_PORT_NAME] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
};

const struct nla_policy brg_port_set_policy[] = {
	[BRGUARD_A_PORT_NAME] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
	[BRGUARD_A_PORT_BRIDGE] = BRG_NAME(BRGUARD_BRIDGE_NAME_MAX),
	[BRGUARD_A_PORT_ROLE] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_ROLE_MAX - 1),
	[BRGUARD_A_PORT_MODE] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_MODE_MAX - 1),
	[BRGUARD_A_PORT_LINK_LOCAL] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_LINK_LOCAL_MAX - 1),
	[BRGUARD_A_PORT_DHCP_SERVER] = NLA_POLICY_MAX(NLA_U8, 1),
	[BRGUARD_A_PORT_ROUTER] = NLA_POLICY_MAX(NLA_U8, 1),
	[BRGUARD_A_PORT_ETHERTYPE] = { .type = NLA_U16 },
	[BRGUARD_A_PORT_UPLINK_MACS] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_UPLINK_MACS_MAX - 1),
};

const struct nla_policy brg_prefix_policy[] = {
	[BRGUARD_A_PREFIX_ADDRESS] = NLA_POLICY_RANGE(NLA_BINARY, 4, 16),
	[BRGUARD_A_PREFIX_LENGTH] = NLA_POLICY_MAX(NLA_U8, 128),
};

const struct nla_policy brg_binding_get_policy[] = {
	[BRGUARD_A_BINDING_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
	[BRGUARD_A_BINDING_MAC] = BRG_MAC,
	[BRGUARD_A_BINDING_VLAN] = NLA_POLICY_MAX(NLA_U16, BRGUARD_VLAN_MAX),
};

const struct nla_policy brg_binding_policy[] = {
	[BRGUARD_A_BINDING_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
	[BRGUARD_A_BINDING_MAC] = BRG_MAC,
	[BRGUARD_A_BINDING_VLAN] = NLA_POLICY_MAX(NLA_U16, BRGUARD_VLAN_MAX),
	[BRGUARD_A_BINDING_SHARED] = { .type = NLA_FLAG },
	[BRGUARD_A_BINDING_PREFIX] = NLA_POLICY_NESTED(brg_prefix_policy),
	[BRGUARD_A_BINDING_RECORDS] = {
		.type = NLA_BINARY,
		.len = BRGUARD_RECORDS_MAX * sizeof(struct brguard_record),
	},
};

/* As for an ADD, less SHARED and RECORDS. */
const struct nla_policy brg_binding_del_policy[] = {
	[BRGUARD_A_BINDING_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
	[BRGUARD_A_BINDING_MAC] = BRG_MAC,
	[BRGUARD_A_BINDING_VLAN] = NLA_POLICY_MAX(NLA_U16, BRGUARD_VLAN_MAX),
	[BRGUARD_A_BINDING_PREFIX] = NLA_POLICY_NESTED(brg_prefix_policy),
};

const struct nla_policy brg_stats_policy[] = {
	[BRGUARD_A_STATS_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
};

const struct nla_policy brg_commit_policy[] = {
	[BRGUARD_A_CONFIG_CHECK] = { .type = NLA_FLAG },
	[BRGUARD_A_CONFIG_REQUESTS] = { .type = NLA_U32 },
};

const struct nla_policy brg_frame_policy[] = {
	[BRGUARD_A_FRAME_DATA] = {
		.type = NLA_BINARY, .len = BRGUARD_FRAME_DATA_MAX,
	},
	[BRGUARD_A_FRAME_LENGTH] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &brg_frame_length_range),
};

const struct nla_policy brg_explain_policy[] = {
	[BRGUARD_A_EXPLAIN_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
	[BRGUARD_A_EXPLAIN_DIRECTION] =
		NLA_POLICY_MAX(NLA_U32, __BRGUARD_DIRECTION_MAX - 1),
	[BRGUARD_A_EXPLAIN_FRAME] = NLA_POLICY_NESTED(brg_frame_policy),
};

const struct nla_policy brg_suggest_policy[] = {
	[BRGUARD_A_SUGGEST_PORT] = BRG_NAME(BRGUARD_PORT_NAME_MAX),
};
