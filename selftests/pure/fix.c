// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <linux/in6.h>
#include <linux/unaligned.h>
#include <net/checksum.h>
#include "fix.h"

#define EDGES_MAX	(sizeof(((struct headers *)0)->edge) / sizeof(unsigned int))

static void add_edge(struct headers *h, unsigned int at)
{
	if (h->edges < EDGES_MAX)
		h->edge[h->edges++] = at;
}

static bool is_tag(u16 type)
{
	return type == 0x8100 || type == 0x88a8;
}

static bool is_extension(u8 next)
{
	static const u8 known[] = { 0, 43, 44, 51, 60, 135, 139, 140 };

	return memchr(known, next, sizeof(known));
}

/* A later fragment, like any other header, is taken as it stands. */
static void find_upper6(const u8 *byte, unsigned int len, struct headers *h)
{
	unsigned int at = h->ip + 40;
	u8 next = byte[h->ip + 6];

	while (is_extension(next)) {
		add_edge(h, at);
		if (at + 8 > len)
			return;
		if (next == 51)
			at += byte[at + 1] * 4 + 8;
		else if (next == 44)
			at += 8;
		else
			at += byte[at + 1] * 8 + 8;
		next = byte[h->edge[h->edges - 1]];
		if (h->edges == EDGES_MAX)
			return;
	}
	h->proto = next;
	if (at <= len)
		h->upper = at;
}

static void find_options(const u8 *byte, unsigned int len, struct headers *h)
{
	unsigned int at = h->upper + (byte[h->upper] == 133 ? 8 : 24);

	for (; at + 8 <= len && byte[at + 1]; at += byte[at + 1] * 8)
		add_edge(h, at);
}

/**
 * headers_find() - find the headers of a frame
 * @byte: its bytes
 * @len: their number
 * @h: headers
 */
void headers_find(const u8 *byte, unsigned int len, struct headers *h)
{
	unsigned int at = 12;

	*h = (struct headers){};
	while (at + 6 <= len && is_tag(get_unaligned_be16(byte + at))) {
		add_edge(h, at);
		at += 4;
	}
	if (at + 2 <= len && get_unaligned_be16(byte + at) == 0x0800 &&
	    at + 22 <= len) {
		h->ip = at + 2;
		h->version = 4;
		h->proto = byte[h->ip + 9];
		h->upper = h->ip + (byte[h->ip] & 0xf) * 4;
	} else if (at + 42 <= len && get_unaligned_be16(byte + at) == 0x86dd) {
		h->ip = at + 2;
		h->version = 6;
		find_upper6(byte, len, h);
	}
	if (h->upper > len)
		h->upper = 0;
	if (h->upper)
		add_edge(h, h->upper);
	if (h->version == 6 && h->proto == 58 && h->upper &&
	    h->upper + 8 <= len && byte[h->upper] >= 133 &&
	    byte[h->upper] <= 137)
		find_options(byte, len, h);
	add_edge(h, len);
}

/**
 * fix_lengths() - let IP and UDP end with the frame
 * @byte: bytes of the frame
 * @len: their number
 */
void fix_lengths(u8 *byte, unsigned int len)
{
	struct headers h;

	headers_find(byte, len, &h);
	if (h.version == 4) {
		put_unaligned_be16(len - h.ip, byte + h.ip + 2);
		if ((byte[h.ip] & 0xf) < 5)
			byte[h.ip] = 0x45;
	} else if (h.version == 6) {
		put_unaligned_be16(len - h.ip - 40, byte + h.ip + 4);
	}
	if (h.upper && h.proto == 17 && h.upper + 8 <= len)
		put_unaligned_be16(len - h.upper, byte + h.upper + 4);
}

static void fix_sum4(u8 *byte, unsigned int len, const struct headers *h)
{
	unsigned int words = byte[h->ip] & 0xf;
	__sum16 sum;

	if (h->ip + words * 4 > len)
		return;
	put_unaligned_be16(0, byte + h->ip + 10);
	sum = ip_fast_csum(byte + h->ip, words);
	memcpy(byte + h->ip + 10, &sum, sizeof(sum));
}

static void fix_sum6(u8 *byte, unsigned int len, const struct headers *h)
{
	unsigned int end = h->ip + 40 + get_unaligned_be16(byte + h->ip + 4);
	struct in6_addr addr[2];
	unsigned int size;
	__sum16 sum;

	/* Nothing, or a GSO frame, which is as long as it is. */
	if (end <= h->upper || end > len)
		end = len;
	size = end - h->upper;
	if (size < 4)
		return;
	memcpy(addr, byte + h->ip + 8, sizeof(addr));
	put_unaligned_be16(0, byte + h->upper + 2);
	sum = csum_ipv6_magic(&addr[0], &addr[1], size, 58,
			      csum_partial(byte + h->upper, size, 0));
	memcpy(byte + h->upper + 2, &sum, sizeof(sum));
}

/**
 * fix_sums() - make the checksums right that receivers verify
 * @byte: bytes of the frame
 * @len: their number
 */
void fix_sums(u8 *byte, unsigned int len)
{
	struct headers h;

	headers_find(byte, len, &h);
	if (h.version == 4)
		fix_sum4(byte, len, &h);
	else if (h.version == 6 && h.upper && h.proto == 58)
		fix_sum6(byte, len, &h);
}
