/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TEXT_H
#define BRGUARDCTL_TEXT_H

#include <stdarg.h>

#include "report.h"

__printf(2, 0) void text_vadd(char **text, const char *format, va_list args);
__printf(2, 3) void text_add(char **text, const char *format, ...);
const char *text_shell(const char *word);
const char *text_bare(const char *word);

#endif
