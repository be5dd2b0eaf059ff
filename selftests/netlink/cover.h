/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BRGUARD_FUZZ_COVER_H
#define BRGUARD_FUZZ_COVER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What of the module a system call of this task goes through, if the kernel has
 * KCOV (Documentation/dev-tools/kcov.rst) and the module is built for it. Without,
 * nothing is ever new.
 */
int cover_open(int fd);
void cover_begin(void);
bool cover_end(void);
uint32_t cover_steps(void);

#endif
