#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nftables with prefixes: a map of port and MAC to a chain, and in each chain sets
# of intervals of one field. A single set of port, MAC and prefix costs three to
# twenty times as much with 1,000 prefixes, in whatever order its fields stand.
# The target of neighbour discovery is not looked at.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

# Sets and chains of each MAC; all of them are numbered.
sets()
{
	# shellcheck disable=SC2016	# awk's fields
	nft_set gp "type iface_index" 'print $1' "$1"
	awk '
	!(($1, $2) in number) { number[$1, $2] = ++n; port[n] = $1; mac[n] = $2 }
	{
		i = number[$1, $2]
		four[i] = four[i] $3 ","
		six[i] = six[i] $4 ","
		if (!((i, $5) in seen))
			six[i] = six[i] $5 ","
		seen[i, $5] = 1
	}
	END {
		for (i = 1; i <= n; i++) {
			printf "set f%d { type ipv4_addr; flags interval; ", i
			printf "elements = { %s } }\n", four[i]
			printf "set s%d { type ipv6_addr; flags interval; ", i
			printf "elements = { %s } }\n", six[i]
			printf "chain in%d {\n", i
			printf "ip saddr @f%d accept\n", i
			printf "icmpv6 type { nd-router-advert, nd-redirect } counter drop\n"
			printf "ip6 saddr @s%d accept\n", i
			printf "arp saddr ether %s arp saddr ip @f%d accept\n", mac[i], i
			printf "arp saddr ip 0.0.0.0 arp daddr ip @f%d accept\n", i
			printf "ip saddr 0.0.0.0 ip daddr 255.255.255.255 "
			printf "udp sport 68 udp dport 67 accept\n"
			printf "ip6 saddr :: icmpv6 type { nd-neighbor-solicit, "
			printf "nd-router-solicit, mld2-listener-report } accept\n"
			printf "counter drop\n}\n"
			printf "chain out%d {\n", i
			printf "ip daddr @f%d accept\n", i
			printf "ip6 daddr @s%d accept\n", i
			printf "ether type arp accept\n"
			printf "counter drop\n}\n"
			from = from sprintf("%s . %s : goto in%d,", port[i], mac[i], i)
			to = to sprintf("%s . %s : goto out%d,", port[i], mac[i], i)
		}
		type = "type iface_index . ether_addr : verdict; elements = {"
		print "map from {", type, from, "} }"
		print "map to {", type, to, "} }"
	}' "$1"
}

chains()
{
	cat <<'T'
	chain pre {
		type filter hook prerouting priority -300; policy accept;
		iif . ether saddr vmap @from
		iif @gp counter drop
	}
	chain fw {
		type filter hook forward priority -300; policy accept;
		oif . ether daddr vmap @to
		oif != @gp accept
		ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept
		counter drop
	}
T
}

print() { nft_table "$1"; }
up() { print "$1" | nft -f -; }
down() { nft delete table bridge bench; }

peer "$@"
