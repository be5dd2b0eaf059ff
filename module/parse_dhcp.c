// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_arp.h>
#include "parse_l3.h"

/* RFC 2131, as far as the client's hardware address. */
struct brg_dhcp_head {
	u8 op;
	u8 hardware;
	u8 hardware_len;
	u8 hops;
	__be32 xid;
	__be16 secs;
	__be16 flags;
	__be32 ciaddr;
	__be32 ip[2];
	__be32 giaddr;
	u8 chaddr[ETH_ALEN];
} __packed;

#define BRG_BOOTREQUEST	1

/* What servers and relays say: RFC 8415 7.3. */
#define BRG_DHCP6_ADVERTISE	2
#define BRG_DHCP6_REPLY		7
#define BRG_DHCP6_RECONFIGURE	10
#define BRG_DHCP6_RELAY_FORW	12
#define BRG_DHCP6_RELAY_REPL	13

/*
 * To a server's or a relay's port, which ask nobody what it was sent from. A
 * client speaks for its own MAC; a router passes on what one behind it says of
 * the address that it sends from. It fits into one packet, of which all is here
 * to be read. Whoever has no address yet sends from the client's @port.
 */
static void brg_parse_dhcp_client(const struct sk_buff *skb, int off, int end,
				  struct brg_frame *f, bool fragment,
				  __be16 port)
{
	int check = off + (int)offsetof(struct udphdr, check);
	int head = off + (int)sizeof(struct udphdr);
	const struct brg_dhcp_head *dhcp = NULL;
	struct brg_dhcp_head buf;
	bool own;

	if (!fragment && !skb_is_gso(skb) && head + (int)sizeof(buf) <= end &&
	    (brg_parse_sum(skb) == INT_MAX || brg_parse_sum(skb) == check))
		dhcp = skb_header_pointer(skb, head, sizeof(buf), &buf);
	f->ip4.dhcp_foreign = !dhcp;
	if (!dhcp)
		return;
	/* An answer, which a relay would pass on, or a relay's own message. */
	if (dhcp->op != BRG_BOOTREQUEST || dhcp->giaddr) {
		f->dhcp_server = true;
		return;
	}
	own = dhcp->hardware == ARPHRD_ETHER &&
	      dhcp->hardware_len == ETH_ALEN &&
	      brg_mac_read(dhcp->chaddr) == f->smac;
	f->ip4.client = dhcp->ciaddr;
	f->ip4.dhcp_client = own && port == htons(BRG_DHCP_CLIENT) &&
			     f->ip4.dst == htonl(INADDR_BROADCAST);
	f->ip4.dhcp_foreign = !own && (!dhcp->ciaddr ||
				       dhcp->ciaddr != f->ip4.src);
}

static const struct udphdr *brg_parse_udp(const struct sk_buff *skb, int off,
					  int end, struct brg_frame *f,
					  struct udphdr *buf)
{
	const struct udphdr *udp;

	udp = off + (int)sizeof(*buf) <= end &&
	      brg_parse_sum(skb) >= off + (int)offsetof(typeof(*buf), check) ?
	      skb_header_pointer(skb, off, sizeof(*buf), buf) : NULL;
	if (!udp)
		f->l3 = BRGUARD_REASON_MALFORMED;

	return udp;
}

/**
 * brg_parse_udp4() - read UDP in IPv4: is it DHCP, and whose?
 * @skb: the frame
 * @off: of the UDP header
 * @end: of the packet
 * @f: what was read; its IPv4 header was
 * @fragment: are there later fragments?
 *
 * Clients listen on their port, whatever the server sends from.
 */
void brg_parse_udp4(const struct sk_buff *skb, int off, int end,
		    struct brg_frame *f, bool fragment)
{
	const struct udphdr *udp;
	struct udphdr buf;

	udp = brg_parse_udp(skb, off, end, f, &buf);
	if (!udp)
		return;
	if (udp->source == htons(BRG_DHCP_SERVER) ||
	    udp->dest == htons(BRG_DHCP_CLIENT))
		f->dhcp_server = true;
	if (udp->source != htons(BRG_DHCP_SERVER) &&
	    udp->dest == htons(BRG_DHCP_SERVER))
		brg_parse_dhcp_client(skb, off, end, f, fragment, udp->source);
}

/*
 * Is what is sent to a server's port a server's, or a relay's? It is if it
 * cannot be told: of segments only the first can be read.
 */
static bool brg_parse_dhcp6_is_server(const struct sk_buff *skb, int off,
				      int end, const struct brg_frame *f)
{
	int check = off + (int)offsetof(struct udphdr, check);
	int at = off + (int)sizeof(struct udphdr);
	const u8 *type;
	u8 buf;

	if (at >= end)
		return f->ip6.fragment;
	type = !skb_is_gso(skb) &&
	       (brg_parse_sum(skb) == check || brg_parse_sum(skb) > at) ?
	       skb_header_pointer(skb, at, 1, &buf) : NULL;
	if (!type)
		return true;
	switch (*type) {
	case BRG_DHCP6_ADVERTISE:
	case BRG_DHCP6_REPLY:
	case BRG_DHCP6_RECONFIGURE:
	case BRG_DHCP6_RELAY_FORW:
	case BRG_DHCP6_RELAY_REPL:
		return true;
	}

	return false;
}

/**
 * brg_parse_udp6() - read UDP in IPv6: is it DHCPv6 of a server or a relay?
 * @skb: the frame
 * @off: of the UDP header
 * @end: of the packet
 * @f: what was read; its IPv6 headers were
 */
void brg_parse_udp6(const struct sk_buff *skb, int off, int end,
		    struct brg_frame *f)
{
	const struct udphdr *udp;
	struct udphdr buf;

	udp = brg_parse_udp(skb, off, end, f, &buf);
	if (!udp)
		return;
	f->dhcp_server = udp->source == htons(BRG_DHCP6_SERVER) ||
			 udp->dest == htons(BRG_DHCP6_CLIENT) ||
			 (udp->dest == htons(BRG_DHCP6_SERVER) &&
			  brg_parse_dhcp6_is_server(skb, off, end, f));
}
