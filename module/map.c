// SPDX-License-Identifier: GPL-2.0-only
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "map.h"
#include "table.h"

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
 * @table: its table
 */
void brg_map_insert(struct brg_map *map, const struct net_device *dev,
		    struct brg_table *table)
{
	struct brg_map_entry *e = brg_map_slot(map, dev);

	e->dev = dev;
	RCU_INIT_POINTER(e->table, table);
}

/**
 * brg_map_set_locked() - give a device in the live map another table
 * @bn: namespace
 * @dev: device; one that is not in the map stays out
 * @table: table, or NULL when it leaves
 *
 * Context: struct brg_net.lock.
 */
void brg_map_set_locked(struct brg_net *bn, const struct net_device *dev,
			struct brg_table *table)
{
	struct brg_map *map;
	struct brg_map_entry *e;

	map = rcu_dereference_protected(bn->map, lockdep_is_held(&bn->lock));
	if (!map)
		return;
	e = brg_map_slot(map, dev);
	if (e->dev == dev)
		rcu_assign_pointer(e->table, table);
}

/**
 * brg_map_replace_locked() - replace the live map in one step
 * @bn: namespace
 * @map: its new map, or NULL
 *
 * The old map is freed after a grace period; its tables are the caller's.
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
