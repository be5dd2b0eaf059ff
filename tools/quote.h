/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_QUOTE_H
#define BRGUARDCTL_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

/* Room for any name of the wire format: 127 bytes, each as \xHH, two quotes, NUL. */
#define QUOTE_MAX 520

unsigned int utf8_length(const char *s);
bool quote_needed(const char *word);
char *quote(char *buffer, size_t room, const char *word);
const char *quoted(const char *word);

#endif
