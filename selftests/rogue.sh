#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Proxy ARP going rogue, with real kernels: a host that answers for what it has
# routes to, loses those routes when its interface goes down and up, and then
# answers for everybody by way of its default route elsewhere.
#
#    guest    router             gateway  neighbour  rogue
#      |        |                   |         |        |
#     gst0     vic0                gw0       nb0      rg0
#      +-- br0 --+-- upl0 ----- host0 ------- sw0 -----+
#         netns host                     netns lan
#
# Everybody has an address in 192.0.2.0/24. Brguard is in netns host. A victim
# loses its gateway when it takes the last answer for the one that holds.
# shellcheck disable=SC2034,SC2086,SC2119,SC2153,SC2317

TESTS="
	victims_without
	victims_guarded
	victims_of_a_bound_router
	victims_of_an_unbound_gateway
	offender_without
	offender_guarded
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

IP_GW=192.0.2.254 MAC_GW=02:00:00:00:00:10
IP_NB=192.0.2.5 MAC_NB=02:00:00:00:00:05
MAC_RG=02:00:00:00:00:66
OUTSIDE=198.51.100.1

# join NS DEV MAC [IP]: eth0 in the namespace, DEV on sw0.
join()
{
	ns_create $1
	ip -n "$NS-lan" link add $2 type veth peer name eth0 netns "$NS-$1" address $3
	ip -n "$NS-lan" link set $2 master sw0 up
	ip -n "$NS-$1" link set eth0 up
	[ -z "${4-}" ] || ip -n "$NS-$1" addr add $4/24 dev eth0
}

set_up()
{
	local ns

	for ns in host lan guest router; do
		ns_create $ns
	done
	bridge_create
	ip -n "$NS-lan" link add sw0 type bridge mcast_snooping 0 forward_delay 0
	ip -n "$NS-lan" link set sw0 up
	ip -n "$HOST" link add upl0 type veth peer name host0 netns "$NS-lan"
	ip -n "$NS-lan" link set host0 master sw0 up
	ip -n "$HOST" link set upl0 master br0 up
	end_create guest gst0 $MAC_G
	end_create router vic0 $MAC_V
	ip -n "$NS-guest" addr add $IP_G/24 dev eth0
	ip -n "$NS-router" addr add $IP_V/24 dev eth0
	ip -n "$NS-guest" link set eth0 arp on
	ip -n "$NS-router" link set eth0 arp on
	join gateway gw0 $MAC_GW $IP_GW
	join neighbour nb0 $MAC_NB $IP_NB
	join rogue rg0 $MAC_RG
	ip -n "$NS-gateway" addr add $OUTSIDE/32 dev eth0
	for ns in guest neighbour; do
		in_ns $ns sh -c 'echo 0 >/proc/sys/net/ipv4/neigh/eth0/locktime'
		ip -n "$NS-$ns" route add default via $IP_GW
	done
	busywait 10 reaches guest $IP_GW || fail "no way to the gateway"
}

tear_down()
{
	local ns

	monitor_stop
	for ns in rogue neighbour gateway router lan; do
		ns_destroy $ns
	done
}

reaches()
{
	in_ns $1 ping -q -c 1 -W 1 -n $2
}

# routed NS DEV: proxy ARP as gnt-networking sets it up, routes in a table of
# its own; and a default route to somewhere else.
routed()
{
	in_ns $1 sh -c "cd /proc/sys/net/ipv4
		echo 0 >conf/all/rp_filter; echo 0 >conf/$2/rp_filter
		echo 1 >conf/$2/proxy_arp; echo 1 >conf/$2/forwarding
		echo 20 >neigh/$2/proxy_delay"
	ip -n "$NS-$1" link add mgmt type dummy
	ip -n "$NS-$1" link set mgmt up
	ip -n "$NS-$1" addr add 203.0.113.1/24 dev mgmt
	ip -n "$NS-$1" route add default via 203.0.113.254
	ip -n "$NS-$1" rule add iif $2 lookup 90
	ip -n "$NS-$1" route add 192.0.2.0/24 dev $2 table 90
	ip -n "$NS-$1" route add default via $IP_GW dev $2 onlink table 90
}

# ifdown, ifup: nobody puts the table back.
maintenance()
{
	ip -n "$NS-$1" link set $2 down
	ip -n "$NS-$1" link set $2 up
	same "the table" "" "$(ip -n "$NS-$1" route show table 90 2>/dev/null)"
}

unrouted()
{
	in_ns $1 sh -c "cd /proc/sys/net/ipv4
		echo 0 >conf/$2/proxy_arp; echo 0 >conf/$2/forwarding"
	ip -n "$NS-$1" rule del iif $2 lookup 90 2>/dev/null
	ip -n "$NS-$1" link del mgmt
}

# believes NS IP MAC
believes()
{
	[ "$(ip -n "$NS-$1" -j neigh show $2 | jq -r '.[0].lladdr')" = $3 ]
}

# ask NS IP...: what NS has of them is what is said now; proxies take up to 0.2 s.
ask()
{
	local ns=$1 ip pids=()

	shift
	for ip; do
		ip -n "$NS-$ns" neigh flush to $ip
		reaches $ns $ip >/dev/null &
		pids+=($!)
	done
	wait "${pids[@]}"
	sleep 1
}

# keeps NS IP MAC: does NS know where IP is, and reach the world?
keeps()
{
	ask $1 $2
	believes $1 $2 $3 || fail "$1 takes somebody else for $2"
	[ $2 != $IP_GW ] || busywait 10 reaches $1 $OUTSIDE >/dev/null ||
		fail "$1 has lost its gateway"
}

takes_for()
{
	ask $1 $2
	believes $1 $2 $3
}

# lost NS IP MAC: MAC has taken its place; with the gateway's, the world is gone.
lost()
{
	takes_for $1 $2 $3 &&
		{ [ $2 != $IP_GW ] || ! reaches $1 $OUTSIDE >/dev/null; }
}

# loses NS IP MAC: more than once, as the true one speaks up now and then: it
# asks for NS itself, and all who ask tell their address.
loses()
{
	busywait 40 lost "$@" ||
		fail "$1 does not lose $2 without brguard: $(ip -n "$NS-$1" neigh show $2)"
}

victims_without()
{
	unguard
	routed rogue eth0
	keeps guest $IP_GW $MAC_GW
	keeps guest $IP_V $MAC_V
	maintenance rogue eth0
	loses guest $IP_GW $MAC_RG
	loses guest $IP_V $MAC_RG
	unrouted rogue eth0
}

# policy_with WORDS: for br0; ROUTER: what is bound on vic0.
policy_with()
{
	policy <<-E
		bridge set br0 new-port guest $1
		port set upl0 role trusted
		port set gst0 role guest
		port set vic0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G
		binding add port vic0 mac $MAC_V ip $IP_V
	E
}

# Two neighbours on this host: what is bound cannot be taken away.
victims_guarded()
{
	policy_with ""
	monitor violation
	routed rogue eth0
	maintenance rogue eth0
	keeps guest $IP_V $MAC_V
	wait_for "who" ".event == \"violation\" and .reason == \"claim\" and
		.port == \"upl0\" and .owner == \"vic0\" and .verdict == \"drop\" and
		.\"src-mac\" == \"$MAC_RG\" and .\"src-ip\" == \"$IP_V\""
	unrouted rogue eth0
	monitor_stop
}

# The gateway is a guest here: likewise.
victims_of_a_bound_router()
{
	policy_with ""
	expect "router" ctl binding add port vic0 mac $MAC_V ip $IP_GW ip $OUTSIDE
	ip -n "$NS-gateway" addr del $IP_GW/24 dev eth0
	ip -n "$NS-gateway" addr del $OUTSIDE/32 dev eth0
	ip -n "$NS-router" addr add $IP_GW/24 dev eth0
	ip -n "$NS-router" addr add $OUTSIDE/32 dev eth0
	routed rogue eth0
	maintenance rogue eth0
	keeps guest $IP_GW $MAC_V
	unguard
	loses guest $IP_GW $MAC_RG
	unrouted rogue eth0
	ip -n "$NS-router" addr del $OUTSIDE/32 dev eth0
	ip -n "$NS-router" addr del $IP_GW/24 dev eth0
	ip -n "$NS-gateway" addr add $IP_GW/24 dev eth0
	ip -n "$NS-gateway" addr add $OUTSIDE/32 dev eth0
}

# The gateway is behind the same uplink as the proxy: who answers for too many
# is not heard any more.
victims_of_an_unbound_gateway()
{
	policy_with "answers drop answers-max 4 answers-time 20"
	monitor violation
	routed rogue eth0
	maintenance rogue eth0
	ask guest 192.0.2.101 192.0.2.102 192.0.2.103 192.0.2.104
	believes guest 192.0.2.104 $MAC_RG || fail "the proxy does not answer"
	ask guest 192.0.2.105
	believes guest 192.0.2.105 $MAC_RG && fail "the proxy is heard beyond the limit"
	keeps guest $IP_GW $MAC_GW
	busywait 40 heard ".event == \"answers-for-all\" and .port == \"upl0\" and
		.mac == \"$MAC_RG\" and .direction == \"in\" and .distinct >= 5 and
		.dropped >= 1" || fail "no event names the proxy"
	unrouted rogue eth0
	monitor_stop
}

# The proxy is netns host itself, by br0.
offender_without()
{
	unguard
	routed host br0
	keeps neighbour $IP_GW $MAC_GW
	maintenance host br0
	loses neighbour $IP_GW $MAC_H
	unrouted host br0
}

# It answers again once its bridge is up, which is when it is asked.
offender_named()
{
	ask neighbour $IP_GW
	heard ".event == \"violation\" and .reason == \"answers-own\" and
		.port == \"br0\" and .verdict == \"drop\" and
		.\"src-mac\" == \"$MAC_H\" and .\"src-ip\" == \"$IP_GW\""
}

offender_guarded()
{
	policy_with "answers-own drop"
	monitor violation
	routed host br0
	maintenance host br0
	keeps neighbour $IP_GW $MAC_GW
	busywait 40 offender_named || fail "no event says that the host answers"
	keeps neighbour $IP_G $MAC_G
	unrouted host br0
	policy_with "answers drop answers-max 4 answers-time 20 answers-own off"
	routed host br0
	maintenance host br0
	ask neighbour 192.0.2.101 192.0.2.102 192.0.2.103 192.0.2.104 192.0.2.105
	keeps neighbour $IP_GW $MAC_GW
	busywait 40 heard ".event == \"answers-for-all\" and .port == \"upl0\" and
		.mac == \"$MAC_H\" and .direction == \"out\" and .dropped >= 1" ||
		fail "no event names this host"
	unrouted host br0
	monitor_stop
}

run_tests
