#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Audit mode: counted, reported, let through.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	port_in_audit_mode
	bridge_in_audit_mode
	port_overrides_bridge
	towards_the_guest
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

SPOOF="eth src=$MAC_G dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp"
ARP="eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V"

# audited WORDS REASON FRAME...: it comes through and is counted as audited.
audited()
{
	local what=$1 reason=$2

	shift 2
	probe "$what" "$@"
	came_to ${TO-victim} || fail "$what: came to \"$CAME\", not to the victim"
	same "$what: counters" "$PORT:$reason:audited" "$COUNTED"
}

port_in_audit_mode()
{
	guard
	introduce
	drop "enforced" src-ip $SPOOF
	expect "audit" ctl port set gst0 mode audit
	audited "packet" src-ip $SPOOF
	audited "ARP" arp $ARP
	audited "source MAC" src-mac eth src=$MAC_X / arp op=1 spa=$IP_X tpa=$IP_V
	TO=victim@7 audited "tag" vlan eth src=$MAC_G / vlan id=7 / arp op=1 spa=$IP_G tpa=$IP_V
	audited "shim" encapsulation eth src=$MAC_G / llc / raw n=40
	same "brguardctl audited" 1 "$(count gst0 arp audited)"
	same "brguardctl dropped" 0 "$(count gst0 arp dropped)"
	legit "meanwhile,"
	expect "enforce" ctl port set gst0 mode enforce
	drop "enforced again" src-ip $SPOOF
}

bridge_in_audit_mode()
{
	guard
	introduce
	expect "audit" ctl bridge set br0 mode audit
	audited "packet" src-ip $SPOOF
	expect "enforce" ctl bridge set br0 mode enforce
	drop "enforced" src-ip $SPOOF
}

port_overrides_bridge()
{
	guard
	introduce
	expect "audit the bridge" ctl bridge set br0 mode audit
	expect "enforce on the port" ctl port set gst0 mode enforce
	drop "enforced" src-ip $SPOOF
	expect "inherit" ctl port set gst0 mode inherit
	audited "packet" src-ip $SPOOF
	expect "forget the bridge" ctl bridge del br0
	drop "enforced without the bridge" src-ip $SPOOF
}

towards_the_guest()
{
	local flood="eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp"

	guard
	FROM=uplink
	probe "flood" $flood
	same "flood: counters" gst0:flood "$COUNTED"
	expect "audit" ctl port set gst0 mode audit
	probe "flood" $flood
	came_to guest || fail "flood does not come in audit mode"
	same "flood: counters" gst0:flood:audited "$COUNTED"
	probe "wrong address" eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_V / tcp
	came_to guest || fail "wrong address does not come in audit mode"
	same "wrong address: counters" gst0:dst-ip:audited "$COUNTED"
	FROM=guest
}

run_tests
