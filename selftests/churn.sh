#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Everything that comes and goes does so often, while a guest sends, some of it
# spoofed: no memory is lost by it, and the guest stays under guard.
#
#   TIMES=1		25 reloads of the module and namespaces, 250 changes of
#			ports and transactions, are one time. With 40 it is seen
#			if an object is lost each time, see testing.rst
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	transactions
	ports
	namespaces
	dumps_that_stall
	listeners_that_never_read
	modules
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
need python3

: "${TIMES:=1}"

set_up()
{
	lab_create
	ip -n "$HOST" link add br1 type bridge mcast_snooping 0 forward_delay 0
	ip -n "$HOST" link set br1 up
	hold_static_keys 2>/dev/null || note "static keys are not held"
	in_ns guest ip addr add $IP_G/24 dev eth0
	in_ns guest ip neigh replace $IP_V lladdr $MAC_V dev eth0
	in_ns victim ip addr add $IP_V/24 dev eth0
	in_ns victim ip neigh replace $IP_G lladdr $MAC_G dev eth0
}

# What arrives there would only fill queues.
ends_close()
{
	local end

	for end in guest victim uplink fence host; do
		lab close $end
	done
}

ends_open()
{
	local end

	lab packet guest "$NS-guest" eth0 gst0
	for end in victim uplink fence; do
		lab packet $end "$NS-$end" eth0 ${end:0:3}0
	done
	lab packet host "$HOST" br0
}

# churn WHAT COUNT: with the traffic of a guest, of both kinds.
churn()
{
	guard
	ends_close
	traffic_start
	busywait 60 dropping || fail "nothing is dropped, nothing is tried"
	python3 "$HERE/churn.py" "$HOST" $1 $2 || fail "$1: see above"
	traffic_stop || fail "some of the traffic has ended before"
	busywait 5 all_forwarding
	ends_open
	guard
	introduce
	pass "own ARP" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	drop "spoofed ARP" arp eth src=$MAC_G / arp op=1 spa=$IP_R tpa=$IP_V
	unguard
}

# Pings, some of them in fragments, what is spoofed by the guest, tagged, and behind
# IPv6, and what claims to be the guest elsewhere. It is sent at a rate that leaves
# time for what is tried.
traffic_start()
{
	TRAFFIC=
	ping_often -i 0.01 -s 1000
	ping_often -i 0.05 -s 4000
	send_often guest eth src=$MAC_G / arp op=1 spa=$IP_R tpa=$IP_V
	send_often guest eth src=$MAC_R / ip src=$IP_G dst=$IP_V / udp
	send_often guest eth src=$MAC_G / ip6 src=$IP6_R dst=ff02::1 / na target=$IP6_R
	send_often guest eth src=$MAC_G / vlan id=7 / arp op=1 spa=$IP_G tpa=$IP_V
	send_often uplink eth src=$MAC_R / arp op=1 spa=$IP_G tpa=$IP_V
}

# Not by in_ns: $! would be a shell, whose end would not be that of the ping.
ping_often()
{
	ip netns exec "$NS-guest" ping -q "$@" $IP_V >/dev/null 2>&1 &
	TRAFFIC="$TRAFFIC $!"
}

# send_often END FRAME...
send_often()
{
	local end=$1

	shift
	"$HERE/frame.py" send -N "$NS-$end" -n 0 -i 0.01 eth0 "$@" >/dev/null 2>&1 &
	TRAFFIC="$TRAFFIC $!"
}

# Fails if one of the senders is no longer there.
traffic_stop()
{
	local pid all=true

	for pid in $TRAFFIC; do
		kill $pid 2>/dev/null || all=false
	done
	wait $TRAFFIC 2>/dev/null
	$all
}

dropping()
{
	[ "$(count gst0 arp)" -gt 0 ]
}

transactions()
{
	churn transactions $((250 * TIMES))
}

ports()
{
	churn ports $((250 * TIMES))
}

namespaces()
{
	churn namespaces $((25 * TIMES))
}

dumps_that_stall()
{
	churn dumps $((25 * TIMES))
}

listeners_that_never_read()
{
	churn listeners $((25 * TIMES))
}

modules()
{
	churn modules $((25 * TIMES))
}

run_tests
