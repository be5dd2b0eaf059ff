// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_ether.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include "attach.h"
#include "binding.h"
#include "config.h"
#include "netlink.h"
#include "port.h"
#include "seen.h"
#include "stats.h"
#include "table.h"

/**
 * struct brg_suggest_cursor - where a dump of suggestions stands
 * @ports: ports dumped whole
 * @begun: the message of the next one itself has been sent
 * @last: last wish dumped of it
 */
struct brg_suggest_cursor {
	u32 ports;
	bool begun;
	struct brg_wish last;
};

/**
 * struct brg_suggest_dump - a dump of suggestions under the locks
 * @m: messages
 * @bn: namespace
 * @filter: attribute with the only port, or NULL
 * @cur: where it stands
 * @met: ports met so far
 * @list: room for what is remembered of one port
 */
struct brg_suggest_dump {
	struct brg_message m;
	struct brg_net *bn;
	const struct nlattr *filter;
	struct brg_suggest_cursor *cur;
	u32 met;
	struct brg_wish *list;
};

static void brg_wish_mac(const struct brg_wish *w, struct brg_address *mac)
{
	*mac = (struct brg_address){
		.vid = w->key >> BRG_KEY_VLAN_SHIFT, .family = AF_UNSPEC,
		.len = 48,
	};
	brg_mac_bytes(mac->byte, w->key & BRG_MAC_MASK);
}

static void brg_wish_ip(const struct brg_wish *w, struct brg_address *ip)
{
	*ip = (struct brg_address){
		.vid = w->key >> BRG_KEY_VLAN_SHIFT, .family = w->family,
		.len = w->family == AF_INET ? 32 : 128,
	};
	memcpy(ip->byte, &w->addr, sizeof(ip->byte));
}

static int brg_wish_cmp(const void *x, const void *y)
{
	const struct brg_wish *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->family != b->family)
		return a->family - b->family;

	return memcmp(&a->addr, &b->addr, sizeof(a->addr));
}

static bool brg_binding_covers(const struct brg_binding *b,
			       const struct brg_address *ip)
{
	struct brg_address p;
	u32 i;

	for (i = 0; i < brg_binding_prefixes(b); i++) {
		brg_binding_prefix(b, i, &p);
		if (brg_address_covers(&p, ip))
			return true;
	}

	return false;
}

/* Does the policy of the port allow the address with its MAC? */
static bool brg_wish_is_link_local(const struct brg_port *port,
				   const struct brg_wish *w)
{
	struct in6_addr own;

	if (w->family != AF_INET6 || !brg_ip6_is_link_local(&w->addr))
		return false;
	if (port->set.link_local == BRGUARD_LINK_LOCAL_ANY)
		return true;
	brg_table_link_local(w->key, &own);

	return port->set.link_local == BRGUARD_LINK_LOCAL_EUI64 &&
	       ipv6_addr_equal(&w->addr, &own);
}

/* Return: whether the wish has come true. What needs no address loses it. */
static bool brg_wish_is_fulfilled(const struct brg_port *port,
				  struct brg_wish *w)
{
	const struct brg_binding *b;
	struct brg_address addr;

	if (brg_wish_is_link_local(port, w))
		*w = (struct brg_wish){ .key = w->key };
	brg_wish_mac(w, &addr);
	b = brg_binding_find(port, &addr);
	if (!b || w->family == AF_UNSPEC)
		return b;
	brg_wish_ip(w, &addr);

	return brg_binding_covers(b, &addr);
}

/* What is remembered of a port. What is bound by now is forgotten. */
static u32 brg_suggest_list(const struct brg_port *port, struct brg_wish *list)
{
	struct brg_seen *seen = brg_seen_get(port->stats);
	struct brg_wish w;
	u32 i, n, kept = 0;

	n = brg_seen_list(seen, list, BRGUARD_SUGGEST_MAX);
	for (i = 0; i < n; i++) {
		w = list[i];
		if (brg_wish_is_fulfilled(port, &w))
			brg_seen_forget(seen, &list[i]);
		else
			list[kept++] = w;
	}
	sort(list, kept, sizeof(*list), brg_wish_cmp, NULL);

	return kept;
}

/* The binding of another port that stands in the way, or NULL. */
static const struct brg_binding *
brg_suggest_owner(const struct brg_config *cfg, const struct brg_port *port,
		  const struct brg_wish *w)
{
	const struct brg_binding *b, *owner;
	struct brg_address addr;
	bool shared;

	brg_wish_mac(w, &addr);
	b = brg_binding_find(port, &addr);
	shared = b && b->shared;
	owner = brg_claims_conflict(&cfg->claims, &addr, port, shared);
	if (owner || w->family == AF_UNSPEC)
		return owner;
	brg_wish_ip(w, &addr);

	return brg_claims_conflict(&cfg->claims, &addr, port, shared);
}

static int brg_suggest_put(struct sk_buff *skb, const struct brg_wish *w,
			   const struct brg_binding *owner)
{
	struct brg_address mac;

	brg_wish_mac(w, &mac);
	if (nla_put(skb, BRGUARD_A_SUGGEST_MAC, ETH_ALEN, mac.byte) ||
	    (mac.vid && nla_put_u16(skb, BRGUARD_A_SUGGEST_VLAN, mac.vid)) ||
	    (w->family != AF_UNSPEC &&
	     nla_put(skb, BRGUARD_A_SUGGEST_IP, w->family == AF_INET ? 4 : 16,
		     &w->addr)))
		return -EMSGSIZE;

	return owner ? nla_put_string(skb, BRGUARD_A_SUGGEST_OWNER,
				      owner->port->name) : 0;
}

/* Return: whether there was room. */
static bool brg_suggest_fill(const struct brg_suggest_dump *d,
			     const struct brg_port *port,
			     const struct brg_wish *w)
{
	struct sk_buff *skb = d->m.skb;
	void *hdr;

	hdr = brg_message_begin(&d->m);
	if (!hdr)
		return false;
	if (nla_put_string(skb, BRGUARD_A_SUGGEST_PORT, port->name) ||
	    brg_suggest_put(skb, w,
			    brg_suggest_owner(d->bn->config, port, w))) {
		genlmsg_cancel(skb, hdr);
		return false;
	}
	genlmsg_end(skb, hdr);

	return true;
}

static int brg_suggest_put_settings(struct sk_buff *skb,
				    const struct brg_port *port)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, BRGUARD_A_SUGGEST_SETTINGS);
	if (!nest || nla_put_string(skb, BRGUARD_A_PORT_NAME, port->name) ||
	    brg_port_fill_settings(skb, &port->set))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);

	return 0;
}

/* What there is to say of a port itself. Return: whether there was room. */
static bool brg_suggest_fill_port(const struct brg_suggest_dump *d,
				  const struct brg_port *port, bool named,
				  u64 more)
{
	struct sk_buff *skb = d->m.skb;
	void *hdr;

	if (named && !more)
		return true;
	hdr = brg_message_begin(&d->m);
	if (!hdr)
		return false;
	if (nla_put_string(skb, BRGUARD_A_SUGGEST_PORT, port->name) ||
	    (more && nla_put_u64_64bit(skb, BRGUARD_A_SUGGEST_MORE, more,
				       BRGUARD_A_SUGGEST_PAD)) ||
	    (!named && brg_suggest_put_settings(skb, port))) {
		genlmsg_cancel(skb, hdr);
		return false;
	}
	genlmsg_end(skb, hdr);

	return true;
}

/* Return: whether there was room for all. */
static bool brg_suggest_dump_wishes(const struct brg_suggest_dump *d,
				    const struct brg_port *port, u32 n)
{
	struct brg_suggest_cursor *cur = d->cur;
	u32 i;

	/* Two may be the same without what they do not need. */
	for (i = 0; i < n; i++) {
		if (brg_wish_cmp(&d->list[i], &cur->last) <= 0)
			continue;
		if (!brg_suggest_fill(d, port, &d->list[i]))
			return false;
		cur->last = d->list[i];
	}

	return true;
}

static bool brg_suggest_is_wanted(const struct brg_suggest_dump *d,
				  const struct brg_port *port)
{
	if (d->filter && nla_strcmp(d->filter, port->name))
		return false;
	if (port->template || !brg_seen_get(port->stats))
		return false;

	return port->slot ? !!port->slot->now.table :
	       port->set.role == BRGUARD_ROLE_GUEST;
}

/* Return: whether there was room for the rest of the port. */
static bool brg_suggest_dump_port(struct brg_suggest_dump *d,
				  const struct brg_port *port, bool named)
{
	struct brg_suggest_cursor *cur = d->cur;
	u64 more;
	u32 n;

	if (d->met++ < cur->ports)
		return true;
	if (brg_suggest_is_wanted(d, port)) {
		n = brg_suggest_list(port, d->list);
		more = brg_seen_more(port->stats->seen);
		if (!cur->begun && (n || more) &&
		    !brg_suggest_fill_port(d, port, named, more))
			return false;
		cur->begun = true;
		if (!brg_suggest_dump_wishes(d, port, n))
			return false;
	}
	*cur = (struct brg_suggest_cursor){ .ports = cur->ports + 1 };

	return true;
}

/*
 * Configured ports first, then those that are guarded without a name. Return:
 * whether there was room for all.
 */
static bool brg_suggest_dump(struct brg_suggest_dump *d)
{
	struct brg_port *port;
	struct brg_slot *slot;
	int i;

	brg_port_for_each(port, d->bn->config)
		if (!brg_suggest_dump_port(d, port, true))
			return false;
	hash_for_each(d->bn->slots, i, slot, node)
		if (brg_slot_counts(slot) &&
		    !brg_suggest_dump_port(d, slot->now.port, false))
			return false;

	return true;
}

/* When it begins, there has to be a port of that name. */
static int brg_suggest_check(const struct brg_suggest_dump *d,
			     struct netlink_ext_ack *extack)
{
	if (!d->filter || d->cur->ports || d->cur->begun)
		return 0;

	return brg_stats_check(brg_stats_find(d->bn, nla_data(d->filter)),
			       d->filter, extack);
}

/**
 * brg_suggest_dumpit() - BRGUARD_CMD_SUGGEST
 * @skb: answer
 * @cb: state: struct brg_suggest_cursor
 *
 * Return: bytes so far or a negative error.
 */
int brg_suggest_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct brg_suggest_dump d = {
		.m = brg_message_dump(skb, cb, BRGUARD_CMD_SUGGEST),
		.bn = brg_net_get(sock_net(skb->sk)),
		.filter = genl_info_dump(cb)->attrs[BRGUARD_A_SUGGEST_PORT],
		.cur = (struct brg_suggest_cursor *)cb->ctx,
	};
	bool all = true;
	int err;

	BUILD_BUG_ON(sizeof(struct brg_suggest_cursor) > sizeof(cb->ctx));

	err = brg_dump_check(cb, true);
	if (err)
		return err;
	d.list = kmalloc_array(BRGUARD_SUGGEST_MAX, sizeof(*d.list),
			       GFP_KERNEL_ACCOUNT);
	if (!d.list)
		return brg_request_explain(cb->extack, -ENOMEM);
	mutex_lock(&d.bn->lock);
	cb->seq = d.bn->generation + d.bn->moves;
	err = brg_suggest_check(&d, cb->extack);
	if (!err)
		all = brg_suggest_dump(&d);
	mutex_unlock(&d.bn->lock);
	kfree(d.list);

	return err ?: brg_message_dumped(&d.m, all);
}
