// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>
#include <linux/in6.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/sock.h>
#include "attach.h"
#include "binding.h"
#include "check.h"
#include "config.h"
#include "netlink.h"
#include "policy.h"
#include "port.h"

/* Bytes of a message without prefixes, and of one prefix, generously. */
#define BRG_BINDING_SIZE	256
#define BRG_PREFIX_SIZE		32

static int brg_binding_fill_prefixes(struct sk_buff *skb,
				     const struct brg_binding *b)
{
	struct brg_address addr;
	int err = 0;
	u32 i;

	for (i = 0; i < brg_binding_prefixes(b) && !err; i++) {
		brg_binding_prefix(b, i, &addr);
		err = brg_prefix_fill(skb, BRGUARD_A_BINDING_PREFIX, &addr);
	}
	if (b->shared)
		err = err ?: nla_put_flag(skb, BRGUARD_A_BINDING_SHARED);

	return err;
}

static int brg_binding_fill(const struct brg_message *m,
			    const struct brg_binding *b)
{
	struct brg_address mac;
	void *hdr;

	brg_binding_mac(b, &mac);
	hdr = brg_message_begin(m);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_string(m->skb, BRGUARD_A_BINDING_PORT, b->port->name) ||
	    nla_put(m->skb, BRGUARD_A_BINDING_MAC, ETH_ALEN, mac.byte) ||
	    (mac.vid && nla_put_u16(m->skb, BRGUARD_A_BINDING_VLAN, mac.vid)))
		goto cancel;
	if (m->cmd != BRGUARD_CMD_BINDING_DEL_NTF &&
	    brg_binding_fill_prefixes(m->skb, b))
		goto cancel;
	genlmsg_end(m->skb, hdr);

	return 0;

cancel:
	genlmsg_cancel(m->skb, hdr);

	return -EMSGSIZE;
}

static int brg_binding_message(struct brg_message *m,
			       const struct genl_info *info, u8 cmd,
			       const struct brg_binding *b)
{
	return brg_message_alloc(m, info, cmd, BRG_BINDING_SIZE +
				 brg_binding_prefixes(b) * BRG_PREFIX_SIZE);
}

static void brg_binding_notify(struct brg_request *rq,
			       const struct brg_binding *b, u8 cmd)
{
	struct brg_message m;

	if (rq->t || !brg_netlink_listens(rq->bn, BRG_MCGRP_CONFIG) ||
	    brg_binding_message(&m, NULL, cmd, b))
		return;
	brg_binding_fill(&m, b);
	brg_netlink_multicast(rq->bn, m.skb, BRG_MCGRP_CONFIG, GFP_KERNEL);
}

static int brg_binding_port(struct brg_request *rq, struct brg_port **port)
{
	const char *name;
	int err;

	err = brg_request_name(rq, BRGUARD_A_BINDING_PORT, &name);
	if (err)
		return err;
	*port = brg_port_find(rq->cfg, name);
	if (!*port) {
		NL_SET_ERR_MSG_ATTR(rq->extack,
				    rq->info->attrs[BRGUARD_A_BINDING_PORT],
				    "no such port is configured");
		return -ENOENT;
	}
	if ((*port)->template) {
		NL_SET_ERR_MSG_ATTR(rq->extack,
				    rq->info->attrs[BRGUARD_A_BINDING_PORT],
				    "a template can have no bindings");
		return -EINVAL;
	}

	return 0;
}

static int brg_binding_parse_mac(struct brg_request *rq,
				 struct brg_address *mac)
{
	struct nlattr **attrs = rq->info->attrs;

	*mac = (struct brg_address){ .family = AF_UNSPEC, .len = 48 };
	if (GENL_REQ_ATTR_CHECK(rq->info, BRGUARD_A_BINDING_MAC)) {
		NL_SET_ERR_MSG(rq->extack, "a MAC address is needed");
		return -EINVAL;
	}
	memcpy(mac->byte, nla_data(attrs[BRGUARD_A_BINDING_MAC]), ETH_ALEN);
	if (!is_valid_ether_addr(mac->byte)) {
		NL_SET_ERR_MSG_ATTR(rq->extack, attrs[BRGUARD_A_BINDING_MAC],
				    "not a unicast MAC address");
		return -EINVAL;
	}
	if (attrs[BRGUARD_A_BINDING_VLAN])
		mac->vid = nla_get_u16(attrs[BRGUARD_A_BINDING_VLAN]);

	return 0;
}

/**
 * brg_address_has_host_bits() - is an address no prefix of its length?
 * @addr: address and length
 * @bits: of such an address
 *
 * Return: whether it has bits beyond its length.
 */
bool brg_address_has_host_bits(const struct brg_address *addr, u8 bits)
{
	u8 i;

	for (i = addr->len; i < bits; i++)
		if (addr->byte[i / 8] & (0x80 >> i % 8))
			return true;

	return false;
}

/**
 * brg_address_is_martian() - does a prefix lie in what no packet may come from?
 * @addr: the prefix
 *
 * Return: whether it does.
 */
bool brg_address_is_martian(const struct brg_address *addr)
{
	struct in6_addr ip6;
	__be32 ip4;

	if (addr->family == AF_INET) {
		memcpy(&ip4, addr->byte, sizeof(ip4));
		return (addr->len >= 8 && brg_ip4_is_martian(ip4)) ||
		       (addr->len >= 4 && ipv4_is_multicast(ip4));
	}
	memcpy(&ip6, addr->byte, sizeof(ip6));

	return (addr->len >= 96 && brg_ip6_is_martian(&ip6)) ||
	       (addr->len >= 8 && addr->byte[0] == 0xff);
}

static int brg_prefix_check(struct brg_request *rq, struct nlattr **tb,
			    const struct brg_address *addr, u8 bits)
{
	if (addr->len > bits) {
		NL_SET_ERR_MSG_ATTR(rq->extack, tb[BRGUARD_A_PREFIX_LENGTH],
				    "prefix length beyond the address");
		return -ERANGE;
	}
	if (brg_address_has_host_bits(addr, bits)) {
		NL_SET_ERR_MSG_ATTR(rq->extack, tb[BRGUARD_A_PREFIX_ADDRESS],
				    "address has bits beyond the prefix length");
		return -EINVAL;
	}
	if (brg_address_is_martian(addr)) {
		NL_SET_ERR_MSG_ATTR(rq->extack, tb[BRGUARD_A_PREFIX_ADDRESS],
				    "no packet can come from this address");
		return -EINVAL;
	}

	return 0;
}

static int brg_prefix_parse(struct brg_request *rq, const struct nlattr *attr,
			    u16 vid, struct brg_binding_prefix *p)
{
	struct nlattr *tb[BRGUARD_A_PREFIX_MAX + 1];
	u8 bits;
	int err;

	err = nla_parse_nested(tb, BRGUARD_A_PREFIX_MAX, attr,
			       brg_prefix_policy, rq->extack);
	err = err ?: brg_attrs_check(nla_data(attr), nla_len(attr), 0,
				     rq->extack);
	if (err)
		return err;
	if (!tb[BRGUARD_A_PREFIX_ADDRESS]) {
		NL_SET_ERR_MSG_ATTR(rq->extack, attr, "prefix without address");
		return -EINVAL;
	}
	bits = nla_len(tb[BRGUARD_A_PREFIX_ADDRESS]) * 8;
	if (bits != 32 && bits != 128) {
		NL_SET_ERR_MSG_ATTR(rq->extack, tb[BRGUARD_A_PREFIX_ADDRESS],
				    "an IP address has 4 or 16 bytes");
		return -EINVAL;
	}
	p->attr = attr;
	p->addr = (struct brg_address){
		.vid = vid, .family = bits == 32 ? AF_INET : AF_INET6,
		.len = tb[BRGUARD_A_PREFIX_LENGTH] ?
		       nla_get_u8(tb[BRGUARD_A_PREFIX_LENGTH]) : bits,
	};
	memcpy(p->addr.byte, nla_data(tb[BRGUARD_A_PREFIX_ADDRESS]), bits / 8);

	return brg_prefix_check(rq, tb, &p->addr, bits);
}

static int brg_binding_count_prefixes(struct brg_request *rq, u32 *n)
{
	const struct nlattr *a;
	int rem;

	*n = 0;
	nlmsg_for_each_attr(a, rq->info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(a) != BRGUARD_A_BINDING_PREFIX)
			continue;
		if (++*n > BRGUARD_PREFIXES_MAX) {
			NL_SET_ERR_MSG_ATTR(rq->extack, a,
					    "too many prefixes in one binding");
			return -ENOSPC;
		}
	}

	return 0;
}

static int brg_binding_parse_prefixes(struct brg_request *rq,
				      struct brg_binding_request *req)
{
	const struct nlattr *a;
	u32 i;
	int err, rem;

	nlmsg_for_each_attr(a, rq->info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(a) != BRGUARD_A_BINDING_PREFIX)
			continue;
		err = brg_prefix_parse(rq, a, req->mac.vid,
				       &req->prefix[req->n]);
		if (err)
			return err;
		for (i = 0; i < req->n; i++)
			if (!memcmp(&req->prefix[i].addr,
				    &req->prefix[req->n].addr,
				    sizeof(struct brg_address))) {
				NL_SET_ERR_MSG_ATTR(rq->extack, a,
						    "the same prefix twice");
				return -EINVAL;
			}
		req->n++;
	}

	return 0;
}

static int brg_binding_parse(struct brg_request *rq,
			     struct brg_binding_request **reqp)
{
	struct brg_binding_request *req;
	u32 n;
	int err;

	err = brg_binding_count_prefixes(rq, &n);
	if (err)
		return err;
	req = kvzalloc(sizeof(*req) + n * sizeof(*req->prefix),
		       GFP_KERNEL_ACCOUNT);
	if (!req)
		return -ENOMEM;
	*reqp = req;
	req->prefix = (struct brg_binding_prefix *)(req + 1);
	req->mac_attr = rq->info->attrs[BRGUARD_A_BINDING_MAC];
	req->shared = nla_get_flag(rq->info->attrs[BRGUARD_A_BINDING_SHARED]);
	err = brg_binding_parse_mac(rq, &req->mac);
	err = err ?: brg_binding_parse_prefixes(rq, req);
	if (err)
		kvfree(req);

	return err;
}

/**
 * brg_binding_get_doit() - BRGUARD_CMD_BINDING_GET
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_binding_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct brg_binding *b = NULL;
	struct brg_request rq;
	struct brg_address mac;
	struct brg_message m = {};
	struct brg_port *port;
	int err;

	err = brg_request_begin_read(&rq, info);
	if (err)
		return err;
	err = brg_binding_port(&rq, &port);
	err = err ?: brg_binding_parse_mac(&rq, &mac);
	if (!err) {
		b = brg_binding_find(port, &mac);
		if (!b) {
			NL_SET_ERR_MSG_ATTR(info->extack,
					    info->attrs[BRGUARD_A_BINDING_MAC],
					    "no such binding");
			err = -ENOENT;
		}
	}
	err = err ?: brg_binding_message(&m, info, BRGUARD_CMD_BINDING_GET, b);
	err = err ?: brg_binding_fill(&m, b);
	brg_request_end_read(&rq);

	return brg_message_reply(&m, info, err);
}

/**
 * brg_binding_get_start() - a dump of bindings begins
 * @cb: dump
 *
 * Return: 0.
 */
int brg_binding_get_start(struct netlink_callback *cb)
{
	/* One binding always fits. */
	cb->min_dump_alloc = BRG_BINDING_SIZE +
			     BRGUARD_PREFIXES_MAX * BRG_PREFIX_SIZE;

	return 0;
}

/**
 * struct brg_binding_cursor - where a dump of bindings stands
 * @ports: ports dumped whole
 * @mac: last binding dumped of the next one
 */
struct brg_binding_cursor {
	u32 ports;
	struct brg_address mac;
};

/* Return: whether there was room for the rest of the port. */
static bool brg_binding_dump_port(const struct brg_message *m,
				  const struct brg_port *port,
				  struct brg_binding_cursor *cur)
{
	struct brg_binding *b;

	while ((b = brg_binding_next(port, &cur->mac))) {
		if (brg_binding_fill(m, b))
			return false;
		brg_binding_mac(b, &cur->mac);
	}
	cur->mac = (struct brg_address){};
	cur->ports++;

	return true;
}

/* Return: whether there was room for all. */
static bool brg_binding_dump(const struct brg_message *m, struct brg_net *bn,
			     const struct nlattr *filter,
			     struct brg_binding_cursor *cur)
{
	struct brg_port *port;
	u32 n = 0;

	brg_port_for_each(port, bn->config) {
		if (n++ < cur->ports)
			continue;
		if (filter && nla_strcmp(filter, port->name))
			cur->ports++;
		else if (!brg_binding_dump_port(m, port, cur))
			return false;
	}

	return true;
}

/**
 * brg_binding_get_dumpit() - BRGUARD_CMD_BINDING_GET
 * @skb: answer
 * @cb: state: struct brg_binding_cursor
 *
 * Return: bytes so far or a negative error.
 */
int brg_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct brg_message m = brg_message_dump(skb, cb,
						BRGUARD_CMD_BINDING_GET);
	struct brg_net *bn = brg_net_get(sock_net(skb->sk));
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	bool all;
	int err;

	BUILD_BUG_ON(sizeof(struct brg_binding_cursor) > sizeof(cb->ctx));

	err = brg_dump_check(cb, true);
	if (err)
		return err;
	if (attrs[BRGUARD_A_BINDING_MAC] || attrs[BRGUARD_A_BINDING_VLAN]) {
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[BRGUARD_A_BINDING_MAC] ?:
				    attrs[BRGUARD_A_BINDING_VLAN],
				    "a dump takes no MAC and no VLAN");
		return -EINVAL;
	}
	mutex_lock(&bn->lock);
	cb->seq = bn->generation;
	all = brg_binding_dump(&m, bn, attrs[BRGUARD_A_BINDING_PORT],
			       (struct brg_binding_cursor *)cb->ctx);
	mutex_unlock(&bn->lock);

	return brg_message_dumped(&m, all);
}

/* Publish what was added or deleted, or take it back. */
static int brg_binding_carry_out(struct brg_request *rq,
				 const struct brg_binding_change *change)
{
	int err;

	err = rq->t ? 0 : brg_attach_rebuild(rq->bn, change);
	if (!err && !rq->t)
		brg_attach_swap(rq->bn, change);
	if (!err && !change->new)
		brg_binding_notify(rq, change->old,
				   BRGUARD_CMD_BINDING_DEL_NTF);
	brg_binding_settle(rq->cfg, change, !err);
	if (!err && change->new)
		brg_binding_notify(rq, change->new, BRGUARD_CMD_BINDING_NTF);

	return err;
}

static int brg_binding_change(struct brg_request *rq)
{
	bool add = rq->info->genlhdr->cmd == BRGUARD_CMD_BINDING_ADD;
	struct brg_binding_change change;
	struct brg_binding_request *req;
	struct brg_port *port;
	int err;

	err = brg_binding_port(rq, &port);
	/* The policy of a DEL, and with it attrs, ends before RECORDS. */
	if (!err && add && rq->info->attrs[BRGUARD_A_BINDING_RECORDS])
		return brg_records_add(rq, port);
	err = err ?: brg_binding_parse(rq, &req);
	if (err)
		return err;
	if (add)
		err = brg_binding_add(rq->cfg, port, req, &change, rq->extack);
	else
		err = brg_binding_del(rq->cfg, port, req, &change, rq->extack);
	kvfree(req);

	return err ?: brg_binding_carry_out(rq, &change);
}

/**
 * brg_binding_add_doit() - BRGUARD_CMD_BINDING_ADD
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_binding_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_binding_change);
}

/**
 * brg_binding_del_doit() - BRGUARD_CMD_BINDING_DEL
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error, see enum brguard_cmd.
 */
int brg_binding_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return brg_request_run(info, brg_binding_change);
}
