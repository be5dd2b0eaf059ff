/* SPDX-License-Identifier: GPL-2.0-only */
/* What brguard knows of a frame: filled by parse, read by verdict. */
#ifndef BRG_FRAME_H
#define BRG_FRAME_H

#include <linux/if_ether.h>
#include <linux/types.h>
#include <linux/in6.h>
#include <linux/unaligned.h>
#include <linux/brguard.h>

/*
 * A MAC address as a number: first byte lowest, so that the group bit is bit 0.
 * A key is a MAC address with its VLAN ID in bits 48 to 59; the rules use the
 * bits above for the prefix length.
 */
#define BRG_MAC_MASK		0x0000ffffffffffffULL
#define BRG_MAC_BROADCAST	BRG_MAC_MASK
#define BRG_MAC_GROUP		0x1ULL
#define BRG_KEY_VLAN_SHIFT	48
#define BRG_KEY_LENGTH_SHIFT	60

/* Of frames that can have no key, and of entries without a binding. */
#define BRG_KEY_NONE		~0ULL
#define BRG_KEY_UNUSED		0x8000000000000000ULL

static inline u64 brg_key(u64 mac, u16 vid)
{
	return mac | (u64)vid << BRG_KEY_VLAN_SHIFT;
}

/* Stands for "some binding of this VLAN": no key of a unicast MAC. */
static inline u64 brg_key_vlan(u16 vid)
{
	return brg_key(BRG_MAC_BROADCAST, vid);
}

static inline u64 brg_mac_read(const u8 *byte)
{
	return get_unaligned_le32(byte) |
	       (u64)get_unaligned_le16(byte + 4) << 32;
}

/* The six bytes of a MAC address as they stand in a frame. */
static inline void brg_mac_bytes(u8 *byte, u64 mac)
{
	put_unaligned_le32(mac, byte);
	put_unaligned_le16(mac >> 32, byte + 4);
}

/* EtherTypes of VLAN tags: standard, and as switches have used them. */
static inline bool brg_is_tpid(__be16 proto)
{
	switch (ntohs(proto)) {
	case ETH_P_8021Q:
	case ETH_P_8021AD:
	case ETH_P_8021AH:
	case ETH_P_QINQ1:
	case ETH_P_QINQ2:
	case ETH_P_QINQ3:
		return true;
	}

	return false;
}

/* fe80::/10, RFC 4291 2.5.6. */
static inline bool brg_ip6_is_link_local(const struct in6_addr *addr)
{
	return (addr->s6_addr32[0] & htonl(0xffc00000)) == htonl(0xfe800000);
}

/* No destination on a wire: RFC 4291 2.5.2, 2.5.3, 2.7. */
static __always_inline bool brg_ip6_is_nowhere(const struct in6_addr *addr)
{
	if (addr->s6_addr32[0])
		return addr->s6_addr[0] == 0xff && !(addr->s6_addr[1] & 0x0e);

	return !(addr->s6_addr32[1] | addr->s6_addr32[2]) &&
	       !(addr->s6_addr32[3] & ~htonl(1));
}

enum brg_kind {
	BRG_KIND_OTHER,
	BRG_KIND_ARP,
	BRG_KIND_RARP,
	BRG_KIND_IP4,
	BRG_KIND_IP6,
};

/**
 * struct brg_arp - body of an ARP or RARP frame, RFC 826
 * @shape: Ethernet and IPv4 with their address lengths
 * @heard: addresses of six and four bytes: some host takes it for @shape,
 *	whatever its hardware type, and for trailers (RFC 893)
 * @op: operation, host byte order
 * @sender_mac: sender hardware address
 * @target_mac: target hardware address
 * @sender_ip: sender protocol address
 * @target_ip: target protocol address
 */
struct brg_arp {
	bool shape;
	bool heard;
	u16 op;
	u64 sender_mac;
	u64 target_mac;
	__be32 sender_ip;
	__be32 target_ip;
};

/**
 * struct brg_ip4 - IPv4 addresses, and who speaks with DHCP and IGMP
 * @src: source address
 * @dst: destination address
 * @client: address of the client in a DHCP client's message (ciaddr), or 0
 * @dhcp_client: a whole DHCP client's message for the frame's MAC, to all
 * @dhcp_foreign: a DHCP client's message for another MAC, or one that cannot be
 *	read
 * @igmp_report: an IGMP membership report, RFC 3376 4.2.13
 */
struct brg_ip4 {
	__be32 src;
	__be32 dst;
	__be32 client;
	bool dhcp_client;
	bool dhcp_foreign;
	bool igmp_report;
};

/**
 * struct brg_nd - neighbour discovery message, RFC 4861
 * @target: target of a solicitation, advertisement or redirect
 * @dest: what a redirect is about
 * @lladdr: MAC in a source or target link-layer address option, the first of
 *	the type that hosts look for if there is one; 0 without any
 * @hop_limit: hop limit of the packet
 * @code: ICMPv6 code
 * @solicited: S flag of an advertisement
 * @broken: too short, wrong checksum, option of length 0 or past the end,
 *	option twice, redirect to what RFC 4861 8.1 excludes
 */
struct brg_nd {
	struct in6_addr target;
	struct in6_addr dest;
	u64 lladdr;
	u8 hop_limit;
	u8 code;
	bool solicited;
	bool broken;
};

/**
 * struct brg_ip6 - IPv6 addresses and the upper header's type
 * @src: source address
 * @dst: destination address
 * @nd: valid if @icmp_type is a neighbour discovery type
 * @icmp: the upper header is ICMPv6 and its type is known
 * @icmp_type: ICMPv6 type
 * @fragment: a fragment header stands in the chain
 */
struct brg_ip6 {
	struct in6_addr src;
	struct in6_addr dst;
	struct brg_nd nd;
	bool icmp;
	u8 icmp_type;
	bool fragment;
};

/**
 * struct brg_frame - one frame
 * @smac: source MAC
 * @dmac: destination MAC
 * @proto: EtherType behind the tags, network byte order
 * @tpid: EtherType of the first tag, network byte order, or 0
 * @vid: VLAN ID of its first tag
 * @tagged: it has a tag
 * @kind: which member of the union holds
 * @l2: what is wrong with Ethernet header and tags
 * @l3: what is wrong with the network header
 * @dhcp_server: UDP ports of a DHCPv4 or DHCPv6 server, or what such a server
 *	or a relay says to a server's port
 * @from_router: what routers alone say, but for neighbour discovery: redirects
 *	and router advertisements of ICMP, queries of IGMP and MLD, PIM, DVMRP,
 *	and router advertisements and terminations of RFC 4286
 * @torn: a fragment with a length or offset that no reassembly takes
 * @arp: ARP or RARP
 * @ip4: IPv4
 * @ip6: IPv6
 */
struct brg_frame {
	u64 smac;
	u64 dmac;
	__be16 proto;
	__be16 tpid;
	u16 vid;
	bool tagged;
	u8 kind;
	u8 l2;
	u8 l3;
	bool dhcp_server;
	bool from_router;
	bool torn;
	union {
		struct brg_arp arp;
		struct brg_ip4 ip4;
		struct brg_ip6 ip6;
	};
};

/* Router and neighbour solicitations and advertisements, and redirects. */
static inline bool brg_frame_is_nd(const struct brg_frame *f)
{
	return f->kind == BRG_KIND_IP6 && f->ip6.icmp &&
	       f->ip6.icmp_type >= 133 && f->ip6.icmp_type <= 137;
}

#endif /* BRG_FRAME_H */
