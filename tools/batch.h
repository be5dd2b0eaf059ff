/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_BATCH_H
#define BRGUARDCTL_BATCH_H

#include "ipc.h"
#include "model.h"

int batch_send(struct ipc *ipc, const struct model *model, size_t *requests);

#endif
