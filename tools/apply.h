/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_APPLY_H
#define BRGUARDCTL_APPLY_H

#include "command.h"

extern const struct object apply_object;

#endif
