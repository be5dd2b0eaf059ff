#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Events: violations with their fields, rate limit, kernel log, configuration.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	violation_fields
	one_object_a_line
	rate_limit
	kernel_log
	config_events
	new_port_name
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

tear_down()
{
	monitor_stop
}

violation_fields()
{
	local v='.event == "violation" and .port == "gst0" and .device == "gst0" and
		.bridge == "br0"'

	guard
	introduce
	monitor violation
	drop "ARP" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	wait_for "ARP" "$v and .direction == \"in\" and .reason == \"arp\" and
		.verdict == \"drop\" and .\"src-mac\" == \"$MAC_G\" and
		.\"dst-mac\" == \"ff:ff:ff:ff:ff:ff\" and
		.\"src-ip\" == \"$IP_R\" and .\"dst-ip\" == \"$IP_V\" and
		(.ethertype | tostring | test(\"2054|0x0806\"))"
	drop "IPv4" src-ip eth src=$MAC_G dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp
	wait_for "IPv4" "$v and .reason == \"src-ip\" and .\"dst-mac\" == \"$MAC_V\" and
		.\"src-ip\" == \"$IP_R\" and .\"dst-ip\" == \"$IP_V\""
	drop "ND" nd eth src=$MAC_G / ip6 src=$LL_G dst=ff02::1 / na target=$IP6_V
	wait_for "ND" "$v and .reason == \"nd\" and .\"src-ip\" == \"$LL_G\" and
		.\"dst-ip\" == \"$IP6_V\""
	drop "tag" vlan eth src=$MAC_G / vlan id=77 / arp op=1 spa=$IP_G tpa=$IP_V
	wait_for "tag" "$v and .reason == \"vlan\" and .vlan == 77"
	FROM=uplink
	probe "flood" eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
	wait_for "flood" "$v and .direction == \"out\" and .reason == \"flood\" and
		.\"dst-mac\" == \"$MAC_X\""
	FROM=guest
	expect "audit" ctl port set gst0 mode audit
	probe "audit" eth src=$MAC_G / arp op=2 spa=$IP_X tpa=$IP_V
	wait_for "audit" "$v and .verdict == \"pass\" and .\"src-ip\" == \"$IP_X\""
	monitor_stop
}

one_object_a_line()
{
	local lines objects

	guard
	monitor violation
	drop "ARP" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	wait_for "ARP" '.event == "violation"'
	lines=$(wc -l <"$LOG")
	objects=$(jq -c . "$LOG" | wc -l)
	same "lines and objects" "$lines" "$objects"
	monitor_stop
}

told()
{
	jq -s '[.[] | select(.event == "violation") | .suppressed // 0] | add' "$LOG"
}

all_told()
{
	[ "$(told)" = "$(ctl -j stats port gst0 | jq '.stats[0].suppressed')" ]
}

# Every drop is either an event or part of the sum of suppressed ones.
rate_limit()
{
	local events suppressed

	guard
	monitor violation
	reset_counters
	lab macof guest 1000
	same "drops" 1000 "$(count gst0 src-mac)"
	events=$(ctl -j stats port gst0 | jq '.stats[0].events')
	suppressed=$(ctl -j stats port gst0 | jq '.stats[0].suppressed')
	note "$events events, $suppressed suppressed"
	same "events + suppressed" 1000 $((events + suppressed))
	[ "$suppressed" -gt 0 ] || fail "1000 events and no limit"
	[ "$events" -gt 0 ] || fail "no event at all"
	busywait 5 all_told || fail "told of $(told) suppressed ones, not $suppressed"
	same "events heard" "$events" "$(jq -c 'select(.reason == "src-mac")' "$LOG" | wc -l)"
	monitor_stop
}

kernel_log()
{
	guard
	command sleep 5.1	# the limit of the kernel log, from the test before
	dmesg -C
	drop "ARP" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	busywait 5 in_log "brguard: gst0: drop in arp: $MAC_G > ff:ff:ff:ff:ff:ff" ||
		fail "no line in the kernel log: $(dmesg | tail -n 3)"
}

in_log()
{
	dmesg | grep -q "$1"
}

config_events()
{
	monitor
	expect "bridge" ctl bridge set br7 new-port guest
	wait_for "bridge set" '.event == "config" and .action == "set" and
		.bridge.name == "br7" and .bridge."new-port" == "guest"'
	expect "port" ctl port set tap7 role guest
	wait_for "port set" '.action == "set" and .port.name == "tap7" and
		.port.role == "guest"'
	expect "binding" ctl binding add port tap7 mac $MAC_X vlan 9 ip $IP_X
	wait_for "binding set" ".action == \"set\" and .binding.port == \"tap7\" and
		.binding.mac == \"$MAC_X\" and .binding.vlan == 9"
	expect "binding" ctl binding del port tap7 mac $MAC_X vlan 9
	wait_for "binding deleted" ".action == \"deleted\" and .binding.mac == \"$MAC_X\""
	expect "port" ctl port del tap7
	wait_for "port deleted" '.action == "deleted" and .port.name == "tap7"'
	expect "bridge" ctl bridge del br7
	wait_for "bridge deleted" '.action == "deleted" and .bridge.name == "br7"'
	guard
	wait_for "replaced" '.action == "replaced" and .generation > 0'
	refuse "binding" "no such port" ctl binding add port nobody mac $MAC_X
	heard '.binding.port == "nobody"' && fail "an event of a refused request"
	monitor_stop
}

# A port that only the bridge's rule guards is told of by its device.
new_port_name()
{
	policy <<-E
		bridge set br0 new-port guest
		port set upl0 role trusted
		port set fen0 role trusted
	E
	monitor violation
	probe "anything" eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	same "came to" - "$CAME"
	wait_for "by the device" '.port == "gst0" and .reason == "src-mac"'
	monitor_stop
}

run_tests
