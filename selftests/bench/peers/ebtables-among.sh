#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# ebtables with its match for many pairs of MAC and IPv4 address: one rule a
# port and direction, however many bindings the port has. It knows no IPv6, which
# is judged by MAC.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

print()
{
	echo "*nat"
	echo ":PREROUTING ACCEPT"
	echo ":POSTROUTING ACCEPT"
	awk '{
		pairs[$1] = pairs[$1] $2 "=" $3 ","
		macs[$1] = macs[$1] $2 ","
	} END {
		for (port in pairs) {
			print "-A PREROUTING -i", port, "--among-src", pairs[port], "-j ACCEPT"
			print "-A PREROUTING -i", port, "-p IPv6 --among-src", macs[port], "-j ACCEPT"
			print "-A PREROUTING -i", port, "-j DROP"
			print "-A POSTROUTING -o", port, "-d Multicast -j ACCEPT"
			print "-A POSTROUTING -o", port, "--among-dst", pairs[port], "-j ACCEPT"
			print "-A POSTROUTING -o", port, "-p IPv6 --among-dst", macs[port], "-j ACCEPT"
			print "-A POSTROUTING -o", port, "-j DROP"
		}
	}' "$1"
}

up() { print "$1" | ebtables-legacy-restore; }
down() { ebtables-legacy -t nat -F && rmmod ebtable_nat; }

peer "$@"
