/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What would have to be bound for a frame of a guest to pass. Pure: no lock, no
 * allocation, no skb.
 */
#ifndef BRG_WISH_H
#define BRG_WISH_H

#include <linux/in6.h>
#include <linux/types.h>
#include <linux/brguard.h>

struct brg_frame;
struct brg_rules;

/* The source of a packet and the target of its neighbour discovery message. */
#define BRG_WISHES	2

/**
 * struct brg_wish - a MAC with its VLAN and, mostly, an address of it
 * @key: MAC and VLAN
 * @family: AF_INET, AF_INET6, or AF_UNSPEC for the MAC alone
 * @addr: IPv4 in the first word, the rest 0
 */
struct brg_wish {
	u64 key;
	u8 family;
	struct in6_addr addr;
};

int brg_wish_read(const struct brg_rules *r, const struct brg_frame *f,
		  struct brg_wish *wish);
bool brg_wish_may_help(enum brguard_reason reason, const struct brg_frame *f);
bool brg_wish_helps(const struct brg_rules *r, const struct brg_frame *f);

#endif /* BRG_WISH_H */
