/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_EVENT_H
#define BRG_EVENT_H

#include <linux/types.h>
#include <linux/brguard.h>

struct brg_answers_event;
struct brg_change;
struct brg_frame;
struct brg_net;
struct brg_port;
struct net_device;
struct work_struct;

/**
 * struct brg_violation - a frame that broke the policy
 * @port: port whose policy it broke
 * @dev: its device, NULL for a remainder of suppressed violations
 * @frame: the frame, NULL likewise
 * @direction: from or towards the guest
 * @reason: why
 * @audited: it passed all the same
 * @owner: ifindex of the port whose address it claims, or 0
 * @suppressed: violations before it without an event
 */
struct brg_violation {
	const struct brg_port *port;
	const struct net_device *dev;
	const struct brg_frame *frame;
	enum brguard_direction direction;
	enum brguard_reason reason;
	bool audited;
	u32 owner;
	u64 suppressed;
};

void brg_event_violation(struct brg_net *bn, struct brg_violation *v);
void brg_event_watch(struct brg_net *bn, const struct brg_change *c);
void brg_event_answers(struct brg_net *bn,
		       const struct brg_answers_event *e);
const char *brg_watch_name(enum brguard_watch what);
void brg_event_flush(struct work_struct *work);

#endif /* BRG_EVENT_H */
