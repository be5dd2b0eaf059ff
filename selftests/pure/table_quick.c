// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frames that must not need the long way, for speed: accelerated if they have a
 * tag. And frames one step beside them: the same verdict, the long way.
 */
#include "table.h"

#define ECHO		"80 00 SUM6 0001 0001"
#define MANY6		"20010db900000000 0000000000000007"

static const struct row rows[] = {
	{ "TCP", PLAIN, IN, PASS, "R G IP 06 SUM4 G4 R4 TCP", IS_QUICK },
	{ "UDP", PLAIN, IN, PASS, "R G IP 11 SUM4 G4 R4 1000 0035 UDP", IS_QUICK },
	{ "from a DHCP server's port", PLAIN, IN, DHCP, "R G IP 11 SUM4 G4 R4 0043 1000 UDP" },
	{ "to a DHCP client's port", PLAIN, IN, DHCP, "R G IP 11 SUM4 G4 R4 1000 0044 UDP" },
	{ "in a VLAN", TRUNK, IN, PASS, "R G TAG10 IP 06 SUM4 G4 R4 TCP", IS_QUICK },
	{ "second of two", TWO, IN, PASS, "R X IP 06 SUM4 X4 R4 TCP", IS_QUICK },
	{ "one of many", MANY, IN, PASS, "R G IP 06 SUM4 0a123456 R4 TCP", IS_QUICK },
	{ "none of many", MANY, IN, SRC_IP, "R G IP 06 SUM4 0b123456 R4 TCP" },
	{ "to a group", PLAIN, IN, PASS, "01005e000016 G IP 06 SUM4 G4 M4 TCP", IS_QUICK },
	{ "checksum with a carry", PLAIN, IN, PASS, "R G 0800 45 00 LEN4 ffff 4000 ff 06 "
	  "SUM4 G4 ffffffff TCP", IS_QUICK },
	{ "wrong checksum", PLAIN, IN, MALFORMED, "R G 0800 45 00 0028 0001 4000 40 06 "
	  "0001 G4 R4 TCP" },

	{ "IPv6 TCP", PLAIN, IN, PASS, "R G IP6 06 40 G6 R6 TCP", IS_QUICK },
	{ "IPv6 UDP", PLAIN, IN, PASS, "R G IP6 11 40 G6 R6 1000 0035 UDP", IS_QUICK },
	{ "IPv6 echo", PLAIN, IN, PASS, "R G IP6 3a 40 G6 R6 " ECHO, IS_QUICK },
	{ "IPv6 link-local", PLAIN, IN, PASS, "R G IP6 06 40 GL RL TCP", IS_QUICK },
	{ "IPv6 in a VLAN", TRUNK, IN, PASS, "R G TAG10 IP6 06 40 G6 R6 TCP", IS_QUICK },
	{ "IPv6, one of many", MANY, IN, PASS, "R G IP6 06 40 " MANY6 " R6 TCP", IS_QUICK },
	{ "IPv6, none of many", MANY, IN, SRC_IP, "R G IP6 06 40 V6 R6 TCP" },
	{ "IPv6, from a DHCP server's port", PLAIN, IN, DHCP,
	  "R G IP6 11 40 G6 R6 0223 1000 UDP" },
	{ "IPv6, to a DHCP client's port", PLAIN, IN, DHCP,
	  "R G IP6 11 40 G6 R6 1000 0222 UDP" },
	{ "IPv6 UDP of many, DHCP server", MANY, IN, DHCP,
	  "R G IP6 11 40 " MANY6 " R6 0223 1000 UDP" },
	{ "IPv6, as the victim, same prefix", PLAIN, IN, SRC_IP, "R G IP6 06 40 V6 R6 TCP" },

	{ "ARP request", PLAIN, IN, PASS, "BC G ARP 0001 G G4 Z R4", IS_QUICK },
	{ "ARP reply", PLAIN, IN, PASS, "R G ARP 0002 G G4 R R4", IS_QUICK },
	{ "ARP in a VLAN", TRUNK, IN, PASS, "R G TAG10 ARP 0002 G G4 R R4", IS_QUICK },
	{ "ARP, one of many", MANY, IN, PASS, "R G ARP 0002 G 0a123456 R R4", IS_QUICK },
	{ "ARP that is counted", TWO, IN, PASS, "R G ARP 0002 G G4 R R4" },
	{ "solicitation", PLAIN, IN, PASS, "MSNV G IP6 3a ff G6 SNV NS V6 SLLA G", IS_QUICK },
	{ "advertisement", PLAIN, IN, PASS, "MALL G IP6 3a ff G6 ALL NA 20000000 G6 TLLA G",
	  IS_QUICK },
	{ "advertisement, solicited", PLAIN, IN, PASS,
	  "V G IP6 3a ff G6 V6 NA 60000000 G6 TLLA G", IS_QUICK },
	{ "solicitation, one of many", MANY, IN, PASS,
	  "MSNV G IP6 3a ff " MANY6 " SNV NS V6 SLLA G", IS_QUICK },
	{ "solicitation in a VLAN", TRUNK, IN, PASS,
	  "MSNV G TAG10 IP6 3a ff G6 SNV NS V6 SLLA G", IS_QUICK },
	{ "solicitation where answers count", TWO, IN, PASS,
	  "MSNV X IP6 3a ff X6 SNV NS V6 SLLA X", IS_QUICK },
	{ "advertisement that is counted", TWO, IN, PASS,
	  "V X IP6 3a ff X6 V6 NA 60000000 X6 TLLA X" },
	{ "a nonce for an address", PLAIN, IN, PASS, "MSNV G IP6 3a ff G6 SNV NS V6 NONCE" },

	{ "towards a guest", PLAIN, OUT, PASS, "G R IP 06 SUM4 R4 G4 TCP", IS_QUICK },
	{ "towards a guest, in a VLAN", TRUNK, OUT, PASS,
	  "G R TAG10 IP 06 SUM4 R4 G4 TCP", IS_QUICK },
	{ "towards a guest, one of many", MANY, OUT, PASS,
	  "G R IP 06 SUM4 R4 0a123456 TCP", IS_QUICK },
	{ "towards a guest, none of many", MANY, OUT, DST_IP,
	  "G R IP 06 SUM4 R4 0b123456 TCP" },
	{ "towards a guest, IPv6", PLAIN, OUT, PASS, "G R IP6 06 40 R6 G6 TCP", IS_QUICK },
	{ "towards a guest, IPv6, one of many", MANY, OUT, PASS,
	  "G R IP6 06 40 R6 " MANY6 " TCP", IS_QUICK },
	{ "towards a guest, IPv6, none of many", MANY, OUT, DST_IP,
	  "G R IP6 06 40 R6 V6 TCP" },
	{ "towards a guest, ARP", PLAIN, OUT, PASS, "G R ARP 0002 R R4 G G4", IS_QUICK },
	{ "towards a guest, ARP in a VLAN", TRUNK, OUT, PASS,
	  "G R TAG10 ARP 0002 R R4 G G4", IS_QUICK },
	{ "towards another guest, ARP", PLAIN, OUT, FLOOD, "V R ARP 0002 R R4 G G4" },
	{ "towards all", PLAIN, OUT, PASS, "BC R ARP 0001 R R4 Z G4", IS_QUICK | IS_QUESTION },
	{ "towards all, what need not be asked", TRUNK, OUT, PASS,
	  "BC R TAG10 ARP 0001 R R4 Z G4", IS_QUESTION },
	{ "towards a group", PLAIN, OUT, PASS, "MSNV R IP6 3a ff R6 SNV NS V6 SLLA R",
	  IS_QUICK | IS_QUESTION },
};

TABLE(quick);
