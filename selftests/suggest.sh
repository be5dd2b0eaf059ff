#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Suggestions: the bindings that end what audit mode reports, and no others.
# shellcheck disable=SC2034,SC2046,SC2086,SC2119,SC2317

TESTS="
	addresses_of_a_guest
	a_binding_is_extended
	tagged_frames
	link_local_addresses
	advertisements
	what_no_binding_ends
	what_is_bound_already
	allowed_ethertypes
	many_addresses
	shared_bindings
	on_another_bridge
	not_in_enforce_mode
	bound_on_another_port
	wanted_on_two_ports
	ports_without_a_name
	flood_of_sources
	forgotten
	real_stack
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

# audit: the whole configuration, from stdin, and nothing seen so far. The bridge
# knows the others, so that nothing is flooded to the guest.
audit()
{
	policy
	lab probe victim eth src=$MAC_V / arp op=1 spa=$IP_V tpa=$IP_R
	lab probe uplink eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	reset_counters
}

# suggests WORDS LINES: exactly that.
suggests()
{
	same "$1: suggested" "$2" "$(ctl suggest)"
}

# adopt: what is suggested, on top of what there is.
adopt()
{
	{ ctl show; ctl suggest; } | policy
}

# ended WORDS FRAME...: it moves no counter any more.
ended()
{
	probe "$@"
	same "$1, once bound: counters" - "$COUNTED"
}

ARP="eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V"
PROBE="eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=192.0.2.99"
IP4="eth src=$MAC_G dst=$MAC_V / ip src=$IP_X dst=$IP_V / udp"
IP6="eth src=$MAC_G dst=$MAC_V / ip6 src=$IP6_G dst=$IP6_V / udp"
NA="eth src=$MAC_G dst=$MAC_V / ip6 src=$LL_G dst=$LL_V / na target=$IP6_X"

# To a guest without any binding even the laboratory's own group frame is flood.
addresses_of_a_guest()
{
	local frame

	audit <<<"port set gst0 role guest mode audit"
	suggests "nothing sent" ""
	for frame in "$ARP" "$PROBE" "$IP4" "$IP6" "$NA" "$ARP"; do
		probe "$frame" $frame
		same "$frame: counters" \
			"gst0:flood:audited gst0:src-mac:audited" "$COUNTED"
	done
	suggests "all of it" "binding add port gst0 mac $MAC_G ip $IP_G \
ip 192.0.2.99 ip $IP_X ip $IP6_G ip $IP6_X"
	same "by port" "$(ctl suggest)" "$(ctl suggest port gst0)"
	same "JSON" "$IP_G" "$(ctl -j suggest | jq -r '.bindings[0].ip[0]')"
	adopt
	suggests "adopted" ""
	for frame in "$ARP" "$PROBE" "$IP4" "$IP6" "$NA"; do
		ended "$frame" $frame
	done
	refuse "a port that is not there" "no such port" ctl suggest port gst9
}

a_binding_is_extended()
{
	audit <<-E
		port set gst0 role guest mode audit
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	probe "bound" $ARP
	same "bound: counters" - "$COUNTED"
	suggests "nothing amiss" ""
	probe "IPv4" $IP4
	same "IPv4: counters" gst0:src-ip:audited "$COUNTED"
	probe "NA" $NA
	same "NA: counters" gst0:nd:audited "$COUNTED"
	suggests "what is missing" \
		"binding add port gst0 mac $MAC_G ip $IP_X ip $IP6_X"
	expect "one of them" ctl binding add port gst0 mac $MAC_G \
		ip 198.51.100.0/24
	suggests "the rest" "binding add port gst0 mac $MAC_G ip $IP6_X"
	adopt
	suggests "adopted" ""
	ended "NA" $NA
}

tagged_frames()
{
	local tagged="eth src=$MAC_G / vlan id=10 / arp op=1 spa=$IP_G tpa=$IP_V"

	audit <<-E
		port set gst0 role guest mode audit
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	probe "tag" $tagged
	same "tag: counters" gst0:vlan:audited "$COUNTED"
	probe "a tag that none can have" \
		eth src=$MAC_G / vlan id=4095 / arp op=1 spa=$IP_G tpa=$IP_V
	suggests "VLAN" "binding add port gst0 mac $MAC_G vlan 10 ip $IP_G"
	adopt
	ended "tag" $tagged
}

# ll SOURCE: a packet from a link-local address.
ll()
{
	echo "eth src=$MAC_G dst=$MAC_V / ip6 src=$1 dst=$LL_V / udp"
}

link_local_addresses()
{
	audit <<<"port set gst0 role guest mode audit"
	probe "EUI-64" $(ll $LL_G)
	suggests "EUI-64" "binding add port gst0 mac $MAC_G"
	probe "another" $(ll $LL_X)
	suggests "another" "binding add port gst0 mac $MAC_G ip $LL_X"
	expect "any" ctl port set gst0 link-local any
	suggests "any" "binding add port gst0 mac $MAC_G"
	expect "listed" ctl port set gst0 link-local listed
	probe "EUI-64" $(ll $LL_G)
	probe "another" $(ll $LL_X)
	suggests "listed" "binding add port gst0 mac $MAC_G ip $LL_X ip $LL_G"
	adopt
	ended "EUI-64" $(ll $LL_G)
	ended "another" $(ll $LL_X)
}

# na SOURCE TARGET [MAC]: an advertisement.
na()
{
	echo "eth src=${3:-$MAC_G} dst=$MAC_V / ip6 src=$1 dst=$LL_V / na target=$2"
}

# Each claims two addresses, which may be the same, or seen before, or no matter.
advertisements()
{
	local more=2001:db8:ffff::a own="binding add port gst0 mac $MAC_G ip"
	local frame

	audit <<<"port set gst0 role guest mode audit"
	probe "of its source" $(na $IP6_X $IP6_X)
	same "of its source: counters" "gst0:flood:audited gst0:src-mac:audited" "$COUNTED"
	suggests "of its source" "$own $IP6_X"
	probe "of another address" $(na $IP6_X $more)
	suggests "of another address" "$own $IP6_X ip $more"
	probe "again" $(na $more $IP6_X)
	suggests "again" "$own $IP6_X ip $more"
	probe "with the address of the MAC" $(na $LL_G $IP6_G)
	suggests "with the address of the MAC" "$own $IP6_G ip $IP6_X ip $more"
	adopt
	suggests "adopted" ""
	for frame in "$IP6_X $IP6_X" "$IP6_X $more" "$more $IP6_X" "$LL_G $IP6_G"; do
		ended "$frame" $(na $frame)
	done
	audit <<-E
		port set gst0 role guest mode audit link-local any
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	probe "any link-local address" $(na $LL_X $LL_X)
	same "any link-local address: counters" - "$COUNTED"
	probe "and one that is not bound" $(na $LL_X $IP6_X)
	same "and one that is not bound: counters" gst0:nd:audited "$COUNTED"
	suggests "and one that is not bound" "$own $IP6_X"
	probe "of a MAC that is not bound" $(na $LL_X $IP6_V $MAC_X)
	same "of a MAC that is not bound: counters" gst0:src-mac:audited "$COUNTED"
	suggests "of a MAC that is not bound" "$own $IP6_X
binding add port gst0 mac $MAC_X ip $IP6_V"
	adopt
	suggests "adopted" ""
	ended "and one that is not bound" $(na $LL_X $IP6_X)
	ended "of a MAC that is not bound" $(na $LL_X $IP6_V $MAC_X)
}

# All in it is bound, or it says nothing that could be.
what_is_bound_already()
{
	local frame

	audit <<-E
		port set gst0 role guest mode audit
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G
	E
	for frame in "arp op=8 spa=$IP_G tpa=$IP_V" "arp op=2 spa=0.0.0.0 tpa=$IP_V" \
		     "arp op=1 sha=$MAC_V spa=$IP_G tpa=$IP_V"; do
		probe "$frame" eth src=$MAC_G / $frame
		same "$frame: counters" gst0:arp:audited "$COUNTED"
		came_to victim || fail "$frame: does not pass"
	done
	probe "advertisement with another's MAC" $(na $IP6_G $IP6_G) opt=2:$MAC_V
	same "advertisement: counters" gst0:nd:audited "$COUNTED"
	suggests "none" ""
	audit <<<"port set gst0 role guest mode audit"
	probe "nothing bound" eth src=$MAC_G / arp op=2 spa=0.0.0.0 tpa=$IP_V
	same "nothing bound: counters" "gst0:flood:audited gst0:src-mac:audited" "$COUNTED"
	suggests "still none" ""
}

# What has no address needs the MAC alone.
allowed_ethertypes()
{
	local frame="eth src=$MAC_X type=0x9000 / raw n=46"

	audit <<-E
		port set gst0 role guest mode audit
		binding add port gst0 mac $MAC_G
	E
	probe "not allowed" $frame
	same "not allowed: counters" gst0:ethertype:audited "$COUNTED"
	suggests "not allowed" ""
	expect "allowed" ctl port set gst0 ethertype 0x9000
	probe "allowed" $frame
	same "allowed: counters" gst0:src-mac:audited "$COUNTED"
	suggests "allowed" "binding add port gst0 mac $MAC_X"
	adopt
	suggests "adopted" ""
	ended "allowed" $frame
}

# Twenty of each family, which share the few buckets that there are.
many_addresses()
{
	local i line="binding add port gst0 mac $MAC_G"

	audit <<-E
		port set gst0 role guest mode audit
		binding add port gst0 mac $MAC_G
	E
	for i in {1..20}; do
		probe "IPv4" eth src=$MAC_G / arp op=1 spa=10.0.0.$i tpa=$IP_V
		same "IPv4: counters" gst0:arp:audited "$COUNTED"
		probe "IPv6" eth src=$MAC_G dst=$MAC_V / \
			ip6 src="$(printf 2001:db8::%x $i)" dst=$IP6_V / udp
		same "IPv6: counters" gst0:src-ip:audited "$COUNTED"
	done
	for i in {1..20}; do line+=" ip 10.0.0.$i"; done
	for i in {1..20}; do line+=$(printf ' ip 2001:db8::%x' $i); done
	suggests "all of them" "$line"
	adopt
	suggests "adopted" ""
	for i in 1 20; do
		ended "IPv4" eth src=$MAC_G / arp op=1 spa=10.0.0.$i tpa=$IP_V
		ended "IPv6" eth src=$MAC_G dst=$MAC_V / \
			ip6 src="$(printf 2001:db8::%x $i)" dst=$IP6_V / udp
	done
}

# What is added to a shared binding is shared as well: so it may be bound on another
# port, if it is shared there.
shared_bindings()
{
	local from="eth src=$MAC_G dst=$MAC_R / ip dst=$IP_R"

	audit <<-E
		port set gst0 role guest mode audit
		port set vic0 role guest mode audit
		binding add port gst0 mac $MAC_G ip $IP_G shared
		binding add port vic0 mac $MAC_G ip $IP_G ip $IP_X shared
		binding add port vic0 mac $MAC_V ip $IP_V
	E
	probe "shared" $from src=$IP_X / udp
	same "shared: counters" gst0:src-ip:audited "$COUNTED"
	suggests "shared" "binding add port gst0 mac $MAC_G ip $IP_X"
	probe "nobody's" $from src=198.51.100.10 / udp
	probe "not shared" $from src=$IP_V / udp
	suggests "each" "binding add port gst0 mac $MAC_G ip $IP_X ip 198.51.100.10
# bound on port vic0 already: binding add port gst0 mac $MAC_G ip $IP_V"
	adopt
	same "bound" "binding add port gst0 mac $MAC_G ip $IP_G ip $IP_X ip 198.51.100.10 shared" \
		"$(ctl show binding port gst0 | tr -s ' ')"
	ended "shared" $from src=$IP_X / udp
	ended "nobody's" $from src=198.51.100.10 / udp
}

# It is closed whatever is bound.
on_another_bridge()
{
	audit <<<"port set gst0 bridge br9 role guest mode audit"
	probe "ARP" $ARP
	same "ARP: counters" "gst0:flood:audited gst0:src-mac:audited" "$COUNTED"
	came_to victim || fail "ARP: does not pass"
	suggests "nothing" ""
	expect "this bridge" ctl port set gst0 bridge br0
	suggests "nothing yet" ""
	probe "ARP" $ARP
	suggests "this bridge" "binding add port gst0 mac $MAC_G ip $IP_G"
}

what_no_binding_ends()
{
	local to="eth src=$MAC_X dst=$MAC_V"
	local frame

	audit <<<"port set gst0 role guest mode audit"
	for frame in "$to / llc / raw n=40" \
		     "$to / ip src=127.0.0.1 dst=$IP_V / udp" \
		     "$to / ip src=224.0.0.1 dst=$IP_V / udp" \
		     "$to / ip src=0.0.0.0 dst=$IP_V / udp" \
		     "$to / ip src=$IP_X dst=$IP_V / udp sport=67 dport=68" \
		     "$to / ip6 src=::1 dst=$IP6_V / udp" \
		     "$to / ip6 src=:: dst=$IP6_V / udp" \
		     "$to / ip6 src=$LL_X dst=ff02::1 / ra" \
		     "$to / arp op=1 sha=$MAC_V spa=$IP_X tpa=$IP_V" \
		     "$to / arp op=8 spa=$IP_X tpa=$IP_V"; do
		probe "$frame" $frame
		same "$frame: is audited" audited "${COUNTED##*:}"
	done
	suggests "none" ""
	same "JSON" '{"ports":[],"bindings":[]}' "$(ctl -j suggest)"
}

not_in_enforce_mode()
{
	audit <<<"port set gst0 role guest mode enforce"
	probe "ARP" $ARP
	same "ARP came to" - "$CAME"
	same "ARP: counters" "gst0:flood gst0:src-mac" "$COUNTED"
	suggests "enforced" ""
}

bound_on_another_port()
{
	audit <<-E
		port set gst0 role guest mode audit
		port set vic0 role guest mode audit
		binding add port vic0 mac $MAC_V ip $IP_V
	E
	probe "the victim's address" \
		eth src=$MAC_G dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp
	probe "its own" eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp
	probe "the victim's MAC" \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_X dst=$IP_R / udp
	suggests "not the victim's" "binding add port gst0 mac $MAC_G ip $IP_G
# bound on port vic0 already: binding add port gst0 mac $MAC_G ip $IP_V
# bound on port vic0 already: binding add port gst0 mac $MAC_V ip $IP_X"
	same "JSON" "vic0 $IP_V" "$(ctl -j suggest |
		jq -r '.runtime.conflicts[0] | .["bound-on"] + " " + .ip[0]')"
	adopt
	ended "its own" \
		eth src=$MAC_G dst=$MAC_R / ip src=$IP_G dst=$IP_R / udp
}

wanted_on_two_ports()
{
	audit <<-E
		port set gst0 role guest mode audit
		port set vic0 role guest mode audit
	E
	probe "by the guest" \
		eth src=$MAC_G dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp
	FROM=victim PORT=vic0
	probe "by the victim" \
		eth src=$MAC_V dst=$MAC_R / ip src=$IP_V dst=$IP_R / udp
	FROM=guest PORT=gst0
	suggests "neither" \
"# wanted on port vic0 as well: binding add port gst0 mac $MAC_G ip $IP_V
# wanted on port gst0 as well: binding add port vic0 mac $MAC_V ip $IP_V"
	same "by port" \
"# wanted on port vic0 as well: binding add port gst0 mac $MAC_G ip $IP_V" \
		"$(ctl suggest port gst0)"
	expect "on a bridge of its own" ctl port set vic0 bridge br9
	expect "on another" ctl port set gst0 bridge br0
	suggests "on bridges of their own" \
"binding add port gst0 mac $MAC_G ip $IP_V
binding add port vic0 mac $MAC_V ip $IP_V"
}

ports_without_a_name()
{
	audit <<-E
		bridge set br0 new-port trusted
		port set gst* bridge br0 role guest mode audit link-local any
	E
	probe "from a template" $ARP
	suggests "a template" \
"port set gst0 bridge br0 role guest mode audit link-local any
binding add port gst0 mac $MAC_G ip $IP_G"
	refuse "the template" "stands for many ports" ctl suggest port 'gst*'
	adopt
	suggests "adopted" ""
	ended "ARP" $ARP
	audit <<-E
		bridge set br0 new-port guest mode audit
		port set vic0 role trusted
		port set upl0 role trusted
		port set fen0 role trusted
	E
	probe "from a new port" $ARP
	suggests "a new port" "port set gst0 role guest
binding add port gst0 mac $MAC_G ip $IP_G"
	adopt
	ended "ARP" $ARP
}

flood_of_sources()
{
	audit <<<"port set gst0 role guest mode audit"
	probe "its own" $ARP
	lab macof guest 500
	same "counted" 500 "$(($(count gst0 src-mac audited) - 1))"
	same "bindings" 256 "$(ctl suggest | grep -c ^binding)"
	same "more" \
	     "# port gst0 245 more frames, what they need was not remembered" \
	     "$(ctl suggest | grep ^#)"
	same "JSON" 245 "$(ctl -j suggest | jq .runtime.more[0].frames)"
	ctl suggest | grep -q "mac $MAC_G ip $IP_G" ||
		fail "what came first was forgotten"
	adopt
	same "what is bound makes room, and" \
	     "# port gst0 245 more frames, what they need was not remembered" \
	     "$(ctl suggest)"
	lab macof guest 500
	same "room for those left" 245 "$(ctl suggest | grep -c ^binding)"
	fdb_flush
}

forgotten()
{
	local line="binding add port gst0 mac $MAC_G ip $IP_G"

	audit <<<"port set gst0 role guest mode audit"
	probe "ARP" $ARP
	suggests "seen" "$line"
	ctl show | policy
	suggests "the same configuration" "$line"
	same "another namespace" "" "$(brguardctl -n "$NS-victim" suggest)"
	expect "reset of the port" ctl stats port gst0 reset
	suggests "reset of the port" ""
	probe "ARP" $ARP
	suggests "seen again" "$line"
	reset_counters
	suggests "reset" ""
	probe "ARP" $ARP
	expect "no port" ctl port del gst0
	suggests "no port" ""
	expect "the port again" ctl port set gst0 role guest mode audit
	suggests "the port again" ""
}

# answers ADDRESS: does the victim, asked by the guest's own stack?
answers()
{
	in_ns guest ping -n -c 1 -W 1 "$1"
}

real_stack()
{
	local want="binding add port gst0 mac $MAC_G ip $IP_G"

	audit <<<"port set gst0 role guest mode audit"
	lab_addresses
	busywait 10 answers $IP_V || fail "no answer of $IP_V"
	if [ -d /proc/sys/net/ipv6 ]; then
		busywait 10 answers $IP6_V || fail "no answer of $IP6_V"
		want+=" ip $IP6_G"
	fi
	suggests "a real guest" "$want"
	adopt
	expect "enforce" ctl port set gst0 mode enforce
	reset_counters
	busywait 10 answers $IP_V || fail "no answer of $IP_V, enforced"
	if [ -d /proc/sys/net/ipv6 ]; then
		busywait 10 answers $IP6_V || fail "no answer of $IP6_V, enforced"
	fi
	same "counters" '{}' "$(ctl -j stats port gst0 | jq -c .stats[0].reasons)"
	suggests "nothing" ""
}

run_tests
