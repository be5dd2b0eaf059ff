#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 5: ARP and RARP from a guest.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_foreign_sender
	attacks_sender_mac
	attacks_probe
	attacks_shape
	attacks_truncated
	attacks_operation
	attacks_rarp
	own_address
	from_a_tap
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

attacks_foreign_sender()
{
	attack "request as the victim" arp \
		eth src=$MAC_G / arp op=1 spa=$IP_V tpa=$IP_R
	attack "reply as the victim" arp \
		eth src=$MAC_G dst=$MAC_R / arp op=2 spa=$IP_V tha=$MAC_R tpa=$IP_R
	attack "reply as the router" arp \
		eth src=$MAC_G dst=$MAC_V / arp op=2 spa=$IP_R tha=$MAC_V tpa=$IP_V
	attack "gratuitous reply for the router" arp \
		eth src=$MAC_G / arp op=2 spa=$IP_R tha=bc tpa=$IP_R
	attack "announcement for the victim" arp \
		eth src=$MAC_G / arp op=1 spa=$IP_V tpa=$IP_V
	attack "announcement for the router" arp \
		eth src=$MAC_G / arp op=1 spa=$IP_R tpa=$IP_R
	attack "gratuitous reply for the victim" arp \
		eth src=$MAC_G / arp op=2 spa=$IP_V tha=$MAC_G tpa=$IP_V
	attack "request as the victim, to one host" arp \
		eth src=$MAC_G dst=$MAC_R / arp op=1 spa=$IP_V tpa=$IP_R
	attack "an address of nobody" arp \
		eth src=$MAC_G / arp op=2 spa=$IP_X tpa=$IP_V
	attack "loopback" arp eth src=$MAC_G / arp op=1 spa=127.0.0.1 tpa=$IP_V
	attack "multicast" arp eth src=$MAC_G / arp op=1 spa=224.0.0.1 tpa=$IP_V
	attack "broadcast" arp \
		eth src=$MAC_G / arp op=1 spa=255.255.255.255 tpa=$IP_V
	attack "reply from 0.0.0.0" arp \
		eth src=$MAC_G / arp op=2 spa=0.0.0.0 tpa=$IP_G
}

attacks_sender_mac()
{
	attack "sender MAC of the victim, its address" arp \
		eth src=$MAC_G / arp op=2 sha=$MAC_V spa=$IP_V tpa=$IP_R
	attack "sender MAC of the victim, own address" arp \
		eth src=$MAC_G / arp op=2 sha=$MAC_V spa=$IP_G tpa=$IP_R
	attack "sender MAC 0" arp \
		eth src=$MAC_G / arp op=2 sha=00:00:00:00:00:00 spa=$IP_G tpa=$IP_R
	attack "sender MAC broadcast" arp \
		eth src=$MAC_G / arp op=2 sha=bc spa=$IP_G tpa=$IP_R
	attack "source MAC of the victim" src-mac \
		eth src=$MAC_V / arp op=2 spa=$IP_V tpa=$IP_R
}

attacks_probe()
{
	attack "probe for the victim's address" arp \
		eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=$IP_V
	attack "probe for the router's address" arp \
		eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=$IP_R
	attack "probe for the victim's address, to it" arp \
		eth src=$MAC_G dst=$MAC_V / arp op=1 spa=0.0.0.0 tpa=$IP_V
	attack "probe for nothing" arp \
		eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=0.0.0.0
	attack "probe with the victim's MAC" arp \
		eth src=$MAC_G / arp op=1 sha=$MAC_V spa=0.0.0.0 tpa=$IP_G
}

attacks_shape()
{
	local n

	for n in 0 5 7 8 255; do
		attack "hardware length $n" arp \
			eth src=$MAC_G / arp op=1 hlen=$n spa=$IP_G tpa=$IP_V
	done
	for n in 0 3 5 16 255; do
		attack "protocol length $n" arp \
			eth src=$MAC_G / arp op=1 plen=$n spa=$IP_G tpa=$IP_V
	done
	for n in 0 6 24 0x100; do
		attack "hardware type $n" arp \
			eth src=$MAC_G / arp op=1 hw=$n spa=$IP_G tpa=$IP_V
	done
	for n in 0x0806 0x86dd 0x0008; do
		attack "protocol type $n" arp \
			eth src=$MAC_G / arp op=1 pro=$n spa=$IP_G tpa=$IP_V
	done
	# Other addresses than those of Ethernet and IPv4, with room for them.
	attack "IEEE 1394" arp eth src=$MAC_G type=0x0806 / \
		raw 001808000804000102000000000000010000c00002010000000000000000c0000202
	attack "IPv6" arp eth src=$MAC_G type=0x0806 / \
		raw 000186dd06100002${MAC_G//:/} 20010db8000000000000000000000002 \
		${MAC_V//:/} 20010db8000000000000000000000002
	attack "no addresses" arp eth src=$MAC_G type=0x0806 / raw 0001080000000001
	for n in hlen plen; do
		attack "$n 0, the rest as it should be" arp \
			eth src=$MAC_G / arp op=2 $n=0 spa=$IP_V tpa=$IP_R
	done
}

attacks_truncated()
{
	local n

	for n in {14..41}; do
		attack "cut off at $n bytes" arp \
			eth src=$MAC_G cut=$n / arp op=1 spa=$IP_G tpa=$IP_V
	done
}

attacks_operation()
{
	local n

	for n in 0 3 4 5 8 9 10 0x100 0x200 0xffff; do
		attack "operation $n" arp \
			eth src=$MAC_G / arp op=$n spa=$IP_G tpa=$IP_V
	done
}

attacks_rarp()
{
	attack "RARP reply" arp \
		eth src=$MAC_G / rarp op=4 spa=$IP_R tha=$MAC_G tpa=$IP_G
	attack "RARP request for the victim" arp \
		eth src=$MAC_G / rarp op=3 tha=$MAC_V
	attack "announcement of the victim" arp \
		eth src=$MAC_G / rarp op=3 sha=$MAC_V tha=$MAC_V
	attack "announcement to one host" arp \
		eth src=$MAC_G dst=$MAC_V / rarp op=3 tha=$MAC_G
	attack "announcement with an address" arp \
		eth src=$MAC_G / rarp op=3 tha=$MAC_G spa=$IP_V
	attack "ARP operation in RARP" arp \
		eth src=$MAC_G / rarp op=1 tha=$MAC_G
	attack "announcement with the victim's source" src-mac \
		eth src=$MAC_V / rarp op=3 tha=$MAC_V
}

own_address()
{
	guard
	introduce
	pass "request" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	drop "spoofed request" arp \
		eth src=$MAC_G / arp op=1 spa=$IP_V tpa=$IP_R
	pass "reply" victim \
		eth src=$MAC_G dst=$MAC_V / arp op=2 spa=$IP_G tha=$MAC_V tpa=$IP_V
	pass "probe" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=$IP_G
	pass "announcement" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_G
	pass "announcement by a reply" "victim uplink host" \
		eth src=$MAC_G / arp op=2 spa=$IP_G tha=bc tpa=$IP_G
	pass "padded request" "victim uplink host" \
		eth src=$MAC_G pad=60 / arp op=1 spa=$IP_G tpa=$IP_V
	pass "self-announcement as QEMU makes it" "victim uplink host" \
		eth src=$MAC_G pad=60 / rarp op=3 tha=$MAC_G
}

from_a_tap()
{
	on_tap attacks_foreign_sender attacks_shape
}

run_tests
