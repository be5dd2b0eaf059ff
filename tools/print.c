// SPDX-License-Identifier: GPL-2.0-only
/*
 * One call prints text and JSON. In text a record is a line of words in the
 * tool's own grammar, in JSON an object; what exists in one form only has a
 * call of its own (print_text(), print_json()). The kernel's runtime details
 * stand behind a '#' in text and in an object "runtime" in JSON, which apply
 * passes over, and which are not opened before there is something in them.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "print.h"
#include "quote.h"
#include "report.h"

static struct {
	bool json;
	bool pretty;
	bool colour;
	bool first;	/* JSON: nothing in the innermost container yet */
	bool started;	/* text: the line has words */
	bool pending;	/* runtime details wanted, not opened yet */
	bool runtime;	/* runtime details are open */
	unsigned int depth;
	const char *list; /* keyword of the list that is open */
} out;

/**
 * print_start() - choose the form of what is printed
 * @json: JSON instead of text
 * @pretty: JSON with line breaks
 * @colour: text with colours
 */
void print_start(bool json, bool pretty, bool colour)
{
	memset(&out, 0, sizeof(out));
	out.json = json;
	out.pretty = pretty;
	out.colour = colour && !json;
}

/**
 * print_flush() - hand over what was printed, for readers that wait for it
 */
void print_flush(void)
{
	fflush(stdout);
}

/**
 * print_finish() - was everything written?
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int print_finish(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return EXIT_DONE;
	report("cannot write the output");
	return EXIT_REFUSED;
}

static void put_json_char(const char *s, unsigned int length)
{
	unsigned char c = *s;

	if (!length)
		fputs("\\ufffd", stdout);
	else if (c == '"' || c == '\\')
		printf("\\%c", c);
	else if (c < 0x20 || c == 0x7f)
		printf("\\u%04x", c);
	else
		fwrite(s, 1, length, stdout);
}

static void put_json_string(const char *s)
{
	unsigned int length;

	putchar('"');
	for (; *s; s += length ? length : 1) {
		length = utf8_length(s);
		put_json_char(s, length);
	}
	putchar('"');
}

static void put_indent(void)
{
	if (out.pretty)
		printf("\n%*s", 4 * out.depth, "");
}

/* Comma, line break and key in front of a value. */
static void json_item(const char *key)
{
	if (!out.first)
		putchar(',');
	if (out.depth)
		put_indent();
	out.first = false;
	if (!key)
		return;
	put_json_string(key);
	fputs(out.pretty ? ": " : ":", stdout);
}

static void json_open(const char *key, char bracket)
{
	json_item(key);
	putchar(bracket);
	out.first = true;
	out.depth++;
}

static void json_close(char bracket)
{
	out.depth--;
	if (!out.first)
		put_indent();
	putchar(bracket);
	out.first = false;
}

static void text_item(const char *key)
{
	if (out.started)
		putchar(' ');
	out.started = true;
	if (key)
		printf("%s ", key);
}

/* The first runtime detail opens the place where they stand. */
static void runtime_begin(void)
{
	if (!out.pending)
		return;
	out.pending = false;
	out.runtime = true;
	if (out.json) {
		json_open("runtime", '{');
		return;
	}
	text_item(NULL);
	putchar('#');
}

/* Whatever comes before a value; true if the value is to be JSON. */
static bool item(const char *json_key, const char *text_key)
{
	runtime_begin();
	if (out.json)
		json_item(out.list ? NULL : json_key);
	else
		text_item(text_key);
	return out.json;
}

static void put_text(const char *key, const char *value)
{
	const char *colour = out.colour ? colour_of(key, value) : NULL;

	if (colour)
		fputs(colour, stdout);
	fputs(value, stdout);
	if (colour)
		fputs(COLOUR_OFF, stdout);
}

static void put_name(const char *key, const char *name)
{
	char buffer[QUOTE_MAX];

	put_text(key, quote_needed(name) ? quote(buffer, sizeof(buffer), name) : name);
}

/**
 * print_document_open() - start of the output, or of an event
 */
void print_document_open(void)
{
	out.first = true;
	if (out.json)
		json_open(NULL, '{');
}

/**
 * print_document_close() - end of the output, or of an event
 */
void print_document_close(void)
{
	if (out.json)
		json_close('}');
	if (out.json || out.started)
		putchar('\n');
	out.started = false;
}

/**
 * print_record_open() - start of a line in text, of an object in an array in JSON
 */
void print_record_open(void)
{
	if (out.json)
		json_open(NULL, '{');
}

/**
 * print_record_close() - end of what print_record_open() started
 */
void print_record_close(void)
{
	if (out.json)
		json_close('}');
	else
		print_line();
}

/**
 * print_object_open() - start of an object, JSON only
 * @key: its key
 */
void print_object_open(const char *key)
{
	runtime_begin();
	if (out.json)
		json_open(key, '{');
}

/**
 * print_object_close() - end of an object, JSON only
 */
void print_object_close(void)
{
	if (out.json)
		json_close('}');
}

/**
 * print_array_open() - start of an array, JSON only
 * @key: its key
 */
void print_array_open(const char *key)
{
	if (out.json)
		json_open(key, '[');
}

/**
 * print_array_close() - end of an array, JSON only
 */
void print_array_close(void)
{
	if (out.json)
		json_close(']');
}

/**
 * print_runtime_open() - what follows cannot be configured
 */
void print_runtime_open(void)
{
	out.pending = true;
}

/**
 * print_runtime_close() - end of what cannot be configured
 */
void print_runtime_close(void)
{
	if (out.runtime && out.json)
		json_close('}');
	out.pending = false;
	out.runtime = false;
}

/**
 * print_text() - words that JSON does not have
 * @words: the words
 */
void print_text(const char *words)
{
	runtime_begin();
	if (out.json)
		return;
	text_item(NULL);
	fputs(words, stdout);
}

/**
 * print_text_name() - a name that JSON does not have here
 * @name: the name, quoted if it has to be
 */
void print_text_name(const char *name)
{
	if (out.json)
		return;
	text_item(NULL);
	put_name("name", name);
}

/**
 * print_line() - end of a line, text only
 */
void print_line(void)
{
	if (!out.json)
		putchar('\n');
	out.started = false;
}

/**
 * print_json() - a string that text does not have
 * @key: its key
 * @value: the string
 */
void print_json(const char *key, const char *value)
{
	if (!out.json)
		return;
	json_item(key);
	put_json_string(value);
}

/**
 * print_name() - a name that stands in text without a keyword
 * @key: its key in JSON
 * @name: the name, quoted in text if it has to be
 */
void print_name(const char *key, const char *name)
{
	if (item(key, NULL))
		put_json_string(name);
	else
		put_name(key, name);
}

/**
 * print_string() - keyword and name
 * @key: keyword or key
 * @value: the name, quoted in text if it has to be
 */
void print_string(const char *key, const char *value)
{
	if (item(key, key))
		put_json_string(value);
	else
		put_name(key, value);
}

/**
 * print_word() - keyword and a word of the tool's own
 * @key: keyword or key
 * @word: the word
 */
void print_word(const char *key, const char *word)
{
	if (item(key, key))
		put_json_string(word);
	else
		put_text(key, word);
}

/**
 * print_only() - a word of the tool's own that stands in text without a keyword
 * @key: its key in JSON
 * @word: the word
 */
void print_only(const char *key, const char *word)
{
	if (item(key, NULL))
		put_json_string(word);
	else
		put_text(key, word);
}

/**
 * print_number() - keyword and decimal number
 * @key: keyword or key
 * @number: the number
 */
void print_number(const char *key, uint64_t number)
{
	item(key, key);
	printf("%llu", (unsigned long long)number);
}

/**
 * print_count() - decimal number that stands in text without a keyword
 * @key: its key in JSON
 * @number: the number
 */
void print_count(const char *key, uint64_t number)
{
	item(key, NULL);
	printf("%llu", (unsigned long long)number);
}

/**
 * print_ethertype() - keyword and EtherType
 * @key: keyword or key, unless a list is open
 * @ethertype: host byte order
 */
void print_ethertype(const char *key, uint16_t ethertype)
{
	char text[8];

	snprintf(text, sizeof(text), "0x%04x", ethertype);
	print_word(key, text);
}

/**
 * print_switch() - keyword with on or off, true or false
 * @key: keyword or key
 * @on: the value
 */
void print_switch(const char *key, bool on)
{
	if (item(key, key))
		fputs(on ? "true" : "false", stdout);
	else
		fputs(on ? "on" : "off", stdout);
}

/**
 * print_flag() - keyword alone, true in JSON
 * @key: keyword or key
 */
void print_flag(const char *key)
{
	fputs(item(key, NULL) ? "true" : key, stdout);
}

/**
 * print_mac() - keyword and MAC address
 * @key: keyword or key
 * @mac: the address
 */
void print_mac(const char *key, const uint8_t *mac)
{
	char text[MAC_TEXT];

	print_word(key, mac_text(mac, text));
}

/**
 * print_prefix() - keyword and address or prefix
 * @key: keyword or key, unless a list is open
 * @prefix: the prefix
 */
void print_prefix(const char *key, const struct prefix *prefix)
{
	char text[PREFIX_TEXT];

	print_word(key, prefix_text(prefix, text));
}

/**
 * print_list_open() - start of a keyword that repeats, of an array in JSON
 * @key: keyword or key
 */
void print_list_open(const char *key)
{
	runtime_begin();
	if (out.json)
		json_open(key, '[');
	out.list = key;
}

/**
 * print_list_close() - end of what print_list_open() started
 */
void print_list_close(void)
{
	out.list = NULL;
	print_array_close();
}
