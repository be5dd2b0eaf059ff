/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_FIB_H
#define BRGUARDCTL_FIB_H

#include <linux/if.h>
#include <stdbool.h>

#include "address.h"
#include "list.h"

struct host;
struct link;

/**
 * struct route - a route
 * @table: its table
 * @type: RTN_*
 * @device: index of the device it leads to, 0 if there is none
 * @several: it leads to several devices
 * @prefix: its destination; bytes are 0 for the default route
 */
struct route {
	uint32_t table;
	uint8_t type;
	int device;
	bool several;
	struct prefix prefix;
};

/**
 * struct rule - a rule of policy routing
 * @priority: they are asked in this order
 * @table: table to look at, 0 if @action is another
 * @action: FR_ACT_*
 * @target: priority to go on with, for FR_ACT_GOTO
 * @iif: input device, or empty
 * @src: source, length 0 for any
 * @dst: destination, length 0 for any
 * @suppress: results of at most this length do not count, -1 for none
 * @l3mdev: the table is that of the device's VRF
 * @invert: it holds where it does not match
 * @never: it asks for what an ARP request or solicitation does not have
 */
struct rule {
	uint32_t priority;
	uint32_t table;
	uint32_t action;
	uint32_t target;
	char iif[IFNAMSIZ];
	struct prefix src;
	struct prefix dst;
	int suppress;
	bool l3mdev;
	bool invert;
	bool never;
};

/**
 * struct fib - the routing of an address family
 * @rules: in their order
 * @routes: of all tables
 */
struct fib {
	struct list rules;
	struct list routes;
};

void fib_init(struct fib *fib);
void fib_free(struct fib *fib);
bool fib_covers(const struct prefix *outer, const struct prefix *inner);
const struct route *fib_lookup(const struct host *host, const struct fib *fib,
			       const struct link *from, const struct prefix *to);
bool fib_table_is_empty(const struct fib *fib, uint32_t table);

#endif
