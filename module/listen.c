// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel socket in groups of rtnetlink. What is sent to a group is queued in
 * the context of whoever caused it, and data_ready called there.
 */
#include <linux/err.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include "listen.h"

#define BRG_BIND_TRIES	16

/*
 * The port ID is chosen here: autobind would take the PID of the process that
 * happens to run, which may want it for a socket of its own.
 */
static int brg_listen_bind(struct socket *sock, u32 groups)
{
	struct sockaddr_nl addr = {
		.nl_family = AF_NETLINK,
		.nl_groups = groups,
	};
	int n = 0;
	int err;

	do {
		addr.nl_pid = get_random_u32() | BIT(31);
		err = kernel_bind(sock, (void *)&addr, sizeof(addr));
	} while (err == -EADDRINUSE && ++n < BRG_BIND_TRIES);

	return err;
}

/*
 * Connected to the kernel, it takes no messages that a process sends to its
 * port ID: they would call data_ready without any lock, also while it closes.
 */
static int brg_listen_connect(struct socket *sock)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK };

	return kernel_connect(sock, (void *)&addr, sizeof(addr), 0);
}

/* Else one message lost for want of memory would stop all that follow. */
static int brg_listen_no_enobufs(struct socket *sock)
{
	int on = 1;

	return sock->ops->setsockopt(sock, SOL_NETLINK, NETLINK_NO_ENOBUFS,
				     KERNEL_SOCKPTR(&on), sizeof(on));
}

/**
 * brg_listen_open() - join groups of rtnetlink
 * @net: namespace
 * @groups: a bit for each, RTNLGRP_* - 1
 * @user: sk_user_data of the socket
 * @data_ready: takes messages off the receive queue
 *
 * Context: may sleep.
 * Return: the socket or ERR_PTR().
 */
struct socket *brg_listen_open(struct net *net, u32 groups, void *user,
			       void (*data_ready)(struct sock *sk))
{
	struct socket *sock;
	int err;

	err = sock_create_kern(net, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, &sock);
	if (err)
		return ERR_PTR(err);
	lock_sock(sock->sk);
	sock->sk->sk_user_data = user;
	sock->sk->sk_data_ready = data_ready;
	release_sock(sock->sk);
	err = brg_listen_no_enobufs(sock) ?: brg_listen_bind(sock, groups);
	err = err ?: brg_listen_connect(sock);
	if (err) {
		sock_release(sock);
		return ERR_PTR(err);
	}

	return sock;
}

/**
 * brg_listen_close() - leave them
 * @sock: socket or NULL
 *
 * Context: may sleep.
 */
void brg_listen_close(struct socket *sock)
{
	if (sock)
		sock_release(sock);
}
