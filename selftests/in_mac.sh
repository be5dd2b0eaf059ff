#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY steps 1 and 4: source MAC addresses of a guest.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_source
	attacks_any_payload
	malformed_source
	many_sources
	a_million_sources
	from_a_tap
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

# What the guest itself would send, from another address.
attacks_source()
{
	poison "the victim's MAC" src-mac \
		eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_R
	poison "the router's MAC" src-mac \
		eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	attack "the bridge's own MAC" src-mac \
		eth src=$MAC_H / arp op=1 spa=$IP_H tpa=$IP_V
	poison "one bit flipped" src-mac \
		eth src=02:00:00:00:01:01 / arp op=1 spa=$IP_G tpa=$IP_V
	poison "one bit flipped in front" src-mac \
		eth src=06:00:00:00:00:01 / arp op=1 spa=$IP_G tpa=$IP_V
	poison "a MAC of nobody" src-mac \
		eth src=$MAC_X / arp op=1 spa=$IP_X tpa=$IP_V
}

attacks_any_payload()
{
	poison "IPv4" src-mac \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp / raw 00
	attack "IPv4 with the guest's address" src-mac \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp / raw 00
	attack "IPv6" src-mac \
		eth src=$MAC_V dst=$MAC_R / ip6 src=$IP6_V dst=$IP6_R / udp / raw 00
	attack "IPv6 with the guest's address" src-mac \
		eth src=$MAC_V dst=$MAC_R / ip6 src=$IP6_G dst=$IP6_R / udp / raw 00
	attack "neighbour advertisement" src-mac \
		eth src=$MAC_V dst=33:33:00:00:00:01 / ip6 src=$LL_G dst=ff02::1 / \
		na target=$IP6_V opt=2:$MAC_V
	attack "broadcast" src-mac \
		eth src=$MAC_V / ip src=$IP_V / udp dport=9 / raw 00
}

# br_handle_frame() discards these, guarded or not; brguard counts them.
malformed_source()
{
	local src to="dst=$MAC_V / ip src=$IP_G dst=$IP_V / udp"

	guard
	introduce
	legit "before,"
	for src in 00:00:00:00:00:00 bc 01:00:5e:00:00:01 03:00:00:00:00:01; do
		drop "source $src" malformed eth src=$src $to
	done
	drop "source 0 to a reserved group" malformed \
		eth src=00:00:00:00:00:00 dst=01:80:c2:00:00:0e type=0x88cc / raw n=46
	drop "broadcast to a reserved group" malformed \
		eth src=bc dst=01:80:c2:00:00:00 / llc dsap=0x42 ssap=0x42 / raw n=40
	legit "after,"
}

fdb_size()
{
	bridge -n "$HOST" fdb show br br0 dynamic | wc -l
}

# macof: without brguard the database grows, with it not at all.
many_sources()
{
	local before

	unguard
	fdb_flush
	lab macof guest 500
	[ "$(fdb_size)" -gt 400 ] || fail "macof does not work without brguard"
	fdb_flush
	guard
	introduce
	reset_counters
	before=$(fdb)
	lab macof guest 500
	same "FDB" "$before" "$(fdb)"
	same "counted" 500 "$(count gst0 src-mac)"
	legit "after macof,"
}

# The same at the speed of the kernel, where macof would take minutes. MACOF:
# how many, fewer on a slow machine; as many as that without brguard would fill
# the memory.
a_million_sources()
{
	local before count=${MACOF:-$((1000000 / PATIENCE / PATIENCE))}

	if ! modprobe -q pktgen; then
		skip_test "no pktgen"
		return
	fi
	unguard
	fdb_flush
	pktgen "count 2000" "src_mac 02:10:00:00:00:00" "src_mac_count 2000"
	[ "$(fdb_size)" -gt 1900 ] || fail "pktgen does not work without brguard"
	fdb_flush
	guard
	introduce
	reset_counters
	before=$(fdb)
	pktgen "count $count" "src_mac 02:10:00:00:00:00" "src_mac_count $count"
	same "FDB" "$before" "$(fdb)"
	same "counted" "$count" "$(count gst0 src-mac)"
	legit "after $count sources,"
}

from_a_tap()
{
	on_tap attacks_source
}

run_tests
