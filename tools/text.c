// SPDX-License-Identifier: GPL-2.0-only
/* Strings that grow, and names in them that somebody else chose. */

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "quote.h"
#include "text.h"

/**
 * text_vadd() - append to a string
 * @text: the string, in memory of its own, or NULL for an empty one
 * @format: as vprintf()
 * @args: what it prints
 */
void text_vadd(char **text, const char *format, va_list args)
{
	size_t start = *text ? strlen(*text) : 0;
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	*text = xrealloc(*text, start + (n > 0 ? n : 0) + 1, 1);
	(*text)[start] = '\0';
	vsnprintf(*text + start, n + 1, format, args);
}

/**
 * text_add() - append to a string
 * @text: the string, in memory of its own, or NULL for an empty one
 * @format: as printf()
 */
void text_add(char **text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vadd(text, format, args);
	va_end(args);
}

/* Room for 127 bytes, each as \xHH, with what stands around them. */
#define BUFFER_MAX 1024

static char *next_buffer(void)
{
	/* cppcheck-suppress constVariable */
	static char buffers[8][BUFFER_MAX];
	static unsigned int turn;

	turn = (turn + 1) % 8;
	return buffers[turn];
}

static bool is_plain(const char *word)
{
	const char *c;

	for (c = word; *c; c++) {
		if (!isalnum((unsigned char)*c) && !strchr("@%+=:,./-_", *c))
			return false;
	}
	return *word;
}

static bool is_printable(const char *word)
{
	for (; *word; word++) {
		if (!isprint((unsigned char)*word))
			return false;
	}
	return true;
}

/* Between single quotes, as any shell reads it. */
static void quote_printable(char *at, const char *word)
{
	const char *stop = at + BUFFER_MAX - 6;

	*at++ = '\'';
	for (; *word && at < stop; word++) {
		if (*word == '\'')
			at = stpcpy(at, "'\\'");
		*at++ = *word;
	}
	strcpy(at, "'");
}

/* As bash, zsh and ksh read it. */
static void quote_bytes(char *at, const char *word)
{
	const char *stop = at + BUFFER_MAX - 6;

	at = stpcpy(at, "$'");
	for (; *word && at < stop; word++)
		at += sprintf(at, "\\x%02x", (unsigned char)*word);
	strcpy(at, "'");
}

/**
 * text_shell() - a word as a shell has to be told it
 * @word: the word, up to 127 bytes if it is not harmless
 *
 * Return: @word if it is harmless, else one of eight static buffers, used in
 * turn.
 */
const char *text_shell(const char *word)
{
	char *buffer;

	if (is_plain(word))
		return word;
	buffer = next_buffer();
	if (is_printable(word))
		quote_printable(buffer, word);
	else
		quote_bytes(buffer, word);
	return buffer;
}

/**
 * text_bare() - a name in a sentence
 * @word: the name
 *
 * Return: @word if a terminal can show it, else one of eight static buffers,
 * used in turn, with quotes.
 */
const char *text_bare(const char *word)
{
	return quote_needed(word) ? quote(next_buffer(), BUFFER_MAX, word) : word;
}
