// SPDX-License-Identifier: GPL-2.0-only
/*
 * For libFuzzer and AFL++: an input is one frame (input.h). It is judged for
 * every port, in both directions, in a dozen layouts. trial.c says what must
 * hold; whatever does not, aborts.
 *
 * BRGUARD_COUNT=FILE names 8 bytes that all processes add their judgements to.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "fuzz.h"
#include "input.h"
#include "trial.h"

static u64 *total;

static void print_judgements(void)
{
	fprintf(stderr, "%llu judgements\n", (unsigned long long)judgements);
}

static void find_total(void)
{
	const char *name = getenv("BRGUARD_COUNT");
	int fd = name ? open(name, O_RDWR) : -1;
	void *map;

	if (fd < 0)
		return;
	map = mmap(NULL, sizeof(*total), PROT_READ | PROT_WRITE, MAP_SHARED,
		   fd, 0);
	close(fd);
	if (map != MAP_FAILED)
		total = map;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	ports_make();
	find_total();
	atexit(print_judgements);

	return 0;
}

/* The quarantine would be of no use: everything is freed at once. */
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1:malloc_context_size=2:detect_leaks=0";
}

static void expect(bool fine, const struct trial *t, const struct frame *frame,
		   const struct layout *l)
{
	if (fine)
		return;
	fprintf(stderr, "%s: port %s, %s, %u bytes, %u linear, pieces of %u, %u\n",
		t->wrong, ports[t->port].name, t->dir ? "out" : "in",
		frame->len, l->linear, l->piece, l->list);
	abort();
}

static void try_layouts(struct trial *t, const struct frame *frame,
			const struct layout *chosen)
{
	const struct layout layouts[] = {
		*chosen,
		{ .linear = chosen->linear },
		{ .linear = 0 },
		{ .piece = 1 },
		{ .linear = 20, .piece = 3, .list = 2 },
		{ .linear = 40, .piece = 1, .list = 17 },
		{ .linear = chosen->linear + 1, .piece = 8, .list = 1 },
		{ .linear = chosen->linear / 2, .piece = chosen->piece + 1 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
		expect(trial_repeat(t, frame, &layouts[i]), t, frame,
		       &layouts[i]);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static u8 buf[INPUT_MAX], tagless[INPUT_MAX];
	struct frame frame, moved;
	u64 before = judgements;
	struct layout chosen;
	struct trial t;

	if (!input_read(data, size, buf, &frame, &chosen))
		return 0;
	expect(trial_begin(&t, &frame), &t, &frame, &chosen);
	try_layouts(&t, &frame, &chosen);
	if (frame_accelerate(&frame, &moved, tagless))
		try_layouts(&t, &moved, &chosen);
	if (total)
		__atomic_fetch_add(total, judgements - before,
				   __ATOMIC_RELAXED);

	return 0;
}
