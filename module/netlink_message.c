// SPDX-License-Identifier: GPL-2.0-only
/* Answers and events under construction, and what several of them contain. */
#include <linux/socket.h>
#include "claim.h"
#include "netdev.h"
#include "netlink.h"

/**
 * brg_message_alloc() - start an answer or an event
 * @m: what is filled in
 * @info: request to answer, or NULL for an event
 * @cmd: command or notification
 * @size: bytes it may need
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int brg_message_alloc(struct brg_message *m, const struct genl_info *info,
		      u8 cmd, size_t size)
{
	*m = (struct brg_message){
		.skb = genlmsg_new(size, GFP_KERNEL),
		.portid = info ? info->snd_portid : 0,
		.seq = info ? info->snd_seq : 0,
		.cmd = cmd,
	};

	return m->skb ? 0 : -ENOMEM;
}

/**
 * brg_message_dump() - messages of a dump
 * @skb: where they go
 * @cb: the dump
 * @cmd: its command
 *
 * Return: the message.
 */
struct brg_message brg_message_dump(struct sk_buff *skb,
				    struct netlink_callback *cb, u8 cmd)
{
	return (struct brg_message){
		.skb = skb, .portid = NETLINK_CB(cb->skb).portid,
		.seq = cb->nlh->nlmsg_seq, .cmd = cmd, .cb = cb,
	};
}

/**
 * brg_message_dumped() - what a dump has to return
 * @m: its messages
 * @all: there was room for all that was left
 *
 * Return: bytes so far; -EMSGSIZE if not even one object found room, as 0 would
 * end the dump.
 */
int brg_message_dumped(const struct brg_message *m, bool all)
{
	if (all || m->skb->len)
		return m->skb->len;

	return brg_request_explain(m->cb->extack, -EMSGSIZE);
}

/**
 * brg_put_name() - put the name of a device that may be renamed meanwhile
 * @skb: where it goes
 * @attr: attribute
 * @dev: device
 *
 * Return: 0 or -EMSGSIZE.
 */
int brg_put_name(struct sk_buff *skb, int attr, const struct net_device *dev)
{
	char name[IFNAMSIZ];

	brg_netdev_name(name, dev);

	return nla_put_string(skb, attr, name);
}

/**
 * brg_message_begin() - put the header of one message
 * @m: message
 *
 * Return: for genlmsg_end() or genlmsg_cancel(); NULL without room.
 */
void *brg_message_begin(const struct brg_message *m)
{
	void *hdr;

	hdr = genlmsg_put(m->skb, m->portid, m->seq, &brg_family,
			  m->cb ? NLM_F_MULTI : 0, m->cmd);
	if (hdr && m->cb)
		genl_dump_check_consistent(m->cb, hdr);

	return hdr;
}

/**
 * brg_message_reply() - send an answer
 * @m: answer from brg_message_alloc(), consumed
 * @info: request
 * @err: there is no answer if this is not 0, but a sentence
 *
 * Return: @err, or how sending went.
 */
int brg_message_reply(struct brg_message *m, struct genl_info *info, int err)
{
	if (!err)
		return genlmsg_reply(m->skb, info);
	nlmsg_free(m->skb);

	return brg_request_explain(info->extack, err);
}

/**
 * brg_prefix_fill() - put a prefix
 * @skb: answer
 * @attr: attribute that nests it
 * @addr: the prefix
 *
 * Return: 0 or -EMSGSIZE.
 */
int brg_prefix_fill(struct sk_buff *skb, int attr,
		    const struct brg_address *addr)
{
	int size = addr->family == AF_INET ? 4 : 16;
	struct nlattr *nest;

	nest = nla_nest_start(skb, attr);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put(skb, BRGUARD_A_PREFIX_ADDRESS, size, addr->byte) ||
	    nla_put_u8(skb, BRGUARD_A_PREFIX_LENGTH, addr->len)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

/**
 * brg_netlink_multicast() - send an event
 * @bn: namespace
 * @skb: the event, consumed
 * @group: group
 * @gfp: allocation flags
 */
void brg_netlink_multicast(const struct brg_net *bn, struct sk_buff *skb,
			   enum brg_mcgrp group, gfp_t gfp)
{
	genlmsg_multicast_netns(&brg_family, bn->net, skb, 0, group, gfp);
}

/**
 * brg_netlink_missed() - say that an event could not be sent
 * @bn: namespace
 * @group: group
 *
 * Context: any but hard interrupts.
 */
void brg_netlink_missed(const struct brg_net *bn, enum brg_mcgrp group)
{
	genl_set_err(&brg_family, bn->net, 0, group, -ENOBUFS);
}
