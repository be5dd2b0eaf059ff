#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Parameters of a guarded bridge and its ports: each change, by whatever way it
# is made, is one event with the old value, the new one and the process.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	bridge_by_netlink
	bridge_by_sysfs
	bridge_by_brctl
	port_by_netlink
	port_by_bridge_link
	port_by_sysfs
	port_by_brctl
	unchanged
	members
	pinned_entry
	pinned_in_a_vlan
	proxies
	others_proxies
	forged
	gone_at_once
	left_at_once
	low_ageing
	hold
	hold_a_mask
	hold_after_several
	unreported
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

# events FILTER: how many of them.
events()
{
	jq -s "[.[] | select(.event == \"watch\" and ($1))] | length" "$LOG"
}

forget()
{
	: >"$LOG"
}

# only FILTER: there is one event, and it is this. In one go: jq starts slowly.
only()
{
	jq -e -s "map(select(.event == \"watch\")) | length == 1 and (.[0] | $1)" \
		"$LOG" >/dev/null
}

# told WORDS DEVICE WHAT OLD NEW COMM: exactly one event, and it says this.
told()
{
	busywait 5 only ".bridge == \"br0\" and .device == \"$2\" and
		.what == \"$3\" and .old == $4 and .new == $5 and .comm == \"$6\" and
		.uid == 0 and .pid > 1 and .netns > 0" ||
		fail "$1: not the one event $2 $3 $4 $5 $6, but $(<"$LOG")"
	forget
}

# by WORDS DEVICE WHAT OLD NEW COMM COMMAND...
by()
{
	local words="$3 by $6"
	local -a say=("$1" "$2" "$3" "$4" "$5" "$6")

	shift 6
	forget
	expect "$words" "$@"
	told "${say[@]}"
}

set_bridge()
{
	ip -n "$HOST" link set br0 type bridge "$@"
}

bridge_by_netlink()
{
	by netlink br0 ageing-time 30000 0 ip set_bridge ageing_time 0
	by netlink br0 ageing-time 0 30000 ip set_bridge ageing_time 30000
	by netlink br0 vlan-filtering 0 1 ip set_bridge vlan_filtering 1
	by netlink br0 vlan-filtering 1 0 ip set_bridge vlan_filtering 0
	by netlink br0 mcast-snooping 0 1 ip set_bridge mcast_snooping 1
	by netlink br0 mcast-snooping 1 0 ip set_bridge mcast_snooping 0
	by netlink br0 group-fwd-mask 0 16384 ip set_bridge group_fwd_mask 0x4000
	by netlink br0 group-fwd-mask 16384 0 ip set_bridge group_fwd_mask 0
	by netlink br0 stp 0 1 ip set_bridge stp_state 1
	by netlink br0 stp 1 0 ip set_bridge stp_state 0
	busywait 10 all_forwarding
}

# in_sys FILE VALUE: the shell itself writes.
in_sys()
{
	in_ns host sh -c "echo $2 >/sys/class/net/$1"
}

bridge_by_sysfs()
{
	by sysfs br0 ageing-time 30000 0 sh in_sys br0/bridge/ageing_time 0
	by sysfs br0 ageing-time 0 30000 sh in_sys br0/bridge/ageing_time 30000
	by sysfs br0 vlan-filtering 0 1 sh in_sys br0/bridge/vlan_filtering 1
	by sysfs br0 vlan-filtering 1 0 sh in_sys br0/bridge/vlan_filtering 0
	by sysfs br0 mcast-snooping 0 1 sh in_sys br0/bridge/multicast_snooping 1
	by sysfs br0 mcast-snooping 1 0 sh in_sys br0/bridge/multicast_snooping 0
	by sysfs br0 group-fwd-mask 0 16384 sh in_sys br0/bridge/group_fwd_mask 16384
	by sysfs br0 group-fwd-mask 16384 0 sh in_sys br0/bridge/group_fwd_mask 0
	by sysfs br0 stp 0 1 sh in_sys br0/bridge/stp_state 1
	by sysfs br0 stp 1 0 sh in_sys br0/bridge/stp_state 0
	busywait 10 all_forwarding
}

bridge_by_brctl()
{
	if ! command -v brctl >/dev/null; then
		skip_test "no brctl"
		return
	fi
	by brctl br0 ageing-time 30000 0 brctl in_ns host brctl setageing br0 0
	by brctl br0 ageing-time 0 30000 brctl in_ns host brctl setageing br0 300
	by brctl br0 stp 0 1 brctl in_ns host brctl stp br0 on
	by brctl br0 stp 1 0 brctl in_ns host brctl stp br0 off
	busywait 10 all_forwarding
}

# Words of brguard, of ip link, of bridge link and of sysfs, and the default.
FLAGS="
	learning:learning:learning:learning:1
	flood:flood:flood:unicast_flood:1
	mcast-flood:mcast_flood:mcast_flood:multicast_flood:1
	bcast-flood:bcast_flood:bcast_flood:broadcast_flood:1
	isolated:isolated:isolated:isolated:0
	locked:locked:locked::0
	hairpin:hairpin:hairpin:hairpin_mode:0
	guard:guard:guard:bpdu_guard:0
	neigh-suppress:neigh_suppress:neigh_suppress:neigh_suppress:0
"

# each_flag FUNCTION: with the four words and both values, there and back.
each_flag()
{
	local flag what link bridge sys default

	for flag in $FLAGS; do
		IFS=: read -r what link bridge sys default <<<"$flag"
		$1 "$what" "$link" "$bridge" "$sys" "$default" $((!default))
		$1 "$what" "$link" "$bridge" "$sys" $((!default)) "$default"
	done
}

flag_by_netlink()
{
	local word=off

	[ "$6" = 0 ] || word=on
	by netlink gst0 "$1" "$5" "$6" ip \
		ip -n "$HOST" link set gst0 type bridge_slave "$2" $word
}

port_by_netlink()
{
	each_flag flag_by_netlink
}

flag_by_bridge_link()
{
	local word=off

	[ "$6" = 0 ] || word=on
	by "bridge link" gst0 "$1" "$5" "$6" bridge \
		bridge -n "$HOST" link set dev gst0 "$3" $word
}

port_by_bridge_link()
{
	each_flag flag_by_bridge_link
}

flag_by_sysfs()
{
	if [ -n "$4" ]; then
		by sysfs gst0 "$1" "$5" "$6" sh in_sys gst0/brport/"$4" "$6"
	fi
}

port_by_sysfs()
{
	each_flag flag_by_sysfs
}

port_by_brctl()
{
	if ! command -v brctl >/dev/null; then
		skip_test "no brctl"
		return
	fi
	by brctl gst0 hairpin 0 1 brctl in_ns host brctl hairpin br0 gst0 on
	by brctl gst0 hairpin 1 0 brctl in_ns host brctl hairpin br0 gst0 off
}

# What does not change a value is no event.
unchanged()
{
	forget
	expect "same ageing time" set_bridge ageing_time 30000
	expect "another parameter" set_bridge priority 4096
	expect "MTU" ip -n "$HOST" link set gst0 mtu 1400
	expect "mark" set_bridge mcast_snooping 1
	wait_for "mark" '.what == "mcast-snooping"'
	same "events" 1 "$(events true)"
	expect "back" set_bridge mcast_snooping 0
	wait_for "back" '.new == 0'
}

members()
{
	expect "device" ip -n "$HOST" link add new0 type dummy
	by join new0 member 0 1 ip ip -n "$HOST" link set new0 master br0
	by leave new0 member 1 0 ip ip -n "$HOST" link set new0 nomaster
	by join new0 member 0 1 ip ip -n "$HOST" link set new0 master br0
	expect "device goes" ip -n "$HOST" link del new0
	wait_for "device goes" '.device == "new0" and .what == "member" and .new == 0'
	same "all events" 1 "$(events true)"
	expect "another bridge" ip -n "$HOST" link add br1 type bridge
	expect "guarded" ctl bridge set br1
	expect "device" ip -n "$HOST" link add new0 master br0 type dummy
	wait_for "joined" '.device == "new0" and .new == 1'
	forget
	expect "it moves" ip -n "$HOST" link set new0 master br1
	wait_for "it leaves" '.what == "member" and .bridge == "br0" and .new == 0'
	wait_for "it joins" '.what == "member" and .bridge == "br1" and .new == 1'
	same "all events" 2 "$(events true)"
	expect "end" ip -n "$HOST" link del new0
	expect "end" ip -n "$HOST" link del br1
	expect "end" ctl bridge del br1
}

pinned_entry()
{
	forget
	expect "elsewhere" bridge -n "$HOST" fdb add $MAC_G dev vic0 master static
	wait_for "elsewhere" ".what == \"fdb\" and .device == \"vic0\" and
		.mac == \"$MAC_G\" and .comm == \"bridge\""
	expect "gone" bridge -n "$HOST" fdb del $MAC_G dev vic0 master
	expect "the host's" bridge -n "$HOST" fdb add $MAC_G dev br0 self local
	wait_for "the host's" ".what == \"fdb\" and .device == \"br0\" and
		.mac == \"$MAC_G\" and .bridge == \"br0\""
	expect "gone" bridge -n "$HOST" fdb del $MAC_G dev br0 self local
	forget
	expect "an address of a device" bridge -n "$HOST" fdb add $MAC_G dev vic0 self
	expect "gone" bridge -n "$HOST" fdb del $MAC_G dev vic0 self
	expect "where it is bound" \
		bridge -n "$HOST" fdb add $MAC_G dev gst0 master static
	expect "another's" bridge -n "$HOST" fdb add $MAC_X dev vic0 master static
	expect "mark" set_bridge mcast_snooping 1
	wait_for "mark" '.what == "mcast-snooping"'
	same "events" 1 "$(events true)"
	bridge -n "$HOST" fdb del $MAC_G dev gst0 master
	bridge -n "$HOST" fdb del $MAC_X dev vic0 master
	set_bridge mcast_snooping 0
	wait_for "back" '.what == "mcast-snooping" and .new == 0'
}

# With VLAN filtering an entry is misplaced in the VLAN in which its MAC is bound.
pinned_in_a_vlan()
{
	expect "binding" ctl binding add port gst0 mac $MAC_X vlan 10
	bridge -n "$HOST" vlan add vid 10 dev vic0
	bridge -n "$HOST" vlan add vid 20 dev vic0
	forget
	expect "filtering" set_bridge vlan_filtering 1
	wait_for "filtering" '.what == "vlan-filtering" and .new == 1'
	forget
	expect "another VLAN" bridge -n "$HOST" fdb add $MAC_X dev vic0 master static vlan 20
	expect "its VLAN" bridge -n "$HOST" fdb add $MAC_X dev vic0 master static vlan 10
	wait_for "its VLAN" ".what == \"fdb\" and .device == \"vic0\" and .mac == \"$MAC_X\" and
		.vlan == 10 and .old == $(ifindex gst0) and .new == $(ifindex vic0)"
	expect "in any VLAN" bridge -n "$HOST" fdb add $MAC_G dev vic0 master static vlan 20
	wait_for "in any VLAN" ".mac == \"$MAC_G\" and .vlan == 20 and .old == $(ifindex gst0)"
	same "events" 2 "$(events true)"
	bridge -n "$HOST" fdb del $MAC_X dev vic0 master vlan 20
	bridge -n "$HOST" fdb del $MAC_X dev vic0 master vlan 10
	bridge -n "$HOST" fdb del $MAC_G dev vic0 master vlan 20
	set_bridge vlan_filtering 0
	wait_for "back" '.what == "vlan-filtering" and .new == 0'
	bridge -n "$HOST" vlan del vid 10 dev vic0
	bridge -n "$HOST" vlan del vid 20 dev vic0
	expect "binding" ctl binding del port gst0 mac $MAC_X vlan 10
}

proxy()
{
	in_ns host sh -c "echo $3 >/proc/sys/net/$1/conf/$2"
}

proxies()
{
	by sysctl br0 proxy-arp 0 1 sh proxy ipv4 br0/proxy_arp 1
	by sysctl br0 proxy-arp 1 0 sh proxy ipv4 br0/proxy_arp 0
	by sysctl upl0 proxy-arp 0 1 sh proxy ipv4 upl0/proxy_arp 1
	by sysctl upl0 proxy-arp 1 0 sh proxy ipv4 upl0/proxy_arp 0
	expect "VLAN device" ip -n "$HOST" link add link br0 name br0.7 type vlan id 7
	by sysctl br0.7 proxy-arp 0 1 sh proxy ipv4 br0.7/proxy_arp 1
	ip -n "$HOST" link del br0.7
	forget
	expect "all" proxy ipv4 all/proxy_arp 1
	wait_for "all" '.what == "proxy-arp" and .device == "all" and .new == 1 and
		.comm == "sh" and (has("bridge") | not)'
	proxy ipv4 all/proxy_arp 0
	wait_for "all back" '.device == "all" and .new == 0'
	if [ -d /proc/sys/net/ipv6/conf ]; then
		by sysctl br0 proxy-ndp 0 1 sh proxy ipv6 br0/proxy_ndp 1
		by sysctl br0 proxy-ndp 1 0 sh proxy ipv6 br0/proxy_ndp 0
	fi
	expect "a device that has nothing to do with it" \
		ip -n "$HOST" link add away0 type dummy
	forget
	proxy ipv4 away0/proxy_arp 1
	expect "mark" set_bridge mcast_snooping 1
	wait_for "mark" '.what == "mcast-snooping"'
	same "events" 1 "$(events true)"
	set_bridge mcast_snooping 0
	ip -n "$HOST" link del away0
}

# Of devices that do not speak for a guarded bridge; and of those there will be.
others_proxies()
{
	local dev

	ip -n "$HOST" link add br1 type bridge
	ip -n "$HOST" link add far0 type dummy
	ip -n "$HOST" link set far0 master br1
	ip -n "$HOST" link add link br1 name br1.7 type vlan id 7
	ip -n "$HOST" link add far1 type dummy
	ip -n "$HOST" link add vrf0 type vrf table 77 &&
		ip -n "$HOST" link set far1 master vrf0
	forget
	for dev in br1 far0 br1.7 far1; do
		expect "$dev" proxy ipv4 $dev/proxy_arp 1
	done
	expect "those to come" proxy ipv4 default/proxy_arp 1
	wait_for "those to come" '.what == "proxy-arp" and .device == "default" and .old == 0 and
		.new == 1 and .comm == "sh" and (has("bridge") | not)'
	same "events" 1 "$(events true)"
	proxy ipv4 default/proxy_arp 0
	wait_for "back" '.device == "default" and .new == 0'
	expect "guarded" ctl bridge set br1
	by sysctl br0 proxy-arp 0 1 sh proxy ipv4 br0/proxy_arp 1
	by sysctl br0 proxy-arp 1 0 sh proxy ipv4 br0/proxy_arp 0
	expect "guarded now" proxy ipv4 br1/proxy_arp 0
	wait_for "guarded now" '.device == "br1" and .bridge == "br1" and .what == "proxy-arp" and
		.old == 1 and .new == 0'
	expect "its port" proxy ipv4 far0/proxy_arp 0
	wait_for "its port" '.device == "far0" and .bridge == "br1" and .new == 0'
	expect "end" ctl bridge del br1
	for dev in br1.7 far0 far1 vrf0 br1; do
		ip -n "$HOST" link del $dev 2>/dev/null
	done
	forget
}

# Messages as the kernel sends them, but of a process: to the groups of links, of
# neighbours and of configuration. They are heard, and are no news.
forged()
{
	forget
	expect "messages" ip netns exec "$HOST" python3 -S -c '
import socket, struct, sys
def attr(kind, data):
    return struct.pack("HH", 4 + len(data), kind) + data + bytes(-len(data) % 4)
def u32(kind, number):
    return attr(kind, struct.pack("I", number))
br0, gst0, vic0 = (socket.if_nametoindex(name) for name in ("br0", "gst0", "vic0"))
mac = bytes.fromhex(sys.argv[1].replace(":", ""))
sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
sock.bind((0, 0))
for group, kind, body in (
        (1, 16, struct.pack("BBHiII", 0, 0, 0, gst0, 0x1143, 0x100) + u32(30, 99)),
        (3, 28, struct.pack("BBHiHBB", 7, 0, 0, vic0, 0x40, 0, 0) + attr(2, mac) +
         u32(9, br0)),
        (24, 80, struct.pack("B3x", 2) + u32(1, br0) + u32(5, 1))):
    heard = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    heard.bind((0, 1 << group - 1))
    heard.settimeout(10)
    message = struct.pack("IHHII", 16 + len(body), kind, 0, 1, 0) + body
    sock.sendto(message, (0, 1 << group - 1))
    if heard.recv(4096) != message:
        sys.exit("not heard in group %d" % group)
' $MAC_G
	expect "mark" set_bridge mcast_snooping 1
	wait_for "mark" '.what == "mcast-snooping"'
	same "events" 1 "$(events true)"
	set_bridge mcast_snooping 0
	wait_for "back" '.what == "mcast-snooping" and .new == 0'
	forget
	expect "a real one" bridge -n "$HOST" fdb add $MAC_G dev vic0 master static
	wait_for "a real one" '.what == "fdb" and .device == "vic0"'
	bridge -n "$HOST" fdb del $MAC_G dev vic0 master
	expect "another" ip -n "$HOST" link set gst0 promisc on
	wait_for "another" '.what == "promiscuity" and .device == "gst0" and .new == .old + 1'
	ip -n "$HOST" link set gst0 promisc off
	wait_for "another" '.what == "promiscuity" and .device == "gst0" and .new == .old - 1'
}

# at_once COMMAND: a port that somebody listens to, and that is none any more before
# brguard can look at it, as it pauses after a change that it has told.
at_once()
{
	ip -n "$HOST" link add gone0 type dummy
	ip -n "$HOST" link set gone0 master br0
	wait_for "joined" '.what == "member" and .device == "gone0" and .new == 1'
	forget
	ip -n "$HOST" -batch - <<-E
		link set br0 promisc on
		link set gone0 promisc on
		$1
	E
	wait_for "left" '.what == "member" and .device == "gone0" and .new == 0'
	same "promiscuity" "br0 0 1 1 ip gone0 1 2 1 ip" "$(jq -r 'select(.what ==
		"promiscuity") | "\(.device) \(.old) \(.new) \(.count // 1) \(.comm)"' \
		"$LOG" | paste -sd' ')"
	same "events" 3 "$(events true)"
	ip -n "$HOST" link set br0 promisc off
	wait_for "off" '.what == "promiscuity" and .device == "br0" and .new == 0'
}

# rtnetlink tells nothing of what its bridge gives up then.
gone_at_once()
{
	at_once "link del gone0"
}

# It does here.
left_at_once()
{
	at_once "link set gone0 nomaster"
	ip -n "$HOST" link del gone0
}

low_ageing()
{
	forget
	expect "floor" ctl bridge set br0 ageing-floor 60
	expect "below" set_bridge ageing_time 5900
	wait_for "below" '.what == "ageing-time" and .new == 5900 and .low'
	expect "at it" set_bridge ageing_time 6000
	wait_for "at it" '.what == "ageing-time" and .new == 6000 and (.low | not)'
	expect "no floor" ctl bridge set br0 ageing-floor 0
	expect "zero" set_bridge ageing_time 0
	wait_for "zero" '.what == "ageing-time" and .new == 0 and .low'
	expect "back" set_bridge ageing_time 30000
	wait_for "back" '.what == "ageing-time" and .new == 30000'
}

# value DEVICE FILTER
value()
{
	ip -n "$HOST" -d -j link show "$1" | jq ".[0].linkinfo.$2"
}

holds()
{
	[ "$(value "$1" "$2")" = "$3" ]
}

hold()
{
	expect "hold" ctl bridge set br0 hold ageing-time hold flood
	same "show" "hold ageing-time hold flood" \
		"$(ctl bridge show br0 | grep -o 'hold [a-z-]*' | paste -sd ' ')"
	forget
	expect "ageing time" set_bridge ageing_time 0
	wait_for "told" '.what == "ageing-time" and .new == 0 and .comm == "ip"'
	wait_for "put back" '.what == "ageing-time" and .old == 0 and .new == 30000 and
		.held'
	busywait 5 holds br0 info_data.ageing_time 30000 || fail "ageing time stays 0"
	expect "flood" ip -n "$HOST" link set gst0 type bridge_slave flood off
	wait_for "flood, told" '.what == "flood" and .new == 0'
	wait_for "flood, put back" '.what == "flood" and .new == 1 and .held'
	busywait 5 holds gst0 info_slave_data.flood true || fail "flood stays off"
	expect "what is not held" \
		ip -n "$HOST" link set gst0 type bridge_slave learning off
	wait_for "learning, told" '.what == "learning" and .new == 0'
	same "learning" false "$(value gst0 info_slave_data.learning)"
	ip -n "$HOST" link set gst0 type bridge_slave learning on
	expect "none" ctl bridge set br0 hold none
	forget
	expect "not held any more" set_bridge ageing_time 0
	wait_for "told" '.what == "ageing-time" and .new == 0'
	same "ageing time" 0 "$(value br0 info_data.ageing_time)"
	set_bridge ageing_time 30000
	refuse "unknown" "unknown|expected" ctl bridge set br0 hold weather
	refuse "what cannot be held" "expected" ctl bridge set br0 hold promiscuity
	refuse "twice" "twice" ctl bridge set br0 hold flood hold flood
}

mask_is()
{
	[ "$(in_ns host cat /sys/class/net/br0/bridge/group_fwd_mask)" = "$1" ]
}

# The one parameter of two bytes.
hold_a_mask()
{
	expect "mask" set_bridge group_fwd_mask 0x4008
	wait_for "mask" '.what == "group-fwd-mask" and .new == 16392'
	expect "hold" ctl bridge set br0 hold group-fwd-mask
	forget
	expect "none" set_bridge group_fwd_mask 0
	wait_for "told" '.what == "group-fwd-mask" and .old == 16392 and .new == 0 and
		.comm == "ip"'
	wait_for "put back" '.what == "group-fwd-mask" and .old == 0 and .new == 16392 and .held'
	mask_is 0x4008 || fail "the mask is not put back"
	expect "another" in_sys br0/bridge/group_fwd_mask 0x8000
	wait_for "another" '.new == 32768 and .comm == "sh"'
	busywait 5 mask_is 0x4008 || fail "the mask is not put back again"
	expect "none" ctl bridge set br0 hold none
	expect "free" set_bridge group_fwd_mask 0
	wait_for "free" '.old == 16392 and .new == 0'
	mask_is 0x0 || fail "it is held still"
}

# What it was before the first change is what it goes back to.
hold_after_several()
{
	expect "hold" ctl bridge set br0 hold ageing-time
	forget
	ip -n "$HOST" -batch - <<-E
		link set br0 type bridge ageing_time 0
		link set br0 type bridge mcast_snooping 1
		link set br0 type bridge ageing_time 100
		link set br0 type bridge mcast_snooping 0
		link set br0 type bridge ageing_time 200
	E
	wait_for "put back" '.what == "ageing-time" and .new == 30000 and .held'
	busywait 5 holds br0 info_data.ageing_time 30000 || fail "ageing time"
	expect "port down" ip -n "$HOST" link set gst0 down
	expect "hold" ctl bridge set br0 hold learning
	forget
	expect "of a port that is down" \
		bridge -n "$HOST" link set dev gst0 learning off
	wait_for "put back" '.what == "learning" and .new == 1 and .held'
	same "learning" true "$(value gst0 info_slave_data.learning)"
	forget
	expect "port up" ip -n "$HOST" link set gst0 up
	busywait 5 all_forwarding
	same "events" 0 "$(events true)"
	expect "none" ctl bridge set br0 hold none
}

# list OBJECT NAME: what is not reported of it, in order.
list()
{
	ctl -j -d "$1" show "$2" | jq -r '[.. | .unreported? | arrays] | first // [] |
		sort | join(" ")'
}

# A kernel says nothing of a bridge that is down, and some nothing of new flags.
unreported()
{
	same "bridge" "" "$(list bridge br0)"
	same "port" "" "$(list port gst0)"
	expect "down" ip -n "$HOST" link set br0 down
	same "bridge, down" "ageing-time group-fwd-mask mcast-snooping stp vlan-filtering" \
		"$(list bridge br0)"
	forget
	expect "ageing time" set_bridge ageing_time 12000
	expect "up" ip -n "$HOST" link set br0 up
	wait_for "told later" '.what == "ageing-time" and .new == 12000'
	expect "back" set_bridge ageing_time 30000
	wait_for "back" '.what == "ageing-time" and .new == 30000'
	busywait 10 all_forwarding
}

run_tests
