/* SPDX-License-Identifier: GPL-2.0-only */
/* From a device to its table with one load: what every frame does first. */
#ifndef BRG_MAP_H
#define BRG_MAP_H

#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include "netns.h"

struct brg_port;
struct brg_table;
struct brg_trust;

/**
 * struct brg_map_entry - a device
 * @dev: the device; NULL: free, and a probe ends
 * @table: rules of a guest port, else NULL
 * @in: what is asked of frames from a trusted port, NULL if nothing
 * @out: the same for frames towards it
 *
 * All are NULL once the device has left.
 */
struct brg_map_entry {
	const struct net_device *dev;
	struct brg_table __rcu *table;
	struct brg_trust __rcu *in;
	struct brg_trust __rcu *out;
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

extern const struct brg_map_entry brg_map_none;

struct brg_map *brg_map_alloc(u32 n);
struct brg_map_entry *brg_map_insert(struct brg_map *map,
				     const struct net_device *dev);
void brg_map_remove_locked(struct brg_net *bn, const struct net_device *dev);
void brg_map_set_locked(struct brg_net *bn, const struct net_device *dev,
			struct brg_table *table);
const struct brg_trust *brg_map_local_rcu(const struct brg_net *bn,
					  const struct net_device *bridge);
const struct brg_port *brg_map_port_rcu(const struct brg_net *bn,
					const struct net_device *dev);
void brg_map_replace_locked(struct brg_net *bn, struct brg_map *map);

/* The entry of a device under guard; one with nothing in it for any other. */
static inline const struct brg_map_entry *
brg_map_find_rcu(const struct brg_net *bn, const struct net_device *dev)
{
	const struct brg_map *map = rcu_dereference(bn->map);
	const struct brg_map_entry *e;
	u32 i = dev->ifindex;

	if (unlikely(!map))
		return &brg_map_none;
	e = &map->entry[i & map->mask];
	if (likely(e->dev == dev))
		return e;
	while (e->dev && e->dev != dev)
		e = &map->entry[++i & map->mask];

	return e;
}

#endif /* BRG_MAP_H */
