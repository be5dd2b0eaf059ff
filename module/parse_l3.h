/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What parse.c and parse_*.c call of each other, for them alone. Offsets are as
 * in parse.c; context: any, none changes the skb. What is wrong with a packet
 * is noted in the frame.
 */
#ifndef BRG_PARSE_L3_H
#define BRG_PARSE_L3_H

#include "parse.h"

/**
 * struct brg_depth - how far a frame is read
 * @headers: headers in an IPv6 extension chain
 * @options: options of an ND message
 * @tags: tags of VLAN 0 behind the first tag
 */
struct brg_depth {
	int headers;
	int options;
	int tags;
};

/* Headers in an IPv6 chain from a guest and to one. */
#define BRG_GUEST_HEADERS	16

void brg_parse_ip4(const struct sk_buff *skb, int off, struct brg_frame *f);
void brg_parse_ip4_addresses(const struct sk_buff *skb, int off,
			     struct brg_frame *f);
void brg_parse_ip6(const struct sk_buff *skb, int off, struct brg_frame *f,
		   const struct brg_depth *depth);
void brg_parse_ip6_addresses(const struct sk_buff *skb, int off,
			     struct brg_frame *f);
bool brg_parse_is_extension(u8 next);
void brg_parse_nd(const struct sk_buff *skb, int off, int end, int options,
		  struct brg_frame *f);
void brg_parse_udp4(const struct sk_buff *skb, int off, int end,
		    struct brg_frame *f, bool fragment);
void brg_parse_udp6(const struct sk_buff *skb, int off, int end,
		    struct brg_frame *f);

#endif /* BRG_PARSE_L3_H */
