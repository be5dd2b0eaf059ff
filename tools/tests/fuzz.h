/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_FUZZ_H
#define BRGUARDCTL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

const char *fuzz_file(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
