#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Random requests, see netlink/, while there are devices to follow them. After
# them the configuration is still one: it can be shown, put back as it was shown,
# and taken away. A kernel with KCOV tells which requests went where none had gone
# before, and those are varied.
#
#   MESSAGES=20000	as many in all
#   SECONDS_MAX=0	it ends then at the latest; 0: never
#   SEED, TASKS=1	the seed of the first of so many tasks that send
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	random_requests
	what_they_have_left
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

: "${TASKS:=1}" "${MESSAGES:=20000}" "${SECONDS_MAX:=0}" "${SEED:=$RANDOM}"
# In a namespace's own /sys there is none.
KCOV=/sys/kernel/debug/kcov

# Devices of names that the requests use.
set_up()
{
	local dev

	ns_create host
	ip -n "$HOST" link add br0 type bridge
	ip -n "$HOST" link set br0 up
	for dev in tap0 tap1 tap2; do
		ip -n "$HOST" link add $dev type veth peer name $dev-far
		ip -n "$HOST" link set $dev master br0 up
	done
}

random_requests()
{
	local each=$((MESSAGES / TASKS)) failed='' i kcov task tasks=()

	for ((i = SEED; i < SEED + TASKS; i++)); do
		kcov=
		[ ! -w $KCOV ] || exec {kcov}<>$KCOV
		in_ns host "$(dirname "$0")/netlink_fuzz" $each $SECONDS_MAX $i $kcov &
		tasks+=($!)
		[ -z "$kcov" ] || exec {kcov}>&-
	done
	for task in "${tasks[@]}"; do
		wait $task || failed+=" $task"
	done
	[ -z "$failed" ] || fail "see above; seed $SEED"
}

what_they_have_left()
{
	local shown

	shown=$(ctl show) || fail "show: status $?"
	printf '%s\n' "$shown" | ctl apply - || fail "what was shown is not accepted"
	same "the configuration" "$shown" "$(ctl show)"
	expect "none" ctl apply - </dev/null
	same "nothing" "" "$(ctl show)"
}

run_tests
