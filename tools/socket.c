// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes to and from the kernel, and nothing else: the tests put another file
 * in the place of this one.
 */

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#include "socket.h"

/* A batch of requests in one sendmsg(), and the refusals it may cause. */
#define SEND_BUFFER (1024 * 1024)
#define RECEIVE_BUFFER (8 * 1024 * 1024)

static void set_buffer(struct mnl_socket *socket, int force, int plain, int size)
{
	int fd = mnl_socket_get_fd(socket);

	if (setsockopt(fd, SOL_SOCKET, force, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, plain, &size, sizeof(size));
}

/*
 * Refusals in words and with the whole request, so that the attribute can be
 * found in it (NETLINK_CAP_ACK off). Old kernels without these still work.
 */
static void set_options(struct mnl_socket *socket)
{
	int on = 1, off = 0;

	mnl_socket_setsockopt(socket, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(socket, NETLINK_CAP_ACK, &off, sizeof(off));
	mnl_socket_setsockopt(socket, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	set_buffer(socket, SO_SNDBUFFORCE, SO_SNDBUF, SEND_BUFFER);
	set_buffer(socket, SO_RCVBUFFORCE, SO_RCVBUF, RECEIVE_BUFFER);
}

/**
 * socket_open() - open a generic netlink socket
 *
 * Return: the socket, or NULL with errno set.
 */
struct mnl_socket *socket_open(void)
{
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);

	if (!socket)
		return NULL;
	set_options(socket);
	if (!mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID))
		return socket;
	mnl_socket_close(socket);
	return NULL;
}

/**
 * socket_close() - close a socket
 * @socket: the socket
 */
void socket_close(struct mnl_socket *socket)
{
	mnl_socket_close(socket);
}

/**
 * socket_join() - receive the events of a group
 * @socket: the socket
 * @group: number of the group
 *
 * Return: 0 or a negative errno.
 */
int socket_join(struct mnl_socket *socket, unsigned int group)
{
	if (mnl_socket_setsockopt(socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0)
		return -errno;
	return 0;
}

/**
 * socket_send() - send messages to the kernel, which has handled them on return
 * @socket: the socket
 * @data: the messages
 * @size: their bytes
 *
 * Return: 0 or a negative errno.
 */
int socket_send(struct mnl_socket *socket, const void *data, size_t size)
{
	return mnl_socket_sendto(socket, data, size) < 0 ? -errno : 0;
}

static ssize_t receive_once(struct mnl_socket *socket, void *buffer, size_t size, int flags,
			    struct sockaddr_nl *from)
{
	struct iovec iov = { .iov_base = buffer, .iov_len = size };
	struct msghdr msg = {
		.msg_name = from,
		.msg_namelen = sizeof(*from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t n = recvmsg(mnl_socket_get_fd(socket), &msg, flags);

	if (n < 0)
		return -errno;
	return (msg.msg_flags & MSG_TRUNC) ? -EMSGSIZE : n;
}

/**
 * socket_receive() - receive messages from the kernel and from nobody else
 * @socket: the socket
 * @buffer: where to
 * @size: bytes of @buffer
 * @wait: sleep until there is something
 *
 * Return: bytes received, or a negative errno: -EAGAIN without @wait and
 * messages, -ENOBUFS if some were lost.
 */
ssize_t socket_receive(struct mnl_socket *socket, void *buffer, size_t size, bool wait)
{
	struct sockaddr_nl from = { 0 };
	ssize_t n;

	do {
		n = receive_once(socket, buffer, size, wait ? 0 : MSG_DONTWAIT, &from);
	} while (n == -EINTR || (n >= 0 && from.nl_pid));
	return n;
}

/**
 * socket_wait() - sleep until there is something to receive
 * @socket: the socket
 * @stop: file descriptor that ends it when it becomes readable
 *
 * Return: 0, or a negative errno: -EINTR for @stop.
 */
int socket_wait(struct mnl_socket *socket, int stop)
{
	struct pollfd pollfd[] = {
		{ .fd = mnl_socket_get_fd(socket), .events = POLLIN },
		{ .fd = stop, .events = POLLIN },
	};

	while (poll(pollfd, 2, -1) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return pollfd[1].revents ? -EINTR : 0;
}
