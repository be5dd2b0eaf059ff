# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034	# other files read them
# Waiting, processes, counters, and the secrets that kali4 is after.

GUARDED=
PROCESSES=()		# of the attack that runs
SERVICES=()		# of the whole demo
SECRET=
SECRETS=0
SOCKET_OPTIONS=ipv6only=0,reuseaddr
declare -A AGENT=()	# file descriptors

say()
{
	printf 'demo: %3d s: %s\n' "$SECONDS" "$*"
}

die()
{
	say "$*"
	exit 1
}

# busywait SECONDS COMMAND...: run it until it succeeds.
busywait()
{
	local end=$((SECONDS + $1 + 1))

	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || return
		doze
	done
}

# A process costs more than it waits, in an emulated machine.
doze()
{
	read -r -t 0.02 -u "$IDLE" || true
}

# await SECONDS COMMAND...: until the attack has the effect that COMMAND looks
# for, or brguard has counted two of its frames.
await()
{
	local end=$((SECONDS + $1 + 1))

	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || return
		[ -z "$GUARDED" ] || ! has_counted 2 || return
		doze
	done
}

# --- processes -------------------------------------------------------------

# in_ns NS COMMAND...: "host" is where the bridge is.
in_ns()
{
	local ns=$1

	shift
	if [ "$ns" = host ]; then
		"$@"
	else
		ip netns exec "$ns" "$@"
	fi
}

# start NS COMMAND...: in the background, until the attack is over.
start()
{
	local prefix=(ip netns exec "$1")

	[ "$1" != host ] || prefix=()
	shift
	"${prefix[@]}" "$@" >>"$DIR/log" 2>&1 </dev/null &
	PROCESSES+=($!)
}

# start_service NS COMMAND...: in the background, until the demo is over.
start_service()
{
	ip netns exec "$@" 2>>"$DIR/log" </dev/null &
	SERVICES+=($!)
}

# A shell in each namespace that does what it is told.
start_agents()
{
	local ns fd prefix

	mkfifo "$DIR/idle" && exec {IDLE}<>"$DIR/idle"
	for ns in host "${NAMESPACES[@]}"; do
		prefix=(ip netns exec "$ns")
		[ "$ns" != host ] || prefix=()
		mkfifo "$DIR/agent.$ns"
		"${prefix[@]}" bash <"$DIR/agent.$ns" >>"$DIR/log" 2>&1 &
		SERVICES+=($!)
		exec {fd}>"$DIR/agent.$ns"
		AGENT[$ns]=$fd
	done
}

# tell NS COMMAND-LINE: it runs there, and nobody waits for it.
tell()
{
	printf '{ %s; } </dev/null &\n' "$2" >&"${AGENT[$1]}"
}

# Killed: arpspoof takes its lies back if it is asked to end.
stop_attack()
{
	local pid

	for pid in "${PROCESSES[@]}"; do
		kill -KILL "$pid"
		wait "$pid"
	done 2>/dev/null
	PROCESSES=()
}

stop_processes()
{
	PROCESSES+=("${SERVICES[@]}")
	SERVICES=()
	stop_attack
}

# all_succeed "NS COMMAND-LINE"...: at the same time, within 30 seconds; those
# that do not are in FAILED.
all_succeed()
{
	local line i=0

	rm -f "$DIR"/status.*
	for line; do
		tell "${line%% *}" "${line#* }; echo \$? >$DIR/status.$((i++))"
	done
	busywait 30 have_ended $#
	i=0 FAILED=''
	for line; do
		[ "$(<"$DIR/status.$i")" = 0 ] || FAILED+="${FAILED:+; }$line"
		i=$((i + 1))
	done 2>/dev/null
	[ -z "$FAILED" ]
}

have_ended()
{
	local i

	for ((i = 0; i < $1; i++)); do
		[ -s "$DIR/status.$i" ] || return
	done
}

# --- counters --------------------------------------------------------------

# count_drops PORT REASON
count_drops()
{
	local stats

	stats=$(brguardctl -j stats port "$1")
	if [[ $stats =~ \"$2\":\{\"dropped\":([0-9]+) ]]; then
		echo "${BASH_REMATCH[1]}"
	else
		echo 0
	fi
}

# has_counted N: since the attack began, on the port and for the reason that
# it is expected to end with.
has_counted()
{
	[ $(($(count_drops "$PORT" "$REASON") - COUNT)) -ge "$1" ]
}

# --- secrets ---------------------------------------------------------------

# send PROTOCOL NS ADDRESS PORT WORDS
send()
{
	tell "$2" "echo '$5' >/dev/$1/$3/$4"
}

# The victims' listeners, and kali4's ear: it takes in whatever comes down its
# wire. Secrets go to port 5000, what says that all before has come to port 9.
start_services()
{
	local ns

	for ns in kali3 kali5 outside; do
		start_service $ns socat -u "UDP6-RECV:5000,$SOCKET_OPTIONS" \
			"OPEN:$DIR/inbox.$ns,creat,append"
		start_service $ns socat -u "TCP6-LISTEN:5000,fork,$SOCKET_OPTIONS" \
			"OPEN:$DIR/inbox.$ns,creat,append"
	done
	start_service kali3 socat -u "UDP4-RECV:5001,range=${IP[kali5]}/32" \
		"OPEN:$DIR/inbox.trusting,creat,append"
	start_service kali4 tcpdump -i eth0 -n -l -A --immediate-mode \
		'port 5000 or udp port 9' >"$DIR/ear"
}

new_secret()
{
	SECRETS=$((SECRETS + 1))
	SECRET="secret-$SECRETS-$RANDOM$RANDOM-"
}

is_read()
{
	has_words ear "$SECRET"
}

is_delivered()
{
	has_words "inbox.$1" "$SECRET"
}

has_words()
{
	[[ $(<"$DIR/$1") == *"$2"* ]]
}

# A frame to kali4 that comes after all that was sent before.
send_fence()
{
	send udp kali5 "${IP[kali4]}" 9 "fence-$SECRETS-"
	busywait 1 has_words ear "fence-$SECRETS-"
}

# spy PROTOCOL FROM TO ADDRESS [COMMAND...]: FROM tells TO a secret, each time
# after COMMAND. Does kali4 get to read it?
spy()
{
	local protocol=$1 from=$2 to=$3 address=$4 i

	shift 4
	new_secret
	for i in 1 2 3 4 5; do
		"$@"
		send "$protocol" "$from" "$address" 5000 "$SECRET"
		if [ -n "$GUARDED" ]; then
			busywait 1 is_delivered "$to" && break
		else
			busywait 1 is_read && break
		fi
	done
	is_delivered "$to" || PROBLEM="$to did not get what $from sent"
	send_fence || send_fence || PROBLEM="kali4 is cut off"
	is_read
}
