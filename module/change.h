/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes that somebody made to a guarded bridge, between the context of the
 * culprit, where nothing may be waited for, and the work that tells of them.
 */
#ifndef BRG_CHANGE_H
#define BRG_CHANGE_H

#include <linux/if.h>
#include <linux/limits.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/brguard.h>

/* When so many wait, like ones of a process become one. */
#define BRG_CHANGES_MANY	64
/* Like ones are looked for among so many, unless there is no room. */
#define BRG_CHANGES_NEAR	256
/* The place of none. */
#define BRG_CHANGE_NONE		U64_MAX

/**
 * struct brg_change - a change, or several of the same thing
 * @what: what changed
 * @seq: number of its place in the queue, filled in when it leaves
 * @ifindex: of the device, 0 for all
 * @old: value before the first
 * @new: value after the last
 * @before: value before the last
 * @count: how many changes; 0 if they turned out to be the bridge's own
 * @pid: process, 0 if it is not known
 * @uid: its user
 * @netns: inode number of its network namespace, 0 if it has none
 * @held: brguard itself put a value back
 * @several: there were more processes
 * @low: of an ageing time, filled in when it is told
 * @vid: of a forwarding database entry
 * @mac: of a forwarding database entry
 * @comm: name of the process
 * @device: the device
 * @bridge: its bridge, empty for all
 */
struct brg_change {
	enum brguard_watch what;
	u64 seq;
	int ifindex;
	u32 old;
	u32 new;
	u32 before;
	u32 count;
	u32 pid;
	u32 uid;
	u32 netns;
	bool held;
	bool several;
	bool low;
	u16 vid;
	u8 mac[6];
	char comm[TASK_COMM_LEN];
	char device[IFNAMSIZ];
	char bridge[IFNAMSIZ];
};

/**
 * struct brg_changes - those that wait, in their order
 * @lock: protects the rest
 * @taken: how many have left
 * @head: the oldest
 * @n: their number
 * @size: how many can wait
 * @lost: changes for which there was no place, not even beside a like one
 * @ring: room
 */
struct brg_changes {
	spinlock_t lock;
	u64 taken;
	u32 head;
	u32 n;
	u32 size;
	u32 lost;
	struct brg_change *ring;
};

void brg_changes_init(struct brg_changes *q);
void brg_changes_free(struct brg_changes *q);
int brg_changes_reserve(struct brg_changes *q, u32 size);
void brg_change_blame(struct brg_change *c);
u64 brg_change_push(struct brg_changes *q, const struct brg_change *c);
void brg_change_drop_last(struct brg_change *c);
void brg_change_undo(struct brg_changes *q, u64 seq);
bool brg_change_pop(struct brg_changes *q, struct brg_change *c);
u32 brg_changes_lost(struct brg_changes *q);

#endif /* BRG_CHANGE_H */
