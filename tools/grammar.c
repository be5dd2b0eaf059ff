// SPDX-License-Identifier: GPL-2.0-only
/*
 * The keywords of an object are one table. Text and JSON are read by it, and
 * the attribute in the kernel's refusal is turned back into the user's words.
 */

#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "grammar.h"
#include "quote.h"
#include "value.h"

/**
 * grammar_find() - look up a keyword
 * @grammar: the object's grammar
 * @word: the word
 *
 * Return: its index, or -1.
 */
int grammar_find(const struct grammar *grammar, const char *word)
{
	unsigned int i;

	for (i = 0; i < grammar->n; i++) {
		if (!strcmp(grammar->keyword[i].word, word))
			return i;
	}
	return -1;
}

static const char *expected_words(const struct grammar *grammar)
{
	static char buffer[256];
	unsigned int i = grammar->named;
	size_t used = 0;

	for (; i < grammar->n && used < sizeof(buffer); i++)
		used += snprintf(buffer + used, sizeof(buffer) - used, "%s%s",
				 used ? ", " : "", grammar->keyword[i].word);
	return buffer;
}

static int keyword_read(const struct keyword *keyword, struct args *args, void *item)
{
	const char *value = NULL, *why;

	if (keyword->kind != KEYWORD_FLAG) {
		value = args_next(args);
		if (!value)
			return report_at(&args->at, "%s: a value is missing behind it",
					 quoted(keyword->word));
	}

	why = keyword->parse(item, value);
	if (!why)
		return EXIT_DONE;
	return report_at(&args->at, "%s %s: %s", keyword->word, quoted(value), why);
}

static int keywords_read(const struct grammar *grammar, struct args *args, void *item,
			 uint32_t *seen)
{
	const struct keyword *keyword;
	const char *word;
	int i, err;

	while ((word = args_next(args))) {
		i = grammar_find(grammar, word);
		if (i < (int)grammar->named && grammar->n == grammar->named)
			return report_at(&args->at, "%s: unknown word", quoted(word));
		if (i < (int)grammar->named)
			return report_at(&args->at, "%s: unknown word, expected %s", quoted(word),
					 expected_words(grammar));
		keyword = &grammar->keyword[i];
		if (*seen & 1u << i && keyword->kind != KEYWORD_LIST)
			return report_at(&args->at, "%s: given twice", quoted(word));

		*seen |= 1u << i;
		err = keyword_read(keyword, args, item);
		if (err)
			return err;
	}
	return EXIT_DONE;
}

static int name_read(const struct grammar *grammar, struct args *args, void *item)
{
	const char *name = args_next(args);
	const char *why = name ? grammar->keyword->parse(item, name) : NULL;

	if (!name)
		return report_at(&args->at, "the name of the %s is missing", grammar->object);
	if (why)
		return report_at(&args->at, "%s %s: %s", grammar->object, quoted(name), why);
	return EXIT_DONE;
}

/**
 * grammar_missing() - is everything there that must be?
 * @grammar: the object's grammar
 * @seen: bits of the keywords that were given
 * @at: where the object stands
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int grammar_missing(const struct grammar *grammar, uint32_t seen, const struct where *at)
{
	unsigned int i;

	for (i = 0; i < grammar->required; i++) {
		if (!(seen & 1u << i))
			return report_at(at, "%s is missing", quoted(grammar->keyword[i].word));
	}
	return EXIT_DONE;
}

/**
 * grammar_read() - read the words of an object up to the end
 * @grammar: the object's grammar
 * @args: the words behind the command
 * @item: the object
 *
 * Return: EXIT_DONE, or what report_at() says.
 */
int grammar_read(const struct grammar *grammar, struct args *args, void *item)
{
	uint32_t seen = grammar->named;
	int err = EXIT_DONE;

	if (grammar->named)
		err = name_read(grammar, args, item);
	if (!err)
		err = keywords_read(grammar, args, item, &seen);
	return err ? err : grammar_missing(grammar, seen, &args->at);
}

static void keyword_text(const struct keyword *keyword, const struct nlattr *attr, char *buffer,
			 size_t size)
{
	if (keyword->text)
		keyword->text(attr, buffer, size);
	else if (keyword->words)
		snprintf(buffer, size, "%s", words_name(keyword->words, number_get(attr)));
	else
		snprintf(buffer, size, "%u", (unsigned int)number_get(attr));
}

/**
 * grammar_describe() - the user's words for an attribute
 * @grammar: the object's grammar
 * @type: type of the attribute
 * @attr: the attribute, or NULL if only its type is known
 *
 * Return: keyword and quoted value in a static buffer, or NULL if no keyword
 * has the attribute.
 */
const char *grammar_describe(const struct grammar *grammar, uint16_t type,
			     const struct nlattr *attr)
{
	static char buffer[QUOTE_MAX + 32];
	const struct keyword *keyword = grammar->keyword;
	const struct keyword *end = keyword + grammar->n;
	char value[256];
	const char *word;

	while (keyword < end && keyword->attribute != type)
		keyword++;
	if (keyword == end)
		return NULL;

	word = grammar->named && keyword == grammar->keyword ? grammar->object : keyword->word;
	if (!attr || keyword->kind == KEYWORD_FLAG)
		return quoted(word);
	keyword_text(keyword, attr, value, sizeof(value));
	snprintf(buffer, sizeof(buffer), "%s %s", word, quoted(value));
	return buffer;
}

/**
 * grammar_text_name() - the value of a string attribute, for struct keyword
 * @attr: the attribute
 * @buffer: result
 * @size: bytes of @buffer
 */
void grammar_text_name(const struct nlattr *attr, char *buffer, size_t size)
{
	name_get(attr, buffer, size);
}
