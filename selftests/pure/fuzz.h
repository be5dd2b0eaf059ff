/* SPDX-License-Identifier: GPL-2.0-only */
/* What libFuzzer, or AFL++ in its place, calls and offers. */
#ifndef PURE_FUZZ_H
#define PURE_FUZZ_H

#include <linux/types.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max,
			       unsigned int seed);
size_t LLVMFuzzerMutate(u8 *data, size_t size, size_t max);
const char *__asan_default_options(void);

#endif /* PURE_FUZZ_H */
