/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_IN_H
#define PURE_LINUX_IN_H

#include_next <linux/in.h>
#include <linux/types.h>

static inline bool ipv4_is_multicast(__be32 addr)
{
	return ntohl(addr) >> 28 == 0xe;
}

static inline bool ipv4_is_loopback(__be32 addr)
{
	return ntohl(addr) >> 24 == 127;
}

/* One address, no longer a /8: since Linux 5.3. */
static inline bool ipv4_is_zeronet(__be32 addr)
{
	return !addr;
}

static inline bool ipv4_is_lbcast(__be32 addr)
{
	return ntohl(addr) == INADDR_BROADCAST;
}

#endif /* PURE_LINUX_IN_H */
