/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_COMMAND_H
#define BRGUARDCTL_COMMAND_H

#include <stdbool.h>

#include "args.h"

/**
 * struct options - what stands in front of the object
 * @json: print JSON
 * @pretty: print JSON with line breaks
 * @stats: add counters
 * @details: add runtime details
 * @colour: print text with colours
 * @netns: network namespace to work in, or NULL
 */
struct options {
	bool json;
	bool pretty;
	bool stats;
	bool details;
	bool colour;
	const char *netns;
};

/**
 * struct command - a command of an object
 * @word: its word, NULL if the object is the command
 * @run: reads the words behind it and does it; returns an exit code
 * @usage: its grammar, in lines
 * @help: what it does
 */
struct command {
	const char *word;
	int (*run)(const struct options *options, struct args *args);
	const char *usage;
	const char *help;
};

/**
 * struct object - an object of the command line
 * @word: its word
 * @command: its commands
 * @n: how many
 * @fallback: the command if no word follows, or NULL if one must
 */
struct object {
	const char *word;
	const struct command *command;
	unsigned int n;
	const char *fallback;
};

#endif
