// SPDX-License-Identifier: GPL-2.0-only
/* The object "stats", and the counters that "show -s" adds to ports. */

#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "print.h"
#include "quote.h"
#include "stats.h"
#include "value.h"

static const char *parse_port(void *item, const char *value)
{
	struct stats *stats = item;

	return name_parse(value, stats->port, sizeof(stats->port));
}

static const struct keyword keywords[] = {
	{ "port", KEYWORD_WORD, BRGUARD_A_STATS_PORT, NULL, parse_port, grammar_text_name },
};

const struct grammar stats_grammar = {
	.object = "stats",
	.n = 1,
	.keyword = keywords,
};

/**
 * stats_list_init() - make an empty list of struct stats
 * @list: the list
 */
void stats_list_init(struct list *list)
{
	list_init(list, sizeof(struct stats), NULL);
}

static void get_count(struct stats *stats, const struct nlattr *nest)
{
	uint64_t reason = STATS_REASONS, dropped = 0, audited = 0;
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case BRGUARD_A_COUNT_REASON:
			reason = number_get(attr);
			break;
		case BRGUARD_A_COUNT_DROPPED:
			dropped = number_get(attr);
			break;
		case BRGUARD_A_COUNT_AUDITED:
			audited = number_get(attr);
			break;
		}
	}
	if (reason >= STATS_REASONS)
		return;
	stats->dropped[reason] = dropped;
	stats->audited[reason] = audited;
}

static void get_attribute(struct stats *stats, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case BRGUARD_A_STATS_PORT:
		name_get(attr, stats->port, sizeof(stats->port));
		break;
	case BRGUARD_A_STATS_COUNT:
		get_count(stats, attr);
		break;
	case BRGUARD_A_STATS_EVENTS:
		stats->events = number_get(attr);
		break;
	case BRGUARD_A_STATS_SUPPRESSED:
		stats->suppressed = number_get(attr);
		break;
	case BRGUARD_A_STATS_PRUNED:
		stats->pruned = number_get(attr);
		break;
	}
}

static void collect(const struct nlmsghdr *nlh, void *data)
{
	struct stats *stats = list_add(data);
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		get_attribute(stats, attr);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct stats *)a)->port, ((const struct stats *)b)->port);
}

/**
 * stats_fetch() - ask the kernel for counters
 * @ipc: the conversation
 * @port: the port, or NULL for all
 * @list: gets the answers, in the order of names
 *
 * Return: exit code.
 */
int stats_fetch(struct ipc *ipc, const char *port, struct list *list)
{
	struct nlmsghdr *nlh;
	int err;

	nlh = ipc_request(ipc, BRGUARD_CMD_STATS_GET, port ? NLM_F_ACK : NLM_F_DUMP);
	if (port) {
		mnl_attr_put_strz(nlh, BRGUARD_A_STATS_PORT, port);
		err = ipc_talk(ipc, nlh, NULL, collect, list);
	} else {
		err = ipc_dump(ipc, nlh, collect, list, list);
	}
	if (list->n)
		qsort(list->items, list->n, list->size, compare);
	return err;
}

static int stats_reset(struct ipc *ipc, const char *port)
{
	struct nlmsghdr *nlh = ipc_request(ipc, BRGUARD_CMD_STATS_RESET, NLM_F_ACK);

	if (port)
		mnl_attr_put_strz(nlh, BRGUARD_A_STATS_PORT, port);
	return ipc_talk(ipc, nlh, NULL, NULL, NULL);
}

static void print_reason(const struct stats *stats, unsigned int reason)
{
	const char *word = words_name(&reason_words, reason);

	print_text(word);
	print_object_open(word);
	print_number("dropped", stats->dropped[reason]);
	print_number("audited", stats->audited[reason]);
	print_object_close();
}

/* In text each reason has a line of its own, or all stand on one. */
static void print_counters(const struct stats *stats, bool lines)
{
	unsigned int i;

	print_number("events", stats->events);
	print_number("suppressed", stats->suppressed);
	if (stats->pruned)
		print_number("pruned", stats->pruned);
	print_object_open("reasons");
	for (i = 0; i < STATS_REASONS; i++) {
		if (!stats->dropped[i] && !stats->audited[i])
			continue;
		if (lines) {
			print_line();
			print_text("port");
			print_text_name(stats->port);
		}
		print_reason(stats, i);
	}
	print_object_close();
}

/**
 * stats_print_port() - print the counters of a port behind its line
 * @list: counters of all ports, in the order of names
 * @port: the port
 */
void stats_print_port(const struct list *list, const char *port)
{
	const struct stats *stats = NULL;
	struct stats key = { 0 };

	name_parse(port, key.port, sizeof(key.port));
	if (list->n)
		stats = bsearch(&key, list->items, list->n, list->size, compare);
	if (stats)
		print_counters(stats, false);
}

static void print_list(const struct list *list)
{
	const struct stats *stats;
	size_t i;

	print_document_open();
	print_array_open("stats");
	for (i = 0; i < list->n; i++) {
		stats = list_at(list, i);
		print_record_open();
		print_string("port", stats->port);
		print_counters(stats, true);
		print_record_close();
	}
	print_array_close();
	print_document_close();
}

static int stats_show(struct ipc *ipc, const char *port)
{
	struct list list;
	int err;

	stats_list_init(&list);
	err = stats_fetch(ipc, port, &list);
	if (!err)
		print_list(&list);
	list_free(&list);
	return err;
}

/**
 * stats_read_port() - read the name behind the word "port"
 * @args: the words, from the name on
 * @name: result
 * @size: bytes of @name
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int stats_read_port(struct args *args, char *name, size_t size)
{
	const char *word = args_next(args);
	const char *why;

	if (!word)
		return report_at(&args->at, "\"port\": a value is missing behind it");
	why = name_parse(word, name, size);
	return why ? report_at(&args->at, "port %s: %s", quoted(word), why) : EXIT_DONE;
}

static int run(const struct options *options, struct args *args)
{
	char name[BRGUARD_PORT_NAME_MAX + 1] = "";
	struct ipc ipc;
	bool reset;
	int err = 0;

	(void)options;
	if (args_accept(args, "port"))
		err = stats_read_port(args, name, sizeof(name));
	reset = !err && args_accept(args, "reset");
	if (!err)
		err = args_end(args);
	if (!err)
		err = ipc_open(&ipc);
	if (err)
		return err;

	err = (reset ? stats_reset : stats_show)(&ipc, *name ? name : NULL);
	ipc_close(&ipc);
	return err;
}

static const struct command command = {
	NULL, run,
	"brguardctl stats [port PORT] [reset]\n",
	"Prints what was counted, a line for each port and one for each reason with a count:\n"
	"  port PORT events N suppressed N [pruned N]\n"
	"  port PORT REASON dropped N audited N\n"
	"events were reported one by one, suppressed only counted. pruned are questions\n"
	"that arp-scope kept from the port. With reset: sets the counters to 0, forgets what\n"
	"suggest would say, and prints nothing.\n"
};

const struct object stats_object = {
	.word = "stats",
	.command = &command,
	.n = 1,
};
