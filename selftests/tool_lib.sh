# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2046,SC2086	# effects are words
# Attack tools as they are, run by the guest against real stacks on the bridge
# that lib.sh draws. A function attacks_* names what is run:
#
#	tool WORDS REASONS EFFECT COMMAND...
#
# EFFECT is a function of this file with its arguments: what the tool does to
# others. Without brguard it has to come about. With it the tool may send at
# least as many frames as it needed then, and EFFECT does not come about, the
# forwarding database is as before, each of REASONS is counted on the guest's
# port, and the guest still reaches the victim. before_EFFECT, if there is one,
# makes the state that the tool is to change.

LIMIT=120		# seconds, for a slow machine; nothing waits so long
# shellcheck disable=SC2034	# for the scripts
PREFIX6=2001:db8:bad:	# what nobody but an attacker hands out
IP_SILENT=192.0.2.5
MAC_SILENT=02:00:00:00:00:05
POOL='192.0.2.1[0-9][0-9]'
declare -A NEEDED=()	# frames of a tool until its effect was there

tool_set_up()
{
	local ns

	DIR=$(mktemp -d)
	LOG=$DIR/log
	lab_create
	lab_addresses
	# What is forgotten is to be forgotten because of a tool.
	ip -n "$HOST" link set br0 type bridge ageing_time 1000000
	mkfifo "$DIR/never"
	# A keyboard at which nobody types: some tools end with their input.
	exec {KEYBOARD}<>"$DIR/never"
	for ns in guest victim uplink; do
		in_ns $ns sysctl -qw $(neighbour_options)
	done
	# dnsmasq hears its own advertisements, and would give the guest an address
	# that is not bound.
	in_ns guest sysctl -qw net.ipv6.conf.eth0.accept_ra=0
}

# An entry may change again within a second, and nobody asks after those that he
# has, lest a lie that came once is found out before anybody has looked.
neighbour_options()
{
	local ip

	echo net.ipv4.neigh.eth0.locktime=0
	for ip in ipv4 ipv6; do
		echo net.$ip.neigh.eth0.delay_first_probe_time=3600
		echo net.$ip.neigh.eth0.base_reachable_time_ms=3600000
	done
}

# For TESTS to call it by name:
set_up()
{
	tool_set_up
}

tear_down()
{
	tool_stop
	capture_stop
	rm -rf "$DIR"
}

# have TOOL, to be followed by "|| return": not all releases have them all.
have()
{
	command -v "$1" >/dev/null || { skip_test "no $1"; false; }
}

# What the guest may do at any time. lib.sh's frames would not do here, as the
# other stacks talk, too.
legit()
{
	local end to=$IP_V

	if has_ipv6; then
		to="$to $IP6_V"
	fi
	in_ns guest sh -c "for to in $to; do
			ping -n -q -c 1 -W 10 \$to || exit
		done" >"$DIR/ping" && return
	fail "$1 the guest does not reach the victim: $(tail -n 2 "$DIR/ping")"
	for end in guest victim; do
		ip -n "$NS-$end" addr show dev eth0
		ip -n "$NS-$end" neigh show dev eth0 | head -n 10
		ip -n "$NS-$end" -6 route show | head -n 10
	done | sed 's/^/# /'
}

# --- the tool --------------------------------------------------------------

# slowly TOOL...: by a line of 500 kbit/s. As fast as they can, some floods keep
# a small machine so busy that nobody can look what has become of it.
slowly()
{
	SLOWLY=1
	"$@"
	SLOWLY=
}

line_slow()
{
	in_ns guest tc qdisc replace dev eth0 root \
		tbf rate 500kbit burst 4kb limit 1mb
}

# What waits is gone with the queue.
line_fast()
{
	in_ns guest tc qdisc del dev eth0 root
}

# answering TOOL...: it waits for questions, which are asked until each reason has
# been counted so often. It need not come as far as it does unhindered.
answering()
{
	OFTEN=3
	"$@"
	OFTEN=
}

# A session of its own, so that its children end with it.
tool_start()
{
	if [ -n "${SLOWLY-}" ]; then
		line_slow || fail "$what: no slow line"
	fi
	(cd "$DIR" && exec setsid ip netns exec "$NS-guest" "$@" \
		<&$KEYBOARD >"$DIR/said" 2>&1) &
	TOOL=$!
	disown "$TOOL"	# nobody wants to hear how it ended
}

# At once: most would put right what they have done.
tool_stop()
{
	if [ -n "${TOOL-}" ]; then
		kill -KILL -- "-$TOOL" 2>/dev/null
		busywait $LIMIT tool_ended
		if [ -n "${SLOWLY-}" ]; then
			line_fast
		fi
		TOOL=
	fi
}

tool_ended()
{
	! kill -0 "$TOOL" 2>/dev/null
}

# Frames that came from the guest, before anybody judged them.
frames()
{
	ip -n "$HOST" -s link show gst0 | awk '/RX:/ { getline; print $2 }'
}


tool()
{
	local what=$1 reasons=$2 effect=$3

	shift 3
	ATTACKS=$((ATTACKS + 1))
	if declare -F "before_${effect%% *}" >/dev/null; then
		before_$effect || fail "$what: cannot be prepared"
	fi
	if [ $PHASE = open ]; then
		tool_open "$@"
	else
		tool_guarded "$@"
	fi
	capture_stop
}

tool_open()
{
	local first

	first=$(frames)
	tool_start "$@"
	if ! busywait $LIMIT $effect; then
		fail "$what: no effect without brguard: $(tail -n 3 "$DIR/said")"
	fi
	NEEDED[$what]=$(($(frames) - first))
	tool_stop
	fdb_flush
}

tool_guarded()
{
	local first known reason seen=

	known=$(fdb | head -n 20)
	first=$(frames)
	reset_counters
	tool_start "$@"
	if ! busywait $LIMIT tool_done; then
		fail "$what: $(($(frames) - first)) frames, not ${NEEDED[$what]}:" \
			"$(tail -n 3 "$DIR/said")"
	fi
	tool_stop
	capture_end
	if [ -n "$seen" ] || $effect >/dev/null 2>&1; then
		fail "$what: has its effect in spite of brguard"
		[ -z "${CAPTURE-}" ] || head -n 5 "$LOG" | sed 's/^/# /'
	fi
	same "$what: FDB" "$known" "$(fdb | head -n 20)"
	for reason in $reasons; do
		if [ "$(count gst0 "$reason")" -lt 1 ]; then
			fail "$what: not counted as $reason but $(counted)"
		fi
	done
	legit "after $what,"
}

# Has the tool sent as much as it needs, or all that it wants to? To look for
# the effect is to go on with what the tool may be waiting for.
tool_done()
{
	if $effect; then
		seen=1
		return 0
	fi
	[ -n "${OFTEN-}" ] || [ $(($(frames) - first)) -ge "${NEEDED[$what]}" ] ||
		tool_ended || return
	all_counted || tool_ended
}

# At least so many frames for each of $reasons.
all_counted()
{
	local reason

	for reason in $reasons; do
		[ "$(count gst0 "$reason")" -ge "${OFTEN:-1}" ] || return
	done
}

counted()
{
	ctl -j stats port gst0 |
		jq -c '.stats[0].reasons | with_entries(select(.value.dropped > 0) |
			.value = .value.dropped)'
}

# --- effects: neighbours ---------------------------------------------------

# knows END IP MAC: END takes MAC for that of IP.
knows()
{
	[[ $(ip -n "$NS-$1" neigh show "$2" dev eth0) == *" lladdr $3 "* ]]
}

# The truth, from the owner of the address.
before_knows()
{
	ip -n "$NS-$1" neigh flush dev eth0
	in_ns "$1" ping -n -q -c 1 -W 10 "$2" >/dev/null && ! knows "$@"
}

# asks END IP MAC: the same, while END forgets and asks again.
asks()
{
	ip -n "$NS-$1" neigh flush dev eth0
	in_ns "$1" ping -n -q -c 1 -W 1 "$2" >/dev/null
	knows "$@"
}

before_asks()
{
	before_knows "$@"
}

# --- effects: forwarding database ------------------------------------------

# strangers COUNT: so many addresses that are not the guest's at its port.
strangers()
{
	[ "$(fdb gst0 | grep -vc "^$MAC_G")" -ge "$1" ]
}

# moved MAC: the bridge looks for it at the guest's port.
moved()
{
	fdb gst0 | grep -q "^$1 "
}

before_moved()
{
	introduce
}

# --- effects: frames at the victim -----------------------------------------

# arrives FILTER: tcpdump at the victim sees such a frame.
arrives()
{
	grep '^[0-9]' "$LOG" | grep -qv 0x88b5	# not a line of hex
}

# A process of its own for tcpdump: what outlived its shell would write on.
before_arrives()
{
	: >"$LOG"
	: >"$DIR/tcpdump"
	(exec ip netns exec "$NS-victim" tcpdump -p -l -n -e --immediate-mode \
		-Q in -i eth0 "ether proto 0x88b5 or ($*)" \
		>"$LOG" 2>"$DIR/tcpdump") &
	CAPTURE=$!
	busywait $LIMIT grep -q 'listening on' "$DIR/tcpdump"
}

# The fence that follows a probe comes behind all that the tool has sent.
capture_end()
{
	if [ -n "${CAPTURE-}" ]; then
		introduce
		busywait $LIMIT grep -q 0x88b5 "$LOG" ||
			fail "$what: the capture does not end"
	fi
}

capture_stop()
{
	if [ -n "${CAPTURE-}" ]; then
		kill $CAPTURE
		wait $CAPTURE 2>/dev/null
		CAPTURE=
	fi
}

# --- effects: routes and addresses of the victim ---------------------------

# As it was before any router. What an advertisement says of times and limits stays
# when the routes are gone (RFC 4861 6.3.4), and detection of duplicates waits for as
# long as it said.
forget_routers()
{
	in_ns victim sysctl -qw $(neighbour_options) \
		net.ipv6.neigh.eth0.retrans_time_ms=1000 \
		net.ipv6.conf.eth0.hop_limit=64 net.ipv6.conf.eth0.mtu=1500
	ip -n "$NS-victim" -6 route flush exact default
	ip -n "$NS-victim" -6 route flush dev eth0 proto ra
	ip -n "$NS-victim" -6 addr flush dev eth0 scope global dynamic
	# The kernel takes those to advertised prefixes for its own.
	ip -n "$NS-victim" -6 route show dev eth0 |
		awk '/expires/ { print "route del", $1, "dev eth0" }' |
		ip -n "$NS-victim" -6 -force -batch - 2>/dev/null
}

# follows IP: the victim's way out leads there.
follows()
{
	[[ $(ip -n "$NS-victim" -6 route show default) == *" $1 "* ]]
}

before_follows()
{
	forget_routers
}

# autoconfigures PREFIX
autoconfigures()
{
	[[ $(ip -n "$NS-victim" -6 addr show dev eth0) == *" $1"* ]]
}

before_autoconfigures()
{
	forget_routers
}

# routes COUNT: from router advertisements, of any kind.
routes()
{
	[ "$(ip -n "$NS-victim" -6 route show | grep -c expires)" -ge "$1" ]
}

before_routes()
{
	forget_routers
}

# lost: the victim has no way out any more. The uplink had been one.
lost()
{
	! follows $LL_R
}

before_lost()
{
	forget_routers
	lab probe uplink eth src=$MAC_R dst=33:33:00:00:00:01 / \
		ip6 src=$LL_R dst=ff02::1 / ra opt=1:$MAC_R
	busywait $LIMIT follows $LL_R
}

# detours IP WORDS: the victim's route to IP has got these.
detours()
{
	local ip=$1

	shift
	[[ $(ip -n "$NS-victim" route get "$ip") == *" $* "* ]]
}

# By way of the uplink, with a neighbour that can be redirected to.
before_detours()
{
	local ns=$NS-victim

	forget_routers
	ip -n "$ns" route flush exact default
	ip -n "$ns" -6 route replace default via $LL_R dev eth0
	ip -n "$ns" route replace default via $IP_R
	in_ns victim ping -n -q -c 1 -W 10 $IP_G >/dev/null
	in_ns victim ping -n -q -c 1 -W 10 $LL_G%eth0 >/dev/null
	! detours "$@"
}

# drifts IP: the same for what the victim sends by way of a router that is so
# silent that the bridge floods its frames. Some tools wait for them.
drifts()
{
	in_ns victim timeout 1 bash -c "(: >/dev/tcp/$1/80) 2>/dev/null"
	detours "$1" via $IP_G
}

before_drifts()
{
	local ns=$NS-victim

	before_detours "$1" via $IP_G
	ip -n "$ns" neigh replace $IP_SILENT dev eth0 lladdr $MAC_SILENT
	ip -n "$ns" route replace default via $IP_SILENT
}

# denied: detection of duplicates keeps a new address from the victim.
denied()
{
	local new=2001:db8::77 state

	ip -n "$NS-victim" addr del $new/64 dev eth0 2>/dev/null
	ip -n "$NS-victim" addr add $new/64 dev eth0
	busywait $LIMIT detected $new
	state=$(ip -n "$NS-victim" addr show dev eth0 dadfailed)
	ip -n "$NS-victim" addr del $new/64 dev eth0
	[[ $state == *"$new"* ]]
}

before_denied()
{
	forget_routers
}

# The kernel shows an address that failed as tentative, too.
detected()
{
	local state

	state=$(ip -n "$NS-victim" addr show dev eth0 to "$1")
	[[ $state == *dadfailed* || $state != *tentative* ]]
}

# leases: a DHCP client at the victim gets an address of $POOL.
leases()
{
	local got

	got=$(in_ns victim udhcpc -i eth0 -f -n -q -t 2 -T 1 -s "$DIR/lease" \
		2>/dev/null)
	[[ $got == *"lease "$POOL* ]]
}

before_leases()
{
	# shellcheck disable=SC2016	# for udhcpc
	printf '#!/bin/sh\n[ "$1" != bound ] || echo "lease $ip"\n' >"$DIR/lease"
	chmod +x "$DIR/lease"
}

# leases6 PREFIX: a DHCPv6 client at the victim gets an address of it.
leases6()
{
	rm -f "$DIR/leases6"
	in_ns victim timeout 4 dhclient -6 -1 -d -sf "$DIR/lease6" \
		-lf "$DIR/leases6" -pf "$DIR/pid6" eth0 >"$DIR/dhclient" 2>&1
	grep -q "iaaddr $1" "$DIR/leases6"
}

before_leases6()
{
	printf '#!/bin/sh\nexit 0\n' >"$DIR/lease6"
	chmod +x "$DIR/lease6"
}

# --- effects: spanning tree ------------------------------------------------

# outrooted: the bridge takes another for the root, behind the guest's port.
outrooted()
{
	[ "$(in_ns host cat /sys/class/net/br0/bridge/root_port)" -ne 0 ]
}

# What a port had heard is forgotten with it.
before_outrooted()
{
	ip -n "$HOST" link set gst0 down
	ip -n "$HOST" link set gst0 up
	busywait $LIMIT all_forwarding && busywait $LIMIT settled && ! outrooted
}

settled()
{
	[ -z "$(ip -n "$NS-guest" addr show dev eth0 tentative)" ]
}
