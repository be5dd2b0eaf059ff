/* SPDX-License-Identifier: GPL-2.0-only */
/* The Internet checksum, RFC 1071: slow and plain. */
#ifndef PURE_NET_CHECKSUM_H
#define PURE_NET_CHECKSUM_H

#include <linux/types.h>

struct in6_addr;

__wsum csum_partial(const void *data, int len, __wsum sum);
__sum16 csum_fold(__wsum sum);
__sum16 ip_fast_csum(const void *head, unsigned int words);
__sum16 csum_ipv6_magic(const struct in6_addr *src, const struct in6_addr *dst,
			u32 len, u8 proto, __wsum sum);

#endif /* PURE_NET_CHECKSUM_H */
