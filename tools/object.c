// SPDX-License-Identifier: GPL-2.0-only
/* What bridges, ports and bindings have in common: change, fetch, print. */

#include <stdlib.h>

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#include "binding.h"
#include "object.h"
#include "port.h"
#include "print.h"
#include "stats.h"

static int send_item(const struct kind *kind, uint8_t cmd, const void *item)
{
	struct nlmsghdr *nlh;
	struct ipc ipc;
	int err;

	err = ipc_open(&ipc);
	if (err)
		return err;
	nlh = ipc_request(&ipc, cmd, NLM_F_ACK);
	kind->put(nlh, item);
	err = ipc_talk(&ipc, nlh, NULL, NULL, NULL);
	ipc_close(&ipc);
	return err;
}

/**
 * object_send() - do a command that changes one object
 * @kind: what it is
 * @cmd: the request
 * @grammar: the keywords that the command takes
 * @args: the words behind the command
 *
 * Return: exit code.
 */
int object_send(const struct kind *kind, uint8_t cmd, const struct grammar *grammar,
		struct args *args)
{
	struct list list;
	void *item;
	int err;

	list_init(&list, kind->size, kind->release);
	item = list_add(&list);
	err = grammar_read(grammar, args, item);
	if (!err)
		err = send_item(kind, cmd, item);
	list_free(&list);
	return err;
}

struct collector {
	const struct kind *kind;
	struct list *list;
};

static void collect(const struct nlmsghdr *nlh, void *data)
{
	const struct collector *collector = data;

	if (ipc_command(nlh) == collector->kind->cmd_get)
		collector->kind->get(nlh, list_add(collector->list));
}

/**
 * object_fetch() - ask the kernel for objects
 * @ipc: the conversation
 * @kind: what they are
 * @key: object with the attributes that select, or NULL for all
 * @list: list of @kind->size, gets the answers in the order of printing
 *
 * Return: exit code.
 */
int object_fetch(struct ipc *ipc, const struct kind *kind, const void *key, struct list *list)
{
	struct collector collector = { .kind = kind, .list = list };
	bool one = key && kind->key->named;
	struct nlmsghdr *nlh;
	int err;

	nlh = ipc_request(ipc, kind->cmd_get, one ? NLM_F_ACK : NLM_F_DUMP);
	if (key)
		kind->put(nlh, key);
	if (one)
		err = ipc_talk(ipc, nlh, NULL, collect, &collector);
	else
		err = ipc_dump(ipc, nlh, collect, &collector, list);
	if (list->n)
		qsort(list->items, list->n, list->size, kind->compare);
	return err;
}

static int fetch_once(struct ipc *ipc, struct model *model)
{
	int err = EXIT_DONE;
	unsigned int i;

	for (i = 0; i < KINDS && !err; i++) {
		list_truncate(&model->list[i], 0);
		err = object_fetch(ipc, kinds[i], NULL, &model->list[i]);
	}
	return err;
}

/**
 * object_fetch_all() - ask the kernel for all objects, as they are at one time
 * @ipc: the conversation
 * @model: gets them
 *
 * Return: exit code.
 */
int object_fetch_all(struct ipc *ipc, struct model *model)
{
	unsigned int i;
	int err;

	err = ipc_listen(ipc);
	for (i = 0; i < IPC_TRIES && !err; i++) {
		err = fetch_once(ipc, model);
		if (err || !ipc_changed(ipc))
			return err;
	}
	return err ? err : ipc_keeps_changing();
}

/**
 * object_print() - print an object as the command that makes it
 * @kind: what it is
 * @item: the object
 */
void object_print(const struct kind *kind, const void *item)
{
	print_text(kind->object);
	print_text(kind->command);
	kind->print(item);
}

static void print_runtime(const struct kind *kind, const void *item,
			  const struct options *options, const struct list *stats)
{
	print_runtime_open();
	if (options->details && kind->print_runtime)
		kind->print_runtime(item);
	if (stats && kind == &port_kind)
		stats_print_port(stats, ((const struct port *)item)->name);
	print_runtime_close();
}

/**
 * object_print_list() - print objects, a line or an object of JSON each
 * @kind: what they are
 * @list: the objects
 * @options: what is to be added
 * @stats: counters of all ports, sorted, or NULL
 */
void object_print_list(const struct kind *kind, const struct list *list,
		       const struct options *options, const struct list *stats)
{
	const void *item;
	size_t i;

	print_array_open(kind->plural);
	for (i = 0; i < list->n; i++) {
		item = list_at(list, i);
		print_record_open();
		object_print(kind, item);
		print_runtime(kind, item, options, stats);
		print_record_close();
	}
	print_array_close();
}

/* A dump tells a port without bindings and no port at all not apart. */
static int check_port(struct ipc *ipc, const char *name)
{
	struct nlmsghdr *nlh = ipc_request(ipc, BRGUARD_CMD_PORT_GET, NLM_F_ACK);

	mnl_attr_put_strz(nlh, BRGUARD_A_PORT_NAME, name);
	return ipc_talk(ipc, nlh, NULL, NULL, NULL);
}

static int show_items(const struct kind *kind, const struct options *options, const void *key)
{
	struct list list, stats;
	struct ipc ipc;
	int err;

	err = ipc_open(&ipc);
	if (err)
		return err;
	list_init(&list, kind->size, kind->release);
	stats_list_init(&stats);
	err = object_fetch(&ipc, kind, key, &list);
	if (!err && key && !list.n && kind == &binding_kind)
		err = check_port(&ipc, ((const struct binding *)key)->port);
	if (!err && options->stats && kind == &port_kind)
		err = stats_fetch(&ipc, NULL, &stats);
	if (!err) {
		print_document_open();
		object_print_list(kind, &list, options, options->stats ? &stats : NULL);
		print_document_close();
	}
	list_free(&stats);
	list_free(&list);
	ipc_close(&ipc);
	return err;
}

/**
 * object_show() - print the objects of one kind
 * @kind: what they are
 * @options: form of the output
 * @args: the words behind "show", which may select some
 *
 * Return: exit code.
 */
int object_show(const struct kind *kind, const struct options *options, struct args *args)
{
	struct list list;
	void *key = NULL;
	int err = EXIT_DONE;

	list_init(&list, kind->size, kind->release);
	if (args_left(args)) {
		key = list_add(&list);
		err = grammar_read(kind->key, args, key);
	}
	if (!err)
		err = show_items(kind, options, key);
	list_free(&list);
	return err;
}
