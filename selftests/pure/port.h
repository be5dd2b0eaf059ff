/* SPDX-License-Identifier: GPL-2.0-only */
/* The ports for which frames are judged: bindings, settings, rules. */
#ifndef PURE_PORT_H
#define PURE_PORT_H

#include <linux/types.h>
#include "rules.h"

enum port_name {
	PORT_PLAIN,	/* G4, G6, link-local made from the MAC */
	PORT_BARE,	/* a MAC without addresses */
	PORT_ANY,	/* G4, any link-local address */
	PORT_TRUNK,	/* G4 in VLAN 10, X4 in VLAN 20, not untagged */
	PORT_MIXED,	/* G4 untagged, X4 in VLAN 10 */
	PORT_ROUTER,	/* G4, G6; routes, serves DHCP, some EtherTypes */
	PORT_WIDE,	/* all of IPv4 and IPv6 */
	PORT_MANY,	/* more prefixes than are compared in a row */
	PORT_TWO,	/* G with G4, X with X4 and X6 */
	PORT_EMPTY,	/* no binding */
	PORTS
};

#define PREFIXES_MAX	14
#define BINDINGS_MAX	2
#define CLAIMS_MAX	32

/* Words of text.h; 4 or 16 bytes. */
struct prefix {
	const char *addr;
	u8 len;
};

struct binding {
	const char *mac;
	u16 vid;
	struct prefix prefix[PREFIXES_MAX];
};

/**
 * struct claim - that a MAC may use the addresses of a prefix
 * @mac: MAC address
 * @vid: VLAN ID, 0: untagged
 * @size: of the address: 4 or 16 bytes, 0 for none
 * @len: of the prefix
 * @addr: its bytes
 */
struct claim {
	u8 mac[6];
	u16 vid;
	u8 size;
	u8 len;
	u8 addr[16];
};

/**
 * struct port - a guest port
 * @name: word for messages
 * @link_local: which link-local addresses are bound
 * @dhcp_server: it may answer DHCP
 * @router: it may send router advertisements
 * @counts: its answers are counted
 * @scoped: it need not hear every question
 * @ethertype: allowed explicitly, host byte order
 * @binding: bindings
 * @rules: as table.c of the module makes them from the above
 * @claims: the same in the plainest form
 * @n_claims: their number
 */
struct port {
	const char *name;
	enum brguard_link_local link_local;
	bool dhcp_server;
	bool router;
	bool counts;
	bool scoped;
	u16 ethertype[BRGUARD_ETHERTYPES_MAX];
	struct binding binding[BINDINGS_MAX];
	struct brg_rules rules;
	struct claim claims[CLAIMS_MAX];
	unsigned int n_claims;
};

extern struct port ports[PORTS];

void ports_make(void);
void ports_free(void);
bool port_has_mac(const struct port *port, const u8 *mac, u16 vid);
bool port_has_ip(const struct port *port, const u8 *mac, u16 vid,
		 const u8 *addr, u8 size);

#endif /* PURE_PORT_H */
