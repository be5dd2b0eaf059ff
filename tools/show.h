/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_SHOW_H
#define BRGUARDCTL_SHOW_H

#include "command.h"

extern const struct object show_object;

#endif
