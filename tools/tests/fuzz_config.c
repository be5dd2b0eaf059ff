// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer's target: a configuration, as "apply" reads it. */

#include "config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config;

	config_init(&config);
	config_read(&config, fuzz_file(data, size), NULL);
	config_free(&config);
	return 0;
}
