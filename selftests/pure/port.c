// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/unaligned.h>
#include "port.h"
#include "text.h"

struct port ports[PORTS] = {
	[PORT_PLAIN] = {
		.name = "plain",
		.binding = { { "G", 0, { { "G4", 32 }, { "G6", 128 } } } },
	},
	[PORT_BARE] = {
		.name = "bare",
		.link_local = BRGUARD_LINK_LOCAL_LISTED,
		.binding = { { "G" } },
	},
	[PORT_ANY] = {
		.name = "any",
		.link_local = BRGUARD_LINK_LOCAL_ANY,
		.binding = { { "G", 0, { { "G4", 32 } } } },
	},
	[PORT_TRUNK] = {
		.name = "trunk",
		.scoped = true,
		.binding = {
			{ "G", 10, { { "G4", 32 }, { "G6", 128 } } },
			{ "G", 20, { { "X4", 32 } } },
		},
	},
	[PORT_MIXED] = {
		.name = "mixed",
		.binding = {
			{ "G", 0, { { "G4", 32 } } },
			{ "G", 10, { { "X4", 32 } } },
		},
	},
	[PORT_ROUTER] = {
		.name = "router",
		.router = true,
		.dhcp_server = true,
		.ethertype = { 0x88b5, 0x8864, 0x88b7 },
		.binding = { { "G", 0, { { "G4", 32 }, { "G6", 128 } } } },
	},
	[PORT_WIDE] = {
		.name = "wide",
		.binding = { { "G", 0, { { "Z4", 0 }, { "Z6", 0 } } } },
	},
	[PORT_MANY] = {
		.name = "many",
		.link_local = BRGUARD_LINK_LOCAL_LISTED,
		.binding = { { "G", 0, {
			{ "G4", 32 }, { "c0000300", 24 }, { "c0000400", 25 },
			{ "0a000000", 9 }, { "c0000602", 31 }, { "R4", 32 },
			{ "G6", 128 }, { "GL", 128 },
			{ "20010db900000000 8*00", 64 }, { "20020000 12*00", 16 },
			{ "20010dba00000000 8*00", 64 },
			{ "20010dbb00000000 8*00", 64 },
			{ "20010dbc00000000 8*00", 64 },
		} } },
	},
	[PORT_TWO] = {
		.name = "two",
		.counts = true,
		.binding = {
			{ "G", 0, { { "G4", 32 } } },
			{ "X", 0, { { "X4", 32 }, { "X6", 128 } } },
		},
	},
	[PORT_EMPTY] = { .name = "empty" },
};

static void fail(const struct port *port, const char *what)
{
	fprintf(stderr, "port %s: %s\n", port->name, what);
	exit(1);
}

static void add_claim(struct port *port, const u8 *mac, u16 vid,
		      const u8 *addr, u8 size, u8 len)
{
	struct claim *c = &port->claims[port->n_claims++];

	if (port->n_claims > CLAIMS_MAX)
		fail(port, "too many claims");
	memcpy(c->mac, mac, sizeof(c->mac));
	c->vid = vid;
	c->size = size;
	c->len = len;
	memcpy(c->addr, addr, size);
}

static void make_binding(struct port *port, const struct binding *b)
{
	const struct prefix *p = b->prefix;
	u8 mac[6], addr[16];
	int size;

	if (text_read(b->mac, mac, sizeof(mac)) != sizeof(mac))
		fail(port, b->mac);
	add_claim(port, mac, b->vid, addr, 0, 0);
	if (port->link_local == BRGUARD_LINK_LOCAL_EUI64) {
		/* RFC 4291, appendix A. */
		u8 eui64[] = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, mac[0] ^ 2, mac[1],
			       mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5] };

		add_claim(port, mac, b->vid, eui64, 16, 128);
	}
	for (; p < b->prefix + PREFIXES_MAX && p->addr; p++) {
		size = text_read(p->addr, addr, sizeof(addr));
		if (size != 4 && size != 16)
			fail(port, p->addr);
		add_claim(port, mac, b->vid, addr, size, p->len);
	}
}

/* What brg_table_add() does. */
static int add_rule(struct brg_rules *r, const struct claim *c)
{
	u64 key = brg_key(get_unaligned_le32(c->mac) |
			  (u64)get_unaligned_le16(c->mac + 4) << 32, c->vid);
	struct in6_addr ip6;
	__be32 ip4;
	int err;

	if (c->size == sizeof(ip4)) {
		memcpy(&ip4, c->addr, sizeof(ip4));
		return brg_rules_add_ip4(r, key, ip4, c->len);
	} else if (c->size) {
		memcpy(&ip6, c->addr, sizeof(ip6));
		return brg_rules_add_ip6(r, key, &ip6, c->len);
	}
	err = brg_rules_add_mac(r, key);
	if (!c->vid)
		r->untagged = true;
	else if (!err)
		err = brg_rules_add_mac(r, brg_key_vlan(c->vid));

	return err;
}

static int fill_rules(struct port *port, u8 growth)
{
	struct brg_rules_size size = { .growth = growth };
	const struct claim *c, *end = port->claims + port->n_claims;
	struct brg_rules *r = &port->rules;
	int err;

	for (c = port->claims; c < end; c++) {
		size.macs += c->size ? 0 : 2;
		size.ip4s += c->size == 4;
		size.ip6s += c->size == 16;
	}
	memset(r, 0, sizeof(*r));
	err = brg_rules_init(r, 0x1234567890abcdefULL, &size);
	for (c = port->claims; c < end && !err; c++)
		err = add_rule(r, c);

	return err;
}

static void make_rules(struct port *port)
{
	struct brg_rules *r = &port->rules;
	u8 growth = 0;
	int i;

	while (fill_rules(port, growth)) {
		brg_rules_free(r);
		if (++growth > BRG_GROWTH_MAX)
			fail(port, "no table will do");
	}
	r->dhcp_server = port->dhcp_server;
	r->router = port->router;
	r->counts = port->counts;
	r->scoped = port->scoped;
	r->any_link_local = port->link_local == BRGUARD_LINK_LOCAL_ANY;
	for (i = 0; i < BRGUARD_ETHERTYPES_MAX && port->ethertype[i]; i++)
		r->ethertype[r->ethertypes++] = htons(port->ethertype[i]);
}

/**
 * ports_make() - make the rules of all ports
 */
void ports_make(void)
{
	struct port *port;
	int i;

	for (port = ports; port < ports + PORTS; port++) {
		for (i = 0; i < BINDINGS_MAX && port->binding[i].mac; i++)
			make_binding(port, &port->binding[i]);
		make_rules(port);
	}
}

/**
 * ports_free() - free the rules of all ports
 */
void ports_free(void)
{
	struct port *port;

	for (port = ports; port < ports + PORTS; port++) {
		brg_rules_free(&port->rules);
		port->n_claims = 0;
	}
}

/**
 * port_has_mac() - is a MAC address bound? By comparing with each.
 * @port: port
 * @mac: its bytes
 * @vid: VLAN ID
 *
 * Return: whether it is.
 */
bool port_has_mac(const struct port *port, const u8 *mac, u16 vid)
{
	const struct claim *c;

	for (c = port->claims; c < port->claims + port->n_claims; c++)
		if (!memcmp(c->mac, mac, sizeof(c->mac)) && c->vid == vid)
			return true;

	return false;
}

static bool claim_covers(const struct claim *c, const u8 *addr)
{
	int i;

	for (i = 0; i < c->len; i++)
		if ((c->addr[i / 8] ^ addr[i / 8]) & 0x80 >> i % 8)
			return false;

	return true;
}

/**
 * port_has_ip() - is an IP address bound to a MAC address? Bit by bit.
 * @port: port
 * @mac: its bytes
 * @vid: VLAN ID
 * @addr: address
 * @size: 4 or 16 bytes
 *
 * Return: whether it is.
 */
bool port_has_ip(const struct port *port, const u8 *mac, u16 vid,
		 const u8 *addr, u8 size)
{
	const struct claim *c;

	if (size == 16 && port->link_local == BRGUARD_LINK_LOCAL_ANY &&
	    addr[0] == 0xfe && (addr[1] & 0xc0) == 0x80)
		return true;
	for (c = port->claims; c < port->claims + port->n_claims; c++)
		if (!memcmp(c->mac, mac, sizeof(c->mac)) && c->vid == vid &&
		    c->size == size && claim_covers(c, addr))
			return true;

	return false;
}
