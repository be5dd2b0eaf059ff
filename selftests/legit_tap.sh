#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A guest behind a tap device with virtio-net headers, as a virtual machine's
# is: frames of 64 KiB and without checksum enter the bridge from there.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	tcp_with_segmentation_offload
	tcp_with_checksum_offload
	tcp_without_offload
	udp_with_segmentation_offload
	fragments
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need iperf3 socat

set_up()
{
	[ -e /dev/net/tun ] || modprobe -q tun
	stack_create
	addressed victim uplink
	serve_tcp
}

tear_down()
{
	stack_destroy
}

# vm_start FLAGS: of TUNSETOFFLOAD. The guest's veth gives way to two taps.
vm_start()
{
	ip -n "$HOST" link del gst0 2>/dev/null
	busywait $WAIT no_gst0
	: >"$DIR/vm"
	python3 -S "$HERE/vnet.py" "$HOST:gst0" "$NS-guest:eth0" $1 \
		>"$DIR/vm" 2>&1 &
	VM=$!
	PIDS+=("$VM")
	busywait $WAIT [ -s "$DIR/vm" ]
	grep -q ready "$DIR/vm" || return
	ip -n "$HOST" link set gst0 master br0 up
	pin gst0 $MAC_G
	ip -n "$NS-guest" link set eth0 address $MAC_G up
	has_ipv6 && knob guest ipv6/conf/eth0/disable_ipv6 0
	busywait $WAIT stack_forwarding
	addressed guest
}

vm_stop()
{
	stop $VM
	note "$(grep ^out "$DIR/vm")"
	note "$(grep ^in "$DIR/vm")"
}

# went WAY KEY: what the monitor counted.
went()
{
	sed -n "s/^$1 .*\<$2=\([^ ]*\).*/\1/p" "$DIR/vm"
}

addresses()
{
	echo $IP_V
	if has_ipv6; then
		echo $IP6_V
	fi
}

# bulk FLAGS BYTES WHO...: TCP both ways. Without cubic, which takes a slow machine
# for a congested path and keeps its window, and so its frames, small.
bulk()
{
	local bytes=$2 who to

	vm_start $1 || fail "$(cat "$DIR/vm")"
	shift 2
	for who; do
		under_guard $who
		for to in $(addresses); do
			expect "TCP to $to" in_ns guest iperf3 -C reno -c $to -n $bytes
			expect "TCP from $to" in_ns guest iperf3 -C reno -R -c $to -n $bytes
		done
		clean $who
	done
	vm_stop
}

# at_least WORDS N FOUND
at_least()
{
	[ "${3:-0}" -ge "$2" ] || fail "$1: \"$3\", not $2 or more"
}

tcp_with_segmentation_offload()
{
	local way

	bulk 7 8M one all
	for way in out in; do
		at_least "$way: GSO frames" 50 "$(went $way gso)"
		at_least "$way: frames without checksum" 50 "$(went $way csum)"
		at_least "$way: longest frame" 60000 "$(went $way max)"
		# VIRTIO_NET_HDR_GSO_TCPV4 and TCPV6
		same "$way: kinds" "$(has_ipv6 && echo 1,4 || echo 1)" \
			"$(went $way types)"
	done
}

tcp_with_checksum_offload()
{
	bulk 1 512K all
	at_least "frames without checksum" 500 "$(went out csum)"
	same "GSO frames" 0 "$(went out gso)"
}

tcp_without_offload()
{
	bulk 0 512K all
	at_least "frames" 500 "$(went out frames)"
	same "frames without checksum" 0 "$(went out csum)"
}

# Kernels since 6.2 let a tap leave this to the guest, too: TUN_F_USO4, USO6.
udp_with_segmentation_offload()
{
	local to

	if ! vm_start 0x67; then
		skip_test "a kernel whose tap has no UDP segmentation offload"
		return
	fi
	under_guard all
	for to in $(addresses); do
		expect "UDP to $to" in_ns guest python3 -S -c "$SEGMENTS" $to
	done
	clean "UDP"
	vm_stop
	# VIRTIO_NET_HDR_GSO_UDP_L4
	same "kinds" 5 "$(went out types)"
}

fragments()
{
	local to

	vm_start 7 || fail "$(cat "$DIR/vm")"
	under_guard all
	for to in $(addresses); do
		pings guest $to -s 8000
	done
	pings victim $IP_G -s 20000
	has_ipv6 && pings victim $IP6_G -s 20000
	clean "fragments"
	vm_stop
}

run_tests
