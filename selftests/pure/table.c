// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"
#include "text.h"

extern const struct table table_l2, table_arp, table_ip4, table_ip6, table_ext,
			  table_nd, table_sum, table_out, table_quick;

const struct table *const tables[] = {
	&table_l2, &table_arp, &table_ip4, &table_ip6, &table_ext, &table_nd,
	&table_sum, &table_out, &table_quick,
};

const unsigned int n_tables = sizeof(tables) / sizeof(tables[0]);

/**
 * row_read() - make the frame of a row
 * @row: row
 * @frame: frame
 * @buf: for its bytes, FRAME_MAX
 *
 * Return: whether its text makes sense.
 */
bool row_read(const struct row *row, struct frame *frame, u8 *buf)
{
	int len = text_read(row->text, buf, FRAME_MAX);

	*frame = (struct frame){
		.byte = buf, .len = len, .gso = row->with & WITH_GSO,
		.bare = row->with & WITH_BARE,
		.partial = row->with & WITH_PARTIAL,
		.csum_start = row->with >> 8 & 0xff,
		.csum_offset = row->with >> 16,
	};

	return len >= 0;
}
