#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# brguardctl doctor: what brguard is told of bridges, ports and bindings, and what not.
# shellcheck disable=SC2034,SC2086,SC2119,SC2120,SC2317

TESTS="
	open_bridge
	open_port
	flood_and_bpdu
	rp_filter_off
	audit
	misplaced
	volatile_name
	trunk_without_filtering
	mac_of_a_guest
	static_entry
	permanent_entry
	learned_elsewhere
	module_absent
"

# shellcheck source=/dev/null
. "$(dirname "$0")/doctor_lib.sh"

rp_filter_off()
{
	sysctl_host net.ipv4.conf.br0.forwarding=1 net.ipv4.conf.all.rp_filter=0 \
		net.ipv4.conf.br0.rp_filter=0
	clean "guests that are held to their addresses"
	guarded <<<"port set gst1 mode audit"
	found "a guest that is not" audit:gst1 bpdu-forwarded:gst1 port-flood:gst1 rp-filter-off:br0
	cure rp-filter-off:br0
	found "cured" audit:gst1 bpdu-forwarded:gst1 port-flood:gst1
	guarded </dev/null
	sysctl_host net.ipv4.conf.br0.forwarding=0
	expect "flood" bridge -n "$HOST" link set dev gst1 flood on
	clean "all"
}

# Nothing of br0 is configured: from there the remedies lead to audit mode.
open_bridge()
{
	unguard
	bridge -n "$HOST" link set dev gst1 flood off
	bridge -n "$HOST" link set dev gst2 flood off
	found "open" bpdu-forwarded:gst1 bpdu-forwarded:gst2 bridge-unguarded:br0
	cure bridge-unguarded:br0
	found "in audit mode" audit:br0 bpdu-forwarded:gst1 bpdu-forwarded:gst2
	same "uplink" trusted "$(ctl -j port show upl0 | jq -r '.ports[0].role')"
	cure audit:br0
	found "enforced"
	bridge -n "$HOST" link set dev gst1 flood on
	bridge -n "$HOST" link set dev gst2 flood on
	clean "flood is harmless now"
}

open_port()
{
	policy <<-E
		bridge set br0
		port set upl0 role trusted
		port set gst1 role guest
	E
	bridge -n "$HOST" link set dev gst2 flood off
	found "port" bpdu-forwarded:gst2 port-unguarded:gst2
	cure port-unguarded:gst2
	found "in audit mode" audit:gst2 bpdu-forwarded:gst2
	cure audit:gst2
	found "enforced"
	expect "trusted" ctl port set gst2 role trusted
	found "or trusted"
	bridge -n "$HOST" link set dev gst2 flood on
	clean "all"
}

flood_and_bpdu()
{
	guarded <<<"port set gst1 mode audit"
	found "audit" audit:gst1 bpdu-forwarded:gst1 port-flood:gst1
	cure port-flood:gst1
	found "no flood" audit:gst1 bpdu-forwarded:gst1
	cure bpdu-forwarded:gst1
	found "no BPDUs"
	bridge -n "$HOST" link set dev gst1 flood on
	clean "all"
}

mac_of_a_guest()
{
	expect "MAC" ip -n "$HOST" link set gst2 address $MAC_G
	ill "of another port" own-mac:gst2
	expect "MAC" ip -n "$HOST" link set br0 address $MAC_G
	ill "of the bridge" own-mac:br0
	ip -n "$HOST" link set br0 address 02:00:00:00:00:b0
}

static_entry()
{
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev upl0 master static
	ill "elsewhere" foreign-static:upl0
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev gst1 master static
	clean "where it belongs"
	bridge -n "$HOST" fdb del $MAC_G dev gst1 master
	expect "filtering" ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	bridge -n "$HOST" vlan add dev upl0 vid 5
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev upl0 master static vlan 5
	clean "in a VLAN that is not the guest's"
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev upl0 master static vlan 1
	ill "in the guest's VLAN" foreign-static:upl0
	bridge -n "$HOST" fdb del $MAC_G dev upl0 master vlan 5
	expect "no filtering" ip -n "$HOST" link set br0 type bridge vlan_filtering 0
}

permanent_entry()
{
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev gst1 master permanent
	ill "on its own port" foreign-static:gst1
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev br0 self permanent
	ill "on the bridge" foreign-static:br0
}

learned_elsewhere()
{
	expect "entry" bridge -n "$HOST" fdb add $MAC_G dev upl0 master dynamic
	ill "uplink" foreign-learned:upl0
	guarded <<-E
		binding add port gst1 mac $MAC_X shared
		binding add port gst2 mac $MAC_X shared
	E
	expect "entry" bridge -n "$HOST" fdb add $MAC_X dev gst2 master dynamic
	found "shared"
	bridge -n "$HOST" fdb replace $MAC_X dev upl0 master dynamic
	found "shared, but not with all" foreign-learned:upl0
	cure foreign-learned:upl0
	clean "all"
}

volatile_name()
{
	local before

	guest vnet7 g7
	guarded <<-E
		port set vnet7 role guest
		binding add port vnet7 mac $MAC_X ip $IP_X
	E
	before=$(ctl stats port vnet7)
	found "guest" volatile-name:vnet7
	cure volatile-name:vnet7
	found "cured"
	same "policy" "port set guest-02000000000f role guest" "$(ctl port show guest-02000000000f)"
	same "device" vnet7 "$(ctl -j -d port show guest-02000000000f | jq -r '.ports[0].runtime.device')"
	same "bindings" 1 "$(ctl binding show port guest-02000000000f | wc -l)"
	ip -n "$HOST" link del vnet7

	guarded <<<"port set vnet8 role trusted"
	found "trusted, not there" volatile-name:vnet8
	severity danger volatile-name:vnet8
	cure volatile-name:vnet8
	found "cured"

	guarded <<-E
		port set vnet* role guest
		port set vnet9 role guest
		port set tap100i0 role guest
		binding add port tap100i0 mac $MAC_X
	E
	found "template, closed guest, stable name"
	clean "all"
}

trunk_without_filtering()
{
	guarded <<-E
		binding add port gst1 mac $MAC_X vlan 7
		binding add port gst1 mac $MAC_X vlan 8
		binding add port gst2 mac $MAC_X vlan 9
	E
	found "off" vlan-filtering-off:br0
	cure vlan-filtering-off:br0
	found "on"
	same "VLANs of the guest" "1 7 8" "$(vlans_of gst1)"
	same "VLANs of the uplink" "1 7 8 9" "$(vlans_of upl0)"
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	clean "no tagged bindings"
}

vlans_of()
{
	bridge -n "$HOST" -j vlan show dev "$1" |
		jq -r '[.[0].vlans[] | range(.vlan; (.vlanEnd // .vlan) + 1)] | join(" ")'
}

audit()
{
	bridge -n "$HOST" link set dev gst1 flood off
	guarded <<-E
		port set gst1 mode audit
	E
	found "port" audit:gst1 bpdu-forwarded:gst1
	cure audit:gst1
	found "enforced"
	bridge -n "$HOST" link set dev gst2 flood off
	guarded <<<"bridge set br0 mode audit"
	found "bridge" audit:br0 bpdu-forwarded:gst1 bpdu-forwarded:gst2
	cure audit:br0
	found "enforced"
	bridge -n "$HOST" link set dev gst1 flood on
	bridge -n "$HOST" link set dev gst2 flood on
	clean "all"
}

misplaced()
{
	second_bridge
	guarded <<<"port set gst1 bridge br1"
	found "another bridge" misplaced:gst1
	cure misplaced:gst1
	found "moved"
	ip -n "$HOST" link set gst1 master br0
	guarded <<<"port set gst1 bridge br9"
	found "a bridge that is not there" misplaced:gst1
	cure misplaced:gst1
	found "the port told so"
	ip -n "$HOST" link del br1
	clean "all"
}

module_absent()
{
	if ! rmmod brguard; then
		skip_test "the module is in use"
		return
	fi
	bridge -n "$HOST" link set dev gst1 flood off
	found "no module" bpdu-forwarded:gst1 bpdu-forwarded:gst2 module-absent:br0 port-flood:gst2
	ip -n "$HOST" link set br0 promisc on
	found "no module" bpdu-forwarded:gst1 bpdu-forwarded:gst2 bridge-promiscuous:br0 \
		module-absent:br0 port-flood:gst2
	cure bridge-promiscuous:br0
	expect "no bridge" brguardctl -n "$NS-far" doctor
	cure module-absent:br0
	bridge -n "$HOST" link set dev gst1 flood on
	clean "loaded"
}

run_tests
