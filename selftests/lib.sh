# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2086	# other files; words
# Shared by all scripts. Each of them has TESTS, a list of functions, on top
# and ends with run_tests. A function called attacks_* runs twice, see
# attack.sh; lab.sh draws the topology.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NS=brg$$
HOST=$NS-host
EXIT_SKIP=4

# For the scripts:
# shellcheck disable=SC2034
{
MAC_G=02:00:00:00:00:01 IP_G=192.0.2.1 IP6_G=2001:db8::1 LL_G=fe80::ff:fe00:1
MAC_V=02:00:00:00:00:02 IP_V=192.0.2.2 IP6_V=2001:db8::2 LL_V=fe80::ff:fe00:2
MAC_R=02:00:00:00:00:03 IP_R=192.0.2.3 IP6_R=2001:db8::3 LL_R=fe80::ff:fe00:3
MAC_H=02:00:00:00:00:04 IP_H=192.0.2.4 IP6_H=2001:db8::4 LL_H=fe80::ff:fe00:4
MAC_X=02:00:00:00:00:0f IP_X=198.51.100.9 IP6_X=2001:db8:ffff::9 LL_X=fe80::9
}

for part in environment lab attack; do
	# shellcheck source=/dev/null
	. "$HERE/$part.sh"
done

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

# busywait SECONDS COMMAND...: run it until it succeeds. The seconds are for a
# machine that is not KSFT_MACHINE_SLOW.
busywait()
{
	local end=$((SECONDS + $1 * PATIENCE + 1))

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

	TEST=$((TEST + 1)) RET=${OPEN[$name]-0} WHY=
	declare -F "$name" >/dev/null || fail "there is no such test"
	if [[ $name == attacks_* ]]; then
		run_guarded "$name"
	else
		ARMED=	# in attack.sh: who knows what it leaves
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
	run_open "${tests[@]}"
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

# explained WORDS LINE in|out PORT FRAME...
explained()
{
	local what=$1 line=$2 direction=$3 port=$4

	shift 4
	lab hex "$@"
	same "$what" "$line" "$(ctl explain "$direction" "$port" "$ANSWER" 2>&1)"
}

# --- events ---------------------------------------------------------------

# monitor GROUPS...: brguardctl's monitor writes to $LOG. A change of the
# configuration, made until it is seen, shows that it listens.
monitor()
{
	LOG=$(mktemp)
	(exec brguardctl -n "$HOST" -j monitor config "$@" >>"$LOG" 2>&1) &
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
