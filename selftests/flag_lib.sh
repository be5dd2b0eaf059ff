# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2086,SC2119
# What tests of the flags that brguard drives have in common, behind lib.sh.

# Guest and victim are guests. DRIVE, BR: words for the bridge; MORE: further lines.
guests()
{
	policy <<-E
		bridge set br0 new-port trusted $DRIVE ${BR-}
		port set gst0 role guest ${GUARD-}
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V
		${MORE-}
	E
}

# is_on PORT [FLAG]
is_on()
{
	[ "$(ip -n "$HOST" -d -j link show "$1" |
		jq ".[0].linkinfo.info_slave_data.${2-flood}")" = true ]
}

is_off()
{
	! is_on "$@"
}

# flag FLAG WORDS on|off PORTS
flag()
{
	local port

	for port in $4; do
		"is_$3" "$port" "$1" || fail "$2: $1 of $port is not $3"
	done
}

set_flag()
{
	bridge -n "$HOST" link set dev "$1" "$2" "$3"
}

# made [PORT]: what brguard has put into the database, "MAC PORT [VLAN]" a line.
made()
{
	bridge -n "$HOST" -j fdb show br br0 | jq -r --arg port "${1-}" '.[] |
		select(.flags | index("extern_learn")) |
		select($port == "" or .ifname == $port) |
		"\(.mac) \(.ifname)\(if .vlan then " \(.vlan)" else "" end)"' |
		sort
}

BOTH="$MAC_G gst0
$MAC_V vic0"

made_both()
{
	[ "$(made)" = "$BOTH" ]
}

made_is()
{
	[ "$(made gst0)" = "$1" ]
}

UNKNOWN="eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / udp / raw 00"
TO_V="eth src=$MAC_R dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp / raw 00"
TO_G="eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_G / udp / raw 00"

# goes WORDS ENDS COUNTS FRAME: comes to exactly these.
goes()
{
	local what=$1 ends=$2 counts=$3

	shift 3
	probe "$what" "$@"
	same "$what: came to" "$ends" "$CAME"
	same "$what: counted" "$counts" "$COUNTED"
}
