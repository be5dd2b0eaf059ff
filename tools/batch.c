// SPDX-License-Identifier: GPL-2.0-only
/*
 * All objects of a configuration, many in one sendmsg() and none of them
 * acknowledged. Bindings that stand together and are of one port are packed into
 * one request. The kernel handles a batch before sendmsg() returns, so that
 * its refusals are there to be read then, in the order of the requests; the
 * first one ends it all. If there are too many for the socket, the later ones
 * are lost (ENOBUFS), which nobody misses.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "batch.h"
#include "binding.h"
#include "record.h"
#include "refusal.h"
#include "socket.h"

#define BATCH_MAX (256 * 1024)
/* A full request of records, and what stands around them. */
#define RECORDS_BYTES (BRGUARD_RECORDS_MAX * sizeof(struct brguard_record) + 512)

/**
 * struct sent - a request of a batch
 * @kind: what its objects are
 * @first: the first one, in the list of its kind
 * @records: offset of the records in the request, 0 if it is of one object
 * @n: objects
 */
struct sent {
	const struct kind *kind;
	size_t first;
	uint32_t records;
	uint32_t n;
};

/**
 * struct batch - requests on their way
 * @ipc: the conversation
 * @model: the objects
 * @first: sequence number of the first request in @buffer
 * @sent: list of struct sent, the requests in @buffer
 * @requests: how many there were in all
 * @buffer: requests that were not sent yet
 * @used: their bytes
 */
struct batch {
	struct ipc *ipc;
	const struct model *model;
	uint32_t first;
	struct list sent;
	size_t requests;
	char *buffer;
	size_t used;
};

static const struct list *list_of(const struct batch *batch, const struct kind *kind)
{
	unsigned int i = 0;

	while (kinds[i] != kind)
		i++;
	return &batch->model->list[i];
}

/* A request is made again for one object, to find in it what the kernel points to. */
static void refused(struct batch *batch, const struct nlmsghdr *nlh)
{
	uint32_t offset = refusal_offset(nlh), n = nlh->nlmsg_seq - batch->first;
	const struct nlattr *attr;
	const struct sent *sent;
	struct nlmsghdr *request;
	const void *item;
	uint32_t i = 0;

	if (n >= batch->sent.n)
		return;
	sent = list_at(&batch->sent, n);
	if (sent->records && offset >= sent->records)
		i = (offset - sent->records) / sizeof(struct brguard_record);
	if (i >= sent->n)
		return;
	item = list_at(list_of(batch, sent->kind), sent->first + i);
	request = ipc_request(batch->ipc, sent->kind->cmd_set, 0);
	sent->kind->put(request, item);
	if (sent->records && offset >= sent->records) {
		attr = record_attribute(request, (offset - sent->records) %
					sizeof(struct brguard_record));
		offset = attr ? (const char *)attr - (const char *)request : 0;
	}
	refusal_report_at(item, request, nlh, offset);
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

static int failed_to_send(int err)
{
	report("cannot send to the kernel: %s", strerror(-err));
	return EXIT_REFUSED;
}

static int flush(struct batch *batch)
{
	int err;

	if (!batch->used)
		return EXIT_DONE;
	err = socket_send(batch->ipc->socket, batch->buffer, batch->used);
	batch->used = 0;
	batch->requests += batch->sent.n;
	if (!err)
		err = read_answers(batch);
	else
		err = failed_to_send(err);
	batch->first += batch->sent.n;
	list_truncate(&batch->sent, 0);
	return err;
}

/* Starts a request for which there may have to be room. */
static int start(struct batch *batch, const struct kind *kind, size_t first, size_t room,
		 struct nlmsghdr **nlh)
{
	struct sent *sent;
	int err = EXIT_DONE;

	if (batch->used + room > BATCH_MAX)
		err = flush(batch);
	if (err)
		return err;
	*nlh = ipc_message(batch->ipc, batch->buffer + batch->used, kind->cmd_set, 0);
	sent = list_add(&batch->sent);
	sent->kind = kind;
	sent->first = first;
	sent->n = 1;
	return EXIT_DONE;
}

static int add(struct batch *batch, const struct kind *kind, const struct list *list, size_t i)
{
	struct nlmsghdr *nlh;
	int err;

	err = start(batch, kind, i, IPC_MESSAGE_MAX, &nlh);
	if (err)
		return err;
	kind->put(nlh, list_at(list, i));
	batch->used += MNL_ALIGN(nlh->nlmsg_len);
	return EXIT_DONE;
}

static int add_list(struct batch *batch, const struct kind *kind, const struct list *list)
{
	int err = EXIT_DONE;
	size_t i;

	for (i = 0; i < list->n && !err; i++)
		err = add(batch, kind, list, i);
	return err;
}

/* How many bindings from the first one on can be packed into one request. */
static size_t count_records(const struct list *list, size_t first)
{
	const struct binding *binding = list_at(list, first);
	const char *port = binding->port;
	size_t n = 0;

	for (; first + n < list->n && n < BRGUARD_RECORDS_MAX; n++, binding++) {
		if (binding->port != port || !record_fits(binding))
			break;
	}
	return n;
}

static int add_records(struct batch *batch, const struct list *list, size_t first, size_t n)
{
	struct brguard_record *record;
	const struct binding *binding;
	struct nlmsghdr *nlh;
	struct nlattr *nest;
	struct sent *sent;
	size_t i;
	int err;

	err = start(batch, &binding_kind, first, RECORDS_BYTES, &nlh);
	if (err)
		return err;
	binding = list_at(list, first);
	mnl_attr_put_strz(nlh, BRGUARD_A_BINDING_PORT, binding->port);
	nest = mnl_nlmsg_get_payload_tail(nlh);
	nest->nla_type = BRGUARD_A_BINDING_RECORDS;
	nest->nla_len = MNL_ATTR_HDRLEN + n * sizeof(*record);
	record = mnl_attr_get_payload(nest);
	for (i = 0; i < n; i++)
		record_pack(&record[i], &binding[i]);
	nlh->nlmsg_len += MNL_ALIGN(nest->nla_len);
	batch->used += MNL_ALIGN(nlh->nlmsg_len);

	sent = list_at(&batch->sent, batch->sent.n - 1);
	sent->records = (char *)record - (char *)nlh;
	sent->n = n;
	return EXIT_DONE;
}

static int add_bindings(struct batch *batch, const struct list *list)
{
	int err = EXIT_DONE;
	size_t i, n;

	for (i = 0; i < list->n && !err; i += n) {
		n = count_records(list, i);
		if (n > 1)
			err = add_records(batch, list, i, n);
		else
			err = add(batch, &binding_kind, list, i);
		n = n > 1 ? n : 1;
	}
	return err;
}

/**
 * batch_send() - send all objects: bridges, ports, bindings
 * @ipc: the conversation, with an open transaction
 * @model: the objects
 * @requests: gets the number of requests
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message about the first one that
 * the kernel refused.
 */
int batch_send(struct ipc *ipc, const struct model *model, size_t *requests)
{
	struct batch batch = { .ipc = ipc, .model = model, .first = ipc->sequence + 1 };
	int err = EXIT_DONE;
	unsigned int i;

	list_init(&batch.sent, sizeof(struct sent), NULL);
	batch.buffer = xrealloc(NULL, BATCH_MAX, 1);
	for (i = 0; i < KINDS && !err; i++) {
		if (i == KIND_BINDING)
			err = add_bindings(&batch, &model->list[i]);
		else
			err = add_list(&batch, kinds[i], &model->list[i]);
	}
	if (!err)
		err = flush(&batch);
	*requests = batch.requests;
	free(batch.buffer);
	list_free(&batch.sent);
	return err;
}
