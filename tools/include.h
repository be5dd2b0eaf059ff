/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_INCLUDE_H
#define BRGUARDCTL_INCLUDE_H

#include "args.h"
#include "config.h"

int include_read(struct config *config, struct args *args);

#endif
