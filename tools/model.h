/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_MODEL_H
#define BRGUARDCTL_MODEL_H

#include "kind.h"

/**
 * struct model - a whole configuration
 * @list: its objects, by kind
 */
struct model {
	struct list list[KINDS];
};

void model_init(struct model *model);
void model_free(struct model *model);

#endif
