#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# fuzz.sh SECONDS OUTPUT: libFuzzer on the parsers of brguardctl, which "make
# fuzzers" has built with sanitizers, all at once and each in a process of its
# own. OUTPUT gets corpora, logs, and findings in findings/TARGET-*; what is there
# of earlier runs is used again. Fails if anything is found.
# shellcheck disable=SC2317	# called by name
set -uo pipefail

TARGETS="config json capture"

seconds=$1
mkdir -p "$2" && output=$(cd "$2" && pwd) && cd "$(dirname "$0")" || exit
# shellcheck source=/dev/null
. ./pcap.sh

# Each keyword once, in both forms.
seed_config()
{
	cat >"$1/text" <<-'END'
	bridge set br0 new-port guest mode audit ageing-floor 60 hold ageing-time hold stp
	bridge set br1 arp-scope owner claims alarm answers drop answers-max 7 answers-time 60
	bridge set br2 answers-own off local-port guarded guest-flood off hold none # comment
	port set "a \x62\"\\" role guest mode enforce link-local any dhcp-server on router on
	port set tap*i* bridge br0 role trusted uplink-macs bound ethertype 0x88cc ethertype none
	binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 10 ip 192.168.50.13 ip 2001:db8::/64 shared
	include ports.d/*.conf
	END
	seed_json "$1"
}

seed_json()
{
	cat >"$1/json" <<-'END'
	{"bridges":[{"name":"br0","new-port":"guest","mode":"audit","ageing-floor":60,
	"hold":["ageing-time","stp"]}],"ports":[{"name":"a \u0062\"\\","role":"guest",
	"bridge":"br0","link-local":"any","dhcp-server":true,"ethertype":["0x88cc"]}],
	"bindings":[{"port":"vk63","mac":"52:54:00:9f:5d:c1","vlan":10,"shared":true,
	"ip":["192.168.50.13","2001:db8::/64"]}]}
	END
}

seed_capture()
{
	local frame=ffffffffffff5254009f5dc108060001

	pcap "$frame" "${frame}00" >"$1/le"
	ORDER=be MAGIC=0xa1b23c4d pcap "$frame" >"$1/be"
	pcapng "$frame" "${frame}00" "$frame" >"$1/ng"
	ORDER=be pcapng "$frame" >"$1/ng-be"
}

run_all()
{
	local target pid pids=() rc=0

	for target in $TARGETS; do
		mkdir -p "$output/$target" "$output/$target.seeds" "$output/findings"
		"seed_$target" "$output/$target.seeds"
		# Its words about bad files are of no interest.
		"./fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
			-print_final_stats=1 -close_fd_mask=2 \
			-artifact_prefix="$output/findings/$target-" \
			"$output/$target" "$output/$target.seeds" \
			>"$output/$target.log" 2>&1 &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || rc=1
	done
	return $rc
}

run_all
rc=$?
for target in $TARGETS; do
	executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$output/$target.log")
	echo "fuzz: brguardctl, $target: ${executions:-?} executions"
	grep -E -m 1 'ERROR: |runtime error' "$output/$target.log"
done
find "$output/findings" -type f -printf 'found: %p\n'
exit $rc
