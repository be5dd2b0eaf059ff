// SPDX-License-Identifier: GPL-2.0-only
/* Memory that is either there or ends the program, and growing arrays of it. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "report.h"

static void no_memory(void)
{
	report("out of memory");
	exit(EXIT_REFUSED);
}

/**
 * xrealloc() - realloc() of an array, never NULL
 * @memory: what there is, or NULL
 * @n: number of items wanted
 * @size: bytes of an item
 *
 * Return: the array; without memory the program ends.
 */
void *xrealloc(void *memory, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		no_memory();

	memory = realloc(memory, n && size ? n * size : 1);
	if (!memory)
		no_memory();
	return memory;
}

/**
 * xstrdup() - strdup(), never NULL
 * @string: what to copy
 *
 * Return: the copy; without memory the program ends.
 */
char *xstrdup(const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(xrealloc(NULL, size, 1), string, size);
}

/**
 * list_init() - make an empty list
 * @list: the list
 * @size: bytes of an item
 * @release: frees what an item owns, or NULL
 */
void list_init(struct list *list, size_t size, void (*release)(void *item))
{
	memset(list, 0, sizeof(*list));
	list->size = size;
	list->release = release;
}

/**
 * list_at() - an item of a list
 * @list: the list
 * @i: its number, less than list->n
 *
 * Return: the item, valid until the list grows.
 */
void *list_at(const struct list *list, size_t i)
{
	return (char *)list->items + i * list->size;
}

/**
 * list_add() - append an item of zeroes
 * @list: the list
 *
 * The array doubles, so that a million items cost linear time.
 *
 * Return: the item, valid until the list grows.
 */
void *list_add(struct list *list)
{
	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 16;
		list->items = xrealloc(list->items, list->room, list->size);
	}
	return memset(list_at(list, list->n++), 0, list->size);
}

/**
 * list_truncate() - forget the end of a list
 * @list: the list
 * @n: items that stay
 */
void list_truncate(struct list *list, size_t n)
{
	while (list->n > n) {
		list->n--;
		if (list->release)
			list->release(list_at(list, list->n));
	}
}

/**
 * list_free() - empty a list and free its memory
 * @list: the list, which may be used again
 */
void list_free(struct list *list)
{
	list_truncate(list, 0);
	free(list->items);
	list->items = NULL;
	list->room = 0;
}
