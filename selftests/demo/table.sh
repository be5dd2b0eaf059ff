# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2153	# arrays of attacks.sh
# The results, and the exit status.

RED='' GREEN='' PLAIN=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
	RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
fi

# paint GOOD WORDS WIDTH: GOOD is empty for bad ones.
paint()
{
	local colour=$RED

	[ -z "$1" ] || colour=$GREEN
	printf '%s%-*s%s' "$colour" "$3" "$2" "$PLAIN"
}

print_attacks()
{
	local attack name words wide=6 middle=15

	for attack in "${ATTACKS[@]}"; do
		name=${attack%%|*} words=${attack##*|}
		[ ${#words} -le "$wide" ] || wide=${#words}
		[ ${#WITHOUT[$name]} -le "$middle" ] || middle=${#WITHOUT[$name]}
	done
	printf '\n%-*s | %-*s | %s\n' "$wide" attack "$middle" "without brguard" \
		"with brguard"
	for attack in "${ATTACKS[@]}"; do
		name=${attack%%|*} words=${attack##*|}
		printf '%-*s | %s | %s\n' "$wide" "$words" \
			"$(paint "${WORKED[$name]}" "${WITHOUT[$name]}" "$middle")" \
			"$(paint "${STOPPED[$name]-}" "${WITH[$name]}" 0)"
	done
}

print_flows()
{
	local flow name words good wide=15

	for flow in "${FLOWS[@]}"; do
		words=${flow##*|}
		[ ${#words} -le "$wide" ] || wide=${#words}
	done
	printf '\n%-*s | %s\n' "$wide" "legitimate flow" "with brguard"
	for flow in "${FLOWS[@]}"; do
		name=${flow%%|*} words=${flow##*|}
		[ "${FLOW_RESULT[$name]}" = ok ] && good=1 || good=''
		printf '%-*s | %s\n' "$wide" "$words" \
			"$(paint "$good" "${FLOW_RESULT[$name]}" 0)"
	done
}

# An attack that did not work without brguard has not been stopped by it.
count_stopped()
{
	local attack name n=0

	for attack in "${ATTACKS[@]}"; do
		name=${attack%%|*}
		[ -z "${WORKED[$name]}" ] || [ -z "${STOPPED[$name]-}" ] || n=$((n + 1))
	done
	echo $n
}

print_results()
{
	local stopped

	stopped=$(count_stopped)
	print_attacks
	printf '\nwho made %s promiscuous, from "brguardctl monitor watch":\n  %s\n' \
		"$BRIDGE" "${WATCH_LINE:-$(paint '' "NOT REPORTED" 0)}"
	print_flows
	printf '\ndemo: %d of %d attacks stopped, %d legitimate flows broken\n' \
		"$stopped" ${#ATTACKS[@]} "$BROKEN"
	[ "$stopped" -eq ${#ATTACKS[@]} ] && [ "$BROKEN" -eq 0 ]
}
