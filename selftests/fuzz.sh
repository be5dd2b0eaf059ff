#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: fuzz.sh [SECONDS]
#
# "make fuzz": the module's parser and decision in user space (pure/). Unit tests
# with sanitizers, SECONDS of fuzzing, four fifths of them with libFuzzer and the
# rest with AFL++, on all cores; then what of the code was reached. Fails if
# anything is found or a branch was not taken both ways. Before that, as long as
# AFL++ takes, libFuzzer on the parsers of brguardctl: configuration, JSON, captures.
# All of it is in build/fuzz/, findings in build/fuzz/findings/ and
# build/fuzz/tool/findings/. Installs what it needs with apt.
set -uo pipefail

WORK=$(cd "$(dirname "$0")/.." && pwd)
PURE=$WORK/selftests/pure
MODULE=${MODULE:-$WORK/module}
for part in lib sources build; do
	# shellcheck source=/dev/null
	. "$WORK/selftests/vm/$part.sh"
done

TOOLS=(pkg-config=pkgconf clang=clang llvm-cov=llvm afl-fuzz=afl++ make=make python3=python3
	perl=perl)

# The words of lib.sh are ours here.
say() { printf 'fuzz: %s\n' "$*" >&2; }

die()
{
	say "$*"
	exit 1
}

has_tools()
{
	local pair

	for pair in "${TOOLS[@]}"; do
		command -v "${pair%%=*}" >/dev/null || return
	done
}

# Can programs be linked with what clang's sanitizers need at run time?
has_runtime()
{
	echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
		clang -x c -fsanitize=fuzzer,address -o /dev/null - 2>/dev/null
}

has_libraries()
{
	pkg-config --exists libmnl jansson libpcap
}

install_tools()
{
	mkdir -p "$CACHE" && install_missing "${TOOLS[@]}" || return
	has_runtime || install_missing clang-rt=libclang-rt-dev || return
	has_libraries || install_packages libmnl-dev libjansson-dev libpcap-dev || return
	has_runtime && has_libraries
}

set_up()
{
	CACHE=$(find_cache)
	OUT=$WORK/build/fuzz
	if ! has_tools || ! has_runtime || ! has_libraries; then
		become_root "$0" "$@"
		install_tools || die "cannot install what fuzzing needs"
	fi
	rm -rf "$OUT"/{seeds,corpus,afl-out,findings}
	mkdir -p "$OUT"/{seeds,corpus,findings} || die "cannot write $OUT"
	trap clean_up EXIT
	trap 'exit 130' INT TERM HUP
	head -c 8 /dev/zero >"$OUT/count"
	export BRGUARD_COUNT=$OUT/count
}

clean_up()
{
	stop_step
	give_back "$WORK/build"
}

build_one()
{
	local build=$1
	shift

	mkdir -p "$OUT/$build" &&
		make -C "$PURE" -j"$JOBS" BUILD="$build" OUTPUT="$OUT/$build" \
			MODULE="$MODULE" "$@"
}

build_all()
{
	build_one asan all && build_one msan all && build_one cover all fuzz &&
		build_one libfuzzer fuzz && build_one afl fuzz && build_tool
}

# In a copy of the work tree, which stays as it is.
build_tool()
{
	copy_sources && make -C "$OUT/src/tools" -j"$JOBS" fuzzers
}

# With the corpus of earlier runs, too.
run_tool()
{
	rm -rf "$OUT/tool/findings"
	"$OUT/src/tools/tests/fuzz.sh" "$1" "$OUT/tool"
}

run_unit()
{
	local rc=0 build test

	for build in asan msan cover; do
		for test in verdict_test rules_test filter_test; do
			echo "# $build: $test"
			LLVM_PROFILE_FILE=$OUT/$build/$test.profraw \
				"$OUT/$build/$test" || rc=1
		done
	done
	return $rc
}

# One file per input: of the tables, and what earlier runs found worth keeping.
make_seeds()
{
	{ "$OUT/asan/verdict_test" -s && cat "$PURE/seeds.hex"; } |
		perl -ne 'next if /^#/; chomp;
			open F, ">", "$ENV{DIR}/$." or die "$!\n";
			print F pack "H*", $_; close F' &&
		"$OUT/asan/verdict_test" -d >"$OUT/dictionary"
}

# wait_all PID...: the worst of their statuses.
wait_all()
{
	local pid rc=0

	for pid; do
		wait "$pid" || rc=$?
	done
	return $rc
}

# A busy machine has slow units, too: only what runs into the timeout is a finding.
run_libfuzzer()
{
	local i pids=()

	for ((i = 0; i < JOBS; i++)); do
		"$OUT/libfuzzer/fuzz" -max_total_time="$1" -max_len=1608 -timeout=20 \
			-report_slow_units=20 -reload=1 -print_final_stats=1 \
			-dict="$OUT/dictionary" \
			-artifact_prefix="$OUT/findings/" "$OUT/corpus" "$OUT/seeds" \
			>"$OUT/libfuzzer.$i.log" 2>&1 &
		pids+=($!)
	done
	wait_all "${pids[@]}"
}

# One main instance, the others help it.
run_afl()
{
	local i pids=() role=-M

	export AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
	export AFL_NO_UI=1 AFL_NO_AFFINITY=1
	for ((i = 0; i < JOBS; i++)); do
		afl-fuzz -V "$1" -t 5000 -i "$OUT/seeds" -o "$OUT/afl-out" \
			-x "$OUT/dictionary" "$role" "afl$i" -- "$OUT/afl/fuzz" \
			>"$OUT/afl.$i.log" 2>&1 &
		pids+=($!)
		role=-S
	done
	wait_all "${pids[@]}"
}

# The corpora once more, with counters in the code.
run_cover()
{
	local raw=$OUT/cover

	LLVM_PROFILE_FILE=$raw/fuzz.profraw "$raw/fuzz" -runs=0 -max_len=1608 \
		"$OUT/seeds" "$OUT/corpus" "$OUT"/afl-out/*/queue &&
		llvm-profdata merge -o "$raw/all" "$raw"/*.profraw &&
		llvm-cov export -instr-profile "$raw/all" "$raw/fuzz" \
			-object "$raw/verdict_test" -object "$raw/rules_test" \
			"$MODULE" >"$raw/all.json"
}

# What AFL++ found goes to the rest; a process that ended badly without an input
# to show for it is a finding, too.
list_findings()
{
	local file

	for file in "$OUT"/afl-out/*/crashes/id*; do
		[ ! -e "$file" ] || cp "$file" "$OUT/findings/afl-${file##*/}"
	done
	find "$OUT/findings" -type f
	[ "$1" -eq 0 ] || [ -n "$(ls -A "$OUT/findings")" ] || echo "$OUT/*.log"
}

show_findings()
{
	local file

	for file; do
		say "found: $file"
		[ ! -f "$file" ] || "$OUT/libfuzzer/fuzz" "$file" 2>&1 |
			grep -E -m 1 'runtime error|ERROR: A|: port ' >&2
	done
}

report()
{
	local findings=() executions branches rc=0

	mapfile -t findings < <(list_findings "$1")
	show_findings "${findings[@]}"
	executions=$(od -An -t u8 "$OUT/count" | tr -d ' ')
	branches=$(python3 "$PURE/coverage.py" <"$OUT/cover/all.json") || rc=1
	printf '%s\n' "$branches" | sed '$d'
	[ "${#findings[@]}" -eq 0 ] || rc=1
	printf 'fuzz: %s executions, %d findings, branches of parse and verdict: %s\n' \
		"$executions" "${#findings[@]}" "${branches##*$'\n'}"
	return $rc
}

seconds=${1:-60}
if ! [[ $seconds =~ ^[0-9]+$ ]] || [ "$seconds" -lt 5 ]; then
	die "SECONDS has to be a number, 5 at least"
fi
JOBS=$(nproc)
set_up "$@"
status=0
run_step "$OUT/build.log" "building" build_all || die "it does not build"
run_step "$OUT/unit.log" "unit tests, with sanitizers" run_unit || status=1
run_step "$OUT/tool.log" "libFuzzer on brguardctl, $((seconds - seconds * 4 / 5)) s" \
	run_tool $((seconds - seconds * 4 / 5)) || status=1
cat "$OUT/tool.log"
DIR=$OUT/seeds run_step "$OUT/seeds.log" "unpacking seeds" make_seeds ||
	die "no seeds"
run_step "$OUT/libfuzzer.log" "libFuzzer, $JOBS processes, $((seconds * 4 / 5)) s" \
	run_libfuzzer $((seconds * 4 / 5)) || status=1
run_step "$OUT/afl.log" "AFL++, $JOBS processes, $((seconds - seconds * 4 / 5)) s" \
	run_afl $((seconds - seconds * 4 / 5)) || status=1
run_step "$OUT/cover.log" "what was reached" run_cover || die "no coverage"
report $status
