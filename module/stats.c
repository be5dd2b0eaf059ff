// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include "seen.h"
#include "stats.h"

/* Events of one port: at most this many in an interval. */
#define BRG_EVENT_BURST		10
#define BRG_EVENT_INTERVAL	HZ

/**
 * brg_stats_alloc() - make counters that are 0
 *
 * Context: may sleep.
 * Return: statistics with one user, or NULL without memory.
 */
struct brg_stats *brg_stats_alloc(void)
{
	struct brg_stats *stats = kzalloc(sizeof(*stats), GFP_KERNEL_ACCOUNT);

	if (!stats)
		return NULL;
	stats->counters = netdev_alloc_pcpu_stats(struct brg_counters);
	if (!stats->counters) {
		kfree(stats);
		return NULL;
	}
	refcount_set(&stats->users, 1);
	ratelimit_state_init(&stats->limit, BRG_EVENT_INTERVAL,
			     BRG_EVENT_BURST);
	ratelimit_set_flags(&stats->limit, RATELIMIT_MSG_ON_RELEASE);

	return stats;
}

/**
 * brg_stats_get() - one more user
 * @stats: statistics
 *
 * Return: @stats.
 */
struct brg_stats *brg_stats_get(struct brg_stats *stats)
{
	refcount_inc(&stats->users);
	return stats;
}

/**
 * brg_stats_put() - one user less
 * @stats: statistics or NULL
 *
 * Context: any but hard interrupts; after the last user's grace period.
 */
void brg_stats_put(struct brg_stats *stats)
{
	if (!stats || !refcount_dec_and_test(&stats->users))
		return;
	brg_seen_free(stats->seen);
	free_percpu(stats->counters);
	kfree(stats);
}

/**
 * brg_stats_count() - count a frame that broke the policy
 * @stats: statistics of its port
 * @reason: why
 * @audited: audit mode lets it pass
 *
 * Context: BH off.
 */
void brg_stats_count(struct brg_stats *stats, enum brguard_reason reason,
		     bool audited)
{
	struct brg_counters *c = this_cpu_ptr(stats->counters);

	u64_stats_update_begin(&c->syncp);
	u64_stats_inc(audited ? &c->audited[reason] : &c->dropped[reason]);
	u64_stats_update_end(&c->syncp);
}

/**
 * brg_stats_count_pruned() - count a question kept from a port
 * @stats: statistics of the port
 *
 * Context: BH off.
 */
void brg_stats_count_pruned(struct brg_stats *stats)
{
	struct brg_counters *c = this_cpu_ptr(stats->counters);

	u64_stats_update_begin(&c->syncp);
	u64_stats_inc(&c->pruned);
	u64_stats_update_end(&c->syncp);
}

/**
 * brg_stats_may_report() - ask the rate limit for an event
 * @stats: statistics of the port
 *
 * A violation that may not be reported is counted as suppressed, another one as
 * an event.
 *
 * Context: BH off.
 * Return: whether this violation is to be reported on its own.
 */
bool brg_stats_may_report(struct brg_stats *stats)
{
	bool may = __ratelimit(&stats->limit);
	struct brg_counters *c = this_cpu_ptr(stats->counters);

	u64_stats_update_begin(&c->syncp);
	u64_stats_inc(may ? &c->events : &c->suppressed);
	u64_stats_update_end(&c->syncp);
	if (!may) {
		/* Counted before it is said so: brg_stats_waits(). */
		smp_mb();
		if (!READ_ONCE(stats->untold))
			WRITE_ONCE(stats->untold, true);
	}

	return may;
}

static void brg_stats_add_cpu(const struct brg_counters *c,
			      struct brg_totals *sum)
{
	struct brg_totals cpu;
	unsigned int start;
	int i;

	do {
		start = u64_stats_fetch_begin(&c->syncp);
		for (i = 0; i < __BRGUARD_REASON_MAX; i++) {
			cpu.dropped[i] = u64_stats_read(&c->dropped[i]);
			cpu.audited[i] = u64_stats_read(&c->audited[i]);
		}
		cpu.events = u64_stats_read(&c->events);
		cpu.suppressed = u64_stats_read(&c->suppressed);
		cpu.pruned = u64_stats_read(&c->pruned);
	} while (u64_stats_fetch_retry(&c->syncp, start));

	for (i = 0; i < __BRGUARD_REASON_MAX; i++) {
		sum->dropped[i] += cpu.dropped[i];
		sum->audited[i] += cpu.audited[i];
	}
	sum->events += cpu.events;
	sum->suppressed += cpu.suppressed;
	sum->pruned += cpu.pruned;
}

static void brg_stats_sum(const struct brg_stats *stats, struct brg_totals *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu)
		brg_stats_add_cpu(per_cpu_ptr(stats->counters, cpu), sum);
}

/**
 * brg_stats_read() - counts since the last reset
 * @stats: statistics
 * @sum: where they go
 *
 * Context: struct brg_net.lock.
 */
void brg_stats_read(const struct brg_stats *stats, struct brg_totals *sum)
{
	int i;

	brg_stats_sum(stats, sum);
	for (i = 0; i < __BRGUARD_REASON_MAX; i++) {
		sum->dropped[i] -= stats->base.dropped[i];
		sum->audited[i] -= stats->base.audited[i];
	}
	sum->events -= stats->base.events;
	sum->suppressed -= stats->base.suppressed;
	sum->pruned -= stats->base.pruned;
}

static u64 brg_stats_suppressed(const struct brg_counters *c)
{
	unsigned int start;
	u64 value;

	do {
		start = u64_stats_fetch_begin(&c->syncp);
		value = u64_stats_read(&c->suppressed);
	} while (u64_stats_fetch_retry(&c->syncp, start));

	return value;
}

/**
 * brg_stats_waits() - may there be violations that no event has told of?
 * @stats: statistics
 *
 * The caller looks: a second call says no until there are more.
 *
 * Context: any.
 * Return: whether to call brg_stats_untold().
 */
bool brg_stats_waits(struct brg_stats *stats)
{
	return READ_ONCE(stats->untold) && xchg(&stats->untold, false);
}

/**
 * brg_stats_untold() - suppressed violations that no event has told of
 * @stats: statistics
 *
 * The caller tells of them: a second call does not return them again.
 *
 * Context: any.
 * Return: their number.
 */
u64 brg_stats_untold(struct brg_stats *stats)
{
	s64 all = 0, told;
	int cpu;

	for_each_possible_cpu(cpu)
		all += brg_stats_suppressed(per_cpu_ptr(stats->counters, cpu));
	told = atomic64_read(&stats->told);
	do {
		if (all <= told)
			return 0;
	} while (!atomic64_try_cmpxchg(&stats->told, &told, all));

	return all - told;
}

/**
 * brg_stats_reset() - start from 0, and remember nothing
 * @stats: statistics
 *
 * Context: struct brg_net.lock.
 */
void brg_stats_reset(struct brg_stats *stats)
{
	brg_stats_sum(stats, &stats->base);
	brg_seen_clear(brg_seen_get(stats));
}
