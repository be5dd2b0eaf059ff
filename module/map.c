// SPDX-License-Identifier: GPL-2.0-only
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "map.h"
#include "table.h"
#include "trust.h"

/* A device that is not under guard. */
const struct brg_map_entry brg_map_none;

/**
 * brg_map_alloc() - make an empty map
 * @n: devices it has to hold
 *
 * Context: may sleep.
 * Return: the map, or NULL without memory.
 */
struct brg_map *brg_map_alloc(u32 n)
{
	u32 size = roundup_pow_of_two(2 * n + 2);
	struct brg_map *map;

	map = kvzalloc(struct_size(map, entry, size), GFP_KERNEL_ACCOUNT);
	if (map)
		map->mask = size - 1;

	return map;
}

static struct brg_map_entry *brg_map_slot(struct brg_map *map,
					  const struct net_device *dev)
{
	u32 i = dev->ifindex & map->mask;

	while (map->entry[i].dev && map->entry[i].dev != dev)
		i = (i + 1) & map->mask;

	return &map->entry[i];
}

/**
 * brg_map_insert() - put a device into a map that nobody reads yet
 * @map: map with room
 * @dev: device
 *
 * Return: its entry, to be filled in.
 */
struct brg_map_entry *brg_map_insert(struct brg_map *map,
				     const struct net_device *dev)
{
	struct brg_map_entry *e = brg_map_slot(map, dev);

	e->dev = dev;

	return e;
}

static struct brg_map_entry *brg_map_entry_locked(struct brg_net *bn,
						  const struct net_device *dev)
{
	struct brg_map *map;
	struct brg_map_entry *e;

	map = rcu_dereference_protected(bn->map, lockdep_is_held(&bn->lock));
	if (!map)
		return NULL;
	e = brg_map_slot(map, dev);

	return e->dev == dev ? e : NULL;
}

/**
 * brg_map_set_locked() - give a device in the live map another table
 * @bn: namespace
 * @dev: device; one that is not in the map stays out
 * @table: table
 *
 * Context: struct brg_net.lock.
 */
void brg_map_set_locked(struct brg_net *bn, const struct net_device *dev,
			struct brg_table *table)
{
	struct brg_map_entry *e = brg_map_entry_locked(bn, dev);

	if (e)
		rcu_assign_pointer(e->table, table);
}

/**
 * brg_map_remove_locked() - a device in the live map leaves
 * @bn: namespace
 * @dev: device
 *
 * Context: struct brg_net.lock.
 */
void brg_map_remove_locked(struct brg_net *bn, const struct net_device *dev)
{
	struct brg_map_entry *e = brg_map_entry_locked(bn, dev);

	if (!e)
		return;
	RCU_INIT_POINTER(e->table, NULL);
	RCU_INIT_POINTER(e->in, NULL);
	RCU_INIT_POINTER(e->out, NULL);
}

/**
 * brg_map_local_rcu() - what hooks know of the local port of a bridge
 * @bn: namespace
 * @bridge: bridge or NULL
 *
 * Context: RCU.
 * Return: it, or NULL if the bridge is not under guard.
 */
const struct brg_trust *brg_map_local_rcu(const struct brg_net *bn,
					  const struct net_device *bridge)
{
	return bridge ? rcu_dereference(brg_map_find_rcu(bn, bridge)->in) :
	       NULL;
}

/**
 * brg_map_port_rcu() - the port that a device follows
 * @bn: namespace
 * @dev: device
 *
 * Context: RCU.
 * Return: the port, or NULL.
 */
const struct brg_port *brg_map_port_rcu(const struct brg_net *bn,
					const struct net_device *dev)
{
	const struct brg_map_entry *e = brg_map_find_rcu(bn, dev);
	const struct brg_table *table = rcu_dereference(e->table);
	const struct brg_trust *trust = rcu_dereference(e->in);

	if (table)
		return table->port;

	return trust ? trust->port : NULL;
}

/**
 * brg_map_replace_locked() - replace the live map in one step
 * @bn: namespace
 * @map: its new map, or NULL
 *
 * The old map is freed after a grace period; what it points to is the caller's.
 *
 * Context: struct brg_net.lock.
 */
void brg_map_replace_locked(struct brg_net *bn, struct brg_map *map)
{
	struct brg_map *old;

	old = rcu_replace_pointer(bn->map, map, lockdep_is_held(&bn->lock));
	if (old)
		kvfree_rcu(old, rcu);
}
