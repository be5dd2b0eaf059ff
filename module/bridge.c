// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/brguard.h>
#include "bridge.h"
#include "config.h"

/* Of a bridge that is just made, and of those that are not configured. */
const struct brg_bridge_settings brg_bridge_default = {
	.new_port = BRGUARD_ROLE_TRUSTED,
	.mode = BRGUARD_MODE_ENFORCE,
	.arp_scope = BRGUARD_ARP_SCOPE_ALL,
	.claims = BRGUARD_CLAIMS_DROP,
	.answers = BRGUARD_ANSWERS_ALARM,
	.answers_max = 64,
	.answers_time = 10,
	.answers_own = BRGUARD_CLAIMS_ALARM,
	.local_port = BRGUARD_LOCAL_PORT_OPEN,
	.guest_flood = BRGUARD_GUEST_FLOOD_KEEP,
	.guest_learning = BRGUARD_GUEST_LEARNING_KEEP,
};

static int brg_bridge_cmp(const void *name, const struct rb_node *node)
{
	return strcmp(name, rb_entry(node, struct brg_bridge, node)->name);
}

static bool brg_bridge_less(struct rb_node *a, const struct rb_node *b)
{
	return brg_bridge_cmp(rb_entry(a, struct brg_bridge, node)->name,
			      b) < 0;
}

/**
 * brg_bridge_find() - look up a bridge
 * @cfg: configuration
 * @name: name
 *
 * Context: struct brg_net.lock.
 * Return: the bridge or NULL.
 */
struct brg_bridge *brg_bridge_find(const struct brg_config *cfg,
				   const char *name)
{
	struct rb_node *node = rb_find(name, &cfg->bridges, brg_bridge_cmp);

	return node ? rb_entry(node, struct brg_bridge, node) : NULL;
}

/**
 * brg_bridge_create() - make a bridge with default settings
 * @cfg: configuration that does not have it
 * @name: name, checked
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: the bridge, or NULL without memory.
 */
struct brg_bridge *brg_bridge_create(struct brg_config *cfg, const char *name)
{
	struct brg_bridge *br = kzalloc(sizeof(*br), GFP_KERNEL_ACCOUNT);

	if (!br)
		return NULL;
	strscpy(br->name, name, sizeof(br->name));
	br->set = brg_bridge_default;
	brg_bridge_insert(cfg, br);

	return br;
}

/**
 * brg_bridge_insert() - put a bridge into a configuration
 * @cfg: configuration
 * @br: bridge that is in none
 *
 * Context: struct brg_net.lock.
 */
void brg_bridge_insert(struct brg_config *cfg, struct brg_bridge *br)
{
	rb_add(&br->node, &cfg->bridges, brg_bridge_less);
	cfg->n_bridges++;
}

/**
 * brg_bridge_remove() - take a bridge out of a configuration
 * @cfg: configuration
 * @br: bridge in it
 *
 * Context: struct brg_net.lock.
 */
void brg_bridge_remove(struct brg_config *cfg, struct brg_bridge *br)
{
	rb_erase(&br->node, &cfg->bridges);
	cfg->n_bridges--;
}

/**
 * brg_bridge_free() - free a bridge
 * @br: bridge that is in no configuration
 */
void brg_bridge_free(struct brg_bridge *br)
{
	kfree(br);
}
