/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_KIND_H
#define BRGUARDCTL_KIND_H

#include "grammar.h"
#include "list.h"

/* Bit of an attribute in the member "has" of an object. */
#define HAS(attribute) (1u << (attribute))

/**
 * struct kind - bridge, port or binding
 * @object: word of the object
 * @command: command that makes one
 * @plural: key of their array in JSON
 * @grammar: keywords
 * @key: those of them that select what "show" prints
 * @size: bytes of the object in memory; it starts with its struct where
 * @cmd_get: message that asks for it
 * @cmd_set: message that makes it
 * @cmd_del: message that removes it
 * @cmd_ntf: event that it was made or changed
 * @cmd_del_ntf: event that it was removed
 * @put: appends its attributes to a message
 * @get: reads it from a message into zeroed memory
 * @compare: order in which it is printed
 * @print: prints the keywords it has and that are not the default
 * @print_runtime: prints what the kernel adds and nobody can set, or NULL
 * @release: frees what it owns, or NULL
 */
struct kind {
	const char *object;
	const char *command;
	const char *plural;
	const struct grammar *grammar;
	const struct grammar *key;
	size_t size;
	uint8_t cmd_get;
	uint8_t cmd_set;
	uint8_t cmd_del;
	uint8_t cmd_ntf;
	uint8_t cmd_del_ntf;
	void (*put)(struct nlmsghdr *nlh, const void *item);
	void (*get)(const struct nlmsghdr *nlh, void *item);
	int (*compare)(const void *a, const void *b);
	void (*print)(const void *item);
	void (*print_runtime)(const void *item);
	void (*release)(void *item);
};

enum { KIND_BRIDGE, KIND_PORT, KIND_BINDING, KINDS };

/* In the order in which a configuration is printed and sent. */
extern const struct kind *const kinds[KINDS];

const struct kind *kind_by_object(const char *object);
const struct grammar *kind_grammar(uint8_t cmd);

#endif
