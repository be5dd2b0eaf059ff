/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_REPORT_H
#define BRGUARDCTL_REPORT_H

#define __printf(format, first) __attribute__((__format__(__printf__, format, first)))

/* What the program returns to the shell. */
enum {
	EXIT_DONE,
	EXIT_REFUSED,
	EXIT_USAGE,
	EXIT_NO_MODULE,
};

/**
 * struct where - where a word was read
 * @file: name of the file, NULL for the command line
 * @list: name of the JSON array that @line counts in, NULL for text
 * @line: line of the file from 1, or index in @list from 0
 */
struct where {
	const char *file;
	const char *list;
	unsigned int line;
};

__printf(1, 2) void report(const char *format, ...);
__printf(2, 3) int report_at(const struct where *at, const char *format, ...);

#endif
