#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The frames of the tables once more, explained by the module as it runs: are
# the headers in include/ what the kernel's are?
set -uo pipefail

HERE=$(cd "$(dirname "$0")" && pwd)
PATH=$HERE/../../tools:$PATH
NS=brg-pure$$
# Beside the other programs where "make -C selftests" put it.
TEST=$HERE/../verdict_test

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 4
}

# judge PORT DIRECTION REASON HEX
judge()
{
	local out number verdict reason rest

	out=$(brguardctl -n "$NS" explain "$2" "$1" "$4" 2>&1)
	# shellcheck disable=SC2034	# read by place
	read -r number verdict reason rest <<<"$out"
	[ "$reason" = "$3" ] && return
	echo "#   FAIL: port $1, $2: $out, not $3: $4"
	return 1
}

# test_direction in|out
test_direction()
{
	local port dir reason hex n=0 bad=0

	while read -r port dir reason hex; do
		[ "$dir" = "$1" ] || continue
		n=$((n + 1))
		judge "$port" "$dir" "$reason" "$hex" || bad=$((bad + 1))
	done < <("$TEST" -r)
	[ "$n" -gt 0 ] && [ "$bad" -eq 0 ] || echo -n "not "
	echo "ok $2 $1: $n frames as in user space"
	[ "$bad" -eq 0 ]
}

[ -x "$TEST" ] || skip_all "verdict_test is not built"
command -v brguardctl >/dev/null || skip_all "no brguardctl"
trap 'ip netns del "$NS"' EXIT
ip netns add "$NS" || exit
"$TEST" -c | brguardctl -n "$NS" apply - || exit

rc=0
echo 1..2
test_direction in 1 || rc=1
test_direction out 2 || rc=1
exit $rc
