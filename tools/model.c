// SPDX-License-Identifier: GPL-2.0-only
/* A whole configuration: the kernel's for show, a file's for apply. */

#include "model.h"

/**
 * model_init() - make an empty configuration
 * @model: the configuration
 */
void model_init(struct model *model)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++)
		list_init(&model->list[i], kinds[i]->size, kinds[i]->release);
}

/**
 * model_free() - free a configuration
 * @model: the configuration
 */
void model_free(struct model *model)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++)
		list_free(&model->list[i]);
}

/**
 * model_count() - how many objects there are
 * @model: the configuration
 *
 * Return: their number, of all kinds.
 */
size_t model_count(const struct model *model)
{
	size_t n = 0;
	unsigned int i;

	for (i = 0; i < KINDS; i++)
		n += model->list[i].n;
	return n;
}
