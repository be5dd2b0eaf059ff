// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer's own mutations know bytes; these know headers: extension headers
 * and options come and go, addresses become those of other hosts. Lengths and
 * checksums are input_read()'s business.
 */
#include <string.h>
#include "fix.h"
#include "fuzz.h"
#include "input.h"
#include "text.h"

#define BLOCK		8
#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* What is being changed: the bytes of a frame, with room behind them. */
struct work {
	u8 *byte;
	size_t len;
	size_t max;
	u32 random;
	struct headers h;
};

static u32 pick(struct work *w, u32 n)
{
	w->random = w->random * 1664525 + 1013904223;

	return (w->random >> 8) % n;
}

/* Room for a block at @at. Return: its bytes, NULL: there is none. */
static u8 *open_block(struct work *w, unsigned int at)
{
	if (w->len + BLOCK > w->max || at > w->len)
		return NULL;
	memmove(w->byte + at + BLOCK, w->byte + at, w->len - at);
	w->len += BLOCK;

	return w->byte + at;
}

static void close_bytes(struct work *w, unsigned int at, unsigned int n)
{
	memmove(w->byte + at, w->byte + at + n, w->len - at - n);
	w->len -= n;
}

static void add_extension(struct work *w)
{
	static const u8 types[] = { 0, 43, 44, 51, 60, 60, 135, 139, 140 };
	u8 type = types[pick(w, COUNT(types))], *block, *next;
	unsigned int at;

	if (w->h.version != 6)
		return;
	/* In front of the others; there is the only pointer to the first. */
	next = w->byte + w->h.ip + 6;
	at = w->h.ip + 40;
	block = open_block(w, at);
	if (!block)
		return;
	memset(block, 0, BLOCK);
	block[0] = *next;
	if (type == 43)
		block[2] = pick(w, 5);
	else if (type == 44)
		block[3] = pick(w, 4) ? pick(w, 2) : pick(w, 256);
	*next = type;
}

static void add_option(struct work *w)
{
	static const u8 types[] = { 1, 2, 1, 2, 3, 5, 14, 24, 25, 253 };
	static const char *const macs[] = { "G", "V", "X", "Z" };
	u8 *block;

	if (w->h.version != 6 || w->h.proto != 58 || w->h.edges < 2)
		return;
	block = open_block(w, w->h.edge[w->h.edges - 1 - pick(w, 2)]);
	if (!block)
		return;
	block[0] = types[pick(w, COUNT(types))];
	block[1] = pick(w, 8) ? 1 : pick(w, 4);
	text_read(macs[pick(w, COUNT(macs))], block + 2, 6);
}

static void remove_block(struct work *w)
{
	unsigned int i;

	if (w->h.edges < 2)
		return;
	i = pick(w, w->h.edges - 1);
	if (w->h.edge[i + 1] <= w->len && w->h.edge[i] < w->h.edge[i + 1])
		close_bytes(w, w->h.edge[i], w->h.edge[i + 1] - w->h.edge[i]);
}

static void add_tag(struct work *w)
{
	static const char *const tags[] = {
		"8100000a", "81000014", "81000000", "8100e00a", "88a8000a",
	};
	u8 *block;

	if (w->len < 14)
		return;
	block = open_block(w, 12);
	if (!block)
		return;
	text_read(tags[pick(w, COUNT(tags))], block, 4);
	close_bytes(w, 16, 4);
}

static void set_mac(struct work *w)
{
	static const char *const macs[] = {
		"G", "V", "R", "X", "Z", "BC", "MALL", "MSNG", "STP",
	};

	if (w->len >= 14)
		text_read(macs[pick(w, COUNT(macs))],
			  w->byte + 6 * pick(w, 2), 6);
}

static void set_address(struct work *w)
{
	static const char *const ip4[] = { "G4", "V4", "X4", "Z4", "BC4", "M4", "LO4" };
	static const char *const ip6[] = {
		"G6", "V6", "X6", "GL", "XL", "Z6", "LO6", "ALL", "SNG", "SNV",
	};
	unsigned int at;

	if (w->h.version == 4) {
		text_read(ip4[pick(w, COUNT(ip4))],
			  w->byte + w->h.ip + 12 + 4 * pick(w, 2), 4);
	} else if (w->h.version == 6) {
		at = w->h.ip + 8 + 16 * pick(w, 2);
		if (w->h.upper && w->h.upper + 24 <= w->len && pick(w, 2))
			at = w->h.upper + 8;
		text_read(ip6[pick(w, COUNT(ip6))], w->byte + at, 16);
	}
}

static void set_upper(struct work *w)
{
	static const u8 icmp6[] = { 130, 131, 132, 133, 134, 135, 136, 137, 141, 143 };
	static const u16 ports[] = { 67, 68, 546, 547, 53 };
	unsigned int at = w->h.upper;

	if (!at || at + 8 > w->len)
		return;
	if (w->h.proto == 58)
		w->byte[at] = icmp6[pick(w, COUNT(icmp6))];
	else if (w->h.proto == 17)
		w->byte[at + 1 + 2 * pick(w, 2)] = ports[pick(w, COUNT(ports))];
}

/**
 * LLVMFuzzerCustomMutator() - change an input
 * @data: input
 * @size: its size
 * @max: room there is
 * @seed: of what is chosen
 *
 * Return: size after the change.
 */
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max,
			       unsigned int seed)
{
	static void (*const changes[])(struct work *w) = {
		add_extension, add_option, remove_block, add_tag, set_mac,
		set_address, set_upper,
	};
	struct work w = {
		.byte = data + INPUT_HEAD, .len = size - INPUT_HEAD,
		.max = max - INPUT_HEAD, .random = seed,
	};
	u32 n, change;

	if (pick(&w, 4) < 2 || size <= INPUT_HEAD || max > INPUT_HEAD + INPUT_MAX)
		return LLVMFuzzerMutate(data, size, max);
	change = pick(&w, COUNT(changes));
	/* Now and then often enough to meet the bounds. */
	for (n = pick(&w, 16) ? 1 : pick(&w, 80); n; n--) {
		headers_find(w.byte, w.len, &w.h);
		changes[change](&w);
	}
	if (pick(&w, 2))
		data[0] &= ~(INPUT_LENGTHS | INPUT_SUMS);
	size = w.len + INPUT_HEAD;

	return pick(&w, 4) ? size : LLVMFuzzerMutate(data, size, max);
}
