/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_MONITOR_H
#define BRGUARDCTL_MONITOR_H

#include "command.h"

extern const struct object monitor_object;

#endif
