// SPDX-License-Identifier: GPL-2.0-only
/* The object "explain": frames from the command line or from a capture. */

#include <string.h>

#include "capture.h"
#include "explain.h"
#include "hex.h"
#include "question.h"
#include "quote.h"
#include "value.h"

/* For refusals only: the words are not read by it, as a frame is many of them. */
static const struct keyword keywords[] = {
	{ "port", KEYWORD_WORD, BRGUARD_A_EXPLAIN_PORT, NULL, NULL, grammar_text_name },
};

const struct grammar explain_grammar = {
	.object = "port",
	.named = true,
	.n = 1,
	.keyword = keywords,
};

static int explain_hex(struct question *question, struct args *args)
{
	struct list bytes;
	int err;

	list_init(&bytes, 1, NULL);
	err = hex_read(args, &bytes);
	if (!err)
		err = question_open(question);
	if (err)
		goto free;
	err = question_add(question, bytes.items, bytes.n);
	if (!err)
		err = question_send(question);
	question_close(question);
free:
	list_free(&bytes);
	return err;
}

/* Whatever ends the reading, the frames in front of it are answered for. */
static int explain_frames(struct question *question, struct capture *capture)
{
	int err = EXIT_DONE;

	while (!err && capture_next(capture))
		err = question_add(question, capture->data, capture->size);
	if (!err)
		err = question_send(question);
	return err ? err : capture_end(capture);
}

static int explain_capture(struct question *question, const char *path)
{
	struct capture capture;
	int err;

	err = capture_open(&capture, path);
	if (err)
		return err;
	err = question_open(question);
	if (!err) {
		err = explain_frames(question, &capture);
		question_close(question);
	}
	capture_close(&capture);
	return err;
}

static int read_port(struct args *args, struct question *question)
{
	const char *word = args_next(args);
	const char *why;

	if (!word)
		return report_at(&args->at, "the name of the port is missing");
	why = name_parse(word, question->port, sizeof(question->port));
	return why ? report_at(&args->at, "port %s: %s", quoted(word), why) : EXIT_DONE;
}

/* A capture if the words say so: @path is set then, or stays NULL. */
static int read_path(struct args *args, const char **path)
{
	if (args_accept(args, "-")) {
		*path = "-";
	} else if (args_accept(args, "-r")) {
		*path = args_next(args);
		if (!*path)
			return report_at(&args->at, "\"-r\": a file is missing behind it");
	} else if (!args_left(args)) {
		return report_at(&args->at, "a frame or -r and a file is missing");
	}
	return *path ? args_end(args) : EXIT_DONE;
}

static int explain(struct args *args, enum brguard_direction direction)
{
	struct question question = { .direction = direction };
	const char *path = NULL;
	int err;

	err = read_port(args, &question);
	if (!err)
		err = read_path(args, &path);
	if (err)
		return err;
	return path ? explain_capture(&question, path) : explain_hex(&question, args);
}

static int in(const struct options *options, struct args *args)
{
	(void)options;
	return explain(args, BRGUARD_DIRECTION_IN);
}

static int out(const struct options *options, struct args *args)
{
	(void)options;
	return explain(args, BRGUARD_DIRECTION_OUT);
}

#define HELP \
	"FRAME-HEX is the frame from its destination MAC on, without check sequence: digits in\n" \
	"one or more words, if need be with :, - or . between bytes, and 0x in front. -r reads\n" \
	"the frames of a capture (pcap or pcapng, Ethernet), - standard input. The kernel says\n" \
	"what it would do with each, by the policy there is; nothing is sent or counted:\n" \
	"  N pass|drop REASON [audited] [binding port PORT mac MAC [vlan N] [ip ADDRESS]]\n" \
	"audited frames pass in audit mode only. arp-scope is the reason if that would keep a\n" \
	"question from the port. The binding is the one that the frame was held against. With\n" \
	"-j each frame is an object of JSON on a line of its own.\n"

static const struct command commands[] = {
	{ "in", in, "brguardctl explain in PORT FRAME-HEX\n"
	  "brguardctl explain in PORT -r FILE|-\n",
	  "Tells what would happen to a frame that the guest of PORT sends, and why.\n" HELP },
	{ "out", out, "brguardctl explain out PORT FRAME-HEX\n"
	  "brguardctl explain out PORT -r FILE|-\n",
	  "Tells what would happen to a frame on its way to the guest of PORT, and why.\n" HELP },
};

const struct object explain_object = {
	.word = "explain",
	.command = commands,
	.n = ARRAY_SIZE(commands),
};
