/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_BRIDGE_H
#define BRG_BRIDGE_H

#include <linux/if.h>
#include <linux/rbtree.h>
#include <linux/types.h>

struct brg_config;

/**
 * struct brg_bridge_settings - what a user can say of a bridge
 * @new_port: enum brguard_role of a port that nobody named
 * @mode: enum brguard_mode
 * @arp_scope: enum brguard_arp_scope
 * @hold: parameters to put back, a bit for each enum brguard_watch
 * @ageing_floor: seconds; a lower ageing time is reported as low
 * @claims: enum brguard_claims
 * @answers: enum brguard_answers
 * @answers_max: addresses that one MAC may answer for in a window; 0: no limit
 * @answers_time: length of a window in seconds
 * @answers_own: enum brguard_claims: the host's answers for others
 * @local_port: enum brguard_local_port
 * @guest_flood: enum brguard_guest_flood
 * @guest_learning: enum brguard_guest_learning
 *
 * Compared as a whole, so there is no padding.
 */
struct brg_bridge_settings {
	u32 new_port;
	u32 mode;
	u32 arp_scope;
	u32 hold;
	u32 ageing_floor;
	u32 claims;
	u32 answers;
	u32 answers_max;
	u32 answers_time;
	u32 answers_own;
	u32 local_port;
	u32 guest_flood;
	u32 guest_learning;
};

extern const struct brg_bridge_settings brg_bridge_default;

/* A guarded bridge, whether its device exists or not. */
struct brg_bridge {
	struct rb_node node;
	char name[IFNAMSIZ];
	struct brg_bridge_settings set;
};

struct brg_bridge *brg_bridge_find(const struct brg_config *cfg,
				   const char *name);
struct brg_bridge *brg_bridge_create(struct brg_config *cfg, const char *name);
void brg_bridge_insert(struct brg_config *cfg, struct brg_bridge *br);
void brg_bridge_remove(struct brg_config *cfg, struct brg_bridge *br);
void brg_bridge_free(struct brg_bridge *br);

#endif /* BRG_BRIDGE_H */
