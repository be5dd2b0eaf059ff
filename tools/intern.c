// SPDX-License-Identifier: GPL-2.0-only
/* Names that many objects share, one copy of each, until the program ends. */

#include <search.h>
#include <string.h>

#include "intern.h"
#include "list.h"

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/**
 * intern() - the one copy of a string
 * @string: the string
 *
 * Return: the same pointer for the same string.
 */
const char *intern(const char *string)
{
	static const char *last;
	static void *tree;
	void **found;

	/* Bindings of a port stand together. */
	if (last && !strcmp(last, string))
		return last;
	found = tfind(string, &tree, compare);
	if (!found)
		found = tsearch(xstrdup(string), &tree, compare);
	last = *found;
	return last;
}
