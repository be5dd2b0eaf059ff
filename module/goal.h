/* SPDX-License-Identifier: GPL-2.0-only */
/* What a configuration wants of a device. */
#ifndef BRG_GOAL_H
#define BRG_GOAL_H

#include "bridge.h"
#include "port.h"

struct brg_config;
struct net_device;

/**
 * struct brg_goal - what a configuration wants of a device
 * @port: the port that it follows, or NULL
 * @named: the port that names it and does not hold on this bridge, or NULL
 * @set: settings for a port of its own otherwise
 * @bridge: the bridge it is on
 * @guest: guest, else trusted
 * @audit: audit mode holds
 * @local: it is a bridge, and this is about its local port
 * @knobs: settings of its bridge
 */
struct brg_goal {
	struct brg_port *port;
	const struct brg_port *named;
	struct brg_port_settings set;
	struct net_device *bridge;
	bool guest;
	bool audit;
	bool local;
	struct brg_bridge_settings knobs;
};

struct net_device *brg_goal_heir(struct net *net, const char *name);
bool brg_goal_find(const struct brg_config *cfg, struct net_device *dev,
		   struct brg_goal *goal);
void brg_goal_expect(const struct brg_config *cfg, const struct brg_port *port,
		     struct brg_goal *goal);

#endif /* BRG_GOAL_H */
