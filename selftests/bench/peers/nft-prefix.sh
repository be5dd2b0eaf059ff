#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nftables with prefixes: concatenated intervals, the address first, because
# what tells most elements apart early is cheapest. Otherwise nft-exact.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

sets()
{
	# shellcheck disable=SC2016	# awk's fields
	{
		nft_set gp "type iface_index" 'print $1' "$1"
		nft_set mc "type iface_index . ether_addr" 'print $1 " . " $2' "$1"
		nft_set b4 "type ipv4_addr . ether_addr . iface_index; flags interval" \
			'print $3 " . " $2 " . " $1' "$1"
		nft_set b6 "type ipv6_addr . ether_addr . iface_index; flags interval" \
			'print $4 " . " $2 " . " $1; print $5 " . " $2 " . " $1' "$1"
	}
}

chains()
{
	cat <<'T'
	chain pre {
		type filter hook prerouting priority -300; policy accept;
		ip saddr . ether saddr . iif @b4 accept
		meta l4proto != ipv6-icmp ip6 saddr . ether saddr . iif @b6 accept
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
		arp saddr ip . arp saddr ether . iif @b4 accept
		arp saddr ip 0.0.0.0 arp daddr ip . ether saddr . iif @b4 accept
		counter drop
	}
	chain s6 {
		icmpv6 type { nd-router-advert, nd-redirect } counter drop
		ip6 saddr . ether saddr . iif @b6 accept
		ip6 saddr :: icmpv6 type { nd-router-solicit, mld2-listener-report } accept
		counter drop
	}
	chain fw {
		type filter hook forward priority -300; policy accept;
		ip daddr . ether daddr . oif @b4 accept
		ip6 daddr . ether daddr . oif @b6 accept
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

up() { nft_load "$1"; }
down() { nft delete table bridge bench; }

peer "$@"
