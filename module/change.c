// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cred.h>
#include <linux/nsproxy.h>
#include <linux/string.h>
#include <linux/uidgid.h>
#include <net/net_namespace.h>
#include "change.h"

/**
 * brg_changes_init() - an empty queue
 * @q: queue
 */
void brg_changes_init(struct brg_changes *q)
{
	spin_lock_init(&q->lock);
	q->head = 0;
	q->n = 0;
	q->lost = 0;
}

/**
 * brg_change_blame() - fill in the process that runs
 * @c: change
 *
 * Context: of that process.
 */
void brg_change_blame(struct brg_change *c)
{
	const struct nsproxy *ns = current->nsproxy;

	c->pid = task_tgid_nr(current);
	c->uid = from_kuid(&init_user_ns, current_uid());
	c->netns = ns ? ns->net_ns->ns.inum : 0;
	get_task_comm(c->comm, current);
}

static struct brg_change *brg_changes_at(struct brg_changes *q, u32 i)
{
	return &q->ring[(q->head + i) % BRG_CHANGES];
}

static bool brg_change_is_alike(const struct brg_change *a,
				const struct brg_change *b)
{
	return a->what == b->what && a->ifindex == b->ifindex &&
	       a->held == b->held && !memcmp(a->mac, b->mac, sizeof(a->mac));
}

static void brg_change_add(struct brg_change *to, const struct brg_change *c)
{
	to->new = c->new;
	to->count += c->count;
	to->several |= to->pid != c->pid;
}

/* The last one that is like @c, by the same process, or NULL. */
static struct brg_change *brg_changes_last(struct brg_changes *q,
					   const struct brg_change *c)
{
	struct brg_change *last = q->n ? brg_changes_at(q, q->n - 1) : NULL;

	return last && last->pid == c->pid && brg_change_is_alike(last, c) ?
	       last : NULL;
}

/* Without room, any like one will do, the latest first. */
static struct brg_change *brg_changes_like(struct brg_changes *q,
					   const struct brg_change *c)
{
	u32 i;

	for (i = q->n; i--;)
		if (brg_change_is_alike(brg_changes_at(q, i), c))
			return brg_changes_at(q, i);

	return NULL;
}

/**
 * brg_change_push() - put a change into the queue
 * @q: queue
 * @c: change
 *
 * Context: any but hard interrupts.
 */
void brg_change_push(struct brg_changes *q, const struct brg_change *c)
{
	struct brg_change *to;

	spin_lock_bh(&q->lock);
	to = brg_changes_last(q, c);
	if (!to && q->n == BRG_CHANGES)
		to = brg_changes_like(q, c);
	if (to)
		brg_change_add(to, c);
	else if (q->n < BRG_CHANGES)
		*brg_changes_at(q, q->n++) = *c;
	else
		q->lost += c->count;
	spin_unlock_bh(&q->lock);
}

/**
 * brg_change_pop() - take the oldest change out of the queue
 * @q: queue
 * @c: where it goes
 *
 * Return: whether there was one.
 */
bool brg_change_pop(struct brg_changes *q, struct brg_change *c)
{
	bool any;

	spin_lock_bh(&q->lock);
	any = q->n;
	if (any) {
		*c = *brg_changes_at(q, 0);
		q->head = (q->head + 1) % BRG_CHANGES;
		q->n--;
	}
	spin_unlock_bh(&q->lock);

	return any;
}

/**
 * brg_changes_lost() - take the number of lost changes
 * @q: queue
 *
 * Return: changes lost since the last call.
 */
u32 brg_changes_lost(struct brg_changes *q)
{
	u32 lost;

	spin_lock_bh(&q->lock);
	lost = q->lost;
	q->lost = 0;
	spin_unlock_bh(&q->lock);

	return lost;
}
