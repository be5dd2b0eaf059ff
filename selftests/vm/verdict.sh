# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Did the VM end well? The kernel's word on it: console, taint, status.

ALLOWED_TAINT=$((1 << 12 | 1 << 13))	# out-of-tree, unsigned

# Races of the kernel alone, whoever called it. The bridge reads the flags of a port
# without a lock while it changes them under RTNL.
KNOWN_RACES='br_handle_frame / br_setport'

# list_splats <CONSOLE: a race that KCSAN reports is brguard's if brguard is in one of
# the two stacks, and not only as what an interrupt came upon. Those of KNOWN_RACES
# are not.
list_splats()
{
	awk -v known=" KCSAN: data-race in ($KNOWN_RACES)" '
		/^(\[[^]]*\] )?=====/ { if (ours) print race; race = ""; ours = 0 }
		$0 ~ known { next }
		/ KCSAN: / { race = $0; next }
		/ (read|write)( \(.*\))? to 0x/ { interrupted = 0 }
		/ asm_(sysvec|common_interrupt|exc_nmi)/ { interrupted = 1 }
		race != "" && !interrupted && /\[brguard\]/ { ours = 1 }
		{ print }' |
		grep -E -f <(grep -v '^#' "$VM/splats")
}

# judge_run: prints nothing and returns the command's status, or dies.
judge_run()
{
	local rc taint splat

	splat=$(list_splats <"$RUN/console.log" | head -n 3)
	# The first that it said.
	if [[ ${splat%%$'\n'*} == *"int3: 0000 ["* ]] && died_of_patching; then
		VM_FAILED=$QEMU_FAILED
		fail_run "QEMU ran half-patched code, the kernel died of int3"
	fi
	[ -z "$splat" ] || fail_run "the kernel complained: $splat"
	[ ! -e "$RUN/ctl/why" ] || fail_run "$(<"$RUN/ctl/why")"
	[ "$1" -ne 124 ] || fail_run "no end after TIMEOUT=$TIMEOUT seconds"
	[ -s "$RUN/ctl/status" ] ||
		fail_run "the VM ended without reporting a status (QEMU: $1)"
	read -r rc taint <"$RUN/ctl/status"
	[ $((taint & ~ALLOWED_TAINT)) -eq 0 ] ||
		fail_run "the kernel is tainted: $taint"
	return "$rc"
}

fail_run()
{
	say "the end of the console log:"
	tail -n 60 "$RUN/console.log" >&2
	say "FAILED: $*"
	say "console log: $OUT/console.log"
	exit "$VM_FAILED"
}
