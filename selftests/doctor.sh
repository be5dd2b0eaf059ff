#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# brguardctl doctor: what a bridge and its ports are set to, and who makes them promiscuous.
# shellcheck disable=SC2034,SC2086,SC2119,SC2120,SC2317

TESTS="
	nothing_on_a_guarded_host
	nothing_without_bridges
	forms
	usage
	ageing_zero
	ageing_short
	group_forward
	snooping_off
	hairpin
	address_on_a_port
	stp_root
	promiscuous_bridge_by_hand
	promiscuous_bridge_by_a_program
	promiscuous_bridge_by_a_device_on_it
	promiscuous_bridge_by_somebody_unseen
	promiscuous_port
	enslaved_bridge
	odd_names
"

# shellcheck source=/dev/null
. "$(dirname "$0")/doctor_lib.sh"

nothing_on_a_guarded_host()
{
	clean "guarded host"
	same "text" "" "$(ctl doctor)"
	same "JSON" '{"findings":[]}' "$(ctl -j doctor)"
}

nothing_without_bridges()
{
	expect "no bridge" brguardctl -n "$NS-far" doctor
	same "JSON" '{"findings":[]}' "$(brguardctl -n "$NS-far" -j doctor)"
}

forms()
{
	local text

	expect "ageing" ip -n "$HOST" link set br0 type bridge ageing_time 0
	text=$(ctl doctor)
	same "first line" "warning ageing-zero br0" "$(head -n 1 <<<"$text")"
	same "remedy" "    remedy: ip -n $HOST link set dev br0 type bridge ageing_time 30000" \
		"$(tail -n 1 <<<"$text")"
	same "lines" 4 "$(wc -l <<<"$text")"
	same "keys" "device id remedy severity what" \
		"$(ctl -j doctor | jq -r '.findings[0] | keys | join(" ")')"
	same "pretty" "$(ctl -j doctor | jq -c .)" "$(ctl -j -p doctor | jq -c .)"
	same "inside" "ip link set dev br0 type bridge ageing_time 30000" \
		"$(in_ns host brguardctl -j doctor | jq -r '.findings[0].remedy')"
	in_ns host bash -c "$(in_ns host brguardctl -j doctor | jq -r '.findings[0].remedy')"
	clean "cured"
}

usage()
{
	local rc=0

	refuse "a word too much" "surplus" ctl doctor surplus
	ctl doctor surplus 2>/dev/null || rc=$?
	same "status" 2 $rc
	expect "help" ctl doctor help
}

ageing_zero()
{
	expect "set" ip -n "$HOST" link set br0 type bridge ageing_time 0
	ill "ageing time 0" ageing-zero:br0
	expect "set" ip -n "$HOST" link set br0 type bridge ageing_time 0
	found "guests are held" ageing-zero:br0
	severity warning ageing-zero:br0
	guarded <<<"port set gst1 mode audit"
	found "a guest is not" ageing-zero:br0 audit:gst1 bpdu-forwarded:gst1 port-flood:gst1
	severity danger ageing-zero:br0
	cure ageing-zero:br0
	clean "cured"
}

ageing_short()
{
	expect "set" ip -n "$HOST" link set br0 type bridge ageing_time 2999
	ill "ageing time 29.99 s" ageing-short:br0
	expect "set" ip -n "$HOST" link set br0 type bridge ageing_time 3000
	clean "ageing time 30 s"
}

group_forward()
{
	expect "set" ip -n "$HOST" link set br0 type bridge group_fwd_mask 0x4000
	ill "LLDP" group-forward:br0
	expect "set" ip -n "$HOST" link set upl0 type bridge_slave group_fwd_mask 0x4000
	ill "LLDP of a port" group-forward:upl0
}

snooping_off()
{
	expect "set" ip -n "$HOST" link set br0 type bridge mcast_snooping 0
	ill "no snooping" snooping-off:br0
}

promiscuous_bridge_by_hand()
{
	expect "set" ip -n "$HOST" link set br0 promisc on
	ill "flag" bridge-promiscuous:br0
	expect "set" ip -n "$HOST" link set br0 promisc on
	found "again" bridge-promiscuous:br0
	guarded <<<"bridge set br0 local-port guarded"
	found "kept from the bridge device"
	expect "set" ip -n "$HOST" link set br0 promisc off
	clean "flag and policy as before"
}

listening()
{
	[ "$(ip -n "$HOST" -d -j link show "$1" | jq '.[0].promiscuity')" = "$2" ]
}

# listen DEV COUNT
listen()
{
	local log

	# It may open its socket twice.
	log=$(mktemp)
	in_ns host tcpdump -i "$1" -w /dev/null 2>"$log" &
	busywait 10 grep -q "listening on" "$log" || fail "tcpdump does not start on $1"
	busywait 10 listening "$1" "$2" || fail "tcpdump does not listen on $1"
	rm -f "$log"
}

promiscuous_bridge_by_a_program()
{
	listen br0 1
	found "program" bridge-promiscuous:br0
	[[ ${REPORT//$'\n    '/ } == *"(tcpdump) listens"* ]] || fail "tcpdump is not named: $REPORT"
	cure bridge-promiscuous:br0
	busywait 10 listening br0 0
	clean "cured"
}

promiscuous_bridge_by_a_device_on_it()
{
	expect "macvlan" ip -n "$HOST" link add mv0 link br0 type macvlan mode passthru
	expect "up" ip -n "$HOST" link set mv0 up
	ill "macvlan" bridge-promiscuous:br0

	expect "vlan" ip -n "$HOST" link add link br0 name br0.7 type vlan id 7
	expect "up" ip -n "$HOST" link set br0.7 up promisc on
	ill "VLAN" bridge-promiscuous:br0
	ip -n "$HOST" link del br0.7
}

# What holds it is in another namespace: that is said, and nothing is promised.
promiscuous_bridge_by_somebody_unseen()
{
	expect "macvlan" ip -n "$HOST" link add mv0 link br0 type macvlan mode passthru
	expect "away" ip -n "$HOST" link set mv0 netns "$NS-far"
	expect "up" ip -n "$NS-far" link set mv0 up
	found "unseen" bridge-promiscuous:br0
	[[ ${REMEDY[bridge-promiscuous:br0]} == "# "* ]] || fail "a remedy is promised"
	ip -n "$NS-far" link del mv0
	clean "gone"
}

promiscuous_port()
{
	expect "set" ip -n "$HOST" link set gst1 promisc on
	ill "flag" port-promiscuous:gst1
	listen gst2 2
	expect "set" ip -n "$HOST" link set gst2 promisc on
	found "program and flag" port-promiscuous:gst2
	cure port-promiscuous:gst2
	busywait 10 listening gst2 1
	clean "cured"
}

enslaved_bridge()
{
	if ! ip -n "$HOST" link add bond7 type bond mode active-backup 2>/dev/null; then
		skip_test "no bonding"
		return
	fi
	ip -n "$HOST" link add br7 type bridge
	policy <<<"bridge set br7"
	if ! ip -n "$HOST" link set br7 master bond7; then
		fail "cannot enslave a bridge"
	else
		guarded </dev/null
		ill "bond" bridge-enslaved:br7
	fi
	ip -n "$HOST" link del br7
	ip -n "$HOST" link del bond7
}

stp_root()
{
	expect "STP" ip -n "$HOST" link set br0 type bridge stp_state 1
	clean "guests are guarded"
	bridge -n "$HOST" link set dev gst1 flood off
	guarded <<<"port set gst1 mode audit"
	found "STP towards a guest" audit:gst1 stp-root:gst1
	cure stp-root:gst1
	found "BPDU guard" audit:gst1
	bridge -n "$HOST" link set dev gst1 guard off root_block on
	found "root block" audit:gst1
	bridge -n "$HOST" link set dev gst1 root_block off flood on
	expect "no STP" ip -n "$HOST" link set br0 type bridge stp_state 0
	clean "all"
}

hairpin()
{
	bridge -n "$HOST" link set dev gst1 hairpin on
	ill "guest" hairpin:gst1
	bridge -n "$HOST" link set dev upl0 hairpin on
	clean "uplink"
	bridge -n "$HOST" link set dev upl0 hairpin off
}

address_on_a_port()
{
	expect "address" ip -n "$HOST" addr add 198.51.100.1/24 dev gst1
	expect "address" ip -n "$HOST" addr add 198.51.100.7/32 dev gst1
	found "two" port-address:gst1 port-address:gst1
	cure port-address:gst1
	found "one" port-address:gst1
	cure port-address:gst1
	clean "none"
	expect "address" ip -n "$HOST" addr add 198.51.100.1/24 dev br0
	clean "on the bridge"
	ip -n "$HOST" addr del 198.51.100.1/24 dev br0
}

# Names that a shell would not leave alone.
odd_names()
{
	local name="a;b\$('\"\\" quoted

	ip -n "$HOST" link add "$name" type veth peer name odd netns "$NS-far"
	ip -n "$HOST" link set "$name" master br0 up
	ip -n "$NS-far" link set odd up
	guarded </dev/null
	found "closed by new-port"
	bridge -n "$HOST" link set dev "$name" hairpin on
	quoted=${name//\\/\\\\}
	quoted=\"${quoted//\"/\\\"}\"
	ill "hairpin" "hairpin:$quoted"
	ip -n "$HOST" link del "$name"

	ip -n "$HOST" link add br0.x type bridge
	ip -n "$HOST" link set br0.x up type bridge ageing_time 0
	ill "dot" ageing-zero:br0.x
	ip -n "$HOST" link del br0.x
}

run_tests
