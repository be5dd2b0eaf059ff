#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 3: reserved group addresses, which the bridge keeps to itself.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	stp_off
	stp_on
	group_forwarding
	reserved_with_an_ordinary_payload
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

BPDU="llc dsap=0x42 ssap=0x42 / raw 0000000000ffff02000000000200000000ffff0200000000020000008001000014000200"
RESERVED=01:80:c2:00:00

# teaches WORDS REASON FRAME...: without brguard the bridge learns the
# victim's MAC on the guest's port from it.
teaches()
{
	local what=$1 reason=$2

	shift 2
	unguard
	fdb_flush
	introduce
	probe "$what" "$@"
	[ "$LEARNED" != - ] || fail "$what: teaches nothing even without brguard"
	fdb_flush
	guard
	introduce
	drop "$what" "$reason" "$@"
}

lldp_and_lacp()
{
	teaches "$1: LLDP with the victim's MAC" ethertype \
		eth src=$MAC_V dst=$RESERVED:0e type=0x88cc / raw n=46
	drop "$1: LLDP with the own MAC" ethertype \
		eth src=$MAC_G dst=$RESERVED:0e type=0x88cc / raw n=46
	drop "$1: LACP" ethertype \
		eth src=$MAC_V dst=$RESERVED:02 type=0x8809 / raw n=110
	drop "$1: pause" ethertype \
		eth src=$MAC_V dst=$RESERVED:01 type=0x8808 / raw n=46
	drop "$1: EAPOL" ethertype \
		eth src=$MAC_V dst=$RESERVED:03 type=0x888e / raw n=46
	drop "$1: GVRP" encapsulation \
		eth src=$MAC_G dst=$RESERVED:21 / llc dsap=0x42 ssap=0x42 / raw n=40
	drop "$1: CDP" encapsulation eth src=$MAC_G dst=01:00:0c:cc:cc:cc / \
		llc / snap oui=00000c type=0x2000 / raw n=40
	drop "$1: DTP from the victim's MAC" encapsulation \
		eth src=$MAC_V dst=01:00:0c:cc:cc:cc / \
		llc / snap oui=00000c type=0x2004 / raw n=40
	legit "$1, after,"
}

stp_off()
{
	unguard
	probe "BPDU" eth src=$MAC_G dst=$RESERVED:00 / $BPDU
	came_to victim || fail "a BPDU is not forwarded even without brguard"
	guard
	introduce
	drop "BPDU" encapsulation eth src=$MAC_G dst=$RESERVED:00 / $BPDU
	drop "BPDU with the victim's MAC" encapsulation \
		eth src=$MAC_V dst=$RESERVED:00 / $BPDU
	lldp_and_lacp "STP off"
}

stp_on()
{
	ip -n "$HOST" link set br0 type bridge stp_state 1
	busywait 40 all_forwarding
	teaches "BPDU with the victim's MAC" encapsulation \
		eth src=$MAC_V dst=$RESERVED:00 / $BPDU
	drop "BPDU" encapsulation eth src=$MAC_G dst=$RESERVED:00 / $BPDU
	lldp_and_lacp "STP on"
	ip -n "$HOST" link set br0 type bridge stp_state 0
	busywait 40 all_forwarding
}

# group_fwd_mask makes ordinary frames of some: judged once all the same.
group_forwarding()
{
	local lldp="eth src=$MAC_G dst=$RESERVED:0e type=0x88cc / raw n=46"

	ip -n "$HOST" link set br0 type bridge group_fwd_mask 0xfff8
	unguard
	probe "LLDP" $lldp
	came_to victim || fail "LLDP is not forwarded even without brguard"
	guard
	introduce
	drop "LLDP" ethertype $lldp
	GUARD="ethertype 0x88cc" guard
	drop "LLDP where its EtherType is allowed" link-local $lldp
	expect "audit mode" ctl port set gst0 mode audit
	probe "LLDP" $lldp
	came_to victim || fail "audit mode keeps LLDP back"
	same "audited once" gst0:link-local:audited "$COUNTED"
	ip -n "$HOST" link set br0 type bridge group_fwd_mask 0
}

reserved_with_an_ordinary_payload()
{
	local n

	guard
	introduce
	for n in 00 01 02 03 0d 0e 0f; do
		drop "IPv4 to $RESERVED:$n" link-local \
			eth src=$MAC_G dst=$RESERVED:$n / ip src=$IP_G dst=$IP_V / udp
	done
	drop "ARP to Cisco's group" link-local \
		eth src=$MAC_G dst=01:00:0c:cc:cc:cd / arp op=1 spa=$IP_G tpa=$IP_V
	drop "from the victim's MAC" link-local \
		eth src=$MAC_V dst=$RESERVED:0e / ip src=$IP_V dst=$IP_R / udp
	pass "the address behind them" "victim uplink" \
		eth src=$MAC_G dst=$RESERVED:10 / ip src=$IP_G dst=$IP_V / udp
}

run_tests
