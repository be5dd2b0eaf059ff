// SPDX-License-Identifier: GPL-2.0-only
/*
 * Promiscuity of guarded bridges and their ports.
 *
 * Netdevice notifiers do not see it, but RTM_NEWLINK goes out for every
 * dev_set_promiscuity(), also when only the count moves, in the context of the
 * process that made the change. A kernel socket in RTNLGRP_LINK reads it there.
 * It is open only while something is watched.
 */
#include <linux/cred.h>
#include <linux/hashtable.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uidgid.h>
#include <net/netlink.h>
#include <net/sock.h>
#include "attach.h"
#include "bridge.h"
#include "event.h"
#include "netns.h"
#include "watch.h"

#define BRG_BIND_TRIES	16

/**
 * struct brg_watch - what is watched in a namespace
 * @sock: listens to RTNLGRP_LINK, NULL while nothing is watched
 * @devices: struct brg_watched by ifindex, under struct brg_net.lock
 * @n: their number
 */
struct brg_watch {
	struct socket *sock;
	DECLARE_HASHTABLE(devices, 8);
	u32 n;
};

/* A device and its promiscuity count as last seen. */
struct brg_watched {
	struct hlist_node node;
	int ifindex;
	atomic_t count;
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

static void brg_watch_report(struct brg_net *bn, struct net_device *dev,
			     u32 old, u32 new)
{
	struct net_device *master = netdev_master_upper_dev_get_rcu(dev);
	struct brg_watch_event e = {
		.what = BRGUARD_WATCH_PROMISCUITY,
		.bridge = master ?: dev,
		.dev = dev,
		.old = old,
		.new = new,
		.pid = task_tgid_nr(current),
		.uid = from_kuid(&init_user_ns, current_uid()),
	};

	get_task_comm(e.comm, current);
	brg_event_watch(bn, &e);
}

/* A link message, in the context of whoever caused it. */
static void brg_watch_link(struct brg_net *bn, const struct nlmsghdr *nlh)
{
	const struct ifinfomsg *ifi = nlmsg_data(nlh);
	const struct nlattr *attr;
	struct net_device *dev;
	struct brg_watched *w;
	u32 new, old;

	if (nlh->nlmsg_type != RTM_NEWLINK || !(ifi->ifi_change & IFF_PROMISC))
		return;
	attr = nlmsg_find_attr(nlh, sizeof(*ifi), IFLA_PROMISCUITY);
	if (!attr || nla_len(attr) != sizeof(new))
		return;
	new = nla_get_u32(attr);

	rcu_read_lock();
	w = brg_watched_find(bn, ifi->ifi_index);
	dev = w ? dev_get_by_index_rcu(bn->net, ifi->ifi_index) : NULL;
	if (dev) {
		old = atomic_xchg(&w->count, new);
		if (old != new)
			brg_watch_report(bn, dev, old, new);
	}
	rcu_read_unlock();
}

static void brg_watch_data_ready(struct sock *sk)
{
	struct brg_net *bn = sk->sk_user_data;
	const struct nlmsghdr *nlh;
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&sk->sk_receive_queue))) {
		nlh = nlmsg_hdr(skb);
		/* Not from a user, who may send to the group as well. */
		if (!NETLINK_CB(skb).portid &&
		    skb->len >= nlmsg_total_size(sizeof(struct ifinfomsg)) &&
		    nlmsg_ok(nlh, skb->len))
			brg_watch_link(bn, nlh);
		consume_skb(skb);
	}
}

/*
 * The port ID is chosen here: autobind would take the PID of the process that
 * happens to run, which may want it for a socket of its own.
 */
static int brg_watch_bind(struct socket *sock)
{
	struct sockaddr_nl addr = {
		.nl_family = AF_NETLINK,
		.nl_groups = 1 << (RTNLGRP_LINK - 1),
	};
	int n = 0;
	int err;

	do {
		addr.nl_pid = get_random_u32() | BIT(31);
		err = kernel_bind(sock, (void *)&addr, sizeof(addr));
	} while (err == -EADDRINUSE && ++n < BRG_BIND_TRIES);

	return err;
}

/* Else one message lost for want of memory would stop all that follow. */
static int brg_watch_no_enobufs(struct socket *sock)
{
	int on = 1;

	return sock->ops->setsockopt(sock, SOL_NETLINK, NETLINK_NO_ENOBUFS,
				     KERNEL_SOCKPTR(&on), sizeof(on));
}

static int brg_watch_open(struct brg_net *bn)
{
	struct socket *sock;
	int err;

	err = sock_create_kern(bn->net, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE,
			       &sock);
	if (err)
		return err;
	lock_sock(sock->sk);
	sock->sk->sk_user_data = bn;
	sock->sk->sk_data_ready = brg_watch_data_ready;
	release_sock(sock->sk);
	err = brg_watch_no_enobufs(sock) ?: brg_watch_bind(sock);
	if (err) {
		sock_release(sock);
		return err;
	}
	bn->watch->sock = sock;

	return 0;
}

static void brg_watch_close(struct brg_net *bn)
{
	if (bn->watch->sock)
		sock_release(bn->watch->sock);
	bn->watch->sock = NULL;
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
	hash_init(bn->watch->devices);

	return 0;
}

static void brg_watched_free(struct brg_net *bn, struct brg_watched *w)
{
	hash_del_rcu(&w->node);
	kfree_rcu(w, rcu);
	if (!--bn->watch->n)
		brg_watch_close(bn);
}

/**
 * brg_watch_exit() - stop watching for good
 * @bn: namespace, no grace period needed any more
 *
 * Context: may sleep.
 */
void brg_watch_exit(struct brg_net *bn)
{
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
		err = brg_watch_open(bn);
		if (err) {
			kfree(w);
			return err;
		}
	}
	w->ifindex = dev->ifindex;
	atomic_set(&w->count, dev->promiscuity);
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
