/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_JSON_H
#define BRGUARDCTL_JSON_H

#include "model.h"

int json_read(struct model *model, const char *text, size_t size, const char *file);

#endif
