// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads bytes by numbers from the RFCs, shares nothing with the module, and
 * knows bindings by port_has_ip(), which compares bit by bit. It only says
 * what no frame that passed may be; it lets pass much that the module drops.
 */
#include <string.h>
#include <linux/unaligned.h>
#include "recheck.h"

/* More of them than anybody sends; the module's own bounds. */
#define HEADERS_MAX	16
#define OPTIONS_MAX	64

/* A frame that passed, on the way through its headers. */
struct passed {
	const struct port *port;
	const u8 *mac;		/* the address that is the port's */
	const u8 *byte;
	unsigned int len;
	const struct frame *frame;
	unsigned int at;
	u16 type;
	u16 vid;
};

static bool has(const struct passed *p, unsigned int at, unsigned int len)
{
	return at + len <= p->len;
}

static bool is_bound(const struct passed *p, unsigned int at, u8 size)
{
	return port_has_ip(p->port, p->mac, p->vid, p->byte + at, size);
}

static bool is_zero(const u8 *byte, unsigned int len)
{
	while (len && !*byte)
		byte++, len--;

	return !len;
}

/* RFC 1071; 0xffff over bytes that hold a right checksum. */
static u16 sum16(const u8 *byte, unsigned int len, u32 sum)
{
	unsigned int i;

	for (i = 0; i + 1 < len; i += 2)
		sum += get_unaligned_be16(byte + i);
	if (i < len)
		sum += byte[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);

	return sum;
}

static const char *read_ethernet(struct passed *p, const struct port *port,
				 const struct frame *frame, unsigned int mac)
{
	if (frame->bare || frame->len < 14)
		return "no Ethernet header";
	*p = (struct passed){
		.port = port, .mac = frame->byte + mac, .byte = frame->byte,
		.len = frame->len, .frame = frame, .at = 14,
		.type = get_unaligned_be16(frame->byte + 12),
	};
	if (frame->tagged) {
		p->vid = frame->tci & 0xfff;
	} else if (p->type == 0x8100 && has(p, 14, 4)) {
		p->vid = get_unaligned_be16(p->byte + 14) & 0xfff;
		p->type = get_unaligned_be16(p->byte + 16);
		p->at = 18;
	}

	return NULL;
}

static const char *recheck_arp(const struct passed *p)
{
	if (!has(p, p->at, 28))
		return "short ARP";
	if (memcmp(p->byte + p->at + 8, p->mac, 6))
		return "ARP for another MAC";
	if (!is_bound(p, p->at + 14, 4) &&
	    !(is_zero(p->byte + p->at + 14, 4) && is_bound(p, p->at + 24, 4)))
		return "ARP for another address";

	return NULL;
}

static const char *recheck_ports(const struct passed *p, unsigned int at,
				 u16 from_server, u16 to_client)
{
	if (!has(p, at, 8))
		return "short UDP";
	if (!p->port->dhcp_server &&
	    (get_unaligned_be16(p->byte + at) == from_server ||
	     get_unaligned_be16(p->byte + at + 2) == to_client))
		return "DHCP server";

	return NULL;
}

/* RFC 2131: a client's MAC address, or its address, is the sender's own. */
static const char *recheck_client(const struct passed *p, unsigned int at)
{
	const u8 *ip = p->byte + p->at;

	if (get_unaligned_be16(p->byte + at) != 68 ||
	    get_unaligned_be16(p->byte + at + 2) != 67)
		return NULL;
	if (!has(p, at, 8 + 34))
		return "short DHCP";
	if (!is_zero(p->byte + at + 8 + 12, 4) && !is_bound(p, at + 8 + 12, 4))
		return "DHCP for another address";
	if (memcmp(p->byte + at + 8 + 28, p->mac, 6) &&
	    memcmp(p->byte + at + 8 + 12, ip + 12, 4))
		return "DHCP for another MAC";

	return NULL;
}

static const char *recheck_ip4(const struct passed *p)
{
	const u8 *ip = p->byte + p->at;
	unsigned int head, size;
	const char *wrong;

	if (!has(p, p->at, 20) || ip[0] >> 4 != 4)
		return "no IPv4 header";
	head = (ip[0] & 0xf) * 4;
	size = get_unaligned_be16(ip + 2);
	if (head < 20 || !has(p, p->at, head) || sum16(ip, head, 0) != 0xffff)
		return "broken IPv4 header";
	if (size < head && (size || !p->frame->gso))
		return "IPv4 packet without its header";
	if (!has(p, p->at, size))
		return "IPv4 packet beyond the frame";
	if (!is_bound(p, p->at + 12, 4) && !is_zero(ip + 12, 4))
		return "foreign IPv4 source";
	/* In later fragments, too. */
	if (!p->port->router &&
	    (ip[9] == 103 || (ip[9] == 2 && (!size || size >= head + 8) &&
			      has(p, p->at, head + 8) &&
			      memchr("\x11\x13\x14\x30\x32", ip[head], 5))))
		return "multicast router";
	if (ip[9] != 17 || get_unaligned_be16(ip + 6) & 0x1fff)
		return NULL;

	wrong = recheck_ports(p, p->at + head, 67, 68);

	/* That router is a relay. */
	return wrong || p->port->router ? wrong :
	       recheck_client(p, p->at + head);
}

static const char *recheck_nd(const struct passed *p, unsigned int at)
{
	unsigned int opt = at + (p->byte[at] == 133 ? 8 : 24);
	const u8 *ip = p->byte + p->at;
	unsigned int len = get_unaligned_be16(ip + 4);
	unsigned int end = len ? p->at + 40 + len : p->len;
	u8 type = p->byte[at];
	int n = 0;

	if (ip[7] != 255)
		return "ND from afar";
	if (!p->frame->partial &&
	    sum16(p->byte + at, end - at, sum16(ip + 8, 32, end - at + 58)) !=
	    0xffff)
		return "ND with a wrong checksum";
	if (!has(p, opt, 0))
		return "short ND";
	if (type == 136 && !is_bound(p, at + 8, 16))
		return "NA for another address";
	if (type == 135 && is_zero(ip + 8, 16) && !is_bound(p, at + 8, 16))
		return "DAD for another address";
	for (; opt + 8 <= end; opt += p->byte[opt + 1] * 8)
		if (n++ == OPTIONS_MAX)
			return "too many ND options";
		else if (!has(p, opt, 8) || !p->byte[opt + 1])
			return "broken ND option";
		else if ((p->byte[opt] == 1 || p->byte[opt] == 2) &&
			 memcmp(p->byte + opt + 2, p->mac, 6))
			return "ND option with another MAC";

	return NULL;
}

static const char *recheck_icmp6(const struct passed *p, unsigned int at,
				 bool fragment)
{
	u8 type;

	if (!has(p, at, 8))
		return "short ICMPv6";
	type = p->byte[at];
	if ((type == 130 || type == 151 || type == 153) && !p->port->router)
		return "multicast router";
	if (type < 133 || type > 137)
		return NULL;
	if (fragment)
		return "ND in a fragment";
	if (type == 134 || type == 137)
		return p->port->router ? NULL : "router advertisement";

	return recheck_nd(p, at);
}

static bool is_extension(u8 next)
{
	static const u8 known[] = { 0, 43, 44, 51, 60, 135, 139, 140 };

	return memchr(known, next, sizeof(known));
}

/* The way through extension headers: to the upper one, or as far as it goes. */
struct chain {
	unsigned int at;
	u8 next;
	bool fragment;
	const char *wrong;
};

static void walk_chain(const struct passed *p, struct chain *c)
{
	const u8 *ext;
	int n;

	for (n = 0; is_extension(c->next); n++) {
		ext = p->byte + c->at;
		if (!has(p, c->at, 8))
			c->wrong = "short extension header";
		else if (n == HEADERS_MAX)
			c->wrong = "too many extension headers";
		if (c->wrong)
			return;
		if (c->next == 44 && get_unaligned_be16(ext + 2) & 0xfff8)
			return;
		if (c->next != 44)
			c->at += ext[1] * (c->next == 51 ? 4 : 8);
		c->fragment |= c->next == 44;
		c->at += 8;
		c->next = ext[0];
	}
}

static const char *recheck_ip6(const struct passed *p)
{
	const u8 *ip = p->byte + p->at;
	struct chain c = { .at = p->at + 40 };

	if (!has(p, p->at, 40) || ip[0] >> 4 != 6)
		return "no IPv6 header";
	if (!has(p, p->at, 40 + get_unaligned_be16(ip + 4)))
		return "IPv6 packet beyond the frame";
	if (!is_bound(p, p->at + 8, 16) && !is_zero(ip + 8, 16))
		return "foreign IPv6 source";
	c.next = ip[6];
	walk_chain(p, &c);
	if (c.wrong)
		return c.wrong;
	if (c.next == 58)
		return recheck_icmp6(p, c.at, c.fragment);

	return c.next == 17 ? recheck_ports(p, c.at, 547, 546) : NULL;
}

/**
 * recheck_in() - can this frame of a guest have passed?
 * @port: port
 * @frame: frame
 *
 * Return: NULL, or why not.
 */
const char *recheck_in(const struct port *port, const struct frame *frame)
{
	const char *wrong;
	struct passed p;

	wrong = read_ethernet(&p, port, frame, 6);
	if (wrong)
		return wrong;
	if (!port_has_mac(port, p.mac, p.vid))
		return "foreign source MAC";
	switch (p.type) {
	case 0x0806:
		return recheck_arp(&p);
	case 0x0800:
		return recheck_ip4(&p);
	case 0x86dd:
		return recheck_ip6(&p);
	}

	return NULL;
}

/**
 * recheck_out() - can this frame have passed towards a guest?
 * @port: port
 * @frame: frame
 *
 * Return: NULL, or why not.
 */
const char *recheck_out(const struct port *port, const struct frame *frame)
{
	const char *wrong;
	struct passed p;
	const u8 *ip;

	wrong = read_ethernet(&p, port, frame, 0);
	if (wrong)
		return wrong;
	if (!port->n_claims)
		return "a port without bindings";
	if (p.mac[0] & 1)
		return NULL;
	if (!port_has_mac(port, p.mac, p.vid))
		return "foreign destination MAC";
	ip = p.byte + p.at;
	if (p.type == 0x0800)
		return has(&p, p.at, 20) &&
		       (ip[16] >> 4 == 0xe || is_bound(&p, p.at + 16, 4) ||
			get_unaligned_be32(ip + 16) == 0xffffffff) ?
		       NULL : "foreign IPv4 destination";
	if (p.type == 0x86dd)
		return has(&p, p.at, 40) &&
		       (ip[24] == 0xff || is_bound(&p, p.at + 24, 16)) ?
		       NULL : "foreign IPv6 destination";

	return NULL;
}

/**
 * recheck_sum6() - where is the checksum of an ICMPv6 message?
 * @frame: frame that passed
 *
 * Return: offset in the frame, 0 if it is none.
 */
unsigned int recheck_sum6(const struct frame *frame)
{
	struct passed p;
	struct chain c;

	if (read_ethernet(&p, NULL, frame, 6) || p.type != 0x86dd ||
	    !has(&p, p.at, 40))
		return 0;
	c = (struct chain){ .at = p.at + 40, .next = p.byte[p.at + 6] };
	walk_chain(&p, &c);

	return c.next == 58 && !c.wrong ? c.at + 2 : 0;
}
