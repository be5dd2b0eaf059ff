// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names are bytes that somebody else chose. In text they stand bare if they
 * are harmless, else between double quotes with \", \\ and \xHH inside, so
 * that neither a terminal nor a line of a configuration file is fooled.
 */

#include <stdio.h>
#include <string.h>

#include "quote.h"

static unsigned int utf8_announced(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static bool utf8_tail(const unsigned char *s, unsigned int n)
{
	while (n--) {
		if ((*s++ & 0xc0) != 0x80)
			return false;
	}
	return true;
}

/* Neither overlong, nor a surrogate, nor beyond U+10FFFF (RFC 3629, 4). */
static bool utf8_second_fits(const unsigned char *s)
{
	switch (s[0]) {
	case 0xe0:
		return s[1] >= 0xa0;
	case 0xed:
		return s[1] < 0xa0;
	case 0xf0:
		return s[1] >= 0x90;
	case 0xf4:
		return s[1] < 0x90;
	default:
		return true;
	}
}

/**
 * utf8_length() - length of the character at the start of a string
 * @s: a string that is not empty
 *
 * Return: 1 to 4 bytes, or 0 if they are not UTF-8 (RFC 3629).
 */
unsigned int utf8_length(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned int length = utf8_announced(u[0]);

	if (length > 1 && (!utf8_tail(u + 1, length - 1) || !utf8_second_fits(u)))
		return 0;
	return length;
}

/* Bytes that may be shown as they are: printable, and no C1 control (U+0080 to U+009F). */
static unsigned int plain_length(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned int length = utf8_length(s);

	if (u[0] < 0x20 || u[0] == 0x7f)
		return 0;
	if (u[0] == 0xc2 && length == 2 && u[1] < 0xa0)
		return 0;
	return length;
}

/**
 * quote_needed() - would a word be read differently without quotes?
 * @word: the word
 *
 * Return: true if it is empty, or has blanks, quotes, '#' or unprintable bytes.
 */
bool quote_needed(const char *word)
{
	unsigned int length;

	if (!*word)
		return true;
	for (; *word; word += length) {
		length = plain_length(word);
		if (!length || strchr(" \"\\#", *word))
			return true;
	}
	return false;
}

static char *append(char *at, const char *s, unsigned int n)
{
	memcpy(at, s, n);
	return at + n;
}

/**
 * quote() - a word between double quotes
 * @buffer: where to
 * @room: bytes of @buffer, at least 16
 * @word: the word; what does not fit is replaced by three dots
 *
 * Return: @buffer.
 */
char *quote(char *buffer, size_t room, const char *word)
{
	static const char digits[] = "0123456789abcdef";
	const char *stop = buffer + room - 9; /* 4 for a byte, then "...\"" and NUL */
	unsigned int length;
	char *at = buffer;

	*at++ = '"';
	for (; *word && at < stop; word += length ? length : 1) {
		length = plain_length(word);
		if (length && strchr("\"\\", *word))
			*at++ = '\\';
		if (length) {
			at = append(at, word, length);
			continue;
		}
		at = append(at, "\\x", 2);
		*at++ = digits[(unsigned char)*word >> 4];
		*at++ = digits[*word & 15];
	}
	strcpy(at, *word ? "...\"" : "\"");
	return buffer;
}

/**
 * quoted() - a word between double quotes, for a sentence
 * @word: the word
 *
 * Return: one of four static buffers, used in turn.
 */
const char *quoted(const char *word)
{
	static char buffers[4][QUOTE_MAX];
	static unsigned int turn;

	turn = (turn + 1) % 4;
	return quote(buffers[turn], QUOTE_MAX, word);
}
