/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Violations on their way to listeners and to the kernel log: noted down where
 * frames are and told of by a work, since to make a message, or a line, costs
 * more than to drop a frame. What finds no room is told of at once.
 */
#ifndef BRG_NOTE_H
#define BRG_NOTE_H

#include <linux/if.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/brguard.h>
#include "frame.h"

struct brg_net;
struct brg_violation;

#define BRG_NOTES	32

/**
 * struct brg_note - a violation, with nothing in it that could go away
 * @port: name of the port
 * @device: name of its device
 * @bridge: name of the bridge, empty if it has none
 * @framed: there is a frame; else it tells of suppressed violations alone
 * @logged: a line of the kernel log is due
 * @audited: it passed all the same
 * @direction: from or towards the guest
 * @reason: why
 * @owner: ifindex of the port whose address it claims, or 0
 * @suppressed: violations before it without an event
 * @frame: the frame
 */
struct brg_note {
	char port[BRGUARD_PORT_NAME_MAX + 1];
	char device[IFNAMSIZ];
	char bridge[IFNAMSIZ];
	bool framed;
	bool logged;
	bool audited;
	u8 direction;
	u8 reason;
	u32 owner;
	u64 suppressed;
	struct brg_frame frame;
};

/**
 * struct brg_notes - notes that wait, in their order
 * @lock: protects the rest but @work
 * @head: the oldest
 * @n: their number
 * @note: the notes
 * @work: tells of them
 */
struct brg_notes {
	spinlock_t lock;
	u32 head;
	u32 n;
	struct brg_note note[BRG_NOTES];
	struct delayed_work work;
};

void brg_notes_init(struct brg_notes *notes);
void brg_notes_exit(struct brg_net *bn);
void brg_notes_add(struct brg_net *bn, const struct brg_violation *v,
		   bool logged);

#endif /* BRG_NOTE_H */
