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
	more_than_can_wait
	trace_event
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
	trace_stop
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

GUESTS=40

# many COMMAND...: of each of so many ports, through ip.
many()
{
	local i

	for ((i = 0; i < GUESTS; i++)); do
		echo "${@//#/$i}"
	done | ip -n "$HOST" -batch -
}

all_heard()
{
	[ "$(jq -c 'select(.reason == "flood")' "$LOG" | wc -l)" -gt $GUESTS ]
}

# One frame for a MAC that the bridge does not know: each of 41 guests has an event,
# though no more than 32 can wait to be told.
more_than_can_wait()
{
	local i wanted

	many link add many# type dummy
	many link set many# master br0 up
	policy < <(
		echo "bridge set br0 new-port trusted"
		echo "port set gst0 role guest"
		echo "binding add port gst0 mac $MAC_G"
		for ((i = 0; i < GUESTS; i++)); do
			echo "port set many$i role guest"
			printf 'binding add port many%d mac 02:00:00:00:01:%02x\n' $i $i
		done)
	introduce
	reset_counters
	monitor violation
	FROM=uplink
	probe "flood" eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
	FROM=guest
	same "counted" $((GUESTS + 1)) "$(wc -w <<<"$COUNTED")"
	busywait 10 all_heard || fail "not all were told of"
	wanted=$(seq -f many%g 0 $((GUESTS - 1)); echo gst0)
	same "ports" "$(sort <<<"$wanted")" \
		"$(jq -r 'select(.event == "violation") | .port' "$LOG" | sort)"
	same "what was told of each" "out flood $MAC_R $MAC_X 0" \
		"$(jq -r 'select(.event == "violation") | "\(.direction) \(.reason) " +
			"\(."src-mac") \(."dst-mac") \(.suppressed // 0)"' "$LOG" | sort -u)"
	monitor_stop
	many link del many#
}

# trace_start: $TRACE is a buffer of our own, in which only this event is.
trace_start()
{
	local tracing=/sys/kernel/tracing

	mountpoint -q $tracing || mount -t tracefs tracefs $tracing || return
	TRACE=$tracing/instances/$NS
	mkdir "$TRACE" && echo 1 >"$TRACE/events/brguard/brguard_violation/enable"
}

trace_stop()
{
	if [ -n "${TRACE-}" ]; then
		echo 0 >"$TRACE/events/brguard/brguard_violation/enable"
		rmdir "$TRACE"
	fi
	TRACE=
}

# traced WORDS LINES: what the probes since the last call have left.
traced()
{
	same "$1" "$2" "$(sed -n 's/.* brguard_violation: //p' "$TRACE/trace")"
	: >"$TRACE/trace"
}

trace_event()
{
	local gst0 upl0 bc=ff:ff:ff:ff:ff:ff

	if ! trace_start; then
		skip_test "no tracefs"
		return
	fi
	guard
	introduce
	gst0="ifindex=$(ifindex gst0)" upl0="ifindex=$(ifindex upl0)"
	traced "before" ""
	drop "ARP" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	traced "ARP" "$gst0 in drop reason=arp vid=0 ethertype=0x0806 smac=$MAC_G dmac=$bc"
	pass "own ARP" "victim uplink host" eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	traced "own ARP" ""
	drop "tag" vlan eth src=$MAC_G dst=$MAC_V / vlan id=77 / ip src=$IP_G dst=$IP_V / udp
	traced "tag" "$gst0 in drop reason=vlan vid=77 ethertype=0x0800 smac=$MAC_G dmac=$MAC_V"
	FROM=uplink PORT=upl0
	drop "claim" claim eth src=$MAC_R / arp op=2 spa=$IP_G tpa=$IP_V
	traced "claim" "$upl0 in drop reason=claim vid=0 ethertype=0x0806 smac=$MAC_R dmac=$bc"
	probe "flood" eth src=$MAC_R dst=$MAC_X / ip6 src=$IP6_R dst=$IP6_X / tcp
	same "flood: counters" gst0:flood "$COUNTED"
	traced "flood" "$gst0 out drop reason=flood vid=0 ethertype=0x86dd smac=$MAC_R dmac=$MAC_X"
	FROM=guest PORT=gst0
	expect "audit" ctl port set gst0 mode audit
	probe "audit" eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	traced "audit" "$gst0 in audit reason=arp vid=0 ethertype=0x0806 smac=$MAC_G dmac=$bc"
	expect "enforce" ctl port set gst0 mode enforce
	lab macof guest 100
	same "what no limit keeps back" 100 "$(grep -c 'in drop reason=src-mac' "$TRACE/trace")"
	echo 0 >"$TRACE/events/brguard/brguard_violation/enable"
	: >"$TRACE/trace"
	drop "switched off" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	traced "switched off" ""
	trace_stop
}

run_tests
