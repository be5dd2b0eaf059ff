/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * POLICY step 12: who answers for how many addresses. A bridge has a table of
 * fixed size: what is sent cannot make it grow.
 */
#ifndef BRG_ANSWERS_H
#define BRG_ANSWERS_H

#include <linux/in6.h>
#include <linux/refcount.h>
#include <linux/siphash.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/brguard.h>

struct brg_bridge_settings;
struct brg_frame;
struct brg_net;
struct brg_trust;
struct work_struct;

#define BRG_ANSWER_SETS		16
#define BRG_ANSWER_WAYS		4
/* Least number of hashes kept: beyond it, what is counted is an estimate. */
#define BRG_ANSWER_HASHES	128

/* An address that a frame claims. IPv4 stands in the first word. */
struct brg_claimed {
	u64 mac;
	bool ip4;
	struct in6_addr addr;
};

/**
 * struct brg_answer - who claims addresses on a port
 * @mac: who
 * @ifindex: port that the claims came in by, or left by
 * @direction: which of the two
 * @over: more than the limit in this window; it is to be told of
 * @blocked: more than the limit in the window before
 * @more: there were more addresses than @hash has room for
 * @start: of the window, in jiffies
 * @claims: all claims in the window
 * @dropped: those of them that were dropped
 * @n: entries in @hash
 * @samples: entries in @sample
 * @sample: the first addresses
 * @hash: the smallest hashes of addresses, ordered
 */
struct brg_answer {
	u64 mac;
	int ifindex;
	u8 direction;
	bool over;
	bool blocked;
	bool more;
	unsigned long start;
	u64 claims;
	u64 dropped;
	u32 n;
	u32 samples;
	struct brg_claimed sample[BRGUARD_SAMPLES_MAX];
	u64 *hash;
};

/**
 * struct brg_answers - the table of a bridge
 * @users: what refers to it
 * @key: of the hash
 * @max: distinct addresses that one MAC may claim in a window
 * @time: length of a window in jiffies
 * @hashes: room in struct brg_answer.hash
 * @set: records; a MAC and port belong to one set
 * @hash: behind it, room for all hashes
 */
struct brg_answers {
	refcount_t users;
	siphash_key_t key;
	u32 max;
	unsigned long time;
	u32 hashes;
	struct brg_answer_set {
		spinlock_t lock;
		struct brg_answer way[BRG_ANSWER_WAYS];
	} set[BRG_ANSWER_SETS];
	u64 hash[];
};

/**
 * struct brg_answers_event - a window that is over, with too many addresses
 * @bridge: ifindex of the bridge
 * @answer: the record; @hash is not valid
 * @distinct: distinct addresses, exact up to BRG_ANSWER_HASHES or the limit
 * @ms: length of the window in milliseconds
 */
struct brg_answers_event {
	int bridge;
	struct brg_answer answer;
	u64 distinct;
	u32 ms;
};

struct brg_answers *
brg_answers_get(const struct brg_bridge_settings *knobs,
		struct brg_answers *old);
void brg_answers_put(struct brg_answers *a);
bool brg_answers_read(const struct brg_frame *f, struct brg_claimed *c);
bool brg_answers_count(struct brg_net *bn, struct brg_answers *a,
		       const struct brg_claimed *c, int ifindex,
		       enum brguard_direction direction, bool drop);
bool brg_answers_refuses(const struct brg_trust *local,
			 const struct brg_frame *f, int ifindex,
			 enum brguard_direction direction);
void brg_answers_flush(struct work_struct *work);

#endif /* BRG_ANSWERS_H */
