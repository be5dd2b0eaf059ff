// SPDX-License-Identifier: GPL-2.0-only
/* The object "doctor": dangerous states of this host, each with its remedy. */

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "doctor.h"
#include "finding.h"
#include "print.h"
#include "read.h"

/* As with grep, diff and others: something was found. */
#define EXIT_FOUND EXIT_REFUSED

#define INDENT "    "

/* Columns behind that. */
#define WIDTH 76

/* As many words as fit, but at least one. */
static size_t line_length(const char *words)
{
	size_t length, n = strcspn(words, " ");

	do {
		length = n;
		if (!words[n])
			break;
		n += 1 + strcspn(words + n + 1, " ");
	} while (n <= WIDTH);
	return length;
}

/* A paragraph: text only, for JSON has no lines. */
static void print_paragraph(const char *words)
{
	char line[1024];
	size_t n;

	for (; *words; words += n) {
		words += strspn(words, " ");
		n = line_length(words);
		snprintf(line, sizeof(line), INDENT "%.*s", (int)n, words);
		print_text(line);
		print_line();
	}
}

static void print_finding(const struct finding *finding)
{
	print_record_open();
	print_json("id", finding->id);
	print_only("severity", finding_severity(finding));
	print_text(finding->id);
	print_name("device", finding->device);
	print_line();
	print_paragraph(finding->what);
	print_text(INDENT "remedy:");
	print_text(finding->remedy);
	print_json("what", finding->what);
	print_json("remedy", finding->remedy);
	print_record_close();
}

static void print(const struct list *findings)
{
	size_t i;

	print_document_open();
	print_array_open("findings");
	for (i = 0; i < findings->n; i++)
		print_finding(list_at(findings, i));
	print_array_close();
	print_document_close();
}

static int examine(struct host *host)
{
	struct list findings;
	int err;

	err = read_host(host);
	if (err)
		return err;
	findings_init(&findings);
	check(host, &findings);
	print(&findings);
	err = findings.n ? EXIT_FOUND : EXIT_DONE;
	list_free(&findings);
	return err;
}

static int run(const struct options *options, struct args *args)
{
	struct host host;
	int err;

	err = args_end(args);
	if (err)
		return err;
	host_init(&host, options->netns);
	err = examine(&host);
	host_free(&host);
	return err;
}

static const struct command command = {
	NULL, run,
	"brguardctl doctor\n",
	"Looks for dangerous states of this host, changes nothing, and prints each it finds:\n"
	"  SEVERITY ID DEVICE\n"
	"      what can happen\n"
	"      remedy: the command that ends it\n"
	"SEVERITY is danger or warning. The module need not be loaded. Exit: 0 nothing found,\n"
	"1 something found, or the host cannot be read.\n"
};

const struct object doctor_object = {
	.word = "doctor",
	.command = &command,
	.n = 1,
};
