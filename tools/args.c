// SPDX-License-Identifier: GPL-2.0-only
/* The words of one command, from argv or from a line of a file. */

#include <ctype.h>
#include <string.h>

#include "args.h"
#include "quote.h"

/**
 * args_left() - is there another word?
 * @args: the words
 *
 * Return: true if there is.
 */
bool args_left(const struct args *args)
{
	return args->next < args->n;
}

/**
 * args_next() - take a word
 * @args: the words
 *
 * Return: the word, or NULL at the end.
 */
const char *args_next(struct args *args)
{
	return args_left(args) ? args->word[args->next++] : NULL;
}

/**
 * args_accept() - take the next word if it is a certain one
 * @args: the words
 * @word: the word wanted
 *
 * Return: true if it was there and is taken.
 */
bool args_accept(struct args *args, const char *word)
{
	if (!args_left(args) || strcmp(args->word[args->next], word))
		return false;
	args->next++;
	return true;
}

/**
 * args_help() - is the only word left a call for help?
 * @args: the words
 *
 * A single one, so that a port called "help" can still be configured.
 *
 * Return: true for help, -h and --help.
 */
bool args_help(const struct args *args)
{
	const char *word;

	if (args->next + 1 != args->n)
		return false;
	word = args->word[args->next];
	return !strcmp(word, "help") || !strcmp(word, "-h") || !strcmp(word, "--help");
}

/**
 * args_end() - nothing may be left
 * @args: the words
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int args_end(const struct args *args)
{
	if (!args_left(args))
		return EXIT_DONE;
	return report_at(&args->at, "%s: unexpected word", quoted(args->word[args->next]));
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? at - digits : -1;
}

/* One escape sequence, @at behind its backslash; the byte, or -1: NUL is none. */
static int unescape(char **at)
{
	char *s = *at;
	int byte = 0;
	int high, low;

	if (*s == '"' || *s == '\\') {
		byte = *s;
		*at += 1;
	} else if (*s == 'x') {
		high = hex_digit(s[1]);
		low = high < 0 ? high : hex_digit(s[2]);
		if (low < 0)
			return -1;
		byte = high << 4 | low;
		*at += 3;
	}
	return byte ? byte : -1;
}

/* Steps over a word between quotes, @at behind the first one; NULL, or what is wrong there. */
static const char *check_quotes(char **at)
{
	while (**at != '"') {
		if (!**at)
			return "the closing quote is missing";
		if (*(*at)++ == '\\' && unescape(at) < 0)
			return "a backslash between quotes needs \", \\ or xHH behind it";
	}
	++*at;
	if (**at && !isspace((unsigned char)**at))
		return "a blank is missing behind the closing quote";
	return NULL;
}

/* Removes the quotes around a word in place, as check_quotes() has found it. */
static void unquote(char *word)
{
	char *from = word, *to = word;

	for (; *from != '"'; to++) {
		if (*from == '\\') {
			from++;
			*to = unescape(&from);
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

/* Steps over a word without quotes. */
static const char *bare(char **at)
{
	*at += strcspn(*at, " \t\r\v\f\"");
	return **at == '"' ? "a quote inside a word" : NULL;
}

static const char *split_word(char **at, struct list *words)
{
	bool quotes = **at == '"';
	const char *why;
	char *word;

	*at += quotes;
	word = *at;
	why = quotes ? check_quotes(at) : bare(at);
	if (why)
		return why;

	if (quotes)
		unquote(word);
	if (**at)
		*(*at)++ = '\0';
	*(char **)list_add(words) = word;
	return NULL;
}

/**
 * args_split() - cut a line into words
 * @args: result; @args->at is set already
 * @line: the line, without its end; the words stay in it
 * @words: list of char *, reused from line to line
 *
 * A word that starts with '#' starts a comment.
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int args_split(struct args *args, char *line, struct list *words)
{
	const char *why, *start;

	list_truncate(words, 0);
	for (;;) {
		line += strspn(line, " \t\r\v\f");
		if (!*line || *line == '#')
			break;
		start = line;
		why = split_word(&line, words);
		if (why) {
			line[strcspn(line, " \t\r\v\f")] = '\0';
			return report_at(&args->at, "%s: %s", quoted(start), why);
		}
	}
	args->word = words->items;
	args->n = words->n;
	args->next = 0;
	return EXIT_DONE;
}
