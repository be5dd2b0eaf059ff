#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: deb.sh [check]
#
# "make deb": the packages brguard-dkms and brguardctl for Debian 12, in build/deb/.
# They are built, and lintian looks at them, inside of a tree of that release.
# "make deb-check" also installs them in a new tree, where DKMS has to build the
# module, and takes them off again. Installs what it needs with apt.
set -uo pipefail

WORK=$(cd "$(dirname "$0")/.." && pwd)
VM=$WORK/selftests/vm
for part in lib sources tree build; do
	# shellcheck source=/dev/null
	. "$VM/$part.sh"
done

# The words of lib.sh are ours here.
say() { printf 'deb: %s\n' "$*" >&2; }

die()
{
	say "$*"
	exit 1
}

set_up()
{
	CACHE=$(find_cache)
	OUT=$WORK/build/deb
	CLEAN=
	mkdir -p "$CACHE" "$OUT" || die "cannot write $CACHE or $OUT"
	trap clean_up EXIT
	trap 'exit 130' INT TERM HUP
	install_missing mmdebstrap=mmdebstrap || die "cannot install mmdebstrap"
	find_root build
}

clean_up()
{
	stop_step
	[ -z "$CLEAN" ] || rm -rf --one-file-system "$CLEAN"
	give_back "$WORK/build"
}

# Binaries only: the source is the work tree.
build_packages()
{
	find "$OUT" -maxdepth 1 -type f -name 'brguard*' -delete
	# shellcheck disable=SC2016	# the inner shell expands these
	copy_sources &&
		enter_tree "$OUT" sh -c 'cd /build/src && DEB_BUILD_OPTIONS=noautodbgsym \
			exec dpkg-buildpackage -j"$(nproc)" -b -us -uc'
}

run_lintian()
{
	enter_tree "$OUT" sh -c 'cd /build && exec lintian --allow-root --info \
		--fail-on error,warning brguard_*.changes'
}

# Nothing is in it but the headers of a kernel; DKMS and the libraries have to
# come by what the packages depend on.
make_clean_tree()
{
	local suites

	set_release 6.1
	mapfile -t suites < <(list_suites 6.1)
	prepare_root "$CLEAN" "${suites[@]}" || return
	# shellcheck disable=SC2016	# mmdebstrap's shell expands $1
	TMPDIR=$CLEAN/tmp DEBIAN_FRONTEND=noninteractive mmdebstrap --mode=root \
		--variant=apt --aptopt='APT::Install-Recommends "false"' \
		--aptopt="$CLEAN/apt.conf" --include=linux-headers-amd64 \
		--customize-hook='mkdir "$1/build"' \
		--customize-hook="cp '$OUT'/brguard*.deb \"\$1/build/\"" \
		--customize-hook='chroot "$1" sh -c "apt-get install -y /build/*.deb"' \
		"$RELEASE" "$CLEAN/root" "$CLEAN/sources.list"
}

# What the packages put where, and that nothing of it stays.
try_packages()
{
	# shellcheck disable=SC2016	# the inner shell expands these
	TREE=$CLEAN enter_tree "$OUT" sh -exc '
		kver=$(ls /lib/modules)
		dkms status brguard | grep -F "$kver" | grep ": installed"
		modinfo -k "$kver" brguard
		modinfo -k "$kver" -F vermagic brguard | grep "^$kver "
		brguardctl -V | grep -F "$1"
		brguardctl help >/dev/null
		rc=0; brguardctl show || rc=$?
		test "$rc" = 3
		test -e /usr/share/man/man8/brguardctl.8.gz
		test -e /usr/share/bash-completion/completions/brguardctl
		test -e /usr/share/brguard/specs/brguard.yaml
		test -e /usr/include/linux/brguard.h
		dpkg --purge brguard-dkms brguardctl
		test -z "$(find /lib/modules /usr/src /usr/share /usr/sbin /var/lib/dkms \
			-name "brguard*")"' sh "$(print_version)"
}

print_version()
{
	sed -n 's/^PACKAGE_VERSION="\(.*\)"$/\1/p' "$WORK/dkms.conf"
}

check_packages()
{
	CLEAN=$(mktemp -d "$OUT/clean.XXXXXX") || die "cannot write $OUT"
	run_step "$OUT/install.log" "installing in a new tree (3 minutes)" \
		make_clean_tree || die "the packages cannot be installed"
	run_step "$OUT/try.log" "trying what was installed" try_packages ||
		die "the packages do not work"
}

case ${1-} in
'' | check) ;;
*) die "usage: deb.sh [check]" ;;
esac
become_root "$0" "$@"
set_up
run_step "$OUT/build.log" "building the packages" build_packages ||
	die "the packages were not built"
run_step "$OUT/lintian.log" "lintian" run_lintian || die "lintian complains"
[ "${1-}" != check ] || check_packages
(cd "$WORK" && ls build/deb/brguard*.deb)
