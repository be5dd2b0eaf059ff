#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What a guest says in its virtio_net_hdr: checksums that the kernel is to
# complete, packets that it is to cut up, on the way to the victim and thus
# after brguard has judged the frame.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	checksums_to_be_completed
	completed_by_a_packet_socket
	attacks_by_checksum
	attacks_in_the_ethernet_header
	segments_to_be_made
	attacks_by_segments
	large_packets
	lies
"

# shellcheck source=/dev/null
. "$(dirname "$0")/shape.sh"

TO="eth src=$MAC_G dst=$MAC_V"
IP="$TO / ip src=$IP_G dst=$IP_V"
IP6="$TO / ip6 src=$IP6_G dst=$IP6_V"

# The victim's tap completes no checksum and cuts up no packet, as with a guest
# that has no such driver: the kernel does both when it sends.
set_up()
{
	need ethtool
	lab_create
	trace_create
	end_as guest vnet-tap
	end_as victim tap
}

# --- checksums ---------------------------------------------------------------

# completes WORDS START OFFSET FRAME: it comes with its checksum.
completes()
{
	asked "$1" partial guest "${@:2}"
	same "$1: came to" victim "$CAME"
	same "$1: counters" - "$COUNTED"
}

checksums_of_a_guest()
{
	local inner="udp csum=partial / raw n=40"

	completes "TCP" 34 16 $IP / tcp csum=partial / raw n=40
	completes "UDP" 34 6 $IP / $inner
	completes "ICMP" 34 2 $IP / icmp csum=partial / raw n=40
	completes "UDP behind options" 38 6 $IP opt=01010101 / $inner
	completes "TCP over IPv6" 54 16 $IP6 / tcp csum=partial / raw n=40
	completes "UDP over IPv6" 54 6 $IP6 / $inner
	completes "UDP behind two headers" 70 6 $IP6 / hop / dstopt / $inner
	completes "echo" 54 2 $IP6 / icmp6 csum=partial / raw n=40
	completes "solicitation" 54 2 $IP6 / ns target=$IP6_V opt=1:$MAC_G csum=partial
	completes "DHCP request" 34 6 $IP / udp sport=68 dport=67 csum=partial / dhcp
	completes "UDP in IPv4 in IPv4" 54 6 $IP / ip src=10.0.0.1 dst=10.0.0.2 / $inner
	completes "UDP in IPv6 in IPv4" 74 6 $IP / ip6 src=fd00::1 dst=fd00::2 / $inner
	completes "UDP in IPv4 in UDP" 62 6 $IP / udp csum=0 / \
		ip src=10.0.0.1 dst=10.0.0.2 / $inner
}

checksums_to_be_completed()
{
	guard
	introduce
	checksums_of_a_guest
}

# Of a bridge port without checksum offload, to a veth.
completed_by_a_packet_socket()
{
	end_as guest vnet-packet
	end_as victim packet
	in_ns host ethtool -K vic0 tx off >/dev/null
	guard
	introduce
	checksums_of_a_guest
	run_both attacks_by_checksum
	end_as guest vnet-tap
	end_as victim tap
}

# forge WORDS REASON START OFFSET WANTED FRAME: the checksum becomes part of
# what is judged. Kernels that refuse it are right, too.
forge()
{
	local what=$1 reason=$2

	asked "$what" sums guest "${@:3}"
	ATTACKS=$((ATTACKS + 1))
	if [ "$CAME" = refused ]; then
		note "$what: this kernel refuses it"
	elif [ $PHASE = guarded ]; then
		dropped "$what" "$reason"
	elif [[ $CAME != *victim* ]]; then
		arrives_nowhere "$what"
	fi
}

# A veth takes these for checksums of the past.
attacks_in_the_ethernet_header()
{
	forge "destination MAC" malformed 0 4 0003 $IP / udp / $END
	forge "source MAC" malformed 6 4 0002 $IP / udp / $END
	forge "EtherType" malformed 12 0 0806 $IP / udp / $END
}

END="raw n=10"

attacks_by_checksum()
{
	local dhcp="udp sport=68 dport=67 / dhcp" arp nd

	arp="eth src=$MAC_G dst=$MAC_V pad=60 / arp op=2 spa=$IP_G tpa=$IP_V"
	nd="na target=$IP6_G opt=2:$MAC_G opt=14:1:00"
	forge "ARP, protocol type" malformed 16 0 0801 $arp
	forge "ARP, lengths" malformed 18 0 0805 $arp
	forge "ARP, operation" malformed 20 0 0001 $arp
	forge "ARP, sender MAC" malformed 26 0 0002 $arp
	forge "ARP, sender" malformed 30 0 0202 $arp
	forge "ARP, sender, from further ahead" malformed 20 10 0202 $arp
	forge "ARP, padding" malformed 44 0 0202 $arp
	forge "IPv4, header length" malformed 14 0 4600 $IP / udp / $END
	forge "IPv4, fragment" malformed 20 0 0003 $IP / udp / $END
	forge "IPv4, protocol" malformed 22 0 4001 $IP / udp / $END
	forge "IPv4, source" malformed 28 0 0203 $IP / udp / $END
	forge "IPv4, first half of the source" malformed 26 0 c633 $IP / udp / $END
	forge "IPv4, both halves" malformed 27 0 0303 $IP / udp / $END
	forge "UDP, source port" malformed 34 0 0043 $IP / udp / $END
	forge "UDP, destination port" malformed 36 0 0044 $IP / udp / $END
	forge "UDP behind options, port" malformed 38 0 0043 \
		$IP opt=01010101 / udp / $END
	forge "DHCP, client's address" src-ip 34 40 0002 \
		eth src=$MAC_G / ip src=0.0.0.0 / $dhcp
	forge "IGMP, type" src-ip 38 0 1100 eth src=$MAC_G dst=01:00:5e:00:00:16 / \
		ip src=0.0.0.0 dst=224.0.0.22 opt=94040000 / igmp
	forge "IPv6, payload length" malformed 18 0 0008 $IP6 / udp / $END
	forge "IPv6, next header" malformed 20 0 3a40 $IP6 / udp / $END
	forge "IPv6, source" malformed 36 0 0003 $IP6 / udp / $END
	forge "IPv6, UDP port" malformed 54 0 0223 $IP6 / udp / $END
	forge "IPv6, options' next header" malformed 54 0 3a00 $IP6 / dstopt / udp / $END
	forge "IPv6, fragment's offset" malformed 56 0 0008 \
		$IP6 / frag m=1 / udp / raw n=16
	forge "ICMPv6, type" malformed 54 0 8800 $IP6 / icmp6 / raw n=24
	forge "advertisement, target" nd 76 0 0002 $IP6 / $nd
	forge "advertisement, option" nd 84 0 0002 $IP6 / $nd
	forge "solicitation, option's length" nd 78 0 0102 \
		$IP6 / ns target=$IP6_V opt=1:$MAC_G opt=14:1:00
}

# --- segments ----------------------------------------------------------------

# cut_up WORDS ENDS SHAPE FRAME: what comes of it, as END:LENGTH.
cut_up()
{
	local what=$1 ends=$2

	lab shape guest $3
	asked "$what" burst guest "${@:4}"
	lab shape guest
	same "$what: came as" "$ends" "$CAME"
	same "$what: counters" - "$COUNTED"
}

segments_to_be_made()
{
	local tcp="tcp flags=0x10 ack=1 csum=partial / raw n=1200"

	guard
	introduce
	cut_up "TCP" "victim:654 victim:654" \
		"flags=csum gso=tcp4 gso_size=600 start=34 offset=16 hdr_len=54" \
		$IP / $tcp
	cut_up "TCP over IPv6" "victim:674 victim:674" \
		"flags=csum gso=tcp6 gso_size=600 start=54 offset=16 hdr_len=74" \
		$IP6 / $tcp
	cut_up "UDP" "victim:442 victim:634 victim:634" \
		"flags=csum gso=udp gso_size=600 start=34 offset=6 hdr_len=42" \
		$IP / udp csum=partial / raw n=1600
}

# That of a later fragment is judged by its source alone, as its offset says
# that no UDP header is in it. Offloading sets the offset anew.
attacks_by_segments()
{
	local later="ip src=$IP_G dst=$IP_V off=1480 proto=17"

	attack_by "a later fragment becomes the first" malformed offload guest 200 \
		$TO / $later / udp sport=67 dport=68 / dhcp op=2
	attack_by "a middle one becomes the first" malformed offload guest 200 \
		$TO / $later mf=1 / udp sport=67 dport=68 / raw n=400
}

# --- to a device that takes all ----------------------------------------------

large_packets()
{
	local tcp="tcp flags=0x10 ack=1 csum=partial / raw n=64000"
	local shape="flags=csum gso=tcp4 gso_size=1448 start=34 offset=16 hdr_len=54"

	end_as victim packet
	guard
	introduce
	cut_up "64 KiB" victim:64054 "$shape" $IP / $tcp
	cut_up "64 KiB over IPv6" victim:64074 \
		"flags=csum gso=tcp6 gso_size=1428 start=54 offset=16 hdr_len=74" \
		$IP6 / $tcp
	run_both attacks_with_large_packets
	end_as victim tap
}

attacks_with_large_packets()
{
	local tcp="tcp flags=0x10 ack=1 csum=partial / raw n=64000"

	lab shape guest flags=csum gso=tcp4 gso_size=1448 start=34 offset=16
	attack "64 KiB from the router" src-ip $TO / ip src=$IP_R dst=$IP_V / $tcp
	attack "64 KiB with the router's MAC" src-mac \
		eth src=$MAC_R dst=$MAC_V / ip src=$IP_G dst=$IP_V / $tcp
	lab shape guest flags=csum gso=tcp6 gso_size=1428 start=54 offset=16
	attack "64 KiB over IPv6" src-ip $TO / ip6 src=$IP6_R dst=$IP6_V / $tcp
	lab shape guest
}

# lie HOW WORDS REASON SHAPE FRAME: HOW is attack or mute. Kernels that refuse
# what would arrive nowhere are right, too.
lie()
{
	lab shape guest $4
	CAME=
	if [ "$1" = mute ]; then probe "$2" "${@:5}"; fi
	if [ "$CAME" = refused ]; then
		note "$2: this kernel refuses it"
	else
		$1 "$2" "$3" "${@:5}"
	fi
	lab shape guest
}

TCP4="flags=csum gso=tcp4 gso_size=100 offset=16"
TCP6="flags=csum gso=tcp6 gso_size=100 offset=16"

# Of segments that the kernel cannot make, nothing arrives; it is judged before
# it is cut up.
attacks_by_lies()
{
	local more="raw n=600"
	local arp="$TO / arp op=2 spa=$IP_G tpa=$IP_V / $more"
	local spoofed="$TO / arp op=2 spa=$IP_R tpa=$IP_V / $more"
	local from_r="$TO / ip src=$IP_R dst=$IP_V"

	lie mute "ARP in TCP segments" malformed "$TCP4 start=42" $arp
	lie mute "ARP in UDP fragments" malformed "gso=udp gso_size=100" $arp
	lie mute "spoofed ARP in segments" malformed "$TCP6 start=42" $spoofed
	lie attack "ARP with a checksum" malformed "flags=csum start=42 offset=6" $arp
	lie attack "spoofed ARP said to be valid" arp "flags=valid" $spoofed
	lie mute "segments of IPv6 in IPv4" src-ip "$TCP6 start=34" $from_r / tcp / $more
	lie mute "TCP segments of UDP" src-ip "$TCP4 start=34" $from_r / udp / $more
	lie mute "UDP fragments of TCP" src-ip "gso=udp gso_size=100" \
		$from_r / tcp / $more
	lie attack "segments of a byte" src-ip \
		"flags=csum gso=tcp4 gso_size=1 start=34 offset=16" \
		$from_r / tcp csum=partial flags=0x10 ack=1 / $more
	lie mute "segments of IPv4 in IPv6" src-ip "$TCP4 start=54" \
		$TO / ip6 src=$IP6_R dst=$IP6_V / tcp / $more
	lie mute "advertisement in segments" nd "gso=tcp6 gso_size=10" \
		$IP6 / na target=$IP6_V opt=2:$MAC_G / $more
	lie attack "false advertisement said to be valid" nd "flags=valid" \
		$IP6 / na target=$IP6_V opt=2:$MAC_G
	lie attack "wrong sum said to be valid" nd "flags=valid" \
		$IP6 / na target=$IP6_G opt=2:$MAC_G csum=1
}

# own_lie WORDS SHAPE FRAME: judged like the plain frame, or malformed.
own_lie()
{
	lab shape guest $2
	probe "$1" "${@:3}"
	[[ $COUNTED == - || $COUNTED == gst0:malformed ]] ||
		fail "$1: counted as $COUNTED"
	lab shape guest
}

lies()
{
	local n more="raw n=600"

	end_as victim packet
	run_both attacks_by_lies
	own_lie "segments of IPv6 in IPv4" "$TCP6 start=34" $IP / tcp / $more
	own_lie "segments of IPv4 in IPv6" "$TCP4 start=54" $IP6 / tcp / $more
	own_lie "TCP segments of UDP" "$TCP4 start=34" $IP / udp / $more
	own_lie "UDP fragments of TCP" "gso=udp gso_size=100" $IP / tcp / $more
	own_lie "segments of a fragment" "$TCP4 start=34" \
		$IP off=800 proto=6 / tcp / $more
	own_lie "segments of a byte" "gso=tcp4 gso_size=1" $IP / tcp / $more
	for n in "hdr_len=2000" "gso=tcp4 gso_size=0" \
			"flags=csum start=2000" "flags=csum start=34 offset=2000" \
			"flags=csum start=65535 offset=65535" "gso=tcp4 gso_size=65535"; do
		lab shape guest $n
		probe "$n" $TO / arp op=2 spa=$IP_V tpa=$IP_R / $more
		same "$n" refused "$CAME"
	done
	lab shape guest
	end_as victim tap
}

run_tests
