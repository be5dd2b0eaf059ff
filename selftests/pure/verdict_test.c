// SPDX-License-Identifier: GPL-2.0-only
/*
 * Usage: verdict_test [-s|-d|-c|-r]
 *
 * The module's parser and decision on the frames of table_*.c: the reason that
 * is expected, and the same verdict in whatever pieces the frame comes. With an
 * option it prints something instead, see print.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "layout.h"
#include "print.h"
#include "table.h"
#include "tap.h"
#include "trial.h"

/* What is done with the frame of each row. */
typedef void test_fn(const struct row *row, const struct frame *frame);

static u8 tagless[FRAME_MAX];

static void fail_trial(const struct row *row, const struct trial *t,
		       const char *where)
{
	tap_fail("%s, %s: %s (port %s, %s)", row->name, where, t->wrong,
		 ports[t->port].name, t->dir ? "out" : "in");
}

/* The quick way is for tags that are not among the bytes. */
static void test_quick(const struct row *row, const struct frame *frame)
{
	static struct packet p;
	struct layout linear = {};
	struct frame moved;

	if (!(row->with & IS_QUICK))
		return;
	if (!frame_accelerate(frame, &moved, tagless))
		moved = *frame;
	linear.linear = moved.len;
	packet_make(&p, &moved, &linear);
	if (!decision_is_quick(&ports[row->port], &p.skb, row->dir))
		tap_fail("%s: needs the long way", row->name);
	packet_free(&p);
}

static void test_reason(const struct row *row, const struct frame *frame)
{
	struct verdict v;
	struct trial t;

	if (!trial_begin(&t, frame)) {
		fail_trial(row, &t, "linear");
		return;
	}
	v = t.verdict[row->port][row->dir];
	if (v.reason != row->reason)
		tap_fail("%s: %s, not %s", row->name, reason_word(v.reason),
			 reason_word(row->reason));
	if (v.question != !!(row->with & IS_QUESTION))
		tap_fail("%s: is %sa question", row->name,
			 v.question ? "" : "not ");
	test_quick(row, frame);
}

static bool test_layout(const struct row *row, const struct frame *frame,
			struct trial *t, const struct layout *l)
{
	char where[80];

	if (trial_repeat(t, frame, l))
		return true;
	snprintf(where, sizeof(where), "%u bytes, %u linear, pieces of %u, %u%s",
		 frame->len, l->linear, l->piece, l->list,
		 frame->tagged ? ", accelerated" : "");
	fail_trial(row, t, where);

	return false;
}

/* Every form of the frame, and of the same with its tag accelerated. */
static void test_layouts(const struct row *row, const struct frame *frame)
{
	struct frame moved;
	struct layout l;
	struct trial t;
	unsigned int n;
	bool fine;

	fine = trial_begin(&t, frame);
	for (n = 0; fine && layout_get(&l, n, frame->len); n++)
		fine = test_layout(row, frame, &t, &l);
	if (!frame_accelerate(frame, &moved, tagless))
		return;
	for (n = 0; fine && layout_get(&l, n, moved.len); n++)
		fine = test_layout(row, &moved, &t, &l);
}

/* Cut off anywhere, linear, in two and in single bytes. */
static void test_cuts(const struct row *row, const struct frame *whole)
{
	struct frame frame = *whole, moved;
	struct trial t;

	if (frame.len > SPLITS_MAX)
		frame.len = SPLITS_MAX;
	for (; frame.len; frame.len--) {
		const struct layout two = { .linear = frame.len / 2 };
		const struct layout bytes = { .piece = 1, .list = 9 };

		if (!trial_begin(&t, &frame)) {
			fail_trial(row, &t, "cut");
			return;
		}
		if (!test_layout(row, &frame, &t, &two) ||
		    !test_layout(row, &frame, &t, &bytes))
			return;
		if (frame_accelerate(&frame, &moved, tagless) &&
		    !test_layout(row, &moved, &t, &two))
			return;
	}
}

static void test_table(const struct table *table, const char *what,
		       test_fn *test)
{
	static u8 buf[FRAME_MAX];
	const struct row *row;
	struct frame frame;

	for (row = table->row; row < table->row + table->rows; row++)
		if (row_read(row, &frame, buf))
			test(row, &frame);
		else
			tap_fail("%s: \"%s\" makes no sense", row->name,
				 row->text);
	tap_result("%s: %u frames %s", table->name, table->rows, what);
}

int main(int argc, char **argv)
{
	unsigned int i;

	ports_make();
	if (argc > 1)
		return print_option(argv[1]);

	tap_plan(3 * n_tables);
	for (i = 0; i < n_tables; i++) {
		test_table(tables[i], "get their reason", test_reason);
		test_table(tables[i], "do in every layout", test_layouts);
		test_table(tables[i], "do so cut short", test_cuts);
	}
	printf("# %llu judgements\n", (unsigned long long)judgements);
	ports_free();

	return tap_status();
}
