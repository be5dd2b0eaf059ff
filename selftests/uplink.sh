#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 13: what nobody has bound does not leave by the uplink.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_unbound
	attacks_host
	the_host_itself
	bound_macs
	ports_and_other_bridges
	nothing_bound
	settings
	event
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
	# The fence is nobody's, so it may not leave by the uplink.
	lab fence uplink fence
}

tear_down()
{
	monitor_stop
}

# The victim is a link that nobody has bound anything on.
guard()
{
	policy <<-E
		bridge set br0 new-port trusted
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		port set upl0 role trusted uplink-macs bound
	E
}

# leaving MAC: all that it may try.
leaving()
{
	local l2="eth src=$1 dst=$MAC_R"

	attack "IPv4" uplink-mac $l2 / ip src=$IP_V dst=$IP_R / udp / raw 00
	attack "IPv6" uplink-mac $l2 / ip6 src=$IP6_V dst=$IP6_R / udp / raw 00
	attack "ARP" uplink-mac $l2 / arp op=1 spa=$IP_V tpa=$IP_R
	attack "tagged" uplink-mac $l2 / vlan id=10 / ip src=$IP_V dst=$IP_R / udp
	attack "any EtherType" uplink-mac $l2 type=0x9000 / raw n=46
}

attacks_unbound()
{
	FROM=victim PORT=upl0
	leaving $MAC_V
	if [ $PHASE = guarded ]; then
		pass "past the uplink" "guest" eth src=$MAC_V dst=$MAC_G / \
			ip src=$IP_V dst=$IP_G / udp / raw 00
		probe "broadcast" eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_G
		came_to guest fence host || fail "broadcast: came to \"$CAME\""
		came_to uplink && fail "broadcast: it leaves by the uplink"
		same "broadcast: counters" upl0:uplink-mac "$COUNTED"
	fi
	FROM=guest PORT=gst0
}

attacks_host()
{
	FROM=host PORT=upl0
	leaving $MAC_X
	FROM=guest PORT=gst0
}

# from_host MAC COUNTS: a frame of the host's to the uplink.
from_host()
{
	FROM=host
	probe "$1" eth src=$1 dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp / raw 00
	same "$1: counters" "$2" "$COUNTED"
	if [ "$2" = - ]; then
		came_to uplink || fail "$1: does not come to the uplink"
	else
		came_to uplink && fail "$1: comes to the uplink"
	fi
	FROM=guest
}

# Its devices may come, change and go.
the_host_itself()
{
	local mac=02:00:00:00:00:a1 vlan=02:00:00:00:00:a2 deep=02:00:00:00:00:a3

	guard
	introduce
	from_host $MAC_H -
	from_host $mac upl0:uplink-mac
	ip -n "$HOST" link add mac0 link br0 address $mac type macvlan mode bridge
	from_host $mac -
	ip -n "$HOST" link add vlan0 link br0 type vlan id 7
	ip -n "$HOST" link set vlan0 address $vlan
	from_host $vlan -
	ip -n "$HOST" link add mac1 link vlan0 address $deep type macvlan mode bridge
	from_host $deep -
	ip -n "$HOST" link set mac0 address 02:00:00:00:00:a4
	from_host $mac upl0:uplink-mac
	from_host 02:00:00:00:00:a4 -
	ip -n "$HOST" link del mac1
	from_host $deep upl0:uplink-mac
	ip -n "$HOST" link del vlan0
	from_host $vlan upl0:uplink-mac
	ip -n "$HOST" link del mac0
	from_host 02:00:00:00:00:a4 upl0:uplink-mac
	ip -n "$HOST" link set br0 address $mac
	from_host $mac -
	from_host $MAC_H upl0:uplink-mac
	ip -n "$HOST" link set br0 address $MAC_H
	from_host $MAC_H -
}

bound_macs()
{
	guard
	introduce
	pass "the guest" uplink eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp / raw 00
	expect "claims" ctl bridge set br0 claims off
	from_host $MAC_X upl0:uplink-mac
	expect "tagged" ctl binding add port gst0 mac $MAC_X vlan 10
	from_host $MAC_X -
	expect "removed" ctl binding del port gst0 mac $MAC_X vlan 10
	from_host $MAC_X upl0:uplink-mac
	expect "shared" ctl binding add port gst0 mac $MAC_X shared
	from_host $MAC_X -
	ip -n "$HOST" link set gst0 nomaster
	from_host $MAC_X upl0:uplink-mac
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	from_host $MAC_X -
}

mac_of()
{
	in_ns host cat /sys/class/net/"$1"/address
}

# The address of a port's device is not the host's, nor is what is another bridge's,
# however many there are.
ports_and_other_bridges()
{
	local i

	guard
	introduce
	from_host "$(mac_of gst0)" upl0:uplink-mac
	from_host "$(mac_of upl0)" upl0:uplink-mac
	for i in {1..20}; do
		printf 'link add more%d address 02:00:00:00:02:%02x type bridge\n' $i $i
	done | ip -n "$HOST" -batch -
	# Whose addresses are the host's is read anew.
	ip -n "$HOST" link add mac0 link more20 address 02:00:00:00:00:a1 type macvlan mode bridge
	for i in 02:00:00:00:02:0{1,2,3,4,5,6,7,8,9} 02:00:00:00:00:a1; do
		from_host $i upl0:uplink-mac
	done
	from_host $MAC_H -
	expect "macvlan" ip -n "$HOST" link del mac0
	expect "macvlan" ip -n "$HOST" link add mac0 link br0 address 02:00:00:00:02:01 type macvlan
	from_host 02:00:00:00:02:01 -
	from_host 02:00:00:00:02:02 upl0:uplink-mac
	ip -n "$HOST" link del mac0
	for i in {1..20}; do
		echo "link del more$i"
	done | ip -n "$HOST" -batch -
	from_host $MAC_H -
}

# In a namespace that never had a binding the host alone may leave.
nothing_bound()
{
	expect "unload" rmmod brguard
	expect "load" modprobe brguard
	policy <<-E
		bridge set br0 new-port trusted
		port set upl0 role trusted uplink-macs bound
	E
	introduce
	from_host $MAC_H -
	from_host $MAC_X upl0:uplink-mac
	PORT=upl0
	drop "the guest" uplink-mac eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp
	PORT=gst0
	expect "a guest" ctl port set gst0 role guest
	expect "its MAC" ctl binding add port gst0 mac $MAC_G ip $IP_G
	pass "bound" uplink eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp
}

settings()
{
	guard
	introduce
	from_host $MAC_X upl0:uplink-mac
	expect "any" ctl port set upl0 uplink-macs any
	from_host $MAC_X -
	expect "bound" ctl port set upl0 uplink-macs bound
	from_host $MAC_X upl0:uplink-mac
	expect "audit" ctl port set upl0 mode audit
	FROM=host
	probe "audit" eth src=$MAC_X dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp / raw 00
	FROM=guest
	came_to uplink || fail "audit: does not come to the uplink"
	same "audit: counters" upl0:uplink-mac:audited "$COUNTED"
	refuse "a guest" "for trusted ports" ctl port set gst0 uplink-macs bound
	refuse "become a guest" "for trusted ports" ctl port set upl0 role guest
	refuse "other words" "any or bound" ctl port set upl0 uplink-macs all
	same "shown" "port set upl0 role trusted mode audit uplink-macs bound" \
		"$(ctl port show upl0)"
}

event()
{
	guard
	introduce
	monitor violation
	FROM=host
	probe "host" eth src=$MAC_X dst=$MAC_R / ip src=$IP_H dst=$IP_R / udp / raw 00
	wait_for "host" '.event == "violation" and .reason == "uplink-mac" and
		.port == "upl0" and .direction == "out" and .verdict == "drop" and
		."src-mac" == "'$MAC_X'" and ."dst-mac" == "'$MAC_R'"'
	FROM=guest
	monitor_stop
}

run_tests
