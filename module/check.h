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
	       ipv4_is_zeronet(addr) || ipv4_is_lbcast(addr);
}

/* fe80::/10, RFC 4291 2.5.6. */
static inline bool brg_ip6_is_link_local(const struct in6_addr *addr)
{
	return (addr->s6_addr32[0] & htonl(0xffc00000)) == htonl(0xfe800000);
}

bool brg_ip6_is_martian(const struct in6_addr *addr);

#endif /* BRG_CHECK_H */
