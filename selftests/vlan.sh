#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# VLANs: tagged bindings on a trunk port, untagged ones on an access port.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	trunk
	trunk_with_filtering
	access_with_filtering
	towards_a_trunk
	behind_the_bridges_tag
	tag_among_the_bytes
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

# The guest is a trunk: VLAN 10 with one address, VLAN 20 with another.
guard_trunk()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G vlan 10 ip $IP_G
		binding add port gst0 mac $MAC_G vlan 20 ip $IP_X
		binding add port gst0 mac $MAC_X vlan 20 ip 198.51.100.10
	E
}

filtering()
{
	ip -n "$HOST" link set br0 type bridge vlan_filtering "$1"
}

vlan()
{
	bridge -n "$HOST" vlan "$@"
}

IN10="eth src=$MAC_G dst=$MAC_V / vlan id=10 / ip src=$IP_G dst=$IP_V / udp"
IN20="eth src=$MAC_G dst=$MAC_V / vlan id=20 / ip src=$IP_X dst=$IP_V / udp"

# reject WORDS REASON FRAME...: arrives without brguard, not with it.
reject()
{
	unguard
	PHASE=open
	attack "$@"
	guard_trunk
	fdb_flush
	drop "$@"
}

trunk()
{
	guard_trunk
	pass "VLAN 10" victim@10 $IN10
	pass "VLAN 20" victim@20 $IN20
	pass "VLAN 10 with a priority" victim@10 eth src=$MAC_G dst=$MAC_V / \
		vlan id=10 pri=5 / ip src=$IP_G dst=$IP_V / udp
	pass "the second MAC in VLAN 20" victim@20 eth src=$MAC_X dst=$MAC_V / \
		vlan id=20 / ip src=198.51.100.10 dst=$IP_V / udp
	reject "the address of VLAN 20 in VLAN 10" src-ip eth src=$MAC_G dst=$MAC_V / \
		vlan id=10 / ip src=$IP_X dst=$IP_V / udp
	reject "ARP for the address of VLAN 20 in VLAN 10" arp \
		eth src=$MAC_G / vlan id=10 / arp op=1 spa=$IP_X tpa=$IP_V
	reject "the MAC of VLAN 20 in VLAN 10" src-mac eth src=$MAC_X dst=$MAC_V / \
		vlan id=10 / ip src=198.51.100.10 dst=$IP_V / udp
	reject "VLAN 30" vlan eth src=$MAC_G dst=$MAC_V / \
		vlan id=30 / ip src=$IP_G dst=$IP_V / udp
	reject "VLAN 1" vlan eth src=$MAC_G dst=$MAC_V / \
		vlan id=1 / ip src=$IP_G dst=$IP_V / udp
	reject "no tag" vlan eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / udp
	reject "two tags" encapsulation eth src=$MAC_G dst=$MAC_V / vlan id=10 / \
		vlan id=20 / ip src=$IP_G dst=$IP_V / udp
	reject "802.1ad" encapsulation eth src=$MAC_G dst=$MAC_V / \
		vlan tpid=0x88a8 id=10 / ip src=$IP_G dst=$IP_V / udp
	pass "VLAN 10 again" victim@10 $IN10
}

trunk_with_filtering()
{
	local dev

	filtering 1
	for dev in gst0 upl0; do
		vlan add vid 10 dev $dev
		vlan add vid 20 dev $dev
	done
	vlan add vid 10 dev vic0 pvid untagged
	guard_trunk
	pass "VLAN 10" "victim uplink@10" $IN10
	pass "VLAN 20" uplink@20 $IN20
	reject "the address of VLAN 20 in VLAN 10" src-ip eth src=$MAC_G dst=$MAC_V / \
		vlan id=10 / ip src=$IP_X dst=$IP_V / udp
	reject "no tag" vlan eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp
	pass "VLAN 10 again" "victim uplink@10" $IN10
	vlan del vid 10 dev vic0
	vlan add vid 1 dev vic0 pvid untagged
	filtering 0
}

# The bridge tags what the guest sends without a tag; the binding has none.
access_with_filtering()
{
	local own="eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp"

	filtering 1
	vlan add vid 10 dev gst0 pvid untagged
	vlan add vid 10 dev upl0
	guard
	pass "own packet" uplink@10 $own
	drop "the PVID in-band" vlan eth src=$MAC_G dst=$MAC_R / \
		vlan id=10 / ip src=$IP_G dst=$IP_R / udp
	drop "priority tag" encapsulation eth src=$MAC_G dst=$MAC_R / \
		vlan id=0 / ip src=$IP_G dst=$IP_R / udp
	drop "spoofed" src-ip \
		eth src=$MAC_G dst=$MAC_R / ip src=$IP_R dst=$IP_R / udp
	FROM=uplink
	pass "an answer from the trunk" guest eth src=$MAC_R dst=$MAC_G / \
		vlan id=10 / ip src=$IP_R dst=$IP_G / udp
	probe "to a foreign address" eth src=$MAC_R dst=$MAC_G / \
		vlan id=10 / ip src=$IP_R dst=$IP_V / udp
	same "foreign address came to" - "$CAME"
	same "foreign address counters" gst0:dst-ip "$COUNTED"
	FROM=guest
	pass "own packet again" uplink@10 $own
	vlan add vid 1 dev gst0 pvid untagged
	filtering 0
}

# A port that has VLAN 1 untagged and VLAN 10 tagged: the bridge takes the first
# tag away, and what was behind it would be heard in VLAN 10.
behind_the_bridges_tag()
{
	local arp="/ arp op=2 spa=$IP_X tpa=$IP_G" tags

	filtering 1
	vlan add vid 10 dev gst0
	vlan add vid 10 dev upl0
	FROM=uplink
	for tags in "/ vlan id=1 / vlan id=10" "/ vlan id=0 / vlan id=10"; do
		unguard
		probe "$tags, without brguard" eth src=$MAC_R $tags $arp
		came_to guest@10 || fail "$tags: came to \"$CAME\" without brguard"
		guard_trunk
		probe "$tags" eth src=$MAC_R $tags $arp
		! came_to guest@10 || fail "$tags: came to \"$CAME\""
		same "$tags: counters" gst0:encapsulation "$COUNTED"
	done
	pass "VLAN 10 alone" guest@10 eth src=$MAC_R / vlan id=10 $arp
	pass "VLAN 10, IPv4 with options" guest@10 eth src=$MAC_R dst=$MAC_G / \
		vlan id=10 / ip opt=94040000 src=$IP_R dst=$IP_G / udp
	FROM=guest
	pass "VLAN 10" uplink@10 $IN10
	vlan del vid 10 dev gst0
	vlan del vid 10 dev upl0
	filtering 0
}

towards_a_trunk()
{
	local to="eth src=$MAC_R dst=$MAC_G"

	filtering 0
	guard_trunk
	FROM=guest
	probe "introduction" $IN10
	FROM=uplink
	pass "VLAN 10" guest@10 $to / vlan id=10 / ip src=$IP_R dst=$IP_G / udp
	pass "VLAN 20" guest@20 $to / vlan id=20 / ip src=$IP_R dst=$IP_X / udp
	probe "VLAN 10 with the address of 20" \
		$to / vlan id=10 / ip src=$IP_R dst=$IP_X / udp
	same "VLAN 10 with the address of 20: counters" gst0:dst-ip "$COUNTED"
	probe "VLAN 30" $to / vlan id=30 / ip src=$IP_R dst=$IP_G / udp
	same "VLAN 30: counters" gst0:flood "$COUNTED"
	probe "no tag" $to / ip src=$IP_R dst=$IP_G / udp
	same "no tag: counters" gst0:flood "$COUNTED"
	FROM=guest
}

# The host's socket leaves the tag among the bytes, where a bridge that does not filter,
# or filters by tags of another kind, does not look for it.
tag_among_the_bytes()
{
	local to="eth src=$MAC_H dst=$MAC_G" ip="ip opt=94040000 src=$IP_H" kind

	guard_trunk
	FROM=guest
	probe "introduction" $IN10
	FROM=host
	for kind in 802.1Q 802.1ad; do
		pass "$kind: VLAN 10" guest@10 $to / vlan id=10 / $ip dst=$IP_G / udp
		probe "$kind: the address of VLAN 20" $to / vlan id=10 / $ip dst=$IP_X / udp
		came_to guest@10 && fail "$kind: the address of VLAN 20 comes to the guest"
		same "$kind: the address of VLAN 20: counters" gst0:dst-ip "$COUNTED"
		probe "$kind: VLAN 30" $to / vlan id=30 / $ip dst=$IP_G / udp
		same "$kind: VLAN 30: counters" gst0:flood "$COUNTED"
		ip -n "$HOST" link set br0 type bridge vlan_protocol 802.1ad vlan_filtering 1
	done
	FROM=guest
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0 vlan_protocol 802.1Q
}

run_tests
