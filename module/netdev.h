/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_NETDEV_H
#define BRG_NETDEV_H

#include <linux/netdevice.h>
#include <linux/string.h>

/**
 * brg_netdev_name() - the name of a device that may be renamed meanwhile
 * @name: where it goes
 * @dev: device, or NULL: ""
 *
 * Context: any; what keeps @dev there.
 */
static inline void brg_netdev_name(char name[IFNAMSIZ],
				   const struct net_device *dev)
{
	/* A mixture of both at worst, and the last byte is 0. */
	data_race(strscpy(name, dev ? dev->name : "", IFNAMSIZ));
}

/**
 * brg_netdev_is_bridge() - is it one?
 * @dev: device
 *
 * Context: any; what keeps @dev there.
 * Return: whether it is.
 */
static inline bool brg_netdev_is_bridge(const struct net_device *dev)
{
	/* Other flags change meanwhile, without a lock. */
	return data_race(netif_is_bridge_master(dev));
}

/**
 * brg_netdev_bridge_rcu() - the bridge of a device
 * @dev: bridge, or port
 *
 * Context: RCU.
 * Return: @dev if it is a bridge, else its master or NULL.
 */
static inline struct net_device *brg_netdev_bridge_rcu(struct net_device *dev)
{
	return brg_netdev_is_bridge(dev) ? dev :
	       netdev_master_upper_dev_get_rcu(dev);
}

int brg_netdev_init(void);
void brg_netdev_exit(void);

#endif /* BRG_NETDEV_H */
