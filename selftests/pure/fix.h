/* SPDX-License-Identifier: GPL-2.0-only */
/* Makes a frame that a fuzzer has changed one that receivers would read on. */
#ifndef PURE_FIX_H
#define PURE_FIX_H

#include <linux/types.h>

/**
 * struct headers - where things are in a frame
 * @ip: IPv4 or IPv6 header, 0: there is none
 * @upper: behind it and its extension headers, 0: not in this frame
 * @version: 4 or 6
 * @proto: what is at @upper
 * @edge: offsets at which a header or option begins, and the end
 * @edges: their number
 */
struct headers {
	unsigned int ip;
	unsigned int upper;
	u8 version;
	u8 proto;
	unsigned int edge[32];
	unsigned int edges;
};

void headers_find(const u8 *byte, unsigned int len, struct headers *h);
void fix_lengths(u8 *byte, unsigned int len);
void fix_sums(u8 *byte, unsigned int len);

#endif /* PURE_FIX_H */
