/* SPDX-License-Identifier: GPL-2.0-only */
/* From a device to its table with one load: what every frame does first. */
#ifndef BRG_MAP_H
#define BRG_MAP_H

#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include "netns.h"

struct brg_table;

/* @table is NULL once the device has left. */
struct brg_map_entry {
	const struct net_device *dev;
	struct brg_table __rcu *table;
};

/**
 * struct brg_map - open addressing by ifindex, at most half full
 * @rcu: for brg_map_free()
 * @mask: number of entries - 1, a power of 2 - 1
 * @entry: entries; those without a device end a probe
 */
struct brg_map {
	struct rcu_head rcu;
	u32 mask;
	struct brg_map_entry entry[];
};

struct brg_map *brg_map_alloc(u32 n);
void brg_map_insert(struct brg_map *map, const struct net_device *dev,
		    struct brg_table *table);
void brg_map_set_locked(struct brg_net *bn, const struct net_device *dev,
			struct brg_table *table);
void brg_map_replace_locked(struct brg_net *bn, struct brg_map *map);

/* The table of a guest port, NULL for any other device. */
static inline struct brg_table *brg_map_find_rcu(const struct brg_net *bn,
						 const struct net_device *dev)
{
	const struct brg_map *map = rcu_dereference(bn->map);
	const struct brg_map_entry *e;
	u32 i;

	if (unlikely(!map))
		return NULL;
	for (i = dev->ifindex & map->mask;; i = (i + 1) & map->mask) {
		e = &map->entry[i];
		if (e->dev == dev)
			return rcu_dereference(e->table);
		if (!e->dev)
			return NULL;
	}
}

#endif /* BRG_MAP_H */
