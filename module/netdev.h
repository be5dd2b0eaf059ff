/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_NETDEV_H
#define BRG_NETDEV_H

int brg_netdev_init(void);
void brg_netdev_exit(void);

#endif /* BRG_NETDEV_H */
