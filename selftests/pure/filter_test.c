// SPDX-License-Identifier: GPL-2.0-only
/*
 * The filter of MAC addresses: it has whatever was added, and of rows of other
 * addresses, as one maker or one template gives them, few with any seed.
 */
#include <stdlib.h>
#include <string.h>
#include "filter.h"
#include "tap.h"

#define ROW		64
#define SEEDS		2000
#define WORDS_MAX	4096

static u64 words[WORDS_MAX];
static u64 state = 1;

/* splitmix64, of others than what is tested. */
static u64 pick(void)
{
	u64 z = state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;

	return z ^ z >> 31;
}

/* A MAC as frames have it, in whose last bytes @n stands, and what follows it. */
static u64 mac(u64 base, u32 n)
{
	u64 number = (base + n) & 0xffffffffffffULL;

	return swab64(number << 16) | (u64)0x0008 << 48;
}

static void begin(struct brg_filter *f, u32 n)
{
	u64 count = brg_filter_words(n);

	memset(words, 0, count * sizeof(*words));
	brg_filter_init(f, words, count, pick());
}

static void fill(struct brg_filter *f, u64 base, u32 n)
{
	u32 i;

	begin(f, n);
	for (i = 0; i < n; i++)
		brg_filter_add(f, mac(base, i));
}

/* How many of a row it has. */
static u32 met(const struct brg_filter *f, u64 base, u32 n)
{
	u32 i, found = 0;

	for (i = 0; i < n; i++)
		found += brg_filter_may_have(f, mac(base, i));

	return found;
}

static void test_added(void)
{
	struct brg_filter f;
	u64 base;
	u32 n;

	for (n = 0; n < WORDS_MAX; n++) {
		base = pick();
		fill(&f, base, n);
		if (met(&f, base, n) != n)
			tap_fail("not all of %u", n);
	}
	tap_result("what was added");
}

/* The EtherType behind an address is none of it. */
static void test_behind(void)
{
	struct brg_filter f;
	u64 base = pick(), address;
	u32 i;

	fill(&f, base, ROW);
	for (i = 0; i < ROW; i++) {
		address = mac(base, i) & ~0ULL >> 16;
		if (!brg_filter_may_have(&f, address) ||
		    !brg_filter_may_have(&f, address | pick() << 48))
			tap_fail("address %u", i);
	}
	tap_result("what follows an address");
}

static void test_room(void)
{
	struct brg_filter f;
	u32 n, i;

	for (n = 0; n < 3000; n += 7) {
		begin(&f, n);
		for (i = 0; i < n; i++) {
			if (!f.left)
				tap_fail("%u of %u", i, n);
			brg_filter_add(&f, mac(0x021000000000ULL, i));
		}
		if (f.left + n < BRG_FILTER_WORD * brg_filter_words(n))
			tap_fail("%u left of %u", f.left, n);
		brg_filter_add(&f, mac(0x021000000000ULL, 0));
	}
	begin(&f, 0);
	for (i = 0; i < 100; i++)
		brg_filter_add(&f, mac(0x021000000000ULL, i));
	if (f.left)
		tap_fail("%u left of nothing", f.left);
	tap_result("room");
}

/* @differ: bits in which the rows' bases differ. */
static void test_row(const char *what, u32 n, u64 differ)
{
	u64 base, other, sum = 0;
	struct brg_filter f;
	u32 seed, found;

	for (seed = 0; seed < SEEDS; seed++) {
		base = pick();
		do
			other = base ^ (pick() & differ);
		while (((other - base) & differ) == 0 ||
		       other - base < n || base - other < ROW);
		fill(&f, base, n);
		found = met(&f, other, ROW);
		sum += found;
		/* 1 % of them, and five times the deviation. */
		if (found > 8)
			tap_fail("%u of %u beside %u, base %llx, other %llx", found,
				 ROW, n, (unsigned long long)base,
				 (unsigned long long)other);
	}
	if (sum * 50 > (u64)SEEDS * ROW)
		tap_fail("%llu of %u", (unsigned long long)sum, SEEDS * ROW);
	tap_result("rows that differ in %s, beside %u", what, n);
}

int main(void)
{
	static const u32 count[] = { 2, 64, 1000 };
	u32 i;

	tap_plan(3 + 3 * 3);
	test_added();
	test_behind();
	test_room();
	for (i = 0; i < 3; i++) {
		test_row("the last two bytes", count[i], 0xffff);
		test_row("their numbers", count[i], 0xffffff);
		test_row("their makers", count[i], 0xffffff000000ULL);
	}

	return tap_status();
}
