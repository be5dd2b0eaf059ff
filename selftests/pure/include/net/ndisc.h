/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_NET_NDISC_H
#define PURE_NET_NDISC_H

#include <linux/icmpv6.h>
#include <linux/in6.h>

/* RFC 4861: ICMPv6 types and options. */
#define NDISC_ROUTER_SOLICITATION	133
#define NDISC_ROUTER_ADVERTISEMENT	134
#define NDISC_NEIGHBOUR_SOLICITATION	135
#define NDISC_NEIGHBOUR_ADVERTISEMENT	136
#define NDISC_REDIRECT			137

#define ND_OPT_SOURCE_LL_ADDR	1
#define ND_OPT_TARGET_LL_ADDR	2

struct nd_msg {
	struct icmp6hdr icmph;
	struct in6_addr target;
	u8 opt[];
};

#endif /* PURE_NET_NDISC_H */
