#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: run.sh [TEST...]
#
# Runs the programs that selftests/Makefile names in TEST_PROGS and
# TEST_GEN_PROGS (or those given) and sums up their TAP in the last line. A
# program that dies, or reports other than its plan says, has failed. With
# SUBSET=core those of TEST_PROGS_CORE, with life those of TEST_PROGS_LIFE, with 1/2
# every second from the first on, with 2/2 the others; with ENVIRONMENT, see
# environment.sh, in that one; with LIST=1 it only says what would be run. A kernel
# with kmemleak looks for lost memory behind each; what sanitizers in a program found is
# in $SANITIZER_LOG.PID. KSFT_MACHINE_SLOW gives all of them more time.
set -uo pipefail
cd "$(dirname "$0")" || exit

# shellcheck source=/dev/null
. ./environment.sh
# shellcheck source=/dev/null
. ./leaks.sh

passed=0 failed=0 skipped=0

list_tests()
{
	local subset=${SUBSET-} first=1 step=1

	if [[ $subset == [0-9]*/[0-9]* ]]; then
		first=${subset%/*} step=${subset#*/} subset=
	fi
	make -s --no-print-directory -f - "list${subset:+_$subset}" <<-'E' |
	include Makefile
	list: ; @printf '%s\n' $(TEST_PROGS) $(notdir $(TEST_GEN_PROGS))
	list_core: ; @printf '%s\n' $(TEST_PROGS_CORE)
	list_life: ; @printf '%s\n' $(TEST_PROGS_LIFE)
	.PHONY: list list_core list_life
	E
		sed -n "$first~$step{/./p}"
}

find_timeout()
{
	local timeout

	timeout=$(sed -n 's/^timeout=//p' settings 2>/dev/null)
	timeout=${timeout:-600}
	# Ten million messages take hours, and so does what churn.sh does 400 times.
	timeout=$((timeout + ${MESSAGES:-0} / 500 + ${TIMES:-0} * 30))
	echo $((timeout * PATIENCE))
}

# count_tap FILE: passed failed skipped planned ("-" without a plan).
count_tap()
{
	awk '
		/^1\.\.[0-9]+/ { plan = substr($1, 4); has_plan = 1
			if (plan == 0) all_skipped = /[Ss][Kk][Ii][Pp]/ }
		/^(not )?ok / {
			if (/# *[Ss][Kk][Ii][Pp]/) s++
			else if (/^ok /) p++
			else f++
		}
		END {
			if (all_skipped && !(p + f + s)) { s = 1; plan = 1 }
			print p + 0, f + 0, s + 0, has_plan ? plan + 0 : "-"
		}' "$1"
}

run_test()
{
	local name=$1 log p f s plan why='' rc start=$SECONDS

	log=$(mktemp)
	echo "# $name"
	timeout -k 10 "$limit" "./$name" </dev/null 2>&1 | tee "$log"
	rc=${PIPESTATUS[0]}
	read -r p f s plan < <(count_tap "$log")
	rm -f "$log"
	if [ "$rc" -eq 4 ] && [ $((p + f + s)) -eq 0 ]; then
		s=1
	elif [ "$plan" = - ]; then
		why="no plan (status $rc)"
	elif [ "$plan" -ne $((p + f + s)) ]; then
		why="$((p + f + s)) results, $plan planned (status $rc)"
	elif [ "$rc" -ne 0 ] && [ "$rc" -ne 4 ] && [ "$f" -eq 0 ]; then
		why="status $rc"
	fi
	if [ -n "$why" ]; then
		echo "not ok - $name: $why"
		f=$((f + 1))
	fi
	if ! lost_nothing; then
		echo "not ok - $name: memory was lost, see above; maybe by the script before"
		f=$((f + 1))
	fi
	if ! sanitizers_silent; then
		echo "not ok - $name: a sanitizer complained, see above"
		f=$((f + 1))
	fi
	echo "# $name: $p passed, $f failed, $s skipped, $((SECONDS - start)) s"
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

lost_nothing()
{
	local lost

	lost=$(leaks_find 1)
	[ -z "$lost" ] || printf '# %s\n' "${lost//$'\n'/$'\n# '}"
	[ -z "$lost" ]
}

# Whoever started the program may not have looked at how it ended.
sanitizers_silent()
{
	local logs

	[ -n "${SANITIZER_LOG-}" ] || return 0
	logs=$(cat "$SANITIZER_LOG".* 2>/dev/null)
	rm -f "$SANITIZER_LOG".*
	[ -z "$logs" ] || printf '# %s\n' "${logs//$'\n'/$'\n# '}"
	[ -z "$logs" ]
}

# complain WHY: of what no test has said.
complain()
{
	if [ -n "$1" ]; then
		echo "not ok - $1"
		failed=$((failed + 1))
	fi
}

limit=$(find_timeout)
tests=("$@")
if [ $# -eq 0 ]; then
	readarray -t tests < <(list_tests)
fi
if [ ${#tests[@]} -eq 0 ]; then
	complain "there are no tests"
fi
if [ "${LIST-0}" = 1 ]; then
	printf '%s\n' "${tests[@]}"
	exit "$failed"
fi
if [ -n "${ENVIRONMENT-}" ]; then
	complain "$(environment_prepare)"
	ENVIRONMENT_LOG=$(mktemp)
	export ENVIRONMENT ENVIRONMENT_LOG
fi
for test in "${tests[@]}"; do
	run_test "$test"
done
if [ -n "${ENVIRONMENT-}" ]; then
	complain "$(environment_check)"
	rm -f "$ENVIRONMENT_LOG"
fi
[ $((passed + failed + $#)) -gt 0 ] || complain "no test was run"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
