// SPDX-License-Identifier: GPL-2.0-only
#include <linux/printk.h>
#include <linux/string.h>
#include "event.h"
#include "frame.h"
#include "log.h"
#include "port.h"
#include "reason.h"

static void brg_line_write(const struct brg_line *l)
{
	u8 smac[6], dmac[6];

	if (!l->frame) {
		pr_notice("brguard: %s: %llu more violations suppressed\n",
			  l->port, l->suppressed);
		return;
	}
	brg_mac_bytes(smac, l->smac);
	brg_mac_bytes(dmac, l->dmac);
	pr_notice("brguard: %s: %s %s %s: %pM > %pM vlan %u ethertype 0x%04x, %llu suppressed\n",
		  l->port, l->audited ? "audit" : "drop",
		  l->direction == BRGUARD_DIRECTION_IN ? "in" : "out",
		  brg_reason_name(l->reason), smac, dmac, l->vid,
		  ntohs(l->proto), l->suppressed);
}

static bool brg_log_pop(struct brg_log *log, struct brg_line *l)
{
	bool any;

	spin_lock_bh(&log->lock);
	any = log->n;
	if (any) {
		*l = log->line[0];
		log->n--;
		memmove(log->line, log->line + 1, log->n * sizeof(*l));
	}
	spin_unlock_bh(&log->lock);

	return any;
}

static void brg_log_write(struct brg_log *log)
{
	struct brg_line line;

	while (brg_log_pop(log, &line))
		brg_line_write(&line);
}

static void brg_log_work(struct work_struct *work)
{
	brg_log_write(container_of(to_delayed_work(work), struct brg_log,
				   work));
}

/**
 * brg_log_init() - no line waits
 * @log: log, zeroed
 */
void brg_log_init(struct brg_log *log)
{
	spin_lock_init(&log->lock);
	INIT_DELAYED_WORK(&log->work, brg_log_work);
}

/**
 * brg_log_exit() - write what waits
 * @log: log that nothing is added to any more
 *
 * Context: may sleep.
 */
void brg_log_exit(struct brg_log *log)
{
	cancel_delayed_work_sync(&log->work);
	brg_log_write(log);
}

static void brg_line_fill(struct brg_line *l, const struct brg_violation *v)
{
	const struct brg_frame *f = v->frame;

	strscpy(l->port, v->port->name, sizeof(l->port));
	l->suppressed = v->suppressed;
	l->frame = f;
	if (!f)
		return;
	l->audited = v->audited;
	l->direction = v->direction;
	l->reason = v->reason;
	l->vid = f->vid;
	l->proto = f->proto;
	l->smac = f->smac;
	l->dmac = f->dmac;
}

/**
 * brg_log_violation() - have a violation written into the kernel log
 * @log: log
 * @v: violation, within the rate limit; one too many is left out
 *
 * Context: any but hard interrupts.
 */
void brg_log_violation(struct brg_log *log, const struct brg_violation *v)
{
	spin_lock_bh(&log->lock);
	if (log->n < BRG_LOG_LINES)
		brg_line_fill(&log->line[log->n++], v);
	spin_unlock_bh(&log->lock);
	if (!delayed_work_pending(&log->work))
		schedule_delayed_work(&log->work, 1);
}
