/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_RIVAL_H
#define BRGUARDCTL_RIVAL_H

#include "list.h"

void rival_find(const struct list *all, const struct list *ports, struct list *wishes);

#endif
