# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034	# other files read them
# What kali4 tries. An attack_* function sets GAINED to what it was seen to
# achieve, and PROBLEM to what went wrong for others although it achieved
# nothing. Both phases run the same function.

# name | port and reason of the drops | words
ATTACKS=(
	"arp|vk64 arp|ARP spoofing between kali3 and kali5 (arpspoof)"
	"mac|vk64 src-mac|MAC spoofing: frames as kali3 (mausezahn)"
	"ip|vk64 src-ip|IP spoofing: packets as kali5 (mausezahn)"
	"ageing|vk64 flood|ageing time 0: listening to kali3 and outside"
	"promiscuous|vk64 flood|promiscuous bridge, MAC unknown: listening to all"
	"macof|vk64 src-mac|FDB flooding (macof)"
	"neighbour|vk64 nd|IPv6 neighbour spoofing (atk6-fake_advertise6)"
	"dhcp|vk64 dhcp-server|rogue DHCP server (dnsmasq)"
	"router|vk64 ra|rogue IPv6 router (atk6-fake_router26)"
	"root|vk64 encapsulation|spanning tree root takeover (mausezahn)"
)

declare -A WITHOUT=() WITH=() WORKED=() STOPPED=()
PORT='' REASON='' COUNT=0 GAINED='' PROBLEM='' NOTE='' FAILED='' WATCH_LINE=''

run_attacks()
{
	local attack name words

	for attack in "${ATTACKS[@]}"; do
		IFS='|' read -r name PORT words <<<"$attack"
		REASON=${PORT#* } PORT=${PORT% *} GAINED='' PROBLEM='' NOTE='' COUNT=0
		flush_beliefs
		warm_up || PROBLEM="broken before the attack"
		[ -z "$GUARDED" ] || COUNT=$(count_drops "$PORT" "$REASON")
		"attack_$name"
		if [ -n "$GUARDED" ]; then
			judge_guarded "$name"
			say "  $words: ${WITH[$name]}"
		else
			judge_open "$name"
			say "  $words: ${WITHOUT[$name]}"
		fi
		stop_attack
		if declare -F "undo_$name" >/dev/null; then "undo_$name"; fi
	done
}

judge_open()
{
	WORKED[$1]=${GAINED:+1}
	WITHOUT[$1]=${GAINED:-DID NOT WORK${PROBLEM:+: $PROBLEM}}
}

# Stopped: nothing gained, counted for the right reason, nobody deceived, and
# those whom it was aimed at can still talk.
judge_guarded()
{
	local wrong

	COUNT=$(($(count_drops "$PORT" "$REASON") - COUNT))
	wrong=$(list_wrong_beliefs | head -n 1)
	if [ -n "$GAINED" ]; then
		WITH[$1]="NOT STOPPED: $GAINED"
	elif [ -n "$wrong" ]; then
		WITH[$1]="NOT STOPPED: $wrong"
	elif [ "$COUNT" -eq 0 ]; then
		WITH[$1]="NOT COUNTED: $PORT $REASON"
	elif [ -n "$PROBLEM" ]; then
		WITH[$1]="BROKEN: $PROBLEM"
	else
		WITH[$1]="stopped, $PORT $REASON $COUNT${NOTE:+, $NOTE}"
		STOPPED[$1]=1
	fi
}

are_diverted()
{
	is_believed kali3 "${IP[kali5]}" "${MAC[kali4]}" &&
		is_believed kali5 "${IP[kali3]}" "${MAC[kali4]}"
}

attack_arp()
{
	start kali4 arpspoof -i eth0 -t "${IP[kali3]}" "${IP[kali5]}"
	start kali4 arpspoof -i eth0 -t "${IP[kali5]}" "${IP[kali3]}"
	await 10 are_diverted
	spy tcp kali3 kali5 "${IP[kali5]}" || return
	GAINED="kali4 read kali3's TCP to kali5"
}

attack_mac()
{
	start kali4 mausezahn eth0 -q -c 0 -d 20m -a "${MAC[kali3]}" \
		-b "${MAC[kali5]}" -A "${IP[kali4]}" -B "${IP[kali5]}" -t udp dp=9
	await 5 is_learned "${MAC[kali3]}" "$PORT"
	spy udp kali5 kali3 "${IP[kali3]}" || return
	GAINED="FDB moved, kali4 got kali3's mail"
}

# kali3 runs a service that trusts kali5's address.
attack_ip()
{
	new_secret
	start kali4 mausezahn eth0 -q -c 5 -d 20m -b "${MAC[kali3]}" \
		-A "${IP[kali5]}" -B "${IP[kali3]}" -t udp sp=5001,dp=5001 \
		-P "$SECRET"
	if await 5 is_delivered trusting; then
		GAINED="kali3 took kali4 for kali5"
	fi
	new_secret
	send udp kali5 "${IP[kali3]}" 5001 "$SECRET"
	busywait 5 is_delivered trusting ||
		PROBLEM="kali3 did not get what kali5 sent"
}

attack_ageing()
{
	ip link set "$BRIDGE" type bridge ageing_time 0
	spy udp kali3 outside "${IP[outside]}" || return
	GAINED="kali4 read kali3's UDP to outside"
}

undo_ageing()
{
	ip link set "$BRIDGE" type bridge ageing_time 30000
}

is_promiscuous()
{
	[ $(($(<"/sys/class/net/$BRIDGE/flags") & 0x100)) -ne 0 ]
}

# The database has aged kali5 out: it has been silent for long.
forget_kali5()
{
	bridge fdb del "${MAC[kali5]}" dev "${AT[kali5]}" master 2>>"$DIR/log"
}

attack_promiscuous()
{
	start host tcpdump -i "$BRIDGE" -n -w /dev/null udp port 5000
	CULPRIT="device $BRIDGE .* new [1-9][0-9]* pid ${PROCESSES[0]} comm tcpdump"
	busywait 5 is_promiscuous || PROBLEM="$BRIDGE is not promiscuous"
	if spy udp kali3 kali5 "${IP[kali5]}" forget_kali5; then
		GAINED="kali4 read kali3's UDP to kali5"
	fi
	if [ -n "$GUARDED" ]; then
		busywait 2 find_culprit || PROBLEM="no report of the promiscuous bridge"
		WATCH_LINE=$(find_culprit)
	fi
}

find_culprit()
{
	grep -m 1 -e "$CULPRIT" "$DIR/watch"
}

attack_macof()
{
	local before after

	before=$(list_fdb | wc -l)
	in_ns kali4 timeout -k 1 20 macof -i eth0 -n 1000 >/dev/null 2>>"$DIR/log"
	after=$(list_fdb | wc -l)
	NOTE="FDB $before -> $after"
	[ "$after" -gt "$before" ] || return
	GAINED="FDB exploded: $before -> $after entries"
}

attack_neighbour()
{
	start kali4 atk6-fake_advertise6 -w 1 eth0 "${IP6[kali5]}" \
		"${IP6[kali3]}" "${MAC[kali4]}" "${IP6[kali4]}"
	await 5 is_believed kali3 "${IP6[kali5]}" "${MAC[kali4]}"
	spy tcp kali3 kali5 "${IP6[kali5]}" || return
	GAINED="kali4 read kali3's TCP to kali5"
}

is_offered()
{
	grep -qxF "router ${IP[kali4]}" "$DIR/lease"
}

# The real server is too far away. kali5 asks, and would make kali4 its router.
attack_dhcp()
{
	: >"$DIR/lease"
	start kali4 dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 \
		--user=root --pid-file= --interface=eth0 --no-ping \
		--dhcp-authoritative --dhcp-leasefile="$DIR/rogue.leases" \
		--dhcp-range=192.168.50.100,192.168.50.200 \
		--dhcp-option=option:router,"${IP[kali4]}"
	print_lease_script "echo router \$router >'$DIR/lease'"
	start kali5 udhcpc -f -q -n -t 10 -T 1 -i eth0 -s "$DIR/on-lease"
	await 12 is_offered || return
	GAINED="kali5 got kali4 as its router"
}

# print_lease_script COMMANDS: what udhcpc does with a lease.
print_lease_script()
{
	cat >"$DIR/on-lease" <<-END
		#!/bin/sh
		[ "\$1" = bound ] || [ "\$1" = renew ] || exit 0
		$1
	END
	chmod +x "$DIR/on-lease"
}

routes_to_kali4()
{
	ip -n kali3 -6 route show default proto ra |
		grep -qF "via ${LINK_LOCAL[kali4]} "
}

attack_router()
{
	start kali4 atk6-fake_router26 -i 1 -A 2001:db8:bad::/64 eth0
	await 5 routes_to_kali4 || return
	GAINED="kali3 has kali4 as its IPv6 router"
}

undo_router()
{
	local name

	for name in kali3 kali5; do
		in_ns "$name" ip -6 route flush proto ra
		in_ns "$name" ip -6 address flush dynamic
	done 2>>"$DIR/log"
}

is_root()
{
	[ "$(<"/sys/class/net/$BRIDGE/bridge/root_id")" = \
		"0000.${MAC[kali4]//:/}" ]
}

attack_root()
{
	ip link set "$BRIDGE" type bridge forward_delay 200 stp_state 1
	start kali4 mausezahn eth0 -q -c 0 -d 200m -t bpdu
	await 5 is_root || return
	GAINED="kali4 is the root of the tree"
}

# Down and up again, the port forgets the root that it heard of.
undo_root()
{
	ip link set "$BRIDGE" type bridge stp_state 0
	ip link set "${AT[kali4]}" down
	ip link set "${AT[kali4]}" up
	busywait 10 is_forwarding
	busywait 10 has_no_tentative
}

is_forwarding()
{
	[ "$(bridge link show | grep -c 'state forwarding')" -eq 4 ]
}
