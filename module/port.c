// SPDX-License-Identifier: GPL-2.0-only
#include <linux/glob.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "config.h"
#include "port.h"
#include "stats.h"

static int brg_port_cmp(const void *name, const struct rb_node *node)
{
	return strcmp(name, rb_entry(node, struct brg_port, node)->name);
}

static bool brg_port_less(struct rb_node *a, const struct rb_node *b)
{
	return brg_port_cmp(rb_entry(a, struct brg_port, node)->name, b) < 0;
}

/**
 * brg_port_alloc() - make a guest port with default settings
 * @name: its name, checked
 *
 * Context: may sleep.
 * Return: the port without statistics, in no configuration; NULL without
 * memory.
 */
struct brg_port *brg_port_alloc(const char *name)
{
	struct brg_port *port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);

	if (!port)
		return NULL;
	strscpy(port->name, name, sizeof(port->name));
	port->template = strpbrk(name, "*?[");

	return port;
}

/**
 * brg_port_find() - look up a port
 * @cfg: configuration
 * @name: name as configured
 *
 * Context: struct brg_net.lock.
 * Return: the port or NULL.
 */
struct brg_port *brg_port_find(const struct brg_config *cfg, const char *name)
{
	struct rb_node *node = rb_find(name, &cfg->ports, brg_port_cmp);

	return node ? rb_entry(node, struct brg_port, node) : NULL;
}

/**
 * brg_port_find_template() - the longest template that matches a name
 * @cfg: configuration
 * @name: name of a device
 *
 * Context: struct brg_net.lock.
 * Return: the port or NULL. Of templates of one length, the first by name.
 */
struct brg_port *brg_port_find_template(const struct brg_config *cfg,
					const char *name)
{
	struct brg_port *port, *best = NULL;

	brg_port_for_each(port, cfg)
		if (port->template && glob_match(port->name, name) &&
		    (!best || strlen(port->name) > strlen(best->name)))
			best = port;

	return best;
}

/**
 * brg_port_insert() - put a port into a configuration
 * @cfg: configuration that has no port of this name
 * @port: port that is in none
 *
 * Context: struct brg_net.lock.
 */
void brg_port_insert(struct brg_config *cfg, struct brg_port *port)
{
	rb_add(&port->node, &cfg->ports, brg_port_less);
	cfg->n_ports++;
}

/**
 * brg_port_remove() - take a port out of a configuration
 * @cfg: configuration
 * @port: port in it, without bindings
 *
 * Context: struct brg_net.lock.
 */
void brg_port_remove(struct brg_config *cfg, struct brg_port *port)
{
	rb_erase(&port->node, &cfg->ports);
	cfg->n_ports--;
}

static void brg_port_free_rcu(struct rcu_head *rcu)
{
	struct brg_port *port = container_of(rcu, struct brg_port, rcu);

	brg_stats_put(port->stats);
	kfree(port);
}

/**
 * brg_port_free() - free a port after a grace period
 * @port: port that no table refers to any more
 *
 * Its bindings must be gone, or go with the configuration.
 *
 * Context: may sleep.
 */
void brg_port_free(struct brg_port *port)
{
	brg_index_free(&port->bindings);
	call_rcu(&port->rcu, brg_port_free_rcu);
}

/**
 * brg_port_same_bridge() - may two ports meet on one bridge?
 * @a: port
 * @b: port
 *
 * Return: false if they name different bridges, true otherwise.
 */
bool brg_port_same_bridge(const struct brg_port *a, const struct brg_port *b)
{
	return !a->set.bridge[0] || !b->set.bridge[0] ||
	       !strcmp(a->set.bridge, b->set.bridge);
}
