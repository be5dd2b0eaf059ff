// SPDX-License-Identifier: GPL-2.0-only
/* Requests and answers: generic netlink, family brguard. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "ipc.h"
#include "refusal.h"
#include "socket.h"
#include "value.h"

/* exchange(): answered to the end, but the configuration changed meanwhile. */
#define INTERRUPTED (-1)

const char *const ipc_groups[IPC_GROUPS] = {
	[IPC_VIOLATION] = BRGUARD_MCGRP_VIOLATION,
	[IPC_WATCH] = BRGUARD_MCGRP_WATCH,
	[IPC_CONFIG] = BRGUARD_MCGRP_CONFIG,
};

/**
 * ipc_message() - start a request
 * @ipc: the conversation
 * @buffer: room for it
 * @cmd: the command
 * @flags: NLM_F_* beside NLM_F_REQUEST
 *
 * Return: the message, with its own sequence number.
 */
struct nlmsghdr *ipc_message(struct ipc *ipc, void *buffer, uint8_t cmd, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = ipc->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++ipc->sequence;
	genl->cmd = cmd;
	genl->version = BRGUARD_FAMILY_VERSION;
	return nlh;
}

/**
 * ipc_request() - start the one request of a command
 * @ipc: the conversation
 * @cmd: the command
 * @flags: NLM_F_* beside NLM_F_REQUEST
 *
 * Return: the message, valid until the next one.
 */
struct nlmsghdr *ipc_request(struct ipc *ipc, uint8_t cmd, uint16_t flags)
{
	return ipc_message(ipc, ipc->request, cmd, flags);
}

/**
 * ipc_command() - what a message of the module is
 * @nlh: the message
 *
 * Return: enum brguard_cmd, or 0.
 */
uint8_t ipc_command(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	return mnl_nlmsg_get_payload_len(nlh) >= sizeof(*genl) ? genl->cmd : 0;
}

/* A request on its way. */
struct exchange {
	const struct nlmsghdr *request;
	const struct where *at;
	ipc_receive_fn receive;
	void *data;
	bool interrupted;
};

static int finish(const struct exchange *x, const struct nlmsghdr *nlh)
{
	if (!refusal_error(nlh))
		return x->interrupted ? INTERRUPTED : EXIT_DONE;
	refusal_report(x->at, x->request, nlh);
	return EXIT_REFUSED;
}

/* Answers of one datagram: -EAGAIN if more are to come. */
static int handle(struct exchange *x, const struct nlmsghdr *nlh, int size)
{
	for (; mnl_nlmsg_ok(nlh, size); nlh = mnl_nlmsg_next(nlh, &size)) {
		if (nlh->nlmsg_seq != x->request->nlmsg_seq)
			continue;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			x->interrupted = true;
		if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
			return finish(x, nlh);
		if (nlh->nlmsg_type == x->request->nlmsg_type && x->receive)
			x->receive(nlh, x->data);
	}
	return -EAGAIN;
}

static int failed(const char *what, int err)
{
	report("%s: %s", what, strerror(-err));
	return EXIT_REFUSED;
}

static int exchange(struct ipc *ipc, struct exchange *x)
{
	ssize_t n;
	int err;

	err = socket_send(ipc->socket, x->request, x->request->nlmsg_len);
	if (err)
		return failed("cannot send to the kernel", err);

	do {
		n = socket_receive(ipc->socket, ipc->answer, IPC_RECEIVE_MAX, true);
		if (n < 0)
			return failed("cannot receive from the kernel", n);
		err = handle(x, (struct nlmsghdr *)ipc->answer, n);
	} while (err == -EAGAIN);
	return err;
}

/**
 * ipc_talk() - send a request and handle its answers
 * @ipc: the conversation
 * @nlh: the request, with NLM_F_ACK
 * @at: where the user wrote it, or NULL
 * @receive: called for each answer, or NULL
 * @data: its second argument
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int ipc_talk(struct ipc *ipc, const struct nlmsghdr *nlh, const struct where *at,
	     ipc_receive_fn receive, void *data)
{
	struct exchange x = { .request = nlh, .at = at, .receive = receive, .data = data };

	return exchange(ipc, &x);
}

/**
 * ipc_dump() - send a dump request, again if the configuration changed meanwhile
 * @ipc: the conversation
 * @nlh: the request, with NLM_F_DUMP
 * @receive: called for each answer
 * @data: its second argument
 * @list: collects the answers; cut back before another try
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int ipc_dump(struct ipc *ipc, struct nlmsghdr *nlh, ipc_receive_fn receive, void *data,
	     struct list *list)
{
	size_t start = list->n;
	unsigned int i;
	int err;

	for (i = 0; i < IPC_TRIES; i++) {
		struct exchange x = { .request = nlh, .receive = receive, .data = data };

		err = exchange(ipc, &x);
		if (err != INTERRUPTED)
			return err;
		list_truncate(list, start);
		nlh->nlmsg_seq = ++ipc->sequence;
	}
	return ipc_keeps_changing();
}

/**
 * ipc_keeps_changing() - give up after IPC_TRIES
 *
 * Return: EXIT_REFUSED, after a message.
 */
int ipc_keeps_changing(void)
{
	report("the configuration keeps changing while it is read");
	return EXIT_REFUSED;
}

/**
 * ipc_listen() - hear of changes of the configuration from now on
 * @ipc: the conversation
 *
 * The module tells of each before anybody can read what it has changed.
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message. Who may not listen may not read
 * either, and is told so when he does.
 */
int ipc_listen(struct ipc *ipc)
{
	int err;

	ipc->listener = socket_open();
	if (!ipc->listener)
		return failed("cannot open a netlink socket", -errno);
	err = socket_join(ipc->listener, ipc->group[IPC_CONFIG]);
	return err && err != -EPERM ? failed("cannot listen to changes", err) : EXIT_DONE;
}

/**
 * ipc_changed() - has the configuration changed since the last time, or ipc_listen()?
 * @ipc: the conversation
 *
 * Return: true if it has, or may have.
 */
bool ipc_changed(struct ipc *ipc)
{
	bool changed = false;
	ssize_t n;

	do {
		n = socket_receive(ipc->listener, ipc->answer, IPC_RECEIVE_MAX, false);
		changed |= n != -EAGAIN;
	} while (n >= 0 || n == -ENOBUFS);
	return changed;
}

static void family_group(const struct nlattr *nest, struct ipc *ipc)
{
	const struct nlattr *attr;
	uint32_t number = 0;
	char name[16] = "";
	unsigned int i;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
			name_get(attr, name, sizeof(name));
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			number = number_get(attr);
	}
	for (i = 0; i < IPC_GROUPS; i++) {
		if (!strcmp(name, ipc_groups[i]))
			ipc->group[i] = number;
	}
}

static bool family_is_ours(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;
	char name[16] = "";

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_NAME)
			name_get(attr, name, sizeof(name));
	}
	return !strcmp(name, BRGUARD_FAMILY_NAME);
}

static void family_receive(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *group;
	struct ipc *ipc = data;

	if (!family_is_ours(nlh))
		return;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_ID:
			ipc->family = number_get(attr);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			mnl_attr_for_each_nested(group, attr)
				family_group(group, ipc);
			break;
		}
	}
}

/* All families are asked for: the kernel would load a module to answer for one by name. */
static int family_resolve(struct ipc *ipc)
{
	struct nlmsghdr *nlh = ipc_request(ipc, CTRL_CMD_GETFAMILY, NLM_F_DUMP);
	struct list nothing;
	int err;

	nlh->nlmsg_type = GENL_ID_CTRL;
	list_init(&nothing, 1, NULL);
	err = ipc_dump(ipc, nlh, family_receive, ipc, &nothing);
	if (err || ipc->family)
		return err;
	report("the brguard module is not loaded (modprobe brguard)");
	return EXIT_NO_MODULE;
}

/**
 * ipc_open() - start to talk to the module
 * @ipc: the conversation
 *
 * Return: EXIT_DONE, or after a message EXIT_REFUSED or EXIT_NO_MODULE; then
 * there is nothing to close.
 */
int ipc_open(struct ipc *ipc)
{
	int err;

	memset(ipc, 0, sizeof(*ipc));
	ipc->socket = socket_open();
	if (!ipc->socket)
		return failed("cannot open a netlink socket", -errno);

	ipc->request = xrealloc(NULL, IPC_MESSAGE_MAX, 1);
	ipc->answer = xrealloc(NULL, IPC_RECEIVE_MAX, 1);
	err = family_resolve(ipc);
	if (err)
		ipc_close(ipc);
	return err;
}

/**
 * ipc_close() - stop talking; an open transaction is dropped
 * @ipc: the conversation
 */
void ipc_close(struct ipc *ipc)
{
	if (ipc->listener)
		socket_close(ipc->listener);
	socket_close(ipc->socket);
	free(ipc->request);
	free(ipc->answer);
}
