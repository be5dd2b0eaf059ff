// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitops.h>
#include <linux/if_bridge.h>
#include <linux/netdevice.h>
#include <linux/brguard.h>
#include "event.h"
#include "flag.h"
#include "netns.h"
#include "param.h"
#include "state.h"
#include "watch.h"

/**
 * brg_flag_meant() - which flag of a port is to be off?
 * @state: what the port follows
 *
 * In audit mode a guest gets what is not for it, and may use what is not its
 * own.
 *
 * Return: enum brguard_watch, or 0 for none.
 */
u32 brg_flag_meant(const struct brg_state *state)
{
	if (!IS_ENABLED(CONFIG_NET_SWITCHDEV) || !state->guest ||
	    state->local || state->audit)
		return 0;
	if (state->knobs.guest_flood == BRGUARD_GUEST_FLOOD_OFF)
		return BRGUARD_WATCH_FLOOD;

	return state->knobs.guest_learning == BRGUARD_GUEST_LEARNING_OFF ?
	       BRGUARD_WATCH_LEARNING : 0;
}

static bool brg_flag_is_on(const struct net_device *dev, u32 what)
{
	return br_port_flag_is_set(dev, what == BRGUARD_WATCH_FLOOD ?
				   BR_FLOOD : BR_LEARNING);
}

/**
 * brg_flag_may() - may brguard have a flag off?
 * @flags: those of the port
 * @dev: the port
 * @what: enum brguard_watch
 * @hold: what is put back, a bit for each
 *
 * Not if it was off already: it stays so. Nor if the other one is off: then the
 * administrator says where each address is, and the bridge counts a port
 * without both of them apart.
 *
 * Context: RTNL.
 * Return: whether it may, or has done so.
 */
bool brg_flag_may(struct brg_flags *flags, const struct net_device *dev,
		  u32 what, u32 hold)
{
	bool on = brg_flag_is_on(dev, what);
	u32 bit = BIT(what);

	if (flags->driven & bit && on && !(hold & bit)) {
		flags->driven &= ~bit;
		flags->left |= bit;
	}

	return !(flags->left & bit) && (flags->driven & bit || on) &&
	       brg_flag_is_on(dev, what == BRGUARD_WATCH_FLOOD ?
			      BRGUARD_WATCH_LEARNING : BRGUARD_WATCH_FLOOD);
}

/* What is held goes back to the value that brguard set. */
static void brg_flag_keep(const struct brg_net *bn,
			  const struct net_device *dev, u32 what, u32 value)
{
	struct brg_watched *w;

	rcu_read_lock();
	w = brg_watched_find(bn, dev->ifindex);
	if (w) {
		w->keep.value[what] = value;
		w->keep.known |= BIT(what);
	}
	rcu_read_unlock();
}

static int brg_flag_set(struct brg_net *bn, struct net_device *dev, u32 what,
			bool on)
{
	int err;

	err = brg_params_restore(dev, what, on);
	if (err) {
		pr_warn_ratelimited("brguard: %s: %s cannot be set to %u: error %d\n",
				    dev->name, brg_watch_name(what), on, err);
		return err;
	}
	/* The kernel says nothing while a port is down. */
	brg_watch_restored(bn, dev, what, on);
	brg_flag_keep(bn, dev, what, on);

	return 0;
}

/**
 * brg_flag_off() - switch a flag off
 * @bn: namespace
 * @flags: those of the port
 * @dev: the port
 * @what: enum brguard_watch; switched off already or not
 *
 * Context: may sleep; RTNL, without struct brg_net.lock.
 * Return: 0 or a negative error.
 */
int brg_flag_off(struct brg_net *bn, struct brg_flags *flags,
		 struct net_device *dev, u32 what)
{
	int err;

	/* Who has switched it on again is held or not, see report. */
	if (flags->driven & BIT(what))
		return 0;
	err = brg_flag_set(bn, dev, what, false);
	if (!err)
		flags->driven |= BIT(what);

	return err;
}

/**
 * brg_flags_undo() - leave flags as they were found
 * @bn: namespace
 * @flags: those of the port
 * @dev: the port; on a bridge
 * @but: those that stay, a bit for each enum brguard_watch
 *
 * What somebody else has switched on stays so.
 *
 * Context: may sleep; RTNL, without struct brg_net.lock.
 * Return: 0 or a negative error: then some are still off, to be tried again.
 */
int brg_flags_undo(struct brg_net *bn, struct brg_flags *flags,
		   struct net_device *dev, u32 but)
{
	unsigned long undo = flags->driven & ~but;
	int err = 0;
	u32 what;

	for_each_set_bit(what, &undo, BRG_PARAMS) {
		if (!brg_flag_is_on(dev, what))
			err = err ?: brg_flag_set(bn, dev, what, true);
		if (!err)
			flags->driven &= ~BIT(what);
	}

	return err;
}
