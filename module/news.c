// SPDX-License-Identifier: GPL-2.0-only
/*
 * What rtnetlink tells. A message is queued, and data_ready called, in the
 * context of its sender; but others may send at the same time, and then take it
 * out of the queue. The culprit is found all the same:
 *
 * Links are changed under RTNL only. Whoever has it takes all messages of
 * links; others (the bridge's timers, frames of STP) send in softirqs, or with
 * them disabled, and leave what tells something new to the one who has it.
 *
 * Entries of the forwarding database are sent with softirqs disabled, so those
 * of the same CPU are one's own.
 *
 * Messages of configuration (proxy_arp) are sent without any lock. If there is
 * more than one, it is not certain whose is whose, and the event says so.
 */
#include <linux/err.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/netconf.h>
#include <linux/netdevice.h>
#include <linux/preempt.h>
#include <linux/rtnetlink.h>
#include <net/netlink.h>
#include <net/sock.h>
#include "change.h"
#include "flood.h"
#include "frame.h"
#include "listen.h"
#include "netdev.h"
#include "netns.h"
#include "news.h"
#include "watch.h"

enum brg_news {
	BRG_NEWS_LINK,
	BRG_NEWS_NEIGH,
	BRG_NEWS_NETCONF,
};

/* Not from a user, who may send to the groups as well. */
static const struct nlmsghdr *brg_news_read(const struct sk_buff *skb,
					    u16 type, int size)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)skb->data;

	return !NETLINK_CB(skb).portid && nlmsg_ok(nlh, skb->len) &&
	       nlh->nlmsg_type == type && nlmsg_len(nlh) >= size ? nlh : NULL;
}

/* Return: whether it tells something new. */
static bool brg_news_link(struct brg_watch *watch, const struct sk_buff *skb,
			  bool tell)
{
	const struct ifinfomsg *ifi;
	const struct nlmsghdr *nlh;
	const struct nlattr *count;
	struct net_device *dev;
	struct brg_watched *w;
	struct brg_params now;
	u32 promiscuity;

	nlh = brg_news_read(skb, RTM_NEWLINK, sizeof(*ifi));
	ifi = nlh ? nlmsg_data(nlh) : NULL;
	w = ifi ? brg_watched_find(watch->bn, ifi->ifi_index) : NULL;
	dev = w ? dev_get_by_index_rcu(watch->bn->net, w->ifindex) : NULL;
	if (!dev)
		return false;
	brg_params_message(&now, nlh);
	count = nlmsg_find_attr(nlh, sizeof(*ifi), IFLA_PROMISCUITY);
	promiscuity = count && nla_len(count) == sizeof(u32) ?
		      nla_get_u32(count) : w->promiscuity;
	if (!tell)
		return promiscuity != w->promiscuity ||
		       brg_params_differ(&now, &w->params);
	if (ifi->ifi_family == AF_BRIDGE || brg_params_differ(&now, &w->params))
		brg_flood_news(watch->bn, dev);
	brg_watch_promiscuity(watch, w, dev, promiscuity);
	brg_watch_params(watch, w, dev, &now);

	return false;
}

/* Return: whether there is something that others have to tell. */
static bool brg_news_links(struct brg_watch *watch, struct sk_buff_head *q,
			   bool tell)
{
	struct sk_buff *skb;

	rcu_read_lock();
	spin_lock_bh(&watch->lock);
	while ((skb = skb_dequeue(q))) {
		if (brg_news_link(watch, skb, tell)) {
			skb_queue_head(q, skb);
			break;
		}
		consume_skb(skb);
	}
	spin_unlock_bh(&watch->lock);
	rcu_read_unlock();

	return skb;
}

static void brg_news_link_ready(struct sock *sk)
{
	struct brg_watch *watch = sk->sk_user_data;

	if (brg_news_links(watch, &sk->sk_receive_queue, !in_interrupt()))
		brg_watch_soon(watch);
}

/* An entry that somebody made in a bridge, not one that it learned. */
static const struct nlmsghdr *brg_news_pinned(const struct sk_buff *skb)
{
	const struct nlmsghdr *nlh;
	const struct ndmsg *ndm;

	nlh = brg_news_read(skb, RTM_NEWNEIGH, sizeof(*ndm));
	if (!nlh)
		return NULL;
	ndm = nlmsg_data(nlh);

	return ndm->ndm_family == AF_BRIDGE &&
	       ndm->ndm_state & (NUD_PERMANENT | NUD_NOARP) &&
	       nlmsg_find_attr(nlh, sizeof(*ndm), NDA_MASTER) ? nlh : NULL;
}

static void brg_news_neigh(struct brg_watch *watch, const struct nlmsghdr *nlh)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	struct net_device *dev, *bridge;
	const struct nlattr *mac, *vid;
	struct brg_change c;

	dev = dev_get_by_index_rcu(watch->bn->net, ndm->ndm_ifindex);
	bridge = dev ? brg_netdev_bridge_rcu(dev) : NULL;
	mac = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_LLADDR);
	vid = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_VLAN);
	if (!mac || nla_len(mac) != ETH_ALEN || !bridge ||
	    !brg_watched_find(watch->bn, bridge->ifindex))
		return;
	c = brg_watch_change(BRGUARD_WATCH_FDB, bridge, dev, 0, dev->ifindex);
	memcpy(c.mac, nla_data(mac), ETH_ALEN);
	c.vid = vid ? nla_get_u16(vid) : 0;
	brg_watch_push(watch, &c);
}

/* Return: whether it is of a bridge, and of which address there. */
static bool brg_news_fdb(const struct nlmsghdr *nlh, int *bridge, u64 *mac)
{
	const struct ndmsg *ndm = nlmsg_data(nlh);
	const struct nlattr *lladdr, *master;

	lladdr = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_LLADDR);
	master = nlmsg_find_attr(nlh, sizeof(*ndm), NDA_MASTER);
	if (ndm->ndm_family != AF_BRIDGE || !master ||
	    nla_len(master) != sizeof(u32) ||
	    !lladdr || nla_len(lladdr) != ETH_ALEN)
		return false;
	*bridge = nla_get_u32(master);
	*mac = brg_mac_read(nla_data(lladdr));

	return true;
}

/*
 * A bridge has forgotten an address, whoever it was that made it forget, or has
 * learned one. What brg_flood_sync() has done itself is @own: as it sends with
 * softirqs disabled, others' messages that it takes are of another CPU, and a
 * softirq on top of it is no task.
 */
static void brg_news_entry(struct brg_watch *watch, const struct sk_buff *skb,
			   bool own)
{
	const struct nlmsghdr *gone, *made;
	int bridge;
	u64 mac;

	gone = brg_news_read(skb, RTM_DELNEIGH, sizeof(struct ndmsg));
	made = brg_news_read(skb, RTM_NEWNEIGH, sizeof(struct ndmsg));
	if (gone && brg_news_fdb(gone, &bridge, &mac))
		brg_flood_news_gone(watch->bn, bridge, mac, own);
	else if (made && brg_news_fdb(made, &bridge, &mac))
		brg_flood_news_moved(watch->bn, bridge, mac, own);
}

static struct sk_buff *brg_news_take(struct sk_buff_head *q, unsigned int cpu)
{
	struct sk_buff *skb, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&q->lock, flags);
	skb_queue_walk(q, skb) {
		if (!brg_news_pinned(skb) || skb->alloc_cpu == cpu) {
			found = skb;
			break;
		}
	}
	if (found)
		__skb_unlink(found, q);
	spin_unlock_irqrestore(&q->lock, flags);

	return found;
}

static void brg_news_neigh_ready(struct sock *sk)
{
	struct brg_watch *watch = sk->sk_user_data;
	bool own = in_task() && brg_flood_is_own(watch->bn);
	unsigned int cpu = raw_smp_processor_id();
	const struct nlmsghdr *nlh;
	struct sk_buff *skb;

	rcu_read_lock();
	while ((skb = brg_news_take(&sk->sk_receive_queue, cpu))) {
		nlh = brg_news_pinned(skb);
		if (nlh && in_task())
			brg_news_neigh(watch, nlh);
		else
			brg_news_entry(watch, skb,
				       own && skb->alloc_cpu == cpu);
		consume_skb(skb);
	}
	rcu_read_unlock();
}

static int brg_news_is_near(struct net_device *lower,
			    struct netdev_nested_priv *priv)
{
	struct net_device *master = netdev_master_upper_dev_get_rcu(lower);
	struct net_device **found = priv->data;

	if (brg_netdev_is_bridge(lower))
		*found = lower;
	else if (master && brg_netdev_is_bridge(master))
		*found = master;

	return !!*found;
}

/* The watched bridge that a device is, is a port of, or stands on. */
static struct net_device *brg_news_bridge_of(const struct brg_net *bn,
					     struct net_device *dev)
{
	struct net_device *found = NULL;
	struct netdev_nested_priv priv = { .data = &found };

	if (!brg_news_is_near(dev, &priv))
		netdev_walk_all_lower_dev_rcu(dev, brg_news_is_near, &priv);

	return found && brg_watched_find(bn, found->ifindex) ? found : NULL;
}

static void brg_news_proxy(struct brg_watch *watch, struct brg_change *c,
			   int ifindex)
{
	struct net_device *bridge, *dev;
	bool several = c->several;

	if (ifindex == NETCONFA_IFINDEX_ALL ||
	    ifindex == NETCONFA_IFINDEX_DEFAULT) {
		strscpy(c->device, ifindex == NETCONFA_IFINDEX_ALL ? "all" :
			"default", sizeof(c->device));
	} else {
		dev = dev_get_by_index_rcu(watch->bn->net, ifindex);
		bridge = dev ? brg_news_bridge_of(watch->bn, dev) : NULL;
		if (!bridge)
			return;
		*c = brg_watch_change(c->what, bridge, dev, c->old, c->new);
		c->several = several;
	}
	brg_watch_push(watch, c);
}

/* A message about this and nothing else: somebody wrote to the sysctl. */
static void brg_news_netconf(struct brg_watch *watch, const struct sk_buff *skb,
			     bool several)
{
	const struct nlattr *ifindex, *proxy;
	const struct netconfmsg *ncm;
	const struct nlmsghdr *nlh;
	struct brg_change c = { .several = several };

	nlh = brg_news_read(skb, RTM_NEWNETCONF, sizeof(*ncm));
	if (!nlh)
		return;
	ncm = nlmsg_data(nlh);
	ifindex = nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_IFINDEX);
	proxy = nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_PROXY_NEIGH);
	if (!ifindex || !proxy ||
	    nlmsg_find_attr(nlh, sizeof(*ncm), NETCONFA_FORWARDING))
		return;
	c.what = ncm->ncm_family == AF_INET ? BRGUARD_WATCH_PROXY_ARP :
		 BRGUARD_WATCH_PROXY_NDP;
	c.new = !!nla_get_s32(proxy);
	c.old = !c.new;
	brg_news_proxy(watch, &c, nla_get_s32(ifindex));
}

static void brg_news_netconf_ready(struct sock *sk)
{
	struct sk_buff_head *q = &sk->sk_receive_queue;
	struct brg_watch *watch = sk->sk_user_data;
	struct sk_buff *skb;
	u32 n = 0;

	rcu_read_lock();
	spin_lock_bh(&watch->lock);
	while ((skb = skb_dequeue(q))) {
		brg_news_netconf(watch, skb, n++ || !skb_queue_empty(q));
		consume_skb(skb);
	}
	spin_unlock_bh(&watch->lock);
	rcu_read_unlock();
}

static const struct {
	u32 groups;
	void (*ready)(struct sock *sk);
} brg_news_kinds[BRG_NEWS] = {
	[BRG_NEWS_LINK] = {
		BIT(RTNLGRP_LINK - 1), brg_news_link_ready,
	},
	[BRG_NEWS_NEIGH] = {
		BIT(RTNLGRP_NEIGH - 1), brg_news_neigh_ready,
	},
	[BRG_NEWS_NETCONF] = {
		BIT(RTNLGRP_IPV4_NETCONF - 1) | BIT(RTNLGRP_IPV6_NETCONF - 1),
		brg_news_netconf_ready,
	},
};

/**
 * brg_news_open() - listen
 * @watch: that of a namespace
 *
 * Context: may sleep.
 * Return: 0 or a negative error.
 */
int brg_news_open(struct brg_watch *watch)
{
	struct socket *sock;
	int i;

	for (i = 0; i < BRG_NEWS; i++) {
		sock = brg_listen_open(watch->bn->net, brg_news_kinds[i].groups,
				       watch, brg_news_kinds[i].ready);
		if (IS_ERR(sock)) {
			brg_news_close(watch);
			return PTR_ERR(sock);
		}
		watch->sock[i] = sock;
	}

	return 0;
}

/**
 * brg_news_close() - do not listen any more
 * @watch: that of a namespace
 *
 * Context: may sleep.
 */
void brg_news_close(struct brg_watch *watch)
{
	int i;

	for (i = BRG_NEWS; i--;) {
		brg_listen_close(watch->sock[i]);
		watch->sock[i] = NULL;
	}
}

/**
 * brg_news_leftover() - read what softirqs left and nobody took
 * @watch: that of a namespace
 *
 * Context: process; RTNL.
 */
void brg_news_leftover(struct brg_watch *watch)
{
	struct socket *sock = watch->sock[BRG_NEWS_LINK];

	if (sock)
		brg_news_links(watch, &sock->sk->sk_receive_queue, true);
}
