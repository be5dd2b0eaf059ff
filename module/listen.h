/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_LISTEN_H
#define BRG_LISTEN_H

#include <linux/types.h>

struct net;
struct sk_buff;
struct sock;
struct socket;

struct socket *brg_listen_open(struct net *net, u32 groups, void *user,
			       void (*data_ready)(struct sock *sk));
void brg_listen_close(struct socket *sock);

#endif /* BRG_LISTEN_H */
