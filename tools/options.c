// SPDX-License-Identifier: GPL-2.0-only
/* The options in front of the object. Nothing is guessed from the start of a word. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "quote.h"

const char options_help[] =
	"options:\n"
	"  -j, --json            print JSON\n"
	"  -p, --pretty          with line breaks\n"
	"  -s, --statistics      add counters\n"
	"  -d, --details         add runtime details\n"
	"  -n, --netns NAME      work in the network namespace NAME\n"
	"  -c, --color[=auto|always|never]\n"
	"                        print text in colours, auto: on a terminal without NO_COLOR\n"
	"  -V, --version         print the version\n"
	"  -h, --help            print help\n";

enum option_value { VALUE_NONE, VALUE_NEEDED, VALUE_POSSIBLE };

/**
 * struct option - an option
 * @letter: its short form
 * @word: its long form
 * @value: does a value follow?
 * @set: does it; returns OPTIONS_GO_ON or an exit code
 */
struct option {
	char letter;
	const char *word;
	enum option_value value;
	int (*set)(struct options *options, const char *value);
};

static int set_json(struct options *options, const char *value)
{
	(void)value;
	options->json = true;
	return OPTIONS_GO_ON;
}

static int set_pretty(struct options *options, const char *value)
{
	(void)value;
	options->pretty = true;
	return OPTIONS_GO_ON;
}

static int set_stats(struct options *options, const char *value)
{
	(void)value;
	options->stats = true;
	return OPTIONS_GO_ON;
}

static int set_details(struct options *options, const char *value)
{
	(void)value;
	options->details = true;
	return OPTIONS_GO_ON;
}

static int set_netns(struct options *options, const char *value)
{
	options->netns = value;
	return OPTIONS_GO_ON;
}

static int set_colour(struct options *options, const char *value)
{
	const char *no_colour = getenv("NO_COLOR");

	if (!value || !strcmp(value, "auto")) {
		options->colour = isatty(STDOUT_FILENO) && (!no_colour || !*no_colour);
		return OPTIONS_GO_ON;
	}
	options->colour = !strcmp(value, "always");
	if (options->colour || !strcmp(value, "never"))
		return OPTIONS_GO_ON;
	return report_at(NULL, "--color %s: expected auto, always or never", quoted(value));
}

static int print_version(struct options *options, const char *value)
{
	(void)options;
	(void)value;
	puts("brguardctl " BRGUARDCTL_VERSION);
	return EXIT_DONE;
}

static const struct option all[] = {
	{ 'j', "json", VALUE_NONE, set_json },
	{ 'p', "pretty", VALUE_NONE, set_pretty },
	{ 's', "statistics", VALUE_NONE, set_stats },
	{ 'd', "details", VALUE_NONE, set_details },
	{ 'n', "netns", VALUE_NEEDED, set_netns },
	{ 'c', "color", VALUE_POSSIBLE, set_colour },
	{ 'V', "version", VALUE_NONE, print_version },
};

#define OPTIONS ARRAY_SIZE(all)

static int unknown_option(const char *word)
{
	return report_at(NULL, "%s: unknown option", quoted(word));
}

static int read_long(struct options *options, struct args *args, const char *word)
{
	size_t n = strcspn(word + 2, "=");
	const char *value = word[2 + n] ? word + 2 + n + 1 : NULL;
	unsigned int i;

	for (i = 0; i < OPTIONS; i++) {
		if (strncmp(all[i].word, word + 2, n) || all[i].word[n])
			continue;
		if (value && all[i].value == VALUE_NONE)
			return report_at(NULL, "%s: takes no value", quoted(word));
		if (!value && all[i].value == VALUE_NEEDED)
			value = args_next(args);
		if (!value && all[i].value == VALUE_NEEDED)
			return report_at(NULL, "%s: a value is missing behind it", quoted(word));
		return all[i].set(options, value);
	}
	return unknown_option(word);
}

static const struct option *find_letter(char letter)
{
	unsigned int i;

	for (i = 0; i < OPTIONS; i++) {
		if (all[i].letter == letter)
			return &all[i];
	}
	return NULL;
}

/* The value behind a letter: the rest of the word, behind = if it need not be there. */
static int read_value(const struct option *option, struct options *options, struct args *args,
		      const char *rest, const char *word)
{
	const char *value = *rest ? rest : NULL;

	if (option->value == VALUE_POSSIBLE)
		return option->set(options, value ? value + 1 : NULL);
	if (!value)
		value = args_next(args);
	if (!value)
		return report_at(NULL, "%s: a value is missing behind it", quoted(word));
	return option->set(options, value);
}

static int read_short(struct options *options, struct args *args, const char *word)
{
	const struct option *option;
	const char *at = word + 1;
	int err = OPTIONS_GO_ON;

	while (*at && err == OPTIONS_GO_ON) {
		option = find_letter(*at++);
		if (!option)
			return unknown_option(word);
		if (option->value == VALUE_NEEDED ||
		    (option->value == VALUE_POSSIBLE && *at == '='))
			return read_value(option, options, args, at, word);
		err = option->set(options, NULL);
	}
	return err;
}

/**
 * options_read() - read the options
 * @options: result
 * @args: the words of the command line; the object is next afterwards
 *
 * A call for help is left in its place, it is the object "help" as well.
 *
 * Return: OPTIONS_GO_ON, or an exit code if there is nothing else to do.
 */
int options_read(struct options *options, struct args *args)
{
	int err = OPTIONS_GO_ON;
	const char *word;

	while (err == OPTIONS_GO_ON && args_left(args)) {
		word = args->word[args->next];
		if (word[0] != '-' || !strcmp(word, "-h") || !strcmp(word, "--help"))
			break;
		args->next++;
		if (!word[1] || !strcmp(word, "--"))
			return unknown_option(word);
		if (word[1] == '-')
			err = read_long(options, args, word);
		else
			err = read_short(options, args, word);
	}
	return err;
}
