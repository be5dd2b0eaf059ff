// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices that join, leave, are renamed or go away.
 *
 * A device joins while its bridge port is still disabled: NETDEV_CHANGEUPPER
 * comes before br_stp_enable_port(), so no frame runs ahead of the policy. A
 * join that cannot be guarded for want of memory is refused.
 */
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include "attach.h"
#include "config.h"
#include "flood.h"
#include "goal.h"
#include "host.h"
#include "netdev.h"
#include "netns.h"
#include "watch.h"

/* The policy in force stays if there is no memory for the one of the name. */
static void brg_netdev_sync(struct brg_net *bn, struct net_device *dev)
{
	if (brg_attach_sync(bn, dev))
		pr_err("brguard: %s: no memory to follow a new name\n",
		       dev ? dev->name : "all devices");
}

/* The named port that a device follows; or none: "". */
static void brg_netdev_port(const struct brg_net *bn,
			    const struct net_device *dev, char *name)
{
	const struct brg_slot *slot = brg_slot_find(bn, dev);

	*name = '\0';
	if (slot && !slot->now.owned)
		strscpy(name, slot->now.port->name, BRGUARD_PORT_NAME_MAX + 1);
}

/*
 * A name is free: another device may have waited for it, with the same ifalias
 * or, where one without a port bore it, with that alternative name.
 */
static void brg_netdev_inherit(struct brg_net *bn, const char *name)
{
	const struct brg_port *port = brg_port_find(bn->config, name);
	struct net_device *heir;

	if (!port || port->template || port->slot)
		return;
	heir = brg_goal_heir(bn->net, name);
	if (heir)
		brg_netdev_sync(bn, heir);
}

static void brg_netdev_leave(struct brg_net *bn, struct net_device *dev)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];

	brg_netdev_port(bn, dev, name);
	brg_attach_detach(bn, dev);
	brg_netdev_inherit(bn, name);
}

static int
brg_netdev_changeupper(struct brg_net *bn, struct net_device *dev,
		       const struct netdev_notifier_changeupper_info *i)
{
	int err;

	if (!i->master || !netif_is_bridge_master(i->upper_dev))
		return 0;
	if (!i->linking) {
		brg_watch_member(bn, i->upper_dev, dev, false);
		brg_netdev_leave(bn, dev);
		return 0;
	}
	err = brg_attach_sync(bn, dev);
	if (!err)
		brg_watch_member(bn, i->upper_dev, dev, true);
	else
		NL_SET_ERR_MSG(i->info.extack,
			       "brguard cannot guard the port, so it may not join");

	return err;
}

/* Names of bridges are named by ports. */
static void brg_netdev_changename(struct brg_net *bn, struct net_device *dev)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];

	brg_netdev_port(bn, dev, name);
	brg_netdev_sync(bn, netif_is_bridge_port(dev) ? dev : NULL);
	brg_netdev_inherit(bn, name);
}

static int brg_netdev_handle(struct brg_net *bn, struct net_device *dev,
			     unsigned long event, void *info)
{
	switch (event) {
	case NETDEV_CHANGEUPPER:
		return brg_netdev_changeupper(bn, dev, info);
	case NETDEV_CHANGENAME:
		if (netif_is_bridge_port(dev) || netif_is_bridge_master(dev))
			brg_netdev_changename(bn, dev);
		break;
	case NETDEV_UP:
	case NETDEV_CHANGE:
		/* It may have an alternative name or an ifalias now. */
		if (netif_is_bridge_port(dev) && !brg_flood_is_own(bn))
			brg_netdev_changename(bn, dev);
		break;
	case NETDEV_REGISTER:
		if (netif_is_bridge_master(dev))
			brg_netdev_changename(bn, dev);
		break;
	case NETDEV_UNREGISTER:
		brg_netdev_leave(bn, dev);
		brg_watch_del(bn, dev);
		brg_netdev_inherit(bn, dev->name);
		break;
	}

	return 0;
}

static void brg_netdev_refresh(const struct net *net)
{
	struct brg_net *bn = brg_net_get(net);

	mutex_lock(&bn->lock);
	if (!bn->dead)
		brg_host_refresh(bn);
	mutex_unlock(&bn->lock);
}

static int brg_netdev_refresh_lower(struct net_device *dev,
				    struct netdev_nested_priv *priv)
{
	if (netif_is_bridge_master(dev) && !net_eq(dev_net(dev), priv->data))
		brg_netdev_refresh(dev_net(dev));

	return 0;
}

/*
 * What stands on a bridge device may be in a namespace of its own (a macvlan of
 * a container): that of the bridge has to know.
 */
static void brg_netdev_follow(struct net_device *dev, unsigned long event)
{
	struct netdev_nested_priv priv = { .data = dev_net(dev) };

	if (event != NETDEV_CHANGEADDR && event != NETDEV_CHANGEUPPER)
		return;
	brg_netdev_refresh(dev_net(dev));
	netdev_walk_all_lower_dev(dev, brg_netdev_refresh_lower, &priv);
}

static int brg_netdev_event(struct notifier_block *nb, unsigned long event,
			    void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct brg_net *bn = brg_net_get(dev_net(dev));
	int err = 0;

	brg_netdev_follow(dev, event);
	mutex_lock(&bn->lock);
	if (!bn->dead)
		err = brg_netdev_handle(bn, dev, event, ptr);
	mutex_unlock(&bn->lock);
	brg_flood_soon(bn);

	return notifier_from_errno(err);
}

static struct notifier_block brg_netdev_notifier = {
	.notifier_call = brg_netdev_event,
	/* Last, so that nobody refuses a join behind it. */
	.priority = INT_MIN,
};

/**
 * brg_netdev_init() - listen to devices
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_netdev_init(void)
{
	return register_netdevice_notifier(&brg_netdev_notifier);
}

/**
 * brg_netdev_exit() - stop listening
 *
 * Context: may sleep.
 */
void brg_netdev_exit(void)
{
	unregister_netdevice_notifier(&brg_netdev_notifier);
}
