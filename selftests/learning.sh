#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The bridge knows guests by their bindings, and learns nothing from their ports.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	known_by_bindings
	spoofed
	known_elsewhere
	taken_away
	left_as_found
	one_or_the_other
	not_without_flood
	binding_moves
	changed_by_the_administrator
	held
	no_news
	module_reloaded
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/flag_lib.sh"

DRIVE="guest-learning off"

set_up()
{
	lab_create
}

# learning WORDS on|off PORTS
learning()
{
	flag learning "$@"
}

made_both_soon()
{
	busywait 5 made_both || fail "$1: $(made)"
}

# Of whom the bridge has never heard it knows as much as of who speaks.
known_by_bindings()
{
	unguard
	learning "in the beginning" on "gst0 vic0 upl0 fen0"
	fdb_flush
	guests
	learning "guests" off "gst0 vic0"
	learning "others" on "upl0 fen0"
	flag flood "guests" on "gst0 vic0"
	same "one for each" "$BOTH" "$(made)"
	FROM=uplink
	goes "to the victim" victim - $TO_V
	goes "to the guest" guest - $TO_G
	FROM=guest
	goes "from one to the other" victim - \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / tcp
	same "they spoke" "$BOTH" "$(made)"
	ip -n "$HOST" link set br0 type bridge ageing_time 0
	FROM=uplink
	goes "with ageing time 0" guest - $TO_G
	FROM=guest
	ip -n "$HOST" link set br0 type bridge ageing_time 30000
	unguard
	same "none" "" "$(made)"
}

# What the hook drops would teach nothing either.
spoofed()
{
	guests
	drop "as the victim" src-mac eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_R
	same "entries" "$BOTH" "$(made)"
	unguard
}

# A guest that comes from another host is heard of by the uplink first.
known_elsewhere()
{
	unguard
	fdb_flush
	FROM=uplink
	probe "before it is here" eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
	same "known" "$MAC_G upl0 " "$(fdb upl0 | grep $MAC_G)"
	guests
	same "entries" "$BOTH" "$(made)"
	goes "to the guest" guest - $TO_G
	FROM=guest
	unguard
}

# Where it may speak from there, it does not stay there.
taken_away()
{
	BR="claims alarm" guests
	FROM=uplink
	probe "the guest's address from the uplink" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
	made_both_soon "taken back"
	FROM=victim
	goes "to the guest" guest - \
		eth src=$MAC_V dst=$MAC_G / ip src=$IP_V dst=$IP_G / tcp
	expect "delete" bridge -n "$HOST" fdb del $MAC_G dev gst0 master
	made_both_soon "deleted"
	FROM=guest
	unguard
}

# back WORDS PORTS COMMAND...: that ends it.
back()
{
	local what=$1 ports=$2

	shift 2
	guests
	learning "before: $what" off "gst0 vic0"
	expect "$what" "$@"
	learning "$what" on "$ports"
}

left_as_found()
{
	back "no policy" "gst0 vic0" ctl apply /dev/null
	back "trusted" gst0 ctl port set gst0 role trusted
	back "audit mode of the bridge" "gst0 vic0" ctl bridge set br0 mode audit
	back "as it is" "gst0 vic0" ctl bridge set br0 guest-learning keep
	expect "again" ctl bridge set br0 guest-learning off
	same "shown" "bridge set br0 new-port trusted guest-learning off" \
		"$(ctl bridge show br0)"
	refuse "other words" "keep or off" ctl bridge set br0 guest-learning on
	unguard
	set_flag gst0 learning off
	guests
	unguard
	learning "found off" off gst0
	set_flag gst0 learning on
	MORE="binding add port gst0 mac 00:00:5e:00:01:07 shared" guests
	learning "shared" on gst0
	learning "the other" off vic0
	unguard
}

# Without both, the bridge may take promiscuity from the uplink.
one_or_the_other()
{
	guests
	expect "both" ctl bridge set br0 guest-flood off
	learning "both" on "gst0 vic0"
	flag flood "both" off "gst0 vic0"
	same "entries of both" "$BOTH" "$(made)"
	expect "one" ctl bridge set br0 guest-flood keep
	learning "one" off "gst0 vic0"
	flag flood "one" on "gst0 vic0"
	same "entries of one" "$BOTH" "$(made)"
	same "the uplink" 1 "$(ip -n "$HOST" -d -j link show upl0 |
		jq '.[0].promiscuity')"
	unguard
	learning "none" on "gst0 vic0"
	flag flood "none" on "gst0 vic0"
}

not_without_flood()
{
	guests
	set_flag gst0 flood off
	busywait 5 is_on gst0 learning || fail "flood off: learning is off"
	set_flag gst0 flood on
	busywait 5 is_off gst0 learning || fail "flood on: learning is on"
	unguard
}

# One port gives it up and another gets it, in one step, in both orders.
binding_moves()
{
	local drive more="binding add port %s mac 02:00:00:00:00:11\n" port

	for drive in "guest-learning off" "guest-flood off"; do
		DRIVE=$drive
		for port in gst0 vic0 gst0; do
			# shellcheck disable=SC2059
			MORE=$(printf "$more" $port) guests
			same "$drive" "02:00:00:00:00:11 $port" \
				"$(made | grep 02:00:00:00:00:11)"
		done
	done
	DRIVE="guest-learning off"
	unguard
}

changed_by_the_administrator()
{
	guests
	monitor watch
	set_flag gst0 learning on
	wait_for "told" '.what == "learning" and .device == "gst0" and .old == 0 and
		.new == 1 and .comm == "bridge"'
	busywait 5 made_is "" || fail "entries: $(made gst0)"
	expect "another change" ctl binding add port vic0 mac 02:00:00:00:00:11
	learning "still his" on gst0
	unguard
	guests
	learning "guarded anew" off gst0
	unguard
	monitor_stop
}

held()
{
	BR="hold learning" guests
	monitor watch
	set_flag gst0 learning on
	wait_for "told" '.what == "learning" and .new == 1 and .comm == "bridge"'
	wait_for "put back" '.what == "learning" and .new == 0 and .held'
	learning "held" off gst0
	same "entries" "$BOTH" "$(made)"
	unguard
	learning "as it was" on gst0
	monitor_stop
}

# What brguard does itself is no event.
no_news()
{
	unguard
	monitor watch
	guests
	DRIVE="guest-flood off" guests
	guests
	set_flag vic0 isolated on
	wait_for "mark" '.what == "isolated"'
	same "events" 1 "$(jq -s '[.[] | select(.event == "watch")] | length' "$LOG")"
	set_flag vic0 isolated off
	monitor_stop
	unguard
}

module_reloaded()
{
	guests
	expect "unload" rmmod brguard
	learning "unloaded" on "gst0 vic0 upl0 fen0"
	same "unloaded" "" "$(made)"
	expect "load" modprobe brguard
	guests
	learning "guarded again" off "gst0 vic0"
	unguard
}

run_tests
