/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of an skb: a linear part, fragments of any number and length, and a
 * list of further skbs with fragments of their own. skb.c makes them.
 */
#ifndef PURE_LINUX_SKBUFF_H
#define PURE_LINUX_SKBUFF_H

#include <stdlib.h>
#include <linux/if_ether.h>
#include <linux/types.h>
#include <net/checksum.h>

#define CHECKSUM_NONE		0
#define CHECKSUM_UNNECESSARY	1
#define CHECKSUM_COMPLETE	2
#define CHECKSUM_PARTIAL	3

struct sk_buff;

/* A page fragment. */
struct pure_frag {
	const u8 *byte;
	unsigned int len;
};

struct skb_shared_info {
	unsigned short gso_size;
	unsigned int gso_type;
	unsigned int nr_frags;
	const struct pure_frag *frags;
	struct sk_buff *frag_list;
};

struct sk_buff {
	struct sk_buff *next;
	unsigned char *head;
	unsigned char *data;
	unsigned int len;
	unsigned int data_len;
	u16 mac_header;
	__be16 protocol;
	bool vlan_present;
	__be16 vlan_proto;
	u16 vlan_tci;
	u8 ip_summed;
	u16 csum_start;
	u16 csum_offset;
	struct skb_shared_info shinfo;
};

int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int len);
__wsum skb_checksum(const struct sk_buff *skb, int offset, int len,
		    __wsum csum);

static inline const struct skb_shared_info *
skb_shinfo(const struct sk_buff *skb)
{
	return &skb->shinfo;
}

static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->len - skb->data_len;
}

static inline unsigned int skb_headroom(const struct sk_buff *skb)
{
	return skb->data - skb->head;
}

static inline unsigned char *skb_mac_header(const struct sk_buff *skb)
{
	return skb->head + skb->mac_header;
}

static inline bool skb_is_gso(const struct sk_buff *skb)
{
	return skb->shinfo.gso_size;
}

static inline int skb_checksum_start_offset(const struct sk_buff *skb)
{
	return skb->csum_start - (int)skb_headroom(skb);
}

/* A negative number is an overflow that the kernel would read by. */
static inline const void *skb_header_pointer(const struct sk_buff *skb,
					     int offset, int len, void *buffer)
{
	if (offset < 0 || len < 0)
		abort();
	if ((int)skb_headlen(skb) - offset >= len)
		return skb->data + offset;

	return skb_copy_bits(skb, offset, buffer, len) ? NULL : buffer;
}

#endif /* PURE_LINUX_SKBUFF_H */
