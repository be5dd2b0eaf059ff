#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 3: reserved group addresses, which the bridge keeps to itself.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	without_spanning_tree
	with_spanning_tree
	attacks_other_groups
	group_forwarding
	reserved_with_an_ordinary_payload
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

LLC="llc dsap=0x42 ssap=0x42"
# From a bridge with the highest priority there is, for as long as it may last.
CONFIG="00 0001020000000001 00000000 0001020000000001 8001 0000 1400 0200 0f00"
STP="$LLC / raw 00000000 $CONFIG"
RSTP="$LLC / raw 00000202 3c ffff020000000002 00000000 ffff020000000002 8001 0000140002000f00 00"
TCN="$LLC / raw 00000080"
RESERVED=01:80:c2:00:00

# spanning_tree 0|1: as it is at the beginning, whatever anybody has said of
# another root. What forwards when it is switched on goes on forwarding.
spanning_tree()
{
	ip -n "$HOST" link set br0 type bridge stp_state 0
	ip -n "$HOST" link set br0 down
	ip -n "$HOST" link set br0 up
	busywait 40 all_forwarding || fail "not all ports forward"
	ip -n "$HOST" link set br0 type bridge stp_state "$1"
}

# As the lab has been told to have it.
lab_spanning_tree()
{
	if [[ ${LAB_BRIDGE-} == *"stp_state 1"* ]]; then echo 1; else echo 0; fi
}

# From the own MAC: what a neighbour does. From another's: the bridge looks for
# the victim at the guest's port.
attacks_by_control_protocols()
{
	local to="dst=$RESERVED"

	teach "LLDP" ethertype eth src=$MAC_G $to:0e type=0x88cc / raw n=46
	teach "LLDP with the victim's MAC" ethertype \
		eth src=$MAC_V $to:0e type=0x88cc / raw n=46
	teach "LLDP to the nearest customer bridge" ethertype \
		eth src=$MAC_V $to:00 type=0x88cc / raw n=46
	teach "LACP" ethertype eth src=$MAC_V $to:02 type=0x8809 / raw n=110
	teach "EAPOL" ethertype eth src=$MAC_V $to:03 type=0x888e / raw n=46
	teach "provider bridge's BPDU" encapsulation eth src=$MAC_V $to:08 / $STP
	teach "PTP" ethertype eth src=$MAC_V $to:0e type=0x88f7 / raw n=46
	mute "pause" ethertype eth src=$MAC_V $to:01 type=0x8808 / raw n=46
	attack "GVRP" encapsulation eth src=$MAC_G $to:21 / $LLC / raw n=40
	attack "GMRP" encapsulation eth src=$MAC_G $to:20 / $LLC / raw n=40
	attack "MVRP" ethertype eth src=$MAC_G $to:21 type=0x88f5 / raw n=46
	attack "MVRP with the victim's MAC" ethertype \
		eth src=$MAC_V $to:21 type=0x88f5 / raw n=46
}

attacks_by_forwarded_bpdus()
{
	local to="dst=$RESERVED:00"

	attack "STP" encapsulation eth src=$MAC_G $to / $STP
	poison "STP with the victim's MAC" encapsulation eth src=$MAC_V $to / $STP
	attack "RSTP" encapsulation eth src=$MAC_G $to / $RSTP
	attack "topology change" encapsulation eth src=$MAC_G $to / $TCN
}

# The bridge keeps them and does as they say.
attacks_by_consumed_bpdus()
{
	local to="dst=$RESERVED:00"

	teach "topology change" encapsulation eth src=$MAC_G $to / $TCN
	teach "STP with the victim's MAC" encapsulation eth src=$MAC_V $to / $STP
	teach "RSTP" encapsulation eth src=$MAC_G $to / $RSTP
	teach "STP" encapsulation eth src=$MAC_G $to / $STP
}

without_spanning_tree()
{
	spanning_tree 0
	run_both attacks_by_forwarded_bpdus attacks_by_control_protocols
	spanning_tree "$(lab_spanning_tree)"
}

root_port()
{
	in_ns host cat /sys/class/net/br0/bridge/root_port
}

# Without brguard the guest becomes the root.
with_spanning_tree()
{
	spanning_tree 1
	unguard
	probe "STP" eth src=$MAC_G dst=$RESERVED:00 / $STP
	[ "$(root_port)" != 0 ] || fail "the guest does not become the root"
	spanning_tree 1
	guard
	introduce
	drop "STP" encapsulation eth src=$MAC_G dst=$RESERVED:00 / $STP
	same "port of the root" 0 "$(root_port)"
	run_both attacks_by_control_protocols
	BETWEEN="spanning_tree 1" run_both attacks_by_consumed_bpdus
	spanning_tree "$(lab_spanning_tree)"
}

# Cisco's, and what switches say to each other by ordinary groups.
attacks_other_groups()
{
	local cisco="dst=01:00:0c:cc:cc" snap="llc / snap oui=00000c"

	attack "CDP" encapsulation eth src=$MAC_G $cisco:cc / $snap type=0x2000 / raw n=40
	attack "VTP" encapsulation eth src=$MAC_G $cisco:cc / $snap type=0x2003 / raw n=40
	attack "DTP" encapsulation eth src=$MAC_G $cisco:cc / $snap type=0x2004 / raw n=40
	poison "DTP with the victim's MAC" encapsulation \
		eth src=$MAC_V $cisco:cc / $snap type=0x2004 / raw n=40
	attack "UDLD" encapsulation eth src=$MAC_G $cisco:cc / $snap type=0x0111 / raw n=40
	attack "PVST+" encapsulation eth src=$MAC_G $cisco:cd / $snap type=0x010b / raw n=40
	attack "CFM" ethertype eth src=$MAC_G dst=$RESERVED:30 type=0x8902 / raw n=46
	attack "MRP" ethertype eth src=$MAC_G dst=01:15:4e:00:00:01 type=0x88e3 / raw n=46
	attack "loopback test" ethertype eth src=$MAC_G dst=cf:00:00:00:00:00 \
		type=0x9000 / raw n=46
}

# group_fwd_mask makes ordinary frames of some: judged once all the same.
group_forwarding()
{
	local lldp="eth src=$MAC_G dst=$RESERVED:0e type=0x88cc / raw n=46"

	ip -n "$HOST" link set br0 type bridge group_fwd_mask 0xfff8
	unguard
	probe "LLDP" $lldp
	came_to victim || fail "LLDP is not forwarded even without brguard"
	guard
	introduce
	drop "LLDP" ethertype $lldp
	GUARD="ethertype 0x88cc" guard
	drop "LLDP where its EtherType is allowed" link-local $lldp
	expect "audit mode" ctl port set gst0 mode audit
	probe "LLDP" $lldp
	came_to victim || fail "audit mode keeps LLDP back"
	same "audited once" gst0:link-local:audited "$COUNTED"
	ip -n "$HOST" link set br0 type bridge group_fwd_mask 0
}

reserved_with_an_ordinary_payload()
{
	local n

	guard
	introduce
	for n in 00 01 02 03 0d 0e 0f; do
		drop "IPv4 to $RESERVED:$n" link-local \
			eth src=$MAC_G dst=$RESERVED:$n / ip src=$IP_G dst=$IP_V / udp
	done
	drop "ARP to Cisco's group" link-local \
		eth src=$MAC_G dst=01:00:0c:cc:cc:cd / arp op=1 spa=$IP_G tpa=$IP_V
	drop "from the victim's MAC" link-local \
		eth src=$MAC_V dst=$RESERVED:0e / ip src=$IP_V dst=$IP_R / udp
	pass "the address behind them" "victim uplink" \
		eth src=$MAC_G dst=$RESERVED:10 / ip src=$IP_G dst=$IP_V / udp
}

run_tests
