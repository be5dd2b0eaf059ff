#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# brguardctl doctor: bridges that are one network, packet filters, answers for others.
# shellcheck disable=SC2034,SC2086,SC2119,SC2120,SC2317

TESTS="
	joined_bridges
	bridges_in_a_loop
	joined_by_a_vlan
	packet_filter_of_nftables
	packet_filter_of_old_iptables
	proxy_arp_after_link_down
	proxy_arp_by_default_route
	proxy_arp_with_empty_table
	proxy_arp_of_a_routed_guest
	proxy_arp_pvlan
	proxy_ndp
"

# shellcheck source=/dev/null
. "$(dirname "$0")/doctor_lib.sh"

# pair A B BRIDGE_A BRIDGE_B
pair()
{
	ip -n "$HOST" link add "$1" type veth peer name "$2"
	ip -n "$HOST" link set "$1" master "$3"
	ip -n "$HOST" link set "$2" master "$4"
}

joined_bridges()
{
	local join

	second_bridge
	pair va vb br0 br1
	guarded <<-E
		port set va role trusted
		port set vb role trusted
	E
	found "down"
	ip -n "$HOST" link set va up
	ip -n "$HOST" link set vb up
	join=bridges-joined:$(lower_of va vb)
	found "joined" "$join"
	severity warning "$join"
	cure "$join"
	found "STP"
	ip -n "$HOST" link del va
	ip -n "$HOST" link del br1
	ip -n "$HOST" link set br0 type bridge stp_state 0
	clean "all"
}

# lower_of A B: the one with the lower index.
lower_of()
{
	local dev

	for dev; do
		ip -n "$HOST" -j link show "$dev" | jq -r '.[0] | "\(.ifindex) \(.ifname)"'
	done | sort -n | head -n 1 | cut -d' ' -f2
}

# The devices are down on the far side of br1, so that nothing goes round.
bridges_in_a_loop()
{
	local dev first second

	second_bridge
	ip -n "$HOST" link set br1 down
	pair va vb br0 br1
	pair vc vd br0 br1
	guarded <<-E
		port set v[abcd] role trusted
	E
	for dev in va vb vc vd; do
		ip -n "$HOST" link set $dev up
	done
	first=bridges-joined:$(lower_of va vb) second=bridges-joined:$(lower_of vc vd)
	found "loop" "$first" "$second"
	severity danger "$second"
	cure "$second"
	found "STP"
	ip -n "$HOST" link del va
	ip -n "$HOST" link del vc
	ip -n "$HOST" link del br1
	ip -n "$HOST" link set br0 type bridge stp_state 0
	clean "all"
}

joined_by_a_vlan()
{
	second_bridge
	ip -n "$HOST" link add link br0 name br0.7 type vlan id 7
	ip -n "$HOST" link set br0.7 master br1 up
	guarded <<<"port set br0.7 role trusted"
	found "VLAN of a bridge on a bridge" bridge-promiscuous:br0 bridges-joined:br0.7
	cure bridges-joined:br0.7
	found "STP" bridge-promiscuous:br0
	cure bridge-promiscuous:br0
	found "taken off"
	ip -n "$HOST" link del br0.7

	ip -n "$HOST" link set br0 type bridge stp_state 0
	ip -n "$HOST" link set br1 type bridge stp_state 0
	ip -n "$HOST" link add link upl0 name upl0.7 type vlan id 7
	ip -n "$HOST" link set upl0.7 master br1 up
	guarded <<<"port set upl0.7 role trusted"
	found "VLAN of a port on another bridge" bridges-joined:upl0.7 port-promiscuous:upl0
	cure bridges-joined:upl0.7
	ip -n "$HOST" link del upl0.7
	ip -n "$HOST" link del br1
	ip -n "$HOST" link set br0 type bridge stp_state 0
	clean "all"
}

# Its sysctls are on as soon as it is loaded.
need_br_netfilter()
{
	if ! modprobe -q br_netfilter; then
		skip_test "no br_netfilter"
		return 1
	fi
	sysctl_host net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1
}

packet_filter_of_nftables()
{
	need_br_netfilter || return
	clean "no filter"
	in_ns host nft -f - <<-E
		table ip filter {
			chain FORWARD { type filter hook forward priority 0; policy accept; }
			chain INPUT { type filter hook input priority 0; policy drop; }
		}
	E
	clean "policy accept"
	expect "drop" in_ns host nft chain ip filter FORWARD "{ policy drop; }"
	ill "policy drop" br-netfilter:br0
	sysctl_host net.bridge.bridge-nf-call-iptables=1
	expect "flush" in_ns host nft flush ruleset
	clean "flushed"
	in_ns host nft -f - <<-E
		table inet f {
			chain c { type filter hook forward priority 5; policy drop; }
		}
	E
	ill "IPv4 and IPv6" br-netfilter:br0
	expect "the bridge alone" ip -n "$HOST" link set br0 type bridge nf_call_ip6tables 1
	ill "the bridge alone" br-netfilter:br0
	expect "flush" in_ns host nft flush ruleset
}

packet_filter_of_old_iptables()
{
	need_br_netfilter || return
	if ! in_ns host iptables-legacy -S >/dev/null 2>&1; then
		skip_test "no iptables-legacy"
		return
	fi
	expect "rule" in_ns host iptables-legacy -A FORWARD -i lo -j ACCEPT
	clean "policy accept"
	expect "drop" in_ns host iptables-legacy -P FORWARD DROP
	ill "policy drop" br-netfilter:br0
	expect "accept" in_ns host iptables-legacy -P FORWARD ACCEPT
	sysctl_host net.bridge.bridge-nf-call-iptables=1
	clean "policy accept"
	has_ipv6 || return 0
	expect "drop" in_ns host ip6tables-legacy -P FORWARD DROP
	ill "IPv6" br-netfilter:br0
	expect "accept" in_ns host ip6tables-legacy -P FORWARD ACCEPT
}

# The host has a segment behind seg0 and its default route elsewhere.
segment_create()
{
	ip -n "$HOST" link add seg0 type veth peer name seg netns "$NS-far"
	ip -n "$HOST" link add out0 type dummy
	ip -n "$HOST" link set seg0 up
	ip -n "$HOST" link set out0 up
	ip -n "$HOST" addr add 203.0.113.1/24 dev out0
	ip -n "$HOST" route add default via 203.0.113.254 dev out0
	ip -n "$NS-far" addr add 198.51.100.2/24 dev seg
	ip -n "$NS-far" link set seg up
	sysctl_host net.ipv4.conf.seg0.proxy_arp=1 net.ipv4.conf.seg0.forwarding=1 \
		net.ipv4.conf.seg0.rp_filter=0 net.ipv4.conf.all.rp_filter=0 \
		net.ipv4.neigh.seg0.proxy_delay=0
}

segment_destroy()
{
	ip -n "$HOST" link del seg0 2>/dev/null
	ip -n "$HOST" link del out0
}

# Does the host answer for a neighbour in the segment?
answers()
{
	in_ns far arping -c 1 -w 1 -I seg "${1-198.51.100.77}" >/dev/null 2>&1
}

is_answered()
{
	if ! command -v arping >/dev/null; then
		return
	fi
	answers || fail "$1: the host does not answer"
}

is_silent()
{
	! answers || fail "$1: the host answers"
}

# The story: a routing table for the segment, emptied by ifdown and ifup.
table_fill()
{
	ip -n "$HOST" route add 198.51.100.0/24 dev seg0 table 90
	ip -n "$HOST" route add default via 198.51.100.254 dev seg0 table 90
}

proxy_arp_after_link_down()
{
	segment_create
	ip -n "$HOST" rule add iif seg0 lookup 90
	table_fill
	is_silent "table filled"
	clean "table filled"
	ip -n "$HOST" link set seg0 down
	ip -n "$HOST" link set seg0 up
	busywait 5 is_answered "table empty"
	found "table emptied" proxy-arp:seg0
	severity danger proxy-arp:seg0
	cure proxy-arp:seg0
	is_silent "cured"
	clean "cured"

	sysctl_host net.ipv4.conf.all.proxy_arp=1
	is_answered "for all devices"
	found "for all devices" proxy-arp:seg0
	cure proxy-arp:seg0
	is_silent "cured"
	clean "cured"
	ip -n "$HOST" rule del iif seg0 lookup 90
	segment_destroy
}

proxy_arp_by_default_route()
{
	segment_create
	is_answered "no route to the segment"
	found "no route to the segment" proxy-arp:seg0
	ip -n "$HOST" addr add 198.51.100.3/24 dev seg0
	is_silent "a route to the segment"
	clean "a route to the segment"
	ip -n "$HOST" rule add from 198.51.100.0/24 lookup 91
	ip -n "$HOST" route add default via 203.0.113.254 dev out0 table 91
	is_answered "another table in front"
	ill "another table in front" proxy-arp:seg0
	is_silent "cured"
	sysctl_host net.ipv4.conf.seg0.proxy_arp=1 net.ipv4.conf.seg0.forwarding=0
	is_silent "no forwarding"
	clean "no forwarding"
	ip -n "$HOST" rule del from 198.51.100.0/24 lookup 91
	segment_destroy
}

# Nobody is harmed yet: all tables are without a route for the segment.
proxy_arp_with_empty_table()
{
	segment_create
	ip -n "$HOST" rule add iif seg0 lookup 90
	ip -n "$HOST" route del default
	is_silent "no route at all"
	found "no route at all" proxy-arp:seg0
	severity warning proxy-arp:seg0
	cure proxy-arp:seg0
	clean "cured"
	ip -n "$HOST" rule del iif seg0 lookup 90
	segment_destroy
}

# Ganeti and others: one guest behind a device, to whom the host is everybody.
proxy_arp_of_a_routed_guest()
{
	segment_create
	ip -n "$HOST" route add 198.51.100.2/32 dev seg0
	is_answered "routed guest"
	clean "routed guest"
	segment_destroy
}

proxy_arp_pvlan()
{
	segment_create
	ip -n "$HOST" addr add 198.51.100.3/24 dev seg0
	sysctl_host net.ipv4.conf.seg0.proxy_arp=0 net.ipv4.conf.seg0.proxy_arp_pvlan=1
	is_answered "private VLAN"
	ill "private VLAN" proxy-arp-pvlan:seg0
	is_silent "cured"
	segment_destroy
}

proxy_ndp()
{
	if ! in_ns host test -d /proc/sys/net/ipv6; then
		skip_test "no IPv6"
		return
	fi
	segment_create
	sysctl_host net.ipv4.conf.seg0.proxy_arp=0 \
		net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.seg0.disable_ipv6=0 \
		net.ipv6.conf.out0.disable_ipv6=0 \
		net.ipv6.conf.seg0.proxy_ndp=1 net.ipv6.conf.seg0.forwarding=1
	ip -n "$HOST" -6 neigh add proxy 2001:db8:7::9 dev seg0
	found "no route" proxy-ndp:seg0
	ip -n "$HOST" -6 route add 2001:db8:7::9 dev out0
	found "a route elsewhere"
	ip -n "$HOST" -6 route replace 2001:db8:7::9 dev seg0
	ill "a route back" proxy-ndp:seg0
	sysctl_host net.ipv6.conf.all.disable_ipv6=1
	segment_destroy
	clean "all"
}

run_tests
