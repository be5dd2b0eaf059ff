/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_OBJECT_H
#define BRGUARDCTL_OBJECT_H

#include "command.h"
#include "ipc.h"
#include "kind.h"
#include "model.h"

int object_send(const struct kind *kind, uint8_t cmd, const struct grammar *grammar,
		struct args *args);
int object_show(const struct kind *kind, const struct options *options, struct args *args);
int object_fetch(struct ipc *ipc, const struct kind *kind, const void *key, struct list *list);
int object_fetch_all(struct ipc *ipc, struct model *model);
void object_print(const struct kind *kind, const void *item);
void object_print_list(const struct kind *kind, const struct list *list,
		       const struct options *options, const struct list *stats);

#endif
