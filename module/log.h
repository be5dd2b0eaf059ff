/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Violations on their way to the kernel log: noted down where frames are, made
 * into lines by a work, since a line costs more than ten dropped frames.
 */
#ifndef BRG_LOG_H
#define BRG_LOG_H

#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/brguard.h>

struct brg_net;
struct brg_violation;

/* More cannot wait: the rate limit of the log is lower. */
#define BRG_LOG_LINES	16

/**
 * struct brg_line - a line of the log
 * @port: name of the port
 * @frame: the rest is there; else it tells of suppressed violations alone
 * @audited: it passed all the same
 * @direction: from or towards the guest
 * @reason: why
 * @vid: VLAN ID
 * @proto: EtherType, network byte order
 * @smac: source MAC
 * @dmac: destination MAC
 * @suppressed: violations before it without an event
 */
struct brg_line {
	char port[BRGUARD_PORT_NAME_MAX + 1];
	bool frame;
	bool audited;
	u8 direction;
	u8 reason;
	u16 vid;
	__be16 proto;
	u64 smac;
	u64 dmac;
	u64 suppressed;
};

/**
 * struct brg_log - lines that wait
 * @lock: protects the rest but @work
 * @n: their number
 * @line: the lines
 * @work: writes them
 */
struct brg_log {
	spinlock_t lock;
	u32 n;
	struct brg_line line[BRG_LOG_LINES];
	struct delayed_work work;
};

void brg_log_init(struct brg_log *log);
void brg_log_exit(struct brg_log *log);
void brg_log_violation(struct brg_log *log, const struct brg_violation *v);

#endif /* BRG_LOG_H */
