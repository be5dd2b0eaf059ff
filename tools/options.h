/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_OPTIONS_H
#define BRGUARDCTL_OPTIONS_H

#include "command.h"

/* Neither help nor version: go on to the object. */
#define OPTIONS_GO_ON (-1)

extern const char options_help[];

int options_read(struct options *options, struct args *args);

#endif
