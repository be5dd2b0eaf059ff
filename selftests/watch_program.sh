#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Another program makes the bridge promiscuous, for a guest of its own behind it,
# as VMware's does. The bridge floods what is for that guest: to all others, too.
# shellcheck disable=SC2034,SC2086,SC2119,SC2153,SC2317

TESTS="
	program_is_named
	other_guests_see_nothing
	its_guest_works
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

MAC_W=02:00:00:00:00:0c IP_W=192.0.2.12
NAME=vmnet-bridge

#   netns inner         netns host
#  +-----------+       +---------------------------+
#  |   eth0    |--tap--| vmnet.py === br0 --- ...  |
#  | MAC_W IP_W|       |                           |
#  +-----------+       +---------------------------+
set_up()
{
	need python3
	lab_create
	ns_create inner
	[ -e /dev/net/tun ] || modprobe -q tun
	BIN=$(mktemp -d)
	ln -s "$(command -v python3)" "$BIN/$NAME"
}

tear_down()
{
	stop_program
	ns_destroy inner
	rm -rf "$BIN"
}

promiscuity()
{
	ip -n "$HOST" -d -j link show br0 | jq '.[0].promiscuity'
}

promiscuous()
{
	[ "$(promiscuity)" = "$1" ]
}

start_program()
{
	ip netns exec "$HOST" "$BIN/$NAME" -S "$HERE/vmnet.py" br0 "$NS-inner" \
		$MAC_W >/dev/null &
	PROGRAM=$!
	busywait 10 promiscuous 1 || fail "the program does not start"
	ip -n "$NS-inner" link set eth0 address $MAC_W up
	ip -n "$NS-inner" addr add $IP_W/24 dev eth0
}

stop_program()
{
	if [ -n "${PROGRAM-}" ]; then
		kill "$PROGRAM" 2>/dev/null
		wait "$PROGRAM" 2>/dev/null
		busywait 10 promiscuous 0
	fi
	PROGRAM=
}

guard_both()
{
	policy <<-P
		bridge set br0 new-port trusted
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V
	P
}

program_is_named()
{
	local w='.what == "promiscuity" and .bridge == "br0" and .device == "br0"'

	guard_both
	monitor watch
	start_program
	wait_for "start" "$w and .old == 0 and .new == 1 and .uid == 0 and
		.comm == \"$NAME\" and .pid == $PROGRAM"
	same "state" 1 "$(ctl -j -d bridge show br0 |
		jq '[.. | .promiscuity? | numbers] | first')"
	w="$w and .old == 1 and .new == 0 and .comm == \"$NAME\" and .pid == $PROGRAM"
	stop_program
	wait_for "end" "$w"
	monitor_stop
}

# carried WORDS ENDS COUNTS: a frame for the program's guest comes to ENDS.
carried()
{
	probe "$1" eth src=$MAC_R dst=$MAC_W / ip src=$IP_R dst=$IP_W / udp / raw 00
	same "$1: came to" "$2" "$CAME"
	same "$1: counters" "$3" "$COUNTED"
}

other_guests_see_nothing()
{
	start_program
	FROM=uplink
	unguard
	carried "without brguard" "fence guest host victim" -
	guard_both
	carried "with brguard" "fence host" "gst0:flood vic0:flood"
	FROM=guest
	stop_program
}

ping_inner()
{
	in_ns uplink ping -q -c 5 -i 0.2 -W 5 $IP_W
}

# With real stacks on both sides, and what the others see of it.
its_guest_works()
{
	local before after

	start_program
	ip -n "$NS-uplink" link set eth0 arp on
	ip -n "$NS-uplink" addr add $IP_R/24 dev eth0
	unguard
	expect "without brguard" ping_inner
	guard_both
	before=$(count gst0 flood)
	expect "with brguard" ping_inner
	after=$(count gst0 flood)
	[ "$after" -ge $((before + 5)) ] ||
		fail "kept from the other guest: $((after - before)) frames"
	ip -n "$NS-uplink" addr flush dev eth0
	ip -n "$NS-uplink" link set eth0 arp off
	stop_program
}

run_tests
