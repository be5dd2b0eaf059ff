/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_PARAM_H
#define BRG_PARAM_H

#include <linux/types.h>
#include <linux/brguard.h>

struct net_device;
struct nlmsghdr;

/* Parameters of a bridge or a port, by enum brguard_watch. */
#define BRG_PARAMS	(BRGUARD_WATCH_NEIGH_SUPPRESS + 1)

/**
 * struct brg_params - parameters of a bridge or a port
 * @known: those that the kernel told of, a bit for each
 * @value: their values
 */
struct brg_params {
	u32 known;
	u32 value[BRG_PARAMS];
};

int brg_params_read(struct brg_params *p, const struct net_device *dev);
void brg_params_message(struct brg_params *p, const struct nlmsghdr *nlh);
u32 brg_params_of(const struct net_device *dev);
u32 brg_params_differ(const struct brg_params *a, const struct brg_params *b);
int brg_params_restore(struct net_device *dev, enum brguard_watch what,
		       u32 value);

#endif /* BRG_PARAM_H */
