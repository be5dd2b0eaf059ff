// SPDX-License-Identifier: GPL-2.0-only
/* Dumps of other people's netlink families: what the host itself knows. */

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#include "dump.h"

/* Dumps that somebody else's changes may spoil before we take what there is. */
#define TRIES 20

#define ANSWER_MAX (128 * 1024)

/**
 * dump_request() - start a request
 * @buffer: DUMP_REQUEST bytes for it
 * @type: its type
 * @header: bytes of the header behind the netlink header, which are zeroed
 *
 * Return: the request.
 */
struct nlmsghdr *dump_request(void *buffer, uint16_t type, size_t header)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	mnl_nlmsg_put_extra_header(nlh, header);
	return nlh;
}

/* A dump on its way. */
struct conversation {
	struct mnl_socket *socket;
	const struct nlmsghdr *request;
	dump_fn receive;
	void *data;
	bool interrupted;
};

/* NLMSG_DONE carries the error of a dump that broke off, NLMSG_ERROR that of the request. */
static int error_of(const struct nlmsghdr *nlh)
{
	const int *error = mnl_nlmsg_get_payload(nlh);

	return mnl_nlmsg_get_payload_len(nlh) >= sizeof(*error) ? *error : 0;
}

/* Answers of one datagram: 1 if more are to come. */
static int handle(struct conversation *c, const struct nlmsghdr *nlh, int size)
{
	for (; mnl_nlmsg_ok(nlh, size); nlh = mnl_nlmsg_next(nlh, &size)) {
		if (nlh->nlmsg_seq != c->request->nlmsg_seq)
			continue;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			c->interrupted = true;
		if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
			return error_of(nlh);
		if (nlh->nlmsg_type >= NLMSG_MIN_TYPE)
			c->receive(nlh, c->data);
	}
	return 1;
}

static int talk(struct conversation *c, char *answer)
{
	ssize_t n;
	int err;

	if (mnl_socket_sendto(c->socket, c->request, c->request->nlmsg_len) < 0)
		return -errno;
	do {
		n = mnl_socket_recvfrom(c->socket, answer, ANSWER_MAX);
		if (n < 0 && errno != EINTR)
			return -errno;
		err = n < 0 ? 1 : handle(c, (struct nlmsghdr *)answer, n);
	} while (err > 0);
	return err;
}

static int talk_again(struct conversation *c, struct nlmsghdr *nlh, struct list *list)
{
	char *answer = xrealloc(NULL, ANSWER_MAX, 1);
	size_t start = list ? list->n : 0;
	unsigned int i;
	int err;

	for (i = 0; i < TRIES; i++) {
		c->interrupted = false;
		nlh->nlmsg_seq = i + 1;
		if (list)
			list_truncate(list, start);
		err = talk(c, answer);
		if (err || !c->interrupted)
			break;
	}
	free(answer);
	return err;
}

/**
 * dump() - send a dump request, again if somebody changed things meanwhile
 * @bus: NETLINK_*
 * @nlh: the request
 * @receive: called for each answer
 * @data: its second argument
 * @list: collects the answers and is cut back before another try, or NULL
 *
 * Return: 0 or a negative errno.
 */
int dump(int bus, struct nlmsghdr *nlh, dump_fn receive, void *data, struct list *list)
{
	struct conversation c = { .request = nlh, .receive = receive, .data = data };
	int err, on = 1;

	c.socket = mnl_socket_open2(bus, SOCK_CLOEXEC);
	if (!c.socket)
		return -errno;
	/* Old kernels without it answer with more than was asked for. */
	mnl_socket_setsockopt(c.socket, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	err = mnl_socket_bind(c.socket, 0, MNL_SOCKET_AUTOPID) ? -errno : talk_again(&c, nlh, list);
	mnl_socket_close(c.socket);
	return err;
}

/**
 * dump_attribute() - an attribute of an answer
 * @nlh: the answer
 * @header: bytes of the header behind the netlink header
 * @type: the attribute
 *
 * Return: the attribute, or NULL.
 */
const struct nlattr *dump_attribute(const struct nlmsghdr *nlh, size_t header, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, header) {
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}

/**
 * dump_nested() - an attribute within another
 * @nest: the outer one, or NULL
 * @type: the inner one
 *
 * Return: the attribute, or NULL.
 */
const struct nlattr *dump_nested(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *attr;

	if (!nest)
		return NULL;
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}
