#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 7: neighbour discovery from a guest.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_advertisement
	attacks_options
	attacks_solicitation
	attacks_detection
	attacks_validity
	attacks_fragments
	attacks_router
	right_to_be_router
	attacks_multicast_router
	own_messages
	from_a_tap
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

ALL="eth src=$MAC_G dst=33:33:00:00:00:01 / ip6 src=$LL_G dst=ff02::1"
TO="eth src=$MAC_G dst=$MAC_R / ip6 src=$IP6_G dst=$IP6_R"
DAD_V="eth src=$MAC_G dst=33:33:ff:00:00:02 / ip6 src=:: dst=ff02::1:ff00:2"

attacks_advertisement()
{
	attack "for the victim" nd $ALL / na target=$IP6_V opt=2:$MAC_G
	attack "for the router, to one host" nd $TO / na target=$IP6_R opt=2:$MAC_G
	attack "for the victim's link-local address" nd \
		$ALL / na target=$LL_V opt=2:$MAC_G
	attack "for an address of nobody" nd $ALL / na target=$IP6_X opt=2:$MAC_G
	attack "for all nodes" nd $ALL / na target=ff02::1 opt=2:$MAC_G
	attack "for nothing" nd $ALL / na target=:: opt=2:$MAC_G
	attack "without an option" nd $ALL / na target=$IP6_V
	attack "behind hop-by-hop options" nd \
		$ALL / hop / na target=$IP6_V opt=2:$MAC_G
	attack "behind destination options" nd \
		$ALL / dstopt / na target=$IP6_V opt=2:$MAC_G
	attack "behind a routing header" nd \
		$ALL / rt type=4 / na target=$IP6_V opt=2:$MAC_G
	attack "behind several headers" nd \
		$ALL / hop / dstopt n=3 / rt type=4 / na target=$IP6_V opt=2:$MAC_G
	attack "as the victim" src-ip eth src=$MAC_G dst=33:33:00:00:00:01 / \
		ip6 src=$IP6_V dst=ff02::1 / na target=$IP6_V opt=2:$MAC_G
}

attacks_options()
{
	local own="na target=$IP6_G"

	attack "own address at the victim's MAC" nd $ALL / $own opt=2:$MAC_V
	attack "false address in second place" nd \
		$ALL / $own opt=1:$MAC_G opt=2:$MAC_V
	attack "own address, then a false one" nd \
		$ALL / $own opt=2:$MAC_G opt=2:$MAC_V
	attack "false address behind 8 bytes of header" nd \
		$ALL / dstopt / $own opt=2:$MAC_V
	attack "false address last of many" nd $ALL / $own opt=14:1:01 opt=14:1:02 \
		opt=14:2:03 opt=14:1:04 opt=2:$MAC_V
	attack "false address behind another option" nd \
		$ALL / $own opt=14:1:0102 opt=2:$MAC_V
	attack "doubled" nd $ALL / $own opt=2:$MAC_G opt=2:$MAC_G
	attack "MAC 0" nd $ALL / $own opt=2:00:00:00:00:00:00
	attack "false address, own one in another kind of option" nd \
		$ALL / $own opt=1:$MAC_V opt=2:$MAC_G
	attack "length 0 in second place" nd $ALL / $own opt=2:$MAC_G opt=14:0:0102
	attack "length 0" nd $ALL / $own opt=2:0:020000000001
	attack "length past the end" nd $ALL / $own opt=2:9:020000000001
	attack "cut off" nd $ALL / $own opt=:0201
	attack "two units long" nd \
		$ALL / $own opt=2:2:0200000000010000000000000000
	attack "an address in an unknown option too" nd \
		$ALL / $own opt=200:1:00 opt=2:$MAC_V
}

attacks_solicitation()
{
	attack "false source address" nd $TO / ns target=$IP6_R opt=1:$MAC_V
	attack "false address in second place" nd \
		$TO / ns target=$IP6_R opt=14:1:01 opt=1:$MAC_V
	attack "as the victim" src-ip eth src=$MAC_G dst=$MAC_R / \
		ip6 src=$IP6_V dst=$IP6_R / ns target=$IP6_R opt=1:$MAC_G
	attack "for a group" nd $TO / ns target=ff02::1 opt=1:$MAC_G
	attack "router solicitation with a false address" nd \
		$ALL / rs opt=1:$MAC_V
	attack "router solicitation from :: with an address" nd \
		eth src=$MAC_G dst=33:33:00:00:00:02 / \
		ip6 src=:: dst=ff02::2 / rs opt=1:$MAC_G
}

attacks_detection()
{
	attack "for the victim's address" nd $DAD_V / ns target=$IP6_V
	attack "for the router's address" nd eth src=$MAC_G dst=33:33:ff:00:00:03 / \
		ip6 src=:: dst=ff02::1:ff00:3 / ns target=$IP6_R
	attack "for the victim's link-local address" nd \
		$DAD_V / ns target=$LL_V
	attack "with the victim's nonce" nd \
		$DAD_V / ns target=$IP6_V opt=14:1:010203040506
	attack "own address to a wrong group" nd $DAD_V / ns target=$IP6_G
	attack "own address, with a source" nd eth src=$MAC_G dst=33:33:ff:00:00:01 / \
		ip6 src=:: dst=ff02::1:ff00:1 / ns target=$IP6_G opt=1:$MAC_G
	attack "denial" nd $ALL / na target=$IP6_V flags=0 opt=2:$MAC_G
}

attacks_validity()
{
	attack "hop limit 254" nd eth src=$MAC_G dst=$MAC_R / \
		ip6 src=$IP6_G dst=$IP6_R hlim=254 / ns target=$IP6_R opt=1:$MAC_G
	attack "hop limit 1" nd eth src=$MAC_G dst=$MAC_R / \
		ip6 src=$IP6_G dst=$IP6_R hlim=1 / na target=$IP6_G opt=2:$MAC_G
	attack "hop limit 0" nd $TO hlim=0 / ns target=$IP6_R opt=1:$MAC_G
	attack "router solicitation with hop limit 64" nd $ALL hlim=64 / rs opt=1:$MAC_G
	attack "wrong checksum" nd $TO / na target=$IP6_G opt=2:$MAC_G csum=1
	attack "no checksum" nd $TO / ns target=$IP6_R opt=1:$MAC_G csum=0
	attack "code 1" nd $TO / ns code=1 target=$IP6_R opt=1:$MAC_G
	attack "solicited to a group" nd $ALL / na flags=0x60000000 target=$IP6_G
	attack "target cut off" nd $TO / na cut=20 target=$IP6_G
	attack "inverse solicitation" nd $TO / icmp6 type=141 / raw n=16
	attack "inverse advertisement" nd $TO / icmp6 type=142 / raw n=16
}

attacks_fragments()
{
	attack "whole message in a fragment" nd \
		$TO / frag m=0 / na target=$IP6_G opt=2:$MAC_G
	attack "first of two" nd $TO / frag m=1 / na target=$IP6_G
	attack "false one" nd $ALL / frag m=0 / na target=$IP6_V opt=2:$MAC_G
	attack "false one behind both kinds of header" nd \
		$ALL / dstopt / frag / dstopt / na target=$IP6_V opt=2:$MAC_G
	attack "router solicitation" nd $ALL / frag / rs opt=1:$MAC_G
	attack "detection" nd eth src=$MAC_G dst=33:33:ff:00:00:01 / \
		ip6 src=:: dst=ff02::1:ff00:1 / frag / ns target=$IP6_G
	attack "header in the first, message in the second" malformed \
		$ALL / frag m=1 / dstopt next=58
	attack "solicitation" nd $TO / frag m=0 / ns target=$IP6_R opt=1:$MAC_G
}

attacks_router()
{
	local dst="eth src=$MAC_G dst=33:33:00:00:00:01"

	attack "advertisement" ra $ALL / ra opt=1:$MAC_G
	attack "advertisement to one host" ra eth src=$MAC_G dst=$MAC_V / \
		ip6 src=$LL_G dst=$LL_V / ra
	attack "behind hop-by-hop options" ra $ALL / hop / ra
	attack "behind destination options" ra $ALL / dstopt / ra
	attack "behind a large header" ra $ALL / dstopt n=20 / ra
	attack "in a fragment" ra $ALL / frag m=0 / ra
	attack "in a first fragment" ra $ALL / frag m=1 / ra
	attack "hop limit 64" ra \
		$dst / ip6 src=$LL_G dst=ff02::1 hlim=64 / ra
	attack "as the router" src-ip $dst / ip6 src=$LL_R dst=ff02::1 / ra
	attack "redirect" ra eth src=$MAC_G dst=$MAC_V / ip6 src=$LL_G dst=$IP6_V / \
		redirect target=$LL_G dest=$IP6_X opt=2:$MAC_G
	attack "redirect behind options" ra eth src=$MAC_G dst=$MAC_V / \
		ip6 src=$LL_G dst=$IP6_V / hop / dstopt / redirect target=$LL_G dest=$IP6_X
	attack "redirect in a fragment" ra eth src=$MAC_G dst=$MAC_V / \
		ip6 src=$LL_G dst=$IP6_V / frag / redirect target=$LL_G dest=$IP6_X
	attack "behind a header in a fragment" ra $ALL / frag / dstopt / ra
	attack "wrong checksum" ra $ALL / ra csum=1
	attack "with a header in the first fragment" malformed \
		$ALL / frag m=1 / dstopt n=4 next=58
	attack "redirect as the router" src-ip eth src=$MAC_G dst=$MAC_V / \
		ip6 src=$LL_R dst=$IP6_V / redirect target=$LL_G dest=$IP6_X
}

right_to_be_router()
{
	guard
	introduce
	drop "advertisement without the right" ra $ALL / ra opt=1:$MAC_G
	GUARD="router on" guard
	pass "advertisement with the right" "victim uplink host" \
		$ALL / ra opt=1:$MAC_G
	pass "redirect with the right" victim eth src=$MAC_G dst=$MAC_V / \
		ip6 src=$LL_G dst=$IP6_V / redirect target=$LL_R dest=$IP6_X opt=2:$MAC_R
	drop "advertisement with a false address" nd $ALL / ra opt=1:$MAC_V
	drop "advertisement in a fragment" nd $ALL / frag m=0 / ra
	guard
	drop "advertisement without the right again" ra $ALL / ra opt=1:$MAC_G
}

# MLD queries, and advertisements of multicast routers (RFC 4286).
attacks_multicast_router()
{
	local one="eth src=$MAC_G dst=33:33:00:00:00:01 / ip6 src=$LL_G dst=ff02::1 hlim=1"

	attack "query" ra $one / hop / mld1 type=130 target=::
	attack "query without a router alert" ra $one / mld1 type=130 target=::
	attack "query in a fragment" ra $one / frag m=0 / mld1 type=130 target=::
	attack "advertisement" ra $one / hop / mld1 type=151 target=::
	attack "termination" ra $one / mld1 type=153 target=::
	attack "PIM" ra $one next=103 / raw 20000000
}

own_messages()
{
	guard
	introduce
	pass "advertisement" "victim uplink host" \
		$ALL / na target=$IP6_G opt=2:$MAC_G
	drop "spoofed advertisement" nd $ALL / na target=$IP6_V opt=2:$MAC_G
	pass "solicited advertisement" uplink \
		$TO / na flags=0x60000000 target=$IP6_G opt=2:$MAC_G
	pass "of the link-local address" "victim uplink host" \
		$ALL / na target=$LL_G opt=2:$MAC_G
	pass "solicitation" uplink $TO / ns target=$IP6_R opt=1:$MAC_G
	pass "solicitation to a group" "victim uplink host" \
		eth src=$MAC_G dst=33:33:ff:00:00:03 / \
		ip6 src=$LL_G dst=ff02::1:ff00:3 / ns target=$IP6_R opt=1:$MAC_G
}

from_a_tap()
{
	on_tap attacks_advertisement attacks_options
}

run_tests
