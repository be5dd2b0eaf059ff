#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What brguard decides, against an oracle: the policy written a second time, in
# Python, from its documents and the RFCs (oracle/judge.py). Both judge the same
# frames, which nobody has thought out; wherever they disagree, one is wrong.
#
#   FRAMES=20000		random frames; a million take an hour under TCG
#   SEEDS="1 2 3 ..."	seeds; the last of them comes from the clock
#   LONG=0		1: go through all EtherTypes, bits of headers, and such
# shellcheck disable=SC2034,SC2317

TESTS="
	judge_by_itself
	configuration
	tables
	values_in_turn
	random_frames
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

NOW=$(date +%s)
FRAMES=${FRAMES:-20000}
SEEDS=${SEEDS:-1 2 3 $NOW}

set_up()
{
	need python3
	if ! python3 -c 'import scapy' 2>/dev/null; then
		skip_all "no scapy"
	fi
	TMP=$(mktemp -d)
	mkdir "$TMP/sweep" "$TMP/random"
	coproc ORACLE { exec python3 -B "$HERE/oracle/serve.py"; }
	ip netns add "$HOST"
	ctl apply "$HERE/oracle/ports.conf"
	ctl -j show >"$TMP/state"
}

tear_down()
{
	kill "$ORACLE_PID"
	ip netns del "$HOST"
	rm -rf "$TMP"
}

# oracle PROGRAM WORDS...: what it prints is shown, its status expected to be 0.
oracle()
{
	local status=lost

	echo "$* >$TMP/log" >&"${ORACLE[1]}"
	read -r -u "${ORACLE[0]}" status
	sed 's/^/# /' "$TMP/log"
	if [ "$status" != 0 ]; then
		fail "$1: status $status"
	fi
}

# agree FILE...: brguard and judge, on captures or with -t on the tables.
agree()
{
	local ask="brguardctl -n $HOST -j explain {direction} {port} -r {file}"

	oracle compare -c "'$ask'" "$@"
}

judge_by_itself()
{
	oracle judge_test
}

# The policy that judge reads from JSON is that of the file.
configuration()
{
	oracle policy "$HERE/oracle/ports.conf" "$TMP/state"
}

tables()
{
	agree -t "$TMP/state"
}

values_in_turn()
{
	local long=()

	[ "${LONG-0}" = 0 ] || long=(-l)
	oracle sweep "${long[@]}" "$TMP/state" "$TMP/sweep"
	agree "$TMP/state" "$TMP/sweep"/*.pcap
}

random_frames()
{
	note "SEEDS=\"$SEEDS\" FRAMES=$FRAMES"
	# shellcheck disable=SC2086	# a list
	oracle generate -n "$FRAMES" "$TMP/state" "$TMP/random" $SEEDS
	agree "$TMP/state" "$TMP/random"/*.pcap
}

run_tests
