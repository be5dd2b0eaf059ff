#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Membership reports of the kernels' own stacks on a bridge that snoops and
# queries, and the services that live on multicast.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	igmp_without_an_address
	igmp
	mld_without_an_address
	mld
	mdns
	llmnr
	ssdp
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need tcpdump socat

# With the version of the protocol behind it, a group.
GROUP=239.1.2. GROUP6=ff05::12

set_up()
{
	stack_create
	has_ipv6 && in_ns host sh -c 'cd /proc/sys/net/ipv6/conf
		echo 0 >all/disable_ipv6; echo 0 >br0/disable_ipv6'
	addressed victim uplink
	# Times are hundredths of a second.
	ip -n "$HOST" link set br0 type bridge mcast_snooping 1 mcast_querier 1 \
		mcast_query_interval 300 mcast_query_response_interval 100 \
		mcast_startup_query_interval 100 mcast_last_member_interval 50 \
		mcast_igmp_version 3 mcast_mld_version 2
	bridge -n "$HOST" link set dev upl0 mcast_router 2
	busywait $WAIT queried
}

tear_down()
{
	stack_destroy
}

# The bridge snoops only once a querier is known.
queried()
{
	ip -n "$HOST" -d -j link show br0 |
		jq -e '.[0].linkinfo.info_data.mcast_querier_state_a // 1' >/dev/null
}

# member FAMILY GROUP PORT [END]: the guest, or END, joins; what comes to it is in
# $DIR/got.
member()
{
	local option=ip-add-membership=$2:eth0

	[ $1 = 4 ] || option=ipv6-join-group=[$2]:eth0
	: >"$DIR/got"
	start ${4-guest} socat -u "UDP$1-RECV:$3,reuseaddr,$option" \
		"OPEN:$DIR/got,append"
	MEMBER=$STARTED
}

in_mdb()
{
	bridge -n "$HOST" mdb show | grep -q "port gst0 grp $1 "
}

not_in_mdb()
{
	! in_mdb "$1"
}

# shout FAMILY END GROUP PORT: until the guest's member has heard it.
heard_shout()
{
	echo "from $2" | in_ns $2 socat -u - "$(datagram $1 $3 $4)"
	grep -q "from $2" "$DIR/got"
}

datagram()
{
	if [ $1 = 4 ]; then
		echo "UDP4-DATAGRAM:$2:$3,so-bindtodevice=eth0"
	else
		echo "UDP6-DATAGRAM:[$2]:$3,so-bindtodevice=eth0"
	fi
}

# join WORDS FAMILY GROUP FILTER: the guest joins and leaves, and the bridge
# follows.
join()
{
	listen uplink
	member $2 $3 7000
	came "$1: report" "ether src $MAC_G and $4"
	busywait $WAIT in_mdb $3 || fail "$1: the bridge does not know the member"
	if [ "${DELIVER-}" = 1 ]; then
		busywait $WAIT heard_shout $2 victim $3 7000 ||
			fail "$1: nothing is delivered"
	fi
	stop $MEMBER
	leave "$1" $3 "$4"
	listen_end
	clean "$1"
}

# IGMPv1 has no way to leave. A leave of IGMPv2 is no report, so it may not come from
# 0.0.0.0 (POLICY step 6): the bridge keeps the member until its time is over.
leave()
{
	if [[ $1 == *IGMPv2 && $3 == *"src 0.0.0.0 "* ]]; then
		busywait $WAIT leave_counted || fail "$1: the leave is not counted"
		reset_counters
		: >"$DIR/violations"
	elif [[ $1 != *IGMPv1 ]]; then
		busywait $WAIT not_in_mdb $2 || fail "$1: the bridge keeps the member"
	fi
}

# It, and nothing else.
leave_counted()
{
	[ "$(violations)" = "gst0 src-ip 1 0" ] &&
		grep -q 'src-ip 0.0.0.0 dst-ip 224.0.0.2 ' "$DIR/violations"
}

# igmp_versions SOURCE
igmp_versions()
{
	local version type filter who

	for who in one all; do
		under_guard $who
		for version in 1:0x12 2:0x16 3:0x22; do
			type=${version#*:} version=${version%:*}
			knob guest ipv4/conf/eth0/force_igmp_version $version
			filter="igmp and src $1 and ip[24] = $type"
			join "$who, IGMPv$version" 4 $GROUP$version "$filter"
		done
	done
	knob guest ipv4/conf/eth0/force_igmp_version 0
}

igmp_without_an_address()
{
	ip -n "$NS-guest" addr flush dev eth0
	DELIVER=0
	igmp_versions 0.0.0.0
}

igmp()
{
	addressed guest
	DELIVER=1
	igmp_versions $IP_G
}

# mld_versions SOURCE WHO...
mld_versions()
{
	local src=$1 version type filter who

	shift
	for who; do
		under_guard $who
		for version in 1:131 2:143; do
			type=${version#*:} version=${version%:*}
			knob guest ipv6/conf/eth0/force_mld_version $version
			# Behind 8 bytes of hop-by-hop options.
			filter="src $src and ip6[6] = 0 and ip6[48] = $type"
			[ $src != :: ] || tentative
			join "$who, MLDv$version" 6 $GROUP6$version "$filter"
		done
	done
	knob guest ipv6/conf/eth0/force_mld_version 0
}

# The guest's link-local address is under test, and stays so.
tentative()
{
	knob guest ipv6/conf/eth0/dad_transmits 1000
	fresh guest
}

mld_without_an_address()
{
	need_ipv6 || return
	DELIVER=0
	mld_versions :: one all
	knob guest ipv6/conf/eth0/dad_transmits 1
}

mld()
{
	need_ipv6 || return
	fresh guest
	addressed guest
	DELIVER=1
	mld_versions $LL_G one all
}

# --- names and services ----------------------------------------------------

# avahi END: its own daemon, whose socket is $DIR/avahi-END/socket.
avahi()
{
	mkdir -p "$DIR/avahi-$1" /run/avahi-daemon
	cat >"$DIR/avahi-$1.conf" <<-E
		[server]
		host-name=$1
		allow-interfaces=eth0
		enable-dbus=no
		[publish]
		publish-workstation=yes
	E
	start "$1" unshare -m sh -c "mount --bind $DIR/avahi-$1 /run/avahi-daemon &&
		exec avahi-daemon --no-drop-root --no-chroot --no-rlimits \
		-f $DIR/avahi-$1.conf"
}

# resolves END COMMAND NAME ADDRESS
resolves()
{
	echo "$2 $3" | socat -t 10 - "UNIX-CONNECT:$DIR/avahi-$1/socket" |
		grep -q " $4\$"
}

mdns()
{
	local who

	if ! command -v avahi-daemon >/dev/null; then
		skip_test "no avahi-daemon"
		return
	fi
	addressed guest
	for who in one all; do
		under_guard $who
		avahi guest
		avahi victim
		busywait $WAIT resolves victim RESOLVE-HOSTNAME-IPV4 guest.local $IP_G ||
			fail "$who: the guest is not found"
		busywait $WAIT resolves guest RESOLVE-HOSTNAME-IPV4 victim.local $IP_V ||
			fail "$who: the guest finds nobody"
		if has_ipv6; then
			busywait $WAIT resolves victim RESOLVE-HOSTNAME-IPV6 \
				guest.local $IP6_G || fail "$who: IPv6"
		fi
		stop "${PIDS[@]: -2}"
		clean "$who"
	done
}

# group_talk FAMILY GROUP PORT: both ways between guest and victim.
group_talk()
{
	member $1 $2 $3
	busywait $WAIT heard_shout $1 victim $2 $3 || fail "$2: nothing comes"
	stop $MEMBER
	# With a querier, the bridge delivers to members alone.
	member $1 $2 $3 victim
	busywait $WAIT heard_shout $1 guest $2 $3 || fail "$2: no question comes"
	stop $MEMBER
}

llmnr()
{
	under_guard all
	addressed guest
	group_talk 4 224.0.0.252 5355
	if has_ipv6; then
		group_talk 6 ff02::1:3 5355
	fi
	clean "LLMNR"
}

# As a control point asks, by a port of its own, and gets a unicast answer.
ssdp()
{
	under_guard all
	addressed guest
	# Snooping keeps it from who has not joined.
	start victim socat UDP4-RECVFROM:1900,fork,ip-add-membership=239.255.255.250:eth0 \
		SYSTEM:'echo found'
	busywait $WAIT found || fail "no answer"
	stop $STARTED
	if has_ipv6; then
		group_talk 6 ff02::c 1900
	fi
	clean "SSDP"
}

found()
{
	echo "M-SEARCH * HTTP/1.1" |
		in_ns guest socat -t 2 - "$(datagram 4 239.255.255.250 1900)" |
		grep -q found
}

run_tests
