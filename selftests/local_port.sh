#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What is behind the bridge device: the host, with a promiscuous bridge, and
# guests that another program lets out there.
# shellcheck disable=SC2034,SC2086,SC2119,SC2153,SC2317

TESTS="
	attacks_from_behind
	overheard
	the_host
	bound_there
	claimed_by_the_host
	asked_for_by_a_socket
	another_bridge
	by_the_bridge_itself
	vlan_filtering
	two_tags
	settings
	audit
	story
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

MAC_B=02:00:00:00:00:07 IP_B=192.0.2.7 IP6_B=2001:db8::7

set_up()
{
	need tcpdump
	TMP=$(mktemp)
	lab_create
	# What the bridge device is told of is explained as well.
	lab packet host "$HOST" br0 br0
}

tear_down()
{
	kill ${LISTENER-} ${DUMP-} 2>/dev/null
	rm -f "$TMP"
	stop_vmnet
	monitor_stop
}

guard()
{
	policy <<-E
		bridge set br0 new-port trusted local-port ${LOCAL:-guarded}
		port set gst0 role guest
		port set br0 role ${ROLE:-trusted}
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		binding add port br0 mac $MAC_B ip $IP_B ip $IP6_B
	E
}

# The bridge device is to receive everything.
eavesdrop()
{
	ip -n "$HOST" link set br0 promisc on
}

# hears WORDS COUNTS FRAME...: the bridge device has it, and COUNTS.
hears()
{
	local what=$1 counts=$2

	shift 2
	probe "$what" "$@"
	came_to host || fail "$what: it does not come to the bridge device"
	same "$what: counters" "$counts" "$COUNTED"
}

# hears_not WORDS ENDS COUNTS FRAME...: it comes to ENDS alone.
hears_not()
{
	local what=$1 ends=$2 counts=$3

	shift 3
	probe "$what" "$@"
	same "$what: came to" "$ends" "$CAME"
	same "$what: counters" "$counts" "$COUNTED"
}

# What others say to each other, whichever kind it is.
overheard()
{
	local l2

	eavesdrop
	unguard
	introduce
	FROM=victim
	l2="eth src=$MAC_V dst=$MAC_R"
	hears "without brguard" - $l2 / ip src=$IP_V dst=$IP_R / udp / raw 00
	LOCAL=open guard
	hears "open" - $l2 / ip src=$IP_V dst=$IP_R / udp / raw 00
	guard
	hears_not "IPv4" uplink br0:flood $l2 / ip src=$IP_V dst=$IP_R / udp / raw 00
	hears_not "IPv6" uplink br0:flood $l2 / ip6 src=$IP6_V dst=$IP6_R / udp / raw 00
	hears_not "ARP" uplink br0:flood $l2 / arp op=2 spa=$IP_V tpa=$IP_R
	hears_not "tagged" uplink@10 br0:flood $l2 / vlan id=10 / ip src=$IP_V dst=$IP_R / udp
	hears_not "any EtherType" uplink br0:flood $l2 type=0x9000 / raw n=46
	hears_not "802.3" uplink br0:flood $l2 / llc / snap / raw n=46
	FROM=guest
	hears_not "of a guest" uplink br0:flood eth src=$MAC_G dst=$MAC_R / \
		ip src=$IP_G dst=$IP_R / udp / raw 00
	probe "for nobody" eth src=$MAC_G dst=$MAC_X / ip src=$IP_G dst=$IP_R / udp / raw 00
	came_to host && fail "for nobody: it comes to the bridge device"
	FROM=uplink
	hears_not "to the guest" guest br0:flood eth src=$MAC_R dst=$MAC_G / \
		ip src=$IP_R dst=$IP_G / udp / raw 00
	FROM=guest
}

# What a guest behind the bridge device may try.
attacks_from_behind()
{
	FROM=host PORT=br0
	introduce
	attack "MAC of nobody" src-mac \
		eth src=$MAC_X dst=$MAC_V / ip src=$IP_B dst=$IP_V / udp / raw 00
	attack "MAC of the uplink" src-mac \
		eth src=$MAC_R dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp / raw 00
	attack "MAC of a guest" src-mac \
		eth src=$MAC_G dst=$MAC_V / arp op=2 spa=$IP_G tpa=$IP_V
	attack "address of the uplink" src-ip \
		eth src=$MAC_B dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp / raw 00
	attack "address of the host" src-ip \
		eth src=$MAC_B dst=$MAC_V / ip src=$IP_H dst=$IP_V / udp / raw 00
	attack "ARP for the uplink" arp \
		eth src=$MAC_B dst=$MAC_V / arp op=2 spa=$IP_R tpa=$IP_V
	attack "advertisement for the uplink" nd eth src=$MAC_B dst=$MAC_V / \
		ip6 src=$IP6_B dst=ff02::1 / na target=$IP6_R opt=2:$MAC_B
	attack "router advertisement" ra eth src=$MAC_B dst=$MAC_V / \
		ip6 src=fe80::ff:fe00:7 dst=ff02::1 / ra opt=1:$MAC_B
	attack "tagged" vlan \
		eth src=$MAC_B dst=$MAC_V / vlan id=10 / ip src=$IP_B dst=$IP_V / udp
	attack "IPv6 address of the uplink" src-ip \
		eth src=$MAC_B dst=$MAC_V / ip6 src=$IP6_R dst=$IP6_V / udp / raw 00
	FROM=guest PORT=gst0
}

the_host()
{
	local mac=02:00:00:00:00:a1 l3="ip src=$IP_R dst=$IP_H / udp / raw 00"

	eavesdrop
	guard
	introduce
	FROM=uplink
	hears "its MAC" - eth src=$MAC_R dst=$MAC_H / $l3
	pass "its MAC, tagged" host@10 eth src=$MAC_R dst=$MAC_H / vlan id=10 / $l3
	hears "broadcast" - eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_H
	hears "multicast" - eth src=$MAC_R dst=01:00:5e:00:00:fb / $l3
	hears "MAC of a port's device" - \
		eth src=$MAC_R dst="$(cat_in host /sys/class/net/gst0/address)" / $l3
	probe "MAC of nobody" eth src=$MAC_R dst=$mac / $l3
	came_to host && fail "MAC of nobody: it comes to the bridge device"
	ip -n "$HOST" link add mac0 link br0 address $mac type macvlan mode bridge
	ip -n "$HOST" link set mac0 up
	hears "macvlan" gst0:flood eth src=$MAC_R dst=$mac / $l3
	FROM=host
	pass "from the macvlan" uplink eth src=$mac dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	a_macvlan_elsewhere $mac
	FROM=host
	pass "from the host" uplink eth src=$MAC_H dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	pass "tagged" uplink@10 \
		eth src=$MAC_H dst=$MAC_R / vlan id=10 / ip src=$IP_H dst=$IP_R / udp
	FROM=guest
}

cat_in()
{
	in_ns $1 cat "$2"
}

# In a namespace of its own its address may change as well.
a_macvlan_elsewhere()
{
	local to="/ ip src=$IP_R dst=$IP_H / udp / raw 00" new=02:00:00:00:00:a4

	ip -n "$HOST" link set mac0 netns "$NS-fence"
	ip -n "$NS-fence" link set mac0 up
	FROM=uplink
	hears "macvlan in another namespace" gst0:flood eth src=$MAC_R dst=$1 $to
	ip -n "$NS-fence" link set mac0 address $new
	hears "its new MAC" gst0:flood eth src=$MAC_R dst=$new $to
	probe "its old MAC" eth src=$MAC_R dst=$1 $to
	came_to host && fail "its old MAC: it comes to the bridge device"
	ip -n "$NS-fence" link del mac0
	probe "gone" eth src=$MAC_R dst=$new $to
	came_to host && fail "gone: it comes to the bridge device"
}

# A guest of another program's: both ways, and past the other guests.
bound_there()
{
	local to="eth src=$MAC_R dst=$MAC_B"

	eavesdrop
	guard
	introduce
	FROM=uplink
	hears "IPv4" gst0:flood $to / ip src=$IP_R dst=$IP_B / udp / raw 00
	came_to guest && fail "IPv4: it comes to another guest"
	hears "IPv6" gst0:flood $to / ip6 src=$IP6_R dst=$IP6_B / udp / raw 00
	hears "ARP" gst0:flood $to / arp op=2 spa=$IP_R tpa=$IP_B
	probe "an address that is not bound" $to / ip src=$IP_R dst=$IP_X / udp / raw 00
	came_to host && fail "an address that is not bound: it comes to the bridge device"
	same "an address that is not bound: counters" "br0:dst-ip gst0:flood" "$COUNTED"
	probe "its address from elsewhere" eth src=$MAC_R / arp op=2 spa=$IP_B tpa=$IP_V
	same "its address from elsewhere: came to" - "$CAME"
	FROM=guest
	hears "from a guest" - eth src=$MAC_G dst=$MAC_B / ip src=$IP_G dst=$IP_B / udp / raw 00
	FROM=host
	pass "to the uplink" uplink eth src=$MAC_B dst=$MAC_R / ip src=$IP_B dst=$IP_R / udp
	pass "to a guest" guest eth src=$MAC_B dst=$MAC_G / ip src=$IP_B dst=$IP_G / udp
	pass "ARP" "uplink guest victim" eth src=$MAC_B / arp op=1 spa=$IP_B tpa=$IP_R
	pass "IPv6" uplink eth src=$MAC_B dst=$MAC_R / ip6 src=$IP6_B dst=$IP6_R / udp
	expect "less" ctl binding del port br0 mac $MAC_B ip $IP_B
	probe "not bound any more" eth src=$MAC_B dst=$MAC_R / ip src=$IP_B dst=$IP_R / udp
	same "not bound any more: counters" br0:src-ip "$COUNTED"
	expect "more" ctl binding add port br0 mac $MAC_B ip $IP_B
	pass "bound again" uplink eth src=$MAC_B dst=$MAC_R / ip src=$IP_B dst=$IP_R / udp
	expect "uplink-macs" ctl port set upl0 role trusted uplink-macs bound
	lab fence uplink fence
	pass "with uplink-macs bound" uplink \
		eth src=$MAC_B dst=$MAC_R / ip src=$IP_B dst=$IP_R / udp
	lab fence fence uplink
	FROM=guest
}

# What is bound on the local port the host may claim as well as whoever is there.
claimed_by_the_host()
{
	local arp="eth src=$MAC_H dst=$MAC_R / arp op=2 tpa=$IP_R"
	local na="eth src=$MAC_H dst=$MAC_R / ip6 src=$LL_H dst=ff02::1 / na opt=2:$MAC_H"

	guard
	introduce
	FROM=host PORT=br0
	pass "ARP" uplink $arp spa=$IP_B
	pass "advertisement" uplink $na target=$IP6_B
	pass "ARP with its MAC" uplink $arp sha=$MAC_B spa=$IP_B
	drop "ARP, a guest's" claim $arp spa=$IP_G
	drop "advertisement, a guest's" claim $na target=$IP6_G
	FROM=uplink PORT=upl0
	probe "ARP of the uplink" eth src=$MAC_R / arp op=2 spa=$IP_B tpa=$IP_V
	same "ARP of the uplink: came to" - "$CAME"
	same "ARP of the uplink: counters" upl0:claim "$COUNTED"
	FROM=guest PORT=gst0
}

# listen_for MAC: a socket that wants the bridge device to receive it. $LISTENER.
listen_for()
{
	ip netns exec "$HOST" python3 -S -c '
import signal, socket, struct, sys
sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
mac = bytes.fromhex(sys.argv[1].replace(":", ""))
sock.setsockopt(263, 1, struct.pack("iHH8s", socket.if_nametoindex("br0"), 3, 6, mac))
signal.pause()
' "$1" &
	LISTENER=$!
	busywait 10 is_in_list "$1" || fail "br0 is not asked for $1"
}

# bridge shows what a device was asked to receive as its own entries.
is_in_list()
{
	bridge -n "$HOST" fdb show dev br0 | grep -q "^$1 self"
}

# An address that nothing has but that somebody listens for it.
asked_for_by_a_socket()
{
	local mac=02:00:00:00:00:a7
	local to="eth src=$MAC_R dst=$mac / ip src=$IP_R dst=$IP_H / udp / raw 00"

	eavesdrop
	guard
	introduce
	FROM=uplink
	probe "before" $to
	came_to host && fail "before: it comes to the bridge device"
	listen_for $mac
	hears "asked for" gst0:flood $to
	FROM=host
	pass "from it" uplink eth src=$mac dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	kill $LISTENER
	wait $LISTENER 2>/dev/null
	probe "from it, afterwards" eth src=$mac dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	same "from it, afterwards: counters" br0:src-mac "$COUNTED"
	FROM=uplink
	fdb_flush
	introduce
	probe "afterwards" $to
	came_to host && fail "afterwards: it comes to the bridge device"
	FROM=guest
}

# The local port of another bridge is its own: not configured, then open.
another_bridge()
{
	local frame="eth src=$MAC_X dst=$MAC_V / ip src=$IP_X dst=$IP_V / udp / raw 00"

	eavesdrop
	second_bridge
	ip -n "$HOST" link set br1 promisc on
	lab packet behind "$HOST" br1 br1
	guard
	introduce
	FROM=victim
	hears_not "of br0" uplink br0:flood eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp
	FROM=second
	pass "not configured" behind $frame
	expect "open" ctl bridge set br1 new-port trusted local-port open
	pass "open" behind $frame
	expect "guarded" ctl bridge set br1 local-port guarded
	probe "guarded" $frame
	same "guarded: came to" - "$CAME"
	same "guarded: counters" br1:flood "$COUNTED"
	expect "open" ctl bridge set br1 local-port open
	pass "open again" behind $frame
	FROM=guest
	lab close behind
	second_bridge_ends
}

# What the bridge sends of itself is nobody's, nor what stays with a port.
by_the_bridge_itself()
{
	guard
	reset_counters
	FROM=uplink
	pass "stays with the port" - \
		eth src=$MAC_R dst=01:80:c2:00:00:03 type=0x888e / raw n=46
	FROM=guest
	in_ns victim timeout 20 tcpdump -n -Z root -c 1 -i eth0 \
		ether dst 01:80:c2:00:00:00 >/dev/null 2>"$TMP" &
	DUMP=$!
	busywait 20 grep -q 'listening on' "$TMP" || fail "tcpdump: $(cat "$TMP")"
	ip -n "$HOST" link set br0 type bridge hello_time 100 stp_state 1
	wait $DUMP || fail "no BPDU comes to the victim"
	ip -n "$HOST" link set br0 type bridge stp_state 0
	busywait 10 all_forwarding
	same "counters" "" "$(ctl -j stats | jq -r '.stats[] | select(.events > 0) | .port')"
}

# The bridge device is untagged in VLAN 1 and tagged in VLAN 10, the uplink the
# other way about: bindings are for the tag that the bridge device sees.
vlan_filtering()
{
	local l3="/ ip src=$IP_B dst=$IP_R / udp / raw 00"

	eavesdrop
	guard
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	bridge -n "$HOST" vlan add dev br0 vid 10 self
	bridge -n "$HOST" vlan add dev upl0 vid 10 pvid untagged
	bridge -n "$HOST" vlan add dev upl0 vid 1
	lab fence fence victim
	FROM=host
	probe "tagged, bound without" eth src=$MAC_B dst=$MAC_R / vlan id=10 $l3
	same "tagged, bound without: counters" br0:vlan "$COUNTED"
	probe "without a tag" eth src=$MAC_B dst=$MAC_R $l3
	came_to uplink@1 || fail "without a tag: came to \"$CAME\""
	same "without a tag: counters" gst0:flood "$COUNTED"
	expect "binding" ctl binding add port br0 mac $MAC_B vlan 10 ip $IP_B
	pass "tagged" uplink eth src=$MAC_B dst=$MAC_R / vlan id=10 $l3
	probe "tagged, another's address" \
		eth src=$MAC_B dst=$MAC_R / vlan id=10 / ip src=$IP_V dst=$IP_R / udp
	same "tagged, another's address: counters" br0:src-ip "$COUNTED"
	FROM=uplink
	probe "towards it" eth src=$MAC_R dst=$MAC_B / ip src=$IP_R dst=$IP_B / udp
	came_to host@10 || fail "towards it: came to \"$CAME\""
	probe "towards it, another's address" \
		eth src=$MAC_R dst=$MAC_B / ip src=$IP_R dst=$IP_X / udp
	came_to host@10 && fail "towards it, another's address: it comes"
	FROM=guest
	bridge -n "$HOST" vlan del dev br0 vid 10 self
	bridge -n "$HOST" vlan del dev upl0 vid 10
	bridge -n "$HOST" vlan add dev upl0 vid 1 pvid untagged
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	lab fence fence uplink
}

# Behind the tag that the bridge reads there is another one.
two_tags()
{
	local to="eth src=$MAC_B dst=$MAC_R" l3="ip src=$IP_B dst=$IP_R / udp"

	guard
	introduce
	expect "binding" ctl binding add port br0 mac $MAC_B vlan 10 ip $IP_B
	FROM=host PORT=br0
	pass "one tag" uplink@10 $to / vlan id=10 / $l3
	drop "two tags" encapsulation $to / vlan id=10 / vlan id=20 / $l3
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	bridge -n "$HOST" vlan add dev br0 vid 10 self
	bridge -n "$HOST" vlan add dev upl0 vid 10
	bridge -n "$HOST" fdb add $MAC_R dev upl0 master static vlan 10
	pass "one tag, filtering" uplink@10 $to / vlan id=10 / $l3
	drop "two tags, filtering" encapsulation $to / vlan id=10 / vlan id=20 / $l3
	bridge -n "$HOST" fdb del $MAC_R dev upl0 master vlan 10
	bridge -n "$HOST" vlan del dev br0 vid 10 self
	bridge -n "$HOST" vlan del dev upl0 vid 10
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	FROM=guest PORT=gst0
}

settings()
{
	local frame="eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp / raw 00"

	eavesdrop
	guard
	introduce
	FROM=victim
	hears_not "guarded" uplink br0:flood $frame
	expect "open" ctl bridge set br0 local-port open
	hears "open" - $frame
	same "shown" "bridge set br0 new-port trusted" "$(ctl bridge show br0)"
	expect "guarded" ctl bridge set br0 local-port guarded
	hears_not "guarded again" uplink br0:flood $frame
	same "shown" "bridge set br0 new-port trusted local-port guarded" "$(ctl bridge show br0)"
	refuse "other words" "open or guarded" ctl bridge set br0 local-port on
	expect "without a port" ctl port del br0
	hears_not "without a port" uplink br0:flood $frame
	expect "without a bridge" ctl bridge del br0
	hears "without a bridge" - $frame
	ROLE=guest guard
	hears_not "guest" uplink br0:flood $frame
	FROM=host
	probe "the host as a guest" eth src=$MAC_H dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	same "the host as a guest" br0:src-mac "$COUNTED"
	guard
	pass "the host" uplink eth src=$MAC_H dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp
	FROM=guest
}

audit()
{
	eavesdrop
	guard
	introduce
	expect "audit" ctl port set br0 mode audit
	FROM=victim
	hears "towards it" br0:flood:audited \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp / raw 00
	FROM=host
	probe "from it" eth src=$MAC_X dst=$MAC_R / ip src=$IP_X dst=$IP_R / udp / raw 00
	came_to uplink || fail "from it: it does not pass"
	same "from it: counters" br0:src-mac:audited "$COUNTED"
	FROM=guest
}

VMNET=

stop_vmnet()
{
	[ -z "$VMNET" ] || kill "$VMNET" 2>/dev/null
	VMNET=
	rm -f "${HEARD-}"
	ns_destroy vm
}

start_vmnet()
{
	HEARD=$(mktemp)
	ns_create vm
	[ -e /dev/net/tun ] || modprobe -q tun
	in_ns host python3 -S "$HERE/vmnet.py" br0 "$NS-vm" $MAC_B >"$HEARD" 2>&1 &
	VMNET=$!
	busywait 10 ip -n "$NS-vm" link set eth0 address $MAC_B up ||
		fail "vmnet does not start: $(cat "$HEARD")"
	ip -n "$NS-vm" addr add $IP_B/24 dev eth0
}

reaches()
{
	in_ns $1 ping -q -c 2 -W 2 -i 0.2 -n $2
}

# Another program makes br0 promiscuous, and its guest is behind it.
story()
{
	local to="eth src=$MAC_R dst=$MAC_B / ip src=$IP_R dst=$IP_B / udp / raw 00"

	ip -n "$HOST" link set br0 promisc off
	lab_addresses
	unguard
	start_vmnet
	busywait 10 reaches vm $IP_R || fail "no way out without brguard"
	FROM=uplink
	probe "without brguard" $to
	came_to guest victim || fail "without brguard others do not see what is the guest's"
	expect "ping" reaches victim $IP_R
	busywait 5 grep -q "$MAC_R" "$HEARD" || fail "without brguard the program hears nothing"
	stop_vmnet
	policy <<-E
		bridge set br0 new-port trusted local-port guarded
		port set gst0 role guest
		port set vic0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G
		binding add port vic0 mac $MAC_V ip $IP_V
		port set br0 role trusted
		binding add port br0 mac $MAC_B ip $IP_B
	E
	monitor watch violation
	start_vmnet
	wait_for "who" '.event == "watch" and .what == "promiscuity" and .device == "br0" and
		.new == .old + 1 and (.comm | startswith("python3"))'
	busywait 10 reaches vm $IP_R || fail "the guest has no way out"
	expect "to a guest" reaches vm $IP_G
	expect "from a guest" reaches victim $IP_B
	expect "from the uplink" reaches uplink $IP_B
	probe "with brguard" $to
	came_to host || fail "with brguard it does not come to the program"
	came_to guest && fail "with brguard the guest sees what is not its"
	came_to victim && fail "with brguard the victim sees what is not its"
	expect "others" reaches victim $IP_R
	expect "others" reaches guest $IP_V
	same "heard by the program" "" "$(cat "$HEARD")"
	ip -n "$NS-vm" addr add $IP_X/24 dev eth0
	ip -n "$NS-vm" route add 192.0.2.3/32 dev eth0 src $IP_X
	reaches vm $IP_R >/dev/null && fail "its guest gets out with another address"
	wait_for "its guest" '.event == "violation" and .port == "br0" and
		.direction == "in" and .verdict == "drop"'
	stop_vmnet
	monitor_stop
	FROM=guest
}

run_tests
