// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <linux/if_vlan.h>
#include <linux/unaligned.h>
#include "frame.h"
#include "packet.h"

/* Drivers put the IP header on a multiple of 4. */
#define ALIGN_IP	2

/**
 * frame_accelerate() - take the outer tag out of the bytes, as drivers do
 * @from: frame
 * @to: the same with an accelerated tag
 * @buf: for the bytes of @to
 *
 * Return: whether there is a tag to take.
 */
bool frame_accelerate(const struct frame *from, struct frame *to, u8 *buf)
{
	const unsigned int at = 2 * ETH_ALEN;

	if (from->bare || from->tagged || from->len < ETH_HLEN + VLAN_HLEN ||
	    (from->partial && from->csum_start < VLAN_HLEN))
		return false;
	*to = *from;
	to->tpid = get_unaligned_be16(from->byte + at);
	if (!brg_is_tpid(htons(to->tpid)))
		return false;
	to->tagged = true;
	to->tci = get_unaligned_be16(from->byte + at + 2);
	memcpy(buf, from->byte, at);
	memcpy(buf + at, from->byte + at + VLAN_HLEN,
	       from->len - at - VLAN_HLEN);
	to->byte = buf;
	to->len -= VLAN_HLEN;
	to->csum_start -= VLAN_HLEN;

	return true;
}

/* The linear part ends where its memory ends, for the address sanitizer. */
static void packet_make_head(struct packet *p, unsigned int head,
			     unsigned int linear)
{
	const struct frame *frame = p->frame;
	struct sk_buff *skb = &p->skb;

	skb->head = malloc(ALIGN_IP + head + linear);
	if (!skb->head)
		abort();
	memset(skb->head, 0, ALIGN_IP);
	memcpy(skb->head + ALIGN_IP, frame->byte, head + linear);
	skb->data = skb->head + ALIGN_IP + head;
	skb->mac_header = ALIGN_IP;
	skb->len = frame->len - head;
	skb->data_len = skb->len - linear;
}

/* The next @n fragments belong to a further skb, the first as linear part. */
static void packet_make_list(struct sk_buff *skb,
			     const struct pure_frag *frag, unsigned int n)
{
	unsigned int i;

	memset(skb, 0, sizeof(*skb));
	skb->head = (u8 *)frag->byte;
	skb->data = skb->head;
	for (i = 0; i < n; i++)
		skb->len += frag[i].len;
	skb->data_len = skb->len - frag->len;
	skb->shinfo.frags = frag + 1;
	skb->shinfo.nr_frags = n - 1;
}

static void packet_make_frags(struct packet *p, const struct layout *layout)
{
	const u8 *byte = p->frame->byte + p->frame->len - p->skb.data_len;
	unsigned int left = p->skb.data_len, n = 0, rest, half;
	unsigned int size = layout->piece ? layout->piece : left;

	if (size < left / PIECES_MAX + 1)
		size = left / PIECES_MAX + 1;
	for (; left; n++, byte += size, left -= size) {
		size = size < left ? size : left;
		p->frags[n] = (struct pure_frag){ byte, size };
	}

	p->skb.shinfo.frags = p->frags;
	p->skb.shinfo.nr_frags = n;
	if (!layout->list || layout->list >= n)
		return;
	p->skb.shinfo.nr_frags = layout->list;
	p->skb.shinfo.frag_list = &p->list[0];
	rest = n - layout->list;
	half = (rest + 1) / 2;
	packet_make_list(&p->list[0], p->frags + layout->list, half);
	if (rest == half)
		return;
	p->list[0].next = &p->list[1];
	packet_make_list(&p->list[1], p->frags + layout->list + half,
			 rest - half);
}

/**
 * packet_make() - put a frame into an skb
 * @p: to be freed with packet_free()
 * @frame: frame; it has to stay as long as @p
 * @layout: how
 */
void packet_make(struct packet *p, const struct frame *frame,
		 const struct layout *layout)
{
	unsigned int head = frame->bare || frame->len < ETH_HLEN ? 0 : ETH_HLEN;
	unsigned int linear = frame->len - head;
	struct sk_buff *skb = &p->skb;

	memset(skb, 0, sizeof(*skb));
	p->frame = frame;
	if (linear > layout->linear)
		linear = layout->linear;
	packet_make_head(p, head, linear);
	packet_make_frags(p, layout);
	skb->vlan_present = frame->tagged;
	skb->vlan_proto = htons(frame->tpid);
	skb->vlan_tci = frame->tci;
	skb->shinfo.gso_size = frame->gso ? 1000 : 0;
	if (frame->partial) {
		skb->ip_summed = CHECKSUM_PARTIAL;
		skb->csum_start = ALIGN_IP + frame->csum_start;
		skb->csum_offset = frame->csum_offset;
	}
	p->saved = *skb;
}

/**
 * packet_is_whole() - did nobody write to the skb?
 * @p: packet
 *
 * Only the linear part can be written to: of fragments there are copies.
 *
 * Return: whether it is as it was made.
 */
bool packet_is_whole(const struct packet *p)
{
	unsigned int len = skb_headroom(&p->saved) - ALIGN_IP +
			   skb_headlen(&p->saved);

	return !memcmp(&p->skb, &p->saved, sizeof(p->skb)) &&
	       !memcmp(p->saved.head + ALIGN_IP, p->frame->byte, len);
}

void packet_free(struct packet *p)
{
	free(p->saved.head);
}
