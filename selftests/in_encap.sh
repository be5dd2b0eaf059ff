#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 2: tags, lengths and shims from a guest (VU#855201).
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_priority_tag
	attacks_tag
	attacks_stacked_tags
	attacks_length
	attacks_shim
	attacks_ethertype
	explicit_ethertype
	truncated
	from_a_tap
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

TO="eth src=$MAC_G dst=$MAC_V"
OWN="ip src=$IP_G dst=$IP_V / udp / raw 00"
CLAIM="arp op=2 spa=$IP_R tpa=$IP_V"

attacks_priority_tag()
{
	attack "VLAN 0" encapsulation $TO / vlan id=0 / $OWN
	attack "VLAN 0 with a priority" encapsulation $TO / vlan id=0 pri=7 / $OWN
	attack "VLAN 0 and ARP" encapsulation eth src=$MAC_G / vlan id=0 / $CLAIM
	attack "VLAN 0 and an RA" encapsulation \
		$TO / vlan id=0 / ip6 src=$LL_G dst=ff02::1 / ra
	attack "VLAN 0 twice" encapsulation $TO / vlan id=0 / vlan id=0 / $OWN
	attack "VLAN 0 five times" encapsulation $TO / vlan id=0 / vlan id=0 / \
		vlan id=0 / vlan id=0 / vlan id=0 / $CLAIM
	attack "802.1ad VLAN 0" encapsulation \
		$TO / vlan tpid=0x88a8 id=0 / $OWN
}

attacks_tag()
{
	attack "the port's own VLAN" vlan $TO / vlan id=1 / $OWN
	attack "a tenant's VLAN" vlan $TO / vlan id=10 / $OWN
	attack "VLAN 4095" vlan $TO / vlan id=4095 / $OWN
	attack "ARP in a tenant's VLAN" vlan eth src=$MAC_G / vlan id=10 / $CLAIM
	attack "802.1ad" encapsulation $TO / vlan tpid=0x88a8 id=10 / $OWN
	attack "0x9100" encapsulation $TO / vlan tpid=0x9100 id=10 / $OWN
	attack "0x9200" encapsulation $TO / vlan tpid=0x9200 id=10 / $OWN
	attack "0x9300" encapsulation $TO / vlan tpid=0x9300 id=10 / $OWN
}

attacks_stacked_tags()
{
	local many="" n

	for n in {1..60}; do
		many="$many / vlan id=$n"
	done
	attack "two" encapsulation $TO / vlan id=1 / vlan id=10 / $OWN
	attack "802.1ad outside" encapsulation \
		$TO / vlan tpid=0x88a8 id=1 / vlan id=10 / $OWN
	attack "802.1ad inside" encapsulation \
		$TO / vlan id=1 / vlan tpid=0x88a8 id=10 / $OWN
	attack "alternating" encapsulation $TO / vlan id=1 / \
		vlan tpid=0x88a8 id=1 / vlan id=1 / vlan tpid=0x88a8 id=1 / $CLAIM
	attack "0x9100 inside" encapsulation \
		$TO / vlan id=1 / vlan tpid=0x9100 id=10 / $OWN
	attack "sixty" encapsulation $TO $many / $CLAIM
}

attacks_length()
{
	local n

	attack "LLC" encapsulation $TO / llc dsap=0x42 ssap=0x42 / raw n=40
	attack "SNAP and ARP" encapsulation eth src=$MAC_G / llc / snap / $CLAIM
	attack "SNAP and IPv4" encapsulation $TO / llc / snap / $OWN
	attack "SNAP and an RA" encapsulation \
		$TO / llc / snap / ip6 src=$LL_R dst=ff02::1 / ra
	attack "SNAP, another OUI" encapsulation \
		$TO / llc / snap oui=00000c type=0x0800 / $OWN
	attack "tag, then SNAP" encapsulation \
		$TO / vlan id=10 / llc / snap / $CLAIM
	for n in 0 1 46 1500 1501 1518 1535; do
		attack "length $n" encapsulation $TO type=$n / llc / snap / $CLAIM
	done
}

attacks_shim()
{
	local n

	for n in 0x6558 0x8847 0x8848 0x8863 0x8864 0x8870 0x88b7 0x88e5 \
			0x88e7 0x8926 0x893f 0x894f 0x22f3 0x4305 0x880b 0x892f 0xdada 0xf1c1; do
		attack "EtherType $n" encapsulation $TO type=$n / $CLAIM
	done
}

attacks_ethertype()
{
	local n

	# X.25, wake on LAN, EtherTalk, IPX, EAPOL, AoE, LLDP,
	# TIPC, FCoE, ECTP; and the neighbours of those that are allowed.
	for n in 0x0600 0x0805 0x0842 0x809b 0x8137 0x888e 0x88a2 \
			0x88cc 0x88ca 0x8906 0x9000 0xffff 0x0801 0x0807 0x86dc 0x8036; do
		attack "EtherType $n" ethertype $TO type=$n / raw n=46
	done
}

explicit_ethertype()
{
	guard
	introduce
	drop "not allowed" ethertype $TO type=0x88a2 / raw n=46
	GUARD="ethertype 0x88a2 ethertype 0x8864" guard
	pass "allowed" victim $TO type=0x88a2 / raw n=46
	pass "allowed shim" victim $TO type=0x8864 / raw n=46
	drop "another" ethertype $TO type=0x88a3 / raw n=46
	drop "allowed, from another MAC" src-mac \
		eth src=$MAC_V dst=$MAC_R type=0x88a2 / raw n=46
	drop "allowed, in a tag" vlan $TO / vlan id=1 type=0x88a2 / raw n=46
	guard
	drop "not allowed any more" ethertype $TO type=0x88a2 / raw n=46
}

# A tag that is cut off dies in the kernel's own receive path, ahead of the
# hooks, or is dropped by them: nobody gets it.
truncated()
{
	local n

	guard
	introduce
	legit "before,"
	for n in 14 15 16 17; do
		probe "cut" eth src=$MAC_G dst=$MAC_V cut=$n / vlan id=1 / $OWN
		same "cut off at $n: came to" - "$CAME"
		same "cut off at $n: FDB" - "$LEARNED"
	done
	legit "after,"
}

from_a_tap()
{
	on_tap attacks_priority_tag attacks_stacked_tags attacks_length
}

run_tests
