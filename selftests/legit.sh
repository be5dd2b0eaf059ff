#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What must always pass on a correctly bound guest port: no false drop.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	address_resolution
	ipv6_autoconfiguration
	multicast_reports
	dhcp_clients
	names_and_services
	fragments
	protocols
	self_announcement
	mac_without_prefix
	shared_address
	prefix_of_a_router
	real_ping
	real_tcp
	real_fragments
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

set_all()
{
	policy <<-E
		bridge set br0 new-port trusted
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V
	E
	introduce
	reset_counters
}

ALL="eth src=$MAC_G dst=bc"
TO="eth src=$MAC_G dst=$MAC_V"
EVERYBODY="victim uplink host"

address_resolution()
{
	set_all
	pass "request" "$EVERYBODY" $ALL / arp op=1 spa=$IP_G tpa=$IP_V
	pass "request to one host" victim $TO / arp op=1 spa=$IP_G tha=$MAC_V tpa=$IP_V
	pass "reply" victim $TO / arp op=2 spa=$IP_G tha=$MAC_V tpa=$IP_V
	pass "probe" "$EVERYBODY" $ALL / arp op=1 spa=0.0.0.0 tpa=$IP_G
	pass "announcement" "$EVERYBODY" $ALL / arp op=1 spa=$IP_G tpa=$IP_G
	pass "announcement as VMware sends it" "$EVERYBODY" \
		$ALL / arp op=2 spa=$IP_G tha=$MAC_G tpa=$IP_G
	pass "padding of 0" "$EVERYBODY" $ALL pad=60 / arp op=1 spa=$IP_G tpa=$IP_V
	pass "padding that is not 0" "$EVERYBODY" \
		$ALL / arp op=1 spa=$IP_G tpa=$IP_V / raw ffffffffffffffffffffffffffffffffffff
}

ipv6_autoconfiguration()
{
	set_all
	pass "DAD" "$EVERYBODY" eth src=$MAC_G dst=33:33:ff:00:00:01 / \
		ip6 src=:: dst=ff02::1:ff00:1 / ns target=$IP6_G
	pass "DAD of the link-local address, with nonce" "$EVERYBODY" \
		eth src=$MAC_G dst=33:33:ff:00:00:01 / \
		ip6 src=:: dst=ff02::1:ff00:1 / ns target=$LL_G opt=14:1:010203040506
	pass "router solicitation" "$EVERYBODY" eth src=$MAC_G dst=33:33:00:00:00:02 / \
		ip6 src=$LL_G dst=ff02::2 / rs opt=1:$MAC_G
	pass "router solicitation from ::" "$EVERYBODY" \
		eth src=$MAC_G dst=33:33:00:00:00:02 / ip6 src=:: dst=ff02::2 / rs
	pass "solicitation" "$EVERYBODY" eth src=$MAC_G dst=33:33:ff:00:00:02 / \
		ip6 src=$IP6_G dst=ff02::1:ff00:2 / ns target=$IP6_V opt=1:$MAC_G
	pass "unreachability probe" victim \
		$TO / ip6 src=$LL_G dst=$IP6_V / ns target=$IP6_V
	pass "advertisement" victim $TO / ip6 src=$IP6_G dst=$IP6_V / \
		na flags=0x60000000 target=$IP6_G opt=2:$MAC_G
	pass "unsolicited advertisement" "$EVERYBODY" eth src=$MAC_G dst=33:33:00:00:00:01 / \
		ip6 src=$LL_G dst=ff02::1 / na target=$IP6_G opt=2:$MAC_G
}

multicast_reports()
{
	local n

	set_all
	for n in 0x12 0x16 0x22; do
		pass "IGMP $n from 0.0.0.0" victim eth src=$MAC_G dst=01:00:5e:00:00:16 / \
			ip src=0.0.0.0 dst=224.0.0.22 ttl=1 opt=94040000 / igmp type=$n
		pass "IGMP $n" victim eth src=$MAC_G dst=01:00:5e:00:00:16 / \
			ip src=$IP_G dst=224.0.0.22 ttl=1 opt=94040000 / igmp type=$n
	done
	pass "IGMP leave" victim eth src=$MAC_G dst=01:00:5e:00:00:02 / \
		ip src=$IP_G dst=224.0.0.2 ttl=1 opt=94040000 / igmp type=0x17
	pass "MLDv2 from ::" victim eth src=$MAC_G dst=33:33:00:00:00:16 / \
		ip6 src=:: dst=ff02::16 hlim=1 / hop / mld2 target=ff02::1:ff00:1
	pass "MLDv2" victim eth src=$MAC_G dst=33:33:00:00:00:16 / \
		ip6 src=$LL_G dst=ff02::16 hlim=1 / hop / mld2 target=ff02::fb
	pass "MLDv1" victim eth src=$MAC_G dst=33:33:00:00:00:fb / \
		ip6 src=$LL_G dst=ff02::fb hlim=1 / hop / mld1 target=ff02::fb
	pass "MLDv1 from ::" victim eth src=$MAC_G dst=33:33:00:00:00:fb / \
		ip6 src=:: dst=ff02::fb hlim=1 / hop / mld1 target=ff02::fb
}

dhcp_clients()
{
	set_all
	pass "discover" "$EVERYBODY" \
		$ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp
	pass "request with TOS" "$EVERYBODY" \
		$ALL / ip src=0.0.0.0 tos=0x10 / udp sport=68 dport=67 / dhcp type=3
	pass "renewal" victim $TO / ip src=$IP_G dst=$IP_V / \
		udp sport=68 dport=67 / dhcp type=3 ciaddr=$IP_G
	pass "rebinding" "$EVERYBODY" \
		$ALL / ip src=$IP_G / udp sport=68 dport=67 / dhcp type=3 ciaddr=$IP_G
	pass "DHCPv6 solicit" "$EVERYBODY" eth src=$MAC_G dst=33:33:00:01:00:02 / \
		ip6 src=$LL_G dst=ff02::1:2 / udp sport=546 dport=547 / raw 01000001
	pass "DHCPv6 renewal" victim $TO / ip6 src=$IP6_G dst=$IP6_V / \
		udp sport=546 dport=547 / raw 05000001
	FROM=uplink
	pass "offer to the guest" guest eth src=$MAC_R dst=$MAC_G / \
		ip src=$IP_R dst=$IP_G / udp sport=67 dport=68 / dhcp op=2
	pass "offer to all" "guest victim" eth src=$MAC_R / \
		ip src=$IP_R / udp sport=67 dport=68 / dhcp op=2
	pass "DHCPv6 reply" guest eth src=$MAC_R dst=$MAC_G / \
		ip6 src=$LL_R dst=$LL_G / udp sport=547 dport=546 / raw 07000001
	FROM=guest
}

names_and_services()
{
	local group="eth src=$MAC_G dst=01:00:5e:00:00:fb / ip src=$IP_G ttl=255"

	set_all
	pass "mDNS" "$EVERYBODY" $group dst=224.0.0.251 / \
		udp sport=5353 dport=5353 / raw n=40
	pass "LLMNR" "$EVERYBODY" $group dst=224.0.0.252 / udp dport=5355 / raw n=40
	pass "SSDP" "$EVERYBODY" $group dst=239.255.255.250 / udp dport=1900 / raw n=40
	pass "mDNS over IPv6" "$EVERYBODY" eth src=$MAC_G dst=33:33:00:00:00:fb / \
		ip6 src=$LL_G dst=ff02::fb / udp sport=5353 dport=5353 / raw n=40
	pass "NetBIOS to the subnet" "$EVERYBODY" $ALL / \
		ip src=$IP_G dst=192.0.2.255 / udp sport=137 dport=137 / raw n=50
}

fragments()
{
	set_all
	pass "IPv4, first" victim $TO / ip src=$IP_G dst=$IP_V mf=1 / udp / raw n=24
	pass "IPv4, middle" victim \
		$TO / ip src=$IP_G dst=$IP_V mf=1 off=32 proto=17 / raw n=32
	pass "IPv4, last" victim \
		$TO / ip src=$IP_G dst=$IP_V off=64 proto=17 / raw n=3
	pass "IPv6, first" victim \
		$TO / ip6 src=$IP6_G dst=$IP6_V / frag m=1 / udp / raw n=24
	pass "IPv6, last" victim \
		$TO / ip6 src=$IP6_G dst=$IP6_V / frag off=32 next=17 / raw n=3
	pass "IPv6, atomic" victim \
		$TO / ip6 src=$IP6_G dst=$IP6_V / frag off=0 / udp / raw n=24
	pass "IPv6 echo in fragments" victim \
		$TO / ip6 src=$IP6_G dst=$IP6_V / frag m=1 / icmp6 type=128 / raw n=24
}

protocols()
{
	local n

	set_all
	for n in 4 41 47 50 51 89 112 115 132 136; do
		pass "IPv4 protocol $n" victim \
			$TO / ip src=$IP_G dst=$IP_V proto=$n / raw n=40
	done
	for n in 4 41 47 50 89 112 115 132 136; do
		pass "IPv6 protocol $n" victim \
			$TO / ip6 src=$IP6_G dst=$IP6_V next=$n / raw n=40
	done
	pass "AH" victim $TO / ip6 src=$IP6_G dst=$IP6_V / ah / tcp
	for n in 1 2 3 4 128 129 144 145; do
		pass "ICMPv6 type $n" victim \
			$TO / ip6 src=$IP6_G dst=$IP6_V / icmp6 type=$n / raw n=48
	done
	for n in 0 3 8 11 12 13; do
		pass "ICMP type $n" victim \
			$TO / ip src=$IP_G dst=$IP_V / icmp type=$n / raw n=28
	done
	pass "padded IPv4" victim $TO pad=60 / ip src=$IP_G dst=$IP_V / udp
	pass "padded IPv6" victim $TO pad=90 / ip6 src=$IP6_G dst=$IP6_V / udp
	pass "don't fragment" victim $TO / ip src=$IP_G dst=$IP_V df=1 / tcp
}

# As qemu's announce_self_create(): 60 bytes, RARP request to all.
self_announcement()
{
	set_all
	pass "RARP" "$EVERYBODY" ${ALL} pad=60 / rarp op=3 sha=$MAC_G tha=$MAC_G
}

mac_without_prefix()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G
	E
	pass "DHCP" victim $ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp
	pass "DAD of the link-local address" victim \
		eth src=$MAC_G dst=33:33:ff:00:00:01 / \
		ip6 src=:: dst=ff02::1:ff00:1 / ns target=$LL_G
	pass "DHCPv6" victim eth src=$MAC_G dst=33:33:00:01:00:02 / \
		ip6 src=$LL_G dst=ff02::1:2 / udp sport=546 dport=547 / raw 01000001
	drop "IPv4" src-ip $TO / ip src=$IP_G dst=$IP_V / udp
	drop "ARP probe" arp $ALL / arp op=1 spa=0.0.0.0 tpa=$IP_G
}

# The same address on two ports, as with VRRP.
shared_address()
{
	local vmac=00:00:5e:00:01:01 vip=192.0.2.100

	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G
		binding add port gst0 mac $vmac ip $vip shared
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V
		binding add port vic0 mac $vmac ip $vip shared
	E
	pass "announcement by one" "uplink victim" eth src=$vmac / arp op=1 spa=$vip tpa=$vip
	FROM=victim
	pass "announcement by the other" "uplink guest" \
		eth src=$vmac / arp op=1 spa=$vip tpa=$vip
	FROM=guest
	drop "of another's address" arp eth src=$vmac / arp op=1 spa=$IP_V tpa=$IP_V
}

prefix_of_a_router()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip 198.51.100.0/24 ip 2001:db8:5::/48
	E
	pass "its own address" victim $TO / ip src=$IP_G dst=$IP_V / udp
	pass "first of the prefix" victim $TO / ip src=198.51.100.0 dst=$IP_V / udp
	pass "last of the prefix" victim $TO / ip src=198.51.100.255 dst=$IP_V / udp
	pass "IPv6 prefix" victim $TO / ip6 src=2001:db8:5:ffff::9 dst=$IP6_V / udp
	drop "in front of the prefix" src-ip $TO / ip src=198.51.99.255 dst=$IP_V / udp
	drop "behind the prefix" src-ip $TO / ip src=198.51.101.0 dst=$IP_V / udp
	drop "behind the IPv6 prefix" src-ip \
		$TO / ip6 src=2001:db8:6::1 dst=$IP6_V / udp
}

no_drops()
{
	same "$1: counters" "" "$(ctl stats | awk '$4 == "dropped"')"
}

# From here on the ends have addresses: real stacks talk.
# families ADDRESS...: those that this kernel can speak with.
families()
{
	local address

	for address; do
		if [[ $address != *:* ]] || has_ipv6; then
			echo $address
		fi
	done
}

real_ping()
{
	local to

	lab_stop
	set_policy_only
	lab_addresses
	for to in $(families $IP_V $IP_R $IP6_V $IP6_R $LL_V%eth0); do
		expect "ping $to" in_ns guest ping -q -c 2 -i 0.2 -W 5 $to
	done
	for to in $(families $IP_G $IP6_G); do
		expect "ping the guest" in_ns uplink ping -q -c 2 -i 0.2 -W 5 $to
	done
	no_drops "DAD, ARP, neighbour discovery, ping"
}

set_policy_only()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
		port set vic0 role guest
		binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V
	E
	reset_counters
}

listening()
{
	[ -n "$(in_ns victim ss -Hltn "sport = :5201")" ]
}

# veth segments nothing: frames of 64 KiB cross the bridge.
real_tcp()
{
	local to pid

	if ! command -v iperf3 >/dev/null; then
		skip_test "no iperf3"
		return
	fi
	in_ns victim iperf3 -s >/dev/null 2>&1 &
	pid=$!
	busywait 10 listening || fail "no server"
	for to in $(families $IP_V $IP6_V); do
		expect "TCP to $to" in_ns guest iperf3 -c $to -n 8M
		expect "TCP from $to" in_ns guest iperf3 -R -c $to -n 8M
	done
	kill $pid
	wait $pid 2>/dev/null
	no_drops "TCP"
}

real_fragments()
{
	local to

	for to in $(families $IP_V $IP6_V); do
		expect "to $to" in_ns guest ping -q -c 2 -i 0.2 -W 5 -s 20000 $to
	done
	no_drops "fragments"
}

run_tests
