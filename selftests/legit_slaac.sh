#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# SLAAC from a real router, and duplicate address detection in all its forms.
# The guest and its peers are kernels' own stacks.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	slaac
	temporary_addresses
	stable_addresses
	dad
	dad_without_nonce
	duplicates
	optimistic_dad
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need dnsmasq tcpdump socat

set_up()
{
	stack_create
	addressed uplink victim
}

tear_down()
{
	stack_destroy
}

# announce_prefix: dnsmasq as a router that leaves addresses to the hosts.
announce_prefix()
{
	ip -n "$NS-uplink" addr replace 2001:db8:5::3/64 dev eth0 nodad
	serve --dhcp-range=2001:db8:5::,ra-only,64,2m --enable-ra
}

# routed WHO ADDRESS-PATTERN: the guest gets such an address, and uses it.
routed()
{
	under_guard $1
	if [ "$1" = all ]; then
		ctl binding add port upl0 mac $MAC_R ip 2001:db8:5::3 shared
	fi
	knob guest ipv6/conf/eth0/accept_ra 1
	announce_prefix
	listen uplink
	fresh guest
	came "router solicitation" "ether src $MAC_G and ip6[40] = 133"
	busywait $WAIT has_address "inet6 $2" || fail "$1: no address $2"
	busywait $WAIT settled guest
	pings guest 2001:db8:5::3
	listen_end
	stop $SERVER
	clean "$1: $2"
}

slaac()
{
	local who

	need_ipv6 || return
	# Bound to the one address that its MAC gives.
	GUEST_IPS="ip 2001:db8:5::ff:fe00:1"
	for who in one all; do
		routed $who 2001:db8:5::ff:fe00:1
	done
	GUEST_IPS=
}

temporary_addresses()
{
	need_ipv6 || return
	GUEST_IPS="ip 2001:db8:5::/64 shared"
	knob guest ipv6/conf/eth0/use_tempaddr 2
	routed all ".* temporary "
	knob guest ipv6/conf/eth0/use_tempaddr 0
	GUEST_IPS=
}

# RFC 7217, as network managers set it: not even the link-local address is
# made of the MAC.
stable_addresses()
{
	need_ipv6 || return
	GUEST_IPS="ip 2001:db8:5::/64 shared" GUEST_WORDS="link-local any"
	knob guest ipv6/conf/eth0/stable_secret \
		3a11:9b2e:4c1d:77aa:1234:5678:9abc:def0
	routed all ".* stable-privacy"
	same "EUI-64" "" "$(ip -n "$NS-guest" addr show dev eth0 | grep ff:fe00)"
	pings guest $LL_R%eth0
	clean "link-local"
	ip -n "$NS-guest" link set eth0 addrgenmode eui64
	GUEST_IPS='' GUEST_WORDS=''
}

NS_DAD="ip6 src :: and ip6[40] = 135"

# dad_once WHO BYTES: of the solicitation, by which its options show.
dad_once()
{
	under_guard $1
	listen uplink
	fresh guest
	addressed guest
	came "DAD of the address" "$NS_DAD and ip6[4:2] = $2 and ip6[60:4] = 1"
	came "DAD of the link-local address" \
		"$NS_DAD and ip6[4:2] = $2 and ip6[48:4] = 0xfe800000"
	listen_end
	has_address "inet6 $IP6_G/64 scope global *\$" || fail "no address"
	pings guest $IP6_R
	clean "$1"
}

dad()
{
	local who

	need_ipv6 || return
	knob guest ipv6/conf/all/enhanced_dad 1
	knob guest ipv6/conf/eth0/enhanced_dad 1
	for who in one all; do
		dad_once $who 32
	done
}

dad_without_nonce()
{
	need_ipv6 || return
	knob guest ipv6/conf/all/enhanced_dad 0
	knob guest ipv6/conf/eth0/enhanced_dad 0
	dad_once all 24
	knob guest ipv6/conf/all/enhanced_dad 1
	knob guest ipv6/conf/eth0/enhanced_dad 1
}

SHARED=2001:db8:7::7

# A /64 that guest and victim may both use.
share_prefix()
{
	under_guard all
	ctl binding del port gst0 mac $MAC_G
	ctl binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G ip 2001:db8:7::/64 shared
	ctl binding del port vic0 mac $MAC_V
	ctl binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V ip 2001:db8:7::/64 shared
}

dad_failed()
{
	ip -n "$NS-$1" addr show dev eth0 | grep -q "$SHARED/64.*dadfailed"
}

# collide FIRST SECOND: the second to take the address hears of the first.
collide()
{
	fresh guest
	ip -n "$NS-$1" addr add $SHARED/64 dev eth0
	busywait $WAIT settled guest victim
	ip -n "$NS-$2" addr add $SHARED/64 dev eth0
	busywait $WAIT dad_failed $2 || fail "$2 does not find the duplicate"
	ip -n "$NS-guest" addr del $SHARED/64 dev eth0
	ip -n "$NS-victim" addr del $SHARED/64 dev eth0
	clean "$1 defends its address"
}

duplicates()
{
	need_ipv6 || return
	share_prefix
	collide victim guest
	collide guest victim
}

# RFC 4429: the address is in use while DAD goes on.
optimistic_dad()
{
	need_ipv6 || return
	if ! knob guest ipv6/conf/eth0/optimistic_dad 1; then
		skip_test "a kernel without optimistic DAD"
		return
	fi
	knob guest ipv6/conf/all/optimistic_dad 1
	knob guest ipv6/conf/all/use_optimistic 1
	knob guest ipv6/conf/eth0/use_optimistic 1
	knob guest ipv6/conf/eth0/dad_transmits 3
	under_guard all
	listen uplink
	fresh guest
	ip -n "$NS-guest" addr add $IP6_G/64 dev eth0 optimistic
	# Linux asks nobody before it has begun with its link-local address.
	busywait $WAIT in_ns guest ping -q -c 1 -W 5 $IP6_R ||
		fail "the guest does not reach $IP6_R"
	came "DAD" "$NS_DAD"
	busywait $WAIT settled guest
	pings uplink $IP6_G
	listen_end
	clean "optimistic"
}

run_tests
