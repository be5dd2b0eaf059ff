# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2086	# frames and lists of ends are words
# Shared by all scripts. Each of them has TESTS, a list of functions, on top
# and ends with run_tests. A function called attacks_* runs twice: without
# brguard, where each of its attacks is to arrive, and with it.
#
#    netns guest      netns victim     netns uplink     netns fence
#   +-----------+    +------------+   +------------+   +-----------+
#   |   eth0    |    |    eth0    |   |    eth0    |   |   eth0    |
#   | MAC_G IP_G|    | MAC_V IP_V |   | MAC_R IP_R |   |           |
#   +-----+-----+    +-----+------+   +-----+------+   +-----+-----+
#         |                |                |                |
#   +-----+----------------+----------------+----------------+-----+
#   |    gst0             vic0             upl0             fen0   |
#   |                                                              |
#   |                    br0   MAC_H IP_H                          |
#   |                            netns host                        |
#   +--------------------------------------------------------------+
#
# The namespaces are called $NS-host and so on. frame.py serve holds a packet
# socket on each eth0 and on br0, under the names guest, victim, uplink, fence
# and host; "probe" sends a frame from one of them and tells where it came.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NS=brg$$
HOST=$NS-host
EXIT_SKIP=4
ENDS="guest:gst0 victim:vic0 uplink:upl0 fence:fen0"

# For the scripts:
# shellcheck disable=SC2034
{
MAC_G=02:00:00:00:00:01 IP_G=192.0.2.1 IP6_G=2001:db8::1 LL_G=fe80::ff:fe00:1
MAC_V=02:00:00:00:00:02 IP_V=192.0.2.2 IP6_V=2001:db8::2 LL_V=fe80::ff:fe00:2
MAC_R=02:00:00:00:00:03 IP_R=192.0.2.3 IP6_R=2001:db8::3 LL_R=fe80::ff:fe00:3
MAC_H=02:00:00:00:00:04 IP_H=192.0.2.4 IP6_H=2001:db8::4 LL_H=fe80::ff:fe00:4
MAC_X=02:00:00:00:00:0f IP_X=198.51.100.9 IP6_X=2001:db8:ffff::9 LL_X=fe80::9
}

if [ -x "$HERE/../tools/brguardctl" ]; then
	PATH=$HERE/../tools:$PATH
fi

# --- results -------------------------------------------------------------

TEST=0
RET=0
FAILED=0
WHY=

note()
{
	printf '# %s\n' "$*"
}

# fail WORDS...: the test that runs has failed; it goes on.
fail()
{
	RET=1
	printf '#   FAIL: %s\n' "$*"
}

# skip_test WORDS...: to be followed by return.
skip_test()
{
	WHY=$*
}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit $EXIT_SKIP
}

# expect WORDS COMMAND...: it succeeds, and what it prints is of no interest.
expect()
{
	local what=$1 out

	shift
	if ! out=$("$@" 2>&1); then
		fail "$what: $* -> ${out:-status not 0}"
	fi
}

# refuse WORDS PATTERN COMMAND...: it fails and its words match the pattern.
refuse()
{
	local what=$1 pattern=$2 out

	shift 2
	if out=$("$@" 2>&1); then
		fail "$what: $* -> it was not refused"
	elif [[ ! $out =~ $pattern ]]; then
		fail "$what: $* -> \"$out\", not \"$pattern\""
	fi
}

# same WORDS WANTED FOUND
same()
{
	if [ "$2" != "$3" ]; then
		fail "$1: \"$3\", not \"$2\""
	fi
}

# busywait SECONDS COMMAND...: run it until it succeeds.
busywait()
{
	local end=$((SECONDS + $1 + 1))

	shift
	until "$@" >/dev/null 2>&1; do
		if [ $SECONDS -ge $end ]; then
			return 1
		fi
		command sleep 0.02
	done
}

run_test()
{
	local name=$1

	TEST=$((TEST + 1)) RET=0 WHY=
	if [[ $name == attacks_* ]]; then
		run_attacks "$name"
	else
		"$name"
	fi
	name=${name//_/ }
	if [ $RET -ne 0 ]; then
		FAILED=$((FAILED + 1))
		echo "not ok $TEST $name"
	elif [ -n "$WHY" ]; then
		echo "ok $TEST $name # SKIP $WHY"
	else
		echo "ok $TEST $name"
	fi
}

# run_tests: those given to the script, or all.
run_tests()
{
	local tests test

	need_brguard
	read -r -a tests < <(echo ${ARGS:-$TESTS})
	trap clean_up EXIT
	trap 'exit 1' INT TERM HUP
	echo "TAP version 13"
	echo "1..${#tests[@]}"
	if declare -F set_up >/dev/null; then
		set_up
	fi
	for test in "${tests[@]}"; do
		run_test "$test"
	done
	exit $((FAILED > 0))
}

clean_up()
{
	if declare -F tear_down >/dev/null; then
		tear_down
	fi
	lab_destroy
}

need_brguard()
{
	if [ "$(id -u)" -ne 0 ]; then
		skip_all "needs root"
	fi
	if ! command -v brguardctl >/dev/null; then
		skip_all "no brguardctl"
	fi
	if [ ! -d /sys/module/brguard ] && ! modprobe -q brguard; then
		skip_all "no module brguard"
	fi
}

need()
{
	local tool

	for tool; do
		if ! command -v "$tool" >/dev/null; then
			skip_all "no $tool"
		fi
	done
}

ARGS=$*

# --- brguard -------------------------------------------------------------

ctl()
{
	brguardctl -n "$HOST" "$@"
}

# policy: the whole configuration, from stdin.
policy()
{
	if ! ctl apply -; then
		fail "the policy is not accepted"
	fi
}

unguard()
{
	policy </dev/null
}

# The guest alone is under guard, so that nothing but the check at its port
# can keep its frames from the others. GUARD: further words for its port.
guard()
{
	policy <<-E
		bridge set br0 new-port trusted
		port set gst0 role guest ${GUARD-}
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
	E
}

# count PORT REASON [dropped|audited]
count()
{
	local kind=${3:-dropped}

	ctl -j stats port "$1" |
		jq -r ".stats[0].reasons[\"$2\"].$kind // 0" 2>/dev/null || echo 0
}

reset_counters()
{
	ctl stats reset
}

# --- topology ------------------------------------------------------------

in_ns()
{
	local ns=$1

	shift
	ip netns exec "$NS-$ns" "$@"
}

# ns_create NAME: silent, so that every frame in it comes from a test.
ns_create()
{
	ip netns add "$NS-$1"
	in_ns "$1" sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
		echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
}

ns_destroy()
{
	ip netns del "$NS-$1" 2>/dev/null
}

# end_create END DEV MAC: DEV on br0 in the host, eth0 in the namespace END.
end_create()
{
	ip -n "$HOST" link add "$2" type veth peer name eth0 netns "$NS-$1" \
		address "$3"
	ip -n "$HOST" link set "$2" master br0 up
	ip -n "$NS-$1" link set eth0 arp off up
}

bridge_create()
{
	ip -n "$HOST" link add br0 address $MAC_H type bridge \
		mcast_snooping 0 forward_delay 0 "$@"
	ip -n "$HOST" link set br0 up
}

lab_create()
{
	local ns

	for ns in host guest victim uplink fence; do
		ns_create $ns
	done
	bridge_create "$@"
	end_create guest gst0 $MAC_G
	end_create victim vic0 $MAC_V
	end_create uplink upl0 $MAC_R
	end_create fence fen0 02:00:00:00:00:fe
	busywait 5 all_forwarding
	lab_start
}

all_forwarding()
{
	local n

	n=$(bridge -n "$HOST" link show | grep -c 'state forwarding')
	[ "$n" -ge 4 ]
}

lab_start()
{
	local end

	coproc LAB { exec python3 -S "$HERE/frame.py" serve; }
	LAB_IN=${LAB[1]} LAB_OUT=${LAB[0]}
	for end in $ENDS; do
		lab packet "${end%:*}" "$NS-${end%:*}" eth0
	done
	lab packet host "$HOST" br0
	lab fence fence uplink
	lab state "$HOST" br0
}

# lab COMMAND...: ask frame.py; its answer is in $ANSWER.
lab()
{
	echo "$*" >&"$LAB_IN"
	if ! read -r -t 60 -u "$LAB_OUT" ANSWER; then
		ANSWER="! no answer"
	fi
	if [[ $ANSWER == !* ]]; then
		fail "frame.py $*: $ANSWER"
	fi
}

lab_stop()
{
	if [ -n "${LAB_PID-}" ]; then
		kill "$LAB_PID" 2>/dev/null
		wait "$LAB_PID" 2>/dev/null
	fi
}

lab_destroy()
{
	local ns

	lab_stop
	for ns in fence uplink victim guest host; do
		ns_destroy $ns
	done
}

# Real stacks, for real traffic: IP and IPv6 addresses on all ends.
lab_addresses()
{
	local end ns mac ip ip6

	for end in "guest G" "victim V" "uplink R"; do
		read -r ns end <<<"$end"
		mac=MAC_$end ip=IP_$end ip6=IP6_$end
		in_ns "$ns" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'
		ip -n "$NS-$ns" link set eth0 address "${!mac}" arp on
		ip -n "$NS-$ns" addr add "${!ip}/24" dev eth0
		ip -n "$NS-$ns" addr add "${!ip6}/64" dev eth0
	done
	busywait 10 no_tentative
}

no_tentative()
{
	local ns

	for ns in guest victim uplink; do
		[ -z "$(ip -n "$NS-$ns" addr show tentative)" ] || return
	done
}

# --- forwarding database -------------------------------------------------

# fdb [DEV]: what br0 has learned, "MAC DEV [VLAN]" a line.
fdb()
{
	bridge -n "$HOST" fdb show br br0 |
		awk -v dev="${1-}" '/permanent|self/ { next }
			dev == "" || $3 == dev { print $1, $3, $4 == "vlan" ? $5 : "" }' |
		sort
}

fdb_flush()
{
	ip -n "$HOST" link set br0 type bridge fdb_flush
}

# --- frames --------------------------------------------------------------

PHASE=guarded
FROM=guest
PORT=gst0
ATTACKS=0

# probe WORDS FRAME...: send it from $FROM. $CAME, $LEARNED and $COUNTED say
# what became of it.
probe()
{
	shift
	lab probe "$FROM" "$@"
	IFS=';' read -r CAME LEARNED COUNTED <<<"$ANSWER"
}

# came_to ENDS...: did the last frame come to all of these?
came_to()
{
	local end

	for end; do
		[[ " $CAME " == *" $end "* ]] || return
	done
}

# pass WORDS ENDS FRAME...: it comes to all of ENDS ("-" for nobody) and is not
# counted.
pass()
{
	local what=$1 ends=$2

	shift 2
	probe "$what" "$@"
	if [ "$ends" = - ]; then
		same "$what: came to" - "$CAME"
	elif ! came_to $ends; then	# a list
		fail "$what: came to \"$CAME\", not to $ends"
	fi
	same "$what: counters" - "$COUNTED"
}

# drop WORDS REASON FRAME...: it comes to nobody, teaches the bridge nothing,
# and counts one drop of that reason on $PORT and nothing else.
drop()
{
	local what=$1 reason=$2

	shift 2
	probe "$what" "$@"
	same "$what: came to" - "$CAME"
	same "$what: FDB" - "$LEARNED"
	same "$what: counters" "$PORT:$reason" "$COUNTED"
}

# attack WORDS REASON FRAME...: works without brguard and not with it.
attack()
{
	local what=$1 reason=$2

	ATTACKS=$((ATTACKS + 1))
	if [ $PHASE = guarded ]; then
		drop "$@"
		return
	fi
	shift 2
	probe "$what" "$@"
	if [ "$CAME" = - ]; then
		fail "$what: arrives nowhere even without brguard"
	fi
}

# poison WORDS REASON FRAME...: the same, and the bridge learns from it.
poison()
{
	attack "$@"
	if [ $PHASE = open ] && [ "$LEARNED" = - ]; then
		fail "$1: teaches the bridge nothing even without brguard"
	fi
}

# What the guest may always do.
legit()
{
	pass "$1 an ARP request" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	pass "$1 an IPv4 packet" victim \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / udp / raw 00
	pass "$1 an IPv6 packet" victim \
		eth src=$MAC_G dst=$MAC_V / ip6 src=$IP6_G dst=$IP6_V / udp / raw 00
}

# Teach the bridge where everybody is.
introduce()
{
	lab probe victim eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_R
	lab probe uplink eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	lab probe guest eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
}

# The guest's end becomes a tap device, as a VM's is, or a veth again.
guest_tap()
{
	[ -e /dev/net/tun ] || modprobe -q tun
	lab close guest
	ip -n "$HOST" link del gst0
	lab tap guest "$HOST" gst0
	ip -n "$HOST" link set gst0 master br0 up
	busywait 5 all_forwarding
}

guest_veth()
{
	lab close guest
	busywait 5 no_gst0
	end_create guest gst0 $MAC_G
	busywait 5 all_forwarding
	lab packet guest "$NS-guest" eth0
}

no_gst0()
{
	! ip -n "$HOST" link show gst0
}

# on_tap TESTS...: these, from a tap device.
on_tap()
{
	local test

	guest_tap
	for test; do
		run_attacks "$test"
	done
	guest_veth
}

run_attacks()
{
	ATTACKS=0
	unguard
	PHASE=open
	fdb_flush
	"$1"
	fdb_flush
	guard
	introduce
	PHASE=guarded
	legit "before,"
	"$1"
	legit "after,"
	note "$((ATTACKS / 2)) attacks"
}

# monitor GROUPS...: brguardctl's monitor writes to $LOG. A change of the
# configuration, made until it is seen, shows that it listens.
monitor()
{
	LOG=$(mktemp)
	ctl -j monitor config "$@" >>"$LOG" 2>&1 &
	MONITOR=$!
	busywait 10 heard_config || fail "monitor does not start"
}

heard_config()
{
	ctl bridge set unused mode audit
	ctl bridge set unused mode enforce
	[ -s "$LOG" ]
}

monitor_stop()
{
	kill "$MONITOR" 2>/dev/null
	wait "$MONITOR" 2>/dev/null
	rm -f "$LOG"
}

# heard FILTER: does an event match, as jq sees it?
heard()
{
	jq -e -s "any(.[]; $1)" "$LOG" >/dev/null
}

wait_for()
{
	busywait 5 heard "$2" || fail "$1: no event with $2"
}
