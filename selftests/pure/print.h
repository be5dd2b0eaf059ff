/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_PRINT_H
#define PURE_PRINT_H

int print_option(const char *option);

#endif /* PURE_PRINT_H */
