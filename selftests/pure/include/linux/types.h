/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The headers in this folder stand in for the kernel's own, so that the
 * module's parser and decision compile in user space as they are. Formats and
 * numbers come from the kernel's user space headers; what these lack is written
 * anew here, no more of it than module/ uses.
 *
 * This one: what every source file of the kernel finds defined.
 */
#ifndef PURE_LINUX_TYPES_H
#define PURE_LINUX_TYPES_H

#include_next <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s64 s64;
typedef unsigned int gfp_t;

#define __force
#define __must_check		__attribute__((warn_unused_result))
#define __packed		__attribute__((packed))
#define noinline		__attribute__((noinline))
#undef __always_inline
#define __always_inline		inline
#define fallthrough		__attribute__((fallthrough))

/* Plain, so that branch coverage shows the condition and nothing else. */
#define likely(x)		(x)
#define unlikely(x)		(x)

static inline int pure_max(int a, int b)
{
	return a > b ? a : b;
}

static inline int pure_min(int a, int b)
{
	return a < b ? a : b;
}

#define max(a, b)		pure_max(a, b)
#define min(a, b)		pure_min(a, b)

/* Usable as a case label, unlike the C library's. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define htons(x)		((__be16)__builtin_bswap16((u16)(x)))
#define htonl(x)		((__be32)__builtin_bswap32((u32)(x)))
#else
#define htons(x)		((__be16)(x))
#define htonl(x)		((__be32)(x))
#endif
#define ntohs(x)		((u16)htons(x))
#define ntohl(x)		((u32)htonl(x))
#define cpu_to_be16(x)		htons(x)
#define cpu_to_be32(x)		htonl(x)
#define be16_to_cpu(x)		ntohs(x)
#define be32_to_cpu(x)		ntohl(x)

#endif /* PURE_LINUX_TYPES_H */
