// SPDX-License-Identifier: GPL-2.0-only
/* The object "suggest": the bindings that would end what audit mode reports. */

#include <stdlib.h>
#include <string.h>

#include "binding.h"
#include "object.h"
#include "port.h"
#include "print.h"
#include "rival.h"
#include "stats.h"
#include "suggest.h"
#include "value.h"
#include "wish.h"

/* Only the words of refusals come from here: stats_read_port() reads the user's. */
static const struct keyword keywords[] = {
	{ "port", KEYWORD_WORD, BRGUARD_A_SUGGEST_PORT, NULL, NULL, grammar_text_name },
};

const struct grammar suggest_grammar = {
	.object = "suggest",
	.n = 1,
	.keyword = keywords,
};

/**
 * struct conflict - a binding that the kernel would refuse
 * @binding: the binding
 * @wish: one of those in it
 */
struct conflict {
	struct binding binding;
	const struct wish *wish;
};

/**
 * struct suggestion - what is printed
 * @ports: list of struct port, to be made
 * @bindings: list of struct binding
 * @conflicts: list of struct conflict
 */
struct suggestion {
	struct list ports;
	struct list bindings;
	struct list conflicts;
};

static void suggestion_init(struct suggestion *s)
{
	list_init(&s->ports, sizeof(struct port), NULL);
	list_init(&s->bindings, sizeof(struct binding), binding_release);
	list_init(&s->conflicts, sizeof(struct conflict), binding_release);
}

static void suggestion_free(struct suggestion *s)
{
	list_free(&s->ports);
	list_free(&s->bindings);
	list_free(&s->conflicts);
}

static void start_binding(struct binding *binding, const struct wish *wish)
{
	binding->port = wish->port;
	binding->vlan = wish->vlan;
	memcpy(binding->mac, wish->mac, MAC_BYTES);
}

/* A line for those that differ in the address only. Return: how many. */
static size_t add_line(struct suggestion *s, const struct list *wishes, size_t first)
{
	const struct wish *wish = list_at(wishes, first);
	struct binding *binding;
	struct conflict *conflict;
	size_t i;

	if (wish_is_free(wish)) {
		binding = list_add(&s->bindings);
	} else {
		conflict = list_add(&s->conflicts);
		conflict->wish = wish;
		binding = &conflict->binding;
	}
	start_binding(binding, wish);
	for (i = first; i < wishes->n && wish_same_line(wish, list_at(wishes, i)); i++) {
		const struct prefix *ip = &((const struct wish *)list_at(wishes, i))->ip;

		if (ip->bytes)
			*binding_add_prefix(binding) = *ip;
	}
	return i - first;
}

/* A port is made only for a binding. */
static void add_port(struct suggestion *s, const struct wish *wish)
{
	const struct binding *last;

	if (!wish->settings || !s->bindings.n)
		return;
	last = list_at(&s->bindings, s->bindings.n - 1);
	if (!strcmp(last->port, wish->port))
		*(struct port *)list_add(&s->ports) = *wish->settings;
}

/* What is said of a port itself comes first of it, and is dealt with last. */
static void make_suggestion(struct suggestion *s, const struct list *wishes)
{
	const struct wish *wish, *head = NULL;
	size_t i = 0;

	while (i < wishes->n) {
		wish = list_at(wishes, i);
		if (head && strcmp(head->port, wish->port)) {
			add_port(s, head);
			head = NULL;
		}
		if (wish->bound) {
			i += add_line(s, wishes, i);
			continue;
		}
		head = wish;
		i++;
	}
	if (head)
		add_port(s, head);
}

static void print_conflict(const struct conflict *conflict)
{
	const struct wish *wish = conflict->wish;

	print_record_open();
	print_text(wish->owner ? "# bound on port" : "# wanted on port");
	print_text_name(wish->owner ? wish->owner : wish->rival);
	print_text(wish->owner ? "already:" : "as well:");
	object_print(&binding_kind, &conflict->binding);
	print_json(wish->owner ? "bound-on" : "wanted-on",
		   wish->owner ? wish->owner : wish->rival);
	print_record_close();
}

static void print_more(const struct wish *wish)
{
	print_record_open();
	print_text("#");
	print_string("port", wish->port);
	print_count("frames", wish->more);
	print_text("more frames, what they need was not remembered");
	print_record_close();
}

static bool has_more(const struct list *wishes)
{
	size_t i;

	for (i = 0; i < wishes->n; i++) {
		if (((const struct wish *)list_at(wishes, i))->more)
			return true;
	}
	return false;
}

/* What apply passes over. */
static void print_remarks(const struct suggestion *s, const struct list *wishes)
{
	const struct wish *wish;
	size_t i;

	if (!s->conflicts.n && !has_more(wishes))
		return;
	print_object_open("runtime");
	print_array_open("conflicts");
	for (i = 0; i < s->conflicts.n; i++)
		print_conflict(list_at(&s->conflicts, i));
	print_array_close();
	print_array_open("more");
	for (i = 0; i < wishes->n; i++) {
		wish = list_at(wishes, i);
		if (wish->more)
			print_more(wish);
	}
	print_array_close();
	print_object_close();
}

static void print(struct list *wishes, const struct options *options)
{
	struct suggestion s;

	suggestion_init(&s);
	wish_sort(wishes);
	make_suggestion(&s, wishes);
	print_document_open();
	object_print_list(&port_kind, &s.ports, options, NULL);
	object_print_list(&binding_kind, &s.bindings, options, NULL);
	print_remarks(&s, wishes);
	print_document_close();
	suggestion_free(&s);
}

/* Those that are configured, and those that would have to be. */
static void complete_ports(struct list *ports, const struct list *wishes)
{
	const struct wish *wish;
	size_t i;

	for (i = 0; i < wishes->n; i++) {
		wish = list_at(wishes, i);
		if (wish->settings)
			*(struct port *)list_add(ports) = *wish->settings;
	}
	if (ports->n)
		qsort(ports->items, ports->n, ports->size, port_kind.compare);
}

/* Rivals of one port's wishes are among those of all. */
static int fetch(struct ipc *ipc, const char *port, struct list *wishes)
{
	struct list all, ports;
	int err;

	wish_list_init(&all);
	list_init(&ports, port_kind.size, port_kind.release);
	err = wish_fetch(ipc, port, wishes);
	if (!err)
		err = object_fetch(ipc, &port_kind, NULL, &ports);
	if (!err && port)
		err = wish_fetch(ipc, NULL, &all);
	if (!err) {
		complete_ports(&ports, port ? &all : wishes);
		rival_find(port ? &all : wishes, &ports, wishes);
	}
	list_free(&ports);
	list_free(&all);
	return err;
}

static int run(const struct options *options, struct args *args)
{
	char name[BRGUARD_PORT_NAME_MAX + 1] = "";
	struct list wishes;
	struct ipc ipc;
	int err = EXIT_DONE;

	if (args_accept(args, "port"))
		err = stats_read_port(args, name, sizeof(name));
	if (!err)
		err = args_end(args);
	if (!err)
		err = ipc_open(&ipc);
	if (err)
		return err;

	wish_list_init(&wishes);
	err = fetch(&ipc, *name ? name : NULL, &wishes);
	if (!err)
		print(&wishes, options);
	list_free(&wishes);
	ipc_close(&ipc);
	return err;
}

static const struct command command = {
	NULL, run,
	"brguardctl suggest [port PORT]\n",
	"Prints the bindings that would end what audit mode counted so far, in the grammar that\n"
	"apply reads, or with -j in JSON; nothing if none is missing. A port that only a\n"
	"template or its bridge's new-port makes a guest is made first. Behind a # stands what\n"
	"could not be bound: what another port has already, what another port wants as well,\n"
	"and how many frames there were beyond what is remembered.\n"
	"Read it before you apply it: what a guest sends is no proof that it may.\n"
};

const struct object suggest_object = {
	.word = "suggest",
	.command = &command,
	.n = 1,
};
