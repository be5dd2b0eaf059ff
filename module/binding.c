// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/unaligned.h>
#include <linux/brguard.h>
#include "binding.h"
#include "config.h"
#include "frame.h"
#include "port.h"

/**
 * brg_binding_key() - MAC and VLAN of a binding as frames are matched
 * @binding: binding
 *
 * Return: the key, see brg_key().
 */
u64 brg_binding_key(const struct brg_binding *binding)
{
	const struct brg_address *mac = &binding->mac.addr;

	return brg_key(get_unaligned_le64(mac->byte) & BRG_MAC_MASK, mac->vid);
}

static int brg_binding_cmp(const void *mac, const struct rb_node *node)
{
	return brg_address_cmp(mac, &rb_entry(node, struct brg_binding,
					      node)->mac.addr);
}

static bool brg_binding_less(struct rb_node *a, const struct rb_node *b)
{
	return brg_binding_cmp(&rb_entry(a, struct brg_binding, node)->mac.addr,
			       b) < 0;
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
	struct rb_node *node = rb_find(mac, &port->bindings, brg_binding_cmp);

	return rb_entry_safe(node, struct brg_binding, node);
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
	struct rb_node *node = port->bindings.rb_node, *found = NULL;

	while (node) {
		if (brg_binding_cmp(mac, node) < 0) {
			found = node;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}

	return rb_entry_safe(found, struct brg_binding, node);
}

static struct brg_binding *brg_binding_create(struct brg_config *cfg,
					      struct brg_port *port,
					      const struct brg_address *mac)
{
	struct brg_binding *b = kzalloc(sizeof(*b), GFP_KERNEL_ACCOUNT);

	if (!b)
		return NULL;
	b->port = port;
	b->mac.binding = b;
	b->mac.addr = *mac;
	b->fresh = true;
	INIT_LIST_HEAD(&b->prefixes);
	rb_add(&b->node, &port->bindings, brg_binding_less);
	brg_claim_insert(cfg, &b->mac);
	port->n_bindings++;
	cfg->n_bindings++;

	return b;
}

static struct brg_prefix *brg_prefix_find(const struct brg_binding *b,
					  const struct brg_address *addr)
{
	struct brg_prefix *p;

	list_for_each_entry(p, &b->prefixes, list)
		if (!brg_address_cmp(&p->claim.addr, addr))
			return p;

	return NULL;
}

/* Which counters of the port a prefix moves. */
static u32 *brg_prefix_length(struct brg_port *port,
			      const struct brg_address *addr)
{
	return addr->family == AF_INET ? &port->lengths4[addr->len] :
	       &port->lengths6[addr->len];
}

static void brg_prefix_account(struct brg_prefix *p, int n)
{
	struct brg_binding *b = p->claim.binding;
	struct brg_port *port = b->port;

	b->n_prefixes += n;
	*brg_prefix_length(port, &p->claim.addr) += n;
	if (p->claim.addr.family == AF_INET)
		port->n_prefixes4 += n;
	else
		port->n_prefixes6 += n;
}

static void brg_prefix_free(struct brg_config *cfg, struct brg_prefix *p)
{
	brg_prefix_account(p, -1);
	brg_claim_remove(cfg, &p->claim);
	list_del(&p->list);
	kfree(p);
}

static void brg_prefix_insert(struct brg_config *cfg, struct brg_binding *b,
			      struct brg_prefix *p)
{
	struct brg_prefix *next;

	p->claim.binding = b;
	list_for_each_entry(next, &b->prefixes, list)
		if (brg_address_cmp(&p->claim.addr, &next->claim.addr) < 0)
			break;
	list_add_tail(&p->list, &next->list);
	brg_prefix_account(p, 1);
	brg_claim_insert(cfg, &p->claim);
}

static void brg_prefix_free_list(struct list_head *list)
{
	struct brg_prefix *p, *tmp;

	list_for_each_entry_safe(p, tmp, list, list)
		kfree(p);
}

/* The prefixes of a request that a binding does not have. */
static int brg_prefix_alloc_list(const struct brg_binding *old,
				 const struct brg_binding_request *req,
				 struct list_head *list)
{
	struct brg_prefix *p;
	u32 i;

	for (i = 0; i < req->n; i++) {
		if (old && brg_prefix_find(old, &req->prefix[i].addr))
			continue;
		p = kzalloc(sizeof(*p), GFP_KERNEL_ACCOUNT);
		if (!p)
			return -ENOMEM;
		p->claim.addr = req->prefix[i].addr;
		p->fresh = true;
		list_add_tail(&p->list, list);
	}

	return 0;
}

static void brg_binding_remove(struct brg_config *cfg, struct brg_binding *b)
{
	struct brg_prefix *p, *tmp;

	list_for_each_entry_safe(p, tmp, &b->prefixes, list)
		brg_prefix_free(cfg, p);
	brg_claim_remove(cfg, &b->mac);
	rb_erase(&b->node, &b->port->bindings);
	b->port->n_bindings--;
	cfg->n_bindings--;
	kfree(b);
}

/* Would the port have more prefix lengths than rules can hold? */
static bool brg_port_too_many_lengths(const struct brg_port *port,
				      const struct brg_binding_request *req)
{
	DECLARE_BITMAP(len4, 33) = {};
	DECLARE_BITMAP(len6, 129) = {};
	u32 i;

	for (i = 0; i < 33; i++)
		if (port->lengths4[i])
			__set_bit(i, len4);
	for (i = 0; i < 129; i++)
		if (port->lengths6[i])
			__set_bit(i, len6);
	/* Link-local addresses made from a MAC are in no counter. */
	__set_bit(128, len6);
	for (i = 0; i < req->n; i++)
		__set_bit(req->prefix[i].addr.len,
			  req->prefix[i].addr.family == AF_INET ? len4 : len6);

	return bitmap_weight(len4, 33) > BRGUARD_LENGTHS_MAX ||
	       bitmap_weight(len6, 129) > BRGUARD_LENGTHS_MAX;
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
	if ((old ? old->n_prefixes : 0) + fresh > BRGUARD_PREFIXES_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, req->prefix[req->n - 1].attr,
				    "too many prefixes in one binding");
		return -ENOSPC;
	}
	if (brg_port_too_many_lengths(port, req)) {
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

	if (brg_claim_conflicts(cfg, &req->mac, port, shared)) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr,
				    "MAC is bound on another port, not shared");
		return -EEXIST;
	}
	for (i = 0; i < req->n; i++) {
		if (!brg_claim_conflicts(cfg, &req->prefix[i].addr, port,
					 shared))
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
		fresh += !old || !brg_prefix_find(old, &req->prefix[i].addr);
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

/**
 * brg_binding_add() - add a binding, or prefixes to one
 * @cfg: configuration of @port
 * @port: port
 * @req: what to bind
 * @extack: for the sentence
 *
 * Context: may sleep; struct brg_net.lock; brg_binding_settle() follows.
 * Return: 0; -EEXIST: nothing new, or a conflict; -ENOSPC: a limit; -ENOMEM.
 * Nothing is changed then, and nothing is to be settled.
 */
int brg_binding_add(struct brg_config *cfg, struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct netlink_ext_ack *extack)
{
	struct brg_binding *b = brg_binding_find(port, &req->mac);
	struct brg_prefix *p, *tmp;
	LIST_HEAD(prefixes);
	int err;

	err = brg_binding_check(cfg, port, b, req, extack);
	if (err)
		return err;
	err = brg_prefix_alloc_list(b, req, &prefixes);
	if (err)
		goto free_prefixes;
	if (!b)
		b = brg_binding_create(cfg, port, &req->mac);
	if (!b) {
		err = -ENOMEM;
		goto free_prefixes;
	}

	b->was_shared = b->shared;
	b->shared |= req->shared;
	list_for_each_entry_safe(p, tmp, &prefixes, list)
		brg_prefix_insert(cfg, b, p);
	port->generation++;

	return 0;

free_prefixes:
	brg_prefix_free_list(&prefixes);

	return err;
}

/**
 * brg_binding_del() - remove prefixes of a binding, or all of it
 * @port: port
 * @req: prefixes to remove; without any, the binding
 * @extack: for the sentence
 *
 * Context: struct brg_net.lock; brg_binding_settle() follows.
 * Return: 0, or -ENOENT, and nothing is changed or to be settled.
 */
int brg_binding_del(struct brg_port *port,
		    const struct brg_binding_request *req,
		    struct netlink_ext_ack *extack)
{
	struct brg_binding *b = brg_binding_find(port, &req->mac);
	u32 i;

	if (!b) {
		NL_SET_ERR_MSG_ATTR(extack, req->mac_attr, "no such binding");
		return -ENOENT;
	}
	for (i = 0; i < req->n; i++)
		if (!brg_prefix_find(b, &req->prefix[i].addr)) {
			NL_SET_ERR_MSG_ATTR(extack, req->prefix[i].attr,
					    "no such IP in the binding");
			return -ENOENT;
		}

	for (i = 0; i < req->n; i++)
		brg_prefix_find(b, &req->prefix[i].addr)->dying = true;
	b->was_shared = b->shared;
	b->dying = !req->n;
	port->generation++;

	return 0;
}

/**
 * brg_binding_settle() - carry out a change or take it back
 * @cfg: configuration of @port
 * @port: port
 * @mac: MAC and VLAN of the binding that was added to or deleted from
 * @keep: carry it out
 *
 * Context: struct brg_net.lock.
 */
void brg_binding_settle(struct brg_config *cfg, struct brg_port *port,
			const struct brg_address *mac, bool keep)
{
	struct brg_binding *b = brg_binding_find(port, mac);
	struct brg_prefix *p, *tmp;

	if (keep ? b->dying : b->fresh) {
		brg_binding_remove(cfg, b);
		return;
	}
	list_for_each_entry_safe(p, tmp, &b->prefixes, list) {
		if (keep ? p->dying : p->fresh) {
			brg_prefix_free(cfg, p);
			continue;
		}
		p->fresh = false;
		p->dying = false;
	}
	if (!keep)
		b->shared = b->was_shared;
	b->was_shared = b->shared;
	b->fresh = false;
	b->dying = false;
}

static bool brg_binding_conflicts(const struct brg_config *cfg,
				  const struct brg_binding *b)
{
	struct brg_prefix *p;

	if (brg_claim_conflicts(cfg, &b->mac.addr, b->port, b->shared))
		return true;
	list_for_each_entry(p, &b->prefixes, list)
		if (brg_claim_conflicts(cfg, &p->claim.addr, b->port,
					b->shared))
			return true;

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
	struct brg_binding *b;

	brg_binding_for_each(b, port)
		if (brg_binding_conflicts(cfg, b))
			return -EEXIST;

	return 0;
}

/**
 * brg_binding_unindex_all() - take a port's claims out of the index
 * @cfg: configuration
 * @port: port in it
 *
 * Context: struct brg_net.lock.
 */
void brg_binding_unindex_all(struct brg_config *cfg, struct brg_port *port)
{
	struct brg_binding *b;
	struct brg_prefix *p;

	brg_binding_for_each(b, port) {
		brg_claim_remove(cfg, &b->mac);
		list_for_each_entry(p, &b->prefixes, list)
			brg_claim_remove(cfg, &p->claim);
		cfg->n_bindings--;
	}
}

/**
 * brg_binding_index_all() - the reverse of brg_binding_unindex_all()
 * @cfg: configuration
 * @port: port
 *
 * Context: struct brg_net.lock.
 */
void brg_binding_index_all(struct brg_config *cfg, struct brg_port *port)
{
	struct brg_binding *b;
	struct brg_prefix *p;

	brg_binding_for_each(b, port) {
		brg_claim_insert(cfg, &b->mac);
		list_for_each_entry(p, &b->prefixes, list)
			brg_claim_insert(cfg, &p->claim);
		cfg->n_bindings++;
	}
}

/**
 * brg_binding_free_all() - free the bindings of a port
 * @port: port whose claims are in no index
 *
 * Context: may sleep.
 */
void brg_binding_free_all(struct brg_port *port)
{
	struct brg_binding *b, *next_b;
	struct brg_prefix *p, *next;

	rbtree_postorder_for_each_entry_safe(b, next_b, &port->bindings, node) {
		list_for_each_entry_safe(p, next, &b->prefixes, list)
			kfree(p);
		kfree(b);
	}
	port->bindings = RB_ROOT;
}
