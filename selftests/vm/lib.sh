# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every part of the VM runner uses: words to the user, root, heartbeat.

VM_FAILED=125		# the VM, not the command in it, failed
# shellcheck disable=SC2034	# verdict.sh, check
QEMU_FAILED=123		# what QEMU emulated was not what the VM's memory held

say() { printf 'vm: %s\n' "$*" >&2; }

die()
{
	say "$*"
	exit "$VM_FAILED"
}

# The caller's home, not root's, also through sudo.
find_cache()
{
	local home=$HOME

	if [ -n "${SUDO_USER-}" ]; then
		home=$(getent passwd "$SUDO_USER" | cut -d: -f6)
	fi
	printf '%s\n' "${BRGUARD_CACHE:-$home/.cache/brguard}"
}

# Chroots, mounts and network namespaces need root: start again through sudo.
become_root()
{
	local keep=BOOT_TIMEOUT,BRGUARD_CACHE,CMD,EXTRA,FRAMES,KERNEL,LOAD,MITIGATIONS
	keep+=,QUICK,SEEDS,SIZES,TERM,TIMEOUT,VM_CMD,VM_ACCEL,VM_APPEND,VM_BOOT,VM_BUILD
	keep+=,VM_ASAN,VM_CPUS,VM_FAULTS,VM_MEM,VM_PLANTED,VM_YNL
	keep+=,http_proxy,https_proxy,no_proxy,HTTP_PROXY,HTTPS_PROXY,NO_PROXY

	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo >/dev/null || die "root is needed and there is no sudo"
	exec sudo --preserve-env="$keep" -- "$@"
}

# Hand what root made in the work tree back to who called sudo.
give_back()
{
	[ -z "${SUDO_USER-}" ] || chown -hR "$SUDO_USER:" "$@"
}

# run_step LOG WHAT COMMAND...: output into LOG, a sign of life every 20 s,
# the end of LOG if it failed, which after STEP_MAX seconds, if set, it has. A
# process group of its own, so that stop_step ends all of it.
run_step()
{
	local log=$1 what=$2 start=$SECONDS beat=20 max=${STEP_MAX-} rc=0
	shift 2

	say "$what ..."
	set -m
	"$@" >"$log" 2>&1 </dev/null &
	STEP=$!
	set +m
	while kill -0 "$STEP" 2>/dev/null; do
		sleep 0.2
		if [ $((SECONDS - start)) -ge "$beat" ]; then
			beat=$((beat + 20))
			say "  $((SECONDS - start)) s, at: $(print_last "$log")"
		fi
		if [ -n "$max" ] && [ $((SECONDS - start)) -ge "$max" ]; then
			say "  $max s are too long"
			max=
			kill -KILL -- "-$STEP"
		fi
	done
	wait "$STEP" || rc=$?
	STEP=
	[ "$rc" -eq 0 ] && return 0
	tail -n 40 "$log" >&2
	say "$what: failed with status $rc (all of it: $log)"
	return "$rc"
}

# The last line of LOG that says anything, cut to fit.
print_last()
{
	tail -c 400 "$1" | tr '\r' '\n' | sed '/^ *$/d' | tail -n 1 | cut -c1-90
}

stop_step()
{
	[ -z "${STEP-}" ] || kill -- "-$STEP" 2>/dev/null
}

# with_lock FILE COMMAND...: in a subshell, so that the lock goes with it.
with_lock()
(
	local fd

	trap stop_step EXIT
	trap 'exit 130' INT TERM HUP
	exec {fd}>>"$1"
	flock -n "$fd" || { say "waiting for another run to finish its part"; flock "$fd"; }
	shift
	"$@"
)

# install_missing COMMAND=PACKAGE...: what the host lacks.
install_missing()
{
	with_apt find_and_install "$@"
}

install_packages()
{
	with_apt apt_install "$@"
}

# apt-get does not wait for another one that reads the lists.
with_apt()
{
	mkdir -p "$CACHE" && with_lock "$CACHE/lock-install" "$@"
}

find_and_install()
{
	local pair want=()

	for pair; do
		command -v "${pair%%=*}" >/dev/null || want+=("${pair#*=}")
	done
	[ ${#want[@]} -gt 0 ] || return 0
	[ -n "$(list_debian_sources)" ] && apt_install "${want[@]}" && return
	run_step "$CACHE/apt.log" "reading the package lists" apt-get update ||
		return
	apt_install "${want[@]}"
}

apt_install()
{
	DEBIAN_FRONTEND=noninteractive run_step "$CACHE/apt.log" "installing $*" \
		apt-get -o DPkg::Lock::Timeout=300 install -y \
			--no-install-recommends "$@"
}
