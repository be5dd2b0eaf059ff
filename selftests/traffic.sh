#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: [FRAMES=N] traffic.sh
#
# Legitimate traffic of real stacks, all kinds at once, until the guests have
# sent FRAMES frames (200,000 unless said otherwise): none is a violation. Each
# kind has two guests of its own on one bridge, and all ports are under guard,
# so that the counters of the devices tell how many frames of a kind there were.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	mixed_traffic
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need iperf3 socat dnsmasq udhcpc ethtool

FRAMES=${FRAMES:-200000}
LIMIT=60	# seconds for a round; nothing waits so long
KINDS="tcp gso udp icmp fragments neighbours multicast dhcp trunk"

# --- guests ----------------------------------------------------------------

number_of()
{
	local kind n=0

	for kind in $KINDS; do
		n=$((n + 1))
		[ $kind != $1 ] || echo $n
	done
}

# Frames that a CPU's queue had no room for, of whatever guest: the kernel drops
# them before they come to the bridge, and a ping that waits for one is in vain.
overrun()
{
	local n=0 dropped

	while read -r _ dropped _; do
		n=$((n + 0x$dropped))
	done </proc/net/softnet_stat
	echo $n
}

set_up()
{
	local kind

	DIR=$(mktemp -d)
	sysctl -qw net.core.netdev_max_backlog=100000
	ns_create host
	bridge_create vlan_filtering 1 mcast_snooping 1 mcast_querier 1
	for kind in $KINDS; do
		create_pair $kind "$(number_of $kind)"
	done
	policy < <(print_pairs)
	reset_counters
	for kind in $KINDS; do
		busywait $WAIT ready $kind || fail "$kind: no way to the other"
		start $kind-b iperf3 -s
	done
	set_up_kinds
}

tear_down()
{
	local kind

	stack_destroy
	for kind in $KINDS; do
		ns_destroy $kind-a
		ns_destroy $kind-b
	done
}

create_pair()
{
	local side end=0

	for side in a b; do
		end=$((end + 1))
		ns_create $1-$side
		in_ns $1-$side sh -c 'cd /proc/sys/net/ipv6/conf 2>/dev/null &&
			echo 0 >all/disable_ipv6; echo 0 >default/disable_ipv6'
		end_create $1-$side $1-$side "$(mac_of $2 $end)"
		pin $1-$side "$(mac_of $2 $end)"
		ip -n "$NS-$1-$side" link set lo up
		ip -n "$NS-$1-$side" link set eth0 arp on
		[ $1 != trunk ] || make_trunk $side "$(mac_of $2 $end)"
		give_addresses $1-$side "$(device_of $1)" $2 $end
	done
}

mac_of()
{
	printf '02:00:00:00:%02x:%02x' $1 $2
}

device_of()
{
	if [ $1 = trunk ]; then echo eth0.10; else echo eth0; fi
}

make_trunk()
{
	bridge -n "$HOST" vlan add dev trunk-$1 vid 10
	bridge -n "$HOST" fdb replace $2 dev trunk-$1 master static vlan 10
	ip -n "$NS-trunk-$1" link add link eth0 name eth0.10 type vlan id 10
	ip -n "$NS-trunk-$1" link set eth0.10 up
}

# give_addresses NS DEV KIND-NUMBER END
give_addresses()
{
	ip -n "$NS-$1" addr add 10.7.$3.$4/24 dev $2
	if has_ipv6; then
		ip -n "$NS-$1" addr add 2001:db8:$3::$4/64 dev $2 nodad
	fi
}

print_pairs()
{
	local kind side n end vlan words

	for kind in $KINDS; do
		n=$(number_of $kind) end=0 vlan='' words=''
		[ $kind != trunk ] || vlan="vlan 10"
		[ $kind != dhcp ] || words="dhcp-server on"
		for side in a b; do
			end=$((end + 1))
			echo "port set $kind-$side role guest $words"
			echo "binding add port $kind-$side mac $(mac_of $n $end) $vlan" \
				"ip 10.7.$n.$end ip 2001:db8:$n::$end"
			[ -z "$vlan" ] ||
				echo "binding add port $kind-$side mac $(mac_of $n $end)"
		done
	done
}

ready()
{
	local to

	for to in $(peers $1); do
		in_ns $1-a ping -c 1 -W 2 $to || return
	done
}

# peers KIND: the addresses of its second guest.
peers()
{
	echo "10.7.$(number_of $1).2"
	if has_ipv6; then
		echo "2001:db8:$(number_of $1)::2"
	fi
}

# --- kinds -----------------------------------------------------------------

set_up_kinds()
{
	local n side

	for side in a b; do
		for n in tcp trunk; do
			in_ns $n-$side ethtool -K eth0 tso off gso off >/dev/null
		done
	done
	n=$(number_of dhcp)
	start dhcp-b dnsmasq -k -C /dev/null -p 0 -z -i eth0 --pid-file= -u root \
		--no-ping -l "$DIR/leases" --dhcp-authoritative \
		--dhcp-range=10.7.$n.1,10.7.$n.1,255.255.255.0,2m
	n=$(number_of multicast)
	start multicast-b socat -u UDP4-RECV:7000,ip-add-membership=239.7.7.7:eth0 \
		"OPEN:$DIR/heard4,creat,append"
	! has_ipv6 || start multicast-b socat -u \
		"UDP6-RECV:7001,ipv6-join-group=[ff05::777]:eth0" \
		"OPEN:$DIR/heard6,creat,append"
}

# iperf KIND WORDS...: a server may not have done with the client before, and on a
# busy machine its control connection times out.
iperf()
{
	local kind=$1 try

	shift
	for try in 1 2 3; do
		in_ns $kind-a iperf3 "$@" && return
		command sleep $try
	done
	return 1
}

# The run_* are one round each, of some seconds; they fail if nothing arrives.
# Small segments, each a frame of its own.
run_tcp()
{
	local to

	for to in $(peers ${1-tcp}); do
		iperf ${1-tcp} -c $to -M 300 -t 2 || return
		iperf ${1-tcp} -R -c $to -M 300 -t 2 || return
	done
}

run_trunk()
{
	run_tcp trunk
}

# Frames of up to 64 KiB.
run_gso()
{
	local to

	for to in $(peers gso); do
		iperf gso -c $to -t 1 || return
		iperf gso -R -c $to -t 1 || return
	done
}

run_udp()
{
	local to

	for to in $(peers udp); do
		iperf udp -u -b 0 -l 100 -c $to -t 2 || return
	done
}

run_icmp()
{
	local to

	for to in $(peers icmp); do
		in_ns icmp-a ping -q -f -c 2000 -w $LIMIT $to || return
	done
}

run_fragments()
{
	local to

	for to in $(peers fragments); do
		in_ns fragments-a ping -q -f -c 200 -w $LIMIT -s 8000 $to || return
	done
}

# Both forget each other, over and over.
run_neighbours()
{
	local to round

	for round in 1 2 3 4 5 6 7 8 9 10; do
		ip -n "$NS-neighbours-a" neigh flush dev eth0
		ip -n "$NS-neighbours-b" neigh flush dev eth0
		for to in $(peers neighbours); do
			in_ns neighbours-a ping -q -c 1 -w $LIMIT $to || return
		done
	done
}

# Somebody joins and leaves besides.
run_multicast()
{
	in_ns multicast-a timeout 1 socat -u \
		UDP4-RECV:7002,ip-add-membership=239.7.7.8:eth0 OPEN:/dev/null
	head -c 200000 /dev/zero | in_ns multicast-a socat -u -b 100 - \
		"UDP4-DATAGRAM:239.7.7.7:7000,so-bindtodevice=eth0" || return
	if has_ipv6; then
		head -c 200000 /dev/zero | in_ns multicast-a socat -u -b 100 - \
			"UDP6-DATAGRAM:[ff05::777]:7001,so-bindtodevice=eth0" || return
	fi
	heard_all
}

heard_all()
{
	busywait 5 [ -s "$DIR/heard4" ] || return
	if has_ipv6; then
		busywait 5 [ -s "$DIR/heard6" ] || return
	fi
	: >"$DIR/heard4"
	: >"$DIR/heard6"
}

# Lease and release.
run_dhcp()
{
	in_ns dhcp-a udhcpc -f -n -q -R -t 10 -i eth0
}

# --- the run ---------------------------------------------------------------

# run_kind KIND: round after round; "ok" or not in $DIR/KIND.rounds.
run_kind()
{
	while [ ! -e "$DIR/stop" ]; do
		if "run_$1" </dev/null >"$DIR/$1.out" 2>&1; then
			echo ok
		else
			echo "failed: $(tail -n 1 "$DIR/$1.out")"
		fi >>"$DIR/$1.rounds"
	done
}

# "KIND FRAMES-FROM FRAMES-TO" a line.
frames()
{
	ip -n "$HOST" -s -j link show master br0 | jq -r '
		group_by(.ifname[:-2])[] |
		"\(.[0].ifname[:-2]) \([.[].stats64.rx.packets] | add) \([.[].stats64.tx.packets] | add)"'
}

total()
{
	frames | awk '{ n += $2 } END { print n + 0 }'
}

enough()
{
	[ "$(total)" -ge $((START + FRAMES)) ]
}

every_kind()
{
	local kind

	for kind in $KINDS; do
		[ -s "$DIR/$kind.rounds" ] || return
	done
}

mixed_traffic()
{
	local kind pids=() begun=$SECONDS

	START=$(total)
	OVERRUN=$(overrun)
	frames >"$DIR/before"
	for kind in $KINDS; do
		run_kind $kind &
		pids+=($!)
	done
	until enough && every_kind; do
		command sleep 1
	done
	touch "$DIR/stop"
	wait "${pids[@]}"
	report $((SECONDS - begun))
	for kind in $KINDS; do
		same "$kind: rounds that failed" "" "$(grep -v '^ok$' "$DIR/$kind.rounds")"
	done
	clean "all kinds"
	still_guarded
}

report()
{
	local kind before from to after_to

	while read -r kind before to; do
		read -r _ from after_to < <(frames | grep "^$kind ")
		note "$(printf '%-12s %9d frames from guests, %9d to guests, %d rounds' \
			$kind $((from - before)) $((after_to - to)) \
			"$(wc -l <"$DIR/$kind.rounds")")"
	done <"$DIR/before"
	note "$(($(total) - START)) frames from guests in $1 s"
	note "$(($(overrun) - OVERRUN)) frames found a CPU's queue full"
}

# What lets all of this pass does stop something.
still_guarded()
{
	in_ns tcp-a python3 -S "$HERE/frame.py" send eth0 \
		eth src=$MAC_X / arp op=1 spa=$IP_X tpa=$IP_V >/dev/null
	busywait 5 spoof_seen || fail "a spoofed frame is not counted"
}

spoof_seen()
{
	[ "$(count tcp-a src-mac)" -ge 1 ]
}

run_tests
