#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames for addresses that the bridge does not know: it keeps them from guests
# by itself, and still finds guests that it has not heard of.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	unknown_unicast
	silent_guest
	left_as_found
	found_off
	device_moves
	entries
	entry_of_the_administrator
	entry_made_static
	forgotten
	moved_away
	bound_behind_the_bridge
	vlans
	no_vlan
	many_vlans
	shared_and_many
	no_room
	not_without_learning
	changed_by_the_administrator
	held
	no_news
	while_policy_changes
	netns_removed
	module_reloaded
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/flag_lib.sh"

DRIVE="guest-flood off"

set_up()
{
	lab_create
}

# flood WORDS on|off PORTS
flood()
{
	flag flood "$@"
}

# No clone is made for a guest, so none is counted.
unknown_unicast()
{
	FROM=uplink
	unguard
	goes "without brguard" "fence guest victim" - $UNKNOWN
	guests
	goes "with it" fence - $UNKNOWN
	DRIVE="guest-flood keep" guests
	goes "left to the hook" fence "gst0:flood vic0:flood" $UNKNOWN
	BR="mode audit" guests
	goes "in audit mode" "fence guest victim" \
		"gst0:flood:audited vic0:flood:audited" $UNKNOWN
	policy < <(echo "bridge set br0 new-port guest guest-flood off"
		echo "port set upl0 role trusted"
		echo "port set fen0 role trusted")
	# The frame to the fence is for all, and counted: this one would be a second.
	goes "without bindings" fence "gst0:flood vic0:flood" $UNKNOWN
	FROM=host
	guests
	goes "from the host" "fence uplink" - \
		eth src=$MAC_H dst=$MAC_X / ip src=$IP_H dst=$IP_X / tcp
	FROM=guest
}

# The very first frame, for somebody who has said nothing yet.
silent_guest()
{
	FROM=uplink
	unguard
	fdb_flush
	same "known" "" "$(fdb)"
	goes "without brguard" "fence guest victim" - $TO_V
	unguard
	fdb_flush
	guests
	goes "to the victim" victim - $TO_V
	goes "to the guest" guest - $TO_G
	FROM=host
	goes "from the host" guest - \
		eth src=$MAC_H dst=$MAC_G / ip src=$IP_H dst=$IP_G / tcp
	FROM=guest
	goes "from one to the other" victim - \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / tcp
	ip -n "$HOST" link set br0 type bridge ageing_time 0
	FROM=uplink
	goes "with ageing time 0" victim - $TO_V
	FROM=guest
	ip -n "$HOST" link set br0 type bridge ageing_time 30000
}

# back WORDS PORTS COMMAND...: that ends it.
back()
{
	local what=$1 ports=$2

	shift 2
	guests
	flood "before: $what" off "gst0 vic0"
	expect "$what" "$@"
	flood "$what" on "$ports"
}

left_as_found()
{
	unguard
	flood "in the beginning" on "gst0 vic0 upl0 fen0"
	guests
	flood "guests" off "gst0 vic0"
	flood "others" on "upl0 fen0"
	back "no policy" "gst0 vic0" ctl apply /dev/null
	back "trusted" gst0 ctl port set gst0 role trusted
	flood "the other" off vic0
	back "audit mode of the port" gst0 ctl port set gst0 mode audit
	back "audit mode of the bridge" "gst0 vic0" ctl bridge set br0 mode audit
	back "nobody's port" gst0 ctl port del gst0
	back "left to the hook" "gst0 vic0" ctl bridge set br0 guest-flood keep
	expect "again" ctl bridge set br0 guest-flood off
	flood "again" off "gst0 vic0"
	same "shown" "bridge set br0 new-port trusted guest-flood off" "$(ctl bridge show br0)"
	refuse "other words" "keep or off" ctl bridge set br0 guest-flood on
	unguard
	same "entries" "" "$(made)"
}

found_off()
{
	unguard
	set_flag gst0 flood off
	guests
	flood "guarded" off "gst0 vic0"
	unguard
	flood "as it was" off gst0
	flood "as it was" on vic0
	set_flag gst0 flood on
}

device_moves()
{
	guests
	ip -n "$HOST" link set gst0 nomaster
	same "gone" "$MAC_V vic0" "$(made)"
	ip -n "$HOST" link set gst0 master br0
	busywait 5 is_off gst0 || fail "it came back: flood is on"
	busywait 5 made_both || fail "it came back: entries $(made)"
	busywait 5 all_forwarding
	ip -n "$HOST" link add br1 type bridge
	expect "another bridge" ctl bridge set br1 guest-flood off
	ip -n "$HOST" link set gst0 master br1
	busywait 5 is_off gst0 || fail "on another bridge: flood is on"
	expect "it goes" ip -n "$HOST" link set gst0 master br0
	ip -n "$HOST" link del br1
	busywait 5 is_off gst0 || fail "back: flood is on"
	busywait 5 all_forwarding
	ip -n "$HOST" link set gst0 down
	ip -n "$HOST" link set gst0 name gst9
	busywait 5 is_on gst9 || fail "another name: flood is off"
	ip -n "$HOST" link set gst9 name gst0 up
	busywait 5 is_off gst0 || fail "its name again: flood is on"
	busywait 5 all_forwarding
	unguard
}

entries()
{
	unguard
	fdb_flush
	guests
	same "one for each" "$BOTH" "$(made)"
	expect "one more" ctl binding add port gst0 mac 02:00:00:00:00:11
	same "one more" "02:00:00:00:00:11 gst0" "$(made gst0 | tail -n 1)"
	expect "one less" ctl binding del port gst0 mac 02:00:00:00:00:11
	same "one less" "$BOTH" "$(made)"
	introduce
	same "they speak" "$BOTH" "$(made)"
	ip -n "$HOST" link set gst0 down
	same "one is down" "$BOTH" "$(made)"
	ip -n "$HOST" link set gst0 up
	busywait 5 all_forwarding
	unguard
	same "none" "" "$(made)"
}

entry_of_the_administrator()
{
	local entry

	unguard
	fdb_flush
	for entry in "gst0 master static" "upl0 master static"; do
		expect "$entry" bridge -n "$HOST" fdb replace $MAC_G dev $entry
		guests
		same "$entry: made" "$MAC_V vic0" "$(made)"
		flood "$entry" off gst0
		unguard
		bridge -n "$HOST" fdb show br br0 |
			grep -q "^$MAC_G dev ${entry%% *} .*static" ||
			fail "$entry: it is gone"
		expect "$entry" bridge -n "$HOST" fdb del $MAC_G dev ${entry% *}
	done
}

# has_entry MAC DEV [WORD]: in the database.
has_entry()
{
	bridge -n "$HOST" fdb show br br0 | grep -q "^$1 dev $2 .*${3-}"
}

# One of brguard's that the administrator makes his own stays when the policy goes.
entry_made_static()
{
	guests
	same "made" "$BOTH" "$(made)"
	expect "static" bridge -n "$HOST" fdb replace $MAC_G dev gst0 master static
	has_entry $MAC_G gst0 static || fail "it is not static"
	ctl binding add port gst0 mac 02:00:00:00:00:11
	flood "static" off gst0
	unguard
	has_entry $MAC_G gst0 static || fail "it is gone"
	has_entry $MAC_V vic0 && fail "the other one is still there"
	bridge -n "$HOST" fdb del $MAC_G dev gst0 master
}

# Whoever removes an entry: it is made again.
forgotten()
{
	guests
	expect "delete" bridge -n "$HOST" fdb del $MAC_G dev gst0 master
	busywait 5 made_both || fail "deleted: $(made)"
	fdb_flush
	busywait 5 made_both || fail "flushed: $(made)"
	FROM=uplink
	goes "after it" guest - $TO_G
	FROM=guest
	unguard
}

# Seen on another port, where that may be; it comes back when that is forgotten.
moved_away()
{
	BR="claims alarm" guests
	FROM=uplink
	probe "the guest's address from the uplink" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
	same "known" "$MAC_G upl0 " "$(fdb upl0 | grep $MAC_G)"
	same "made" "$MAC_V vic0" "$(made)"
	FROM=victim
	probe "to the guest" eth src=$MAC_V dst=$MAC_G / ip src=$IP_V dst=$IP_G / tcp
	came_to uplink || fail "it came to $CAME"
	expect "forgotten" bridge -n "$HOST" fdb del $MAC_G dev upl0 master
	busywait 5 made_both || fail "forgotten: $(made)"
	goes "to the guest" guest - \
		eth src=$MAC_V dst=$MAC_G / ip src=$IP_V dst=$IP_G / tcp
	FROM=guest
	unguard
}

# The entry of a guest that has moved is the bridge's: it stays when the policy goes.
# And what only the local port has is no guest's.
bound_behind_the_bridge()
{
	BR="claims alarm" guests
	FROM=uplink
	probe "the guest's address from the uplink" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
	FROM=guest
	unguard
	has_entry $MAC_G upl0 || fail "what the bridge has learned is gone"
	same "made" "" "$(made)"
	fdb_flush
	policy <<-E
		bridge set br0 new-port trusted local-port guarded $DRIVE
		port set br0 role trusted
		binding add port br0 mac $MAC_X ip $IP_X
	E
	expect "elsewhere" bridge -n "$HOST" fdb add $MAC_X dev upl0 master static
	expect "forgotten" bridge -n "$HOST" fdb del $MAC_X dev upl0 master
	same "made" "" "$(made)"
	flood "no guests" on "gst0 vic0 upl0 fen0"
	unguard
}

# The VLAN of a binding is that on the wire, that of an entry is the bridge's.
vlans()
{
	unguard
	fdb_flush
	MORE="binding add port gst0 mac $MAC_G vlan 20 ip $IP_G" guests
	same "no filter" "$MAC_G gst0" "$(made gst0)"
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	busywait 5 made_is "$MAC_G gst0 1" || fail "PVID: $(made gst0)"
	bridge -n "$HOST" vlan add dev gst0 vid 20
	busywait 5 made_is "$MAC_G gst0 1
$MAC_G gst0 20" || fail "trunk: $(made gst0)"
	bridge -n "$HOST" vlan add dev gst0 vid 30-32 untagged
	busywait 5 made_is "$MAC_G gst0 1
$MAC_G gst0 20
$MAC_G gst0 30
$MAC_G gst0 31
$MAC_G gst0 32" || fail "several without a tag: $(made gst0)"
	FROM=uplink
	goes "to the guest" guest - $TO_G
	goes "to nobody" fence - $UNKNOWN
	FROM=guest
	bridge -n "$HOST" vlan del dev gst0 vid 30-32
	bridge -n "$HOST" vlan del dev gst0 vid 20
	busywait 5 made_is "$MAC_G gst0 1" || fail "PVID again: $(made gst0)"
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	busywait 5 made_is "$MAC_G gst0" || fail "no filter: $(made gst0)"
	unguard
	same "none" "" "$(made)"
}

# It can get nothing, so there is nothing to be known.
no_vlan()
{
	unguard
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	guests
	same "PVID" "$MAC_G gst0 1" "$(made gst0)"
	bridge -n "$HOST" vlan del dev gst0 vid 1
	busywait 5 made_is "" || fail "no VLAN: $(made gst0)"
	FROM=uplink
	goes "to the guest" "fence" - $TO_G
	bridge -n "$HOST" vlan add dev gst0 vid 1 pvid untagged
	busywait 5 made_is "$MAC_G gst0 1" || fail "PVID again: $(made gst0)"
	goes "to the guest again" guest - $TO_G
	FROM=guest
	flood "PVID again" off "gst0 vic0"
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	unguard
}

# More than the 64 entries that brguard makes for a port, or than it can ask for.
many_vlans()
{
	local vid

	unguard
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	guests
	bridge -n "$HOST" vlan add dev gst0 vid 101-163 untagged
	busywait 5 made_many 64 || fail "64 without a tag: $(made gst0 | wc -l)"
	flood "64 without a tag" off "gst0 vic0"
	bridge -n "$HOST" vlan add dev gst0 vid 164 untagged
	busywait 5 is_on gst0 || fail "65 without a tag: flood is off"
	same "65 without a tag" "" "$(made gst0)"
	FROM=uplink
	goes "the hook" fence gst0:flood $UNKNOWN
	FROM=guest
	bridge -n "$HOST" vlan del dev gst0 vid 101-164
	busywait 5 is_off gst0 || fail "one again: flood is on"
	same "one again" "$MAC_G gst0 1" "$(made gst0)"
	# Of 8 bytes each, as no two make a range.
	for ((vid = 101; vid < 2601; vid += 2)); do
		echo "vlan add dev gst0 vid $vid"
	done | bridge -n "$HOST" -batch -
	busywait 5 is_on gst0 || fail "1,250 VLANs: flood is off"
	same "1,250 VLANs" "" "$(made gst0)"
	bridge -n "$HOST" vlan del dev gst0 vid 101-2600
	busywait 5 is_off gst0 || fail "one after that: flood is on"
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	unguard
}

# made_many COUNT: entries of the guest.
made_many()
{
	[ "$(made gst0 | wc -l)" = "$1" ]
}

shared_and_many()
{
	MORE="binding add port gst0 mac 00:00:5e:00:01:07 shared
		binding add port vic0 mac 00:00:5e:00:01:07 shared" guests
	flood "shared" on "gst0 vic0"
	same "shared" "" "$(made)"
	MORE=$(printf 'binding add port gst0 mac 02:55:00:00:00:%02x\n' {0..62}) guests
	flood "64 bindings" off gst0
	same "64 bindings" 64 "$(made gst0 | wc -l)"
	expect "one more" ctl binding add port gst0 mac 02:55:00:00:01:00
	flood "65 bindings" on gst0
	same "65 bindings" "" "$(made gst0)"
	expect "one less" ctl binding del port gst0 mac 02:55:00:00:01:00
	flood "64 bindings" off gst0
	FROM=uplink
	goes "the last of them" guest - eth src=$MAC_R dst=02:55:00:00:00:3e \
		type=0x9000 / raw n=46
	FROM=guest
	unguard
}

# is_told FILE: who writes it hears of entries.
is_told()
{
	bridge -n "$HOST" fdb replace 02:00:00:00:00:77 dev upl0 master static
	bridge -n "$HOST" fdb del 02:00:00:00:00:77 dev upl0 master
	[ -s "$1" ]
}

# Where the bridge has no room for all of them it has none. It is not asked for ever.
no_room()
{
	local told tries

	unguard
	if ! ip -n "$HOST" link set br0 type bridge fdb_max_learned 1; then
		skip_test "no limit of addresses"
		return
	fi
	fdb_flush
	told=$(mktemp)
	bridge -n "$HOST" monitor fdb >"$told" &
	busywait 5 is_told "$told" || fail "no monitor"
	policy <<-E
		bridge set br0 guest-flood off
		port set gst0 role guest
		binding add port gst0 mac $MAC_G
		binding add port gst0 mac $MAC_X
	E
	sleep 3
	kill $!
	wait $!
	flood "no room" on gst0
	same "no room" "" "$(made)"
	tries=$(grep -c "Deleted $MAC_G" "$told")
	[ "$tries" -gt 0 ] || fail "no room: there was some"
	[ "$tries" -lt 9 ] || fail "no room: tried $tries times"
	rm "$told"
	ip -n "$HOST" link set br0 type bridge fdb_max_learned 0
	expect "room again" ctl binding add port gst0 mac 02:00:00:00:00:11
	flood "room again" off gst0
	same "room again" 3 "$(made gst0 | wc -l)"
	unguard
}

not_without_learning()
{
	guests
	set_flag gst0 learning off
	busywait 5 is_on gst0 || fail "learning off: flood is off"
	set_flag gst0 learning on
	busywait 5 is_off gst0 || fail "learning on: flood is on"
	unguard
}

# His value stays until the port leaves the bridge.
changed_by_the_administrator()
{
	guests
	monitor watch
	set_flag gst0 flood on
	wait_for "told" '.what == "flood" and .device == "gst0" and .old == 0 and
		.new == 1 and .comm == "bridge"'
	busywait 5 made_is "" || fail "entries: $(made gst0)"
	flood "his" on gst0
	FROM=uplink
	goes "the hook" fence gst0:flood $UNKNOWN
	FROM=guest
	expect "another change" ctl binding add port gst0 mac 02:00:00:00:00:11
	flood "still his" on gst0
	set_flag gst0 flood off
	wait_for "told" '.what == "flood" and .old == 1 and .new == 0'
	unguard
	flood "still his" off gst0
	set_flag gst0 flood on
	guests
	flood "guarded anew" off gst0
	unguard
	monitor_stop
}

held()
{
	BR="hold flood" guests
	monitor watch
	set_flag gst0 flood on
	wait_for "told" '.what == "flood" and .new == 1 and .comm == "bridge"'
	wait_for "put back" '.what == "flood" and .new == 0 and .held'
	flood "held" off gst0
	same "entries" "$BOTH" "$(made)"
	unguard
	flood "as it was" on gst0
	monitor_stop
}

# What brguard does itself is no event.
no_news()
{
	unguard
	monitor watch
	guests
	DRIVE="guest-flood keep" guests
	guests
	ctl port set gst0 role trusted
	set_flag vic0 isolated on
	wait_for "mark" '.what == "isolated"'
	same "events" 1 "$(jq -s '[.[] | select(.event == "watch")] | length' "$LOG")"
	set_flag vic0 isolated off
	monitor_stop
	unguard
}

# received END
received()
{
	in_ns "$1" cat /sys/class/net/eth0/statistics/rx_packets
}

# Frames without pause from the uplink, until it is killed.
stream()
{
	exec ip netns exec "$NS-uplink" python3 -S -c '
import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("eth0", 0))
frame = bytes.fromhex(("'"$MAC_X$MAC_R"'" + "9000").replace(":", "")) + bytes(46)
while True:
    s.send(frame)'
}

while_policy_changes()
{
	local i before sender n

	guests
	n=$(received fence)
	before=$(received victim)
	stream & sender=$!
	for ((i = 0; i < 10; i++)); do
		guests
		DRIVE="guest-flood keep" guests
		MORE="port set gst0 role trusted" guests
	done
	kill $sender
	wait $sender 2>/dev/null
	same "came to the victim" 0 $(($(received victim) - before))
	[ $(($(received fence) - n)) -gt 1000 ] || fail "the stream is thin"
	unguard
}

# With its flags driven, and entries in a database that goes with it.
netns_removed()
{
	ns_create other
	ip -n "$NS-other" link add br0 type bridge
	ip -n "$NS-other" link add gst0 type dummy
	ip -n "$NS-other" link set gst0 master br0
	brguardctl -n "$NS-other" apply - <<-E || fail "no policy"
		bridge set br0 guest-flood off
		port set gst0 role guest
		binding add port gst0 mac $MAC_G
	E
	same "flood" false "$(ip -n "$NS-other" -d -j link show gst0 |
		jq '.[0].linkinfo.info_slave_data.flood')"
	ns_destroy other
	guests
	flood "the others" off "gst0 vic0"
	unguard
}

module_reloaded()
{
	guests
	flood "guarded" off "gst0 vic0"
	expect "unload" rmmod brguard
	flood "unloaded" on "gst0 vic0 upl0 fen0"
	same "unloaded" "" "$(made)"
	expect "load" modprobe brguard
	flood "loaded" on "gst0 vic0"
	guests
	flood "guarded again" off "gst0 vic0"
	unguard
}

run_tests
