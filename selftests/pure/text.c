// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <linux/in6.h>
#include <linux/unaligned.h>
#include <net/checksum.h>
#include "text.h"

#define MARKS_MAX	16

enum mark_kind {
	MARK_LEN4,
	MARK_SUM4,
	MARK_LEN6,
	MARK_SUM6,
	MARK_LENU,
	MARK_END,
};

static const char *const mark_names[] = {
	[MARK_LEN4] = "LEN4", [MARK_SUM4] = "SUM4", [MARK_LEN6] = "LEN6",
	[MARK_SUM6] = "SUM6", [MARK_LENU] = "LENU", [MARK_END] = "END",
};

/* Something to be filled in at an offset. */
struct mark {
	enum mark_kind kind;
	unsigned int at;
};

struct reader {
	u8 *buf;
	unsigned int size;
	unsigned int len;
	unsigned int ip6;		/* where the last IPv6 header is */
	unsigned int n_marks;
	struct mark mark[MARKS_MAX];
};

/* Words for words. The same hosts as in lib.sh: guest, victim, router, x. */
static const char *const names[][2] = {
	/* MAC addresses */
	{ "G", "020000000001" }, { "V", "020000000002" },
	{ "R", "020000000003" }, { "X", "02000000000f" },
	{ "Z", "000000000000" }, { "BC", "ffffffffffff" },
	{ "MALL", "333300000001" }, { "MRTR", "333300000002" },
	{ "MLD", "333300000016" }, { "MSNG", "3333ff000001" },
	{ "MSNV", "3333ff000002" }, { "STP", "0180c2000000" },
	{ "IGMP", "01005e000016" },
	/* IPv4 addresses */
	{ "G4", "c0000201" }, { "V4", "c0000202" }, { "R4", "c0000203" },
	{ "X4", "c6336409" }, { "Z4", "00000000" }, { "BC4", "ffffffff" },
	{ "M4", "e0000016" }, { "LO4", "7f000001" },
	/* IPv6 addresses: global, link-local, groups */
	{ "NET6", "20010db800000000" }, { "LL", "fe80000000000000" },
	{ "G6", "NET6 0000000000000001" }, { "V6", "NET6 0000000000000002" },
	{ "R6", "NET6 0000000000000003" }, { "X6", "NET6 0000000000000009" },
	{ "GL", "LL 000000fffe000001" }, { "VL", "LL 000000fffe000002" },
	{ "RL", "LL 000000fffe000003" }, { "XL", "LL 0000000000000009" },
	{ "Z6", "16*00" }, { "LO6", "15*00 01" }, { "MAP6", "10*00 ffff" },
	{ "ALL", "ff02 13*00 01" }, { "RTR", "ff02 13*00 02" },
	{ "SNG", "ff02 9*00 01ff000001" }, { "SNV", "ff02 9*00 01ff000002" },
	{ "ALLMLD", "ff02 13*00 16" },
	/* EtherType and header; what follows has to be given */
	{ "ARP", "0806 0001 0800 06 04" }, { "RARP", "8035 0001 0800 06 04" },
	{ "IP", "0800 45 00 LEN4 0001 4000 40" },	/* protocol SUM4 ... */
	{ "IPF", "0800 45 00 LEN4 0001" },		/* offset ttl ... */
	{ "IP6", "86dd 60000000 LEN6" },		/* next hops ... */
	{ "TAG10", "8100 000a" }, { "TAG20", "8100 0014" },
	/* Upper layers */
	{ "UDP", "LENU 0000" },				/* behind the ports */
	{ "TCP", "c000 0050 00000001 00000000 5002 0400 0000 0000" },
	{ "BOOT", "01 01 06 00 00001234 0000 8000 16*00" },	/* chaddr */
	{ "OFFER", "02 01 06 00 00001234 0000 8000 16*00" },
	{ "BOOTEND", "10*00 192*00 63825363 350101 ff" },
	{ "RS", "85 00 SUM6 00000000" },
	{ "RA", "86 00 SUM6 40 00 0708 00000000 00000000" },
	{ "NS", "87 00 SUM6 00000000" }, { "NA", "88 00 SUM6" },
	{ "REDIR", "89 00 SUM6 00000000" },
	{ "SLLA", "01 01" }, { "TLLA", "02 01" },
	{ "NONCE", "0e 01 010203040506" },
	{ "PAD", "00 0104 00000000" },	/* options, behind a next header */
};

static int read_words(struct reader *r, const char *text, size_t len);

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	       c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int read_hex(struct reader *r, const char *word, size_t len)
{
	size_t i;

	if (len % 2)
		return -1;
	for (i = 0; i < len; i += 2) {
		if (hex_digit(word[i]) < 0 || hex_digit(word[i + 1]) < 0 ||
		    r->len == r->size)
			return -1;
		r->buf[r->len++] = hex_digit(word[i]) << 4 |
				   hex_digit(word[i + 1]);
	}

	return 0;
}

static int read_mark(struct reader *r, enum mark_kind kind)
{
	if (r->n_marks == MARKS_MAX)
		return -1;
	r->mark[r->n_marks++] = (struct mark){ kind, r->len };

	return kind == MARK_END ? 0 : read_hex(r, "0000", 4);
}

static int read_name(struct reader *r, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(mark_names) / sizeof(mark_names[0]); i++)
		if (strlen(mark_names[i]) == len &&
		    !memcmp(mark_names[i], word, len))
			return read_mark(r, i);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i][0]) == len &&
		    !memcmp(names[i][0], word, len))
			return read_words(r, names[i][1], strlen(names[i][1]));

	return -1;
}

static int read_word(struct reader *r, const char *word, size_t len)
{
	const char *star = memchr(word, '*', len);
	unsigned long n = 1;

	if (star) {
		n = strtoul(word, NULL, 10);
		len -= star + 1 - word;
		word = star + 1;
	}
	while (n--)
		if (*word >= 'A' && *word <= 'Z' ? read_name(r, word, len) :
		    read_hex(r, word, len))
			return -1;

	return 0;
}

static int read_words(struct reader *r, const char *text, size_t len)
{
	const char *end = text + len;
	size_t n;

	while (text < end) {
		n = strcspn(text, " ");
		if (n && read_word(r, text, n))
			return -1;
		text += n + (text[n] == ' ');
	}

	return 0;
}

/* IPv6's length says where its header is: 4 bytes further on. */
static void fill_sum6(struct reader *r, const struct mark *m, unsigned int end)
{
	unsigned int start = m->at - 2;
	struct in6_addr addr[2];
	__sum16 sum;

	memcpy(addr, r->buf + r->ip6 + 8, sizeof(addr));
	sum = csum_ipv6_magic(&addr[0], &addr[1], end - start, 58,
			      csum_partial(r->buf + start, end - start, 0));
	memcpy(r->buf + m->at, &sum, sizeof(sum));
}

static void fill_sum4(struct reader *r, const struct mark *m)
{
	const u8 *head = r->buf + m->at - 10;
	__sum16 sum = ip_fast_csum(head, head[0] & 0xf);

	memcpy(r->buf + m->at, &sum, sizeof(sum));
}

static void fill_lengths(struct reader *r, unsigned int end)
{
	const struct mark *m;

	for (m = r->mark; m < r->mark + r->n_marks; m++) {
		u8 *at = r->buf + m->at;

		if (m->kind == MARK_LEN4)
			put_unaligned_be16(end - (m->at - 2), at);
		else if (m->kind == MARK_LEN6)
			put_unaligned_be16(end - (m->at + 36), at);
		else if (m->kind == MARK_LENU)
			put_unaligned_be16(end - (m->at - 4), at);
	}
}

static void fill_marks(struct reader *r)
{
	const struct mark *m, *last = r->mark + r->n_marks;
	unsigned int end = r->len;

	for (m = r->mark; m < last; m++)
		if (m->kind == MARK_END)
			end = m->at;
	fill_lengths(r, end);
	for (m = r->mark; m < last; m++) {
		if (m->kind == MARK_LEN6)
			r->ip6 = m->at - 4;
		else if (m->kind == MARK_SUM6)
			fill_sum6(r, m, end);
		else if (m->kind == MARK_SUM4)
			fill_sum4(r, m);
	}
}

/**
 * text_read() - make the bytes that a text describes
 * @text: words
 * @buf: for the bytes
 * @size: its size
 *
 * Return: number of bytes, or -1 if the text makes no sense.
 */
int text_read(const char *text, u8 *buf, unsigned int size)
{
	struct reader r = { .buf = buf, .size = size };

	if (read_words(&r, text, strlen(text)))
		return -1;
	fill_marks(&r);

	return r.len;
}

/**
 * text_name() - the names that texts may use
 * @n: number, from 0 on
 *
 * Return: name, NULL: there are no more.
 */
const char *text_name(unsigned int n)
{
	return n < sizeof(names) / sizeof(names[0]) ? names[n][0] : NULL;
}
