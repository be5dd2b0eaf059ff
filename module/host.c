// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include "frame.h"
#include "host.h"
#include "netns.h"

/**
 * struct brg_host_walk - a walk over the devices of a bridge
 * @host: what is filled; NULL: they are only counted
 * @bridge: ifindex of the bridge
 * @port: the devices are its ports
 * @n: addresses so far
 */
struct brg_host_walk {
	struct brg_host *host;
	int bridge;
	bool port;
	u32 n;
};

static u32 brg_host_hash(int bridge, u64 mac)
{
	return hash_64(mac ^ (u64)bridge << 32, 32);
}

static struct brg_host_entry *brg_host_slot(struct brg_host *h, int bridge,
					    u64 mac)
{
	u32 i = brg_host_hash(bridge, mac) & h->mask;
	struct brg_host_entry *e = &h->entry[i];

	while (e->bridge && (e->bridge != bridge || e->mac != mac)) {
		i = (i + 1) & h->mask;
		e = &h->entry[i];
	}

	return e;
}

/* An address that is both the host's and a port's is the host's. */
static void brg_host_add(struct brg_host_walk *w, const u8 *addr)
{
	u64 mac = brg_mac_read(addr);
	struct brg_host_entry *e;

	w->n++;
	if (!w->host)
		return;
	e = brg_host_slot(w->host, w->bridge, mac);
	if (e->bridge) {
		e->port &= w->port;
		return;
	}
	/* It has room for all that were counted. */
	if (w->host->n > w->host->mask / 2)
		return;
	w->host->n++;
	*e = (struct brg_host_entry){ mac, w->bridge, w->port };
}

static int brg_host_add_dev(struct net_device *dev,
			    struct netdev_nested_priv *priv)
{
	struct brg_host_walk *w = priv->data;

	if (dev->addr_len == ETH_ALEN)
		brg_host_add(w, dev->dev_addr);

	return 0;
}

static void brg_host_walk_bridge(struct brg_host_walk *w,
				 struct net_device *bridge)
{
	struct netdev_nested_priv priv = { .data = w };
	struct net_device *port;
	struct list_head *iter;

	w->bridge = bridge->ifindex;
	w->port = false;
	brg_host_add_dev(bridge, &priv);
	rcu_read_lock();
	netdev_walk_all_upper_dev_rcu(bridge, brg_host_add_dev, &priv);
	rcu_read_unlock();
	w->port = true;
	netdev_for_each_lower_dev(bridge, port, iter)
		brg_host_add_dev(port, &priv);
}

static u32 brg_host_walk_all(struct brg_net *bn, struct brg_host *host)
{
	struct brg_host_walk w = { .host = host };
	struct net_device *dev;

	for_each_netdev(bn->net, dev)
		if (netif_is_bridge_master(dev))
			brg_host_walk_bridge(&w, dev);

	return w.n;
}

static struct brg_host *brg_host_build(struct brg_net *bn)
{
	/* Others may be added to a device's list meanwhile. */
	u32 size = roundup_pow_of_two(2 * brg_host_walk_all(bn, NULL) + 16);
	struct brg_host *h;

	h = kvzalloc(struct_size(h, entry, size), GFP_KERNEL_ACCOUNT);
	if (!h)
		return NULL;
	h->mask = size - 1;
	brg_host_walk_all(bn, h);

	return h;
}

/**
 * brg_host_prepare() - collect the addresses
 * @bn: namespace
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0 or -ENOMEM. brg_host_publish() or brg_host_cancel() follows.
 */
int brg_host_prepare(struct brg_net *bn)
{
	ASSERT_RTNL();
	bn->next_host = brg_host_build(bn);

	return bn->next_host ? 0 : -ENOMEM;
}

static void brg_host_replace(struct brg_net *bn, struct brg_host *host)
{
	struct brg_host *old;

	old = rcu_replace_pointer(bn->host, host, lockdep_is_held(&bn->lock));
	if (old)
		kvfree_rcu(old, rcu);
}

/**
 * brg_host_publish() - let hooks see what was collected
 * @bn: namespace
 * @wanted: does any hook ask for it? Else there is none.
 *
 * Context: struct brg_net.lock.
 */
void brg_host_publish(struct brg_net *bn, bool wanted)
{
	if (!wanted) {
		brg_host_cancel(bn);
		brg_host_replace(bn, NULL);
	} else if (bn->next_host) {
		brg_host_replace(bn, bn->next_host);
		bn->next_host = NULL;
	}
}

/**
 * brg_host_cancel() - forget what was collected
 * @bn: namespace
 *
 * Context: struct brg_net.lock.
 */
void brg_host_cancel(struct brg_net *bn)
{
	kvfree(bn->next_host);
	bn->next_host = NULL;
}

/**
 * brg_host_refresh() - a device has changed
 * @bn: namespace
 *
 * Context: may sleep; RTNL and struct brg_net.lock. Without memory, what was
 * known stays.
 */
void brg_host_refresh(struct brg_net *bn)
{
	struct brg_host *h;

	if (!rcu_access_pointer(bn->host))
		return;
	h = brg_host_build(bn);
	if (h)
		brg_host_replace(bn, h);
	else
		pr_err("brguard: no memory to follow the host's MAC addresses\n");
}

static const struct brg_host_entry *
brg_host_find(const struct brg_host *h, int bridge, u64 mac)
{
	u32 i = brg_host_hash(bridge, mac);
	const struct brg_host_entry *e;

	for (e = &h->entry[i & h->mask]; e->bridge;
	     e = &h->entry[++i & h->mask])
		if (e->bridge == bridge && e->mac == mac)
			return e;

	return NULL;
}

/*
 * Has somebody asked the bridge device to receive it? Nothing tells of changes
 * in this list, so it is looked up as it is; it is short, and asked last.
 */
static bool brg_host_receives_rcu(const struct net_device *bridge, u64 mac)
{
	const struct netdev_hw_addr *ha;

	list_for_each_entry_rcu(ha, &bridge->uc.list, list)
		if (brg_mac_read(ha->addr) == mac)
			return true;

	return false;
}

/**
 * brg_host_has_rcu() - is a MAC address the host's?
 * @bn: namespace
 * @bridge: the bridge
 * @mac: MAC address
 * @ports: count those of the ports' devices as well
 *
 * Context: RCU.
 * Return: whether it is. Nothing is known while no port asks; a frame that is
 * on its way when that begins or ends gets the benefit of the doubt.
 */
bool brg_host_has_rcu(const struct brg_net *bn, const struct net_device *bridge,
		      u64 mac, bool ports)
{
	const struct brg_host *h = rcu_dereference(bn->host);
	const struct brg_host_entry *e;

	if (!h)
		return true;
	e = brg_host_find(h, bridge->ifindex, mac);
	if (e && (ports || !e->port))
		return true;

	return brg_host_receives_rcu(bridge, mac);
}
