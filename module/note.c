// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "event.h"
#include "netdev.h"
#include "netlink.h"
#include "netns.h"
#include "note.h"
#include "port.h"
#include "reason.h"

static void brg_note_log(const struct brg_note *note)
{
	const struct brg_frame *f = &note->frame;
	u8 smac[6], dmac[6];

	if (!note->framed) {
		pr_notice("brguard: %s: %llu more violations suppressed\n",
			  note->port, note->suppressed);
		return;
	}
	brg_mac_bytes(smac, f->smac);
	brg_mac_bytes(dmac, f->dmac);
	pr_notice("brguard: %s: %s %s %s: %pM > %pM vlan %u ethertype 0x%04x, %llu suppressed\n",
		  note->port, note->audited ? "audit" : "drop",
		  note->direction == BRGUARD_DIRECTION_IN ? "in" : "out",
		  brg_reason_name(note->reason), smac, dmac, f->vid,
		  ntohs(f->proto), note->suppressed);
}

static void brg_note_tell(struct brg_net *bn, const struct brg_note *note)
{
	rcu_read_lock();
	brg_netlink_violation(bn, note);
	rcu_read_unlock();
	if (note->logged)
		brg_note_log(note);
}

static bool brg_notes_pop(struct brg_notes *notes, struct brg_note *note)
{
	bool any;

	spin_lock_bh(&notes->lock);
	any = notes->n;
	if (any) {
		*note = notes->note[notes->head];
		notes->head = (notes->head + 1) % BRG_NOTES;
		notes->n--;
	}
	spin_unlock_bh(&notes->lock);

	return any;
}

static void brg_notes_tell(struct brg_net *bn)
{
	struct brg_note note;

	while (brg_notes_pop(&bn->notes, &note))
		brg_note_tell(bn, &note);
}

static void brg_notes_work(struct work_struct *work)
{
	brg_notes_tell(container_of(to_delayed_work(work), struct brg_net,
				    notes.work));
}

/**
 * brg_notes_init() - nothing waits
 * @notes: notes, zeroed
 */
void brg_notes_init(struct brg_notes *notes)
{
	spin_lock_init(&notes->lock);
	INIT_DELAYED_WORK(&notes->work, brg_notes_work);
}

/**
 * brg_notes_exit() - tell of what waits
 * @bn: namespace that no frame is judged in any more
 *
 * Context: may sleep.
 */
void brg_notes_exit(struct brg_net *bn)
{
	cancel_delayed_work_sync(&bn->notes.work);
	brg_notes_tell(bn);
}

/* A device that is no bridge has one as its master. */
static void brg_note_devices(struct brg_note *note,
			     const struct net_device *device)
{
	struct net_device *dev = (struct net_device *)device;

	brg_netdev_name(note->device, dev);
	brg_netdev_name(note->bridge, brg_netdev_bridge_rcu(dev));
}

static void brg_note_fill(struct brg_note *note, const struct brg_violation *v,
			  bool logged)
{
	strscpy(note->port, v->port->name, sizeof(note->port));
	note->logged = logged;
	note->suppressed = v->suppressed;
	note->framed = v->frame;
	if (!v->frame)
		return;
	brg_note_devices(note, v->dev);
	note->audited = v->audited;
	note->direction = v->direction;
	note->reason = v->reason;
	note->owner = v->owner;
	note->frame = *v->frame;
}

static bool brg_notes_push(struct brg_notes *notes,
			   const struct brg_violation *v, bool logged)
{
	bool room;
	u32 at;

	spin_lock_bh(&notes->lock);
	room = notes->n < BRG_NOTES;
	if (room) {
		at = (notes->head + notes->n++) % BRG_NOTES;
		brg_note_fill(&notes->note[at], v, logged);
	}
	spin_unlock_bh(&notes->lock);

	return room;
}

/**
 * brg_notes_add() - have a violation told of
 * @bn: namespace
 * @v: violation, within the limit of its port
 * @logged: in the kernel log, too
 *
 * Context: any but hard interrupts; RCU if @v has a device.
 */
void brg_notes_add(struct brg_net *bn, const struct brg_violation *v,
		   bool logged)
{
	struct brg_notes *notes = &bn->notes;
	struct brg_note note;

	if (!brg_notes_push(notes, v, logged)) {
		brg_note_fill(&note, v, logged);
		brg_note_tell(bn, &note);
	}
	if (!delayed_work_pending(&notes->work))
		schedule_delayed_work(&notes->work, 1);
}
