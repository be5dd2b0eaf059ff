/* SPDX-License-Identifier: GPL-2.0-only */
/* Frames and what is to be decided on them; a file table_*.c per subject. */
#ifndef PURE_TABLE_H
#define PURE_TABLE_H

#include <linux/brguard.h>
#include "packet.h"
#include "port.h"

/* What text cannot say of a frame, and what is expected beside the reason. */
#define WITH_GSO	0x1
#define WITH_BARE	0x2
#define WITH_PARTIAL	0x4
#define IS_QUESTION	0x8
#define IS_QUICK	0x10
/* Where a checksum begins and where in what it covers it goes. */
#define PARTIAL(start, offset)	(WITH_PARTIAL | (start) << 8 | (offset) << 16)

/**
 * struct row - one frame
 * @name: what it is
 * @port: the port it meets
 * @dir: in which direction
 * @reason: what is to be decided
 * @text: its bytes, see text.h
 * @with: more about it
 */
struct row {
	const char *name;
	enum port_name port;
	enum brguard_direction dir;
	enum brguard_reason reason;
	const char *text;
	u32 with;
};

struct table {
	const char *name;
	const struct row *row;
	unsigned int rows;
};

#define TABLE(what)	\
	const struct table table_##what = { #what, rows, sizeof(rows) / sizeof(rows[0]) }

extern const struct table *const tables[];
extern const unsigned int n_tables;

bool row_read(const struct row *row, struct frame *frame, u8 *buf);

/* Short words for the tables. */
#define PLAIN		PORT_PLAIN
#define BARE		PORT_BARE
#define ANY		PORT_ANY
#define TRUNK		PORT_TRUNK
#define MIXED		PORT_MIXED
#define ROUTER		PORT_ROUTER
#define WIDE		PORT_WIDE
#define MANY		PORT_MANY
#define TWO		PORT_TWO
#define EMPTY		PORT_EMPTY
#define IN		BRGUARD_DIRECTION_IN
#define OUT		BRGUARD_DIRECTION_OUT
#define PASS		BRGUARD_REASON_PASS
#define MALFORMED	BRGUARD_REASON_MALFORMED
#define ENCAP		BRGUARD_REASON_ENCAPSULATION
#define ETHERTYPE	BRGUARD_REASON_ETHERTYPE
#define VLAN		BRGUARD_REASON_VLAN
#define LINK_LOCAL	BRGUARD_REASON_LINK_LOCAL
#define SRC_MAC		BRGUARD_REASON_SRC_MAC
#define ARP		BRGUARD_REASON_ARP
#define SRC_IP		BRGUARD_REASON_SRC_IP
#define DHCP		BRGUARD_REASON_DHCP_SERVER
#define ND		BRGUARD_REASON_ND
#define RA		BRGUARD_REASON_RA
#define FLOOD		BRGUARD_REASON_FLOOD
#define DST_IP		BRGUARD_REASON_DST_IP

#endif /* PURE_TABLE_H */
