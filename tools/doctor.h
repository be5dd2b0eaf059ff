/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_DOCTOR_H
#define BRGUARDCTL_DOCTOR_H

#include "command.h"

extern const struct object doctor_object;

#endif
