/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_NET_IP_H
#define PURE_NET_IP_H

#include <linux/in.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <net/checksum.h>

/* RFC 791: flags and offset. */
#define IP_DF		0x4000
#define IP_MF		0x2000
#define IP_OFFSET	0x1fff

#define IP_MAX_MTU	0xffffU

#endif /* PURE_NET_IP_H */
