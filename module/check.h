/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of verdict that look behind the Ethernet header. Pure. */
#ifndef BRG_CHECK_H
#define BRG_CHECK_H

#include <linux/in.h>
#include "frame.h"

struct brg_rules;

enum brguard_reason brg_check_arp(const struct brg_rules *r,
				  const struct brg_frame *f);
enum brguard_reason brg_check_rarp(const struct brg_frame *f);
enum brguard_reason brg_check_ip4(const struct brg_rules *r,
				  const struct brg_frame *f);
enum brguard_reason brg_check_ip6(const struct brg_rules *r,
				  const struct brg_frame *f);

/* RFC 1122 3.2.1.3 and RFC 6890: no packet has such a source. */
static inline bool brg_ip4_is_martian(__be32 addr)
{
	return ipv4_is_multicast(addr) || ipv4_is_loopback(addr) ||
	       !(addr & htonl(0xff000000)) || ipv4_is_lbcast(addr);
}

bool brg_ip6_is_martian(const struct in6_addr *addr);

#endif /* BRG_CHECK_H */
