/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_NET_IPV6_H
#define PURE_NET_IPV6_H

#include <string.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/types.h>

/* Protocol numbers, as IANA lists them. */
#define NEXTHDR_HOP		0
#define NEXTHDR_TCP		6
#define NEXTHDR_UDP		17
#define NEXTHDR_ROUTING		43
#define NEXTHDR_FRAGMENT	44
#define NEXTHDR_ESP		50
#define NEXTHDR_AUTH		51
#define NEXTHDR_ICMP		58
#define NEXTHDR_NONE		59
#define NEXTHDR_DEST		60
#define NEXTHDR_SCTP		132
#define NEXTHDR_MOBILITY	135

/* RFC 8200 4.5: flag and offset, in place. */
#define IP6_MF			0x0001
#define IP6_OFFSET		0xfff8

static inline bool ipv6_addr_equal(const struct in6_addr *a,
				   const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* Does @a begin with @len bytes of which the last is @last, the others 0? */
static inline bool pure_ip6_is_small(const struct in6_addr *a, int len, u8 last)
{
	int i;

	for (i = 0; i < len - 1; i++)
		if (a->s6_addr[i])
			return false;

	return a->s6_addr[len - 1] == last;
}

static inline bool ipv6_addr_any(const struct in6_addr *a)
{
	return pure_ip6_is_small(a, 16, 0);
}

static inline bool ipv6_addr_loopback(const struct in6_addr *a)
{
	return pure_ip6_is_small(a, 16, 1);
}

static inline bool ipv6_addr_v4mapped(const struct in6_addr *a)
{
	return pure_ip6_is_small(a, 11, 0xff) && a->s6_addr[11] == 0xff;
}

static inline bool ipv6_addr_is_multicast(const struct in6_addr *a)
{
	return a->s6_addr[0] == 0xff;
}

#endif /* PURE_NET_IPV6_H */
