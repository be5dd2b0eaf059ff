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
