# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2086	# words
# For tests that need skbs of a certain shape: ends of other kinds, and a look
# at what leaves towards the victim.

# shellcheck disable=SC2034	# in lab.sh
LAB_PROGRAM=geometry.py LAB_GUEST='' LAB_BRIDGE=''

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	need ethtool tc
	lab_create
	trace_create
}

tear_down()
{
	trace_destroy
}

# --- the shape of what leaves towards the victim ---------------------------

trace_create()
{
	local tracefs=/sys/kernel/tracing

	[ -d $tracefs/events ] || mount -t tracefs tracefs $tracefs
	TRACE=$tracefs/instances/$NS
	mkdir $TRACE || return
	echo 'name == "vic0"' >$TRACE/events/net/net_dev_start_xmit/filter
	echo 1 >$TRACE/events/net/net_dev_start_xmit/enable
}

trace_destroy()
{
	rmdir "$TRACE" 2>/dev/null
}

# looks WORDS PATTERN COMMAND...: what goes to the victim in the course of it
# is an skb that matches, as struct sk_buff counts: data_len is what does not
# lie in its linear part.
looks()
{
	local what=$1 pattern=$2

	shift 2
	echo >"$TRACE/trace"
	"$@"
	grep -qE "net_dev_start_xmit:.* $pattern" "$TRACE/trace" ||
		fail "$what: no skb looks like $pattern"
}

# --- ends --------------------------------------------------------------------

# end_as END KIND: it becomes one of the KINDS of geometry.py.
end_as()
{
	local end=$1 kind=$2 dev=gst0 mac=$MAC_G

	[ "$end" = guest ] || dev=vic0 mac=$MAC_V
	lab close $end
	ip -n "$HOST" link del $dev 2>/dev/null
	case $kind in
	*tap)
		[ -e /dev/net/tun ] || modprobe -q tun
		lab open $end $kind "$HOST" $dev
		ip -n "$HOST" link set $dev master br0 mtu 9000 up
		in_ns host ethtool -K $dev gro off
		;;
	*)
		busywait 5 gone $dev
		end_create $end $dev $mac
		ip -n "$HOST" link set $dev mtu 9000
		ip -n "$NS-$end" link set eth0 mtu 9000
		lab open $end $kind "$NS-$end" eth0 $dev
		;;
	esac
	busywait 5 all_forwarding || fail "$end as $kind: no port forwards"
}

gone()
{
	! ip -n "$HOST" link show "$1"
}
