#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Devices, namespaces and the module come and go; the policy stays.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	named_before_the_device
	removed_and_made_again
	renamed
	renamed_without_a_port
	bridge_renamed
	to_another_bridge
	to_another_netns
	netns_removed
	before_the_first_frame
	atomic_swap
	hooks_only_when_guarded
	module_reloaded_under_traffic
	module_attaches_nothing_again
	devices_go_with_the_module
	monitor_ends_with_the_module
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
	hold_static_keys 2>/dev/null || note "static keys are not held"
}

OWN="eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V"
SPOOF="eth src=$MAC_G / arp op=1 spa=$IP_R tpa=$IP_V"

guarded()
{
	pass "$1: own ARP" "victim uplink host" $OWN
	drop "$1: spoofed ARP" arp $SPOOF
}

unguarded()
{
	pass "$1: spoofed ARP" "victim uplink host" $SPOOF
}

guest_del()
{
	lab close guest
	ip -n "$HOST" link del gst0
	busywait 5 no_gst0
}

guest_add()
{
	end_create guest gst0 $MAC_G
	busywait 5 all_forwarding
	lab packet guest "$NS-guest" eth0
}

# device_of PORT
device_of()
{
	ctl -j -d port show "$1" | jq -r '.ports[0].runtime.device'
}

named_before_the_device()
{
	unguard
	introduce
	unguarded "before"
	guest_del
	guard
	same "no device" null "$(device_of gst0)"
	guest_add
	same "device" gst0 "$(device_of gst0)"
	guarded "after"
}

removed_and_made_again()
{
	local old

	guard
	old=$(ctl show)
	guarded "before"
	guest_del
	same "policy" "$old" "$(ctl show)"
	guest_add
	guarded "after"
	ip -n "$HOST" link set gst0 nomaster
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	guarded "after it left the bridge and came back"
}

# A name is a name: the policy stays with it, not with the device.
renamed()
{
	guard
	guarded "before"
	ip -n "$HOST" link set gst0 down
	ip -n "$HOST" link set gst0 name gst9 up
	busywait 5 all_forwarding
	unguarded "under another name"
	ip -n "$HOST" link set gst9 down
	ip -n "$HOST" link set gst9 name gst0 up
	busywait 5 all_forwarding
	guarded "after"
	policy < <(echo "port set gst9 role guest"
		echo "binding add port gst9 mac $MAC_G ip $IP_G")
	unguarded "with a policy for another name"
	ip -n "$HOST" link set gst0 down
	ip -n "$HOST" link set gst0 name gst9 up
	busywait 5 all_forwarding
	PORT=gst9
	guarded "renamed to it"
	PORT=gst0
	ip -n "$HOST" link set gst9 down
	ip -n "$HOST" link set gst9 name gst0 up
	busywait 5 all_forwarding
}

# guest_name OLD NEW
guest_name()
{
	ip -n "$HOST" link set "$1" down
	ip -n "$HOST" link set "$1" name "$2" up
	busywait 5 all_forwarding
}

# closed WORDS PORT: nothing passes, and that is what counts it. The fence is
# flood, too.
closed()
{
	probe "$1" $OWN
	same "$1: came to" - "$CAME"
	same "$1: counters" "$2:flood $2:src-mac" "$COUNTED"
}

# A device that only a template guards has a port of its own, under its own name.
renamed_without_a_port()
{
	policy <<<"port set gs* role guest"
	closed "by the template" gst0
	guest_name gst0 gst9
	closed "another name" gst9
	same "counted by the old name" "" "$(ctl stats port gst0 2>/dev/null)"
	expect "audit" ctl port set 'gs*' mode audit
	probe "audit" $SPOOF
	came_to victim uplink || fail "audit: came to \"$CAME\""
	same "audit: counters" "gst9:flood:audited gst9:src-mac:audited" "$COUNTED"
	expect "enforce" ctl port set 'gs*' mode enforce
	closed "enforced again" gst9
	guest_name gst9 who0
	unguarded "a name that does not match"
	guest_name who0 gst0
	closed "its first name" gst0
}

bridge_name()
{
	ip -n "$HOST" link set "$1" down
	ip -n "$HOST" link set "$1" name "$2" up
	busywait 5 all_forwarding
}

# Its policy stays with the name as well, and so do ports that name it.
bridge_renamed()
{
	policy <<-E
		bridge set br0 new-port trusted
		bridge set br9 new-port guest
		port set gst0 bridge br0 role guest
		port set upl0 role trusted
		port set fen0 role trusted
		port set vic0 bridge br0 role trusted
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	guarded "before"
	bridge_name br0 br9
	probe "its port names another bridge" $OWN
	same "its port names another bridge: came to" - "$CAME"
	same "its port names another bridge: counters" \
		"gst0:flood gst0:src-mac vic0:flood" "$COUNTED"
	FROM=uplink
	probe "as a new port" eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	came_to victim && fail "as a new port it has no bindings, but hears all"
	same "as a new port: counters" "gst0:flood*2 vic0:flood*2" "$COUNTED"
	FROM=guest
	# Who is no port, and no bridge, is of no interest.
	ip -n "$HOST" link add some0 type dummy
	ip -n "$HOST" link set some0 name some1
	ip -n "$HOST" link del some1
	bridge_name br9 br0
	guarded "after"
}

# With all ports on br1, the same ends meet there.
move_all()
{
	local dev

	for dev in gst0 vic0 upl0 fen0; do
		ip -n "$HOST" link set $dev master "$1"
	done
	busywait 5 all_forwarding
}

to_another_bridge()
{
	ip -n "$HOST" link add br1 type bridge mcast_snooping 0 forward_delay 0
	ip -n "$HOST" link set br1 up
	guard
	guarded "before"
	move_all br1
	pass "on br1: own ARP" "victim uplink" $OWN
	probe "on br1: spoofed ARP" $SPOOF
	same "on br1: spoofed ARP came to" - "$CAME"
	same "on br1: counters" gst0:arp "$COUNTED"
	move_all br0
	ip -n "$HOST" link del br1
	guarded "after"
}

to_another_netns()
{
	guard
	ip -n "$HOST" link set gst0 netns "$NS-fence"
	expect "the policy stays" ctl port show gst0
	ip -n "$NS-fence" link set gst0 netns "$NS-host"
	ip -n "$HOST" link set gst0 master br0 up
	busywait 5 all_forwarding
	guarded "back again"
}

# A guarded bridge with traffic on it, and the namespace goes.
netns_removed()
{
	local ns=$NS-gone

	ip netns add "$ns"
	ip -n "$ns" link add br0 type bridge forward_delay 0
	ip -n "$ns" link add gst0 type veth peer name end0
	ip -n "$ns" link add vic0 type veth peer name end1
	ip -n "$ns" link set gst0 master br0 up
	ip -n "$ns" link set vic0 master br0 up
	ip -n "$ns" link set br0 up
	ip -n "$ns" link set end0 up
	ip -n "$ns" link set end1 up
	expect "policy" brguardctl -n "$ns" apply - <<-E
		bridge set br0 new-port guest
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	spoof_start "$ns" end0
	busywait 60 dropping "$ns" arp || fail "nothing is dropped"
	ip netns del "$ns"
	spoof_stop
	guard
	guarded "in the other namespace"
}

# dropping NETNS REASON
dropping()
{
	brguardctl -n "$1" stats | grep -q "$2 dropped"
}

# spoof_start NETNS DEV: spoofed frames without end.
spoof_start()
{
	"$HERE/frame.py" send -N "$1" -n 0 "$2" $SPOOF >/dev/null 2>&1 &
	SENDER=$!
}

spoof_stop()
{
	kill "$SENDER" 2>/dev/null
	wait "$SENDER" 2>/dev/null
}

# The victim counts spoofed frames; count_stop tells how many there were.
count_start()
{
	SEEN=$(mktemp)
	"$HERE/frame.py" recv -N "$NS-victim" -n 1 -t 100 eth0 $SPOOF >"$SEEN" 2>"$SEEN.err" &
	RECEIVER=$!
	busywait 10 grep -q ready "$SEEN.err"
}

count_stop()
{
	kill "$RECEIVER" 2>/dev/null
	wait "$RECEIVER" 2>/dev/null
	FOUND=$(cat "$SEEN")
	rm -f "$SEEN" "$SEEN.err"
}

join_and_leave()
{
	local i

	for i in {1..10}; do
		ip -n "$HOST" link set gst0 master br0
		ip -n "$HOST" link set gst0 nomaster
	done
	ip -n "$HOST" link set gst0 master br0
}

# A guest that sends spoofed frames all the time is joined to a bridge, and
# removed from it, again and again: none of them gets through.
before_the_first_frame()
{
	ip -n "$HOST" link set gst0 nomaster
	unguard
	spoof_start "$NS-guest" eth0
	count_start
	join_and_leave
	count_stop
	same "without brguard, spoofed frames arrive" 1 "$FOUND"
	ip -n "$HOST" link set gst0 nomaster
	policy <<-E
		bridge set br0 new-port guest
		port set vic0 role trusted
		port set upl0 role trusted
		port set fen0 role trusted
	E
	count_start
	join_and_leave
	busywait 60 dropping "$HOST" src-mac || fail "nothing is dropped, nothing is tried"
	count_stop
	same "spoofed frames that arrive" 0 "$FOUND"
	spoof_stop
	busywait 5 all_forwarding
}

# The whole configuration is replaced again and again meanwhile.
atomic_swap()
{
	local i

	guard
	introduce
	spoof_start "$NS-guest" eth0
	count_start
	busywait 60 dropping "$HOST" arp || fail "nothing is dropped, nothing is tried"
	for i in {1..15}; do
		guard
		ctl port set gst0 router on
		ctl binding add port gst0 mac $MAC_X ip $IP_X
	done
	count_stop
	same "spoofed frames that arrive" 0 "$FOUND"
	spoof_stop
	guarded "after"
}

TRACING=/sys/kernel/tracing

# Calls of the hooks for a broadcast, as ftrace counts them. Few kernels can
# list hooks (CONFIG_NETFILTER_NETLINK_HOOK); one that is not called is none.
hook_calls()
{
	echo >$TRACING/trace
	lab probe guest $OWN
	grep -c brg_hooks $TRACING/trace
}

hooks_only_when_guarded()
{
	if ! grep -q '^brg_hooks_in ' $TRACING/available_filter_functions 2>/dev/null; then
		skip_test "no function tracer"
		return
	fi
	echo 'brg_hooks_*' >$TRACING/set_ftrace_filter
	echo function >$TRACING/current_tracer
	unguard
	same "calls with nothing guarded" 0 "$(hook_calls)"
	policy <<-E
		bridge set br0 new-port trusted answers-max 0 answers-own off
		port set elsewhere role guest
		port set gst0 role trusted
	E
	same "calls without a guest's device" 0 "$(hook_calls)"
	guard
	[ "$(hook_calls)" -gt 2 ] || fail "the hooks are not called at all"
	unguard
	same "calls after it" 0 "$(hook_calls)"
	echo nop >$TRACING/current_tracer
	echo >$TRACING/set_ftrace_filter
}

module_reloaded_under_traffic()
{
	local i

	spoof_start "$NS-guest" eth0
	for i in 1 2 3; do
		guard
		busywait 60 dropping "$HOST" arp || fail "nothing is dropped"
		expect "rmmod" rmmod brguard
		expect "modprobe" load_module
	done
	spoof_stop
	same "a module that was just loaded knows" "" "$(ctl show)"
	introduce
	unguarded "without a policy"
	guard
	introduce
	guarded "after"
}

# When the notifier of devices is unregistered, it is told of the end of each of them:
# no reason to attach to the port's name whatever bears it, the same device.
module_attaches_nothing_again()
{
	if ! grep -q '^brg_attach_publish ' $TRACING/available_filter_functions 2>/dev/null; then
		skip_test "no function tracer"
		return
	fi
	echo brg_attach_publish >$TRACING/set_ftrace_filter
	echo function >$TRACING/current_tracer
	echo >$TRACING/trace
	guard
	same "attached" yes "$(grep -q '^[^#]' $TRACING/trace && echo yes)"
	echo >$TRACING/trace
	expect "rmmod" rmmod brguard
	same "attached again" 0 "$(grep -c '^[^#]' $TRACING/trace)"
	echo nop >$TRACING/current_tracer
	echo >$TRACING/set_ftrace_filter
	expect "modprobe" load_module
}

# Named ports, which nothing may attach again while the module goes: they are deleted
# and moved to another namespace then. The kernel would say what was left behind.
devices_go_with_the_module()
{
	local i round n=20 spoof

	lab hex $SPOOF
	spoof=$ANSWER
	ns_create other
	for round in 1 2; do
		for ((i = 0; i < n; i++)); do
			echo "link add p$i type dummy"
			echo "link set p$i up master br0"
		done | ip -n "$HOST" -batch -
		{
			echo "bridge set br0"
			for ((i = 0; i < n; i++)); do
				echo "port set p$i role guest"
			done
		} | policy
		for i in 0 $((n - 1)); do
			ctl explain in p$i "$spoof" | grep -q drop ||
				fail "p$i is not guarded"
		done
		for ((i = 0; i < n; i++)); do
			if ((i % 2)); then
				echo "link del p$i"
			else
				echo "link set p$i netns $NS-other"
			fi
		done | ip -n "$HOST" -batch - &
		expect "rmmod" rmmod brguard
		wait $!
		for ((i = 0; i < n; i += 2)); do
			echo "link set p$i up"
			echo "link del p$i"
		done | ip -n "$NS-other" -batch -
		expect "modprobe" load_module
	done
	guard
	introduce
	guarded "after"
}

is_listening()
{
	grep -q listening "$1"
}

# Of a module that is loaded again it would hear nothing.
monitor_ends_with_the_module()
{
	local err

	err=$(mktemp)
	in_ns host timeout 30 brguardctl -d monitor >/dev/null 2>"$err" &
	busywait 10 is_listening "$err" || fail "it does not listen"
	expect "rmmod" rmmod brguard
	wait $!
	same "exit" 3 $?
	grep -q "module was unloaded" "$err" || fail "$(cat "$err")"
	rm "$err"
	expect "modprobe" load_module
}

load_module()
{
	modprobe brguard || insmod "$HERE/../brguard.ko"
}

run_tests
