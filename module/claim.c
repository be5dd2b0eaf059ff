// SPDX-License-Identifier: GPL-2.0-only
#include <linux/socket.h>
#include <linux/string.h>
#include "binding.h"
#include "claim.h"
#include "config.h"
#include "port.h"

/**
 * brg_address_cmp() - order of the index: VLAN, family, address, length
 * @a: address
 * @b: address
 *
 * Return: below, equal to or above 0, as memcmp().
 */
int brg_address_cmp(const struct brg_address *a, const struct brg_address *b)
{
	int d;

	if (a->vid != b->vid)
		return a->vid < b->vid ? -1 : 1;
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	d = memcmp(a->byte, b->byte, sizeof(a->byte));

	return d ? d : a->len - b->len;
}

/* The prefix of @len bits that @addr lies in. */
static struct brg_address brg_address_prefix(const struct brg_address *addr,
					     u8 len)
{
	struct brg_address p = { addr->vid, addr->family, len };

	memcpy(p.byte, addr->byte, len / 8);
	if (len % 8)
		p.byte[len / 8] = addr->byte[len / 8] & (0xff00 >> len % 8);

	return p;
}

static bool brg_address_covers(const struct brg_address *p,
			       const struct brg_address *addr)
{
	struct brg_address q;

	if (addr->len < p->len)
		return false;
	q = brg_address_prefix(addr, p->len);

	return !brg_address_cmp(p, &q);
}

static struct brg_claim *brg_claim_entry(struct rb_node *node)
{
	return rb_entry_safe(node, struct brg_claim, node);
}

/* First claim that is not before @addr. */
static struct brg_claim *brg_claim_lower_bound(const struct brg_config *cfg,
					       const struct brg_address *addr)
{
	struct rb_node *node = cfg->claims.rb_node, *found = NULL;

	while (node) {
		if (brg_address_cmp(&brg_claim_entry(node)->addr, addr) >= 0) {
			found = node;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}

	return brg_claim_entry(found);
}

static bool brg_claim_less(struct rb_node *a, const struct rb_node *b)
{
	return brg_address_cmp(&rb_entry(a, struct brg_claim, node)->addr,
			       &rb_entry(b, struct brg_claim, node)->addr) < 0;
}

static u32 *brg_config_length(struct brg_config *cfg,
			      const struct brg_address *addr)
{
	switch (addr->family) {
	case AF_INET:
		return &cfg->lengths4[addr->len];
	case AF_INET6:
		return &cfg->lengths6[addr->len];
	}

	return NULL;
}

/**
 * brg_claim_insert() - put a claim into the index
 * @cfg: configuration
 * @claim: claim that is in none
 *
 * Context: struct brg_net.lock.
 */
void brg_claim_insert(struct brg_config *cfg, struct brg_claim *claim)
{
	u32 *length = brg_config_length(cfg, &claim->addr);

	rb_add(&claim->node, &cfg->claims, brg_claim_less);
	if (length)
		(*length)++;
}

/**
 * brg_claim_remove() - take a claim out of the index
 * @cfg: configuration
 * @claim: claim in it
 *
 * Context: struct brg_net.lock.
 */
void brg_claim_remove(struct brg_config *cfg, struct brg_claim *claim)
{
	u32 *length = brg_config_length(cfg, &claim->addr);

	rb_erase(&claim->node, &cfg->claims);
	if (length)
		(*length)--;
}

static bool brg_claim_is_foreign(const struct brg_claim *claim,
				 const struct brg_port *port, bool shared)
{
	const struct brg_binding *b = claim->binding;

	return b->port != port && !(shared && b->shared) &&
	       brg_port_same_bridge(b->port, port);
}

/* A foreign claim that @addr covers, or of @addr itself. */
static bool brg_claim_below(const struct brg_config *cfg,
			    const struct brg_address *addr,
			    const struct brg_port *port, bool shared)
{
	struct brg_claim *claim = brg_claim_lower_bound(cfg, addr);

	while (claim && brg_address_covers(addr, &claim->addr)) {
		if (brg_claim_is_foreign(claim, port, shared))
			return true;
		claim = brg_claim_entry(rb_next(&claim->node));
	}

	return false;
}

/* A foreign claim of a shorter prefix that covers @addr. */
static bool brg_claim_above(const struct brg_config *cfg,
			    const struct brg_address *addr,
			    const struct brg_port *port, bool shared)
{
	const u32 *lengths = addr->family == AF_INET ? cfg->lengths4 :
			     cfg->lengths6;
	struct brg_address p;
	struct brg_claim *c;
	u8 len;

	if (addr->family == AF_UNSPEC)
		return false;
	for (len = 0; len < addr->len; len++) {
		if (!lengths[len])
			continue;
		p = brg_address_prefix(addr, len);
		c = brg_claim_lower_bound(cfg, &p);
		for (; c && !brg_address_cmp(&c->addr, &p);
		     c = brg_claim_entry(rb_next(&c->node)))
			if (brg_claim_is_foreign(c, port, shared))
				return true;
	}

	return false;
}

/**
 * brg_claim_conflicts() - may a port not claim this address?
 * @cfg: configuration
 * @addr: MAC or prefix
 * @port: who wants to claim it
 * @shared: with a shared binding
 *
 * Context: struct brg_net.lock.
 * Return: whether another port that may be on the same bridge claims part of
 * it and not both are shared.
 */
bool brg_claim_conflicts(const struct brg_config *cfg,
			 const struct brg_address *addr,
			 const struct brg_port *port, bool shared)
{
	return brg_claim_below(cfg, addr, port, shared) ||
	       brg_claim_above(cfg, addr, port, shared);
}
