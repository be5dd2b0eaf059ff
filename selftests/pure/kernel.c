// SPDX-License-Identifier: GPL-2.0-only
/* What the headers in include/ declare and a header cannot hold. */
#include <stdlib.h>
#include <string.h>
#include <linux/in6.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/checksum.h>

int pure_alloc_left = -1;

void *kvcalloc(size_t n, size_t size, gfp_t flags)
{
	(void)flags;
	if (!pure_alloc_left)
		return NULL;
	if (pure_alloc_left > 0)
		pure_alloc_left--;

	return calloc(n, size);
}

void kvfree(const void *p)
{
	free((void *)p);
}

/* A sum of 16-bit words as they stand in memory; @odd: begin with the second byte. */
static u64 sum_bytes(const u8 *byte, int len, bool odd, u64 sum)
{
	int i;

	for (i = 0; i < len; i++)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		sum += (u64)byte[i] << ((i ^ odd) & 1 ? 8 : 0);
#else
		sum += (u64)byte[i] << ((i ^ odd) & 1 ? 0 : 8);
#endif

	return sum;
}

static __wsum fold_to_32(u64 sum)
{
	while (sum >> 32)
		sum = (sum & 0xffffffff) + (sum >> 32);

	return (__wsum)sum;
}

__wsum csum_partial(const void *data, int len, __wsum sum)
{
	return fold_to_32(sum_bytes(data, len, false, sum));
}

__sum16 csum_fold(__wsum sum)
{
	u32 folded = sum;

	while (folded >> 16)
		folded = (folded & 0xffff) + (folded >> 16);

	return (__sum16)~folded;
}

__sum16 ip_fast_csum(const void *head, unsigned int words)
{
	return csum_fold(csum_partial(head, words * 4, 0));
}

__sum16 csum_ipv6_magic(const struct in6_addr *src, const struct in6_addr *dst,
			u32 len, u8 proto, __wsum sum)
{
	__be32 tail[2] = { htonl(len), htonl(proto) };

	sum = csum_partial(src, sizeof(*src), sum);
	sum = csum_partial(dst, sizeof(*dst), sum);

	return csum_fold(csum_partial(tail, sizeof(tail), sum));
}

/* A walk over @len bytes of an skb from @offset on, run by run. */
struct walk {
	int offset;
	int len;
	u8 *to;
	u64 sum;
	bool odd;
};

static void walk_run(struct walk *w, const u8 *byte, unsigned int size)
{
	int n = (int)size - w->offset;

	if (n <= 0) {
		w->offset -= size;
		return;
	}
	n = n < w->len ? n : w->len;
	if (w->to && n == 1) {
		*w->to++ = byte[w->offset];
	} else if (w->to) {
		memcpy(w->to, byte + w->offset, n);
		w->to += n;
	} else {
		w->sum = sum_bytes(byte + w->offset, n, w->odd, w->sum);
		w->odd ^= n & 1;
	}
	w->len -= n;
	w->offset = 0;
}

static void walk_skb(struct walk *w, const struct sk_buff *skb)
{
	const struct skb_shared_info *info = &skb->shinfo;
	const struct sk_buff *next;
	unsigned int i;

	walk_run(w, skb->data, skb_headlen(skb));
	for (i = 0; i < info->nr_frags && w->len; i++)
		walk_run(w, info->frags[i].byte, info->frags[i].len);
	for (next = info->frag_list; next && w->len; next = next->next)
		walk_skb(w, next);
}

int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int len)
{
	struct walk w = { .offset = offset, .len = len, .to = to };

	if (offset > (int)skb->len - len)
		return -1;
	walk_skb(&w, skb);

	return w.len ? -1 : 0;
}

/* The kernel's has to be called with bytes that are there. */
__wsum skb_checksum(const struct sk_buff *skb, int offset, int len, __wsum csum)
{
	struct walk w = { .offset = offset, .len = len, .sum = csum };

	if (offset < 0 || len < 0 || offset > (int)skb->len - len)
		abort();
	walk_skb(&w, skb);

	return fold_to_32(w.sum);
}
