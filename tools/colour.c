// SPDX-License-Identifier: GPL-2.0-only
/* The colours of text, those of iproute2. */

#include <stdbool.h>
#include <string.h>

#include "colour.h"
#include "list.h"

static bool is_device(const char *key)
{
	static const char *const keys[] = { "name", "port", "bridge", "device", "master" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!strcmp(key, keys[i]))
			return true;
	}
	return false;
}

static bool is_objection(const char *key, const char *value)
{
	if (!strcmp(key, "reason"))
		return strcmp(value, "pass");
	return !strcmp(value, "drop");
}

/**
 * colour_of() - the colour of a value
 * @key: its key
 * @value: the value as it is printed
 *
 * Return: what switches the colour on, or NULL; COLOUR_OFF ends it.
 */
const char *colour_of(const char *key, const char *value)
{
	if (!strcmp(key, "ip") || strstr(key, "-ip"))
		return strchr(value, ':') ? "\033[34m" : "\033[35m";
	if (strstr(key, "mac"))
		return "\033[33m";
	if (is_objection(key, value))
		return "\033[31m";
	return is_device(key) ? "\033[36m" : NULL;
}
