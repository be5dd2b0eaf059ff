#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: demo.sh
#
# "make demo" runs this in a VM, as root, brguard installed and not loaded.
# Every attack of attacks.sh runs first without brguard, where it has to work,
# and then with it, where it has to fail; then come the flows of flows.sh,
# which have to work. The last line sums up, the status is 0 if it all did.
set -uo pipefail

DEMO=$(cd "$(dirname "$0")" && pwd)
for part in lib topology attacks flows table; do
	# shellcheck source=/dev/null
	. "$DEMO/$part.sh"
done

need_tools()
{
	local tool

	[ "$(id -u)" -eq 0 ] || die "needs root"
	for tool in ip bridge brguardctl arpspoof macof mausezahn tcpdump socat \
		dnsmasq udhcpc busybox ping atk6-fake_advertise6 \
		atk6-fake_router26; do
		command -v "$tool" >/dev/null || die "no $tool here"
	done
	[ ! -e "/sys/class/net/$BRIDGE" ] ||
		die "there is a $BRIDGE already: this is for a throwaway VM"
	[ ! -e /sys/module/brguard ] || die "brguard is loaded already"
}

clean_up()
{
	stop_processes
	destroy_topology
	rmmod brguard 2>/dev/null
	rm -rf "$DIR"
}

load_brguard()
{
	print_policy >"$DIR/policy.conf"
	say "modprobe brguard; brguardctl apply, of this file:"
	sed 's/^/    /' "$DIR/policy.conf"
	modprobe brguard || die "modprobe brguard failed"
	brguardctl apply "$DIR/policy.conf" || die "the policy is not accepted"
	# shellcheck disable=SC2034	# by lib.sh and attacks.sh
	GUARDED=1
	brguardctl -d monitor watch >"$DIR/watch" 2>"$DIR/watch.err" &
	SERVICES+=($!)
	busywait 5 grep -q listening "$DIR/watch.err" ||
		die "brguardctl monitor does not listen"
}

main()
{
	need_tools
	DIR=$(mktemp -d) || die "no directory for what is captured"
	trap clean_up EXIT
	trap 'exit 1' INT TERM HUP
	say "building $BRIDGE with its guests ${GUESTS[*]}"
	create_topology
	start_agents
	start_services
	check_topology
	say "without brguard"
	run_attacks
	load_brguard
	say "with brguard"
	run_attacks
	say "legitimate flows, with brguard"
	run_flows
	print_results
}

main
