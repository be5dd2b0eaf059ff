/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_ARGS_H
#define BRGUARDCTL_ARGS_H

#include <stdbool.h>

#include "list.h"
#include "report.h"

/**
 * struct args - the words of a command, read from left to right
 * @word: the words
 * @n: how many
 * @next: the first one not read yet
 * @at: where they stand, for messages
 */
struct args {
	char **word;
	unsigned int n;
	unsigned int next;
	struct where at;
};

bool args_left(const struct args *args);
const char *args_next(struct args *args);
bool args_accept(struct args *args, const char *word);
bool args_help(const struct args *args);
int args_end(const struct args *args);

int args_split(struct args *args, char *line, struct list *words);

#endif
