// SPDX-License-Identifier: GPL-2.0-only
/*
 * A frame in hexadecimal digits, as the user has copied it from somewhere: with
 * separators or without, in one word or in many.
 */

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <linux/brguard.h>

#include "hex.h"
#include "quote.h"
#include "value.h"

#define DIGIT_SENTENCE "expected a hexadecimal digit"

static bool is_digit(char c)
{
	return isxdigit((unsigned char)c);
}

static bool is_blank(char c)
{
	return isspace((unsigned char)c);
}

static bool is_separator(char c)
{
	return c && strchr(":-.", c);
}

/* Two digits; @at goes behind them, or stays at the character that is wrong. */
static const char *read_byte(const char **at, struct list *bytes)
{
	char digits[3] = "";

	if (!is_digit(**at))
		return DIGIT_SENTENCE;
	digits[0] = (*at)[0];
	digits[1] = (*at)[1];
	if (!digits[1] || is_blank(digits[1]) || is_separator(digits[1]))
		return "is half a byte, its second digit is missing";
	if (!is_digit(digits[1])) {
		*at += 1;
		return DIGIT_SENTENCE;
	}
	if (bytes->n == BRGUARD_FRAME_MAX)
		return sentence("a frame cannot have more than %u bytes", BRGUARD_FRAME_MAX);
	*(uint8_t *)list_add(bytes) = strtoul(digits, NULL, 16);
	*at += 2;
	return NULL;
}

/* Bytes up to a blank, with at most one separator between two of them. */
static const char *read_run(const char **at, struct list *bytes)
{
	const char *why = NULL;

	if ((*at)[0] == '0' && tolower((unsigned char)(*at)[1]) == 'x' && is_digit((*at)[2]))
		*at += 2;
	while (!why && **at && !is_blank(**at)) {
		why = read_byte(at, bytes);
		if (why || !is_separator(**at))
			continue;
		if (!(*at)[1] || is_blank((*at)[1]))
			return "a byte is missing behind it";
		*at += 1;
	}
	return why;
}

static const char *read_word(const char **at, struct list *bytes)
{
	const char *why = NULL;

	while (!why && **at) {
		if (is_blank(**at))
			*at += 1;
		else
			why = read_run(at, bytes);
	}
	return why;
}

static int bad_character(const struct where *where, const char *at, size_t position,
			 const char *why)
{
	unsigned int length = utf8_length(at);
	char character[5] = "";

	memcpy(character, at, length ? length : 1);
	return report_at(where, "frame: %s at position %zu: %s", quoted(character), position, why);
}

/**
 * hex_read() - read a frame from all words that are left
 * @args: the words
 * @bytes: empty list of uint8_t; result
 *
 * A position in a message counts characters from 1, through all words, with one
 * blank between two of them.
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int hex_read(struct args *args, struct list *bytes)
{
	const char *word, *at, *why;
	size_t position = 1;

	while ((word = args_next(args))) {
		at = word;
		why = read_word(&at, bytes);
		if (why)
			return bad_character(&args->at, at, position + (at - word), why);
		position += strlen(word) + 1;
	}
	if (!bytes->n)
		return report_at(&args->at, "frame: is empty, expected hexadecimal digits");
	return EXIT_DONE;
}
