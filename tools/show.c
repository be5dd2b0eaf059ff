// SPDX-License-Identifier: GPL-2.0-only
/* The object "show": the whole configuration, as apply reads it. */

#include "model.h"
#include "object.h"
#include "print.h"
#include "quote.h"
#include "show.h"
#include "stats.h"

static int fetch(struct ipc *ipc, struct model *model, struct list *stats,
		 const struct options *options)
{
	int err = object_fetch_all(ipc, model);

	if (!err && options->stats)
		err = stats_fetch(ipc, NULL, stats);
	return err;
}

static void print(const struct model *model, const struct list *stats,
		  const struct options *options)
{
	unsigned int i;

	print_document_open();
	for (i = 0; i < KINDS; i++)
		object_print_list(kinds[i], &model->list[i], options,
				  options->stats ? stats : NULL);
	print_document_close();
}

static int show_all(const struct options *options)
{
	struct model model;
	struct list stats;
	struct ipc ipc;
	int err;

	err = ipc_open(&ipc);
	if (err)
		return err;
	model_init(&model);
	stats_list_init(&stats);
	err = fetch(&ipc, &model, &stats, options);
	if (!err)
		print(&model, &stats, options);
	list_free(&stats);
	model_free(&model);
	ipc_close(&ipc);
	return err;
}

static int run(const struct options *options, struct args *args)
{
	const char *word = args_next(args);
	const struct kind *kind;

	if (!word)
		return show_all(options);
	kind = kind_by_object(word);
	if (!kind)
		return report_at(&args->at, "%s: unknown word, expected bridge, port or binding",
				 quoted(word));
	return object_show(kind, options, args);
}

static const struct command command = {
	NULL, run,
	"brguardctl show [bridge [NAME]|port [NAME]|binding [port PORT]]\n",
	"Prints the configuration in the grammar that apply reads, or with -j in JSON, which\n"
	"apply reads as well. -d adds runtime details and -s the counters of ports, both\n"
	"behind a # or in an object \"runtime\", which apply passes over.\n"
};

const struct object show_object = {
	.word = "show",
	.command = &command,
	.n = 1,
};
