/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_HEX_H
#define BRGUARDCTL_HEX_H

#include "args.h"
#include "list.h"

int hex_read(struct args *args, struct list *bytes);

#endif
