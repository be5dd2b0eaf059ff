# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2001,SC2119,SC2120
# Capture files, byte by byte, as no other program would write some of them.
# ORDER=be makes them in the other byte order.

# be BYTES NUMBER, le BYTES NUMBER: hexadecimal digits
be()
{
	printf "%0$((2 * $1))x" "$2"
}

le()
{
	local i

	for ((i = 0; i < $1; i++)); do
		printf %02x $(($2 >> 8 * i & 255))
	done
}

# number BYTES NUMBER: in the byte order of the file
number()
{
	"${ORDER:-le}" "$@"
}

# bytes HEX...: as they are
bytes()
{
	local hex

	hex=$(printf %s "$@")
	printf '%b' "$(sed 's/../\\x&/g' <<<"$hex")"
}

# zeroes N: hexadecimal digits of N bytes
zeroes()
{
	printf "%0$((2 * $1))d" 0
}

# pcap_head: MAGIC, LINK and SNAP are those of a plain Ethernet capture
pcap_head()
{
	bytes "$(number 4 "${MAGIC:-0xa1b2c3d4}")" "$(number 2 2)" "$(number 2 4)" \
		"$(zeroes 8)" "$(number 4 "${SNAP:-262144}")" "$(number 4 "${LINK:-1}")"
}

# pcap_frame HEX [LENGTH]: LENGTH if it was not captured as a whole
pcap_frame()
{
	local captured=$((${#1} / 2))

	bytes "$(number 4 1700000000)" "$(number 4 999999)" "$(number 4 $captured)" \
		"$(number 4 "${2:-$captured}")" "$1"
}

# pcap HEX...: a whole capture
pcap()
{
	local frame

	pcap_head
	for frame; do
		pcap_frame "$frame"
	done
}

# block TYPE HEX: of pcapng
block()
{
	local length

	length=$(number 4 $((12 + ${#2} / 2)))
	bytes "$(number 4 "$1")" "$length" "$2" "$length"
}

# padded HEX: up to a multiple of 4 bytes
padded()
{
	printf '%s%s' "$1" "$(printf '%.*s' $(((8 - ${#1} % 8) % 8)) 000000)"
}

pcapng_head()
{
	block 0x0a0d0d0a "$(number 4 0x1a2b3c4d)$(number 2 1)$(number 2 0)ffffffffffffffff"
}

pcapng_interface()
{
	block 1 "$(number 2 "${1:-1}")0000$(number 4 "${2:-262144}")"
}

# pcapng_frame HEX [LENGTH]: an enhanced packet block
pcapng_frame()
{
	local captured=$((${#1} / 2))

	block 6 "$(zeroes 12)$(number 4 $captured)$(number 4 "${2:-$captured}")$(padded "$1")"
}

# pcapng HEX...: a whole capture, the last frame in a simple packet block
pcapng()
{
	pcapng_head
	pcapng_interface
	while [ $# -gt 1 ]; do
		pcapng_frame "$1"
		shift
	done
	block 3 "$(number 4 $((${#1} / 2)))$(padded "$1")"
}
