// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <linux/unaligned.h>
#include "fix.h"
#include "input.h"

/**
 * input_read() - make a frame of a fuzzer's input
 * @data: input
 * @size: its size
 * @buf: for the bytes of the frame, INPUT_MAX
 * @frame: frame
 * @layout: layout
 *
 * Return: whether the input is long enough and not too long.
 */
bool input_read(const u8 *data, size_t size, u8 *buf, struct frame *frame,
		struct layout *layout)
{
	u8 flags;

	if (size <= INPUT_HEAD || size > INPUT_HEAD + INPUT_MAX)
		return false;
	flags = data[0];
	size -= INPUT_HEAD;
	memcpy(buf, data + INPUT_HEAD, size);
	if (!(flags & INPUT_LENGTHS))
		fix_lengths(buf, size);
	if (!(flags & INPUT_SUMS))
		fix_sums(buf, size);

	*frame = (struct frame){
		.byte = buf, .len = size, .gso = flags & INPUT_GSO,
		.bare = flags & INPUT_BARE, .partial = flags & INPUT_PARTIAL,
		.csum_start = data[4], .csum_offset = data[5],
		.tagged = flags & INPUT_TAGGED,
		.tpid = flags & INPUT_TAG_8021AD ? ETH_P_8021AD : ETH_P_8021Q,
		.tci = get_unaligned_be16(data + 6),
	};
	*layout = (struct layout){
		.linear = data[1], .piece = data[2] % 32, .list = data[3] % 8,
	};

	return true;
}

/**
 * input_write() - the opposite of input_read(), without a layout
 * @frame: frame without a tag beside it
 * @data: for the input
 *
 * Return: size of the input.
 */
unsigned int input_write(const struct frame *frame, u8 *data)
{
	memset(data, 0, INPUT_HEAD);
	data[0] = INPUT_LENGTHS | INPUT_SUMS;
	data[0] |= frame->gso ? INPUT_GSO : 0;
	data[0] |= frame->partial ? INPUT_PARTIAL : 0;
	data[0] |= frame->bare ? INPUT_BARE : 0;
	data[4] = frame->csum_start;
	data[5] = frame->csum_offset;
	memcpy(data + INPUT_HEAD, frame->byte, frame->len);

	return INPUT_HEAD + frame->len;
}
