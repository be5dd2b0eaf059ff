# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The few parts of the kernel's source that tests and "make lint" use: the YNL
# client, checkpatch, kernel-doc. From Debian's linux-source-6.12.

LINUX_PARTS=(tools/net/ynl Documentation/netlink Documentation/sphinx
	scripts/checkpatch.pl scripts/kernel-doc scripts/spelling.txt
	scripts/const_structs.checkpatch scripts/Lindent include/uapi/linux)

# $CACHE/linux-6.12, made if missing.
find_linux()
{
	[ -d "$CACHE/linux-6.12" ] || with_lock "$CACHE/lock-linux" make_linux
}

make_linux()
{
	local tmp=$CACHE/linux-6.12.part

	[ ! -d "$CACHE/linux-6.12" ] || return 0
	install_missing xz=xz-utils || return
	rm -rf "$tmp" && mkdir -p "$tmp/apt" "$tmp/linux" &&
		run_step "$CACHE/linux.log" "fetching parts of linux-source-6.12 (1 minute)" \
			extract_linux "$tmp" "${LINUX_PARTS[@]/#/linux-source-6.12/}" &&
		mv "$tmp/linux" "$CACHE/linux-6.12" && rm -rf "$tmp"
}

# extract_linux DIR PART...: DIR/linux has these parts of the source.
extract_linux()
{
	local dir=$1

	shift
	apt_elsewhere "$dir/apt" trixie trixie-security -- -q update &&
		apt_elsewhere "$dir/apt" trixie trixie-security -- \
			-q download linux-source-6.12 &&
		dpkg-deb --fsys-tarfile "$dir"/apt/linux-source-6.12_*.deb |
		tar -xOf - ./usr/src/linux-source-6.12.tar.xz |
		xz -dc -T0 |
		tar -xf - -C "$dir/linux" --strip-components=1 "$@"
}
