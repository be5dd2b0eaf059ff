# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034	# table.sh reads them
# What has to pass. A flow_* function fails if it does not; why is in FAILED.

FLOWS=(
	"arp|ARP between all guests, the router and the host"
	"ping|ping between all guests, all ways"
	"ping_outside|ping between guests and outside, both ways"
	"ping_large|ping with fragments, IPv4 and IPv6"
	"tcp|TCP between kali3 and kali5, both ways: 256 KB intact"
	"tcp_outside|TCP between kali3 and outside, both ways: 256 KB intact"
	"forgotten|a guest that the FDB has forgotten is still found"
	"boot|IPv6 from nothing: link-local DAD, RS and RA, autoconfiguration"
	"dhcp|DHCP: a lease for each guest, and traffic with it"
	"dad|IPv6 DAD: bound addresses from tentative to valid"
	"ping6|ND and ping6 between all guests, all ways"
	"ping6_outside|ping6 between guests and outside, by the router's RA"
	"tcp6|TCP over IPv6, kali3 with kali5 and outside, all ways"
	"silence|nothing of all this dropped but copies that were flooded"
)

declare -A FLOW_RESULT=()
BROKEN=0

run_flows()
{
	local flow name words

	in_ns kali4 sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
	flush_beliefs
	brguardctl stats reset
	for flow in "${FLOWS[@]}"; do
		IFS='|' read -r name words <<<"$flow"
		FAILED=
		if "flow_$name"; then
			FLOW_RESULT[$name]=ok
			say "  $words: ok"
		else
			FLOW_RESULT[$name]=BROKEN
			BROKEN=$((BROKEN + 1))
			say "  $words: BROKEN${FAILED:+: $FAILED}"
		fi
	done
}

# list_pairs COMMAND: a command line for each guest and each other guest, with
# FROM and TO replaced by their names.
list_pairs()
{
	local from to line

	for from in "${GUESTS[@]}"; do
		for to in "${GUESTS[@]}"; do
			[ "$from" != "$to" ] || continue
			line=${1//FROM/$from}
			line=${line//TO6/${IP6[$to]}}
			printf '%s\n' "${line//TO/${IP[$to]}}"
		done
	done
}

run_pairs()
{
	local lines

	readarray -t lines < <(list_pairs "$1")
	all_succeed "${lines[@]}"
}

# ping_both_ways 4|6 ARRAY: guests and outside, at their addresses in ARRAY.
ping_both_ways()
{
	local -n address=$2
	local name lines=()

	for name in "${GUESTS[@]}"; do
		lines+=("$name ping -c2 -i.2 -w8 -$1 ${address[outside]}"
			"outside ping -c2 -i.2 -w8 -$1 ${address[$name]}")
	done
	all_succeed "${lines[@]}"
}

flow_arp()
{
	local name lines

	readarray -t lines < <(list_pairs "FROM busybox arping -q -f -c1 -w8 -I eth0 TO")
	for name in "${GUESTS[@]}"; do
		lines+=("$name busybox arping -q -f -c1 -w8 -I eth0 ${IP[router]}"
			"router busybox arping -q -f -c1 -w8 -I lan ${IP[$name]}"
			"host busybox arping -q -f -c1 -w8 -I $BRIDGE ${IP[$name]}")
	done
	all_succeed "${lines[@]}"
}

flow_ping()
{
	run_pairs "FROM ping -c2 -i.2 -w8 TO"
}

flow_ping_outside()
{
	ping_both_ways 4 IP
}

flow_ping_large()
{
	all_succeed "kali3 ping -c1 -w8 -s 5000 ${IP[kali5]}" \
		"kali5 ping -c1 -w8 -s 5000 ${IP6[kali4]}" \
		"kali4 ping -c1 -w8 -s 5000 ${IP[outside]}" \
		"kali4 ping -c1 -w8 -s 5000 ${IP6[outside]}"
}

# transfer_all "FROM TO ADDRESS"...: FROM sends TO a file; all at once. A
# checksum tells whether it is the same.
transfer_all()
{
	local line from to address port=6000 lines=() sums

	[ -s "$DIR/file" ] || head -c 262144 /dev/urandom >"$DIR/file"
	rm -f "$DIR"/received.*
	for line; do
		read -r from to address <<<"$line"
		port=$((port + 1))
		lines+=("$to timeout 20 socat -u TCP6-LISTEN:$port,$SOCKET_OPTIONS \
				OPEN:$DIR/received.$port,creat"
			"$from timeout 20 socat -u OPEN:$DIR/file \
				TCP:$address:$port,retry=100,interval=0.1")
	done
	all_succeed "${lines[@]}" || return
	readarray -t sums < <(cd "$DIR" && sha256sum file received.* |
		cut -d' ' -f1 | uniq -c)
	[ ${#sums[@]} -eq 1 ] && [ $((${sums[0]% *} - 1)) -eq $# ]
}

flow_tcp()
{
	transfer_all "kali3 kali5 ${IP[kali5]}" "kali5 kali3 ${IP[kali3]}"
}

flow_tcp_outside()
{
	transfer_all "kali3 outside ${IP[outside]}" "outside kali3 ${IP[kali3]}"
}

flow_tcp6()
{
	transfer_all "kali3 kali5 [${IP6[kali5]}]" "kali5 kali3 [${IP6[kali3]}]" \
		"kali3 outside [${IP6[outside]}]" "outside kali3 [${IP6[kali3]}]"
}

flow_forgotten()
{
	forget_kali5
	all_succeed "kali3 ping -c1 -w8 ${IP[kali5]}"
}

# The router's own DHCP server and router advertisements.
start_router()
{
	local name hosts=()

	for name in "${GUESTS[@]}"; do
		hosts+=("--dhcp-host=${MAC[$name]},${IP[$name]}")
	done
	start_service router dnsmasq --keep-in-foreground --conf-file=/dev/null \
		--port=0 --user=root --pid-file= --interface=lan --no-ping \
		--dhcp-authoritative --dhcp-leasefile="$DIR/leases" "${hosts[@]}" \
		--dhcp-range=192.168.50.0,static --enable-ra \
		--dhcp-option=option:router,"${IP[router]}" \
		--dhcp-range=2001:db8:50::,ra-only
}

# Guests without any address or route, as after a power cycle.
restart_guests()
{
	local name

	for name in "${GUESTS[@]}"; do
		in_ns "$name" ip -batch - <<-END
			link set eth0 down
			address flush dev eth0
			link set eth0 up
		END
	done
}

# has_valid NS ADDRESS: there, and not tentative nor a duplicate.
has_valid()
{
	local line

	line=$(ip -n "$1" -6 -o address show to "$2")
	[[ -n $line && ! $line =~ tentative|dadfailed ]]
}

is_configured()
{
	has_valid "$1" "${LINK_LOCAL[$1]}" && has_valid "$1" "${AUTOCONF[$1]}" &&
		ip -n "$1" -6 route show default proto ra |
			grep -qF "via ${LINK_LOCAL[router]} "
}

flow_boot()
{
	local name

	start_router
	restart_guests
	for name in "${GUESTS[@]}"; do
		busywait 15 is_configured "$name" ||
			FAILED+="${FAILED:+; }$name: $(ip -n "$name" -6 -o address show dev eth0)"
	done
	[ -z "$FAILED" ]
}

flow_dhcp()
{
	local name lines=()

	# shellcheck disable=SC2016	# udhcpc's script expands these
	print_lease_script 'ip address add $ip/$mask dev $interface
		ip route add default via $router'
	for name in "${GUESTS[@]}"; do
		lines+=("$name udhcpc -f -q -n -t 5 -T 2 -i eth0 -s $DIR/on-lease && \
			ping -c1 -w8 -I ${IP[$name]} ${IP[outside]}")
	done
	all_succeed "${lines[@]}"
}

flow_dad()
{
	local name

	for name in "${GUESTS[@]}"; do
		ip -n "$name" address add "${IP6[$name]}/64" dev eth0
		[ -n "$(ip -n "$name" -6 address show tentative)" ] ||
			FAILED+="${FAILED:+; }$name: no DAD"
	done
	for name in "${GUESTS[@]}"; do
		busywait 10 has_valid "$name" "${IP6[$name]}" ||
			FAILED+="${FAILED:+; }$name: $(ip -n "$name" -6 -o address show dev eth0)"
	done
	[ -z "$FAILED" ]
}

flow_ping6()
{
	run_pairs "FROM ping -6 -c2 -i.2 -w8 TO6"
}

flow_ping6_outside()
{
	ping_both_ways 6 IP6
}

flow_silence()
{
	FAILED=$(brguardctl stats | awk '
		$4 == "dropped" && $3 != "flood" && $5 > 0 {
			printf "%s%s %s %s", sep, $2, $3, $5; sep = "; "
		}')
	[ -z "$FAILED" ]
}
