# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A Debian tree per kernel version, in the cache: the VM's root and the module's
# build environment. $TREE/root is the tree, $TREE/root.ext2 the same as a disk,
# $BOOT what QEMU loads. One more tree, "build", has what "make lint" and
# "make deb" need and no VM does.

TREE_RECIPE=4		# raise it when this file makes trees another way

set_release()
{
	FROM='' FLAVOUR=amd64 STOCK=$1 OURS=false ARCHITECTURES=amd64
	case $1 in
	6.1) RELEASE=bookworm ;;
	build) RELEASE=bookworm ARCHITECTURES=amd64,i386 ;;
	6.12) RELEASE=trixie ;;
	6.12-rt) RELEASE=trixie STOCK=6.12 FLAVOUR=rt-amd64 ;;
	7) RELEASE=trixie FROM=trixie-backports ;;
	debug | kasan | kcsan | gcov) RELEASE=trixie STOCK=6.12 OURS=true ;;
	kmsan) RELEASE=trixie STOCK=6.12-llvm OURS=true ;;
	*) die "KERNEL=$1: known are 6.1, 6.12, 6.12-rt, 7, debug, kasan, kcsan, kmsan and gcov" ;;
	esac
	FLAVOURS=(amd64)
	[ "$STOCK" != 6.12 ] || FLAVOURS+=(rt-amd64)
}

list_packages()
{
	local file=$VM/packages flavour

	[ "$1" != build ] || file=$VM/packages-build
	awk -v k="$1:" '
		/^[ \t]*(#|$)/ { next }
		$1 ~ /:$/ { if ($1 != k) next; $1 = "" }
		{ for (i = 1; i <= NF; i++) print $i }' "$file" | sort -u
	for flavour in "${FLAVOURS[@]}"; do
		[ "$1" = build ] || echo "linux-image-$flavour${FROM:+/$FROM}"
		echo "linux-headers-$flavour${FROM:+/$FROM}"
	done
}

# Mirrors may have no security fixes for i386 any more, and the libraries of both
# architectures have to be of one version.
list_suites()
{
	printf '%s\n' "$RELEASE" ${FROM:+"$FROM"}
	[ "$1" = build ] || echo "$RELEASE-security"
}

# Sets TREE, BOOT and KVER for kernel $1, and BUILT if it is none of Debian's;
# what is missing is made.
find_tree()
{
	local hash

	find_root "$1"
	! $OURS || find_debug_kernel "$1"
	hash=$( (cat "$VM/initrd" "$VM/init-early"; echo "$KVER") | sha256sum)
	BOOT=${BUILT:-$TREE}/boot-${hash:0:12}
	[ -e "$BOOT" ] || with_lock "$CACHE/lock-$1" make_boot ||
		die "nothing to boot for kernel $1"
}

# Sets TREE and KVER for kernel $1, or for "build".
find_root()
{
	local hash

	set_release "$1"
	hash=$( (echo "$TREE_RECIPE $RELEASE"; list_packages "$STOCK") | sha256sum)
	TREE=$CACHE/tree-$STOCK-${hash:0:12} BUILT=
	[ -e "$TREE/kver-$FLAVOUR" ] ||
		with_lock "$CACHE/lock-$STOCK" make_tree "$STOCK" || die "no tree: $1"
	KVER=$(<"$TREE/kver-$FLAVOUR")
	touch "$TREE/used"
	remove_stale "tree-$STOCK"
}

make_tree()
{
	local tmp=$TREE.part suites flavour

	[ ! -e "$TREE/kver-$FLAVOUR" ] || return 0	# the lock's holder made it
	rm -rf --one-file-system "$TREE" "$tmp" || return
	mapfile -t suites < <(list_suites "$1")
	prepare_root "$tmp" "${suites[@]}" || return
	run_step "$CACHE/tree-$1.log" \
		"making the $RELEASE tree, $1 (2 minutes the first time)" \
		run_mmdebstrap "$tmp" "$1" || return
	rm -rf "$tmp/tmp" || return
	for flavour in "${FLAVOURS[@]}"; do
		(cd "$tmp/root/lib/modules" && echo *[0-9]-"$flavour") \
			>"$tmp/kver-$flavour"
	done
	mv "$tmp" "$TREE"
}

# No initramfs: nobody looks at it. jq is gojq: emulated, it starts in 54 ms instead of
# 642, and tests start it a thousand times.
run_mmdebstrap()
{
	local dir=$1 packages

	packages=$(list_packages "$2" | paste -sd,)
	# shellcheck disable=SC2016	# mmdebstrap's shell expands $1
	INITRD=No bootstrap "$dir" "$RELEASE" \
		--variant=apt --architectures="$ARCHITECTURES" \
		--include="$packages" \
		--customize-hook='mkdir -p "$1"/build "$1"/brguard "$1"/extra "$1"/out' \
		--customize-hook='for dir in "$1"/lib/modules/*; do mkdir -p "$dir/updates"; done' \
		--customize-hook='mkdir -p "$1/usr/src/linux-ynl"' \
		--customize-hook='[ ! -e "$1/usr/bin/gojq" ] || ln -s gojq "$1/usr/bin/jq"'
}

# prepare_root DIR SUITE...: what bootstrap needs to know of these.
prepare_root()
{
	local dir=$1
	shift

	mkdir -p "$dir/tmp" || return
	print_sources "$@" >"$dir/sources.list"
	print_apt_options >"$dir/apt.conf"
	[ -s "$dir/sources.list" ] || { say "apt knows no Debian mirror"; return 1; }
}

# bootstrap DIR RELEASE ARGUMENT...: DIR/root, without documentation.
bootstrap()
{
	local dir=$1 release=$2
	shift 2

	TMPDIR=$dir/tmp DEBIAN_FRONTEND=noninteractive \
	mmdebstrap --mode=root \
		--aptopt='APT::Install-Recommends "false"' --aptopt="$dir/apt.conf" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		"$@" "$release" "$dir/root" "$dir/sources.list"
}

# The VM's root. Over 9p each file that is opened asks the host, and a program
# opens ten before it does anything: most of a test's time. ext2 is what the least
# code reads.
find_disk()
{
	[ -e "$TREE/root.ext2" ] ||
		with_lock "$CACHE/lock-$STOCK" make_disk ||
		die "no disk for kernel $1"
}

make_disk()
{
	local tmp=$TREE/root.ext2.part mib

	[ ! -e "$TREE/root.ext2" ] || return 0	# the lock's holder made it
	rm -f "$tmp"
	mib=$(du -sm "$TREE/root" | cut -f1)
	run_step "$TREE/disk.log" "making the disk of $KVER" \
		mke2fs -q -t ext2 -m 0 -i 8192 -d "$TREE/root" "$tmp" \
		$((mib + mib / 4 + 64))M &&
		mv "$tmp" "$TREE/root.ext2"
}

make_boot()
{
	local tmp=$BOOT.part

	[ ! -e "$BOOT" ] || return 0
	rm -rf "$tmp" && mkdir "$tmp" && cp "$VM/initrd" "$VM/init-early" "$tmp" &&
		run_step "$tmp/log" "making the initial file system for $KVER" \
			enter_tree "$tmp" bash /build/initrd "$KVER" &&
		mv "$tmp" "$BOOT"
}

# enter_tree DIR COMMAND...: run it in the tree, with DIR at /build and what was
# built in the place of what is installed. The mounts and all processes end with
# it.
enter_tree()
{
	local dir=$1
	shift
	# shellcheck disable=SC2016	# the inner shell expands these
	unshare --mount --pid --fork --kill-child --propagation private \
		sh -ec 'tree=$1 dir=$2 built=$3; shift 3
			mount -t proc proc "$tree/proc"
			mount --rbind /dev "$tree/dev"
			mount --bind "$dir" "$tree/build"
			for part in ${built:+usr/lib/modules boot}; do
				mount --bind "$built/root/$part" "$tree/$part"
			done
			exec chroot "$tree" env -i HOME=/root LANG=C.UTF-8 \
				PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"' \
		sh "$TREE/root" "$dir" "$BUILT" "$@"
}

# remove_stale NAME: those of older recipes go when nobody has used them for a day.
remove_stale()
{
	local old

	find "$CACHE" -maxdepth 2 -path "*/$1-*/used" -mmin +1440 |
		while read -r old; do
			rm -rf --one-file-system "${old%/used}"
		done
}
