#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nftables as libvirt and Proxmox lay it out: a chain per guest and direction,
# found by the interface.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

# Chains of the guests, with one binding each: what the base chains refer to.
sets()
{
	awk '{
		printf "chain in-%s {\n", $1
		printf "ether saddr != %s counter drop\n", $2
		printf "ip saddr %s accept\n", $3
		printf "icmpv6 type vmap { nd-neighbor-advert : goto na-%s, ", $1
		printf "nd-neighbor-solicit : goto ns-%s, ", $1
		printf "nd-router-advert : drop, nd-redirect : drop }\n"
		printf "ip6 saddr { %s, %s } accept\n", $4, $5
		printf "arp saddr ether %s arp saddr ip %s accept\n", $2, $3
		printf "arp saddr ip 0.0.0.0 arp daddr ip %s accept\n", $3
		printf "ip saddr 0.0.0.0 ip daddr 255.255.255.255 "
		printf "udp sport 68 udp dport 67 accept\n"
		printf "ip6 saddr :: icmpv6 type { nd-router-solicit, "
		printf "mld2-listener-report } accept\n"
		printf "counter drop\n}\n"
		printf "chain na-%s {\n", $1
		printf "@th,64,128 { %s, %s } ip6 saddr { %s, %s } accept\n", $7, $8, $4, $5
		printf "counter drop\n}\n"
		printf "chain ns-%s {\n", $1
		printf "ip6 saddr { %s, %s } accept\n", $4, $5
		printf "ip6 saddr :: @th,64,128 { %s, %s } accept\n", $7, $8
		printf "counter drop\n}\n"
		printf "chain out-%s {\n", $1
		printf "ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept\n"
		printf "ether daddr != %s counter drop\n", $2
		printf "ip daddr %s accept\n", $3
		printf "ip6 daddr { %s, %s } accept\n", $4, $5
		printf "ether type arp accept\n"
		printf "counter drop\n}\n"
	}' "$1"
}

# base NAME HOOK KEY DIRECTION POLICY
base()
{
	echo "chain $1 { type filter hook $2 priority -300; policy accept;"
	echo "$3 vmap {"
	ports "$5" | sed "s/.*/& : goto $4-&/" | paste -sd,
	echo "}"
	echo "}"
}

chains()
{
	base pre prerouting iif in "$1"
	base fw forward oif out "$1"
	base host output oif out "$1"
}

print() { nft_table "$1"; }
up() { print "$1" | nft -f -; }
down() { nft delete table bridge bench; }

peer "$@"
