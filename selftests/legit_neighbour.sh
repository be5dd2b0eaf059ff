#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Address resolution and unreachability detection by the kernels' own stacks,
# and what a host announces when it comes up or has moved.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	arp_resolution
	arp_confirmation
	neighbour_solicitation
	neighbour_unreachability
	gratuitous_arp
	unsolicited_advertisement
	tools
	announcement_by_qemu
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need tcpdump socat

set_up()
{
	stack_create
	addressed guest victim uplink
}

tear_down()
{
	stack_destroy
}

# neighbour END ADDRESS: the state that END has it in.
neighbour()
{
	ip -n "$NS-$1" neigh show "$2" dev eth0 | awk '{ print $NF }'
}

reachable()
{
	[ "$(neighbour $1 $2)" = REACHABLE ]
}

# resolve END ADDRESS FILTER: from nothing; the filter is for the question.
resolve()
{
	ip -n "$NS-$1" neigh flush dev eth0
	pings $1 $2
	came "$1 asks for $2" "$3"
}

# confirm END ADDRESS MAC: it is asked again, at the MAC that is known.
confirm()
{
	expect "$1 asks again" \
		ip -n "$NS-$1" neigh replace $2 lladdr $3 dev eth0 nud probe
	busywait $WAIT reachable $1 $2 || fail "$1: $2 is not confirmed"
}

arp_resolution()
{
	local who

	for who in one all; do
		under_guard $who
		listen victim
		resolve guest $IP_V "ether src $MAC_G and ether broadcast and arp"
		listen_end
		listen guest
		resolve victim $IP_G "ether src $MAC_V and ether broadcast and arp"
		resolve uplink $IP_G "ether src $MAC_R and ether broadcast and arp"
		listen_end
		clean $who
	done
}

arp_confirmation()
{
	local who

	for who in one all; do
		under_guard $who
		listen victim
		confirm guest $IP_V $MAC_V
		came "request to one host" "ether src $MAC_G and ether dst $MAC_V and arp"
		listen_end
		confirm victim $IP_G $MAC_G
		confirm uplink $IP_G $MAC_G
		clean $who
	done
}

neighbour_solicitation()
{
	local who

	need_ipv6 || return
	for who in one all; do
		under_guard $who
		listen victim
		resolve guest $IP6_V "ether src $MAC_G and ip6 multicast and ip6[40] = 135"
		pings guest $LL_V%eth0
		listen_end
		listen guest
		resolve victim $IP6_G "ether src $MAC_V and ip6 multicast and ip6[40] = 135"
		pings uplink $LL_G%eth0
		listen_end
		clean $who
	done
}

neighbour_unreachability()
{
	local who

	need_ipv6 || return
	for who in one all; do
		under_guard $who
		listen victim
		confirm guest $IP6_V $MAC_V
		confirm guest $LL_V $MAC_V
		came "solicitation to one host" \
			"ether src $MAC_G and ether dst $MAC_V and ip6[40] = 135"
		confirm victim $IP6_G $MAC_G
		came "advertisement" "src $IP6_G and ether dst $MAC_V and ip6[40] = 136"
		listen_end
		confirm uplink $LL_G $MAC_G
		clean $who
	done
}

# What a guest's driver does after a migration (virtio: VIRTIO_NET_S_ANNOUNCE)
# and what "arp_notify" does when an address is set is one function.
gratuitous_arp()
{
	local who

	knob guest ipv4/conf/eth0/arp_notify 1
	for who in one all; do
		under_guard $who
		listen uplink
		ip -n "$NS-guest" link set eth0 address $MAC_G
		came "gratuitous ARP" "ether src $MAC_G and arp[14:4] = arp[24:4]"
		listen_end
		clean $who
	done
	knob guest ipv4/conf/eth0/arp_notify 0
}

unsolicited_advertisement()
{
	local who

	need_ipv6 || return
	knob guest ipv6/conf/eth0/ndisc_notify 1
	for who in one all; do
		under_guard $who
		listen uplink
		fresh guest
		addressed guest
		came "advertisement" \
			"ether dst 33:33:00:00:00:01 and ip6[40] = 136 and ip6[60:4] = 1"
		listen_end
		clean $who
	done
	knob guest ipv6/conf/eth0/ndisc_notify 0
	addressed guest
}

# Programs that build their frames themselves.
tools()
{
	under_guard all
	expect "arping" in_ns guest arping -q -c 2 -i eth0 $IP_V
	expect "arping the guest" in_ns victim arping -q -c 2 -i eth0 $IP_G
	listen uplink
	in_ns guest arping -q -c 1 -U -i eth0 $IP_G >/dev/null 2>&1
	in_ns guest arping -q -c 1 -P -U -i eth0 $IP_G >/dev/null 2>&1
	came "unsolicited reply" "ether src $MAC_G and arp[6:2] = 2"
	listen_end
	if has_ipv6; then
		expect "ndisc6" in_ns guest ndisc6 -q -1 $IP6_V eth0
		expect "ndisc6 the guest" in_ns victim ndisc6 -q -1 $IP6_G eth0
		in_ns guest rdisc6 -q -1 -r 1 -w 100 eth0 >/dev/null 2>&1
	fi
	clean "tools"
}

# --- QEMU ------------------------------------------------------------------

ANNOUNCE='{"execute": "qmp_capabilities"}
{"execute": "announce-self", "arguments":
 {"initial": 50, "max": 50, "rounds": 3, "step": 0}}'

# The guest's port becomes QEMU's tap, and QEMU speaks for the guest, as it does
# at the end of a migration. Its CPU finds nothing but "hlt".
qemu_announces()
{
	[ -e /dev/net/tun ] || modprobe -q tun
	ip -n "$HOST" link del gst0 2>/dev/null
	ip -n "$HOST" tuntap add gst0 mode tap
	ip -n "$HOST" link set gst0 master br0 up
	under_qemu_guard
	listen uplink
	head -c 65536 /dev/zero | tr '\0' '\364' >"$DIR/bios"
	mkfifo "$DIR/qmp"
	start host sh -c "exec qemu-system-x86_64 -accel tcg -M pc -m 16 \
		-bios $DIR/bios -nodefaults -display none -qmp stdio <$DIR/qmp \
		-netdev tap,id=n0,ifname=gst0,script=no,downscript=no \
		-device $1,netdev=n0,mac=$MAC_G,romfile="
	exec {QMP}>"$DIR/qmp"
	echo "$ANNOUNCE" >&$QMP
}

under_qemu_guard()
{
	policy < <(print_policy all)
	reset_counters
}

qemu_ends()
{
	exec {QMP}>&-
	rm -f "$DIR/qmp"
	stop $STARTED
	listen_end
}

announced()
{
	[ "$(tcpdump -nr "$PCAP" "ether proto 0x8035" 2>/dev/null | wc -l)" -ge 3 ]
}

announcement_by_qemu()
{
	local model wanted

	if ! command -v qemu-system-x86_64 >/dev/null; then
		skip_test "no qemu-system-x86_64"
		return
	fi
	wanted=$(python3 -S "$HERE/frame.py" hex eth src=$MAC_G dst=bc pad=60 / \
		rarp op=3 sha=$MAC_G tha=$MAC_G)
	for model in virtio-net-pci e1000; do
		qemu_announces $model
		busywait $WAIT announced || fail "$model: no announcement"
		same "$model: the frame" "$wanted" "$(announcement)"
		clean $model
		qemu_ends
	done
	ip -n "$HOST" link del gst0
}

announcement()
{
	tcpdump -nr "$PCAP" -c 1 -xx "ether proto 0x8035" 2>/dev/null |
		sed -n 's/^\t0x[0-9a-f]*: *//p' | tr -d ' \n'
}

run_tests
