/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_SUGGEST_H
#define BRGUARDCTL_SUGGEST_H

#include "command.h"
#include "grammar.h"

extern const struct grammar suggest_grammar;
extern const struct object suggest_object;

#endif
