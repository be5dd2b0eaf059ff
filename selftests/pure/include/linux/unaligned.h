/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_UNALIGNED_H
#define PURE_LINUX_UNALIGNED_H

#include <linux/types.h>

#define get_unaligned(p) (((const struct {		\
	__typeof__((p)[0]) x;				\
} __attribute__((packed, may_alias)) *)(p))->x)

static inline u16 get_unaligned_le16(const void *p)
{
	const u8 *byte = p;

	return byte[0] | byte[1] << 8;
}

static inline u32 get_unaligned_le32(const void *p)
{
	return get_unaligned_le16(p) |
	       (u32)get_unaligned_le16((const u8 *)p + 2) << 16;
}

static inline u64 get_unaligned_le64(const void *p)
{
	return get_unaligned_le32(p) |
	       (u64)get_unaligned_le32((const u8 *)p + 4) << 32;
}

static inline u16 get_unaligned_be16(const void *p)
{
	const u8 *byte = p;

	return byte[0] << 8 | byte[1];
}

static inline u32 get_unaligned_be32(const void *p)
{
	return (u32)get_unaligned_be16(p) << 16 |
	       get_unaligned_be16((const u8 *)p + 2);
}

static inline u64 get_unaligned_be64(const void *p)
{
	return (u64)get_unaligned_be32(p) << 32 |
	       get_unaligned_be32((const u8 *)p + 4);
}

static inline void put_unaligned_le16(u16 val, void *p)
{
	u8 *byte = p;

	byte[0] = val;
	byte[1] = val >> 8;
}

static inline void put_unaligned_le32(u32 val, void *p)
{
	put_unaligned_le16(val, p);
	put_unaligned_le16(val >> 16, (u8 *)p + 2);
}

static inline void put_unaligned_be16(u16 val, void *p)
{
	u8 *byte = p;

	byte[0] = val >> 8;
	byte[1] = val;
}

#endif /* PURE_LINUX_UNALIGNED_H */
