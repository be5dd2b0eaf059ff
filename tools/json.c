// SPDX-License-Identifier: GPL-2.0-only
/*
 * A configuration in JSON, as "brguardctl -j show" prints it. The keys are the
 * keywords of the text form, and the same tables read them.
 */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "json.h"
#include "quote.h"

static const char *const expected[] = {
	[KEYWORD_WORD] = "expected a string",
	[KEYWORD_NUMBER] = "expected an integer",
	[KEYWORD_SWITCH] = "expected true or false",
	[KEYWORD_FLAG] = "expected true or false",
	[KEYWORD_LIST] = "expected an array of strings",
};

static int wrong_type(const struct keyword *keyword, const struct where *at)
{
	return report_at(at, "%s: %s", quoted(keyword->word), expected[keyword->kind]);
}

static int read_value(const struct keyword *keyword, const char *value, void *item)
{
	const char *why = keyword->parse(item, value);

	if (!why && strstr(value, "\xef\xbf\xbd"))
		why = "U+FFFD stands for bytes that JSON cannot hold, use the text form";
	if (!why)
		return EXIT_DONE;
	return report_at(item, "%s %s: %s", keyword->word, quoted(value), why);
}

static int read_number(const struct keyword *keyword, const json_t *json, void *item)
{
	char value[32];

	if (!json_is_integer(json))
		return wrong_type(keyword, item);
	snprintf(value, sizeof(value), "%lld", (long long)json_integer_value(json));
	return read_value(keyword, value, item);
}

static int read_boolean(const struct keyword *keyword, const json_t *json, void *item)
{
	if (!json_is_boolean(json))
		return wrong_type(keyword, item);
	if (keyword->kind == KEYWORD_SWITCH)
		return read_value(keyword, json_is_true(json) ? "on" : "off", item);
	if (json_is_true(json))
		keyword->parse(item, NULL);
	return EXIT_DONE;
}

static int read_list(const struct keyword *keyword, const json_t *json, void *item)
{
	const json_t *value;
	int err = EXIT_DONE;
	size_t i;

	if (!json_is_array(json))
		return wrong_type(keyword, item);
	for (i = 0; i < json_array_size(json) && !err; i++) {
		value = json_array_get(json, i);
		if (!json_is_string(value))
			return wrong_type(keyword, item);
		err = read_value(keyword, json_string_value(value), item);
	}
	return err;
}

static int read_keyword(const struct keyword *keyword, const json_t *json, void *item)
{
	switch (keyword->kind) {
	case KEYWORD_WORD:
		if (!json_is_string(json))
			return wrong_type(keyword, item);
		return read_value(keyword, json_string_value(json), item);
	case KEYWORD_NUMBER:
		return read_number(keyword, json, item);
	case KEYWORD_SWITCH:
	case KEYWORD_FLAG:
		return read_boolean(keyword, json, item);
	case KEYWORD_LIST:
		return read_list(keyword, json, item);
	}
	return EXIT_REFUSED;
}

static int read_item(const struct grammar *grammar, json_t *json, void *item)
{
	uint32_t seen = 0;
	const char *key;
	json_t *value;
	int i, err;

	if (!json_is_object(json))
		return report_at(item, "expected an object");
	json_object_foreach(json, key, value) {
		if (!strcmp(key, "runtime"))
			continue;
		i = grammar_find(grammar, key);
		if (i < 0)
			return report_at(item, "%s: unknown key", quoted(key));
		err = read_keyword(&grammar->keyword[i], value, item);
		if (err)
			return err;
		seen |= 1u << i;
	}
	return grammar_missing(grammar, seen, item);
}

static int read_array(const struct kind *kind, const json_t *json, struct list *list,
		      const char *file)
{
	struct where at = { .file = file, .list = kind->plural };
	struct where *item;
	int err = EXIT_DONE;
	size_t i;

	if (!json_is_array(json)) {
		at.list = NULL;
		return report_at(&at, "%s: expected an array", quoted(kind->plural));
	}
	for (i = 0; i < json_array_size(json) && !err; i++) {
		at.line = i;
		item = list_add(list);
		*item = at;
		err = read_item(kind->grammar, json_array_get(json, i), item);
	}
	return err;
}

static int find_plural(const char *key)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		if (!strcmp(kinds[i]->plural, key))
			return i;
	}
	return -1;
}

static int read_document(struct model *model, json_t *json, const char *file)
{
	struct where at = { .file = file };
	int i, err = EXIT_DONE;
	const char *key;
	json_t *value;

	json_object_foreach(json, key, value) {
		if (!strcmp(key, "runtime"))
			continue;
		i = find_plural(key);
		if (i < 0)
			err = report_at(&at, "%s: unknown key, expected bridges, ports or bindings",
					quoted(key));
		else
			err = read_array(kinds[i], value, &model->list[i], file);
		if (err)
			break;
	}
	return err;
}

/* jansson repeats what it stumbled over, which may be any bytes. */
static int syntax_error(json_error_t *error, const char *file)
{
	struct where at = { .file = file, .line = error->line > 0 ? error->line : 0 };
	char *c;

	for (c = error->text; *c; c++) {
		if (!isprint((unsigned char)*c))
			*c = '?';
	}
	return report_at(&at, "%s", error->text);
}

/**
 * json_read() - read a configuration in JSON
 * @model: gets the objects
 * @text: the JSON
 * @size: bytes of @text
 * @file: name of the file, which must live as long as @model
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int json_read(struct model *model, const char *text, size_t size, const char *file)
{
	json_error_t error;
	json_t *json;
	int err;

	json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		return syntax_error(&error, file);
	err = read_document(model, json, file);
	json_decref(json);
	return err;
}
