// SPDX-License-Identifier: GPL-2.0-only
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/brguard.h>
#include "binding.h"
#include "config.h"
#include "port.h"

/**
 * brg_binding_mac() - MAC and VLAN of a binding
 * @b: binding
 * @mac: where they go
 */
void brg_binding_mac(const struct brg_binding *b, struct brg_address *mac)
{
	*mac = (struct brg_address){
		.vid = brg_binding_vid(b), .family = AF_UNSPEC, .len = 48,
	};
	brg_mac_bytes(mac->byte, brg_binding_key(b));
}

/**
 * brg_binding_prefix() - a prefix of a binding
 * @b: binding
 * @i: which, below brg_binding_prefixes(): by family, address and length
 * @addr: where it goes
 */
void brg_binding_prefix(const struct brg_binding *b, u32 i,
			struct brg_address *addr)
{
	const struct brg_prefix4 *p4 = brg_binding_ip4(b) + i;
	const struct brg_prefix6 *p6 = brg_binding_ip6(b);

	*addr = (struct brg_address){ .vid = brg_binding_vid(b) };
	if (i < b->n4) {
		addr->family = AF_INET;
		addr->len = p4->len;
		memcpy(addr->byte, &p4->addr, sizeof(p4->addr));
		return;
	}
	p6 += i - b->n4;
	addr->family = AF_INET6;
	addr->len = p6->len;
	memcpy(addr->byte, p6->byte, sizeof(p6->byte));
}

/**
 * brg_address_covers() - does an address lie in a prefix?
 * @prefix: the prefix
 * @addr: the address
 *
 * Return: whether it does.
 */
bool brg_address_covers(const struct brg_address *prefix,
			const struct brg_address *addr)
{
	int bytes = prefix->len / 8, bits = prefix->len % 8;

	return prefix->family == addr->family &&
	       !memcmp(prefix->byte, addr->byte, bytes) &&
	       (!bits ||
		!((prefix->byte[bytes] ^ addr->byte[bytes]) >> (8 - bits)));
}

static bool brg_binding_below(const void *item, const void *key)
{
	return ((const struct brg_binding *)item)->order < *(const u64 *)key;
}

static struct brg_cursor brg_binding_lower(const struct brg_port *port,
					   u64 order)
{
	return brg_index_lower(&port->bindings, &order, brg_binding_below);
}

/**
 * brg_binding_at() - look up a binding and its place
 * @port: its port
 * @order: as in struct brg_binding
 * @at: the place, or that where such a binding is to be put
 *
 * Context: struct brg_net.lock.
 * Return: the binding or NULL.
 */
struct brg_binding *brg_binding_at(const struct brg_port *port, u64 order,
				   struct brg_cursor *at)
{
	struct brg_cursor lower = brg_binding_lower(port, order);
	struct brg_binding *b;

	*at = lower;
	b = brg_index_at(&port->bindings, &lower);
	if (!b || b->order != order)
		return NULL;
	*at = lower;

	return b;
}

/**
 * brg_binding_find() - look up a binding
 * @port: its port
 * @mac: MAC and VLAN
 *
 * Context: struct brg_net.lock.
 * Return: the binding or NULL.
 */
struct brg_binding *brg_binding_find(const struct brg_port *port,
				     const struct brg_address *mac)
{
	struct brg_cursor at;

	return brg_binding_at(port, brg_address_order(mac), &at);
}

/**
 * brg_binding_next() - first binding behind a MAC and VLAN
 * @port: its port
 * @mac: MAC and VLAN, bound or not
 *
 * Context: struct brg_net.lock.
 * Return: the binding or NULL.
 */
struct brg_binding *brg_binding_next(const struct brg_port *port,
				     const struct brg_address *mac)
{
	struct brg_cursor at = brg_binding_lower(port,
						 brg_address_order(mac) + 1);

	return brg_index_at(&port->bindings, &at);
}

static bool brg_binding_has4(const struct brg_binding *b,
			     const struct brg_address *addr)
{
	const struct brg_prefix4 *p = brg_binding_ip4(b);
	u32 i;

	for (i = 0; i < b->n4; i++)
		if (p[i].len == addr->len &&
		    !memcmp(&p[i].addr, addr->byte, sizeof(p[i].addr)))
			return true;

	return false;
}

static bool brg_binding_has6(const struct brg_binding *b,
			     const struct brg_address *addr)
{
	const struct brg_prefix6 *p = brg_binding_ip6(b);
	u32 i;

	for (i = 0; i < b->n6; i++)
		if (p[i].len == addr->len &&
		    !memcmp(p[i].byte, addr->byte, sizeof(p[i].byte)))
			return true;

	return false;
}

/**
 * brg_binding_has() - is a prefix in a binding?
 * @b: binding or NULL
 * @addr: prefix
 *
 * Return: whether it is.
 */
bool brg_binding_has(const struct brg_binding *b,
		     const struct brg_address *addr)
{
	if (!b)
		return false;

	return addr->family == AF_INET ? brg_binding_has4(b, addr) :
	       brg_binding_has6(b, addr);
}

static u32 brg_binding_size(u32 n4, u32 n6)
{
	return offsetof(struct brg_binding, prefix) +
	       n4 * sizeof(struct brg_prefix4) +
	       n6 * sizeof(struct brg_prefix6);
}

/**
 * brg_binding_free() - free a binding
 * @cfg: its configuration
 * @b: binding that is in no index
 *
 * Context: may sleep.
 */
void brg_binding_free(struct brg_config *cfg, struct brg_binding *b)
{
	brg_arena_free(&cfg->arena, b, brg_binding_size(b->n4, b->n6));
}

static void brg_binding_put4(struct brg_binding *b, u32 n,
			     const struct brg_address *addr)
{
	struct brg_prefix4 *p = brg_binding_ip4(b), new = { .len = addr->len };

	memcpy(&new.addr, addr->byte, sizeof(new.addr));
	for (; n; n--) {
		if (ntohl(p[n - 1].addr) < ntohl(new.addr) ||
		    (p[n - 1].addr == new.addr && p[n - 1].len < new.len))
			break;
		p[n] = p[n - 1];
	}
	p[n] = new;
}

static void brg_binding_put6(struct brg_binding *b, u32 n,
			     const struct brg_address *addr)
{
	struct brg_prefix6 *p = brg_binding_ip6(b), new = { .len = addr->len };
	int order;

	memcpy(new.byte, addr->byte, sizeof(new.byte));
	for (; n; n--) {
		order = memcmp(p[n - 1].byte, new.byte, sizeof(new.byte));
		if (order < 0 || (!order && p[n - 1].len < new.len))
			break;
		p[n] = p[n - 1];
	}
	p[n] = new;
}

/* How many prefixes a binding under construction has already. */
struct brg_binding_fill {
	struct brg_binding *b;
	u32 n4;
	u32 n6;
};

static void brg_binding_put(struct brg_binding_fill *fill,
			    const struct brg_address *addr)
{
	if (addr->family == AF_INET)
		brg_binding_put4(fill->b, fill->n4++, addr);
	else
		brg_binding_put6(fill->b, fill->n6++, addr);
}

static void brg_binding_link(struct brg_binding *b)
{
	struct brg_prefix4 *p4 = brg_binding_ip4(b);
	struct brg_prefix6 *p6 = brg_binding_ip6(b);
	u32 i;

	for (i = 0; i < b->n4; i++)
		p4[i].back = (u8 *)&p4[i] - (u8 *)b;
	for (i = 0; i < b->n6; i++)
		p6[i].back = (u8 *)&p6[i] - (u8 *)b;
}

static struct brg_binding *brg_binding_alloc(struct brg_config *cfg,
					     struct brg_port *port, u64 order,
					     u32 n4, u32 n6)
{
	struct brg_binding *b = brg_arena_alloc(&cfg->arena,
						brg_binding_size(n4, n6));

	if (!b)
		return NULL;
	b->port = port;
	b->order = order;
	b->n4 = n4;
	b->n6 = n6;
	b->shared = false;

	return b;
}

static bool brg_request_has(const struct brg_binding_request *req,
			    const struct brg_address *addr)
{
	u32 i;

	for (i = 0; i < req->n; i++)
		if (req->prefix[i].addr.family == addr->family &&
		    req->prefix[i].addr.len == addr->len &&
		    !memcmp(req->prefix[i].addr.byte, addr->byte,
			    sizeof(addr->byte)))
			return true;

	return false;
}

/**
 * brg_binding_merge() - make a binding with what a request adds
 * @cfg: configuration
 * @port: its port
 * @old: what it is added to, or NULL
 * @req: request
 *
 * Context: may sleep.
 * Return: the binding, in no index, or NULL without memory.
 */
struct brg_binding *brg_binding_merge(struct brg_config *cfg,
				      struct brg_port *port,
				      const struct brg_binding *old,
				      const struct brg_binding_request *req)
{
	u32 i, n4 = old ? old->n4 : 0, n6 = old ? old->n6 : 0;
	struct brg_binding_fill fill = {};
	struct brg_address addr;

	for (i = 0; i < req->n; i++) {
		if (brg_binding_has(old, &req->prefix[i].addr))
			continue;
		n4 += req->prefix[i].addr.family == AF_INET;
		n6 += req->prefix[i].addr.family == AF_INET6;
	}
	fill.b = brg_binding_alloc(cfg, port, brg_address_order(&req->mac), n4,
				   n6);
	if (!fill.b)
		return NULL;
	fill.b->shared = req->shared || (old && old->shared);
	for (i = 0; old && i < brg_binding_prefixes(old); i++) {
		brg_binding_prefix(old, i, &addr);
		brg_binding_put(&fill, &addr);
	}
	for (i = 0; i < req->n; i++)
		if (!brg_binding_has(old, &req->prefix[i].addr))
			brg_binding_put(&fill, &req->prefix[i].addr);
	brg_binding_link(fill.b);

	return fill.b;
}

/**
 * brg_binding_reduce() - make a binding without what a request removes
 * @cfg: configuration
 * @old: what it is removed from
 * @req: request; @old has all of its prefixes
 *
 * Context: may sleep.
 * Return: the binding, in no index, or NULL without memory.
 */
struct brg_binding *brg_binding_reduce(struct brg_config *cfg,
				       const struct brg_binding *old,
				       const struct brg_binding_request *req)
{
	u32 i, n4 = old->n4, n6 = old->n6;
	struct brg_binding_fill fill = {};
	struct brg_address addr;

	for (i = 0; i < req->n; i++) {
		n4 -= req->prefix[i].addr.family == AF_INET;
		n6 -= req->prefix[i].addr.family == AF_INET6;
	}
	fill.b = brg_binding_alloc(cfg, old->port, old->order, n4, n6);
	if (!fill.b)
		return NULL;
	fill.b->shared = old->shared;
	for (i = 0; i < brg_binding_prefixes(old); i++) {
		brg_binding_prefix(old, i, &addr);
		if (!brg_request_has(req, &addr))
			brg_binding_put(&fill, &addr);
	}
	brg_binding_link(fill.b);

	return fill.b;
}
