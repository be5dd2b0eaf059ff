/* SPDX-License-Identifier: GPL-2.0-only */
/* What a device follows, and what is built from it for hooks. */
#ifndef BRG_STATE_H
#define BRG_STATE_H

#include <linux/types.h>
#include "bridge.h"

struct brg_goal;
struct brg_port;
struct brg_table;
struct brg_trust;
struct net_device;

/**
 * struct brg_state - what a device follows
 * @port: its port; one of its own if nobody named it
 * @bridge: ifindex of the bridge it is on, or is
 * @local: it is a bridge, and follows what is said of its local port
 * @owned: the port is the slot's own
 * @guest: it is a guest port
 * @audit: audit mode holds
 * @knobs: settings of its bridge
 * @generation: struct brg_port.generation of what @table was built from
 * @table: rules of a guest port, and of a local port that is guarded; else NULL
 * @trust: what is asked of a trusted port and of a local one; else NULL
 */
struct brg_state {
	struct brg_port *port;
	int bridge;
	bool local;
	bool owned;
	bool guest;
	bool audit;
	struct brg_bridge_settings knobs;
	u32 generation;
	struct brg_table *table;
	struct brg_trust *trust;
};

bool brg_state_is_goal(const struct brg_state *state,
		       const struct net_device *dev,
		       const struct brg_goal *goal);
int brg_state_prepare(struct brg_state *state, const struct brg_state *old,
		      const struct brg_goal *goal,
		      const struct net_device *dev);
void brg_state_release(struct brg_state *state);
bool brg_state_wants_hooks(const struct brg_state *state);
bool brg_state_wants_local_in(const struct brg_state *state);
bool brg_state_wants_host(const struct brg_state *state);

#endif /* BRG_STATE_H */
