// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who changes guarded bridges and their ports.
 *
 * Netdevice notifiers do not see promiscuity, and parameters only while the
 * bridge is up and without their values. But rtnetlink tells of both, by
 * whatever way they were changed, in the context of the process that did it:
 * of promiscuity with every dev_set_promiscuity(), also when only the count
 * moves. A kernel socket reads it there, compares it with what was seen last
 * and puts what is new into a queue, from which report takes it. The socket is
 * open only while something is watched.
 */
#include <linux/err.h>
#include <linux/hashtable.h>
#include <linux/if_bridge.h>
#include <linux/mm.h>
#include <linux/neighbour.h>
#include <linux/netconf.h>
#include <linux/netdevice.h>
#include <linux/preempt.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/netlink.h>
#include <net/sock.h>
#include "attach.h"
#include "bridge.h"
#include "change.h"
#include "listen.h"
#include "netns.h"
#include "param.h"
#include "report.h"
#include "watch.h"

#define BRG_WATCH_GROUPS						\
	(BIT(RTNLGRP_LINK - 1) | BIT(RTNLGRP_NEIGH - 1) |		\
	 BIT(RTNLGRP_IPV4_NETCONF - 1) | BIT(RTNLGRP_IPV6_NETCONF - 1))

/**
 * struct brg_watch - what is watched in a namespace
 * @bn: the namespace
 * @sock: listens to rtnetlink, NULL while nothing is watched
 * @devices: struct brg_watched by ifindex, under struct brg_net.lock
 * @n: their number
 * @lock: protects what was last seen of a device, outside of the queue's
 * @changes: what has to be told; made when something is watched first
 * @restorer: the task that puts a value back, if one does
 * @work: tells of changes
 */
struct brg_watch {
	struct brg_net *bn;
	struct socket *sock;
	DECLARE_HASHTABLE(devices, 8);
	u32 n;
	spinlock_t lock;
	struct brg_changes *changes;
	const struct task_struct *restorer;
	struct work_struct work;
};

/**
 * struct brg_watched - a device as it was last seen
 * @node: in struct brg_watch.devices
 * @ifindex: the device
 * @promiscuity: its count
 * @own: how much of it the bridge itself asked for; of report
 * @params: parameters
 * @rcu: to free it
 */
struct brg_watched {
	struct hlist_node node;
	int ifindex;
	u32 promiscuity;
	u32 own;
	struct brg_params params;
	struct rcu_head rcu;
};

static struct brg_watched *brg_watched_find(const struct brg_net *bn,
					    int ifindex)
{
	struct brg_watched *w;

	hash_for_each_possible_rcu(bn->watch->devices, w, node, ifindex,
				   lockdep_is_held(&bn->lock))
		if (w->ifindex == ifindex)
			return w;

	return NULL;
}

static void brg_watch_push(struct brg_watch *watch, struct brg_change *c)
{
	c->count = 1;
	c->held = READ_ONCE(watch->restorer) == current;
	brg_change_blame(c);
	brg_change_push(watch->changes, c);
	schedule_work(&watch->work);
}

static struct brg_change brg_watch_change(enum brguard_watch what,
					  const struct net_device *bridge,
					  const struct net_device *dev,
					  u32 old, u32 new)
{
	struct brg_change c = {
		.what = what, .ifindex = dev->ifindex, .old = old, .new = new,
	};

	strscpy(c.device, dev->name, sizeof(c.device));
	strscpy(c.bridge, bridge->name, sizeof(c.bridge));

	return c;
}

static void brg_watch_compare(struct brg_watch *watch, struct net_device *dev,
			      enum brguard_watch what, u32 *seen, u32 new)
{
	struct net_device *master = netdev_master_upper_dev_get_rcu(dev);
	struct brg_change c;

	if (*seen == new)
		return;
	c = brg_watch_change(what, master ?: dev, dev, *seen, new);
	*seen = new;
	brg_watch_push(watch, &c);
}

static void brg_watch_compare_params(struct brg_watch *watch,
				     struct brg_watched *w,
				     struct net_device *dev,
				     const struct brg_params *now)
{
	u32 what;

	for (what = 0; what < BRG_PARAMS; what++) {
		if (!(now->known & BIT(what)))
			continue;
		if (w->params.known & BIT(what))
			brg_watch_compare(watch, dev, what,
					  &w->params.value[what],
					  now->value[what]);
		w->params.value[what] = now->value[what];
		w->params.known |= BIT(what);
	}
}

static void brg_watch_link(struct brg_watch *watch, const struct nlmsghdr *nlh)
{
	const struct ifinfomsg *ifi = nlmsg_data(nlh);
	const struct nlattr *count;
	struct brg_params now;
	struct net_device *dev;
	struct brg_watched *w;

	w = brg_watched_find(watch->bn, ifi->ifi_index);
	dev = w ? dev_get_by_index_rcu(watch->bn->net, ifi->ifi_index) : NULL;
	if (!dev)
		return;
	brg_params_message(&now, nlh);
	count = ifi->ifi_change & IFF_PROMISC ?
		nlmsg_find_attr(nlh, sizeof(*ifi), IFLA_PROMISCUITY) : NULL;

	spin_lock_bh(&watch->lock);
	if (count && nla_len(count) == sizeof(u32))
		brg_watch_compare(watch, dev, BRGUARD_WATCH_PROMISCUITY,
				  &w->promiscuity, nla_get_u32(count));
	brg_watch_compare_params(watch, w, dev, &now);
	spin_unlock_bh(&watch->lock);
}

/* Entries that somebody made, not those that the bridge learns. */
static void brg_watch_neigh(struct brg_watch *watch, const struct nlmsghdr *nlh)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	struct net_device *dev, *master;
	const struct nlattr *mac, *vid;
	struct brg_change c;

	if (ndm->ndm_family != AF_BRIDGE ||
	    !(ndm->ndm_state & (NUD_PERMANENT | NUD_NOARP)))
		return;
	dev = dev_get_by_index_rcu(watch->bn->net, ndm->ndm_ifindex);
	master = dev ? netdev_master_upper_dev_get_rcu(dev) : NULL;
	mac = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_LLADDR);
	vid = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_VLAN);
	if (!mac || nla_len(mac) != ETH_ALEN || !master ||
	    !brg_watched_find(watch->bn, master->ifindex))
		return;
	c = brg_watch_change(BRGUARD_WATCH_FDB, master, dev, 0, dev->ifindex);
	memcpy(c.mac, nla_data(mac), ETH_ALEN);
	c.vid = vid ? nla_get_u16(vid) : 0;
	brg_watch_push(watch, &c);
}

static int brg_watch_is_near(struct net_device *lower,
			     struct netdev_nested_priv *priv)
{
	struct net_device *master = netdev_master_upper_dev_get_rcu(lower);
	struct net_device **found = priv->data;

	if (netif_is_bridge_master(lower))
		*found = lower;
	else if (master && netif_is_bridge_master(master))
		*found = master;

	return !!*found;
}

/* The watched bridge that a device is, is a port of, or stands on. */
static struct net_device *brg_watch_bridge_of(const struct brg_net *bn,
					      struct net_device *dev)
{
	struct net_device *found = NULL;
	struct netdev_nested_priv priv = { .data = &found };

	if (!brg_watch_is_near(dev, &priv))
		netdev_walk_all_lower_dev_rcu(dev, brg_watch_is_near, &priv);

	return found && brg_watched_find(bn, found->ifindex) ? found : NULL;
}

static void brg_watch_proxy(struct brg_watch *watch, enum brguard_watch what,
			    int ifindex, u32 new)
{
	struct net_device *bridge, *dev;
	struct brg_change c = {
		.what = what, .old = !new, .new = new, .device = "all",
	};

	if (ifindex != NETCONFA_IFINDEX_ALL) {
		dev = dev_get_by_index_rcu(watch->bn->net, ifindex);
		bridge = dev ? brg_watch_bridge_of(watch->bn, dev) : NULL;
		if (!bridge)
			return;
		c = brg_watch_change(what, bridge, dev, !new, new);
	}
	brg_watch_push(watch, &c);
}

/* A message about this and nothing else: somebody wrote to the sysctl. */
static void brg_watch_netconf(struct brg_watch *watch,
			      const struct nlmsghdr *nlh)
{
	const struct netconfmsg *ncm = nlmsg_data(nlh);
	const struct nlattr *ifindex, *proxy;

	ifindex = nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_IFINDEX);
	proxy = nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_PROXY_NEIGH);
	if (!ifindex || !proxy ||
	    nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_FORWARDING))
		return;
	brg_watch_proxy(watch, ncm->ncm_family == AF_INET ?
			BRGUARD_WATCH_PROXY_ARP : BRGUARD_WATCH_PROXY_NDP,
			nla_get_s32(ifindex), !!nla_get_s32(proxy));
}

/*
 * A timer of the bridge's may send a message as well, between a change and the
 * message of whoever made it: that one is waited for.
 */
static void brg_watch_message(struct brg_watch *watch,
			      const struct nlmsghdr *nlh, u32 len)
{
	if (!in_task() || !nlmsg_ok(nlh, len))
		return;
	rcu_read_lock();
	switch (nlh->nlmsg_type) {
	case RTM_NEWLINK:
		if (nlmsg_len(nlh) >= (int)sizeof(struct ifinfomsg))
			brg_watch_link(watch, nlh);
		break;
	case RTM_NEWNEIGH:
		if (nlmsg_len(nlh) >= (int)sizeof(struct ndmsg))
			brg_watch_neigh(watch, nlh);
		break;
	case RTM_NEWNETCONF:
		if (nlmsg_len(nlh) >= (int)sizeof(struct netconfmsg))
			brg_watch_netconf(watch, nlh);
		break;
	}
	rcu_read_unlock();
}

static void brg_watch_data_ready(struct sock *sk)
{
	struct brg_watch *watch = sk->sk_user_data;
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&sk->sk_receive_queue))) {
		/* Not from a user, who may send to the groups as well. */
		if (!NETLINK_CB(skb).portid)
			brg_watch_message(watch, nlmsg_hdr(skb), skb->len);
		consume_skb(skb);
	}
}

static int brg_watch_open(struct brg_watch *watch)
{
	struct socket *sock;

	if (!watch->changes) {
		watch->changes = kvmalloc(sizeof(*watch->changes),
					  GFP_KERNEL_ACCOUNT);
		if (!watch->changes)
			return -ENOMEM;
		brg_changes_init(watch->changes);
	}
	sock = brg_listen_open(watch->bn->net, BRG_WATCH_GROUPS, watch,
			       brg_watch_data_ready);
	if (IS_ERR(sock))
		return PTR_ERR(sock);
	watch->sock = sock;

	return 0;
}

static void brg_watch_close(struct brg_watch *watch)
{
	brg_listen_close(watch->sock);
	watch->sock = NULL;
}

/* The port's own part of its count: the bridge wants most of them so. */
static u32 brg_watch_own(const struct net_device *dev)
{
	return netif_is_bridge_port(dev) && br_port_flag_is_set(dev, BR_PROMISC);
}

/*
 * Did the bridge itself do it? Then the count moved as its flag did, once. Of a
 * device that is watched no longer, nobody asked.
 */
static bool brg_watch_is_own(const struct brg_net *bn,
			     const struct brg_change *c)
{
	struct net_device *dev = __dev_get_by_index(bn->net, c->ifindex);
	struct brg_watched *w = brg_watched_find(bn, c->ifindex);
	u32 own, was;

	if (!w || !dev)
		return c->new < c->old;
	was = w->own;
	own = brg_watch_own(dev);
	w->own = own;

	return c->count == 1 && own != was && c->new - c->old == own - was;
}

static void brg_watch_tell(struct brg_watch *watch, struct brg_change *c)
{
	struct brg_net *bn = watch->bn;
	bool hold = false;

	mutex_lock(&bn->lock);
	if (!bn->dead && (c->what != BRGUARD_WATCH_PROMISCUITY ||
			  !brg_watch_is_own(bn, c)))
		hold = brg_report(bn, c);
	mutex_unlock(&bn->lock);
	if (!hold)
		return;
	/* Notifiers take the lock. */
	WRITE_ONCE(watch->restorer, current);
	brg_report_restore(bn, c);
	WRITE_ONCE(watch->restorer, NULL);
}

static void brg_watch_work(struct work_struct *work)
{
	struct brg_watch *watch = container_of(work, struct brg_watch, work);
	struct brg_change c;
	u32 lost;

	/* What the culprit does under RTNL is done then. */
	rtnl_lock();
	while (brg_change_pop(watch->changes, &c))
		brg_watch_tell(watch, &c);
	rtnl_unlock();
	lost = brg_changes_lost(watch->changes);
	if (lost)
		pr_warn("brguard: %u changes of bridges came too fast to be told\n",
			lost);
}

/**
 * brg_watch_init() - prepare a namespace
 * @bn: namespace
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int brg_watch_init(struct brg_net *bn)
{
	bn->watch = kzalloc(sizeof(*bn->watch), GFP_KERNEL);
	if (!bn->watch)
		return -ENOMEM;
	bn->watch->bn = bn;
	hash_init(bn->watch->devices);
	spin_lock_init(&bn->watch->lock);
	INIT_WORK(&bn->watch->work, brg_watch_work);

	return 0;
}

static void brg_watched_free(struct brg_net *bn, struct brg_watched *w)
{
	hash_del_rcu(&w->node);
	kfree_rcu(w, rcu);
	if (!--bn->watch->n)
		brg_watch_close(bn->watch);
}

/**
 * brg_watch_exit() - stop watching for good
 * @bn: namespace, no grace period needed any more
 *
 * Context: may sleep.
 */
void brg_watch_exit(struct brg_net *bn)
{
	cancel_work_sync(&bn->watch->work);
	kvfree(bn->watch->changes);
	kfree(bn->watch);
}

/**
 * brg_watch_add() - watch a device
 * @bn: namespace
 * @dev: bridge or port, watched already or not
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0 or a negative error.
 */
int brg_watch_add(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_watched *w;
	int err;

	if (brg_watched_find(bn, dev->ifindex))
		return 0;
	w = kzalloc(sizeof(*w), GFP_KERNEL_ACCOUNT);
	if (!w)
		return -ENOMEM;
	if (!bn->watch->sock) {
		err = brg_watch_open(bn->watch);
		if (err) {
			kfree(w);
			return err;
		}
	}
	w->ifindex = dev->ifindex;
	w->promiscuity = dev->promiscuity;
	w->own = brg_watch_own(dev);
	brg_params_read(&w->params, dev);
	hash_add_rcu(bn->watch->devices, &w->node, w->ifindex);
	bn->watch->n++;

	return 0;
}

static bool brg_watch_is_wanted(const struct brg_net *bn, int ifindex)
{
	struct net_device *dev = __dev_get_by_index(bn->net, ifindex);
	struct net_device *lower;
	struct list_head *iter;

	if (!dev)
		return false;
	if (!netif_is_bridge_master(dev))
		return brg_slot_find(bn, dev);
	if (brg_bridge_find(bn->config, dev->name))
		return true;
	netdev_for_each_lower_dev(dev, lower, iter)
		if (brg_slot_find(bn, lower))
			return true;

	return false;
}

/**
 * brg_watch_sweep() - stop watching what is no longer guarded
 * @bn: namespace
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_sweep(struct brg_net *bn)
{
	struct brg_watched *w;
	struct hlist_node *tmp;
	int i;

	hash_for_each_safe(bn->watch->devices, i, tmp, w, node)
		if (bn->dead || !brg_watch_is_wanted(bn, w->ifindex))
			brg_watched_free(bn, w);
}

/**
 * brg_watch_check() - stop watching a device if it is no longer guarded
 * @bn: namespace
 * @ifindex: its index
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_check(struct brg_net *bn, int ifindex)
{
	struct brg_watched *w = brg_watched_find(bn, ifindex);

	if (w && (bn->dead || !brg_watch_is_wanted(bn, ifindex)))
		brg_watched_free(bn, w);
}

/**
 * brg_watch_del() - a device goes away
 * @bn: namespace
 * @dev: device, watched or not
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 */
void brg_watch_del(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_watched *w = brg_watched_find(bn, dev->ifindex);

	if (w)
		brg_watched_free(bn, w);
}

/**
 * brg_watch_member() - a device joins or leaves a bridge
 * @bn: namespace
 * @bridge: bridge, watched or not
 * @dev: device
 * @joins: it joins
 *
 * Context: of the process that does it; struct brg_net.lock.
 */
void brg_watch_member(struct brg_net *bn, const struct net_device *bridge,
		      const struct net_device *dev, bool joins)
{
	struct brg_change c;

	if (!brg_watched_find(bn, bridge->ifindex))
		return;
	c = brg_watch_change(BRGUARD_WATCH_MEMBER, bridge, dev, !joins, joins);
	brg_watch_push(bn->watch, &c);
}
