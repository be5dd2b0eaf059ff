/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_GRAMMAR_H
#define BRGUARDCTL_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "args.h"
#include "words.h"

struct nlattr;
struct nlmsghdr;

/* What follows a keyword in text, and the value of its key in JSON. */
enum keyword_kind {
	KEYWORD_WORD,	/* a word; a string */
	KEYWORD_NUMBER,	/* a decimal number; an integer */
	KEYWORD_SWITCH,	/* on or off; true or false */
	KEYWORD_FLAG,	/* nothing; true or false */
	KEYWORD_LIST,	/* a word, may come again; an array of strings */
};

/**
 * struct keyword - a keyword of an object
 * @word: keyword in text, key in JSON
 * @kind: what follows
 * @attribute: its attribute in messages
 * @words: the words there are for its value, or NULL
 * @parse: puts the value into the object; returns NULL or a sentence
 * @text: writes the value of the attribute, NULL for numbers and @words
 */
struct keyword {
	const char *word;
	enum keyword_kind kind;
	uint16_t attribute;
	const struct words *words;
	const char *(*parse)(void *item, const char *value);
	void (*text)(const struct nlattr *attr, char *buffer, size_t size);
};

/**
 * struct grammar - the keywords of an object
 * @object: its word
 * @named: the first keyword is a name, which stands first in text and bare
 * @required: that many of the first keywords must be there
 * @n: number of keywords
 * @keyword: the keywords, in the order of printing
 */
struct grammar {
	const char *object;
	bool named;
	unsigned int required;
	unsigned int n;
	const struct keyword *keyword;
};

int grammar_read(const struct grammar *grammar, struct args *args, void *item);
int grammar_missing(const struct grammar *grammar, uint32_t seen, const struct where *at);
int grammar_find(const struct grammar *grammar, const char *word);
const char *grammar_describe(const struct grammar *grammar, uint16_t type,
			     const struct nlattr *attr);
void grammar_text_name(const struct nlattr *attr, char *buffer, size_t size);

#endif
