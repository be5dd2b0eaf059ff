/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_FDB_H
#define BRG_FDB_H

#include <linux/types.h>

struct net_device;

/**
 * struct brg_fdb - an entry of a forwarding database
 * @ifindex: port, or the bridge if it is the host's
 * @state: NUD_*
 * @flags: NTF_*
 */
struct brg_fdb {
	int ifindex;
	u16 state;
	u8 flags;
};

int brg_fdb_find(struct net_device *bridge, u64 key, struct brg_fdb *fdb);
int brg_fdb_add(struct net_device *dev, u64 key);
void brg_fdb_del(struct net_device *dev, u64 key);

#endif /* BRG_FDB_H */
