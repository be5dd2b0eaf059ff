#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# ebtables: all rules in the base chains. The target of neighbour discovery
# cannot be named.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

print()
{
	echo "*nat"
	echo ":PREROUTING ACCEPT"
	echo ":POSTROUTING ACCEPT"
	awk '{
		in_ = "-A PREROUTING -i " $1
		print in_, "-s ! " $2, "-j DROP"
		print in_, "-p IPv4 --ip-src", $3, "-j ACCEPT"
		print in_, "-p IPv6 --ip6-proto ipv6-icmp --ip6-icmp-type 134 -j DROP"
		print in_, "-p IPv6 --ip6-src", $4, "-j ACCEPT"
		print in_, "-p IPv6 --ip6-src", $5, "-j ACCEPT"
		print in_, "-p ARP --arp-ip-src", $3, "--arp-mac-src", $2, "-j ACCEPT"
		print in_, "-p ARP --arp-ip-src 0.0.0.0 --arp-ip-dst", $3, "-j ACCEPT"
		print in_, "-j DROP"
		out = "-A POSTROUTING -o " $1
		print out, "-d Multicast -j ACCEPT"
		print out, "-d ! " $2, "-j DROP"
		print out, "-p IPv4 --ip-dst", $3, "-j ACCEPT"
		print out, "-p IPv6 --ip6-dst", $4, "-j ACCEPT"
		print out, "-p IPv6 --ip6-dst", $5, "-j ACCEPT"
		print out, "-p ARP -j ACCEPT"
		print out, "-j DROP"
	}' "$1"
}

up() { print "$1" | ebtables-legacy-restore; }
down() { ebtables-legacy -t nat -F && rmmod ebtable_nat; }

peer "$@"
