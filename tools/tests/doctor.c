// SPDX-License-Identifier: GPL-2.0-only
/* Tests of the doctor's checks, in TAP: each state, and what is like it and is none. */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "patient.h"

static const struct test *const groups[] = { bridge_tests, guard_tests, net_tests };

static bool bad;

/**
 * failed() - say that the test that runs has failed; it goes on
 * @what: what was looked at
 * @have: what it is
 * @want: what it should be
 */
void failed(const char *what, const char *have, const char *want)
{
	printf("# %s\n# have: %s\n# want: %s\n", what, have, want);
	bad = true;
}

/**
 * is() - compare
 * @what: what is looked at
 * @have: what it is
 * @want: what it should be
 */
void is(const char *what, const char *have, const char *want)
{
	if (!have || strcmp(have, want))
		failed(what, have ? have : "nothing", want);
}

static unsigned int count_tests(void)
{
	const struct test *test;
	unsigned int i, n = 0;

	for (i = 0; i < ARRAY_SIZE(groups); i++) {
		for (test = groups[i]; test->name; test++)
			n++;
	}
	return n;
}

static bool run_test(const struct test *test, unsigned int number)
{
	bad = false;
	patient_reset();
	test->run();
	printf("%sok %u %s\n", bad ? "not " : "", number, test->name);
	return !bad;
}

int main(void)
{
	unsigned int i, number = 0, failures = 0;
	const struct test *test;

	printf("TAP version 13\n1..%u\n", count_tests());
	host_init(&patient, NULL);
	for (i = 0; i < ARRAY_SIZE(groups); i++) {
		for (test = groups[i]; test->name; test++)
			failures += !run_test(test, ++number);
	}
	patient_clear();
	printf("# %u passed, %u failed\n", number - failures, failures);
	return failures > 0;
}
