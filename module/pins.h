/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The MAC addresses of a port, as the forwarding database of its bridge has to
 * know them: what is known is never flooded.
 */
#ifndef BRG_PINS_H
#define BRG_PINS_H

#include <linux/types.h>

struct brg_port;
struct net_device;

/* A port with more addresses than this is left to the hook. */
#define BRG_PINS_MAX	64

/**
 * struct brg_pin - an address of a port
 * @key: MAC, and above it the VLAN inside of the bridge, see brg_key()
 * @ours: the entry was made by brguard
 */
struct brg_pin {
	u64 key;
	bool ours;
};

/**
 * struct brg_pins - all of a port
 * @n: their number
 * @pin: they, in no order, none twice
 */
struct brg_pins {
	u32 n;
	struct brg_pin pin[];
};

struct brg_pins *brg_pins_collect(const struct brg_port *port,
				  struct net_device *dev,
				  struct net_device *bridge);
int brg_pins_put(struct brg_pins *pins, const struct brg_pins *old, bool verify,
		 bool take, struct net_device *dev, struct net_device *bridge);
void brg_pins_remove(const struct brg_pins *pins, const struct brg_pins *but,
		     struct net_device *dev, struct net_device *bridge);

#endif /* BRG_PINS_H */
