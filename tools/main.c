// SPDX-License-Identifier: GPL-2.0-only
/* brguardctl: options, object, command. */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "binding.h"
#include "bridge.h"
#include "doctor.h"
#include "explain.h"
#include "monitor.h"
#include "netns.h"
#include "options.h"
#include "port.h"
#include "print.h"
#include "quote.h"
#include "show.h"
#include "stats.h"
#include "suggest.h"

static const struct object *const objects[] = {
	&bridge_object, &port_object,  &binding_object, &show_object,
	&apply_object,	&stats_object, &monitor_object, &explain_object,
	&suggest_object, &doctor_object,
};

#define OBJECTS ARRAY_SIZE(objects)

static void print_object_usage(const struct object *object, FILE *to)
{
	unsigned int i;

	for (i = 0; i < object->n; i++)
		fputs(object->command[i].usage, to);
}

static void print_usage(FILE *to)
{
	unsigned int i;

	fputs("usage: brguardctl [OPTIONS] OBJECT [COMMAND [ARGUMENTS]]\n\n", to);
	for (i = 0; i < OBJECTS; i++)
		print_object_usage(objects[i], to);
	fputs("brguardctl [OBJECT [COMMAND]] help\n\n", to);
	fputs(options_help, to);
}

static int command_help(const struct command *command)
{
	printf("%s\n%s", command->usage, command->help);
	return EXIT_DONE;
}

static int object_help(const struct object *object)
{
	if (object->n == 1)
		return command_help(object->command);
	print_object_usage(object, stdout);
	printf("brguardctl %s COMMAND help\n", object->word);
	return EXIT_DONE;
}

static const struct object *find_object(const char *word)
{
	unsigned int i;

	for (i = 0; i < OBJECTS; i++) {
		if (!strcmp(objects[i]->word, word))
			return objects[i];
	}
	return NULL;
}

static const struct command *find_command(const struct object *object, const char *word)
{
	unsigned int i;

	for (i = 0; i < object->n && word; i++) {
		if (!strcmp(object->command[i].word, word))
			return &object->command[i];
	}
	return NULL;
}

static int unknown_command(const struct object *object, const char *word)
{
	if (word)
		report("%s: unknown command of %s", quoted(word), object->word);
	else
		report("the command of %s is missing", object->word);
	fprintf(stderr, "Try \"brguardctl %s help\".\n", object->word);
	return EXIT_USAGE;
}

static int run_command(const struct options *options, const struct object *object,
		       const struct command *command, struct args *args)
{
	int err;

	if (args_help(args))
		return command_help(command);
	err = command->run(options, args);
	if (err == EXIT_USAGE)
		fprintf(stderr, "Try \"brguardctl %s%s%s help\".\n", object->word,
			command->word ? " " : "", command->word ? command->word : "");
	return err;
}

static int run_object(const struct options *options, const struct object *object,
		      struct args *args)
{
	const struct command *command = object->command;
	const char *word;

	if (args_help(args))
		return object_help(object);
	if (command->word) {
		word = args_next(args);
		command = find_command(object, word ? word : object->fallback);
		if (!command)
			return unknown_command(object, word);
	}
	return run_command(options, object, command, args);
}

static int run_help(struct args *args)
{
	const char *word = args_next(args);
	const struct object *object;

	if (!word) {
		print_usage(stdout);
		return EXIT_DONE;
	}
	object = find_object(word);
	if (!object)
		return report_at(&args->at, "%s: unknown object", quoted(word));
	return args_left(args) ? args_end(args) : object_help(object);
}

static bool is_help(const char *word)
{
	return !strcmp(word, "help") || !strcmp(word, "-h") || !strcmp(word, "--help");
}

static int run(const struct options *options, struct args *args)
{
	const char *word = args_next(args);
	const struct object *object;
	int err;

	if (!word) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (is_help(word))
		return run_help(args);
	object = find_object(word);
	if (!object) {
		report("%s: unknown object", quoted(word));
		fputs("Try \"brguardctl help\".\n", stderr);
		return EXIT_USAGE;
	}
	err = options->netns ? netns_enter(options->netns) : EXIT_DONE;
	return err ? err : run_object(options, object, args);
}

/* No socket and no file may take the place of a closed stdin, stdout or stderr. */
static void keep_standard(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
}

int main(int argc, char **argv)
{
	struct args args = { .word = argv, .n = argc, .next = 1 };
	struct options options = { 0 };
	int err;

	keep_standard();
	err = options_read(&options, &args);
	if (err == OPTIONS_GO_ON) {
		print_start(options.json, options.pretty, options.colour);
		err = run(&options, &args);
	}
	return err ? err : print_finish();
}
