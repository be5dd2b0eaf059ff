/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_NET_ADDRCONF_H
#define PURE_NET_ADDRCONF_H

#include <string.h>
#include <linux/in6.h>
#include <linux/types.h>

/* ff02::1:ff00:0/104 and the last 24 bits of @addr, RFC 4291 2.7.1. */
static inline void addrconf_addr_solict_mult(const struct in6_addr *addr,
					     struct in6_addr *group)
{
	memset(group, 0, sizeof(*group));
	group->s6_addr[0] = 0xff;
	group->s6_addr[1] = 0x02;
	group->s6_addr[11] = 0x01;
	group->s6_addr[12] = 0xff;
	memcpy(group->s6_addr + 13, addr->s6_addr + 13, 3);
}

#endif /* PURE_NET_ADDRCONF_H */
