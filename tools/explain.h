/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_EXPLAIN_H
#define BRGUARDCTL_EXPLAIN_H

#include "command.h"
#include "grammar.h"

extern const struct grammar explain_grammar;
extern const struct object explain_object;

#endif
