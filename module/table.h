/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_TABLE_H
#define BRG_TABLE_H

#include <linux/rcupdate.h>
#include "rules.h"

struct brg_bridge_settings;
struct brg_port;
struct in6_addr;

/**
 * struct brg_table - what hooks know of a guarded device
 * @rules: rules of its port
 * @audit: audit mode
 * @port: the port; hooks read its name and statistics
 * @rcu: for brg_table_free()
 *
 * Built at once, never changed, replaced as a whole under RCU.
 */
struct brg_table {
	struct brg_rules rules;
	bool audit;
	const struct brg_port *port;
	struct rcu_head rcu;
};

void brg_table_link_local(u64 key, struct in6_addr *addr);
struct brg_table *brg_table_build(const struct brg_port *port, bool audit,
				  const struct brg_bridge_settings *knobs);
void brg_table_free(struct brg_table *table);

#endif /* BRG_TABLE_H */
