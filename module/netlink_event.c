// SPDX-License-Identifier: GPL-2.0-only
#include <linux/in6.h>
#include <linux/netdevice.h>
#include <net/ipv6.h>
#include "answers.h"
#include "change.h"
#include "event.h"
#include "frame.h"
#include "map.h"
#include "netlink.h"
#include "note.h"
#include "param.h"
#include "port.h"
#include "watch.h"

static int brg_event_put_mac(struct sk_buff *skb, int attr, u64 mac)
{
	u8 byte[6];

	brg_mac_bytes(byte, mac);

	return nla_put(skb, attr, sizeof(byte), byte);
}

static int brg_event_put_ips(struct sk_buff *skb, const struct brg_frame *f)
{
	int src = BRGUARD_A_VIOLATION_SRC_IP, dst = BRGUARD_A_VIOLATION_DST_IP;

	switch (f->kind) {
	case BRG_KIND_IP4:
		return nla_put_in_addr(skb, src, f->ip4.src) ?:
		       nla_put_in_addr(skb, dst, f->ip4.dst);
	case BRG_KIND_ARP:
	case BRG_KIND_RARP:
		return nla_put_in_addr(skb, src, f->arp.sender_ip) ?:
		       nla_put_in_addr(skb, dst, f->arp.target_ip);
	case BRG_KIND_IP6:
		return nla_put_in6_addr(skb, src, &f->ip6.src) ?:
		       nla_put_in6_addr(skb, dst,
					ipv6_addr_any(&f->ip6.nd.target) ?
					&f->ip6.dst : &f->ip6.nd.target);
	}

	return 0;
}

static int brg_event_put_frame(struct sk_buff *skb, const struct brg_frame *f)
{
	if (f->tagged && nla_put_u16(skb, BRGUARD_A_VIOLATION_VLAN, f->vid))
		return -EMSGSIZE;

	return brg_event_put_mac(skb, BRGUARD_A_VIOLATION_SRC_MAC, f->smac) ?:
	       brg_event_put_mac(skb, BRGUARD_A_VIOLATION_DST_MAC, f->dmac) ?:
	       nla_put_u16(skb, BRGUARD_A_VIOLATION_ETHERTYPE,
			   ntohs(f->proto)) ?:
	       brg_event_put_ips(skb, f);
}

static int brg_event_put_device(struct sk_buff *skb,
				const struct brg_note *note)
{
	if (nla_put_string(skb, BRGUARD_A_VIOLATION_DEVICE, note->device))
		return -EMSGSIZE;

	return *note->bridge ? nla_put_string(skb, BRGUARD_A_VIOLATION_BRIDGE,
					      note->bridge) : 0;
}

/* By the name that its statistics have. */
static int brg_event_put_owner(struct sk_buff *skb, const struct brg_net *bn,
			       u32 ifindex)
{
	const struct brg_port *port;
	struct net_device *dev;

	dev = ifindex ? dev_get_by_index_rcu(bn->net, ifindex) : NULL;
	port = dev ? brg_map_port_rcu(bn, dev) : NULL;

	return port ? nla_put_string(skb, BRGUARD_A_VIOLATION_OWNER,
				     port->name) : 0;
}

static int brg_event_put_violation(struct sk_buff *skb,
				   const struct brg_net *bn,
				   const struct brg_note *note)
{
	int err;

	err = nla_put_string(skb, BRGUARD_A_VIOLATION_PORT, note->port) ?:
	      nla_put_u64_64bit(skb, BRGUARD_A_VIOLATION_SUPPRESSED,
				note->suppressed, BRGUARD_A_VIOLATION_PAD);
	if (err || !note->framed)
		return err;
	if (note->audited && nla_put_flag(skb, BRGUARD_A_VIOLATION_AUDITED))
		return -EMSGSIZE;

	return nla_put_u32(skb, BRGUARD_A_VIOLATION_DIRECTION,
			   note->direction) ?:
	       nla_put_u32(skb, BRGUARD_A_VIOLATION_REASON, note->reason) ?:
	       brg_event_put_device(skb, note) ?:
	       brg_event_put_owner(skb, bn, note->owner) ?:
	       brg_event_put_frame(skb, &note->frame);
}

/**
 * brg_netlink_violation() - send a violation to who listens
 * @bn: namespace
 * @note: violation
 *
 * Context: any but hard interrupts; RCU.
 */
void brg_netlink_violation(const struct brg_net *bn,
			   const struct brg_note *note)
{
	struct brg_message m = { .cmd = BRGUARD_CMD_VIOLATION_NTF };
	void *hdr;

	if (!brg_netlink_listens(bn, BRG_MCGRP_VIOLATION))
		return;
	m.skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (!m.skb)
		return;
	hdr = brg_message_begin(&m);
	if (!hdr || brg_event_put_violation(m.skb, bn, note)) {
		nlmsg_free(m.skb);
		return;
	}
	genlmsg_end(m.skb, hdr);
	brg_netlink_multicast(bn, m.skb, BRG_MCGRP_VIOLATION, GFP_ATOMIC);
}

static int brg_event_put_culprit(struct sk_buff *skb,
				 const struct brg_change *c)
{
	if (!c->pid)
		return 0;
	if (c->netns && nla_put_u32(skb, BRGUARD_A_WATCH_NETNS, c->netns))
		return -EMSGSIZE;
	if (c->several && nla_put_flag(skb, BRGUARD_A_WATCH_SEVERAL))
		return -EMSGSIZE;

	return nla_put_u32(skb, BRGUARD_A_WATCH_PID, c->pid) ?:
	       nla_put_string(skb, BRGUARD_A_WATCH_COMM, c->comm) ?:
	       nla_put_u32(skb, BRGUARD_A_WATCH_UID, c->uid);
}

/**
 * brg_netlink_unreported() - put the parameters that nobody tells of
 * @skb: message
 * @attr: attribute for each
 * @bn: namespace
 * @dev: bridge or port
 *
 * Context: RCU.
 * Return: 0 or -EMSGSIZE.
 */
int brg_netlink_unreported(struct sk_buff *skb, int attr,
			   const struct brg_net *bn,
			   const struct net_device *dev)
{
	u32 mask = brg_watch_unreported(bn, dev);
	u32 what;
	int err = 0;

	for (what = 0; what < BRG_PARAMS; what++)
		if (mask & BIT(what))
			err = err ?: nla_put_u32(skb, attr, what);

	return err;
}

static int brg_event_put_watch(struct sk_buff *skb, const struct brg_change *c)
{
	if (*c->bridge &&
	    nla_put_string(skb, BRGUARD_A_WATCH_BRIDGE, c->bridge))
		return -EMSGSIZE;
	if (c->held && nla_put_flag(skb, BRGUARD_A_WATCH_HELD))
		return -EMSGSIZE;
	if (c->low && nla_put_flag(skb, BRGUARD_A_WATCH_LOW))
		return -EMSGSIZE;
	if (c->what == BRGUARD_WATCH_FDB &&
	    nla_put(skb, BRGUARD_A_WATCH_MAC, sizeof(c->mac), c->mac))
		return -EMSGSIZE;
	if (c->vid && nla_put_u16(skb, BRGUARD_A_WATCH_VLAN, c->vid))
		return -EMSGSIZE;

	return nla_put_u32(skb, BRGUARD_A_WATCH_WHAT, c->what) ?:
	       nla_put_string(skb, BRGUARD_A_WATCH_DEVICE, c->device) ?:
	       nla_put_u32(skb, BRGUARD_A_WATCH_IFINDEX, c->ifindex) ?:
	       nla_put_u32(skb, BRGUARD_A_WATCH_OLD, c->old) ?:
	       nla_put_u32(skb, BRGUARD_A_WATCH_NEW, c->new) ?:
	       nla_put_u32(skb, BRGUARD_A_WATCH_COUNT, c->count) ?:
	       brg_event_put_culprit(skb, c);
}

/**
 * brg_netlink_watch() - send a change of a bridge to who listens
 * @bn: namespace
 * @c: the change
 *
 * Without memory or room, they learn that they missed something.
 *
 * Context: may sleep.
 */
void brg_netlink_watch(const struct brg_net *bn, const struct brg_change *c)
{
	struct brg_message m = { .cmd = BRGUARD_CMD_WATCH_NTF };
	void *hdr;

	if (!brg_netlink_listens(bn, BRG_MCGRP_WATCH))
		return;
	m.skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!m.skb) {
		brg_netlink_missed(bn, BRG_MCGRP_WATCH);
		return;
	}
	hdr = brg_message_begin(&m);
	if (!hdr || brg_event_put_watch(m.skb, c)) {
		nlmsg_free(m.skb);
		brg_netlink_missed(bn, BRG_MCGRP_WATCH);
		return;
	}
	genlmsg_end(m.skb, hdr);
	brg_netlink_multicast(bn, m.skb, BRG_MCGRP_WATCH, GFP_KERNEL);
}

static int brg_event_put_samples(struct sk_buff *skb,
				 const struct brg_answer *a)
{
	const struct brg_claimed *c;
	u32 i;

	for (i = 0; i < a->samples; i++) {
		c = &a->sample[i];
		if (nla_put(skb, BRGUARD_A_ANSWERS_SAMPLE, c->ip4 ? 4 : 16,
			    &c->addr))
			return -EMSGSIZE;
	}

	return 0;
}

/* A port that is gone has no name any more. */
static int brg_event_put_answers_port(struct sk_buff *skb,
				      const struct brg_net *bn, int bridge,
				      int ifindex)
{
	const struct brg_port *port;
	struct net_device *dev;
	int err = 0;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(bn->net, ifindex);
	port = dev ? brg_map_port_rcu(bn, dev) : NULL;
	if (port)
		err = nla_put_string(skb, BRGUARD_A_ANSWERS_PORT, port->name) ?:
		      brg_put_name(skb, BRGUARD_A_ANSWERS_DEVICE, dev);
	dev = dev_get_by_index_rcu(bn->net, bridge);
	if (dev)
		err = err ?: brg_put_name(skb, BRGUARD_A_ANSWERS_BRIDGE, dev);
	rcu_read_unlock();

	return err;
}

static int brg_event_put_answers(struct sk_buff *skb, const struct brg_net *bn,
				 const struct brg_answers_event *e)
{
	const struct brg_answer *a = &e->answer;

	return brg_event_put_answers_port(skb, bn, e->bridge, a->ifindex) ?:
	       nla_put_u32(skb, BRGUARD_A_ANSWERS_DIRECTION, a->direction) ?:
	       brg_event_put_mac(skb, BRGUARD_A_ANSWERS_MAC, a->mac) ?:
	       nla_put_u64_64bit(skb, BRGUARD_A_ANSWERS_CLAIMS, a->claims,
				 BRGUARD_A_ANSWERS_PAD) ?:
	       nla_put_u64_64bit(skb, BRGUARD_A_ANSWERS_DISTINCT, e->distinct,
				 BRGUARD_A_ANSWERS_PAD) ?:
	       nla_put_u64_64bit(skb, BRGUARD_A_ANSWERS_DROPPED, a->dropped,
				 BRGUARD_A_ANSWERS_PAD) ?:
	       nla_put_u32(skb, BRGUARD_A_ANSWERS_TIME, e->ms) ?:
	       brg_event_put_samples(skb, a);
}

/**
 * brg_netlink_answers() - send to who listens who answers for too many
 * @bn: namespace
 * @e: a window
 *
 * Context: may sleep.
 */
void brg_netlink_answers(const struct brg_net *bn,
			 const struct brg_answers_event *e)
{
	struct brg_message m = { .cmd = BRGUARD_CMD_ANSWERS_NTF };
	void *hdr;

	if (!brg_netlink_listens(bn, BRG_MCGRP_VIOLATION))
		return;
	m.skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!m.skb)
		return;
	hdr = brg_message_begin(&m);
	if (!hdr || brg_event_put_answers(m.skb, bn, e)) {
		nlmsg_free(m.skb);
		return;
	}
	genlmsg_end(m.skb, hdr);
	brg_netlink_multicast(bn, m.skb, BRG_MCGRP_VIOLATION, GFP_KERNEL);
}
