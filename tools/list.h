/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_LIST_H
#define BRGUARDCTL_LIST_H

#include <stddef.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/**
 * struct list - a growing array of items of one size
 * @items: the items, side by side; they move when the list grows
 * @n: items in use
 * @room: items that fit before the array grows
 * @size: bytes of an item
 * @release: frees what an item owns, or NULL
 */
struct list {
	void *items;
	size_t n;
	size_t room;
	size_t size;
	void (*release)(void *item);
};

void list_init(struct list *list, size_t size, void (*release)(void *item));
void *list_add(struct list *list);
void *list_at(const struct list *list, size_t i);
void list_truncate(struct list *list, size_t n);
void list_free(struct list *list);

void *xrealloc(void *memory, size_t n, size_t size);
char *xstrdup(const char *string);

#endif
