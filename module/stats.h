/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_STATS_H
#define BRG_STATS_H

#include <linux/ratelimit.h>
#include <linux/refcount.h>
#include <linux/u64_stats_sync.h>
#include <linux/brguard.h>

struct brg_seen;

/* Frames of each reason, one CPU's share. */
struct brg_counters {
	u64_stats_t dropped[__BRGUARD_REASON_MAX];
	u64_stats_t audited[__BRGUARD_REASON_MAX];
	u64_stats_t events;
	u64_stats_t suppressed;
	u64_stats_t pruned;
	struct u64_stats_sync syncp;
};

/* The sum of all CPUs at one time. */
struct brg_totals {
	u64 dropped[__BRGUARD_REASON_MAX];
	u64 audited[__BRGUARD_REASON_MAX];
	u64 events;
	u64 suppressed;
	u64 pruned;
};

/**
 * struct brg_stats - counters of a port and the rate limit of its events
 * @users: ports that count here; two while a transaction is committed
 * @counters: per CPU
 * @limit: events one by one
 * @base: subtracted from the counters since the last reset, under brg_net.lock
 * @told: suppressed violations that events have told of so far
 * @untold: there may be more of them
 * @seen: which bindings are missing, NULL as long as none is; made where frames
 *	are
 */
struct brg_stats {
	refcount_t users;
	struct brg_counters __percpu *counters;
	struct ratelimit_state limit;
	struct brg_totals base;
	atomic64_t told;
	bool untold;
	struct brg_seen *seen;
};

struct brg_stats *brg_stats_alloc(void);
struct brg_stats *brg_stats_get(struct brg_stats *stats);
void brg_stats_put(struct brg_stats *stats);
void brg_stats_count(struct brg_stats *stats, enum brguard_reason reason,
		     bool audited);
void brg_stats_count_pruned(struct brg_stats *stats);
bool brg_stats_may_report(struct brg_stats *stats);
void brg_stats_read(const struct brg_stats *stats, struct brg_totals *sum);
bool brg_stats_waits(struct brg_stats *stats);
u64 brg_stats_untold(struct brg_stats *stats);
void brg_stats_reset(struct brg_stats *stats);

#endif /* BRG_STATS_H */
