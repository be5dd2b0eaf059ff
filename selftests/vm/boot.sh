# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# QEMU: which acceleration, which devices, start and end.

# Sets ACCEL to QEMU's arguments. /dev/kvm may exist and yet run no stock
# guest, so it counts only if this kernel got as far as /init in 20 s. The
# answer holds until the machine boots again.
choose_accel()
{
	local answer=$CACHE/accel-$KVER
	local boot_id

	boot_id=$(</proc/sys/kernel/random/boot_id)
	if [ -n "${VM_ACCEL-}" ]; then
		set_accel "$VM_ACCEL"
		return
	fi
	if [ ! -w /dev/kvm ]; then
		set_accel tcg
		return
	fi
	if ! grep -qs "^$boot_id" "$answer"; then
		say "does hardware virtualisation run $KVER? (20 s at most) ..."
		if probe_kvm; then
			echo "$boot_id kvm" >"$answer"
		else
			echo "$boot_id tcg" >"$answer"
		fi
	fi
	set_accel "$(cut -d' ' -f2 "$answer")"
}

set_accel()
{
	case $1 in
	kvm) ACCEL=(-accel kvm -cpu host) ;;
	# One guest instruction is one nanosecond of guest time.
	icount) ACCEL=(-accel "tcg,thread=single" -icount "shift=0,sleep=off" -cpu qemu64) ;;
	*) ACCEL=(-accel "tcg,thread=multi" -cpu qemu64) ;;
	esac
}

probe_kvm()
{
	local log=$RUN/probe.log

	set_accel kvm
	# In a subshell, whose word about an aborted QEMU nobody needs.
	(timeout -k 1 20 "${EMULATOR[@]}" "${ACCEL[@]}" -M q35 -m 512 -nodefaults \
		-display none -no-reboot -serial "file:$log" \
		-kernel "$BOOT/vmlinuz" -initrd "$BOOT/initrd.cpio" \
		-append "console=ttyS0 panic=-1 brgvm.probe"; true) </dev/null >/dev/null 2>&1
	grep -q "brguard: this kernel boots" "$log"
}

# share TAG DIR [OPTIONS]: one more 9p share among the devices.
share()
{
	DEVICES+=(-virtfs "local,path=${2//,/,,},mount_tag=$1,security_model=none,multidevs=remap${3-}")
}

set_devices()
{
	local stream

	DEVICES=(-drive "if=virtio,format=raw,readonly=on,file=${TREE//,/,,}/root.ext2")
	[ -z "$BUILT" ] || share built "$BUILT/root" ,readonly=on
	share files "$RUN/files" ,readonly=on
	share work "$WORK" ,readonly=on
	share ctl "$RUN/ctl"
	share out "$OUT/out"
	[ -z "$EXTRA" ] || share extra "$EXTRA" ,readonly=on
	[ ! -d "$CACHE/linux-6.12" ] || share ynl "$CACHE/linux-6.12" ,readonly=on
	DEVICES+=(-device virtio-serial-pci)
	if [ -z "$VM_CMD" ]; then
		DEVICES+=(-chardev "stdio,id=tty,signal=off"
			-device "virtconsole,chardev=tty")
		return
	fi
	for stream in stdout stderr; do
		DEVICES+=(-chardev "file,id=$stream,path=$RUN/$stream"
			-device "virtserialport,chardev=$stream,name=$stream")
	done
}

print_cmdline()
{
	echo "console=ttyS0 loglevel=8 printk.time=1 panic=-1 oops=panic"
	# On a busy machine the kernel may see too few ticks and take its timer for broken.
	# It does not ask where it knows who emulates it, as under KVM.
	echo no_timer_check
	# Of the races that KCSAN tells of, most are not ours: see list_splats.
	[ "$KERNEL" = kcsan ] || echo panic_on_warn=1
	echo "softlockup_panic=0 watchdog_thresh=30 rcupdate.rcu_cpu_stall_timeout=90 sysctl.kernel.panic_on_rcu_stall=1"
	[ -z "$EXTRA" ] || echo brgvm.extra
	[ -z "$BUILT" ] || echo brgvm.built
	[ ! -d "$CACHE/linux-6.12" ] || echo brgvm.ynl
	echo "${VM_APPEND-}"
}

# The VM itself, in place of the calling subshell. It dies with that one's
# parent, however that ends. The status is 124 after TIMEOUT seconds.
run_qemu()
{
	local memory=2G

	[ -z "$BUILT" ] || memory=3G
	# What was written to has two thirds of it.
	[ "$KERNEL" != kmsan ] || memory=8G
	exec setpriv --pdeathsig TERM -- timeout --foreground -k 5 "$TIMEOUT" \
		setpriv --pdeathsig KILL -- \
		"${EMULATOR[@]}" "${ACCEL[@]}" -M q35 \
		-m "${VM_MEM:-$memory}" -smp "${VM_CPUS:-2}" -nodefaults -no-reboot \
		-display none -serial "file:$RUN/console.log" \
		-kernel "$BOOT/vmlinuz" -initrd "$BOOT/initrd.cpio" \
		-append "$(print_cmdline | tr '\n' ' ')" "${DEVICES[@]}"
}

has_booted()
{
	grep -q 'brguard: .* the command starts' "$RUN/console.log" 2>/dev/null
}

# Its first word on a CPU that hears no timer, after 90 seconds.
has_stalled()
{
	grep -q 'rcu: INFO: .* detected stalls' "$RUN/console.log" 2>/dev/null
}

# A kernel that boots may also wait for ever for a timer of TCG.
end_if_hung()
{
	local i

	for ((i = 0; i < BOOT_TIMEOUT; i++)); do
		sleep 1
		! has_booted || return
		! has_stalled || break
	done
	: >"$RUN/hung"
	kill "$QEMU"
}

# With a command: its output comes through two pipes, byte for byte. This
# shell holds them open too, so that cat ends when QEMU has, however it ended.
run_with_streams()
{
	local rc=0 relays=() out err

	rm -f "$RUN/stdout" "$RUN/stderr" "$RUN/hung"
	mkfifo "$RUN/stdout" "$RUN/stderr"
	exec {out}<>"$RUN/stdout" {err}<>"$RUN/stderr"
	cat <"$RUN/stdout" {out}>&- {err}>&- &
	relays+=($!)
	cat <"$RUN/stderr" >&2 {out}>&- {err}>&- &
	relays+=($!)
	run_qemu </dev/null >"$RUN/qemu.log" 2>&1 &
	QEMU=$!
	end_if_hung {out}>&- {err}>&- &
	wait "$QEMU" || rc=$?
	kill $! 2>/dev/null
	QEMU=
	exec {out}>&- {err}>&-
	wait "${relays[@]}"
	return "$rc"
}

# A vCPU of TCG may run the int3 that another one had put there while it was patching,
# a static key for example, and has taken away again: the kernel finds another byte
# where it should be, in front of <, and dies. What went astray into the int3 between
# two functions has run one that is there.
died_of_patching()
{
	awk '
		/int3: 0000 \[/ { dead = 1 }
		dead && match($0, / Code: .* [0-9a-f][0-9a-f] </) {
			found = substr($0, RSTART + RLENGTH - 4, 2) != "cc"
			exit
		}
		END { exit !found }' "$RUN/console.log"
}

# While it boots, brguard is not there yet: try again.
run_until_booted()
{
	local rc tries=3

	while :; do
		rc=0
		run_with_streams || rc=$?
		tries=$((tries - 1))
		if [ -e "$RUN/hung" ]; then
			say "the kernel has stalled, or not booted within $BOOT_TIMEOUT seconds"
		elif ! has_booted && died_of_patching; then
			say "QEMU ran half-patched code while the kernel booted"
		else
			return "$rc"
		fi
		[ "$tries" -gt 0 ] || return "$rc"
		say "booting again ..."
	done
}
