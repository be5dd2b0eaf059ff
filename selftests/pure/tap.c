// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include "tap.h"

/* More of them say nothing new. */
#define WORDS_MAX	20

static int planned, done, failed, words;

void tap_plan(int tests)
{
	planned = tests;
	printf("TAP version 13\n1..%d\n", tests);
}

/**
 * tap_fail() - the test that runs has failed; it goes on
 * @format: why
 */
void tap_fail(const char *format, ...)
{
	va_list args;

	if (words++ >= WORDS_MAX)
		return;
	va_start(args, format);
	printf("#   FAIL: ");
	vprintf(format, args);
	printf("\n");
	va_end(args);
}

/**
 * tap_result() - a test has ended
 * @format: its name
 */
void tap_result(const char *format, ...)
{
	va_list args;

	failed += !!words;
	va_start(args, format);
	printf("%sok %d ", words ? "not " : "", ++done);
	vprintf(format, args);
	printf("\n");
	fflush(stdout);
	va_end(args);
	words = 0;
}

int tap_status(void)
{
	return failed || done != planned;
}
