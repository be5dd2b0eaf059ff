#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# ebtables as libvirt lays it out: a chain per guest and direction, and a jump
# to each in the base chain.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

print()
{
	echo "*nat"
	echo ":PREROUTING ACCEPT"
	echo ":POSTROUTING ACCEPT"
	ports "$1" | sed 's/.*/:I-& DROP\n:O-& DROP/'
	ports "$1" | sed 's/.*/-A PREROUTING -i & -j I-&\n-A POSTROUTING -o & -j O-&/'
	awk '{
		in_ = "-A I-" $1
		print in_, "-s ! " $2, "-j DROP"
		print in_, "-p IPv4 --ip-src", $3, "-j ACCEPT"
		print in_, "-p IPv6 --ip6-proto ipv6-icmp --ip6-icmp-type 134 -j DROP"
		print in_, "-p IPv6 --ip6-src", $4, "-j ACCEPT"
		print in_, "-p IPv6 --ip6-src", $5, "-j ACCEPT"
		print in_, "-p ARP --arp-ip-src", $3, "--arp-mac-src", $2, "-j ACCEPT"
		print in_, "-p ARP --arp-ip-src 0.0.0.0 --arp-ip-dst", $3, "-j ACCEPT"
		out = "-A O-" $1
		print out, "-d Multicast -j ACCEPT"
		print out, "-d ! " $2, "-j DROP"
		print out, "-p IPv4 --ip-dst", $3, "-j ACCEPT"
		print out, "-p IPv6 --ip6-dst", $4, "-j ACCEPT"
		print out, "-p IPv6 --ip6-dst", $5, "-j ACCEPT"
		print out, "-p ARP -j ACCEPT"
	}' "$1"
}

up() { print "$1" | ebtables-legacy-restore; }
down() { ebtables-legacy -t nat --init-table && rmmod ebtable_nat; }

peer "$@"
