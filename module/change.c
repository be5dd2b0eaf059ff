// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uidgid.h>
#include <net/net_namespace.h>
#include "change.h"

/**
 * brg_changes_init() - an empty queue, without room
 * @q: queue, zeroed
 */
void brg_changes_init(struct brg_changes *q)
{
	spin_lock_init(&q->lock);
}

/**
 * brg_changes_free() - free what a queue has
 * @q: queue
 *
 * Context: may sleep.
 */
void brg_changes_free(struct brg_changes *q)
{
	kvfree(q->ring);
}

static struct brg_change *brg_changes_at(struct brg_changes *q, u32 i)
{
	return &q->ring[(q->head + i) % q->size];
}

static struct brg_change *
brg_changes_move(struct brg_changes *q, struct brg_change *ring, u32 size)
{
	struct brg_change *old;
	u32 i;

	spin_lock_bh(&q->lock);
	for (i = 0; i < q->n; i++)
		ring[i] = *brg_changes_at(q, i);
	old = q->ring;
	q->ring = ring;
	q->size = size;
	q->head = 0;
	spin_unlock_bh(&q->lock);

	return old;
}

/**
 * brg_changes_reserve() - make room
 * @q: queue
 * @size: for at least so many
 *
 * Context: may sleep; one at a time.
 * Return: 0 or -ENOMEM.
 */
int brg_changes_reserve(struct brg_changes *q, u32 size)
{
	struct brg_change *ring;

	if (size <= q->size)
		return 0;
	size = max(size, 2 * q->size);
	ring = kvmalloc_array(size, sizeof(*ring), GFP_KERNEL_ACCOUNT);
	if (!ring)
		return -ENOMEM;
	kvfree(brg_changes_move(q, ring, size));

	return 0;
}

/**
 * brg_change_blame() - fill in the process that runs
 * @c: change
 *
 * Its name is read without the lock of get_task_comm(), which softirqs must not
 * meet: a bridge tells of changes under locks that they take. The name is
 * always terminated; one that is changed at the same time may be a mixture.
 *
 * Context: of that process, any lock held.
 */
void brg_change_blame(struct brg_change *c)
{
	const struct nsproxy *ns = current->nsproxy;

	c->pid = task_tgid_nr(current);
	c->uid = from_kuid(&init_user_ns, current_uid());
	c->netns = ns ? ns->net_ns->ns.inum : 0;
	/* May be a mixture, see above. */
	data_race(strscpy_pad(c->comm, current->comm, sizeof(c->comm)));
}

static bool brg_change_is_alike(const struct brg_change *a,
				const struct brg_change *b)
{
	return a->what == b->what && a->ifindex == b->ifindex &&
	       a->held == b->held && a->vid == b->vid &&
	       !memcmp(a->mac, b->mac, sizeof(a->mac)) &&
	       !strcmp(a->device, b->device) && !strcmp(a->bridge, b->bridge);
}

static void brg_change_add(struct brg_change *to, const struct brg_change *c)
{
	if (!to->count)
		to->old = c->old;
	to->new = c->new;
	to->before = c->before;
	to->count += c->count;
	to->several |= c->several || to->pid != c->pid;
}

/* Up to which place another change of the same process can be added to. */
static u32 brg_changes_min(const struct brg_changes *q)
{
	if (q->n < BRG_CHANGES_MANY)
		return q->n ? q->n - 1 : 0;

	return q->n > BRG_CHANGES_NEAR ? q->n - BRG_CHANGES_NEAR : 0;
}

/* The place, from @min on, of one that @c can be added to, or q->n. */
static u32 brg_changes_like(struct brg_changes *q, const struct brg_change *c,
			    u32 min, bool same)
{
	const struct brg_change *like;
	u32 i;

	for (i = q->n; i-- > min;) {
		like = brg_changes_at(q, i);
		if ((!same || like->pid == c->pid) &&
		    brg_change_is_alike(like, c))
			return i;
	}

	return q->n;
}

/**
 * brg_change_push() - put a change into the queue
 * @q: queue
 * @c: change
 *
 * Context: any but hard interrupts.
 * Return: the number of its place, for brg_change_undo().
 */
u64 brg_change_push(struct brg_changes *q, const struct brg_change *c)
{
	u64 seq = BRG_CHANGE_NONE;
	u32 i;

	spin_lock_bh(&q->lock);
	i = brg_changes_like(q, c, brg_changes_min(q), true);
	if (i == q->size)
		i = brg_changes_like(q, c, 0, false);
	if (i < q->n)
		brg_change_add(brg_changes_at(q, i), c);
	else if (i < q->size)
		*brg_changes_at(q, q->n++) = *c;
	else
		q->lost += c->count;
	if (i < q->n)
		seq = q->taken + i;
	spin_unlock_bh(&q->lock);

	return seq;
}

/**
 * brg_change_drop_last() - do not count the last of several changes
 * @c: the changes
 */
void brg_change_drop_last(struct brg_change *c)
{
	c->count--;
	c->new = c->before;
}

/**
 * brg_change_undo() - do not count the last change of a place in the queue
 * @q: queue
 * @seq: the place; nothing is done if it has left
 *
 * Context: any but hard interrupts.
 */
void brg_change_undo(struct brg_changes *q, u64 seq)
{
	spin_lock_bh(&q->lock);
	if (seq >= q->taken && seq - q->taken < q->n)
		brg_change_drop_last(brg_changes_at(q, seq - q->taken));
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
		c->seq = q->taken++;
		q->head = (q->head + 1) % q->size;
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
