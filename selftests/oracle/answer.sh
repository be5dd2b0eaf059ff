#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: answer.sh state|explain
#
# The part of "make oracle" in the VM. state: what the policy is. explain: what
# is decided on each capture /extra/captures/PORT.DIRECTION.*.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
out=/out/oracle

explain()
{
	local name=${1##*/} port direction

	IFS=. read -r port direction _ <<<"$name"
	brguardctl -n oracle -j explain "$direction" "$port" -r "$1" \
		>"/out/oracle/answers/$name"
}

ip netns add oracle
brguardctl -n oracle apply "$here/ports.conf"
if [ "$1" = state ]; then
	brguardctl -n oracle -j show >"$out/state"
else
	export -f explain
	# shellcheck disable=SC2016	# for that shell
	find /extra/captures -name '*.pcap' -print0 |
		xargs -0 -P "$(nproc)" -n 1 bash -c 'explain "$0"'
fi
