/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_EXPLAIN_H
#define BRG_EXPLAIN_H

#include <linux/types.h>
#include <linux/brguard.h>

struct brg_binding;
struct brg_net;
struct brg_port;
struct brg_slot;
struct brg_table;

/**
 * struct brg_explain - a port whose verdicts are asked for
 * @bn: namespace
 * @port: the port if no device follows it
 * @slot: the device that does, or NULL
 * @table: its rules; NULL for a trusted port that is no guarded local one
 * @direction: from or towards the guest
 */
struct brg_explain {
	const struct brg_net *bn;
	const struct brg_port *port;
	const struct brg_slot *slot;
	struct brg_table *table;
	enum brguard_direction direction;
};

/**
 * struct brg_explanation - what would happen to a frame
 * @reason: why it would be dropped, or would be if not for @audited
 * @audited: it would pass all the same
 * @pruned: it would be kept from the port all the same
 * @binding: binding of the port that it was held against, or NULL
 * @covered: @prefix is filled in
 * @prefix: prefix of @binding that covers its address
 */
struct brg_explanation {
	enum brguard_reason reason;
	bool audited;
	bool pruned;
	const struct brg_binding *binding;
	bool covered;
	struct brg_address prefix;
};

int brg_explain_begin(struct brg_explain *x);
int brg_explain_frame(const struct brg_explain *x, const void *data, u32 len,
		      u32 whole, struct brg_explanation *e);
void brg_explain_end(struct brg_explain *x);

#endif /* BRG_EXPLAIN_H */
