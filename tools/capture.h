/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_CAPTURE_H
#define BRGUARDCTL_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

struct pcap;

/**
 * struct capture - a capture file that is read frame by frame
 * @at: its name, for messages
 * @pcap: libpcap's view of it
 * @frames: whole frames read so far
 * @data: the last one, valid until the next
 * @size: its bytes
 * @why: what ended the reading too early, or empty
 */
struct capture {
	struct where at;
	struct pcap *pcap;
	unsigned long long frames;
	const uint8_t *data;
	size_t size;
	char why[512];
};

int capture_open(struct capture *capture, const char *path);
bool capture_next(struct capture *capture);
int capture_end(const struct capture *capture);
void capture_close(struct capture *capture);

#endif
