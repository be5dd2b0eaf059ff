// SPDX-License-Identifier: GPL-2.0-only
/* Bindings come and go: checked, put in place, settled. */
#include <linux/bitmap.h>
#include <linux/socket.h>
#include <linux/brguard.h>
#include "binding.h"
#include "config.h"
#include "port.h"

/* What the numbers of a port and of the configuration count. */
static void brg_binding_account(struct brg_config *cfg,
				const struct brg_binding *b, int n)
{
	const struct brg_prefix4 *p4 = brg_binding_ip4(b);
	const struct brg_prefix6 *p6 = brg_binding_ip6(b);
	struct brg_port *port = b->port;
	u32 i;

	cfg->n_bindings += n;
	port->n_bindings += n;
	port->n_tagged += brg_binding_vid(b) ? n : 0;
	port->n_prefixes4 += n * (int)b->n4;
	port->n_prefixes6 += n * (int)b->n6;
	for (i = 0; i < b->n4; i++)
		brg_lengths_count4(&port->lengths, p4[i].len, n);
	for (i = 0; i < b->n6; i++)
		brg_lengths_count6(&port->lengths, p6[i].len, n);
}

/* Would the port have more prefix lengths than rules can hold? */
static bool brg_port_too_many_lengths(const struct brg_port *port,
				      const struct brg_binding_request *req)
{
	DECLARE_BITMAP(len4, 33);
	DECLARE_BITMAP(len6, 129);
	u32 i;

	bitmap_copy(len4, port->lengths.bits4, 33);
	bitmap_copy(len6, port->lengths.bits6, 129);
	/* Link-local addresses made from a MAC are in no counter. */
	__set_bit(128, len6);
	for (i = 0; i < req->n; i++)
		__set_bit(req->prefix[i].addr.len,
			  req->prefix[i].addr.family == AF_INET ? len4 : len6);

	return bitmap_weight(len4, 33) > BRGUARD_LENGTHS_MAX ||
	       bitmap_weight(len6, 129) > BRGUARD_LENGTHS_MAX;
}

/* Has the request a prefix length that the port has not? */
static bool brg_port_lacks_length(const struct brg_port *port,
				  const struct brg_binding_request *req)
{
	const struct brg_address *addr;
	u32 i;

	for (i = 0; i < req->n; i++) {
		addr = &req->prefix[i].addr;
		if (!test_bit(addr->len, addr->family == AF_INET ?
			      port->lengths.bits4 : port->lengths.bits6))
			return true;
	}

	return false;
}

static int brg_binding_check_limits(const struct brg_config *cfg,
				    const struct brg_port *port,
				    const struct brg_binding *old, u32 fresh,
				    const struct brg_binding_request *req,
				    struct netlink_ext_ack *extack)
{
	if (!old && cfg->n_bindings >= BRGUARD_BINDINGS_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr, "too many bindings");
		return -ENOSPC;
	}
	if (old && brg_binding_prefixes(old) + fresh > BRGUARD_PREFIXES_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, req->prefix[req->n - 1].attr,
				    "too many prefixes in one binding");
		return -ENOSPC;
	}
	if (brg_port_lacks_length(port, req) &&
	    brg_port_too_many_lengths(port, req)) {
		NL_SET_ERR_MSG_ATTR(extack, req->prefix[req->n - 1].attr,
				    "too many prefix lengths on one port");
		return -ENOSPC;
	}

	return 0;
}

static int brg_binding_check_conflicts(const struct brg_config *cfg,
				       const struct brg_port *port, bool shared,
				       const struct brg_binding_request *req,
				       struct netlink_ext_ack *extack)
{
	u32 i;

	if (brg_claims_conflict(&cfg->claims, &req->mac, port, shared)) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr,
				    "MAC is bound on another port, not shared");
		return -EEXIST;
	}
	for (i = 0; i < req->n; i++) {
		if (!brg_claims_conflict(&cfg->claims, &req->prefix[i].addr,
					 port, shared))
			continue;
		NL_SET_ERR_MSG_ATTR(extack, req->prefix[i].attr,
				    "IP is bound on another port, not shared");
		return -EEXIST;
	}

	return 0;
}

static int brg_binding_check(const struct brg_config *cfg,
			     const struct brg_port *port,
			     const struct brg_binding *old,
			     const struct brg_binding_request *req,
			     struct netlink_ext_ack *extack)
{
	bool shared = req->shared || (old && old->shared);
	u32 fresh = 0;
	u32 i;
	int err;

	for (i = 0; i < req->n; i++)
		fresh += !brg_binding_has(old, &req->prefix[i].addr);
	if (old && !fresh && old->shared == shared) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr,
				    "this binding exists");
		return -EEXIST;
	}
	err = brg_binding_check_limits(cfg, port, old, fresh, req, extack);
	if (err)
		return err;

	return brg_binding_check_conflicts(cfg, port, shared, req, extack);
}

/* All that can fail comes first: a binding in no index is only freed. */
static int brg_binding_enter(struct brg_config *cfg,
			     const struct brg_binding_change *change,
			     struct brg_cursor at)
{
	struct brg_index *index = &change->port->bindings;
	struct brg_binding *new = change->new;
	int err;

	err = brg_claims_insert(&cfg->claims, new);
	if (err)
		goto free_new;
	if (change->old)
		brg_index_set(index, at, new);
	else
		err = brg_index_insert(index, at, new);
	if (err)
		goto remove_claims;

	return 0;

remove_claims:
	brg_claims_remove(&cfg->claims, new);
free_new:
	brg_binding_free(cfg, new);

	return err;
}

/* Behind it the numbers are those of the new binding, for the rules. */
static int brg_binding_replace(struct brg_config *cfg,
			       const struct brg_binding_change *change,
			       struct brg_cursor at)
{
	struct brg_port *port = change->port;
	int err;

	err = change->new ? brg_binding_enter(cfg, change, at) : 0;
	if (err)
		return err;
	if (change->new)
		brg_binding_account(cfg, change->new, 1);
	else
		port->dying = change->old;
	if (change->old)
		brg_binding_account(cfg, change->old, -1);
	port->generation++;

	return 0;
}

/**
 * brg_binding_add() - add a binding, or prefixes to one
 * @cfg: configuration of @port
 * @port: port
 * @req: what to bind
 * @change: what is filled in
 * @extack: for the sentence
 *
 * Context: may sleep; struct brg_net.lock; brg_binding_settle() follows.
 * Return: 0; -EEXIST: nothing new, or a conflict; -ENOSPC: a limit; -ENOMEM.
 * Nothing is changed then, and nothing is to be settled.
 */
int brg_binding_add(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct brg_binding_change *change,
		    struct netlink_ext_ack *extack)
{
	struct brg_cursor at;
	int err;

	change->port = port;
	change->old = brg_binding_at(port, brg_address_order(&req->mac), &at);
	err = brg_binding_check(cfg, port, change->old, req, extack);
	if (err)
		return err;
	change->new = brg_binding_merge(cfg, port, change->old, req);
	if (!change->new)
		return -ENOMEM;

	return brg_binding_replace(cfg, change, at);
}

/**
 * brg_binding_del() - remove prefixes of a binding, or all of it
 * @cfg: configuration of @port
 * @port: port
 * @req: prefixes to remove; without any, the binding
 * @change: what is filled in
 * @extack: for the sentence
 *
 * Context: may sleep; struct brg_net.lock; brg_binding_settle() follows.
 * Return: 0; -ENOENT; -ENOMEM. Nothing is changed then, or to be settled.
 */
int brg_binding_del(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct brg_binding_change *change,
		    struct netlink_ext_ack *extack)
{
	struct brg_cursor at;
	u32 i;

	change->port = port;
	change->new = NULL;
	change->old = brg_binding_at(port, brg_address_order(&req->mac), &at);
	if (!change->old) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr, "no such binding");
		return -ENOENT;
	}
	for (i = 0; i < req->n; i++)
		if (!brg_binding_has(change->old, &req->prefix[i].addr)) {
			NL_SET_ERR_MSG_ATTR(extack, req->prefix[i].attr,
					    "no such IP in the binding");
			return -ENOENT;
		}
	if (req->n)
		change->new = brg_binding_reduce(cfg, change->old, req);
	if (req->n && !change->new)
		return -ENOMEM;

	return brg_binding_replace(cfg, change, at);
}

/* What was put in place of the old one goes again. */
static void brg_binding_revert(struct brg_config *cfg,
			       const struct brg_binding_change *change)
{
	struct brg_port *port = change->port;
	struct brg_cursor at;

	if (change->old)
		brg_binding_account(cfg, change->old, 1);
	if (!change->new)
		return;
	brg_binding_account(cfg, change->new, -1);
	brg_binding_at(port, change->new->order, &at);
	if (change->old)
		brg_index_set(&port->bindings, at, change->old);
	else
		brg_index_remove(&port->bindings, at);
}

/**
 * brg_binding_settle() - carry out a change or take it back
 * @cfg: configuration of the port
 * @change: from brg_binding_add() or brg_binding_del()
 * @keep: carry it out
 *
 * Context: struct brg_net.lock. Cannot fail.
 */
void brg_binding_settle(struct brg_config *cfg,
			const struct brg_binding_change *change, bool keep)
{
	struct brg_binding *gone = keep ? change->old : change->new;
	struct brg_port *port = change->port;
	struct brg_cursor at;

	port->dying = NULL;
	if (!keep)
		brg_binding_revert(cfg, change);
	if (!gone)
		return;
	if (keep && !change->new) {
		brg_binding_at(port, gone->order, &at);
		brg_index_remove(&port->bindings, at);
	}
	brg_claims_remove(&cfg->claims, gone);
	brg_binding_free(cfg, gone);
}

static bool brg_binding_conflicts(const struct brg_config *cfg,
				  const struct brg_binding *b)
{
	struct brg_address addr;
	u32 i;

	brg_binding_mac(b, &addr);
	if (brg_claims_conflict(&cfg->claims, &addr, b->port, b->shared))
		return true;
	for (i = 0; i < brg_binding_prefixes(b); i++) {
		brg_binding_prefix(b, i, &addr);
		if (brg_claims_conflict(&cfg->claims, &addr, b->port,
					b->shared))
			return true;
	}

	return false;
}

/**
 * brg_binding_check_port() - would a port's bindings conflict?
 * @cfg: configuration
 * @port: port in it, its settings just changed
 *
 * Context: struct brg_net.lock.
 * Return: 0 or -EEXIST.
 */
int brg_binding_check_port(const struct brg_config *cfg,
			   const struct brg_port *port)
{
	struct brg_cursor at;
	struct brg_binding *b;

	brg_binding_for_each(b, at, port)
		if (brg_binding_conflicts(cfg, b))
			return -EEXIST;

	return 0;
}

/**
 * brg_binding_remove_all() - remove and free the bindings of a port
 * @cfg: configuration
 * @port: port that no device follows any more
 *
 * Context: may sleep; struct brg_net.lock.
 */
void brg_binding_remove_all(struct brg_config *cfg, struct brg_port *port)
{
	struct brg_cursor at;
	struct brg_binding *b;

	brg_binding_for_each(b, at, port) {
		brg_claims_remove(&cfg->claims, b);
		brg_binding_account(cfg, b, -1);
		brg_binding_free(cfg, b);
	}
	brg_index_free(&port->bindings);
}
