/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A frame as a fuzzer's input: 8 bytes that say what lies beside the bytes of
 * a frame and how it lies in memory, then these bytes.
 *
 *  0	flags, INPUT_*		4	start of the checksum
 *  1	linear bytes		5	offset of the checksum
 *  2	bytes in a fragment	6, 7	TCI of the accelerated tag
 *  3	fragments before a list of skbs
 */
#ifndef PURE_INPUT_H
#define PURE_INPUT_H

#include "packet.h"

#define INPUT_HEAD	8
/* Frames no longer than this: chains of headers and options find room. */
#define INPUT_MAX	1600

#define INPUT_GSO	0x01
#define INPUT_PARTIAL	0x02
#define INPUT_BARE	0x04
#define INPUT_TAGGED	0x08
#define INPUT_TAG_8021AD 0x10
/* Lengths and checksums stay as they are; else they are made to fit. */
#define INPUT_LENGTHS	0x20
#define INPUT_SUMS	0x40

bool input_read(const u8 *data, size_t size, u8 *buf, struct frame *frame,
		struct layout *layout);
unsigned int input_write(const struct frame *frame, u8 *data);

#endif /* PURE_INPUT_H */
