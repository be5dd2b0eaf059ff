// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device receives frames, each in an skb of its own, as fast as it can. How
 * long that takes is counted in guest time, with softirqs off, so that nobody
 * else's time is in it. In debugfs, brgbench/control takes
 *
 *	clear			forget all frames
 *	frame HEX		one more; they are sent in turn
 *	gso HEX SIZE MORE	one more, TCP: HEX and MORE bytes in page
 *				fragments, to be cut into segments of SIZE
 *	run DEV COUNT		COUNT frames; brgbench/ns tells how long
 */
#include <linux/debugfs.h>
#include <linux/etherdevice.h>
#include <linux/hex.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <net/net_namespace.h>

#define BRGBENCH_FRAMES	4096
#define BRGBENCH_LINE	4096
#define BRGBENCH_CHUNK	64	/* as many as NAPI takes at a time */

struct brgbench_frame {
	u8 *byte;
	u32 len;
	u32 more;
	u32 segment;
};

static DEFINE_MUTEX(brgbench_lock);	/* all below */
static struct brgbench_frame brgbench_frame[BRGBENCH_FRAMES];
static u32 brgbench_frames;
static u64 brgbench_ns;
static struct page *brgbench_page;
static struct dentry *brgbench_dir;

static void brgbench_clear(void)
{
	while (brgbench_frames)
		kfree(brgbench_frame[--brgbench_frames].byte);
}

static int brgbench_add(const char *hex, u32 segment, u32 more)
{
	struct brgbench_frame f = { .segment = segment, .more = more };

	f.len = strlen(hex) / 2;
	if (brgbench_frames == BRGBENCH_FRAMES || f.len < ETH_HLEN ||
	    more > (MAX_SKB_FRAGS - 1) * PAGE_SIZE)
		return -EINVAL;
	f.byte = kmalloc(f.len, GFP_KERNEL);
	if (!f.byte)
		return -ENOMEM;
	if (hex2bin(f.byte, hex, f.len)) {
		kfree(f.byte);
		return -EINVAL;
	}
	brgbench_frame[brgbench_frames++] = f;

	return 0;
}

/* As a guest's device hands over what it leaves to the host to cut. */
static void brgbench_make_large(struct sk_buff *skb,
				const struct brgbench_frame *f)
{
	bool ip4 = skb->protocol == htons(ETH_P_IP);
	u32 left, n;
	int i = 0;

	for (left = f->more; left; left -= n) {
		n = min_t(u32, left, PAGE_SIZE);
		get_page(brgbench_page);
		skb_add_rx_frag(skb, i++, brgbench_page, 0, n, PAGE_SIZE);
	}
	skb_partial_csum_set(skb, ip4 ? sizeof(struct iphdr) :
			     sizeof(struct ipv6hdr),
			     offsetof(struct tcphdr, check));
	skb_shinfo(skb)->gso_size = f->segment;
	skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(f->more, f->segment);
	skb_shinfo(skb)->gso_type = ip4 ? SKB_GSO_TCPV4 : SKB_GSO_TCPV6;
}

static struct sk_buff *brgbench_make(struct net_device *dev,
				     const struct brgbench_frame *f)
{
	struct sk_buff *skb = netdev_alloc_skb_ip_align(dev, f->len);

	if (!skb)
		return NULL;
	skb_put_data(skb, f->byte, f->len);
	skb->protocol = eth_type_trans(skb, dev);
	if (f->segment)
		brgbench_make_large(skb, f);

	return skb;
}

static int brgbench_chunk(struct net_device *dev, u32 from, u32 n)
{
	struct sk_buff *skb;
	int err = 0;
	u64 start;
	u32 i;

	local_bh_disable();
	start = ktime_get_ns();
	for (i = from; i < from + n && !err; i++) {
		skb = brgbench_make(dev, &brgbench_frame[i % brgbench_frames]);
		if (skb)
			netif_receive_skb(skb);
		else
			err = -ENOMEM;
	}
	brgbench_ns += ktime_get_ns() - start;
	local_bh_enable();

	return err;
}

static int brgbench_run(const char *name, u32 count)
{
	struct net_device *dev;
	int err = 0;
	u32 i, n;

	dev = dev_get_by_name(&init_net, name);
	if (!dev || !brgbench_frames) {
		dev_put(dev);
		return -ENODEV;
	}
	brgbench_ns = 0;
	for (i = 0; i < count && !err; i += n) {
		n = min_t(u32, count - i, BRGBENCH_CHUNK);
		err = brgbench_chunk(dev, i, n);
		cond_resched();
	}
	dev_put(dev);

	return err;
}

static int brgbench_obey(char *line)
{
	char *word = strsep(&line, " ");
	char *first = strsep(&line, " ");
	u32 a = 0, b = 0;

	if (line && sscanf(line, "%u %u", &a, &b) < 1)
		a = 0;
	if (!strcmp(word, "clear")) {
		brgbench_clear();
		return 0;
	}
	if (!first)
		return -EINVAL;
	if (!strcmp(word, "frame"))
		return brgbench_add(first, 0, 0);
	if (!strcmp(word, "gso") && a && b)
		return brgbench_add(first, a, b);
	if (!strcmp(word, "run"))
		return brgbench_run(first, a);

	return -EINVAL;
}

static ssize_t brgbench_write(struct file *file, const char __user *user,
			      size_t len, loff_t *pos)
{
	char *line;
	int err;

	if (len > BRGBENCH_LINE)
		return -EINVAL;
	line = memdup_user_nul(user, len);
	if (IS_ERR(line))
		return PTR_ERR(line);
	mutex_lock(&brgbench_lock);
	err = brgbench_obey(line);
	mutex_unlock(&brgbench_lock);
	kfree(line);

	return err ? err : len;
}

static const struct file_operations brgbench_control = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = brgbench_write,
};

static int __init brgbench_init(void)
{
	brgbench_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!brgbench_page)
		return -ENOMEM;
	brgbench_dir = debugfs_create_dir("brgbench", NULL);
	debugfs_create_file("control", 0200, brgbench_dir, NULL,
			    &brgbench_control);
	debugfs_create_u64("ns", 0400, brgbench_dir, &brgbench_ns);

	return 0;
}

static void __exit brgbench_exit(void)
{
	debugfs_remove(brgbench_dir);
	brgbench_clear();
	put_page(brgbench_page);
}

module_init(brgbench_init);
module_exit(brgbench_exit);
MODULE_DESCRIPTION("brguard benchmark: frames from nowhere");
MODULE_LICENSE("GPL");
