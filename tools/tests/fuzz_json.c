// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer's target: JSON, without a file around it. */

#include "fuzz.h"
#include "json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct model model;

	model_init(&model);
	json_read(&model, (const char *)data, size, "fuzz");
	model_free(&model);
	return 0;
}
