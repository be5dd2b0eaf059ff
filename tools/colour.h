/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_COLOUR_H
#define BRGUARDCTL_COLOUR_H

#define COLOUR_OFF "\033[0m"

const char *colour_of(const char *key, const char *value);

#endif
