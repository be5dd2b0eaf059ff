#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 6: IPv4 from a guest.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_source
	attacks_any_protocol
	attacks_unspecified
	attacks_header
	attacks_dhcp_client
	attacks_dhcp_server
	right_to_serve_dhcp
	attacks_router
	right_to_route_multicast
	own_packets
	from_a_tap
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

TO="eth src=$MAC_G dst=$MAC_V"
ALL="eth src=$MAC_G dst=bc"

attacks_source()
{
	local src

	for src in $IP_V $IP_R $IP_H $IP_X 127.0.0.1 224.0.0.1 239.255.255.250 \
			255.255.255.255 240.0.0.1 192.0.2.0 192.0.2.255; do
		attack "source $src" src-ip \
			$TO / ip src=$src dst=$IP_V / udp / raw 00
	done
}

attacks_any_protocol()
{
	attack "TCP" src-ip $TO / ip src=$IP_R dst=$IP_V / tcp
	attack "ICMP" src-ip $TO / ip src=$IP_R dst=$IP_V / icmp / raw n=56
	attack "ICMP redirect" src-ip \
		$TO / ip src=$IP_R dst=$IP_V / icmp type=5 code=1 / raw n=32
	attack "GRE" src-ip $TO / ip src=$IP_R dst=$IP_V proto=47 / raw n=40
	attack "OSPF" src-ip $ALL / ip src=$IP_R dst=224.0.0.5 proto=89 / raw n=40
	attack "VRRP" src-ip $ALL / ip src=$IP_R dst=224.0.0.18 proto=112 / raw n=40
	attack "first fragment" src-ip \
		$TO / ip src=$IP_R dst=$IP_V mf=1 / udp / raw n=16
	attack "later fragment" src-ip \
		$TO / ip src=$IP_R dst=$IP_V proto=17 off=24 / raw n=16
	attack "first fragment as the victim" src-ip \
		$TO / ip src=$IP_V dst=$IP_R mf=1 / udp / raw n=16
	attack "later fragment as the victim" src-ip \
		$TO / ip src=$IP_V dst=$IP_R proto=17 off=1480 / raw n=16
	attack "last fragment of TCP as the victim" src-ip \
		$TO / ip src=$IP_V dst=$IP_R proto=6 off=65512 / raw n=3
	attack "with options" src-ip \
		$TO / ip src=$IP_R dst=$IP_V opt=01010101 / udp / raw 00
	attack "broadcast" src-ip $ALL / ip src=$IP_R / udp / raw 00
	attack "DHCP request as the router" src-ip \
		$ALL / ip src=$IP_R / udp sport=68 dport=67 / dhcp
}

attacks_unspecified()
{
	attack "UDP" src-ip $ALL / ip src=0.0.0.0 / udp / raw 00
	attack "TCP" src-ip $TO / ip src=0.0.0.0 dst=$IP_V / tcp
	attack "a later fragment" src-ip \
		$TO / ip src=0.0.0.0 dst=$IP_V proto=17 off=24 / raw n=16
	attack "0.0.0.1" src-ip $TO / ip src=0.0.0.1 dst=$IP_V / udp / raw 00
	attack "DHCP of 16 bytes hardware address" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp hlen=16
	attack "DHCP, hardware type 6" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp htype=6
	attack "IGMP leave" src-ip eth src=$MAC_G dst=01:00:5e:00:00:02 / \
		ip src=0.0.0.0 dst=224.0.0.2 / igmp type=0x17
	attack "ICMP" src-ip $TO / ip src=0.0.0.0 dst=$IP_V / icmp
	attack "DHCP for the victim" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp chaddr=$MAC_V
	attack "DHCP from a wrong port" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=69 dport=67 / dhcp
	attack "DHCP reply" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=67 dport=68 / dhcp op=2
	attack "DHCP to one host" src-ip \
		$TO / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp
	attack "DHCP to one address" src-ip \
		$ALL / ip src=0.0.0.0 dst=$IP_V / udp sport=68 dport=67 / dhcp
	attack "DHCP in a fragment" src-ip \
		$ALL / ip src=0.0.0.0 mf=1 / udp sport=68 dport=67 / dhcp
	attack "DHCP without a body" src-ip \
		$ALL / ip src=0.0.0.0 / udp sport=68 dport=67 / raw 01
	attack "IGMP query" src-ip eth src=$MAC_G dst=01:00:5e:00:00:01 / \
		ip src=0.0.0.0 dst=224.0.0.1 / igmp type=0x11
	attack "IGMP report to one address" src-ip \
		$TO / ip src=0.0.0.0 dst=$IP_V / igmp
}

attacks_header()
{
	local n

	attack "version 6" malformed $TO / ip ver=6 src=$IP_G dst=$IP_V / udp
	attack "IPv6 in the EtherType of IPv4" malformed \
		$TO type=0x0800 / ip6 src=$IP6_G dst=$IP6_V / udp / raw 00
	attack "an IPv6 advertisement in it" malformed $TO type=0x0800 / \
		ip6 src=$LL_G dst=ff02::1 / na target=$IP6_V opt=2:$MAC_G
	attack "version 0" malformed $TO / ip ver=0 src=$IP_G dst=$IP_V / udp
	for n in 0 1 2 3 4; do
		attack "header length $n" malformed \
			$TO / ip ihl=$n src=$IP_G dst=$IP_V / udp / raw 00
	done
	attack "header beyond the packet" malformed \
		$TO / ip ihl=15 src=$IP_G dst=$IP_V / udp / raw 00
	attack "length 0" malformed $TO / ip len=0 src=$IP_G dst=$IP_V / udp / raw 00
	attack "length 19" malformed $TO / ip len=19 src=$IP_G dst=$IP_V / udp
	attack "length past the end" malformed \
		$TO / ip len=1400 src=$IP_G dst=$IP_V / udp / raw 00
	for n in 14 15 33; do
		attack "cut off at $n bytes" malformed \
			eth src=$MAC_G dst=$MAC_V cut=$n / ip src=$IP_G dst=$IP_V / udp
	done
	attack "wrong header checksum" malformed \
		$TO / ip csum=0x1234 src=$IP_G dst=$IP_V / udp / raw 00
	attack "no header checksum" malformed \
		$TO / ip csum=0 src=$IP_G dst=$IP_V / udp / raw 00
	attack "fragment of 9 bytes with more to come" malformed \
		$TO / ip src=$IP_G dst=$IP_V mf=1 off=8 proto=17 / raw n=9
	attack "fragment beyond 65535 bytes" malformed \
		$TO / ip src=$IP_G dst=$IP_V off=65528 proto=1 / raw n=40
	attack "to 127.0.0.1" malformed $TO / ip src=$IP_G dst=127.0.0.1 / udp / raw 00
	attack "UDP header cut off" malformed \
		$TO / ip src=$IP_G dst=$IP_V proto=17 / raw 00430044
	attack "UDP header in two fragments" malformed \
		$TO / ip src=$IP_G dst=$IP_V mf=1 proto=17 / raw 00430044
}

# From the own address: what a server would take for another client's.
attacks_dhcp_client()
{
	local client="udp sport=68 dport=67"

	attack "release of the victim's lease" src-ip $TO / ip src=$IP_G dst=$IP_V / \
		$client / dhcp type=7 ciaddr=$IP_V chaddr=$MAC_V
	attack "release of the victim's address" src-ip \
		$TO / ip src=$IP_G dst=$IP_V / $client / dhcp type=7 ciaddr=$IP_V
	attack "one client of many" src-ip \
		$ALL / ip src=$IP_G / $client / dhcp chaddr=02:00:00:00:77:01
	attack "the same with options" src-ip $ALL / ip src=$IP_G opt=01010101 / \
		$client / dhcp chaddr=02:00:00:00:77:01
	attack "in a fragment" src-ip $ALL / ip src=$IP_G mf=1 / $client / dhcp
	attack "without a body" src-ip $ALL / ip src=$IP_G / $client / raw 0101
	attack "release of the victim's lease from another port" src-ip $TO / \
		ip src=$IP_G dst=$IP_V / udp sport=4096 dport=67 / \
		dhcp type=7 ciaddr=$IP_V chaddr=$MAC_V
	attack "one client of many from another port" src-ip \
		$ALL / ip src=$IP_G / udp sport=4096 dport=67 / dhcp chaddr=02:00:00:00:77:01
}

attacks_dhcp_server()
{
	attack "offer" dhcp-server \
		$TO / ip src=$IP_G dst=$IP_V / udp sport=67 dport=68 / dhcp op=2
	attack "offer to all" dhcp-server \
		$ALL / ip src=$IP_G / udp sport=67 dport=68 / dhcp op=2
	attack "offer from another port" dhcp-server \
		$ALL / ip src=$IP_G / udp sport=1067 dport=68 / dhcp op=2
	attack "answer to a relay" dhcp-server \
		$TO / ip src=$IP_G dst=$IP_V / udp sport=67 dport=67 / dhcp op=2
	attack "answer to a relay from another port" dhcp-server \
		$TO / ip src=$IP_G dst=$IP_V / udp sport=4096 dport=67 / dhcp op=2
	attack "a relay's message" dhcp-server $TO / ip src=$IP_G dst=$IP_V / \
		udp sport=68 dport=67 / dhcp giaddr=$IP_G
	attack "a relay's message from 0.0.0.0" src-ip $ALL / ip src=0.0.0.0 / \
		udp sport=68 dport=67 / dhcp giaddr=$IP_V
	attack "offer in a fragment" dhcp-server \
		$ALL / ip src=$IP_G mf=1 / udp sport=67 dport=68 / dhcp op=2
	attack "offer in the first of many fragments" dhcp-server $ALL / \
		ip src=$IP_G mf=1 len=28 proto=17 / raw 0043004400f80000
	attack "acknowledgment from a relay" dhcp-server \
		$TO / ip src=$IP_G dst=$IP_V / udp sport=67 dport=1067 / dhcp op=2 type=5
	attack "offer behind options" dhcp-server $ALL / \
		ip src=$IP_G opt=0101010101010101 / udp sport=67 dport=68 / dhcp op=2
	attack "offer as the router" src-ip \
		$ALL / ip src=$IP_R / udp sport=67 dport=68 / dhcp op=2
}

ROUTERS="eth src=$MAC_G dst=01:00:5e:00:00:01 / ip src=$IP_G dst=224.0.0.1"

# Who routes for hosts, and, with snooping, gets all groups.
attacks_router()
{
	attack "router advertisement" ra $ROUTERS / icmp type=9
	attack "router advertisement with options" ra $ROUTERS ttl=1 opt=94040000 / icmp type=9
	attack "redirect" ra $TO / ip src=$IP_G dst=$IP_V / icmp type=5 code=1
	attack "IGMP query" ra $ROUTERS / igmp type=0x11 group=0.0.0.0
	attack "IGMP query with options" ra $ROUTERS ttl=1 opt=94040000 / \
		igmp type=0x11 group=0.0.0.0
	attack "IGMP query to one host" ra $TO / ip src=$IP_G dst=$IP_V / \
		igmp type=0x11 group=0.0.0.0
	attack "IGMP query, later fragment" ra $ROUTERS off=8 / \
		igmp type=0x11 group=0.0.0.0
	attack "advertisement, later fragment" ra $ROUTERS off=8 / igmp type=0x30
	attack "PIM, later fragment" ra $ROUTERS off=8 proto=103 / raw 2000dfff
	attack "DVMRP" ra $ROUTERS / igmp type=0x13
	attack "PIM version 1" ra $ROUTERS / igmp type=0x14
	attack "advertisement" ra $ROUTERS / igmp type=0x30
	attack "termination" ra $ROUTERS / igmp type=0x32
	attack "PIM" ra $ROUTERS proto=103 / raw 20000000
}

right_to_route_multicast()
{
	local query="$ROUTERS / igmp type=0x11 group=0.0.0.0"

	guard
	introduce
	drop "query without the right" ra $query
	GUARD="router on" guard
	pass "query with the right" "victim uplink host" $query
	drop "query as the router" src-ip eth src=$MAC_G dst=01:00:5e:00:00:01 / \
		ip src=$IP_R dst=224.0.0.1 / igmp type=0x11 group=0.0.0.0
	guard
	drop "query without the right again" ra $query
	pass "report" "victim uplink host" $ROUTERS / igmp type=0x16
}

right_to_serve_dhcp()
{
	local offer="$ALL / ip src=$IP_G / udp sport=67 dport=68 / dhcp op=2"

	guard
	introduce
	drop "offer without the right" dhcp-server $offer
	GUARD="dhcp-server on" guard
	pass "offer with the right" "victim uplink host" $offer
	drop "offer as the router" src-ip \
		$ALL / ip src=$IP_R / udp sport=67 dport=68 / dhcp op=2
	guard
	drop "offer without the right again" dhcp-server $offer
}

own_packets()
{
	guard
	introduce
	pass "UDP" victim $TO / ip src=$IP_G dst=$IP_V / udp / raw 00
	drop "spoofed UDP" src-ip $TO / ip src=$IP_R dst=$IP_V / udp / raw 00
	pass "TCP" victim $TO / ip src=$IP_G dst=$IP_V / tcp
	pass "to an address far away" victim $TO / ip src=$IP_G dst=$IP_X / tcp
	pass "with options" victim \
		$TO / ip src=$IP_G dst=$IP_V opt=94040000 / udp / raw 00
}

from_a_tap()
{
	on_tap attacks_source attacks_header
}

run_tests
