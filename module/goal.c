// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include "bridge.h"
#include "config.h"
#include "goal.h"

static bool brg_goal_has_alias(const struct net_device *dev, const char *name)
{
	const struct dev_ifalias *alias = rtnl_dereference(dev->ifalias);

	return alias && !strcmp(alias->ifalias, name);
}

/*
 * A port by interface name, alternative name or ifalias. An ifalias need not
 * be unique: it counts only while no device bears the name, and for the first
 * device that came with it.
 */
static struct brg_port *brg_goal_port(const struct brg_config *cfg,
				      struct net_device *dev)
{
	struct brg_port *port = brg_port_find(cfg, dev->name);
	struct net_device *named;

	if (port && !port->template)
		return port;
	brg_port_for_each(port, cfg) {
		if (port->template)
			continue;
		named = __dev_get_by_name(dev_net(dev), port->name);
		if (named == dev)
			return port;
		if (!named && brg_goal_has_alias(dev, port->name) &&
		    (!port->claimant || port->claimant == dev))
			return port;
	}

	return NULL;
}

static u8 brg_goal_mode(u8 mode, const struct brg_bridge *br)
{
	if (mode == BRGUARD_MODE_INHERIT && br)
		mode = br->set.mode;

	return mode;
}

/* The port names another bridge. Return: whether the device is guarded. */
static bool brg_goal_misplaced(struct brg_goal *goal,
			       const struct brg_port *named,
			       const struct brg_bridge *br)
{
	struct brg_port *port = goal->port;

	goal->port = NULL;
	if (named->set.role != BRGUARD_ROLE_GUEST)
		return false;
	goal->named = port;
	goal->guest = true;
	goal->set.mode = named->set.mode;
	goal->audit = brg_goal_mode(named->set.mode, br) == BRGUARD_MODE_AUDIT;

	return true;
}

static bool brg_goal_of_port(const struct brg_config *cfg,
			     struct net_device *dev, struct brg_goal *goal,
			     const struct brg_bridge *br)
{
	const struct brg_port *named;

	named = goal->port ?: brg_port_find_template(cfg, dev->name);
	if (named && named->set.bridge[0] &&
	    strcmp(named->set.bridge, goal->bridge->name)) {
		if (brg_goal_misplaced(goal, named, br))
			return true;
		named = NULL;
	}
	if (named)
		goal->set = named->set;
	else if (br)
		goal->set.role = br->set.new_port;
	else
		return false;
	goal->guest = goal->set.role == BRGUARD_ROLE_GUEST;
	goal->audit = brg_goal_mode(goal->set.mode, br) == BRGUARD_MODE_AUDIT;

	return true;
}

/* Its own name is the bridge it is on. It is the host: no template, no rule. */
static bool brg_goal_of_local(struct brg_goal *goal,
			      const struct brg_bridge *br)
{
	if (goal->port && goal->port->set.bridge[0] &&
	    strcmp(goal->port->set.bridge, goal->bridge->name))
		goal->port = NULL;
	if (goal->port)
		goal->set = goal->port->set;
	else
		goal->set.role = BRGUARD_ROLE_TRUSTED;
	goal->local = true;
	goal->guest = goal->set.role == BRGUARD_ROLE_GUEST;
	goal->audit = brg_goal_mode(goal->set.mode, br) == BRGUARD_MODE_AUDIT;

	return goal->port || br;
}

/**
 * brg_goal_heir() - who follows the port of a device that goes?
 * @net: namespace
 * @name: name of the port
 *
 * Context: RTNL.
 * Return: a device that bears the name, or has it as its ifalias; or NULL.
 */
struct net_device *brg_goal_heir(struct net *net, const char *name)
{
	struct net_device *dev = __dev_get_by_name(net, name);

	if (dev)
		return dev;
	for_each_netdev(net, dev)
		if (brg_goal_has_alias(dev, name) &&
		    (netif_is_bridge_master(dev) ||
		     (netif_is_bridge_port(dev) &&
		      netdev_master_upper_dev_get(dev))))
			return dev;

	return NULL;
}

/**
 * brg_goal_find() - what a configuration wants of a device
 * @cfg: configuration
 * @dev: device
 * @goal: what is filled in
 *
 * Context: RTNL and struct brg_net.lock.
 * Return: whether the device is under guard at all.
 */
bool brg_goal_find(const struct brg_config *cfg, struct net_device *dev,
		   struct brg_goal *goal)
{
	bool local = netif_is_bridge_master(dev);
	struct net_device *bridge;
	struct brg_bridge *br;

	*goal = (struct brg_goal){};
	bridge = local ? dev : netdev_master_upper_dev_get(dev);
	if (!bridge || !netif_is_bridge_master(bridge))
		return false;
	br = brg_bridge_find(cfg, bridge->name);
	goal->bridge = bridge;
	goal->knobs = br ? br->set : brg_bridge_default;
	goal->port = brg_goal_port(cfg, dev);

	return local ? brg_goal_of_local(goal, br) :
	       brg_goal_of_port(cfg, dev, goal, br);
}

/**
 * brg_goal_expect() - what a configuration will want of a device
 * @cfg: configuration
 * @port: port that no device follows; all that a bridge says is known if it
 *	names one
 * @goal: what is filled in, but for its device
 *
 * Context: struct brg_net.lock.
 */
void brg_goal_expect(const struct brg_config *cfg, const struct brg_port *port,
		     struct brg_goal *goal)
{
	const struct brg_bridge *br = brg_bridge_find(cfg, port->set.bridge);

	*goal = (struct brg_goal){
		.set = port->set,
		.guest = port->set.role == BRGUARD_ROLE_GUEST,
		.audit = brg_goal_mode(port->set.mode, br) ==
			 BRGUARD_MODE_AUDIT,
		.knobs = br ? br->set : brg_bridge_default,
	};
}
