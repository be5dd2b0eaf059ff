// SPDX-License-Identifier: GPL-2.0-only
/* Sentences on stderr: who speaks, where the word stands, what is wrong. */

#include <stdarg.h>
#include <stdio.h>

#include "report.h"

/**
 * report() - say what is wrong
 * @format: as printf(), one sentence without the end of line
 */
void report(const char *format, ...)
{
	va_list args;

	fputs("brguardctl: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static void print_where(const struct where *at)
{
	if (!at || !at->file)
		return;
	if (at->list)
		fprintf(stderr, "%s: %s[%u]: ", at->file, at->list, at->line);
	else if (at->line)
		fprintf(stderr, "%s:%u: ", at->file, at->line);
	else
		fprintf(stderr, "%s: ", at->file);
}

/**
 * report_at() - say what is wrong, and where
 * @at: the place; NULL or without a file for the command line
 * @format: as printf(), one sentence without the end of line
 *
 * Return: EXIT_USAGE for the command line, EXIT_REFUSED for a file.
 */
int report_at(const struct where *at, const char *format, ...)
{
	va_list args;

	fputs("brguardctl: ", stderr);
	print_where(at);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return at && at->file ? EXIT_REFUSED : EXIT_USAGE;
}
