#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 7: IPv6 from a guest, all but neighbour discovery.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_source
	attacks_any_protocol
	attacks_unspecified
	attacks_header
	attacks_extensions
	attacks_fragments
	attacks_dhcp_server
	right_to_serve_dhcp
	link_local_modes
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
ALL="eth src=$MAC_G dst=33:33:00:00:00:01"
OWN="ip6 src=$IP6_G dst=$IP6_V"

attacks_source()
{
	local src

	for src in $IP6_V $IP6_R $IP6_X $LL_V $LL_R $LL_X ::1 ff02::1 \
			::ffff:192.0.2.1 ::ffff:192.0.2.2 ::192.0.2.1 fe80:: \
			2001:db8:: ff02::2 fec0::1; do
		attack "source $src" src-ip $TO / ip6 src=$src dst=$IP6_V / udp / raw 00
	done
}

attacks_any_protocol()
{
	attack "TCP" src-ip $TO / ip6 src=$IP6_R dst=$IP6_V / tcp
	attack "ICMPv6 echo" src-ip $TO / ip6 src=$IP6_R dst=$IP6_V / icmp6
	attack "group" src-ip $ALL / ip6 src=$IP6_R dst=ff02::1 / udp / raw 00
	attack "behind an extension header" src-ip \
		$TO / ip6 src=$IP6_R dst=$IP6_V / dstopt / udp / raw 00
	attack "later fragment" src-ip \
		$TO / ip6 src=$IP6_R dst=$IP6_V / frag off=24 next=17 / raw n=16
	attack "first fragment" src-ip \
		$TO / ip6 src=$IP6_V dst=$IP6_R / frag m=1 / udp / raw n=16
	attack "later fragment as the victim" src-ip \
		$TO / ip6 src=$LL_V dst=$LL_R / frag off=1448 next=58 / raw n=16
	attack "no next header" src-ip $TO / ip6 src=$IP6_R dst=$IP6_V
	attack "MLD report as the victim" src-ip eth src=$MAC_G dst=33:33:00:00:00:16 / \
		ip6 src=$LL_V dst=ff02::16 hlim=1 / mld2 target=ff02::fb
}

attacks_unspecified()
{
	attack "UDP" src-ip $ALL / ip6 src=:: dst=ff02::1 / udp / raw 00
	attack "TCP" src-ip $TO / ip6 src=:: dst=$IP6_V / tcp
	attack "echo" src-ip $TO / ip6 src=:: dst=$IP6_V / icmp6
	attack "neighbour advertisement" src-ip \
		$ALL / ip6 src=:: dst=ff02::1 / na target=$IP6_V opt=2:$MAC_G
	attack "MLD report to one host" src-ip \
		$TO / ip6 src=:: dst=$IP6_V hlim=1 / mld2 target=ff02::fb
	attack "a later fragment" src-ip \
		$TO / ip6 src=:: dst=$IP6_V / frag off=24 next=17 / raw n=16
	attack "MLD report with hop limit 64" src-ip eth src=$MAC_G dst=33:33:00:00:00:16 / \
		ip6 src=:: dst=ff02::16 hlim=64 / hop / mld2 target=ff02::fb
	attack "MLD query" src-ip eth src=$MAC_G dst=33:33:00:00:00:01 / \
		ip6 src=:: dst=ff02::1 hlim=1 / hop / mld1 type=130 target=ff02::fb
	attack "DHCPv6" src-ip $ALL / ip6 src=:: dst=ff02::1:2 / \
		udp sport=546 dport=547 / raw 01000000
}

attacks_header()
{
	local n

	attack "version 4" malformed $TO / $OWN ver=4 / udp / raw 00
	attack "IPv4 in the EtherType of IPv6" malformed \
		$TO type=0x86dd / ip src=$IP_G dst=$IP_V / udp / raw n=20
	attack "version 0" malformed $TO / $OWN ver=0 / udp / raw 00
	attack "length past the end" malformed $TO / $OWN len=1000 / udp / raw 00
	for n in 14 15 53; do
		attack "cut off at $n bytes" malformed \
			eth src=$MAC_G dst=$MAC_V cut=$n / $OWN / udp / raw 00
	done
	attack "UDP header cut off" malformed $TO / $OWN next=17 / raw 02230222
	attack "ICMPv6 header cut off" malformed $TO / $OWN next=58 / raw 8800
}

attacks_extensions()
{
	local seventeen="" many="" n

	for n in {1..17}; do
		seventeen="$seventeen / dstopt"
	done
	for n in {1..150}; do
		many="$many / dstopt"
	done
	attack "17 extension headers" malformed $TO / $OWN $seventeen / udp / raw 00
	attack "17 of them with an RA" malformed \
		$TO / ip6 src=$LL_G dst=ff02::1 $seventeen / ra
	attack "150 of them" malformed $TO / $OWN $many
	attack "jumbogram" malformed $TO / $OWN len=0 / hop / udp / raw 00
	attack "routing header type 0 with nothing left" malformed \
		$TO / $OWN / rt type=0 left=0 n=2 / udp / raw 00
	attack "routing header type 0 behind another header" malformed \
		$TO / $OWN / dstopt / rt type=0 left=1 n=2 / icmp6
	attack "routing header type 0" malformed \
		$TO / $OWN / rt type=0 left=1 n=2 / udp / raw 00
	attack "hop-by-hop in second place" malformed \
		$TO / $OWN / dstopt / hop / udp / raw 00
	attack "hop-by-hop twice" malformed $TO / $OWN / hop / hop / udp / raw 00
	attack "header longer than the packet" malformed \
		$TO / $OWN / dstopt len=200 / udp / raw 00
	attack "header cut off" malformed $TO / $OWN next=60 / raw 1100
	attack "to ::1" malformed $TO / ip6 src=$IP6_G dst=::1 / udp / raw 00
	attack "to ff01::1" malformed $TO / ip6 src=$IP6_G dst=ff01::1 / udp / raw 00
	attack "MLD report from a global address" malformed \
		$TO / ip6 src=$IP6_G dst=ff02::16 hlim=1 / mld2 target=ff02::1234
}

attacks_fragments()
{
	attack "two fragment headers" malformed \
		$TO / $OWN / frag m=1 / frag off=0 / udp / raw n=16
	attack "no upper header in the first" malformed \
		$TO / $OWN / frag m=1 / dstopt next=6
	attack "two fragment headers of one packet each" malformed \
		$TO / $OWN / frag / frag / udp / raw n=16
	attack "fragment of 9 bytes with more to come" malformed \
		$TO / $OWN / frag m=1 off=8 next=17 / raw n=9
	attack "fragment beyond 65535 bytes" malformed \
		$TO / $OWN / frag off=65528 next=17 / raw n=40
	attack "half a TCP header in the first" malformed \
		$TO / $OWN / frag m=1 next=6 / raw n=8
	attack "half a UDP header in the first" malformed \
		$TO / $OWN / frag m=1 next=17 / raw 02230222
	attack "chain that ends in the first" malformed \
		$TO / $OWN / frag m=1 next=60
}

attacks_dhcp_server()
{
	local to="ip6 src=$LL_G dst=$LL_V" msg="udp sport=547 dport=546 / raw 02000000"

	attack "advertise" dhcp-server $TO / $to / $msg
	attack "reply from the global address" dhcp-server $TO / $OWN / $msg
	attack "behind an extension header" dhcp-server $TO / $to / dstopt / $msg
	attack "in a fragment" dhcp-server $TO / $to / frag / $msg
	attack "in a first fragment" dhcp-server \
		$TO / $to / frag m=1 / udp sport=547 dport=546 / raw n=8
	attack "in a fragment behind a header" dhcp-server \
		$TO / $to / frag / dstopt / $msg
	attack "from another port" dhcp-server \
		$TO / $to / udp sport=1547 dport=546 / raw 02000000
	attack "reply to a relay" dhcp-server \
		$TO / $OWN / udp sport=546 dport=547 / raw 07000001
	attack "a relay's answer" dhcp-server \
		$TO / $OWN / udp sport=1547 dport=547 / raw 0d000001
	attack "as the router" src-ip $TO / ip6 src=$LL_R dst=$LL_V / $msg
}

right_to_serve_dhcp()
{
	local reply="$TO / ip6 src=$LL_G dst=$LL_V / udp sport=547 dport=546 / raw 07"

	guard
	introduce
	drop "reply without the right" dhcp-server $reply
	GUARD="dhcp-server on" guard
	pass "reply with the right" victim $reply
	guard
	drop "reply without the right again" dhcp-server $reply
}

link_local_modes()
{
	local rest="dst=$IP6_V / udp / raw 00"

	guard
	introduce
	pass "eui64: from the MAC" victim $TO / ip6 src=$LL_G $rest
	drop "eui64: another" src-ip $TO / ip6 src=$LL_X $rest
	GUARD="link-local listed" guard
	drop "listed: from the MAC" src-ip $TO / ip6 src=$LL_G $rest
	drop "listed: another" src-ip $TO / ip6 src=$LL_X $rest
	expect "list it" ctl binding add port gst0 mac $MAC_G ip $LL_X
	pass "listed: the one" victim $TO / ip6 src=$LL_X $rest
	GUARD="link-local any" guard
	pass "any: from the MAC" victim $TO / ip6 src=$LL_G $rest
	pass "any: another" victim $TO / ip6 src=$LL_X $rest
	drop "any: a global address" src-ip $TO / ip6 src=$IP6_X $rest
	drop "any: fec0::" src-ip $TO / ip6 src=fec0::1 $rest
}

own_packets()
{
	guard
	introduce
	pass "UDP" victim $TO / $OWN / udp / raw 00
	drop "spoofed UDP" src-ip $TO / ip6 src=$IP6_R dst=$IP6_V / udp / raw 00
	pass "TCP" victim $TO / $OWN / tcp
	pass "behind extension headers" victim \
		$TO / $OWN / hop / dstopt / udp / raw 00
	pass "routing header type 4" victim \
		$TO / $OWN / rt type=4 n=2 / udp / raw 00
	pass "sixteen extension headers" victim $TO / $OWN / hop / dstopt / dstopt / \
		dstopt / dstopt / dstopt / dstopt / dstopt / dstopt / dstopt / dstopt / \
		dstopt / dstopt / dstopt / dstopt / dstopt / udp / raw 00
	pass "authentication header" victim $TO / $OWN / ah / udp / raw 00
	pass "no next header" victim $TO / $OWN
}

from_a_tap()
{
	on_tap attacks_source attacks_header
}

run_tests
