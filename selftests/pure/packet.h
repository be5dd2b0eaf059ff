/* SPDX-License-Identifier: GPL-2.0-only */
/* One frame, and the many skbs in which a kernel may hold it. */
#ifndef PURE_PACKET_H
#define PURE_PACKET_H

#include <linux/skbuff.h>

#define FRAME_MAX	66000

/* Fragments of an skb; shorter ones than this allows are made longer. */
#define PIECES_MAX	512

/**
 * struct frame - bytes, and what a driver says beside them
 * @byte: from the Ethernet header on
 * @len: number of bytes
 * @bare: the Ethernet header does not stand right before the data
 * @gso: to be cut into segments
 * @partial: somebody is to put the checksum in
 * @csum_start: where it begins, counted from @byte
 * @csum_offset: where it goes, counted from @csum_start
 * @tagged: a tag that is not among the bytes
 * @tpid: its protocol, host byte order
 * @tci: its priority and VLAN ID
 */
struct frame {
	const u8 *byte;
	unsigned int len;
	bool bare;
	bool gso;
	bool partial;
	u16 csum_start;
	u16 csum_offset;
	bool tagged;
	u16 tpid;
	u16 tci;
};

/**
 * struct layout - how an skb holds a frame
 * @linear: bytes behind the Ethernet header that are in the linear part
 * @piece: bytes in each fragment, 0: all in one
 * @list: fragments before the rest goes to the list of skbs, 0: none goes
 */
struct layout {
	unsigned int linear;
	unsigned int piece;
	unsigned int list;
};

/**
 * struct packet - an skb with what it points to
 * @skb: what is judged
 * @saved: @skb as it was made
 * @frame: what it holds
 * @list: further skbs
 * @frags: of all skbs
 */
struct packet {
	struct sk_buff skb;
	struct sk_buff saved;
	const struct frame *frame;
	struct sk_buff list[2];
	struct pure_frag frags[PIECES_MAX];
};

bool frame_accelerate(const struct frame *from, struct frame *to, u8 *buf);
void packet_make(struct packet *p, const struct frame *frame,
		 const struct layout *layout);
bool packet_is_whole(const struct packet *p);
void packet_free(struct packet *p);

#endif /* PURE_PACKET_H */
