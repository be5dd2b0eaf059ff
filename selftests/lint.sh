#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: lint.sh [STEP...]
#
# "make lint": everything that can be said of the sources without running them.
# The last line is "lint: clean", or names the steps that failed; the whole
# output of a step is in build/lint/STEP.log. Installs what it needs with apt.
set -uo pipefail

WORK=$(cd "$(dirname "$0")/.." && pwd)
VM=$WORK/selftests/vm
for part in lib sources tree build linux; do
	# shellcheck source=/dev/null
	. "$VM/$part.sh"
done

ALL_STEPS=(checkpatch kernel_doc module module_clang module_32 coccinelle tools tools_asan
	tools_32 tools_clang clang_tidy analyzer cppcheck shellcheck python spec
	syzkaller faults man spelling licences paths)

# The words of lib.sh are ours here.
say() { printf 'lint: %s\n' "$*" >&2; }

die()
{
	say "$*"
	exit 1
}

# list_files PATTERN...: those of the work tree, see list_sources.
list_files()
{
	local file pattern

	while IFS= read -r file; do
		for pattern; do
			# shellcheck disable=SC2053	# patterns are meant
			if [[ $file == $pattern ]]; then printf '%s\n' "$file"; fi
		done
	done <"$OUT/files"
}

# A script has an interpreter in its first line or says what it is read by.
list_scripts()
{
	list_files 'selftests/*' '.ci/*' 'tools/*' |
		xargs -r -d '\n' grep -lE -m 1 '^#!/bin/(ba)?sh|^# shellcheck shell='
}

set_up()
{
	CACHE=$(find_cache)
	OUT=$WORK/build/lint
	mkdir -p "$CACHE" "$OUT" || die "cannot write $CACHE or $OUT"
	trap clean_up EXIT
	trap 'exit 130' INT TERM HUP
	list_sources >"$OUT/files"
	install_missing mmdebstrap=mmdebstrap shellcheck=shellcheck \
		cppcheck=cppcheck codespell=codespell man=man-db groff=groff-base ||
		die "cannot install what lint needs"
	install_python || die "no Python modules"
	find_linux || die "no checkpatch"
	find_root build
	rm -rf "$OUT/src" "$OUT/sources"
	copy_sources || die "cannot copy the sources"
}

clean_up()
{
	stop_step
	give_back "$WORK/build" "$OUT" "$OUT"/*.log
}

install_python()
{
	PYTHON=/usr/bin/python3
	"$PYTHON" -c 'import yaml, jsonschema' 2>/dev/null ||
		install_packages python3-yaml python3-jsonschema
}

# check_files "TYPES" OPTION... <FILES: checkpatch without TYPES of messages.
check_files()
{
	local ignore=$1
	shift

	xargs -r -d '\n' perl "$CACHE/linux-6.12/scripts/checkpatch.pl" --strict \
		--no-tree --no-summary --terse --show-types \
		--ignore "${ignore// /,}" "$@" -f
}

lint_checkpatch()
{
	local rc=0
	# A macro that walks over something names its cursor more than once;
	# what a lock protects stands in the kernel-doc of its structure.
	local kernel="MACRO_ARG_REUSE UNCOMMENTED_DEFINITION"
	# Shadows of newer headers are there to ask for the version.
	local compat="LINUX_VERSION_CODE CONSTANT_COMPARISON"
	# TRACE_EVENT has a layout of its own.
	local trace="PARENTHESIS_ALIGNMENT OPEN_ENDED_LINE"
	# A list that takes a macro: see include/uapi/linux/bpf.h.
	local uapi="COMPLEX_MACRO MACRO_ARG_UNUSED MACRO_ARG_REUSE"
	# The kernel's own helpers and types do not exist in user space; volatile
	# sig_atomic_t is what a signal handler may write; a function's name is
	# often an English word or a part of the command line.
	local user="ARRAY_SIZE BIT_MACRO EMBEDDED_FUNCTION_NAME MACRO_ARG_UNUSED"
	user+=" NAKED_SSCANF PREFER_DEFINED_ATTRIBUTE_MACRO PREFER_FALLTHROUGH"
	user+=" PREFER_KERNEL_TYPES STRCPY STRNCPY STRLCPY VOLATILE"
	# libFuzzer's own names; the kernel's integer types.
	local pure="CAMELCASE NEW_TYPEDEFS"
	# "mount -t proc proc" says what it means; here-documents, regular
	# expressions and directives of shellcheck cannot be broken.
	local script="REPEATED_WORD LONG_LINE LONG_LINE_COMMENT LONG_LINE_STRING"
	# The Makefile reads itself for "make help".
	local make="EMBEDDED_FILENAME"

	list_files 'module/*.[ch]' | grep -v -e compat-include -e trace.h |
		check_files "$kernel" --max-line-length=80 || rc=1
	list_files 'module/compat-include/*.h' |
		check_files "$kernel $compat" --max-line-length=80 || rc=1
	list_files 'module/trace.h' | check_files "$trace" || rc=1
	list_files 'uapi/*.h' | check_files "$uapi" --max-line-length=80 || rc=1
	list_files 'tools/*.[ch]' | grep -v tests/fuzz |
		check_files "$user" --max-line-length=100 || rc=1
	# libFuzzer's own name.
	list_files 'tools/tests/fuzz*.[ch]' |
		check_files "$user CAMELCASE" --max-line-length=100 || rc=1
	list_files 'selftests/*.[ch]' |
		check_files "$user $pure" --max-line-length=100 || rc=1
	list_files Kbuild Makefile '*/Makefile' | check_files "$make" || rc=1
	list_scripts | check_files "$script" || rc=1
	return $rc
}

# Every function that other files see and every structure, with Return: and all
# parameters.
lint_kernel_doc()
{
	list_files 'module/*.[ch]' 'uapi/*.h' |
		xargs -r -d '\n' perl "$CACHE/linux-6.12/scripts/kernel-doc" \
			-none -Wall -Werror
}

# copy_for STEP: sources of its own in $OUT/STEP, as what one compiler made is of
# no use to another, and a warning comes only once.
copy_for()
{
	rm -rf "${OUT:?}/$1" && cp -a "$OUT/src" "$OUT/$1"
}

# build_module STEP FLAVOUR ARGUMENT...: for the oldest kernel.
build_module()
{
	local step=$1 kernel=${KVER%-amd64}-$2
	shift 2

	copy_for "$step" && make_in_tree -C "/lib/modules/$kernel/build" \
		M="/build/$step" W=1 "$@" modules
}

lint_module()
{
	build_module module amd64 C=2
}

lint_module_clang()
{
	build_module module_clang amd64 LLVM=1
}

lint_module_32()
{
	build_module module_32 686-pae ARCH=i386
}

# run_spatch RULES FILE...: what rules find, as "FILE:LINE: SENTENCE".
run_spatch()
{
	enter_tree "$OUT" sh -c 'cd /build/src && exec spatch --very-quiet -D report \
		--sp-file "$@"' sh "$@" 2>&1 | sed '/^$/d' | sort -u
}

# Rules have to find what is marked in the file of the same name, and nothing
# else there, before they may speak about the module.
lint_coccinelle()
{
	local rules found files rc=0

	mapfile -t files < <(list_files 'module/*.[ch]')
	while IFS= read -r rules; do
		found=$(run_spatch "$rules" "${rules%.cocci}.c")
		if [ "$(list_marked "${rules%.cocci}.c")" != \
			"$(cut -d: -f2 <<<"$found" | sort -n)" ]; then
			echo "$rules: does not find what is marked, but: $found"
			rc=1
		fi
		run_spatch "$rules" "${files[@]}" | grep . && rc=1
	done < <(list_files 'selftests/cocci/*.cocci')
	return $rc
}

list_marked()
{
	grep -n '/\* found \*/$' "$WORK/$1" | cut -d: -f1 | sort -n
}

# build_tools STEP ARGUMENT...: brguardctl and its tests, to run them.
build_tools()
{
	local step=$1
	shift

	copy_for "$step" && make_in_tree -C "/build/$step/tools" "$@"
}

lint_tools()
{
	build_tools tools brguardctl tests/brguardctl tests/doctor &&
		enter_tree "$OUT" make -C /build/tools/tools check
}

lint_tools_asan()
{
	build_tools tools_asan tests/brguardctl-asan tests/doctor-asan &&
		enter_tree "$OUT" make -C /build/tools_asan/tools check-asan
}

# Numbers of other sizes: the tests have to find all as it was. Not every machine
# runs 32 bits; where its kernel does not, QEMU does.
lint_tools_32()
{
	local under='' gcc32=(CC="gcc -m32"
		PKG_CONFIG="env PKG_CONFIG_LIBDIR=/usr/lib/i386-linux-gnu/pkgconfig pkgconf")

	enter_tree "$OUT" /lib/ld-linux.so.2 --version >"$OUT/ld.log" 2>&1 ||
		under=qemu-i386
	build_tools tools_32 "${gcc32[@]}" brguardctl tests/brguardctl tests/doctor &&
		enter_tree "$OUT" make -C /build/tools_32/tools "${gcc32[@]}" \
			RUN_UNDER="$under" check
}

lint_tools_clang()
{
	build_tools tools_clang CC=clang brguardctl tests/brguardctl tests/doctor
}

# The checks are listed in tools/.clang-tidy.
lint_clang_tidy()
{
	# shellcheck disable=SC2016	# the inner shell expands it
	copy_for clang_tidy && list_files 'tools/*.c' | sed 's,^tools/,,' |
		enter_tree "$OUT" sh -c 'cd /build/clang_tidy/tools &&
			exec xargs -P "$(nproc)" -I "{}" clang-tidy --quiet "{}" -- \
			-std=gnu11 -I../uapi -I. -DBRGUARDCTL_VERSION=\"\"' 2>&1 |
		sed '/ warnings\? generated\.$/d; /^$/d' | { ! grep .; }
}

# That of gcc; clang's is among clang_tidy's checks. gcc 12 takes a file that may be
# stdin for lost when it is not closed; what is really lost, tools_asan sees.
lint_analyzer()
{
	build_tools analyzer brguardctl CFLAGS="-O1 -fanalyzer \
		-Wno-analyzer-file-leak -Wno-analyzer-malloc-leak"
}

# make in the tree, with $OUT as /build; it fails if anything is warned of.
make_in_tree()
{
	local log=$OUT/make.log rc=0

	enter_tree "$OUT" make -j"$(nproc)" "$@" >"$log" 2>&1 || rc=$?
	cat "$log"
	! grep -qE '(warning|error):' "$log" && return "$rc"
}

# Variables are declared at the top of a block, as in the kernel.
lint_cppcheck()
{
	list_files 'tools/*.c' | xargs -r -d '\n' cppcheck -q --std=c11 \
		--enable=warning,style,performance,portability \
		--suppress=variableScope --inline-suppr --error-exitcode=1 \
		-I uapi -I tools --include="$TREE/root/usr/include/libmnl/libmnl.h" \
		--template='{file}:{line}: {severity}: {message} [{id}]'
}

lint_shellcheck()
{
	list_scripts | xargs -r -d '\n' shellcheck
}

lint_python()
{
	list_files '*.py' |
		PYTHONPYCACHEPREFIX=$(mktemp -d) xargs -r -d '\n' \
			"$PYTHON" -W error -m py_compile
}

# The spec against the schema that its protocol has in the kernel.
lint_spec()
{
	local code='
import sys, yaml, jsonschema

for path in sys.argv[2:]:
    spec = yaml.safe_load(open(path))
    schema = yaml.safe_load(open("%s/%s.yaml" % (sys.argv[1], spec["protocol"])))
    jsonschema.validate(spec, schema)
'
	list_files 'Documentation/netlink/specs/*.yaml' |
		xargs -r -d '\n' "$PYTHON" -c "$code" \
			"$CACHE/linux-6.12/Documentation/netlink"
}

# What fuzzers are told of: all that the spec says of requests, and no more.
lint_syzkaller()
{
	local code='
import re, sys, yaml

spec, text = yaml.safe_load(open(sys.argv[1])), open(sys.argv[2]).read()
sets = {s["name"]: {a["name"]: a for a in s["attributes"]}
        for s in spec["attribute-sets"]}
wanted = set()

def add(kind, name):
    wanted.add("A-%s-%s" % (kind, name))
    nested = sets[kind][name].get("nested-attributes")
    for inner in sets.get(nested, ()):
        add(nested, inner)

for op in spec["operations"]["list"]:
    for mode in ("do", "dump"):
        if mode in op:
            wanted.add("CMD-" + op["name"])
            for name in op[mode].get("request", {}).get("attributes", ()):
                add(op["attribute-set"], name)
wanted = {"BRGUARD_" + w.upper().replace("-", "_") for w in wanted}
found = set(re.findall(r"(?:nlattr|nlnest|msghdr_brguard)\[(BRGUARD_\w+)", text))
for name in sorted(wanted ^ found):
    print("%s: %s %s" % (sys.argv[2], "lacks" if name in wanted else "has", name))
sys.exit(wanted != found)
'
	"$PYTHON" -c "$code" "$WORK/Documentation/netlink/specs/brguard.yaml" \
		"$WORK/selftests/syzkaller/brguard.txt"
}

lint_man()
{
	local page out rc=0

	while IFS= read -r page; do
		[ -s "$page" ] || { echo "$page: is empty"; rc=1; }
		out=$(LC_ALL=C.UTF-8 MANWIDTH=80 MANROFFSEQ='' man --warnings -E UTF-8 \
			-l -Tutf8 -Z "$page" 2>&1 >/dev/null)
		[ -z "$out" ] || { printf '%s: %s\n' "$page" "$out"; rc=1; }
	done < <(list_files 'Documentation/man/*')
	return $rc
}

# Neighbour discovery, ARP's target hardware address, input interface.
lint_spelling()
{
	grep -v '^LICENSES/' "$OUT/files" |
		xargs -r -d '\n' codespell --ignore-words-list nd,tha,iif
}

# A licence in every file, and its text in LICENSES/.
lint_licences()
{
	local tag="SPDX""-License-Identifier: " rc=0 name

	# Two that have no comments.
	grep -v -e '^LICENSES/' -e '^debian/changelog' -e '^debian/source/format' \
		"$OUT/files" | xargs -d '\n' grep -L "$tag" |
		sed 's/$/: no SPDX line/' | grep . && rc=1
	while IFS= read -r name; do
		find LICENSES -name "$name" | grep -q . ||
			{ echo "LICENSES: no text of $name"; rc=1; }
	done < <(grep -v '^LICENSES/' "$OUT/files" | xargs -d '\n' grep -h "$tag" |
		sed "s/.*$tag//; s/-only//g" |
		grep -oE '[A-Za-z][A-Za-z0-9.-]*[0-9a-z]' |
		grep -vxE 'with|or|and' -i | sort -u)
	return $rc
}

# What needs memory, or room in a message, asks whether it is to fail: fail.h has it.
lint_faults()
{
	local name names="k[a-z]*(alloc|dup|asprintf)[a-z_]*|v[mz]alloc[a-z_]*"

	names+="|(__|netdev_|dev_)?alloc_[a-z_]+|[a-z_]*msg_new[a-z_]*|genlmsg_put[a-z_]*"
	names+="|nla_put[a-z0-9_]*|nla_nest_start[a-z_]*|p?skb_(clone|copy|share|expand)[a-z_]*"
	names+="|[a-z_]*register_[a-z_]*(notifier|subsys|hook|family)|sock_create[a-z_]*"
	list_files 'module/*.[ch]' | grep -v compat-include |
		xargs -r -d '\n' grep -ohE "\<($names)\(" | tr -d '(' |
		grep -v '^unregister\|_unregister' | sort -u |
		while read -r name; do
			grep -qE "^#define $name\(" selftests/faulty/fail.h ||
				echo "fail.h does not have $name"
		done | { ! grep .; }
}

# Nothing that holds on one machine only: where its packages come from, where
# this checkout stands, somebody's home.
lint_paths()
{
	{
		# shellcheck disable=SC2016	# apt expands it
		apt-get indextargets --format '$(REPO_URI)' 2>/dev/null |
			sed -E 's,^[a-z+]+://,,; s,/.*,,'
		echo "$WORK/"
		printf '/%s/\n' home Users
	} | grep -E '.{5}' | sort -u >"$OUT/words"
	! xargs -d '\n' grep -nIF -f "$OUT/words" <"$OUT/files"
}

run_steps()
{
	local step failed=()

	cd "$WORK" || exit
	for step; do
		run_step "$OUT/$step.log" "$step" "lint_$step" || failed+=("$step")
	done
	if [ ${#failed[@]} -gt 0 ]; then
		echo "lint: failed: ${failed[*]}"
		return 1
	fi
	echo "lint: clean"
}

become_root "$0" "$@"
set_up
# shellcheck disable=SC2034	# run_step reads it
STEP_MAX=1200		# seconds; none takes 300
if [ $# -eq 0 ]; then set -- "${ALL_STEPS[@]}"; fi
run_steps "$@"
