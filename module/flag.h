/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flags of a guest port that brguard switches off, to be switched on again.
 * Under RTNL, and without struct brg_net.lock, which notifiers take.
 */
#ifndef BRG_FLAG_H
#define BRG_FLAG_H

#include <linux/types.h>

struct brg_net;
struct brg_state;
struct net_device;

/**
 * struct brg_flags - what became of the flags of a port
 * @driven: flags that brguard switched off, a bit for each enum brguard_watch
 * @left: flags that somebody switched on again, so they are left alone
 */
struct brg_flags {
	u32 driven;
	u32 left;
};

u32 brg_flag_meant(const struct brg_state *state);
bool brg_flag_may(struct brg_flags *flags, const struct net_device *dev,
		  u32 what, u32 hold);
int brg_flag_off(struct brg_net *bn, struct brg_flags *flags,
		 struct net_device *dev, u32 what);
int brg_flags_undo(struct brg_net *bn, struct brg_flags *flags,
		   struct net_device *dev, u32 but);

#endif /* BRG_FLAG_H */
