// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checksums that are still to be written, as virtio's NEEDS_CSUM announces
 * them, and segments that are still to be cut. Where the sum goes, two bytes
 * that the guest chooses will stand: not in what was judged.
 */
#include "table.h"

/* Offsets from the Ethernet header on: of IPv4, IPv6 and what is behind them. */
#define AT_IP		14
#define AT_UPPER4	(AT_IP + 20)
#define AT_UPPER6	(AT_IP + 40)

#define TCP4		"R G IP 06 SUM4 G4 R4 TCP"
#define UDP4		"R G IP 11 SUM4 G4 R4 1000 0035 UDP"
#define UDP6		"R G IP6 11 40 G6 R6 1000 0035 UDP"
#define DISCOVER	"BC G IP 11 SUM4 Z4 BC4 0044 0043 UDP BOOT G BOOTEND"
#define ADVERTISE	"MALL G IP6 3a ff GL ALL NA 20000000 GL TLLA G"
#define SOLICIT		"MALL G IP6 11 01 GL ff02 10*00 00010002 0222 0223 UDP 01000001"
#define ECHO4		"R G IP 01 SUM4 G4 R4 0800f7ff 00000000"
#define IGMP_ZERO	"IGMP G IP 02 SUM4 Z4 M4 16000000 M4"

static const struct row rows[] = {
	{ "TCP", PLAIN, IN, PASS, TCP4, PARTIAL(AT_UPPER4, 16) },
	{ "UDP", PLAIN, IN, PASS, UDP4, PARTIAL(AT_UPPER4, 6) },
	{ "UDP over IPv6", PLAIN, IN, PASS, UDP6, PARTIAL(AT_UPPER6, 6) },
	{ "TCP over IPv6", PLAIN, IN, PASS, "R G IP6 06 40 G6 R6 TCP", PARTIAL(AT_UPPER6, 16) },
	{ "UDP in a VLAN", TRUNK, IN, PASS, "R G TAG10 IP 11 SUM4 G4 R4 1000 0035 UDP",
	  PARTIAL(AT_UPPER4 + 4, 6) },
	{ "UDP behind an extension", PLAIN, IN, PASS, "R G IP6 3c 40 G6 R6 11 PAD 1000 0035 UDP",
	  PARTIAL(AT_UPPER6 + 8, 6) },
	{ "SCTP", PLAIN, IN, PASS, "R G IP 84 SUM4 G4 R4 12*00", PARTIAL(AT_UPPER4, 8) },
	{ "DHCP discover", PLAIN, IN, PASS, DISCOVER, PARTIAL(AT_UPPER4, 6) },
	{ "advertisement", PLAIN, IN, PASS, ADVERTISE, PARTIAL(AT_UPPER6, 2) },
	{ "MLD report from ::", PLAIN, IN, PASS,
	  "MLD G IP6 3a 01 Z6 ALLMLD 8f 00 SUM6 0000 0001 04 00 0000 SNG", PARTIAL(AT_UPPER6, 2) },
	{ "towards the guest", PLAIN, OUT, PASS, "G R IP 06 SUM4 R4 G4 TCP",
	  PARTIAL(AT_UPPER4, 16) },
	{ "towards the guest, into its MAC", PLAIN, OUT, MALFORMED, "G R IP 06 SUM4 R4 G4 TCP",
	  PARTIAL(0, 0) },
	{ "towards the guest, into its address", PLAIN, OUT, MALFORMED,
	  "G R IP 06 SUM4 R4 G4 TCP", PARTIAL(AT_IP, 18) },
	{ "towards the guest, into its IPv6 address", PLAIN, OUT, MALFORMED,
	  "G R IP6 06 40 R6 G6 TCP", PARTIAL(AT_IP, 38) },
	{ "towards the guest, over IPv6", PLAIN, OUT, PASS, "G R IP6 06 40 R6 G6 TCP",
	  PARTIAL(AT_UPPER6, 16) },
	{ "later fragment", PLAIN, IN, PASS, "R G IPF 2010 40 11 SUM4 G4 R4 8*00",
	  PARTIAL(AT_UPPER4, 6) },
	{ "later fragment over IPv6", PLAIN, IN, PASS,
	  "R G IP6 2c 40 G6 R6 06 00 0011 00000001 8*00", PARTIAL(AT_UPPER6 + 8, 6) },

	{ "into the source MAC", PLAIN, IN, MALFORMED, UDP4, PARTIAL(6, 0) },
	{ "into the destination MAC", PLAIN, IN, MALFORMED, UDP4, PARTIAL(0, 0) },
	{ "into the EtherType", PLAIN, IN, MALFORMED, UDP4, PARTIAL(0, 12) },
	{ "half into the IPv4 header", PLAIN, IN, MALFORMED, UDP4, PARTIAL(0, 13) },
	{ "into the tag", TRUNK, IN, MALFORMED, "R G TAG10 IP 11 SUM4 G4 R4 1000 0035 UDP",
	  PARTIAL(4, 10) },
	{ "half into the tag", TRUNK, IN, MALFORMED, "R G TAG10 IP 11 SUM4 G4 R4 1000 0035 UDP",
	  PARTIAL(4, 13) },
	{ "into the IPv4 length", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_IP, 2) },
	{ "into the IPv4 checksum", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_IP, 10) },
	{ "into the IPv4 source", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_IP, 12) },
	{ "half into the IPv4 destination", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_IP, 19) },
	{ "into the IPv4 options", PLAIN, IN, MALFORMED,
	  "R G 0800 46 00 LEN4 0001 4000 40 06 SUM4 G4 R4 01010101 TCP", PARTIAL(AT_IP, 22) },
	{ "into the UDP ports", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_UPPER4, 0) },
	{ "half into the UDP length", PLAIN, IN, MALFORMED, UDP4, PARTIAL(AT_UPPER4, 5) },
	{ "towards the guest, into a second priority tag", PLAIN, OUT, MALFORMED,
	  "G R 81000000 81000000 IP 06 SUM4 R4 G4 TCP", PARTIAL(16, 2) },
	{ "into the DHCP operation", PLAIN, IN, SRC_IP, DISCOVER, PARTIAL(AT_UPPER4, 8) },
	{ "into the DHCP client's MAC", PLAIN, IN, SRC_IP, DISCOVER, PARTIAL(AT_UPPER4, 40) },
	{ "into the IPv6 source", PLAIN, IN, MALFORMED, UDP6, PARTIAL(AT_IP, 8) },
	{ "half into the IPv6 destination", PLAIN, IN, MALFORMED, UDP6, PARTIAL(AT_IP, 39) },
	{ "into an extension header", PLAIN, IN, MALFORMED,
	  "R G IP6 3c 40 G6 R6 11 PAD 1000 0035 UDP", PARTIAL(AT_UPPER6, 6) },
	{ "into the UDP ports over IPv6", PLAIN, IN, MALFORMED, UDP6, PARTIAL(AT_UPPER6, 2) },
	{ "into a fragment header", PLAIN, IN, MALFORMED,
	  "R G IP6 2c 40 G6 R6 06 00 0011 00000001 8*00", PARTIAL(AT_UPPER6, 2) },
	{ "into the ICMPv6 type", PLAIN, IN, MALFORMED, "R G IP6 3a 40 G6 R6 80 00 SUM6 00010001",
	  PARTIAL(AT_UPPER6, 0) },
	{ "into an ND target", PLAIN, IN, ND, ADVERTISE, PARTIAL(AT_UPPER6, 22) },
	{ "into an ND option", PLAIN, IN, ND, ADVERTISE, PARTIAL(AT_UPPER6, 30) },
	{ "IGMP report from 0.0.0.0", PLAIN, IN, PASS, IGMP_ZERO, PARTIAL(AT_UPPER4, 2) },
	{ "half into the IGMP checksum", PLAIN, IN, SRC_IP, IGMP_ZERO, PARTIAL(AT_UPPER4, 1) },
	{ "into the IGMP type", PLAIN, IN, SRC_IP, IGMP_ZERO, PARTIAL(AT_UPPER4, 0) },
	{ "into the IGMP type of a report", PLAIN, IN, RA,
	  "IGMP G IP 02 SUM4 G4 M4 16000000 M4", PARTIAL(AT_UPPER4, 0) },
	{ "solicit", PLAIN, IN, PASS, SOLICIT, PARTIAL(AT_UPPER6, 6) },
	{ "solicit, behind its type", PLAIN, IN, PASS, SOLICIT, PARTIAL(AT_UPPER6, 9) },
	{ "into the DHCPv6 type", PLAIN, IN, DHCP, SOLICIT, PARTIAL(AT_UPPER6, 8) },
	{ "half into the DHCPv6 type", PLAIN, IN, DHCP, SOLICIT, PARTIAL(AT_UPPER6, 7) },
	{ "echo", PLAIN, IN, PASS, ECHO4, PARTIAL(AT_UPPER4, 6) },
	{ "into the type of an echo", PLAIN, IN, RA, ECHO4, PARTIAL(AT_UPPER4, 0) },
	{ "behind the type of an echo", PLAIN, IN, PASS, ECHO4, PARTIAL(AT_UPPER4, 1) },
	{ "ARP", PLAIN, IN, MALFORMED, "BC G ARP 0001 G G4 Z R4", PARTIAL(28, 0) },
	{ "ARP, behind the body", PLAIN, IN, MALFORMED, "BC G ARP 0001 G G4 Z R4 18*00",
	  PARTIAL(44, 0) },
	{ "RARP", BARE, IN, MALFORMED, "BC G RARP 0003 G Z4 G Z4", PARTIAL(30, 0) },

	{ "ARP in segments", PLAIN, IN, MALFORMED, "BC G ARP 0001 G G4 Z R4", WITH_GSO },
	{ "RARP in segments", PLAIN, IN, MALFORMED, "BC G RARP 0003 G Z4 G Z4", WITH_GSO },
	{ "TCP in segments", PLAIN, IN, PASS, TCP4 " 2000*00",
	  WITH_GSO | PARTIAL(AT_UPPER4, 16) },
};

TABLE(sum);
