# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2086	# for the scripts; words of a policy
# Real stacks on the ends of the bridge that lib.sh draws: guest, victim and
# uplink run the kernel's own ARP, IPv6 and TCP, and real programs. A test says
# who is under guard, lets them talk, shows by a capture or by the program's
# own word that it came, and that no counter of any port has moved.

WAIT=${WAIT-30}		# seconds, for whatever waits for a daemon
PIDS=()
REPORTER=
DIR=

# stack_create [BRIDGE-WORDS]: nobody has an address yet.
stack_create()
{
	local ns

	DIR=$(mktemp -d)
	for ns in host guest victim uplink; do
		ns_create $ns
	done
	bridge_create "$@"
	end_create guest gst0 $MAC_G
	end_create victim vic0 $MAC_V
	end_create uplink upl0 $MAC_R
	busywait $WAIT stack_forwarding || fail "no port forwards"
	for ns in guest victim uplink; do
		ip -n "$NS-$ns" link set lo up
		ip -n "$NS-$ns" link set eth0 arp on
	done
	pin gst0 $MAC_G
	pin vic0 $MAC_V
	pin upl0 $MAC_R
	python3 -S "$HERE/frame.py" hex eth src=$MAC_X / arp op=1 spa=$IP_X \
		tpa=$IP_V | xxd_bytes >"$DIR/spoof"
}

# pin DEV MAC: while a bridge does not know where a MAC is, it floods, and the
# ports that the frame is not for count it. Here nothing is to be counted.
pin()
{
	bridge -n "$HOST" fdb replace $2 dev $1 master static
}

stack_forwarding()
{
	local n

	n=$(bridge -n "$HOST" link show | grep -c 'state forwarding')
	[ "$n" -ge 3 ]
}

stack_destroy()
{
	local pid

	for pid in "${PIDS[@]}"; do
		stop "$pid"
	done
	# What the programs said about it.
	if [ $FAILED -gt 0 ] && [ -s "$DIR/log" ]; then
		tail -n 40 "$DIR/log" | sed 's/^/# /'
	fi
	rm -rf "$DIR"
}

xxd_bytes()
{
	local hex

	read -r hex
	# shellcheck disable=SC2001	# every two digits
	printf '%b' "$(sed 's/../\\x&/g' <<<"$hex")"
}

# knob END NAME VALUE: one of /proc/sys/net, of its eth0.
knob()
{
	in_ns "$1" sh -c "echo $3 >/proc/sys/net/$2"
}

# fresh END: eth0 as after boot, without an address, the kernel's IPv6 on.
fresh()
{
	local end

	for end; do
		ip -n "$NS-$end" link set eth0 down
		ip -n "$NS-$end" addr flush dev eth0
		ip -n "$NS-$end" neigh flush dev eth0
		has_ipv6 && knob "$end" ipv6/conf/eth0/disable_ipv6 0
		ip -n "$NS-$end" link set eth0 up
	done
	busywait $WAIT stack_forwarding
}

# addressed END...: the addresses of lib.sh; it waits for DAD.
addressed()
{
	local end letter ip ip6

	for end; do
		letter=$(letter_of "$end")
		ip=IP_$letter ip6=IP6_$letter
		ip -n "$NS-$end" addr replace "${!ip}/24" dev eth0
		if has_ipv6; then
			knob "$end" ipv6/conf/eth0/disable_ipv6 0
			ip -n "$NS-$end" addr replace "${!ip6}/64" dev eth0
		fi
	done
	busywait $WAIT settled "$@" || fail "$*: DAD does not end"
}

letter_of()
{
	case $1 in
	guest) echo G ;;
	victim) echo V ;;
	uplink) echo R ;;
	esac
}

settled()
{
	local end

	for end; do
		[ -z "$(ip -n "$NS-$end" -6 -o addr show tentative)" ] || return
	done
}

# --- who is under guard ----------------------------------------------------

# under_guard one|all: the guest's port alone; or all three, the uplink as a
# guest that may serve DHCP and route. GUEST_IPS, VICTIM_IPS: bound as well.
# GUEST_WORDS: of its port. Words on stdin are further lines of the policy.
under_guard()
{
	forget
	policy < <(print_policy "$1")
	reset_counters
	monitor_violations
	# A guard that stops nothing would let everything pass.
	busywait $WAIT spoof_counted || fail "a spoofed frame is not counted"
	reset_counters
	: >"$DIR/violations"
}

# Who still knows an address of the test before, which is bound no longer, would ask
# for it.
forget()
{
	local end

	for end in guest victim uplink; do
		ip -n "$NS-$end" neigh flush dev eth0
	done
}

spoof_counted()
{
	in_ns guest socat -u "OPEN:$DIR/spoof" INTERFACE:eth0
	[ -s "$DIR/violations" ] &&
		[ $(($(count gst0 src-mac) + $(count gst0 vlan))) -ge 1 ]
}

# For whoever wants to know which frames a violation was about.
monitor_violations()
{
	: >>"$DIR/violations"
	if [ -z "$REPORTER" ]; then
		(exec brguardctl -n "$HOST" monitor violation </dev/null \
			>>"$DIR/violations" 2>&1) &
		REPORTER=$!
		PIDS+=("$REPORTER")
	fi
}

print_policy()
{
	echo "bridge set br0 new-port trusted"
	echo "port set gst0 role guest ${GUEST_WORDS-}"
	echo "binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G ${GUEST_IPS-}"
	if [ "$1" = all ]; then
		echo "port set vic0 role guest ${VICTIM_WORDS-}"
		echo "binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V ${VICTIM_IPS-}"
		echo "port set upl0 role guest dhcp-server on router on"
		echo "binding add port upl0 mac $MAC_R ip $IP_R ip $IP6_R"
	fi
	printf '%s' "${MORE_POLICY-}"
}

# violations: "PORT REASON DROPPED AUDITED" for each counter that is not 0.
violations()
{
	ctl -j stats | jq -r '.stats[] | .port as $port | .reasons | to_entries[] |
		select(.value.dropped + .value.audited > 0) |
		"\($port) \(.key) \(.value.dropped) \(.value.audited)"'
}

# clean WORDS: no counter of any port has moved since under_guard.
clean()
{
	local ports

	ports=$(ctl -j stats | jq '.stats | length')
	if [ "${ports:-0}" -lt 1 ]; then
		fail "$1: no port is under guard"
	fi
	same "$1: violations" "" "$(violations)"
	if [ -s "$DIR/violations" ]; then
		sed 's/^/# /' "$DIR/violations"
	fi
}

# --- captures --------------------------------------------------------------

# listen END: capture what arrives there.
listen()
{
	PCAP=$DIR/$1.pcap
	rm -f "$PCAP"
	start "$1" tcpdump -p -U --immediate-mode -s 256 -Q in -i eth0 -w "$PCAP"
	LISTENER=$STARTED
	busywait $WAIT [ -s "$PCAP" ] || fail "tcpdump does not start"
}

listen_end()
{
	stop $LISTENER
}

# arrived FILTER: did such a frame come?
arrived()
{
	[ -n "$(tcpdump -nr "$PCAP" -c 1 "$1" 2>/dev/null)" ]
}

# came WORDS FILTER: it comes, within a while.
came()
{
	busywait $WAIT arrived "$2" || fail "$1: does not arrive ($2)"
}

# --- programs --------------------------------------------------------------

# start END COMMAND...: in the background; $STARTED is its process.
start()
{
	local end=$1

	shift
	(exec ip netns exec "$NS-$end" "$@" </dev/null >>"$DIR/log" 2>&1) &
	STARTED=$!
	PIDS+=("$STARTED")
}

stop()
{
	local pid

	for pid; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
}

# serve WORDS: dnsmasq on the uplink. Its word is in the log.
serve()
{
	: >"$DIR/log"
	rm -f "$DIR/leases"
	start uplink dnsmasq -k -C /dev/null -p 0 -z -i eth0 --pid-file= -u root \
		--log-dhcp --log-facility=- -l "$DIR/leases" "$@"
	SERVER=$STARTED
}

# serve_tcp: the victim has a server for iperf3. Both sides put as much into a
# frame as there is room for, however long it takes.
serve_tcp()
{
	local end

	for end in guest victim; do
		knob $end ipv4/tcp_tso_rtt_log 30
	done
	start victim iperf3 -s
	busywait $WAIT listening || fail "no server"
}

listening()
{
	[ -n "$(in_ns victim ss -Hltn "sport = :5201")" ]
}

has_address()
{
	ip -n "$NS-guest" addr show dev eth0 | grep -q "$1"
}

# pings END ADDRESS [WORDS]
pings()
{
	local end=$1 to=$2

	shift 2
	expect "$end pings $to $*" in_ns "$end" \
		ping -n -q -c 2 -i 0.2 -W 10 "$@" "$to"
}

# Python that sends UDP in segments, as QUIC does, to the address it is given.
SEGMENTS='
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
s = socket.socket(family, socket.SOCK_DGRAM)
s.setsockopt(17, 103, 1400)	# UDP_SEGMENT
for i in range(20):
    s.sendto(bytes(1400 * 40), (sys.argv[1], 9))
'
