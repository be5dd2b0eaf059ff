/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which MAC addresses are the host's own on which bridge: those of the bridge
 * device, of the devices on top of it (VLAN, macvlan, whatever they are stacked
 * under), and those that its ports' devices have themselves. Built at once,
 * never changed, replaced as a whole under RCU when a device changes.
 */
#ifndef BRG_HOST_H
#define BRG_HOST_H

#include <linux/rcupdate.h>
#include <linux/types.h>

struct brg_net;
struct net_device;

struct brg_host_entry {
	u64 mac;
	int bridge;
	bool port;
};

/**
 * struct brg_host - MAC addresses of the host
 * @rcu: to free it
 * @mask: number of entries - 1
 * @n: entries in use
 * @entry: open addressing; an entry without a bridge ends a probe
 */
struct brg_host {
	struct rcu_head rcu;
	u32 mask;
	u32 n;
	struct brg_host_entry entry[];
};

int brg_host_prepare(struct brg_net *bn);
void brg_host_publish(struct brg_net *bn, bool wanted);
void brg_host_cancel(struct brg_net *bn);
void brg_host_refresh(struct brg_net *bn);
bool brg_host_has_rcu(const struct brg_net *bn, const struct net_device *bridge,
		      u64 mac, bool ports);

#endif /* BRG_HOST_H */
