#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Fragments, bulk, large frames, IPsec and tunnels, by the kernels' own stacks
# over veth.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	fragments
	large_datagrams
	tcp
	tcp_merged_by_the_port
	tcp_in_big_frames
	udp_segmentation_offload
	big_mtu
	trunk
	esp
	esp_tunnel
	gre
	vxlan
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need iperf3 socat tcpdump

set_up()
{
	stack_create
	addressed guest victim uplink
	serve_tcp
}

tear_down()
{
	stack_destroy
}

# families COMMAND...: with the addresses of guest and victim behind it, for
# IPv4 and for IPv6.
families()
{
	"$@" $IP_G $IP_V
	if has_ipv6; then
		"$@" $IP6_G $IP6_V
	fi
}


ping_sizes()
{
	local size

	for size in 8000 20000 65000; do
		pings guest $2 -s $size
		pings victim $1 -s $size
	done
}

fragments()
{
	local who

	for who in one all; do
		under_guard $who
		listen victim
		families ping_sizes
		came "a later fragment" "src $IP_G and ip[6:2] & 0x1fff != 0"
		has_ipv6 && came "an IPv6 fragment" "src $IP6_G and ip6[6] = 44"
		listen_end
		clean $who
	done
}

udp_name()
{
	case $1 in
	*:*) echo "UDP6-$2:[$1]:7000" ;;
	*) echo "UDP4-$2:$1:7000" ;;
	esac
}

# datagram FROM-END TO-END TO-ADDRESS: 60,000 bytes in one.
datagram()
{
	: >"$DIR/got"
	start $2 socat -u -b 65000 "${4}-RECV:7000" "OPEN:$DIR/got"
	busywait $WAIT receiving $2
	head -c 60000 /dev/urandom >"$DIR/sent"
	in_ns $1 socat -u -b 65000 "OPEN:$DIR/sent" "$(udp_name $3 SENDTO)"
	busywait $WAIT cmp -s "$DIR/sent" "$DIR/got" || fail "$1 to $3: not the same"
	stop $STARTED
}

receiving()
{
	[ -n "$(in_ns $1 ss -Hlun "sport = :7000")" ]
}

large_datagrams()
{
	local who

	for who in one all; do
		under_guard $who
		datagram guest victim $IP_V UDP4
		datagram victim guest $IP_G UDP4
		if has_ipv6; then
			datagram guest victim $IP6_V UDP6
			datagram victim guest $IP6_G UDP6
		fi
		clean $who
	done
}

bulk()
{
	expect "TCP to $2" in_ns guest iperf3 -c $2 -n ${BYTES-16M}
	expect "TCP from $2" in_ns guest iperf3 -R -c $2 -n ${BYTES-16M}
}

# veth segments nothing: frames of up to 64 KiB cross the bridge.
tcp()
{
	local who

	for who in one all; do
		under_guard $who
		listen victim
		families bulk
		came "64 KiB" "src $IP_G and greater 60000"
		has_ipv6 && came "64 KiB" "src $IP6_G and greater 60000"
		listen_end
		clean $who
	done
}

offloads()
{
	ip netns exec "$NS-$1" ethtool -K $2 tso $3 gso $3 >/dev/null
}

# The guests send frames of MTU size, and GRO makes large ones of them at the
# bridge's ports; fraglist GRO makes lists of skbs.
tcp_merged_by_the_port()
{
	local list

	offloads guest eth0 off
	offloads victim eth0 off
	for list in off on; do
		in_ns host ethtool -K gst0 gro on rx-gro-list $list 2>/dev/null
		in_ns host ethtool -K vic0 gro on rx-gro-list $list 2>/dev/null
		under_guard all
		BYTES=8M families bulk
		clean "rx-gro-list $list"
	done
	in_ns host ethtool -K gst0 gro off rx-gro-list off
	in_ns host ethtool -K vic0 gro off rx-gro-list off
	offloads guest eth0 on
	offloads victim eth0 on
}

big_frames()
{
	local dev

	for dev in guest:eth0 victim:eth0 host:gst0 host:vic0 host:br0; do
		ip -n "$NS-${dev%:*}" link set ${dev#*:} gso_max_size $1 \
			gro_max_size $1 || return
	done
}

# BIG TCP: IPv6 since 5.19, behind a jumbo payload option.
tcp_in_big_frames()
{
	need_ipv6 || return
	if ! big_frames 190000 2>/dev/null; then
		skip_test "a kernel without BIG TCP"
		return
	fi
	under_guard all
	listen victim
	BYTES=64M bulk $IP6_G $IP6_V
	came "a frame beyond 64 KiB" "src $IP6_G and greater 66000"
	listen_end
	clean "BIG TCP"
	big_frames 65536
}

segments()
{
	expect "UDP to $2" in_ns guest python3 -S -c "$SEGMENTS" $2
}

udp_segmentation_offload()
{
	under_guard all
	listen victim
	families segments
	came "a long datagram" "udp dst port 9 and greater 40000 and src $IP_G"
	listen_end
	clean "UDP_SEGMENT"
}

set_mtu()
{
	ip -n "$HOST" link set gst0 mtu $1
	ip -n "$HOST" link set vic0 mtu $1
	ip -n "$HOST" link set upl0 mtu $1
	ip -n "$HOST" link set br0 mtu $1
	ip -n "$NS-guest" link set eth0 mtu $1
	ip -n "$NS-victim" link set eth0 mtu $1
	ip -n "$NS-uplink" link set eth0 mtu $1
}

jumbo()
{
	pings guest $2 -M "do" -s 8900
	pings victim $1 -M "do" -s 8900
	BYTES=8M bulk $1 $2
}

big_mtu()
{
	local who

	set_mtu 9000
	for who in one all; do
		under_guard $who
		families jumbo
		clean $who
	done
	offloads guest eth0 off
	BYTES=8M families bulk
	clean "frames of 9000 bytes"
	offloads guest eth0 on
	set_mtu 1500
}

# vlan_end END DEV ID NUMBER MAC
vlan_end()
{
	bridge -n "$HOST" vlan add dev $2 vid $3
	bridge -n "$HOST" fdb replace $5 dev $2 master static vlan $3
	ip -n "$NS-$1" link add link eth0 name eth0.$3 type vlan id $3
	ip -n "$NS-$1" addr add 10.0.$3.$4/24 dev eth0.$3
	has_ipv6 && knob $1 ipv6/conf/eth0.$3/disable_ipv6 0
	ip -n "$NS-$1" addr add 2001:db8:$3::$4/64 dev eth0.$3 nodad 2>/dev/null
	ip -n "$NS-$1" link set eth0.$3 up
}

# A guest with tagged and untagged networks.
trunk()
{
	local id

	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	for id in 10 20; do
		vlan_end guest gst0 $id 1 $MAC_G
		vlan_end victim vic0 $id 2 $MAC_V
	done
	MORE_POLICY=$(for id in 10 20; do
		echo "binding add port gst0 mac $MAC_G vlan $id ip 10.0.$id.1 ip 2001:db8:$id::1"
		echo "binding add port vic0 mac $MAC_V vlan $id ip 10.0.$id.2 ip 2001:db8:$id::2"
	done)
	under_guard all
	for id in 10 20; do
		trunk_talk 10.0.$id.1 10.0.$id.2
		has_ipv6 && trunk_talk 2001:db8:$id::1 2001:db8:$id::2
	done
	families bulk
	clean "trunk"
	for id in 10 20; do
		ip -n "$NS-guest" link del eth0.$id
		ip -n "$NS-victim" link del eth0.$id
	done
	MORE_POLICY=
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
}

trunk_talk()
{
	pings guest $2
	pings victim $1 -s 8000
	BYTES=4M bulk $1 $2
}

# --- tunnels ---------------------------------------------------------------

KEY=0x000102030405060708090a0b0c0d0e0f
AUTH=0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f

# xfrm_state END FROM TO SPI MODE
xfrm_state()
{
	local inner=

	# What is in the tunnels is IPv4, also where the outside is not.
	[ $5 != tunnel ] || inner="sel src 0.0.0.0/0 dst 0.0.0.0/0"
	ip -n "$NS-$1" xfrm state add src $2 dst $3 proto esp spi $4 mode $5 \
		enc 'cbc(aes)' $KEY auth-trunc 'hmac(sha256)' $AUTH 128 $inner
}

# xfrm_policy END DIR FROM TO MODE OUTER-FROM OUTER-TO
xfrm_policy()
{
	ip -n "$NS-$1" xfrm policy add dir $2 src $3 dst $4 \
		tmpl src $6 dst $7 proto esp mode $5
}

# ipsec MODE INNER-G INNER-V G V
ipsec()
{
	local end

	for end in guest victim; do
		xfrm_state $end $4 $5 0x101 $1 || return
		xfrm_state $end $5 $4 0x102 $1
	done
	xfrm_policy guest out $2 $3 $1 $4 $5
	xfrm_policy guest in $3 $2 $1 $5 $4
	xfrm_policy victim in $2 $3 $1 $4 $5
	xfrm_policy victim out $3 $2 $1 $5 $4
}

ipsec_end()
{
	local end

	for end in guest victim; do
		ip -n "$NS-$end" xfrm policy flush
		ip -n "$NS-$end" xfrm state flush
	done
}

# In fragments, too: the first ping of 3000 bytes shows it.
protected()
{
	if ! ipsec transport $1 $2 $1 $2; then
		fail "no ESP between $1 and $2"
	fi
	pings guest $2
	pings guest $2 -s 3000
	BYTES=1M bulk $1 $2
	ipsec_end
}

esp()
{
	local who

	for who in one all; do
		under_guard $who
		listen victim
		families protected
		came "ESP" "src $IP_G and ip proto 50"
		has_ipv6 && came "ESP over IPv6" "src $IP6_G and ip6 proto 50"
		listen_end
		clean $who
	done
}

# inner END ADDRESS PEER: an address behind a tunnel, and the way to the other.
inner()
{
	ip -n "$NS-$1" addr add $2/32 dev lo
	ip -n "$NS-$1" route add $3 dev ${4-eth0} src $2
}

esp_tunnel()
{
	under_guard all
	inner guest 10.9.1.1 10.9.2.1
	inner victim 10.9.2.1 10.9.1.1
	listen victim
	ipsec tunnel 10.9.1.1 10.9.2.1 $IP_G $IP_V || fail "no tunnel"
	pings guest 10.9.2.1
	pings victim 10.9.1.1 -s 3000
	ipsec_end
	if has_ipv6; then
		ipsec tunnel 10.9.1.1 10.9.2.1 $IP6_G $IP6_V || fail "no tunnel"
		pings guest 10.9.2.1
		ipsec_end
		came "ESP over IPv6" "src $IP6_G and ip6 proto 50"
	fi
	came "ESP" "src $IP_G and ip proto 50"
	listen_end
	clean "tunnel"
	ip -n "$NS-guest" addr del 10.9.1.1/32 dev lo
	ip -n "$NS-victim" addr del 10.9.2.1/32 dev lo
}

# tunnel KIND WORDS G V: a device at each end, and traffic inside.
tunnel()
{
	local kind=$1 words=$2

	ip -n "$NS-guest" link add tun1 type $kind $words local $3 remote $4 || fail "$kind"
	ip -n "$NS-victim" link add tun1 type $kind $words local $4 remote $3
	ip -n "$NS-guest" addr add 10.8.0.1/24 dev tun1
	ip -n "$NS-victim" addr add 10.8.0.2/24 dev tun1
	ip -n "$NS-guest" link set tun1 up
	ip -n "$NS-victim" link set tun1 up
	pings guest 10.8.0.2
	pings victim 10.8.0.1 -s 3000
	BYTES=4M bulk 10.8.0.1 10.8.0.2
	ip -n "$NS-guest" link del tun1
	ip -n "$NS-victim" link del tun1
}

gre()
{
	under_guard all
	listen victim
	tunnel gre "" $IP_G $IP_V
	tunnel gretap "" $IP_G $IP_V
	came "GRE" "src $IP_G and ip proto 47"
	if has_ipv6; then
		tunnel ip6gre "" $IP6_G $IP6_V
		came "GRE over IPv6" "src $IP6_G and ip6[6] != 58"
	fi
	listen_end
	clean "GRE"
}

vxlan()
{
	under_guard all
	listen victim
	tunnel vxlan "id 7 dstport 4789 dev eth0" $IP_G $IP_V
	came "VXLAN" "src $IP_G and udp dst port 4789"
	has_ipv6 && tunnel vxlan "id 7 dstport 4789 dev eth0" $IP6_G $IP6_V
	listen_end
	clean "VXLAN"
}

run_tests
