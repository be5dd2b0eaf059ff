# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# QEMU: the machine's own if it is new enough, else Debian 13's, unpacked in the cache
# and run with its own libraries, so that nothing is installed.

# Before 8.1 a vCPU can go on with what it translated while another one wrote there:
# the int3 of a static key, long after the kernel has put an instruction in its place,
# and the kernel dies of it. QEMU's commit deba78709ae8 locks the page before.
EMULATOR_NEEDED=801

# shellcheck disable=SC2034	# boot.sh starts it
# find_emulator: sets EMULATOR to the command and its first arguments.
find_emulator()
{
	local hash dir

	EMULATOR=(qemu-system-x86_64)
	if [ "$(number_emulator)" -ge $EMULATOR_NEEDED ]; then
		return
	fi
	hash=$(sha256sum <"$VM/emulator.sh")
	dir=$CACHE/qemu-${hash:0:12}
	[ -d "$dir" ] || with_lock "$CACHE/lock-qemu" make_emulator "$dir" ||
		die "no QEMU"
	touch "$dir/used"
	remove_stale qemu
	export QEMU_MODULE_DIR=$dir/root/usr/lib/x86_64-linux-gnu/qemu
	EMULATOR=("$dir/root/usr/lib64/ld-linux-x86-64.so.2"
		--library-path "$dir/root/usr/lib/x86_64-linux-gnu"
		"$dir/root/usr/bin/qemu-system-x86_64"
		-L "$dir/root/usr/share/seabios" -L "$dir/root/usr/share/qemu")
}

# The machine's own version as a number, 10.0 as 1000; 0 if there is none.
number_emulator()
{
	local version

	version=$(qemu-system-x86_64 --version 2>/dev/null)
	if [[ $version =~ version\ ([0-9]+)\.([0-9]+) ]]; then
		echo $((BASH_REMATCH[1] * 100 + BASH_REMATCH[2]))
	else
		echo 0
	fi
}

make_emulator()
{
	local tmp=$1.part

	[ ! -d "$1" ] || return 0	# the lock's holder made it
	rm -rf "$tmp" && prepare_root "$tmp" trixie trixie-security || return
	run_step "$CACHE/qemu.log" "fetching QEMU of Debian 13 (1 minute the first time)" \
		bootstrap "$tmp" trixie --variant=extract --include=qemu-system-x86 &&
		rm -rf "$tmp/tmp" && mv "$tmp" "$1"
}
