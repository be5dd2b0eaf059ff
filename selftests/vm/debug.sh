# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Kernels with checks that no stock kernel has, see debug/*.config: built once,
# in the tree whose stock kernel is of the same version, from Debian's source.
# $BUILT/root has what a package would install.

# find_debug_kernel NAME: sets BUILT and KVER; what is missing is made.
find_debug_kernel()
{
	local hash

	hash=$( (cat "$VM/debug.sh" "$VM/debug/"{base,"$1"}.config \
		"$VM/debug/build-kernel" "$VM/../config"
		echo "$KVER") | sha256sum)
	BUILT=$CACHE/kernel-$1-${hash:0:12}
	[ -e "$BUILT/kver" ] ||
		with_lock "$CACHE/lock-kernel-$1" make_debug_kernel "$1" "$BUILT" ||
		die "no kernel $1"
	KVER=$(<"$BUILT/kver")
	touch "$BUILT/used"
	remove_stale "kernel-$1"
}

make_debug_kernel()
{
	local tmp=$2.part compiler=() BUILT=

	[ ! -e "$2/kver" ] || return 0	# the lock's holder made it
	[ "$1" != kmsan ] || compiler=(LLVM=1)	# gcc does not know how
	rm -rf "$2" "$tmp" && mkdir -p "$tmp/apt" "$tmp/linux" || return
	cp "$VM/debug/"{base,"$1"}.config "$VM/debug/build-kernel" "$tmp" || return
	cp "$VM/../config" "$tmp/selftests.config" || return
	run_step "$CACHE/kernel-$1.log" "fetching linux-source-6.12 (1 minute)" \
		extract_linux "$tmp" linux-source-6.12 || return
	run_step "$CACHE/kernel-$1.log" "building kernel $1 (13 minutes the first time)" \
		enter_tree "$tmp" env "${compiler[@]}" bash /build/build-kernel "$1" || return
	rm -rf "$tmp/linux" "$tmp/apt" && mv "$tmp" "$2"
}
