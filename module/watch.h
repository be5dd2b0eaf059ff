/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_WATCH_H
#define BRG_WATCH_H

#include <linux/types.h>

struct brg_net;
struct net_device;

int brg_watch_init(struct brg_net *bn);
void brg_watch_exit(struct brg_net *bn);
int brg_watch_add(struct brg_net *bn, const struct net_device *dev);
void brg_watch_del(struct brg_net *bn, const struct net_device *dev);
void brg_watch_check(struct brg_net *bn, int ifindex);
void brg_watch_sweep(struct brg_net *bn);
void brg_watch_member(struct brg_net *bn, const struct net_device *bridge,
		      const struct net_device *dev, bool joins);

#endif /* BRG_WATCH_H */
