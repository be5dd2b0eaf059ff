#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 12: one MAC answers for many addresses, or the host for others.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_uplink
	attacks_unnamed
	attacks_guest
	attacks_host
	attacks_host_for_others
	within_the_limit
	few_addresses
	window
	no_answers
	event
	settings
	audit
	beyond_two_limits
	own_addresses
	bound_and_shared
	nothing_bound
	two_bridges
	device_goes
	many_macs
	many_over_the_limit
	storm
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

tear_down()
{
	monitor_stop
}

# The guest may have what it wants of 10.0.0.0/8.
guard()
{
	policy <<-E
		bridge set br0 new-port trusted answers ${ANSWERS:-drop} answers-max ${MAX:-4} answers-time ${TIME:-60} answers-own ${OWN:-off}
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G ip 10.0.0.0/8 ip 2001:db8:7::/64
		port set upl0 role trusted
	E
}

# Windows and records begin anew.
anew()
{
	unguard
	guard
}

# limit WORDS COUNT MAC FRAME...: as many as may pass; # in FRAME is the number.
limit()
{
	local what=$1 n=$2 i

	shift 2
	[ $PHASE = guarded ] || return
	anew
	for i in $(seq 1 $n); do
		lab probe $FROM "${@//#/$i}"
		[[ $ANSWER == *";-;-" ]] || fail "$what: number $i: $ANSWER"
	done
}

# answers MAC DST: each kind of answer, when as many have passed.
answers()
{
	local mac=$1 dst=$2 net=203.0.113 net6=2001:db8:8: ll=$LL_R

	if [ $mac = $MAC_G ]; then
		net=10.0.0 net6=2001:db8:7: ll=$LL_G
	fi
	limit "replies" 4 eth src=$mac dst=$dst / arp op=2 spa=$net.# tpa=$IP_V
	attack "ARP reply" answers-for-all eth src=$mac dst=$dst / arp op=2 spa=$net.9 tpa=$IP_V
	attack "ARP announcement" answers-for-all \
		eth src=$mac dst=$dst / arp op=1 spa=$net.9 tpa=$net.9
	attack "one that has passed before" answers-for-all \
		eth src=$mac dst=$dst / arp op=2 spa=$net.1 tpa=$IP_V
	attack "advertisement" answers-for-all eth src=$mac dst=$dst / \
		ip6 src=$ll dst=ff02::1 / na target=$net6:9 opt=2:$mac
	limit "announcements" 4 eth src=$mac dst=$dst / arp op=1 spa=$net.# tpa=$net.#
	attack "fifth announcement" answers-for-all \
		eth src=$mac dst=$dst / arp op=1 spa=$net.9 tpa=$net.9
	limit "advertisements" 4 eth src=$mac dst=$dst / \
		ip6 src=$ll dst=ff02::1 / na target=$net6:# opt=2:$mac
	attack "fifth advertisement" answers-for-all eth src=$mac dst=$dst / \
		ip6 src=$ll dst=ff02::1 / na target=$net6:9 opt=2:$mac
	[ $PHASE = guarded ] || return
	pass "a question" "$ASKED" eth src=$mac dst=$dst / arp op=1 spa=$net.9 tpa=$IP_V
	pass "IPv4" victim eth src=$mac dst=$MAC_V / ip src=10.0.0.9 dst=$IP_V / udp / raw 00
}

attacks_uplink()
{
	FROM=uplink PORT=upl0 ASKED="victim host"
	introduce
	answers $MAC_R bc
	[ $PHASE = open ] ||
		pass "another MAC" victim eth src=$MAC_X / arp op=2 spa=203.0.113.9 tpa=$IP_V
	FROM=guest PORT=gst0
}

attacks_unnamed()
{
	FROM=fence PORT=fen0 ASKED="victim host"
	answers $MAC_X bc
	FROM=guest PORT=gst0
}

attacks_guest()
{
	ASKED="victim uplink host"
	introduce
	answers $MAC_G bc
	[ $PHASE = open ] || anew
}

# said COUNTS FRAME...: the guest says it, and it is counted so.
said()
{
	local counts=$1

	shift
	lab probe guest eth src=$MAC_G "$@"
	[[ $ANSWER == *";$counts;-" ]] || fail "$*: $ANSWER, not $counts"
}

# Whose addresses are too few for the limit is not counted; one more, and it is.
few_addresses()
{
	local arp="/ arp op=2 tpa=$IP_V" many=gst0:answers-for-all
	local na="/ ip6 src=$LL_G dst=ff02::1 / na opt=2:$MAC_G" i

	unguard
	policy <<-E
		bridge set br0 new-port trusted answers drop answers-max 4 answers-time 60
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip 10.0.0.1 ip 10.0.0.2 ip $IP_G
	E
	for i in 10.0.0.1 10.0.0.2 $IP_G 10.0.0.1; do
		said - $arp spa=$i
	done
	said - $na target=$LL_G
	expect "fifth address" ctl binding add port gst0 mac $MAC_G ip 10.0.0.3
	for i in 1 2 3; do
		said - $arp spa=10.0.0.$i
	done
	said - $arp spa=$IP_G
	said $many $na target=$LL_G
	expect "four again" ctl binding del port gst0 mac $MAC_G ip 10.0.0.3
	said - $na target=$LL_G
	expect "another VLAN" ctl binding add port gst0 mac $MAC_G vlan 10 ip 10.0.0.4
	said $many $na target=$LL_G
	expect "one VLAN" ctl binding del port gst0 mac $MAC_G vlan 10
	said - $na target=$LL_G
	expect "a prefix" ctl binding add port gst0 mac $MAC_G ip 10.0.1.0/30
	said $many $na target=$LL_G
	expect "no prefix" ctl binding del port gst0 mac $MAC_G ip 10.0.1.0/30
	said - $na target=$LL_G
	expect "any link-local address" ctl port set gst0 link-local any
	said $many $na target=$LL_G
	expect "its own" ctl port set gst0 link-local eui64
	expect "lower limit" ctl bridge set br0 answers-max 2
	said - $arp spa=10.0.0.1
	said - $arp spa=10.0.0.2
	said $many $arp spa=$IP_G
	guard
}

# To the uplink alone: a broadcast is counted for each port that it leaves by.
attacks_host()
{
	FROM=host PORT=br0
	introduce
	limit "replies" 4 eth src=$MAC_H dst=$MAC_R / arp op=2 spa=203.0.113.# tpa=$IP_R
	attack "ARP reply" answers-for-all \
		eth src=$MAC_H dst=$MAC_R / arp op=2 spa=203.0.113.9 tpa=$IP_R
	attack "advertisement" answers-for-all eth src=$MAC_H dst=$MAC_R / \
		ip6 src=$LL_H dst=ff02::1 / na target=2001:db8:8::9 opt=2:$MAC_H
	if [ $PHASE = guarded ]; then
		pass "to a guest" guest eth src=$MAC_H dst=$MAC_G / \
			arp op=2 spa=203.0.113.9 tpa=$IP_G
	fi
	FROM=guest PORT=gst0
}

attacks_host_for_others()
{
	local arp="eth src=$MAC_H dst=$MAC_R / arp op=2 tpa=$IP_R"
	local na="eth src=$MAC_H dst=$MAC_R / ip6 src=$LL_H dst=ff02::1 / na opt=2:$MAC_H"

	MAX=0 OWN=drop
	[ $PHASE = open ] || guard
	FROM=host PORT=br0
	introduce
	attack "ARP reply" answers-own $arp spa=203.0.113.9
	attack "ARP announcement" answers-own eth src=$MAC_H dst=$MAC_R / \
		arp op=1 spa=203.0.113.9 tpa=203.0.113.9
	attack "advertisement" answers-own $na target=2001:db8:8::9
	if [ $PHASE = guarded ]; then
		ip -n "$HOST" addr add 203.0.113.9/32 dev lo
		pass "its own address" uplink $arp spa=203.0.113.9
		ip -n "$HOST" addr del 203.0.113.9/32 dev lo
		attack "not its own any more" answers-own $arp spa=203.0.113.9
		expect "claims" ctl bridge set br0 claims off
		pass "bound on the bridge" uplink $arp spa=10.1.2.3
		pass "bound on the bridge, IPv6" uplink $na target=2001:db8:7::77
		pass "somebody else behind the bridge device" uplink eth src=$MAC_X dst=$MAC_R / \
			arp op=2 spa=203.0.113.9 tpa=$IP_R
		pass "to a guest" guest eth src=$MAC_H dst=$MAC_G / \
			arp op=2 spa=203.0.113.9 tpa=$IP_G
		pass "a question" uplink eth src=$MAC_H dst=$MAC_R / \
			arp op=1 spa=203.0.113.9 tpa=$IP_R
		expect "guard" ctl bridge set br0 claims drop
	fi
	FROM=guest PORT=gst0 MAX='' OWN=
}

# answer MAC NET COUNTS NUMBERS...: ARP replies from the uplink, or from $BY.
answer()
{
	local mac=$1 net=$2 counts=$3 n

	shift 3
	for n; do
		lab probe ${BY:-uplink} eth src=$mac / arp op=2 spa=$net.$n tpa=$IP_V
		[[ $ANSWER == *";$counts;-" ]] || fail "$mac has $net.$n: $ANSWER, not $counts"
	done
}

# The same ones again and again are not more.
within_the_limit()
{
	local i

	anew
	for i in 1 2 3 4 5; do
		answer $MAC_R 203.0.113 - 1 2 3 4
	done
	answer $MAC_X 203.0.113 - 1 2 3 4
	FROM=fence
	probe "the same MAC on another port" eth src=$MAC_R / arp op=2 spa=203.0.113.9 tpa=$IP_V
	same "the same MAC on another port: counters" - "$COUNTED"
	FROM=guest
	answer $MAC_R 203.0.113 upl0:answers-for-all 5
}

# is_heard MAC: do its answers pass?
is_heard()
{
	lab probe uplink eth src=$1 / arp op=2 spa=203.0.113.1 tpa=$IP_V
	[[ $ANSWER == *";-;-" ]]
}

# It is heard again when a window has passed in which it kept within the limit.
window()
{
	TIME=2
	anew
	answer $MAC_R 203.0.113 - 1 2 3 4
	sleep 2.2
	answer $MAC_R 203.0.113 - 11 12 13 14
	answer $MAC_R 203.0.113 upl0:answers-for-all 15 16
	is_heard $MAC_R && fail "it is heard at once"
	busywait 10 is_heard $MAC_R || fail "it is not heard any more"
	answer $MAC_R 203.0.113 - 2 3 4
	answer $MAC_R 203.0.113 upl0:answers-for-all 5
	TIME=
}

# What asks, or is no answer, is nobody's business.
no_answers()
{
	local i

	anew
	FROM=uplink
	for i in 1 2 3 4 5 6; do
		pass "question" victim eth src=$MAC_R / arp op=1 spa=203.0.113.$i tpa=$IP_V
		pass "probe" victim eth src=$MAC_R / arp op=1 spa=0.0.0.0 tpa=203.0.113.$i
		pass "solicitation" victim eth src=$MAC_R / ip6 src=$LL_R dst=ff02::1 / \
			ns target=2001:db8:8::$i opt=1:$MAC_R
		pass "reply to a probe" victim \
			eth src=$MAC_R / arp op=2 spa=0.0.0.0 tpa=203.0.113.$i
		pass "no ARP of IPv4" victim eth src=$MAC_R / arp op=2 spa=203.0.113.$i plen=6
	done
	FROM=guest
}

# sum FILTER: over all events of this kind
sum()
{
	jq -s "[.[] | select(.event == \"answers-for-all\") | $1] | add // 0" "$LOG"
}

event()
{
	local c='.event == "answers-for-all" and .bridge == "br0"'

	MAX=8 TIME=2
	anew
	monitor violation
	answer $MAC_R 203.0.113 - 1 2 3 4 5 6 7 8 1 2
	answer $MAC_R 203.0.113 upl0:answers-for-all 9 10 3
	answer $MAC_X 203.0.113 - 1 2 3
	wait_for "who" "$c and .port == \"upl0\" and .device == \"upl0\" and
		.direction == \"in\" and .mac == \"$MAC_R\" and .claims == 13 and
		.distinct == 10 and .dropped == 3 and .milliseconds >= 2000 and
		(.sample | length == 8 and .[0] == \"203.0.113.1\" and
		.[7] == \"203.0.113.8\")"
	same "events" 1 "$(sum 1)"
	heard ".event == \"answers-for-all\" and .mac == \"$MAC_X\"" &&
		fail "an event for who kept within the limit"
	monitor_stop
	MAX='' TIME=
}

settings()
{
	anew
	answer $MAC_R 203.0.113 - 1 2 3 4
	answer $MAC_R 203.0.113 upl0:answers-for-all 5
	expect "alarm" ctl bridge set br0 answers alarm
	answer $MAC_R 203.0.113 - 6 7
	expect "drop" ctl bridge set br0 answers drop
	answer $MAC_R 203.0.113 upl0:answers-for-all 8
	expect "any number" ctl bridge set br0 answers-max 0
	answer $MAC_R 203.0.113 - 9 10
	expect "limit" ctl bridge set br0 answers-max 2
	answer $MAC_R 203.0.113 - 1 2
	answer $MAC_R 203.0.113 upl0:answers-for-all 3
	refuse "other words" "alarm or drop" ctl bridge set br0 answers off
	refuse "too many" "1000" ctl bridge set br0 answers-max 1001
	refuse "no time" "1" ctl bridge set br0 answers-time 0
	refuse "too long" "3600" ctl bridge set br0 answers-time 3601
}

audit()
{
	anew
	expect "audit" ctl bridge set br0 mode audit
	answer $MAC_R 203.0.113 - 1 2 3 4
	FROM=uplink
	probe "fifth" eth src=$MAC_R / arp op=2 spa=203.0.113.5 tpa=$IP_V
	FROM=guest
	came_to victim host || fail "it does not pass"
	same "counters" upl0:answers-for-all:audited "$COUNTED"
}

# host_says WHERE COUNTS SPA: the host's MAC has it, the uplink is told.
host_says()
{
	FROM=host
	probe "$3" eth src=$MAC_H dst=$MAC_R / arp op=2 spa=$3 tpa=$IP_R
	FROM=guest
	same "$3: came to" "$1" "$CAME"
	same "$3: counters" "$2" "$COUNTED"
}

# host_says6 WHERE COUNTS TARGET
host_says6()
{
	FROM=host
	probe "$3" eth src=$MAC_H dst=$MAC_R / ip6 src=$LL_H dst=ff02::1 / \
		na target=$3 opt=2:$MAC_H
	FROM=guest
	same "$3: came to" "$1" "$CAME"
	same "$3: counters" "$2" "$COUNTED"
}

# The host answers for others and for too many: what is dropped is told, else what
# comes first.
beyond_two_limits()
{
	local own=br0:answers-own:audited many=br0:answers-for-all

	MAX=2 OWN=alarm
	anew
	introduce
	host_says uplink $own 203.0.113.1
	host_says uplink $own 203.0.113.2
	host_says - $many 203.0.113.3
	host_says - $many 203.0.113.1
	host_says - br0:claim 10.1.2.3
	expect "alarm" ctl bridge set br0 claims alarm
	host_says - $many 10.1.2.3
	expect "audit" ctl bridge set br0 mode audit
	host_says uplink $own 203.0.113.1
	host_says uplink br0:claim:audited 10.1.2.3
	expect "off" ctl bridge set br0 answers-own off claims off
	host_says uplink $many:audited 203.0.113.1
	host_says uplink $many:audited 10.1.2.3
	expect "drop" ctl bridge set br0 answers-own drop
	host_says uplink $own 203.0.113.1
	expect "enforce" ctl bridge set br0 mode enforce
	host_says - br0:answers-own 203.0.113.1
	expect "alarm" ctl bridge set br0 answers-own alarm answers alarm
	host_says uplink $own 203.0.113.1
	MAX='' OWN=
}

# Whichever device has them.
own_addresses()
{
	MAX=0 OWN=drop
	guard
	introduce
	host_says - br0:answers-own 203.0.113.77
	ip -n "$HOST" link add in0 type dummy
	ip -n "$HOST" addr add 203.0.113.77/32 dev in0
	host_says - br0:answers-own 203.0.113.76
	ip -n "$HOST" link set in0 up
	host_says uplink - 203.0.113.77
	if ip -n "$HOST" link add vrf0 type vrf table 77 2>/dev/null; then
		ip -n "$HOST" link set vrf0 up
		ip -n "$HOST" link set in0 master vrf0
		same "in no other table" "" "$(ip -n "$HOST" route show table local 203.0.113.77)"
		host_says uplink - 203.0.113.77
		ip -n "$HOST" link del vrf0
	else
		note "no VRF"
	fi
	ip -n "$HOST" link del in0
	host_says - br0:answers-own 203.0.113.77
	if [ -d /proc/sys/net/ipv6 ]; then
		host_says6 - br0:answers-own 2001:db8:8::9
		in_ns host sh -c 'echo 0 >/proc/sys/net/ipv6/conf/lo/disable_ipv6'
		ip -n "$HOST" addr add 2001:db8:8::9/128 dev lo
		host_says6 uplink - 2001:db8:8::9
		host_says6 - br0:answers-own 2001:db8:8::8
		ip -n "$HOST" addr del 2001:db8:8::9/128 dev lo
		host_says6 - br0:answers-own 2001:db8:8::9
	fi
	MAX='' OWN=
}

# What several ports have is nobody's to claim, but it is bound on the bridge.
bound_and_shared()
{
	local filtering port

	MAX=0 OWN=drop
	guard
	introduce
	host_says - br0:answers-own 203.0.113.50
	for port in gst0 vic0; do
		expect "guest" ctl port set $port role guest
		expect "shared" ctl binding add port $port mac $MAC_X shared ip 203.0.113.50 \
			ip 2001:db8:8::/64
	done
	for filtering in 0 1; do
		ip -n "$HOST" link set br0 type bridge vlan_filtering $filtering
		introduce
		host_says uplink - 203.0.113.50
		host_says6 uplink - 2001:db8:8::50
		host_says - br0:answers-own 203.0.113.51
		host_says6 - br0:answers-own 2001:db8:9::50
	done
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	MAX='' OWN=
}

# In a namespace that never had a binding.
nothing_bound()
{
	expect "unload" rmmod brguard
	expect "load" modprobe brguard
	policy <<<"bridge set br0 new-port trusted answers-max 0 answers-own drop"
	introduce
	host_says - br0:answers-own 203.0.113.9
	host_says6 - br0:answers-own 2001:db8:8::9
	ip -n "$HOST" addr add 203.0.113.9/32 dev lo
	host_says uplink - 203.0.113.9
	ip -n "$HOST" addr del 203.0.113.9/32 dev lo
	expect "alarm" ctl bridge set br0 answers-own alarm
	host_says uplink br0:answers-own:audited 203.0.113.9
	# The local port alone is under guard: the port that it leaves by is not.
	policy <<<"port set br0 role trusted"
	host_says uplink - 203.0.113.9
}

# Each has windows and limits of its own.
two_bridges()
{
	local c='.event == "answers-for-all"' i

	second_bridge
	policy <<-E
		bridge set br0 new-port trusted answers drop answers-max 2 answers-time 2
		bridge set br1 new-port trusted answers drop answers-max 3 answers-time 3
	E
	monitor violation
	answer $MAC_R 203.0.113 - 1 2
	answer $MAC_R 203.0.113 upl0:answers-for-all 3
	BY=second answer $MAC_R 203.0.113 - 1 2 3
	BY=second answer $MAC_R 203.0.113 two0:answers-for-all 4 5
	busywait 10 heard "$c and .bridge == \"br0\" and .port == \"upl0\" and .claims == 3 and
		.distinct == 3 and .dropped == 1" || fail "no event of br0"
	busywait 10 heard "$c and .bridge == \"br1\" and .port == \"two0\" and .claims == 5 and
		.distinct == 5 and .dropped == 2" || fail "no event of br1"
	same "events" 2 "$(sum 1)"
	expect "no limit" ctl bridge set br1 answers-max 0
	BY=second answer $MAC_R 203.0.113 - 1 2 3 4 5 6
	for i in 1 2 3; do
		lab probe uplink eth src=$MAC_X / ip6 src=$LL_X dst=ff02::1 / \
			na target=2001:db8:8::$i opt=2:$MAC_X
	done
	same "third advertisement" "upl0:answers-for-all" "$(cut -d ';' -f 3 <<<"$ANSWER")"
	busywait 10 heard "$c and .bridge == \"br0\" and .mac == \"$MAC_X\" and .claims == 3 and
		(.sample == [\"2001:db8:8::1\", \"2001:db8:8::2\", \"2001:db8:8::3\"])" ||
		fail "no event with IPv6 addresses: $(jq -c "select($c)" "$LOG")"
	same "events" 3 "$(sum 1)"
	monitor_stop
	second_bridge_ends
}

# gone FILTER: an event of br1 without the port.
gone()
{
	heard ".event == \"answers-for-all\" and .bridge == \"br1\" and (has(\"port\") | not) and
		(has(\"device\") | not) and .direction == \"in\" and $1"
}

# It is told of all the same when the port has gone before the window ends.
device_goes()
{
	second_bridge
	policy <<<"bridge set br1 new-port trusted answers drop answers-max 1 answers-time 2"
	monitor violation
	dmesg -C
	BY=second answer $MAC_R 203.0.113 - 1
	BY=second answer $MAC_R 203.0.113 two0:answers-for-all 2
	ip -n "$HOST" link set two0 nomaster
	busywait 10 gone ".mac == \"$MAC_R\" and .claims == 2" ||
		fail "it has left: no event, but $(cat "$LOG")"
	ip -n "$HOST" link set two0 master br1
	busywait 5 two_forwards
	BY=second answer $MAC_X 203.0.113 - 1
	BY=second answer $MAC_X 203.0.113 two0:answers-for-all 2
	ip -n "$HOST" link del two0
	busywait 10 gone ".mac == \"$MAC_X\" and .claims == 2" ||
		fail "it is gone: no event, but $(cat "$LOG")"
	same "events" 2 "$(sum 1)"
	dmesg | grep -q "brguard: a port that is gone: in $MAC_X answers for 2 addresses" ||
		fail "not in the kernel log: $(dmesg | tail -n 5)"
	monitor_stop
	second_bridge_ends
}

slab_kb()
{
	awk '/^SUnreclaim|^VmallocUsed|^Percpu/ { sum += $2 } END { print sum }' /proc/meminfo
}

# bounded WORDS KB: there is no more memory in use than before, but for noise.
bounded()
{
	local now

	now=$(slab_kb)
	note "$1: $((now - $2)) kB more in use"
	[ $((now - $2)) -lt 4096 ] || fail "$1: $((now - $2)) kB more in use"
}

# Do guest and victim hear of each other all the time?
ping_both()
{
	in_ns guest ping -q -i 0.2 -w 8 -n $IP_V
}

# The incident's: a /16, 1,000 answers a second, while guests talk.
storm()
{
	local memory lost

	MAX=64 TIME=30
	lab_addresses
	anew
	monitor violation
	expect "ping before" in_ns guest ping -c 1 -w 10 $IP_V
	memory=$(slab_kb)
	ping_both >"$LOG.ping" &
	lab storm uplink $MAC_R 10000 1000
	note "10,000 answers in $ANSWER seconds"
	wait $! || fail "ping"
	lost=$(grep -o '[0-9]* received\|[0-9]* packets transmitted' "$LOG.ping" | cut -d' ' -f1)
	rm -f "$LOG.ping"
	note "ping: "$lost
	same "ping, sent and received" ${lost%%$'\n'*} ${lost##*$'\n'}
	bounded "storm" $memory
	same "answers dropped" 9936 "$(count upl0 answers-for-all)"
	busywait 40 heard '.event == "answers-for-all"' || fail "no event"
	heard ".event == \"answers-for-all\" and .mac == \"$MAC_R\" and .claims == 10000 and
		.dropped == 9936 and .distinct > 6000 and .distinct < 14000" ||
		fail "totals: $(jq -c 'select(.event == "answers-for-all")' "$LOG")"
	same "events" 1 "$(sum 1)"
	monitor_stop
	MAX='' TIME=
}

# Each from another MAC: a table of fixed size forgets those that do little.
many_macs()
{
	local memory i

	MAX=2 TIME=2
	anew
	monitor violation
	memory=$(slab_kb)
	for i in $(seq 1 300); do
		answer "$(printf '02:10:00:00:%02x:%02x' $((i / 256)) $((i % 256)))" 203.0.113 - 1
	done
	bounded "many MACs" $memory
	answer $MAC_R 203.0.113 - 1 2
	answer $MAC_R 203.0.113 upl0:answers-for-all 3
	wait_for "who" ".event == \"answers-for-all\" and .mac == \"$MAC_R\""
	same "events" 1 "$(sum 1)"
	monitor_stop
	MAX='' TIME=
}

all_told_of()
{
	[ "$(sum 1)" -ge 64 ]
}

# 64 at a time are held to the limit, 4 in each of 16 sets; more find no room until
# those have been told of. And one MAC on three ports is three.
many_over_the_limit()
{
	local port

	MAX=1 TIME=$((5 * PATIENCE))
	anew
	monitor violation
	lab answers uplink 400 2
	same "dropped" 64 "$(count upl0 answers-for-all)"
	busywait 20 all_told_of || fail "not all are told of"
	same "events" 64 "$(sum 1)"
	same "of each MAC" "64 upl0 2 2 1" "$(jq -r 'select(.event == "answers-for-all") |
		"\(.mac) \(.port) \(.claims) \(.distinct) \(.dropped)"' "$LOG" |
		sort -u | cut -d ' ' -f 2- | uniq -c | tr -s ' ' | sed 's/^ //')"
	monitor_stop
	anew
	reset_counters
	for port in uplink fence host; do
		lab answers $port 200 1
	done
	for port in upl0 fen0 vic0 br0; do
		same "$port: dropped" 0 "$(count $port answers-for-all)"
	done
	MAX='' TIME=
}

run_tests
