# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2086	# frames and lists of ends are words
# Single frames and what becomes of them. Functions called attacks_* run twice:
# first all of them without brguard, where each attack is to arrive, then each
# in its turn with it, between frames that may pass.

PHASE=guarded
ARMED=			# the phase that the policy in force is for
FROM=guest
PORT=gst0
ATTACKS=0
declare -A OPEN=()	# attacks_* that failed without brguard

# probe WORDS FRAME...: send it from $FROM. $CAME, $LEARNED and $COUNTED say
# what became of it; the kernel has to explain it the same way.
probe()
{
	local what=$1

	shift
	asked "$what" probe "$FROM" "$@"
}

# asked WORDS COMMAND...: the same with another command of the laboratory.
asked()
{
	local what=$1

	shift
	lab "$@"
	IFS=';' read -r CAME LEARNED COUNTED EXPLAINED <<<"$ANSWER"
	same "$what: explanations that disagree" - "$EXPLAINED"
}

# came_to ENDS...: did the last frame come to all of these?
came_to()
{
	local end

	for end; do
		[[ " $CAME " == *" $end "* ]] || return
	done
}

# pass WORDS ENDS FRAME...: it comes to all of ENDS ("-" for nobody) and is not
# counted.
pass()
{
	local what=$1 ends=$2

	shift 2
	probe "$what" "$@"
	if [ "$ends" = - ]; then
		same "$what: came to" - "$CAME"
	elif ! came_to $ends; then	# a list
		others_stop "$@" || fail "$what: came to \"$CAME\", not to $ends"
	fi
	same "$what: counters" - "$COUNTED"
}

# others_stop FRAME...: does a frame that came to nobody do so without brguard, too?
# See arrives_nowhere. The policy, $CAME and $COUNTED are as before.
others_stop()
{
	local came=$CAME counted=$COUNTED saved without

	[ "$CAME" = - ] && environment_reassembles || return
	saved=$(ctl show)
	unguard
	probe "without brguard" "$@"
	without=$CAME
	policy <<<"$saved"
	CAME=$came COUNTED=$counted
	[ "$without" = - ]
}

# drop WORDS REASON FRAME...: it comes to nobody, teaches the bridge nothing,
# and counts one drop of that reason on $PORT and nothing else.
drop()
{
	local what=$1 reason=$2

	shift 2
	probe "$what" "$@"
	dropped "$what" "$reason"
}

# dropped WORDS REASON: what drop says of the frame sent last.
dropped()
{
	same "$1: came to" - "$CAME"
	same "$1: FDB" - "$LEARNED"
	same "$1: counters" "$PORT:$2" "$COUNTED"
}

# attack WORDS REASON FRAME...: works without brguard and not with it.
attack()
{
	attack_by "$1" "$2" probe "$FROM" "${@:3}"
}

# attack_by WORDS REASON COMMAND...: by that command of the laboratory.
attack_by()
{
	local what=$1 reason=$2

	ATTACKS=$((ATTACKS + 1))
	shift 2
	asked "$what" "$@"
	if [ $PHASE = guarded ]; then
		dropped "$what" "$reason"
	elif [ "$CAME" = - ]; then
		arrives_nowhere "$what"
	fi
}

# Among others on the host's bridge, see environment.sh, some attacks may come to
# nothing by themselves. Not those that teach the bridge, nor in the plain run.
arrives_nowhere()
{
	if environment_reassembles; then
		note "$1: $ENVIRONMENT lets it arrive nowhere"
	else
		fail "$1: arrives nowhere even without brguard"
	fi
}

# poison WORDS REASON FRAME...: the same, and the bridge learns from it.
poison()
{
	attack "$@"
	if [ $PHASE = open ] && [ "$LEARNED" = - ]; then
		fail "$1: teaches the bridge nothing even without brguard"
	fi
}

# teach WORDS REASON FRAME...: an attack that need not arrive anywhere, since the
# bridge learns from it: spanning tree, LLDP and the like end there.
teach()
{
	local what=$1

	if [ $PHASE = guarded ]; then
		attack "$@"
		return
	fi
	shift 2
	probe "$what" "$@"
	[[ $LEARNED == *+* ]] ||
		fail "$what: teaches the bridge nothing even without brguard"
	fdb_flush
}

# mute WORDS REASON FRAME...: arrives nowhere without brguard either.
mute()
{
	local what=$1

	if [ $PHASE = guarded ]; then
		attack "$@"
		return
	fi
	shift 2
	probe "$what" "$@"
	same "$what: came, without brguard, to" - "$CAME"
}

# attack_across WORDS REASON FRAME...: a bridge that filters VLANs keeps it to
# itself, any other does not.
attack_across()
{
	if lab_filters; then
		mute "$@"
	else
		attack "$@"
	fi
}

# What the guest may always do.
legit()
{
	pass "$1 an ARP request" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	pass "$1 an IPv4 packet" victim \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / udp / raw 00
	pass "$1 an IPv6 packet" victim \
		eth src=$MAC_G dst=$MAC_V / ip6 src=$IP6_G dst=$IP6_V / udp / raw 00
}

# Teach the bridge where everybody is.
introduce()
{
	lab probe victim eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_R
	lab probe uplink eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	lab probe guest eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_R
}

# The guest alone is under guard, so that nothing but the check at its port
# can keep its frames from the others. GUARD: further words for its port.
guard()
{
	policy <<-E
		bridge set br0 new-port trusted
		port set gst0 role guest ${GUARD-}
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
	E
}

# --- both phases ---------------------------------------------------------

# arm PHASE: attacks change no policy, so what is in force for one of them is so
# for the next.
arm()
{
	PHASE=$1
	fdb_flush
	if [ "$ARMED" != "$1" ]; then
		if [ "$1" = open ]; then unguard; else guard; fi
		ARMED=$1
	fi
}

# run_open TESTS...: the attacks among them, without brguard.
run_open()
{
	local name

	for name; do
		[[ $name == attacks_* ]] || continue
		RET=0
		arm open
		"$name"
		OPEN[$name]=$RET
	done
}

run_guarded()
{
	ATTACKS=0
	arm guarded
	introduce
	legit "before,"
	"$1"
	legit "after,"
	note "$ATTACKS attacks"
}

# run_both TESTS...: attacks in a lab that is not the usual one. BETWEEN: what
# is to be done before it is guarded.
run_both()
{
	local test rc=$RET

	run_open "$@"
	${BETWEEN:-:}
	for test; do
		rc=$((rc + OPEN[$test]))
		RET=0
		run_guarded "$test"
		rc=$((rc + RET))
	done
	RET=$((rc > 0))
}

# on_tap TESTS...: these, from a tap device.
on_tap()
{
	if [ -n "${LAB_GUEST-}" ]; then
		skip_test "the guest is a $LAB_GUEST all the time"
		return
	fi
	guest_tap
	run_both "$@"
	guest_veth
}
