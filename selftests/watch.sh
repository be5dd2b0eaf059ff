#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Promiscuity of bridge and ports: flag and count, and who did it.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	bridge_flag
	local_port_alone
	count_on_a_port
	details
	nothing_guarded
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

bridge_flag()
{
	local w='.event == "watch" and .what == "promiscuity" and .bridge == "br0" and
		.device == "br0"'

	guard
	monitor watch
	expect "on" ip -n "$HOST" link set br0 promisc on
	wait_for "on" "$w and .old == 0 and .new == 1 and .comm == \"ip\" and
		.uid == 0 and .pid > 1"
	expect "off" ip -n "$HOST" link set br0 promisc off
	wait_for "off" "$w and .old == 1 and .new == 0 and .comm == \"ip\""
	monitor_stop
}

# The bridge is not configured and has no guarded port but its own.
local_port_alone()
{
	policy <<<"port set br0 role trusted"
	monitor watch
	expect "on" ip -n "$HOST" link set br0 promisc on
	wait_for "on" '.event == "watch" and .what == "promiscuity" and
		.bridge == "br0" and .device == "br0" and .new == 1'
	ip -n "$HOST" link set br0 promisc off
	monitor_stop
}

promiscuity()
{
	ip -n "$HOST" -d -j link show "$1" | jq '.[0].promiscuity'
}

promiscuous()
{
	[ "$(promiscuity "$1")" = "$2" ]
}

# A bridge port is promiscuous anyway: no flag flips, only the count tells.
count_on_a_port()
{
	local pid before w='.event == "watch" and .device == "gst0"'

	if ! command -v tcpdump >/dev/null; then
		skip_test "no tcpdump"
		return
	fi
	guard
	monitor watch
	before=$(promiscuity gst0)
	in_ns host tcpdump -i gst0 -w /dev/null 2>/dev/null &
	pid=$!
	busywait 10 promiscuous gst0 $((before + 1)) || fail "tcpdump does not start"
	pid=$(pgrep -P $pid tcpdump || echo $pid)
	wait_for "tcpdump" "$w and .bridge == \"br0\" and .old == $before and
		.new == $((before + 1)) and .comm == \"tcpdump\" and .pid == $pid and
		.uid == 0"
	kill "$pid"
	busywait 10 promiscuous gst0 "$before"
	wait_for "end of tcpdump" "$w and .old == $((before + 1)) and .new == $before"
	monitor_stop
}

details()
{
	guard
	same "bridge" 0 "$(ctl -j -d bridge show br0 | promiscuity_of)"
	ip -n "$HOST" link set br0 promisc on
	same "bridge, promiscuous" 1 "$(ctl -j -d bridge show br0 | promiscuity_of)"
	ip -n "$HOST" link set br0 promisc off
	same "port" "$(promiscuity gst0)" "$(ctl -j -d port show gst0 | promiscuity_of)"
}

promiscuity_of()
{
	jq '[.. | .promiscuity? | numbers] | first'
}

nothing_guarded()
{
	policy <<<"bridge set other"
	monitor watch
	expect "on" ip -n "$HOST" link set br0 promisc on
	expect "off" ip -n "$HOST" link set br0 promisc off
	expect "mark" ctl bridge set mark
	wait_for "mark" '.bridge.name == "mark"'
	heard '.event == "watch"' && fail "an event of a bridge that is not guarded"
	monitor_stop
}

run_tests
