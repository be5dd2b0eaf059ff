// SPDX-License-Identifier: GPL-2.0-only
/* Not built: what pull.cocci has to find, and what it may not. */

static int kept_over_a_pull(struct sk_buff *skb)
{
	const struct iphdr *ip = ip_hdr(skb);

	if (!pskb_may_pull(skb, 40))
		return -EINVAL;
	return ip->ttl; /* found */
}

static int kept_over_linearize(struct sk_buff *skb)
{
	const struct arphdr *arp;

	arp = (const struct arphdr *)skb->data;
	if (skb_linearize(skb))
		return -ENOMEM;
	return ntohs(arp->ar_op); /* found */
}

static bool kept_on_one_path(struct sk_buff *skb, bool more)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb_mac_header(skb);

	if (more && skb_ensure_writable(skb, 14))
		return false;
	return is_zero_ether_addr(eth->h_source); /* found */
}

static int read_again(struct sk_buff *skb)
{
	const struct iphdr *ip = ip_hdr(skb);
	u8 ttl = ip->ttl;

	if (!pskb_may_pull(skb, 40))
		return -EINVAL;
	ip = ip_hdr(skb);
	return ip->ttl + ttl;
}

static int read_behind_the_pull(struct sk_buff *skb)
{
	const struct ipv6hdr *ip;

	if (!pskb_may_pull(skb, sizeof(*ip)))
		return -EINVAL;
	ip = (const struct ipv6hdr *)skb->data;
	return ip->hop_limit;
}
