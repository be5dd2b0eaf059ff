// SPDX-License-Identifier: GPL-2.0-only
/*
 * All objects of a configuration, many in one sendmsg() and none of them
 * acknowledged. The kernel handles a batch before sendmsg() returns, so that
 * its refusals are there to be read then, in the order of the requests; the
 * first one ends it all. If there are too many for the socket, the later ones
 * are lost (ENOBUFS), which nobody misses.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "batch.h"
#include "refusal.h"
#include "socket.h"

#define BATCH_MAX (128 * 1024)

/**
 * struct batch - requests on their way
 * @ipc: the conversation
 * @model: the objects
 * @first: sequence number of the first object
 * @buffer: requests that were not sent yet
 * @used: their bytes
 */
struct batch {
	struct ipc *ipc;
	const struct model *model;
	uint32_t first;
	char *buffer;
	size_t used;
};

/* The object that a request was about. */
static const void *find_item(const struct batch *batch, uint32_t sequence,
			     const struct kind **kind)
{
	uint32_t n = sequence - batch->first;
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		*kind = kinds[i];
		if (n < batch->model->list[i].n)
			return list_at(&batch->model->list[i], n);
		n -= batch->model->list[i].n;
	}
	return NULL;
}

/* The request is made again, to find in it what the kernel points to. */
static void refused(struct batch *batch, const struct nlmsghdr *nlh)
{
	const struct kind *kind;
	struct nlmsghdr *request;
	const void *item;

	item = find_item(batch, nlh->nlmsg_seq, &kind);
	if (!item)
		return;
	request = ipc_request(batch->ipc, kind->cmd_set, 0);
	kind->put(request, item);
	refusal_report(item, request, nlh);
}

static int check_answers(struct batch *batch, const struct nlmsghdr *nlh, int size)
{
	for (; mnl_nlmsg_ok(nlh, size); nlh = mnl_nlmsg_next(nlh, &size)) {
		if (nlh->nlmsg_type != NLMSG_ERROR || !refusal_error(nlh))
			continue;
		refused(batch, nlh);
		return EXIT_REFUSED;
	}
	return EXIT_DONE;
}

static int read_answers(struct batch *batch)
{
	struct ipc *ipc = batch->ipc;
	int err = EXIT_DONE;
	ssize_t n;

	while (!err) {
		n = socket_receive(ipc->socket, ipc->answer, IPC_RECEIVE_MAX, false);
		if (n == -EAGAIN)
			break;
		if (n == -ENOBUFS)
			continue;
		if (n < 0) {
			report("cannot receive from the kernel: %s", strerror(-n));
			return EXIT_REFUSED;
		}
		err = check_answers(batch, (struct nlmsghdr *)ipc->answer, n);
	}
	return err;
}

static int flush(struct batch *batch)
{
	int err;

	if (!batch->used)
		return EXIT_DONE;
	err = socket_send(batch->ipc->socket, batch->buffer, batch->used);
	batch->used = 0;
	if (!err)
		return read_answers(batch);
	report("cannot send to the kernel: %s", strerror(-err));
	return EXIT_REFUSED;
}

static int add(struct batch *batch, const struct kind *kind, const void *item)
{
	struct nlmsghdr *nlh;
	int err = EXIT_DONE;

	if (batch->used + IPC_MESSAGE_MAX > BATCH_MAX)
		err = flush(batch);
	if (err)
		return err;
	nlh = ipc_message(batch->ipc, batch->buffer + batch->used, kind->cmd_set, 0);
	kind->put(nlh, item);
	batch->used += MNL_ALIGN(nlh->nlmsg_len);
	return EXIT_DONE;
}

static int add_list(struct batch *batch, const struct kind *kind, const struct list *list)
{
	int err = EXIT_DONE;
	size_t i;

	for (i = 0; i < list->n && !err; i++)
		err = add(batch, kind, list_at(list, i));
	return err;
}

/**
 * batch_send() - send all objects: bridges, ports, bindings
 * @ipc: the conversation, with an open transaction
 * @model: the objects
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message about the first one that
 * the kernel refused.
 */
int batch_send(struct ipc *ipc, const struct model *model)
{
	struct batch batch = { .ipc = ipc, .model = model, .first = ipc->sequence + 1 };
	int err = EXIT_DONE;
	unsigned int i;

	batch.buffer = xrealloc(NULL, BATCH_MAX, 1);
	for (i = 0; i < KINDS && !err; i++)
		err = add_list(&batch, kinds[i], &model->list[i]);
	if (!err)
		err = flush(&batch);
	free(batch.buffer);
	return err;
}
