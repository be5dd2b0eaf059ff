// SPDX-License-Identifier: GPL-2.0-only
/* What becomes of a change of a guarded bridge: told, and put back if held. */
#include <linux/if_bridge.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include "attach.h"
#include "bridge.h"
#include "change.h"
#include "config.h"
#include "event.h"
#include "netns.h"
#include "param.h"
#include "report.h"
#include "table.h"
#include "watch.h"

static bool brg_report_has_mac(const struct brg_slot *slot,
			       const struct brg_change *c)
{
	const struct brg_table *t = slot->now.table;
	u64 mac = get_unaligned_le32(c->mac) |
		  (u64)get_unaligned_le16(c->mac + 4) << 32;

	return t && (brg_rules_has_mac(&t->rules, brg_key(mac, 0)) ||
		     brg_rules_has_mac(&t->rules, brg_key(mac, c->vid)));
}

/*
 * A MAC of a guest, pinned to a port where it is not bound? A bridge makes
 * entries for VLANs beside the one without, and uses these or that.
 */
static bool brg_report_is_misplaced(const struct brg_net *bn,
				    struct brg_change *c)
{
	const struct net_device *bridge, *dev;
	const struct brg_slot *slot;
	int i;

	dev = __dev_get_by_index(bn->net, c->ifindex);
	bridge = __dev_get_by_name(bn->net, c->bridge);
	if (!dev || !bridge || br_vlan_enabled(bridge) != !!c->vid)
		return false;
	slot = brg_slot_find(bn, dev);
	if (slot && brg_report_has_mac(slot, c))
		return false;
	hash_for_each(bn->slots, i, slot, node)
		if (slot->now.bridge == bridge->ifindex &&
		    brg_report_has_mac(slot, c)) {
			c->old = slot->dev->ifindex;
			return true;
		}

	return false;
}

static bool brg_report_is_low(const struct brg_change *c, u32 floor)
{
	return c->what == BRGUARD_WATCH_AGEING_TIME &&
	       (!c->new || c->new / 100 < floor);
}

/*
 * What a parameter goes back to is its value before somebody changed it while
 * it was held, not that before the last of several changes.
 */
static bool brg_report_is_held(struct brg_net *bn, const struct brg_change *c,
			       u32 hold, u32 *keep)
{
	struct brg_watched *w = brg_watched_find(bn, c->ifindex);
	u32 now;

	if (!w || c->what >= BRG_PARAMS || c->held)
		return false;
	/* News may come meanwhile, which take no RTNL. */
	now = READ_ONCE(w->params.value[c->what]);
	if (!(hold & BIT(c->what))) {
		w->keep.value[c->what] = now;
		w->keep.known |= BIT(c->what);
	}
	*keep = w->keep.value[c->what];

	return w->keep.known & BIT(c->what) && *keep != now;
}

/**
 * brg_report() - tell of a change
 * @bn: namespace
 * @c: the change
 * @keep: where the value goes that is to be put back
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: whether a value is to be put back.
 */
bool brg_report(struct brg_net *bn, struct brg_change *c, u32 *keep)
{
	const struct brg_bridge *br = brg_bridge_find(bn->config, c->bridge);

	if (c->what == BRGUARD_WATCH_FDB && !brg_report_is_misplaced(bn, c))
		return false;
	c->low = brg_report_is_low(c, br ? br->set.ageing_floor : 0);
	brg_event_watch(bn, c);

	return brg_report_is_held(bn, c, br ? br->set.hold : 0, keep);
}

/**
 * brg_report_restore() - put a value back
 * @bn: namespace
 * @c: change of a parameter
 * @keep: the value
 *
 * Context: the work of watch; RTNL, without struct brg_net.lock.
 */
void brg_report_restore(struct brg_net *bn, const struct brg_change *c,
			u32 keep)
{
	struct net_device *dev = __dev_get_by_index(bn->net, c->ifindex);
	int err = dev ? brg_params_restore(dev, c->what, keep) : 0;

	if (dev && !err)
		brg_watch_restored(bn, dev, c->what, keep);
	else if (err)
		pr_warn_ratelimited("brguard: %s: %s of %s cannot be put back to %u: error %d\n",
				    c->bridge, brg_watch_name(c->what),
				    c->device, keep, err);
}
