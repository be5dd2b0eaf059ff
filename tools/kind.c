// SPDX-License-Identifier: GPL-2.0-only
/* The kinds of objects that a configuration is made of. */

#include <string.h>

#include "binding.h"
#include "bridge.h"
#include "explain.h"
#include "kind.h"
#include "port.h"
#include "stats.h"
#include "suggest.h"

const struct kind *const kinds[KINDS] = {
	[KIND_BRIDGE] = &bridge_kind,
	[KIND_PORT] = &port_kind,
	[KIND_BINDING] = &binding_kind,
};

/**
 * kind_by_object() - look up a kind by its word
 * @object: the word
 *
 * Return: the kind, or NULL.
 */
const struct kind *kind_by_object(const char *object)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		if (!strcmp(kinds[i]->object, object))
			return kinds[i];
	}
	return NULL;
}

/**
 * kind_grammar() - the keywords for the attributes of a message
 * @cmd: the request
 *
 * Return: the grammar, or NULL if the request has no object.
 */
const struct grammar *kind_grammar(uint8_t cmd)
{
	const struct kind *kind;
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		kind = kinds[i];
		if (cmd == kind->cmd_get || cmd == kind->cmd_set || cmd == kind->cmd_del)
			return kind->grammar;
	}
	if (cmd == BRGUARD_CMD_STATS_GET || cmd == BRGUARD_CMD_STATS_RESET)
		return &stats_grammar;
	if (cmd == BRGUARD_CMD_SUGGEST)
		return &suggest_grammar;
	return cmd == BRGUARD_CMD_EXPLAIN ? &explain_grammar : NULL;
}
