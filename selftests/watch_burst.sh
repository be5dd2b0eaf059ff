#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Many changes at once: none is lost, none is blamed on somebody else.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	promiscuity_of_the_bridge
	promiscuity_by_the_bridge
	pinned_while_others_are_learned
	many_ports
	renamed_meanwhile
	entries_of_three
	more_than_fit
	namespace_goes
	module_goes
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
	guard
	monitor watch
}

tear_down()
{
	monitor_stop
}

forget()
{
	: >"$LOG"
}

# told FILTER: how many changes.
told()
{
	jq -s "[.[] | select(.event == \"watch\" and ($1)) | .count // 1] | add // 0" \
		"$LOG"
}

all_told()
{
	[ "$(told "$1")" -ge "$2" ]
}

# exactly WORDS COUNT FILTER: changes, in whatever number of events.
exactly()
{
	busywait 20 all_told "$3" "$2"
	same "$1" "$2" "$(told "$3")"
}

# toggle DEVICE COUNT: a process that takes its part in the device's being
# promiscuous and gives it up again, COUNT changes in all.
toggle()
{
	exec ip netns exec "$HOST" python3 -S -c '
import socket, struct, sys
index, count = socket.if_nametoindex(sys.argv[1]), int(sys.argv[2])
sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
member = struct.pack("iHH8s", index, 1, 0, b"")
for i in range(count):
    sock.setsockopt(263, 1 + i % 2, member)
' "$1" "$2"
}

wait_all()
{
	local pid

	for pid; do
		wait "$pid" || fail "process $pid"
	done
}

BURST=2500

promiscuity_of_the_bridge()
{
	local pids="" i pid w='.device == "br0" and .what == "promiscuity"'

	forget
	for i in 1 2 3 4; do
		toggle br0 $BURST &
		pids="$pids $!"
	done
	wait_all $pids
	exactly "changes" $((4 * BURST)) "$w"
	for pid in $pids; do
		exactly "changes by $pid" $BURST "$w and .pid == $pid and .uid == 0 and
			.comm == \"python3\" and (has(\"several\") | not)"
	done
	note "$(grep -c . "$LOG") events for $((4 * BURST)) changes"
}

own_is()
{
	[ "$(ip -n "$HOST" -d -j link show own0 | jq '.[0].promiscuity')" = "$1" ]
}

# A port that the bridge itself makes promiscuous, and not, all the time: with
# VLAN filtering and no port that learns or floods, it wants so only while it is
# promiscuous itself, of ports that filter addresses.
promiscuity_by_the_bridge()
{
	local port pids bridge on w='.what == "promiscuity"'

	ip -n "$HOST" link add low0 type dummy
	ip -n "$HOST" link add link low0 name own0 type vlan id 5
	ip -n "$HOST" link set low0 up
	ip -n "$HOST" link set own0 master br0 up
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	for port in gst0 vic0 upl0 fen0 own0; do
		bridge -n "$HOST" link set dev $port learning off flood off
	done
	ip -n "$HOST" link set br0 promisc on
	own_is 1 || fail "the bridge does not make own0 promiscuous"
	ip -n "$HOST" link set br0 promisc off
	own_is 0 || fail "the bridge leaves own0 promiscuous"
	wait_for "quiet" '.device == "br0" and .new == 0 and .what == "promiscuity"'
	forget
	toggle br0 400 &
	bridge=$!
	toggle own0 1000 &
	pids="$bridge $!"
	wait_all $pids
	exactly "changes of the bridge" 400 "$w and .device == \"br0\" and
		.pid == $bridge"
	exactly "changes of the port" 1000 "$w and .device == \"own0\" and
		.pid == ${pids#* }"
	same "changes by others" 1400 "$(told "$w")"
	forget
	ip -n "$HOST" link set own0 nomaster
	exactly "left" 1 '.what == "member" and .device == "own0" and .new == 0'
	same "changes with that" 0 "$(told "$w")"
	for port in gst0 vic0 upl0 fen0; do
		bridge -n "$HOST" link set dev $port learning on flood on
	done
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	ip -n "$HOST" link del low0
}

# The bridge sends messages of what it learns at the same time, in softirqs.
pinned_while_others_are_learned()
{
	local i w='.what == "fdb" and .device == "vic0" and .comm == "bridge"'

	forget
	echo "macof uplink 3000" >&"$LAB_IN"
	for ((i = 0; i < 20; i++)); do
		bridge -n "$HOST" fdb replace $MAC_G dev vic0 master static
		bridge -n "$HOST" fdb del $MAC_G dev vic0 master
	done
	read -r -t 300 -u "$LAB_OUT" ANSWER
	exactly "entries" 20 "$w"
	same "events" 20 "$(jq -s "[.[] | select($w) | .pid] | unique | length" "$LOG")"
	same "others" 20 "$(told '.what == "fdb"')"
}

PORTS=150

# They all leave in one go, and brguard can tell only afterwards.
many_ports()
{
	local w='.what == "member" and .bridge == "br1"' i

	expect "bridge" ctl bridge set br1
	ip -n "$HOST" link add br1 up type bridge
	for ((i = 0; i < PORTS; i++)); do
		echo "link add many$i type dummy"
	done | ip -n "$HOST" -batch -
	forget
	for ((i = 0; i < PORTS; i++)); do
		echo "link set many$i master br1"
	done | ip -n "$HOST" -batch -
	exactly "joined" $PORTS "$w and .new == 1 and .comm == \"ip\""
	ip -n "$HOST" link del br1
	exactly "left" $PORTS "$w and .new == 0 and .comm == \"ip\""
	same "devices" $PORTS "$(jq -s "[.[] | select($w and .new == 0) | .device] |
		unique | length" "$LOG")"
	same "promiscuity" 0 "$(told '.what == "promiscuity"')"
	ip -n "$HOST" link del many0
	ctl bridge del br1
}

# One process changes many, one of them twice, under two names.
renamed_meanwhile()
{
	local i w='.what == "promiscuity" and .bridge == "br2" and .comm == "ip"'

	expect "bridge" ctl bridge set br2
	ip -n "$HOST" link add br2 type bridge
	for ((i = 0; i < 80; i++)); do
		echo "link add some$i type dummy"
		echo "link set some$i master br2"
	done | ip -n "$HOST" -batch -
	exactly "joined" 80 '.what == "member" and .bridge == "br2"'
	forget
	{
		for ((i = 0; i < 80; i++)); do
			echo "link set some$i promisc on"
		done
		echo "link set some79 name other0"
		echo "link set other0 promisc off"
		echo "link set some0 promisc off"
	} | ip -n "$HOST" -batch -
	exactly "changes" 82 "$w"
	exactly "one name" 1 "$w and .device == \"some79\" and .new == .old + 1"
	exactly "the other name" 1 "$w and .device == \"other0\" and .new == .old - 1"
	exactly "on and off" 2 "$w and .device == \"some0\""
	same "of one process" 1 "$(jq -s "[.[] | select($w) | .pid] | unique | length" "$LOG")"
	for ((i = 0; i < 79; i++)); do
		echo "link del some$i"
	done | ip -n "$HOST" -batch -
	ip -n "$HOST" link del other0
	ip -n "$HOST" link del br2
	ctl bridge del br2
}

# MACs of a guest, each in a hundred VLANs, by one process: none is taken for another.
entries_of_three()
{
	local w='.what == "fdb" and .device == "vic0" and .comm == "bridge"'
	local mac macs="02:00:00:00:05:01 02:00:00:00:05:02 02:00:00:00:05:03"

	for mac in $macs; do
		expect "binding" ctl binding add port gst0 mac $mac
	done
	bridge -n "$HOST" vlan add vid 2-100 dev vic0
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	wait_for "filtering" '.device == "br0" and .what == "vlan-filtering" and .new == 1'
	forget
	for mac in $macs; do
		echo "fdb add $mac dev vic0 master static"
	done | bridge -n "$HOST" -batch -
	exactly "entries" 300 "$w"
	same "each of them" 300 "$(jq -r "select($w) | \"\(.mac) \(.vlan) \(.count // 1)\"" "$LOG" |
		grep -c ' 1$')"
	same "different ones" 300 "$(jq -r "select($w) | \"\(.mac) \(.vlan)\"" "$LOG" |
		sort -u | wc -l)"
	for mac in $macs; do
		bridge -n "$HOST" fdb del $mac dev vic0 master
		expect "binding" ctl binding del port gst0 mac $mac
	done
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	bridge -n "$HOST" vlan del vid 2-100 dev vic0
	wait_for "no filtering" '.device == "br0" and .what == "vlan-filtering" and .new == 0'
}

lost()
{
	dmesg | awk '/brguard: [0-9]+ changes of bridges came too fast to be told/ {
			n += $(NF - 9) }
		END { print n + 0 }'
}

# all_accounted COUNT FILTER: so many were told, or lost.
all_accounted()
{
	[ $(($(lost) + $(told "$2"))) -ge "$1" ]
}

# An entry without a VLAN, of a port that has all of them, makes one in each, and
# nobody else can have RTNL before that is done: more than brguard has room for.
more_than_fit()
{
	local w vids=4094 pid

	w=".what == \"fdb\" and .device == \"vic0\" and .mac == \"$MAC_G\" and
		.old == $(ifindex gst0) and .new == $(ifindex vic0) and .comm == \"bridge\""
	bridge -n "$HOST" vlan add vid 2-4094 dev vic0
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	wait_for "filtering" '.device == "br0" and .what == "vlan-filtering" and .new == 1'
	forget
	dmesg -C
	bridge -n "$HOST" fdb replace $MAC_G dev vic0 master static &
	pid=$!
	wait $pid || fail "process"
	# The first of all was that without a VLAN: not told where VLANs are filtered.
	busywait 20 all_accounted $vids "$w"
	note "$(told "$w") told, $(lost) lost"
	[ "$(lost)" -gt 0 ] || fail "none was lost"
	[ "$(told "$w")" -ge 256 ] || fail "hardly any was told"
	same "told and lost" $vids $(($(told "$w") + $(lost)))
	same "told" "$(told "$w")" "$(told ".what == \"fdb\" and .pid == $pid and
		.vlan >= 1 and .vlan <= $vids and (has(\"several\") | not)")"
	same "VLANs" "$(told "$w")" "$(jq -s "[.[] | select($w) | .vlan] | unique | length" "$LOG")"
	bridge -n "$HOST" fdb del $MAC_G dev vic0 master
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	bridge -n "$HOST" vlan del vid 2-4094 dev vic0
	forget
	dmesg -C
	bridge -n "$HOST" fdb replace $MAC_G dev vic0 master static
	exactly "afterwards" 1 "$w"
	same "lost" 0 "$(lost)"
	bridge -n "$HOST" fdb del $MAC_G dev vic0 master
}

# The last change is made when the process ends, and the namespace with it.
namespace_goes()
{
	local i pid ns=$NS-short

	for i in 1 2 3 4 5; do
		ip netns add "$ns"
		ip -n "$ns" link add br0 up type bridge
		expect "guard" brguardctl -n "$ns" bridge set br0 hold ageing-time
		HOST=$ns toggle br0 101 &
		pid=$!
		busywait 10 grep -q python3 /proc/$pid/comm
		ip netns del "$ns"
		wait $pid || fail "process"
	done
}

module_goes()
{
	local pid i

	monitor_stop
	for i in 1 2 3; do
		monitor watch
		toggle br0 4000 &
		pid=$!
		wait_for "changes" '.what == "promiscuity"'
		monitor_stop
		expect "unload" rmmod brguard
		wait $pid || fail "process"
		expect "load" modprobe brguard
		guard
	done
	monitor watch
	toggle br0 10 &
	wait $! || fail "process"
	exactly "after that" 10 '.what == "promiscuity" and .device == "br0"'
}

run_tests
