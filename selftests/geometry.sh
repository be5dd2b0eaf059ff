#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The same bytes in every shape that a guest can give to an skb: in page
# fragments, in memory that it still holds, merged, cloned, shared.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	pieces_from_a_tap
	page_fragments_from_a_veth
	memory_of_the_sender
	memory_changed_afterwards
	merged_packets
	cloned_frames
	mirrored_frames
	shared_frames
	sockets_of_the_guest
	short_frames
"

# shellcheck source=/dev/null
. "$(dirname "$0")/shape.sh"

# --- frames ------------------------------------------------------------------

FILL=pad=60		# words for each "eth"

# One attack for each way through the parser.
attacks_of_all_kinds()
{
	local from="eth $FILL src=$MAC_G" to

	to="$from dst=$MAC_V"
	attack "source MAC" src-mac eth $FILL src=$MAC_X / arp op=1 spa=$IP_X tpa=$IP_V
	attack "ARP" arp $from / arp op=1 spa=$IP_V tpa=$IP_R
	attack "ARP probe" arp $from / arp op=1 spa=0.0.0.0 tpa=$IP_V
	attack "ARP, sender MAC" arp $to / arp op=2 sha=$MAC_R spa=$IP_G tpa=$IP_V
	attack "UDP" src-ip $to / ip src=$IP_R dst=$IP_V / udp / raw n=40
	attack "header length" malformed $to / ip ihl=3 src=$IP_G dst=$IP_V / udp
	attack "DHCP offer behind options" dhcp-server $from / \
		ip src=$IP_G opt=0101010101010101 / udp sport=67 dport=68 / dhcp op=2
	attack "DHCP for the victim" src-ip $from / \
		ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp chaddr=$MAC_V
	attack "TCP over IPv6" src-ip $to / ip6 src=$IP6_R dst=$IP6_V / tcp
	attack "advertisement" nd $to / ip6 src=$IP6_G dst=$IP6_V / \
		dstopt n=2 / na target=$IP6_V opt=2:$MAC_G
	attack "false option in second place" nd $to / ip6 src=$IP6_G dst=$IP6_V / \
		na target=$IP6_G opt=14:1:0102 opt=2:$MAC_V
	attack "router advertisement" ra $to / ip6 src=$LL_G dst=$LL_V / \
		hop / dstopt / ra
	attack "DHCPv6 reply" dhcp-server $to / ip6 src=$LL_G dst=$LL_V / dstopt / \
		udp sport=547 dport=546 / raw 07
	attack "VLAN 0" encapsulation $to / vlan id=0 / ip src=$IP_G dst=$IP_V / udp
	attack "SNAP" encapsulation $to / llc / snap / arp op=2 spa=$IP_R tpa=$IP_V
	attack "EtherType" ethertype $to type=0x88cc / raw n=46
}

own_packet()
{
	pass "$1" victim eth $FILL src=$MAC_G dst=$MAC_V / \
		ip src=$IP_G dst=$IP_V / udp / raw n=400
}

pieces_from_a_tap()
{
	local sizes

	end_as guest frags-tap
	for sizes in 14 14,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 14,7,7,7,7,7,7,7 \
			15,11,1,3,24,7,15,1,2; do
		lab shape guest pieces=$sizes
		looks "pieces $sizes" data_len=[1-9] own_packet "pieces $sizes"
		run_both attacks_of_all_kinds
	done
	in_ns host ethtool -K gst0 gro on
	lab shape guest pieces=14,8,8,8
	run_both attacks_of_all_kinds
	end_as guest packet
}

# A packet socket puts what hdr_len leaves, in a frame of a page, into pages.
page_fragments_from_a_veth()
{
	local n

	end_as victim packet
	end_as guest vnet-packet
	FILL=pad=4500
	for n in 14 30; do
		lab shape guest hdr_len=$n
		looks "hdr_len $n" data_len=4 own_packet "hdr_len $n"
		run_both attacks_of_all_kinds
	done
	FILL=pad=60
	end_as guest packet
}

memory_of_the_sender()
{
	end_as guest ring
	looks "ring" data_len=[1-9] own_packet "ring"
	run_both attacks_of_all_kinds
	end_as guest packet
}

# A packet socket's ring stays in the hands of the sender, but a veth copies
# what comes from one: a frame that has passed cannot be changed any more.
memory_changed_afterwards()
{
	local to="eth pad=60 src=$MAC_G dst=$MAC_V"

	end_as guest ring
	end_as victim tap
	guard
	introduce
	asked "ARP" swap guest $to / arp op=2 spa=$IP_G tpa=$IP_V // \
		$to / arp op=2 spa=$IP_R tpa=$IP_V
	same "ARP, as changed" "-;-" "$CAME;$COUNTED"
	asked "source" swap guest $to / ip src=$IP_G dst=$IP_V / udp // \
		$to / ip src=$IP_R dst=$IP_V / udp
	same "source, as changed" "-;-" "$CAME;$COUNTED"
	end_as guest packet
	end_as victim packet
}

# --- merged ------------------------------------------------------------------

# segments SOURCE: what GRO can make one of, in $FRAMES.
segments()
{
	local to="eth src=$MAC_G dst=$MAC_V / ip src=$1 dst=$IP_V df=1"
	local tcp="tcp flags=0x10 ack=1"

	FRAMES="$to id=1 / $tcp seq=1 / raw n=600 // $to id=2 / $tcp seq=601 / raw n=600"
}

# burst_until PATTERN: GRO waits for no second frame, so it may take a few
# attempts until it has one to merge.
burst_until()
{
	local try

	for try in {1..50}; do
		asked "burst" burst guest $FRAMES
		if [[ "$CAME;$COUNTED" =~ $1 ]]; then
			return
		fi
	done
	fail "burst: $CAME;$COUNTED, never $1"
}

# Frames of $IP_G arrive as one with a list behind it, and those of another come
# to nobody, merged or not. With a timeout, GRO waits for more until the next
# tick of the clock.
merged_packets()
{
	end_as guest napi-tap
	in_ns host sh -c 'echo 20000000 >/sys/class/net/gst0/gro_flush_timeout'
	in_ns host ethtool -K gst0 gro on
	unguard
	introduce
	segments $IP_G
	looks "merged" "data_len=[1-9].* gso_size=600" burst_until victim:1254
	segments $IP_R
	burst_until victim:1254
	guard
	segments $IP_G
	burst_until victim:1254
	same "counters" - "$COUNTED"
	segments $IP_R
	burst_until "^-;gst0:src-ip$"
	segments $IP_G
	burst_until victim:1254
	end_as guest packet
}

# --- cloned, shared ----------------------------------------------------------

cloned_frames()
{
	end_as guest tap
	lab eavesdrop "$HOST" gst0
	run_both attacks_of_all_kinds
	end_as guest packet
	lab eavesdrop "$HOST" gst0
	run_both attacks_of_all_kinds
}

mirrored_frames()
{
	ip -n "$HOST" link add mir0 type dummy
	ip -n "$HOST" link set mir0 up
	in_ns host tc qdisc add dev gst0 clsact
	if ! in_ns host tc filter add dev gst0 ingress matchall \
			action mirred egress mirror dev mir0; then
		fail "no mirror"
	fi
	run_both attacks_of_all_kinds
	[ "$(in_ns host cat /sys/class/net/mir0/statistics/tx_packets)" -gt 0 ] ||
		fail "nothing was mirrored"
	in_ns host tc qdisc del dev gst0 clsact
	ip -n "$HOST" link del mir0
}

received()
{
	in_ns host cat /sys/class/net/vic0/statistics/tx_packets
}

# generate SOURCE: 20 packets, ten of them one skb. How many go to the victim?
generate()
{
	local before

	before=$(received)
	pktgen "count 20" "burst 10" "src_mac $MAC_G" "src_min $1" "src_max $1" ||
		fail "pktgen"
	echo $(($(received) - before))
}

shared_frames()
{
	if ! modprobe -q pktgen; then
		skip_test "no pktgen"
		return
	fi
	unguard
	introduce
	same "spoofed, without brguard" 20 "$(generate $IP_R)"
	guard
	reset_counters
	same "its own" 20 "$(generate $IP_G)"
	same "counted" 0 "$(count gst0 src-ip)"
	same "spoofed" 0 "$(generate $IP_R)"
	same "counted" 20 "$(count gst0 src-ip)"
	same "its own again" 20 "$(generate $IP_G)"
}

# --- a container's sockets ---------------------------------------------------

sockets_of_the_guest()
{
	local how ip

	for ip in $IP_G $IP_R; do
		ip -n "$NS-guest" addr add $ip/32 dev eth0
	done
	ip -n "$NS-guest" route add $IP_V dev eth0
	ip -n "$NS-guest" neigh add $IP_V lladdr $MAC_V dev eth0 nud permanent
	for how in copy zerocopy sendfile; do
		unguard
		introduce
		asked "$how" user guest "$NS-guest" $how $IP_R $IP_V
		same "$how, spoofed, without brguard" victim:1442 "$CAME"
		guard
		introduce
		asked "$how" user guest "$NS-guest" $how $IP_G $IP_V
		same "$how" "victim:1442;-" "$CAME;$COUNTED"
		asked "$how" user guest "$NS-guest" $how $IP_R $IP_V
		same "$how, spoofed" "-;gst0:src-ip" "$CAME;$COUNTED"
	done
	ip -n "$NS-guest" addr flush dev eth0
}

# --- short -------------------------------------------------------------------

# What is shorter than an Ethernet header gets into no skb.
short_frames()
{
	local kind n

	guard
	introduce
	for kind in packet vnet-packet tap vnet-tap frags-tap; do
		end_as guest $kind
		legit "$kind, before,"
		for n in 1 2 13; do
			probe "$kind, $n bytes" eth src=$MAC_G cut=$n / arp spa=$IP_V
			same "$kind, $n bytes" "refused;-;-" "$CAME;$LEARNED;$COUNTED"
		done
		for n in 14 15 16; do
			drop "$kind, $n bytes of ARP" arp \
				eth src=$MAC_G cut=$n / arp spa=$IP_G tpa=$IP_V
			drop "$kind, $n bytes of IPv6" malformed \
				eth src=$MAC_G cut=$n / ip6 src=$IP6_G
		done
		legit "$kind, after,"
	done
	end_as guest packet
}

run_tests
