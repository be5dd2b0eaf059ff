# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# For the scripts that try brguardctl doctor: each dangerous state is set up, it
# finds that and nothing else, and after the very command that it prints the
# state is gone.
#
#    netns far
#   +--------------------------------------------+
#   |   g1                  g2            seg    |
#   +---+-------------------+--------------+-----+
#       |                   |              |
#   +---+-------------------+----+         |
#   |  gst1                gst2  |        seg0
#   |        br0  upl0 (dummy)   |
#   +----------------------------+    netns host

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

set_up()
{
	ns_create host
	ns_create far
	bridge_of_guests
}

tear_down()
{
	ns_destroy far
	ns_destroy host
	rmmod br_netfilter 2>/dev/null
	modprobe -q brguard
}

bridge_of_guests()
{
	ip -n "$HOST" link add br0 address 02:00:00:00:00:b0 type bridge forward_delay 0
	ip -n "$HOST" link set br0 up
	ip -n "$HOST" link add upl0 type dummy
	ip -n "$HOST" link set upl0 master br0 up
	guest gst1 g1
	guest gst2 g2
}

# guest DEV END [BRIDGE]
guest()
{
	ip -n "$HOST" link add "$1" type veth peer name "$2" netns "$NS-far"
	ip -n "$NS-far" link set "$2" up
	ip -n "$HOST" link set "$1" master "${3-br0}" up
}

second_bridge()
{
	ip -n "$HOST" link add br1 type bridge forward_delay 0
	ip -n "$HOST" link set br1 up
}

# Further lines of the policy from stdin.
guarded()
{
	{
		echo "bridge set br0 new-port guest"
		echo "port set upl0 role trusted"
		echo "port set gst1 role guest"
		echo "binding add port gst1 mac $MAC_G ip $IP_G"
		echo "port set gst2 role guest"
		echo "binding add port gst2 mac $MAC_V ip $IP_V"
		[ -t 0 ] || cat
	} | policy
}

clean()
{
	guarded </dev/null
	found "$1"
}

sysctl_host()
{
	in_ns host sysctl -qw "$@"
}

# look: ask the doctor. Sets REPORT and STATUS, and by "ID:DEVICE" SEVERITY and REMEDY.
look()
{
	local word id dev rest last=

	STATUS=0 FOUND=()
	declare -gA SEVERITY=() REMEDY=()
	REPORT=$(ctl doctor) || STATUS=$?
	while IFS= read -r rest; do
		if [[ $rest == "    remedy: "* ]]; then
			REMEDY[$last]=${rest#*remedy: }
		elif [[ $rest == [a-z]* ]]; then
			read -r word id dev <<<"$rest"
			last=$id:$dev
			FOUND+=("$last")
			SEVERITY[$last]=$word
		fi
	done <<<"$REPORT"
}

# found WORDS [ID:DEVICE...]: these in any order, and the exit status that goes with it.
found()
{
	local what=$1 one

	shift
	look
	same "$what: status" $(($# > 0)) $STATUS
	for one; do
		if [[ " ${FOUND[*]} " != *" $one "* ]]; then
			fail "$what: no $one, but: ${FOUND[*]}"
		fi
	done
	if [ ${#FOUND[@]} -ne $# ]; then
		fail "$what: \"${FOUND[*]}\", not \"$*\""
	fi
}

# severity WORD ID:DEVICE: of what was found last.
severity()
{
	same "severity of $2" "$1" "${SEVERITY[$2]-}"
}

# cure ID:DEVICE: do what was said last.
cure()
{
	local command=${REMEDY[$1]-false} out

	note "$1: $command"
	out=$(bash -c "$command" 2>&1) || fail "$1: $command -> $out"
}

# ill WORDS ID:DEVICE...: exactly these are found, and each is cured in turn.
ill()
{
	local what=$1 one

	shift
	found "$what" "$@"
	for one; do
		cure "$one"
	done
	clean "$what, cured"
}
