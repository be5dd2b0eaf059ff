#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nftables, sets of exact matches: one look-up accepts an ordinary packet, and
# what it costs does not depend on how many there are. Group frames pass towards
# guests. No options of neighbour discovery are looked at, no VLAN, no header.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

sets()
{
	# shellcheck disable=SC2016	# awk's fields
	{
		nft_set gp "type iface_index" 'print $1' "$1"
		nft_set mc "type iface_index . ether_addr" 'print $1 " . " $2' "$1"
		nft_set b4 "type iface_index . ether_addr . ipv4_addr" \
			'print $1 " . " $2 " . " $3' "$1"
		nft_set b6 "type iface_index . ether_addr . ipv6_addr" \
			'print $1 " . " $2 " . " $4; print $1 " . " $2 " . " $5' "$1"
		nft_set t6 "typeof iif . @th,64,128" \
			'print $1 " . " $7; print $1 " . " $8' "$1"
	}
}

chains()
{
	cat <<'T'
	chain pre {
		type filter hook prerouting priority -300; policy accept;
		iif . ether saddr . ip saddr @b4 accept
		meta l4proto != ipv6-icmp iif . ether saddr . ip6 saddr @b6 accept
		iif != @gp accept
		goto slow
	}
	chain slow {
		iif . ether saddr != @mc counter drop
		ether type vmap { ip : goto s4, ip6 : goto s6, arp : goto sarp }
		counter drop
	}
	chain s4 {
		ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept
		counter drop
	}
	chain sarp {
		iif . arp saddr ether . arp saddr ip @b4 accept
		arp saddr ip 0.0.0.0 iif . ether saddr . arp daddr ip @b4 accept
		counter drop
	}
	chain s6 {
		icmpv6 type vmap { nd-neighbor-advert : goto na,
			nd-neighbor-solicit : goto ns, nd-router-advert : drop,
			nd-redirect : drop }
		iif . ether saddr . ip6 saddr @b6 accept
		ip6 saddr :: icmpv6 type { nd-router-solicit, mld2-listener-report } accept
		counter drop
	}
	chain na {
		iif . @th,64,128 @t6 iif . ether saddr . ip6 saddr @b6 accept
		counter drop
	}
	chain ns {
		iif . ether saddr . ip6 saddr @b6 accept
		ip6 saddr :: iif . @th,64,128 @t6 accept
		counter drop
	}
	chain fw {
		type filter hook forward priority -300; policy accept;
		oif . ether daddr . ip daddr @b4 accept
		oif . ether daddr . ip6 daddr @b6 accept
		oif != @gp accept
		goto eg
	}
	chain out {
		type filter hook output priority -300; policy accept;
		oif . ether daddr . ip daddr @b4 accept
		oif . ether daddr . ip6 daddr @b6 accept
		oif != @gp accept
		goto eg
	}
	chain eg {
		ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept
		ether type arp oif . ether daddr @mc accept
		counter drop
	}
T
}

print() { nft_table "$1"; }
up() { print "$1" | nft -f -; }
down() { nft delete table bridge bench; }

peer "$@"
