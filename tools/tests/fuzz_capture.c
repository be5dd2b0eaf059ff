// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer's target: a capture, as "explain -r" reads it, to its end. */

#include "capture.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static volatile uint8_t sink;
	struct capture capture;

	if (capture_open(&capture, fuzz_file(data, size)))
		return 0;
	/* All bytes of a frame have to be there. */
	while (capture_next(&capture)) {
		while (capture.size)
			sink ^= capture.data[--capture.size];
	}
	(void)sink;
	capture_end(&capture);
	capture_close(&capture);
	return 0;
}
