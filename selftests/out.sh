#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY steps 8 to 10: towards a guest.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	unknown_unicast
	forgotten_unicast
	aged_unicast
	ageing_zero
	bridge_promiscuous
	destination_address
	destination_vlan
	sent_by_the_host
	group_frames
	silent_guest
	deny_all
	questions_to_the_owner
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

# Guest and victim under guard; uplink and fence are not.
guard_both()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V
	E
}

# withheld WORDS ENDS COUNTS FRAME...: comes to exactly these ENDS with
# brguard, counted as COUNTS, and to the guest without it.
withheld()
{
	local what=$1 ends=$2 counts=$3

	shift 3
	unguard
	[ -z "${FORGET-}" ] || fdb_flush
	probe "$what" "$@"
	if [ "$CAME" = - ] && environment_reassembles; then
		arrives_nowhere "$what"
		return
	fi
	came_to ${WANT-guest} || fail "$what: does not come to the guest without brguard"
	guard_both
	[ -z "${FORGET-}" ] || fdb_flush
	probe "$what" "$@"
	same "$what: came to" "$ends" "$CAME"
	same "$what: counters" "$counts" "$COUNTED"
}

# delivered WORDS END COUNTS FRAME...: END gets it, guarded or not.
delivered()
{
	local what=$1 end=$2 counts=$3

	shift 3
	guard_both
	[ -z "${FORGET-}" ] || fdb_flush
	probe "$what" "$@"
	came_to $end || fail "$what: came to \"$CAME\", not to $end"
	same "$what: counters" "$counts" "$COUNTED"
}

unknown_unicast()
{
	FROM=uplink
	withheld "IPv4" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / udp / raw 00
	withheld "IPv4 with the guest's address" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_G / udp / raw 00
	withheld "IPv6" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / ip6 src=$IP6_R dst=$IP6_X / udp / raw 00
	withheld "ARP reply" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / arp op=2 spa=$IP_R tpa=$IP_X
	withheld "LLC" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / llc / snap / arp op=2 spa=$IP_R tpa=$IP_X
	withheld "any EtherType" fence "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X type=0x9000 / raw n=46
	FROM=guest
}

# The victim's traffic, once the bridge has forgotten where its peer is.
forgotten_unicast()
{
	FROM=victim FORGET=1
	withheld "to the uplink" "fence uplink" gst0:flood \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / tcp
	FROM=uplink
	withheld "from the uplink" "fence victim" gst0:flood \
		eth src=$MAC_R dst=$MAC_V / ip src=$IP_R dst=$IP_V / tcp
	FROM=guest FORGET=
}

# The same in the course of time: a second after it was heard of last.
aged_unicast()
{
	guard_both
	introduce
	ip -n "$HOST" link set br0 type bridge ageing_time 100
	busywait 30 nobody_known || fail "the database does not age"
	FROM=uplink
	withheld "from the uplink" "fence victim" gst0:flood \
		eth src=$MAC_R dst=$MAC_V / ip src=$IP_R dst=$IP_V / tcp
	busywait 30 nobody_known
	FROM=victim
	withheld "to the uplink" "fence uplink" gst0:flood \
		eth src=$MAC_V dst=$MAC_R / ip6 src=$IP6_V dst=$IP6_R / tcp
	busywait 30 nobody_known
	FROM=host
	withheld "from the host" "fence uplink" "gst0:flood vic0:flood" \
		eth src=$MAC_H dst=$MAC_R / ip src=$IP_H dst=$IP_R / tcp
	FROM=guest
	ip -n "$HOST" link set br0 type bridge ageing_time 30000
}

nobody_known()
{
	[ -z "$(fdb)" ]
}

ageing_zero()
{
	ip -n "$HOST" link set br0 type bridge ageing_time 0
	fdb_flush
	FROM=victim
	withheld "to the uplink" "fence uplink" gst0:flood \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / tcp
	FROM=uplink
	withheld "from the uplink" "fence victim" gst0:flood \
		eth src=$MAC_R dst=$MAC_V / ip6 src=$IP6_R dst=$IP6_V / tcp
	delivered "to the guest" guest vic0:flood \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_G / tcp
	FROM=guest
	ip -n "$HOST" link set br0 type bridge ageing_time 30000
}

bridge_promiscuous()
{
	ip -n "$HOST" link set br0 promisc on
	FROM=victim FORGET=1
	withheld "to the uplink" "fence host uplink" gst0:flood \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / tcp
	FROM=uplink
	withheld "to nobody" "fence host" "gst0:flood vic0:flood" \
		eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
	FROM=guest FORGET=
	ip -n "$HOST" link set br0 promisc off
}

# What a neighbour poisoned elsewhere sends here: right MAC, wrong address.
destination_address()
{
	FROM=uplink
	guard_both
	introduce
	withheld "the victim's IPv4 address" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_V / tcp
	withheld "an IPv4 address outside" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_X / tcp
	withheld "a later fragment" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_V off=8 / raw n=8
	withheld "the victim's IPv6 address" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip6 src=$IP6_R dst=$IP6_V / tcp
	withheld "the victim's link-local address" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip6 src=$LL_R dst=$LL_V / tcp
	withheld "an IPv4 address of nobody, behind options" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_X opt=01010101 / udp
	withheld "an IPv6 address outside, behind a header" - gst0:dst-ip \
		eth src=$MAC_R dst=$MAC_G / ip6 src=$IP6_R dst=$IP6_X / dstopt / udp
	withheld "a later fragment of IPv6" - gst0:dst-ip eth src=$MAC_R dst=$MAC_G / \
		ip6 src=$IP6_R dst=$IP6_V / frag off=8 next=17 / raw n=8
	delivered "its own IPv4 address" guest - \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_G / tcp
	delivered "its own IPv6 address" guest - \
		eth src=$MAC_R dst=$MAC_G / ip6 src=$IP6_R dst=$IP6_G / tcp
	delivered "its own link-local address" guest - \
		eth src=$MAC_R dst=$MAC_G / ip6 src=$LL_R dst=$LL_G / tcp
	FROM=guest
}

destination_vlan()
{
	local to=- moved=gst0:flood

	FROM=uplink
	introduce
	WANT=guest@10
	# What filters VLANs has not learned the guest's MAC in this one.
	if lab_filters; then
		to=fence@10 moved="gst0:flood vic0:flood"
	fi
	withheld "a tag the guest does not have" $to "$moved" \
		eth src=$MAC_R dst=$MAC_G / vlan id=10 / ip src=$IP_R dst=$IP_G / tcp
	FROM=guest
	unset WANT
}

sent_by_the_host()
{
	FROM=host FORGET=1
	withheld "unknown unicast" "fence uplink" "gst0:flood vic0:flood" \
		eth src=$MAC_H dst=$MAC_X / ip src=$IP_H dst=$IP_X / tcp
	withheld "the uplink, forgotten" "fence uplink" "gst0:flood vic0:flood" \
		eth src=$MAC_H dst=$MAC_R / ip src=$IP_H dst=$IP_R / tcp
	withheld "the guest's MAC with the victim's address" "fence uplink" \
		"gst0:dst-ip vic0:flood" \
		eth src=$MAC_H dst=$MAC_G / ip src=$IP_H dst=$IP_V / tcp
	delivered "the guest, forgotten" guest vic0:flood \
		eth src=$MAC_H dst=$MAC_G / ip src=$IP_H dst=$IP_G / tcp
	delivered "broadcast" guest - \
		eth src=$MAC_H / arp op=1 spa=$IP_H tpa=$IP_G
	FROM=guest FORGET=
}

group_frames()
{
	guard_both
	introduce
	FROM=uplink
	delivered "ARP request" "guest victim" - \
		eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	delivered "solicitation for the victim" "guest victim" - \
		eth src=$MAC_R dst=33:33:ff:00:00:02 / \
		ip6 src=$IP6_R dst=ff02::1:ff00:2 / ns target=$IP6_V opt=1:$MAC_R
	delivered "router advertisement" "guest victim" - \
		eth src=$MAC_R dst=33:33:00:00:00:01 / ip6 src=$LL_R dst=ff02::1 / ra
	delivered "IPv4 multicast" "guest victim" - \
		eth src=$MAC_R dst=01:00:5e:00:00:fb / \
		ip src=$IP_R dst=224.0.0.251 / udp sport=5353 dport=5353 / raw 00
	delivered "DHCP offer to all" "guest victim" - \
		eth src=$MAC_R / ip src=$IP_R / udp sport=67 dport=68 / dhcp op=2
	delivered "subnet broadcast" "guest victim" - \
		eth src=$MAC_R / ip src=$IP_R dst=192.0.2.255 / udp / raw 00
	delivered "DHCP offer to the guest, by its MAC" guest - \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R / udp sport=67 dport=68 / dhcp op=2
	FROM=guest
}

# The database has forgotten it, or has never known it: it is reached.
silent_guest()
{
	FROM=uplink FORGET=1
	delivered "IPv4" guest vic0:flood \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_G / tcp
	delivered "ARP reply" guest vic0:flood \
		eth src=$MAC_R dst=$MAC_G / arp op=2 spa=$IP_R tha=$MAC_G tpa=$IP_G
	FROM=guest FORGET=
}

# The fence is a broadcast, too, and counted.
deny_all()
{
	guard_both
	introduce
	FROM=uplink
	delivered "broadcast" "guest victim" - \
		eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	expect "no bindings" ctl binding del port gst0 mac $MAC_G
	probe "broadcast" eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	came_to guest && fail "a broadcast comes to a guest without bindings"
	same "counters" "gst0:flood*2" "$COUNTED"
	probe "unicast" eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_G / tcp
	came_to guest && fail "unicast comes to a guest without bindings"
	same "counters" "gst0:flood*2" "$COUNTED"
	delivered "broadcast again" "guest victim" - \
		eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	FROM=guest
}

pruned()
{
	ctl -j stats port "$1" | jq '.stats[0].pruned // 0'
}

# kept WORDS FRAME...: a question for the victim's address goes to the victim
# and past the guest, and is no violation.
kept()
{
	local what=$1 before

	before=$(pruned gst0)
	probe "$@"
	came_to victim || fail "$what: does not come to the owner"
	came_to guest && fail "$what: comes to the guest, too"
	same "$what: counters" - "$COUNTED"
	same "$what: pruned" $((before + 1)) "$(pruned gst0)"
}

questions_to_the_owner()
{
	local arp="eth src=$MAC_R / arp op=1 spa=$IP_R"
	local ns="ip6 src=$IP6_R dst=ff02::1:ff00:2 / ns opt=1:$MAC_R"

	guard_both
	FROM=uplink
	pass "ARP, scope all" "guest victim" $arp tpa=$IP_V
	expect "scope" ctl bridge set br0 arp-scope owner
	kept "ARP" $arp tpa=$IP_V
	kept "solicitation" eth src=$MAC_R dst=33:33:ff:00:00:02 / $ns target=$IP6_V
	pass "ARP for an address of nobody" "guest victim" $arp tpa=$IP_X
	pass "announcement" "guest victim" eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_R
	pass "solicitation for an address of nobody" "guest victim" \
		eth src=$MAC_R dst=33:33:ff:00:00:02 / $ns target=$IP6_X
	expect "scope" ctl bridge set br0 arp-scope all
	pass "ARP, scope all again" "guest victim" $arp tpa=$IP_V
	FROM=guest
}

run_tests
