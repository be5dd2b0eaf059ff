#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: [MATRIX=all] matrix.sh [SCRIPT...]
#
# The attack scripts once more, in the combinations of what may make a
# difference to a frame's way: a guest on veth or on tap, spanning tree, VLAN
# filtering. The scripts themselves have veth with both off. Without MATRIX=all,
# the opposite of that alone, and of the scripts those in which the most depends
# on it: every value of every factor has been met then, in a fifth of the time.

HERE=$(cd "$(dirname "$0")" && pwd)

# As lib.sh takes them: guest, then options of the bridge.
OPPOSITE="tap stp_state 1 vlan_filtering 1"
SOME="in_mac.sh in_arp.sh in_encap.sh link_local.sh out.sh"
ALL="in_mac.sh in_arp.sh in_ipv4.sh in_ipv6.sh in_nd.sh in_encap.sh"
ALL="$ALL link_local.sh out.sh"

list_combinations()
{
	local guest stp filtering

	if [ "${MATRIX-}" != all ]; then
		echo "$OPPOSITE"
		return
	fi
	for guest in veth tap; do
		for stp in 0 1; do
			for filtering in 0 1; do
				echo "$guest stp_state $stp vlan_filtering $filtering"
			done
		done
	done
}

# run_script SCRIPT GUEST OPTIONS...: what it says of its failures.
run_script()
{
	local script=$1 guest=$2 start=$SECONDS out rc

	shift 2
	out=$(LAB_GUEST=$guest LAB_BRIDGE="$*" "$HERE/$script" 2>&1)
	rc=$?
	grep -E '^not ok|^# *FAIL|# SKIP' <<<"$out" | sed 's/^#* */#   /'
	echo "# $script, $guest, $*: $(grep -c '^ok' <<<"$out") passed," \
		"$((SECONDS - start)) s"
	return $rc
}

main()
{
	local scripts=("$@") combinations combination script number=0 failed=0

	if [ $# -eq 0 ] && [ "${MATRIX-}" = all ]; then
		read -r -a scripts <<<"$ALL"
	elif [ $# -eq 0 ]; then
		read -r -a scripts <<<"$SOME"
	fi
	readarray -t combinations < <(list_combinations)
	echo "TAP version 13"
	echo "1..$((${#combinations[@]} * ${#scripts[@]}))"
	for combination in "${combinations[@]}"; do
		for script in "${scripts[@]}"; do
			number=$((number + 1))
			# shellcheck disable=SC2086	# words
			if run_script "$script" $combination; then
				echo "ok $number $script, $combination"
			else
				failed=1
				echo "not ok $number $script, $combination"
			fi
		done
	done
	return $failed
}

main "$@"
