#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The configuration: set, change, delete, what is refused, what show prints.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	set_and_delete
	change_a_port
	show_is_apply
	json_is_apply
	apply_is_all_or_nothing
	apply_checks_only
	words_that_are_refused
	requests_that_are_refused
	conflicts
	conflicts_of_prefixes
	conflicts_across_bridges
	shared_bindings
	limits
	precedence_of_names
	template_ports
	order_of_templates
	named_as_a_template
	prefixes_come_and_go
	lengths_of_one_address
	a_shared_one_grows
	first_binding
	bindings_of_a_trusted_port
	nothing_to_judge
	alternative_name
	ifalias
	heir
	displaced
	heir_is_a_bridge
	other_bridge
	other_bridges
	name_of_a_misplaced_port
	many_and_a_few
	one_bucket
	hooks_are_full
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	ns_create host
}

# The topology comes with the first test that needs it.
lab_once()
{
	if ! ip netns list | grep -q "$NS-uplink"; then
		ns_destroy host
		lab_create
	fi
}

fresh()
{
	unguard
}

# shown LINES: what show prints, whatever the order of lines.
shown()
{
	same "$1: show" "$(sort <<<"$2")" "$(ctl show | sort)"
}

has()
{
	ctl show | grep -qxF -- "$2" || fail "$1: no \"$2\" in: $(ctl show)"
}

set_and_delete()
{
	fresh
	same "nothing" "" "$(ctl show)"
	expect "bridge" ctl bridge set br0 new-port guest mode audit
	expect "port" ctl port set tap1 role guest
	expect "binding" ctl binding add port tap1 mac $MAC_G vlan 10 ip $IP_G ip $IP6_G
	ctl show binding | grep -q "tap1.*$MAC_G.*10" || fail "no binding: $(ctl show)"
	expect "more" ctl binding add port tap1 mac $MAC_G vlan 10 ip 198.51.100.0/24
	ctl show binding | grep -q "$IP_G.*198.51.100.0/24\|198.51.100.0/24.*$IP_G" ||
		fail "not both prefixes: $(ctl show)"
	expect "less" ctl binding del port tap1 mac $MAC_G vlan 10 ip $IP_G
	ctl show binding | grep -q "$IP_G" && fail "prefix is still there"
	ctl show binding | grep -q "$IP6_G" || fail "the other prefix is gone, too"
	expect "binding" ctl binding del port tap1 mac $MAC_G vlan 10
	same "bindings" "" "$(ctl show binding)"
	refuse "twice" "no such binding" ctl binding del port tap1 mac $MAC_G vlan 10
	expect "add again" ctl binding add port tap1 mac $MAC_G ip $IP_G
	expect "port" ctl port del tap1
	same "port and bindings" "" "$(ctl show port; ctl show binding)"
	refuse "twice" "no such port" ctl port del tap1
	expect "bridge" ctl bridge del br0
	refuse "twice" "no such bridge" ctl bridge del br0
	same "nothing" "" "$(ctl show)"
}

change_a_port()
{
	fresh
	expect "new" ctl port set tap1 role guest
	expect "change" ctl port set tap1 mode audit link-local any dhcp-server on \
		router on ethertype 0x88cc ethertype 0x8863 bridge br0
	same "all of it" "port set tap1 bridge br0 role guest mode audit link-local any dhcp-server on router on ethertype 0x8863 ethertype 0x88cc" "$(ctl show port | tr -s ' ')"
	expect "one" ctl port set tap1 mode enforce
	ctl show port | grep -q "link-local any" || fail "the rest is lost"
	expect "back" ctl port set tap1 mode inherit link-local eui64 dhcp-server off \
		router off ethertype none bridge any
	same "defaults" "port set tap1 role guest" "$(ctl show port | sed 's/ mode.*//')"
	expect "trusted" ctl port set tap1 role trusted
	has "role" "port set tap1 role trusted"
}

sample()
{
	cat <<-E
		bridge set br0 new-port guest mode enforce
		bridge set br1 new-port trusted mode audit
		port set "a name with blanks" role guest
		port set tap*i* role guest mode audit link-local any
		port set tap1 bridge br0 role guest dhcp-server on ethertype 0x88cc
		port set upl0 role trusted
		binding add port tap1 mac 02:00:00:00:00:01 ip 192.0.2.1 ip 2001:db8::/64
		binding add port tap1 mac 02:00:00:00:00:01 vlan 10 ip 192.0.2.1
		binding add port tap1 mac 02:00:00:00:00:02 shared
		binding add port "a name with blanks" mac 02:00:00:00:00:03 ip fe80::1
	E
}

show_is_apply()
{
	local first

	fresh
	expect "apply" ctl apply - < <(sample)
	first=$(ctl show)
	expect "show | apply" ctl apply - <<<"$first"
	same "text" "$first" "$(ctl show)"
	same "lines" "$(sample | wc -l)" "$(wc -l <<<"$first")"
	fresh
	expect "into nothing" ctl apply - <<<"$first"
	same "text again" "$first" "$(ctl show)"
}

json_is_apply()
{
	local text json pretty

	fresh
	expect "apply" ctl apply - < <(sample)
	text=$(ctl show) json=$(ctl -j show) pretty=$(ctl -j -p show)
	expect "JSON" jq -e '.ports | length == 4' <<<"$json"
	fresh
	expect "JSON into nothing" ctl apply - <<<"$json"
	same "JSON" "$json" "$(ctl -j show)"
	same "text" "$text" "$(ctl show)"
	fresh
	expect "pretty JSON" ctl apply - <<<"$pretty"
	same "pretty JSON" "$pretty" "$(ctl -j -p show)"
}

apply_is_all_or_nothing()
{
	local old

	fresh
	expect "apply" ctl apply - < <(sample)
	old=$(ctl show)
	refuse "word" "stdin>?:2.*gues" ctl apply - <<-E
		port set new role guest
		port set other role gues
	E
	same "after a bad word" "$old" "$(ctl show)"
	refuse "conflict" "stdin>?:4.*192.0.2.7.*another port" ctl apply - <<-E
		port set one role guest
		port set two role guest
		binding add port one mac 02:00:00:00:00:07 ip 192.0.2.7
		binding add port two mac 02:00:00:00:00:08 ip 192.0.2.7
	E
	same "after a conflict" "$old" "$(ctl show)"
	refuse "JSON" "role" ctl apply - <<<'{"ports":[{"name":"x","role":"gues"}]}'
	same "after bad JSON" "$old" "$(ctl show)"
	refuse "no JSON" "." ctl apply - <<<'{"ports":['
	same "after no JSON" "$old" "$(ctl show)"
	refuse "no file" "." ctl apply /nowhere
}

apply_checks_only()
{
	local old

	fresh
	expect "port" ctl port set tap7 role trusted
	old=$(ctl show)
	expect "good" ctl apply -c - < <(sample)
	same "after a good one" "$old" "$(ctl show)"
	refuse "bad" "." ctl apply -c - <<<"binding add port none mac $MAC_G"
	same "after a bad one" "$old" "$(ctl show)"
}

# usage WORDS...: status 2, and the last word is named.
usage()
{
	local out status

	out=$(ctl "$@" 2>&1)
	status=$?
	[[ $status == [12] ]] || fail "$*: status $status"
	[[ $out == *"${!#}"* ]] || fail "$*: \"${!#}\" is not in \"$out\""
}

words_that_are_refused()
{
	local old

	fresh
	expect "port" ctl port set tap1 role guest
	old=$(ctl show)
	usage nonsense
	usage port nonsense
	usage port set tap1 nonsense
	usage port set tap1 role nonsense
	usage port set tap1 mode nonsense
	usage port set tap1 link-local nonsense
	usage port set tap1 router nonsense
	usage port set tap1 ethertype 0x05ff
	usage port set tap1 ethertype 0x10000
	usage bridge set a-name-that-is-too-long
	usage bridge set br0 new-port nonsense
	usage bridge set br0 mode inherit
	usage binding add port tap1 mac 02:00:00:00:00
	usage binding add port tap1 mac 02:00:00:00:00:0g
	usage binding add port tap1 mac 01:00:5e:00:00:01
	usage binding add port tap1 mac 00:00:00:00:00:00
	usage binding add port tap1 mac $MAC_G vlan 4095
	usage binding add port tap1 mac $MAC_G vlan -1
	usage binding add port tap1 mac $MAC_G ip 192.0.2
	usage binding add port tap1 mac $MAC_G ip 192.0.2.1/33
	usage binding add port tap1 mac $MAC_G ip 2001:db8::/129
	usage binding add port tap1 mac $MAC_G ip 192.0.2.1/24
	usage binding add port tap1 mac $MAC_G ip 192.0.2.1 nonsense
	usage stats port tap1 nonsense
	usage monitor nonsense
	same "after all of them" "$old" "$(ctl show)"
}

requests_that_are_refused()
{
	local old

	fresh
	expect "port" ctl port set tap1 role guest
	expect "binding" ctl binding add port tap1 mac $MAC_G ip $IP_G
	old=$(ctl show)
	refuse "no role" "a new port needs a role" ctl port set tap2 mode audit
	refuse "no port" "no such port" ctl binding add port tap2 mac $MAC_G
	refuse "nothing new" "exists" ctl binding add port tap1 mac $MAC_G ip $IP_G
	refuse "no such prefix" "no such IP" \
		ctl binding del port tap1 mac $MAC_G ip $IP_V
	refuse "no such VLAN" "no such binding" \
		ctl binding del port tap1 mac $MAC_G vlan 5
	refuse "IPv4 EtherType" "0x0800.*cannot be allowed" \
		ctl port set tap1 ethertype 0x0800
	refuse "tag" "0x8100.*cannot be allowed" ctl port set tap1 ethertype 0x8100
	refuse "multicast" "224.0.0.1" \
		ctl binding add port tap1 mac $MAC_G ip 224.0.0.1
	refuse "loopback" "127.0.0.1" ctl binding add port tap1 mac $MAC_G ip 127.0.0.1
	refuse "loopback" "::1" ctl binding add port tap1 mac $MAC_G ip ::1
	refuse "mapped" "::ffff:192.0.2.1" \
		ctl binding add port tap1 mac $MAC_G ip ::ffff:192.0.2.1
	refuse "statistics" "no such port" ctl stats port tap2
	same "after all of them" "$old" "$(ctl show)"
}

conflicts()
{
	fresh
	expect "one" ctl port set tap1 role guest
	expect "two" ctl port set tap2 role guest
	expect "one" ctl binding add port tap1 mac $MAC_G ip $IP_G ip $IP6_G
	refuse "MAC" "$MAC_G.*MAC is bound on another port" \
		ctl binding add port tap2 mac $MAC_G
	refuse "IPv4" "$IP_G.*IP is bound on another port" \
		ctl binding add port tap2 mac $MAC_V ip $IP_G
	refuse "IPv6" "$IP6_G.*IP is bound on another port" \
		ctl binding add port tap2 mac $MAC_V ip $IP6_G
	refuse "one of two" "$IP_G.*IP is bound on another port" \
		ctl binding add port tap2 mac $MAC_V ip $IP_V ip $IP_G
	same "nothing of it stays" "" "$(ctl show binding port tap2)"
	expect "another VLAN" ctl binding add port tap2 mac $MAC_G vlan 10 ip $IP_G
	expect "other addresses" ctl binding add port tap2 mac $MAC_V ip $IP_V
	expect "gone" ctl binding del port tap1 mac $MAC_G
	expect "free now" ctl binding add port tap2 mac $MAC_V ip $IP_G
}

conflicts_of_prefixes()
{
	fresh
	expect "one" ctl port set tap1 role guest
	expect "two" ctl port set tap2 role guest
	expect "a prefix" ctl binding add port tap1 mac $MAC_G ip 192.0.2.0/28 ip 2001:db8::/64
	refuse "inside" "192.0.2.5.*another port" \
		ctl binding add port tap2 mac $MAC_V ip 192.0.2.5
	refuse "around" "192.0.2.0/24.*another port" \
		ctl binding add port tap2 mac $MAC_V ip 192.0.2.0/24
	refuse "everything" "0.0.0.0/0.*another port" \
		ctl binding add port tap2 mac $MAC_V ip 0.0.0.0/0
	refuse "inside, IPv6" "another port" \
		ctl binding add port tap2 mac $MAC_V ip 2001:db8::ffff
	refuse "around, IPv6" "another port" \
		ctl binding add port tap2 mac $MAC_V ip 2001:db8::/32
	expect "beside" ctl binding add port tap2 mac $MAC_V ip 192.0.2.16/28 ip 2001:db8:0:1::/64
}

conflicts_across_bridges()
{
	fresh
	expect "one" ctl port set tap1 bridge br0 role guest
	expect "two" ctl port set tap2 bridge br1 role guest
	expect "three" ctl port set tap3 role guest
	expect "on br0" ctl binding add port tap1 mac $MAC_G ip $IP_G
	expect "on br1" ctl binding add port tap2 mac $MAC_G ip $IP_G
	refuse "on any" "another port" ctl binding add port tap3 mac $MAC_V ip $IP_G
	refuse "move" "another port" ctl port set tap2 bridge br0
	refuse "move to any" "another port" ctl port set tap2 bridge any
	ctl show port | grep -q "tap2 bridge br1" || fail "it moved all the same"
	expect "gone" ctl binding del port tap1 mac $MAC_G
	expect "move" ctl port set tap2 bridge br0
}

shared_bindings()
{
	fresh
	expect "one" ctl port set tap1 role guest
	expect "two" ctl port set tap2 role guest
	expect "one" ctl binding add port tap1 mac $MAC_G ip $IP_G shared
	refuse "not shared here" "another port" ctl binding add port tap2 mac $MAC_G ip $IP_G
	expect "shared here" ctl binding add port tap2 mac $MAC_G ip $IP_G shared
	expect "not shared" ctl binding add port tap1 mac $MAC_V ip $IP_V
	refuse "not shared there" "another port" \
		ctl binding add port tap2 mac $MAC_V ip $IP_V shared
}

many_prefixes()
{
	local i

	for ((i = 0; i < $1; i++)); do
		echo "ip 10.0.$((i / 256)).$((i % 256))"
	done
}

limits()
{
	local name n words=""

	fresh
	printf -v name '%127s' ""
	expect "longest name" ctl port set "${name// /x}" role guest
	refuse "too long" "127" ctl port set "${name// /x}x" role guest
	expect "port" ctl port set tap1 role guest
	for n in 1 2 3 4 5 6 7 8; do
		words="$words ethertype 0x900$n"
	done
	expect "8 EtherTypes" ctl port set tap1 $words
	refuse "9 EtherTypes" "8" ctl port set tap1 $words ethertype 0x9009
	words=$(many_prefixes 256)
	expect "256 prefixes" ctl binding add port tap1 mac $MAC_G $words
	refuse "one more" "too many prefixes" ctl binding add port tap1 mac $MAC_G ip $IP_G
	words=""
	for n in {8..23}; do
		words="$words ip 32.0.0.0/$n"
	done
	expect "port" ctl port set tap2 role guest
	expect "16 lengths" ctl binding add port tap2 mac $MAC_V $words
	refuse "17 lengths" "too many.*prefix lengths" \
		ctl binding add port tap2 mac $MAC_V ip 32.0.0.0/24
	expect "VLAN 4094" ctl binding add port tap2 mac $MAC_V vlan 4094
}

SPOOF="eth src=$MAC_G / arp op=1 spa=$IP_R tpa=$IP_V"
OWN="eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V"

# guarded_as NAME: the guest's device is guarded by the port of that name.
guarded_as()
{
	PORT=$1
	pass "$1: own ARP" "victim uplink host" $OWN
	drop "$1: spoofed ARP" arp $SPOOF
	PORT=gst0
}

unguarded()
{
	pass "$1: own ARP" "victim uplink host" $OWN
	pass "$1: spoofed ARP" "victim uplink host" $SPOOF
}

bound()
{
	echo "port set $1 role guest ${2-}"
	echo "binding add port $1 mac $MAC_G ip $IP_G"
}

precedence_of_names()
{
	lab_once
	policy < <(bound gst0; echo "port set gst* role trusted"
		echo "bridge set br0 new-port trusted")
	introduce
	guarded_as gst0
	policy < <(echo "port set gst0 role trusted"; echo "port set gst* role guest")
	unguarded "trusted by its name"
}

# nothing_passes WORDS: a guest without bindings; the fence counts, too.
nothing_passes()
{
	probe "$1: own ARP" $OWN
	same "$1: came to" - "$CAME"
	same "$1: counters" "gst0:flood gst0:src-mac" "$COUNTED"
}

template_ports()
{
	lab_once
	policy <<<"port set gs?0 role guest"
	nothing_passes "template"
	policy < <(echo "port set gst[0-9] role guest"; echo "port set g* role trusted")
	nothing_passes "the longest template"
	policy <<<"port set gst[1-9] role guest"
	unguarded "a template that does not match"
}

# Whichever comes first by its name.
order_of_templates()
{
	lab_once
	policy < <(echo "port set [g]st? role guest"; echo "port set gs* role trusted")
	nothing_passes "the longer one, first by its name"
	policy < <(echo "port set [g]st? role trusted"; echo "port set gs* role guest")
	unguarded "trusted by the longer one"
	policy < <(echo "port set [g]* role guest"; echo "port set gst? role trusted")
	nothing_passes "of one length the first by its name"
	policy < <(echo "port set [g]* role trusted"; echo "port set gst? role guest")
	unguarded "trusted by the first by its name"
}

# A device may be called as a template is: that is no port of its own.
named_as_a_template()
{
	lab_once
	policy < <(echo "port set gst* role guest"; bound gst0
		echo "bridge set br0 new-port trusted")
	expect "device" ip -n "$HOST" link add 'gst*' type dummy
	expect "device" ip -n "$HOST" link set 'gst*' master br0
	same "port of the template" null "$(ctl -d -j port show 'gst*' |
		jq -c '.ports[0].runtime.device')"
	explained "closed" "1 drop src-mac" in 'gst*' $OWN
	guarded_as gst0
	ip -n "$HOST" link del 'gst*'
	same "port of the template" 1 "$(ctl show port | grep -c 'gst\*')"
	guarded_as gst0
}

# may ADDRESS...: frames of the guest with these pass.
may()
{
	local ip

	for ip; do
		case $ip in
		*:*) pass "$ip" victim \
			eth src=$MAC_G dst=$MAC_V / ip6 src=$ip dst=$IP6_V / udp ;;
		*) pass "$ip" "victim uplink host" \
			eth src=$MAC_G / arp op=1 spa=$ip tpa=$IP_V ;;
		esac
	done
}

# may_not ADDRESS...: and with these they do not.
may_not()
{
	local ip

	for ip; do
		case $ip in
		*:*) drop "$ip" src-ip \
			eth src=$MAC_G dst=$MAC_V / ip6 src=$ip dst=$IP6_V / udp ;;
		*) drop "$ip" arp eth src=$MAC_G / arp op=1 spa=$ip tpa=$IP_V ;;
		esac
	done
}

# ours WORDS: what the binding of the guest is to say.
ours()
{
	same "show" "binding add port gst0 mac $MAC_G $1" \
		"$(ctl show binding port gst0 | tr -s ' ' | sed 's/ $//')"
}

# add|del WORDS: of the guest's binding.
add()
{
	expect "add $*" ctl binding add port gst0 mac $MAC_G "$@"
}

del()
{
	expect "del $*" ctl binding del port gst0 mac $MAC_G "$@"
}

# Of a binding that frames are held against: what is there already is no obstacle
# beside what is new, and each goes alone.
prefixes_come_and_go()
{
	local a=198.51.100.1 b=198.51.100.2 six=2001:db8:1::/64 seven=2001:db8:2::/64

	lab_once
	policy < <(bound gst0)
	introduce
	add ip $a
	may $IP_G $a
	may_not $b
	add ip $a ip $b
	ours "ip $IP_G ip $a ip $b"
	may $a $b
	add ip $seven ip $six
	add ip $six ip 2001:db8:2::7 ip $b ip 198.51.100.3
	ours "ip $IP_G ip $a ip $b ip 198.51.100.3 ip $six ip $seven ip 2001:db8:2::7"
	may 198.51.100.3 2001:db8:1::9 2001:db8:2::9 2001:db8:2::7
	refuse "nothing new" "exists" \
		ctl binding add port gst0 mac $MAC_G ip $six ip $b ip $seven
	refuse "no such length" "2001:db8:2::/65.*no such IP" \
		ctl binding del port gst0 mac $MAC_G ip 2001:db8:2::/65
	refuse "one that is not there" "2001:db8:3::/64.*no such IP" \
		ctl binding del port gst0 mac $MAC_G ip $six ip 2001:db8:3::/64
	may 2001:db8:1::9
	del ip $seven
	ours "ip $IP_G ip $a ip $b ip 198.51.100.3 ip $six ip 2001:db8:2::7"
	may 2001:db8:1::9 2001:db8:2::7
	may_not 2001:db8:2::9
	del ip 2001:db8:2::7 ip $a
	ours "ip $IP_G ip $b ip 198.51.100.3 ip $six"
	may $b 2001:db8:1::9
	may_not $a 2001:db8:2::7
	del ip $six
	may_not 2001:db8:1::9
	may $IP_G $b
}

# Prefixes of the same address, one inside of the other, in either order.
lengths_of_one_address()
{
	local order of="binding port gst0 mac $MAC_G ip"
	local ends4="ip 10.0.0.0/8 ip 10.0.0.0/16" ends6="ip 2001:db8::/32 ip 2001:db8::/48"

	lab_once
	for order in "10.0.0.0/16 10.0.0.0/8 2001:db8::/48 2001:db8::/32" \
		     "10.0.0.0/8 10.0.0.0/16 2001:db8::/32 2001:db8::/48"; do
		set -- $order
		policy < <(bound gst0)
		introduce
		may_not 10.0.1.1 10.1.1.1 2001:db8:0:1::1 2001:db8:1::1
		add ip $1
		add ip $2
		add ip $3 ip $4
		ours "$ends4 ip $IP_G $ends6"
		may 10.0.1.1 10.1.1.1 2001:db8:0:1::1 2001:db8:1::1
		may_not 11.0.0.1 2001:db9::1
		explained "/16" "1 pass pass $of 10.0.0.0/16" in gst0 \
			eth src=$MAC_G dst=$MAC_V / ip src=10.0.1.1 dst=$IP_V / udp
		explained "/8" "1 pass pass $of 10.0.0.0/8" in gst0 \
			eth src=$MAC_G dst=$MAC_V / ip src=10.1.1.1 dst=$IP_V / udp
		explained "/48" "1 pass pass $of 2001:db8::/48" in gst0 \
			eth src=$MAC_G dst=$MAC_V / ip6 src=2001:db8:0:1::1 dst=$IP6_V / udp
		explained "/32" "1 pass pass $of 2001:db8::/32" out gst0 \
			eth src=$MAC_V dst=$MAC_G / ip6 src=$IP6_V dst=2001:db8:1::1 / udp
		del ip $1 ip $3
		ours "ip $2 ip $IP_G ip $4"
	done
	may 10.0.1.1 2001:db8::1
	del ip $2 ip $4
	ours "ip $IP_G"
	may_not 10.0.1.1 2001:db8::1
}

# An ADD that does not say "shared" leaves a binding as it is.
a_shared_one_grows()
{
	lab_once
	policy <<-E
		port set gst0 role guest
		port set tap2 role guest
		binding add port gst0 mac $MAC_G ip $IP_G shared
		binding add port tap2 mac $MAC_G ip $IP_G shared
	E
	introduce
	may_not $IP_X
	refuse "nothing new" "exists" ctl binding add port gst0 mac $MAC_G ip $IP_G
	add ip $IP_X
	ours "ip $IP_G ip $IP_X shared"
	may $IP_X $IP_G
	refuse "one that is not shared" "another port" \
		ctl binding add port tap2 mac $MAC_V ip $IP_X
	expect "the other" ctl binding add port tap2 mac $MAC_G ip $IP_X
	same "the other" "binding add port tap2 mac $MAC_G ip $IP_G ip $IP_X shared" \
		"$(ctl show binding port tap2 | tr -s ' ')"
	del ip $IP_G
	ours "ip $IP_X shared"
	may_not $IP_G
}

# To a guest that nothing passes of, in a namespace where nothing was ever bound.
first_binding()
{
	local claim="eth src=$MAC_R / arp op=2 spa=$IP_G tpa=$IP_V"

	lab_once
	expect "unload" rmmod brguard
	expect "load" modprobe brguard
	expect "bridge" ctl bridge set br0 new-port trusted
	expect "guest" ctl port set gst0 role guest
	nothing_passes "no binding"
	FROM=uplink
	probe "nobody's address" $claim
	came_to victim host || fail "nobody's address: came to \"$CAME\""
	same "nobody's address: counters" "gst0:flood*2" "$COUNTED"
	FROM=guest
	add ip $IP_G
	guarded_as gst0
	FROM=uplink PORT=upl0
	drop "the guest's address" claim $claim
	FROM=guest PORT=gst0
	del
	nothing_passes "no binding any more"
	FROM=uplink
	probe "nobody's address any more" $claim
	came_to victim host || fail "nobody's address any more: came to \"$CAME\""
	FROM=guest
}

# They are nobody's as long as the port is trusted, and hold when it becomes a
# guest's. With "others", there is somebody else who has a binding.
bindings_of_a_trusted_port()
{
	local others
	local alone="eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V"
	local claim="eth src=$MAC_X / arp op=1 spa=$IP_R tpa=$IP_V"

	lab_once
	for others in "" others; do
		policy < <(echo "bridge set br0 new-port trusted"
			echo "port set upl0 role trusted"
			[ -z "$others" ] || bound gst0)
		expect "binding" ctl binding add port upl0 mac $MAC_R ip $IP_R
		expect "more" ctl binding add port upl0 mac $MAC_R ip $IP_X
		same "show" "binding add port upl0 mac $MAC_R ip $IP_R ip $IP_X" \
			"$(ctl show binding port upl0 | tr -s ' ')"
		FROM=uplink PORT=upl0
		pass "$others its own" "victim host" $alone
		pass "$others another MAC" "victim host" $claim
		FROM=victim
		pass "$others to another MAC" uplink \
			eth src=$MAC_V dst=$MAC_X / ip src=$IP_V dst=$IP_V / udp
		pass "$others from elsewhere" "uplink host" $claim
		fdb_flush
		FROM=uplink
		expect "guest" ctl port set upl0 role guest
		pass "$others its own, a guest" "victim host" $alone
		drop "$others another MAC, a guest" src-mac $claim
		FROM=victim PORT=vic0
		drop "$others from elsewhere, a guest" claim $claim
		expect "trusted" ctl port set upl0 role trusted
		pass "$others trusted again" "uplink host" $claim
		fdb_flush
		expect "less" ctl binding del port upl0 mac $MAC_R ip $IP_R
		expect "none" ctl binding del port upl0 mac $MAC_R
		same "show" "" "$(ctl show binding port upl0)"
		pass "$others nothing bound" "uplink host" $claim
		fdb_flush
		FROM=guest PORT=gst0
		if [ -n "$others" ]; then
			guarded_as gst0
		else
			unguarded
		fi
	done
}

# A local port that is configured, of a bridge that counts no answers and has no guest.
nothing_to_judge()
{
	local many i

	lab_once
	policy <<-E
		bridge set br0 new-port trusted answers drop answers-max 1 answers-own off
		port set br0 role trusted
	E
	FROM=uplink PORT=upl0
	for i in 1 2; do
		many="eth src=$MAC_R / arp op=2 spa=203.0.113.$i tpa=$IP_V"
		[ $i = 1 ] && pass "one address" "victim host" $many
	done
	drop "two addresses" answers-for-all $many
	expect "any number" ctl bridge set br0 answers-max 0
	for i in 2 3 4; do
		pass "any number" "victim host" eth src=$MAC_R / arp op=2 spa=203.0.113.$i tpa=$IP_V
	done
	FROM=host PORT=br0
	pass "from the host" "victim uplink" eth src=$MAC_H / arp op=1 spa=$IP_H tpa=$IP_V
	FROM=guest PORT=gst0
	same "counters" 0 "$(ctl -j stats port br0 | jq '.stats[0].events')"
	expect "a guest" ctl port set gst0 role guest
	add ip $IP_G
	guarded_as gst0
}

alternative_name()
{
	lab_once
	policy < <(bound a-long-alternative-name)
	unguarded "without the name"
	ip -n "$HOST" link property add dev gst0 altname a-long-alternative-name
	if ! busywait 3 attached a-long-alternative-name; then
		# no notifier tells of it: whatever comes next does
		note "an altname counts from the next change on"
		policy < <(bound a-long-alternative-name)
	fi
	guarded_as a-long-alternative-name
	ip -n "$HOST" link property del dev gst0 altname a-long-alternative-name
}

attached()
{
	ctl -d -j port show "$1" | grep -q '"gst0"'
}

ifalias()
{
	lab_once
	policy < <(bound the-guest)
	unguarded "without the alias"
	ip -n "$HOST" link set gst0 alias the-guest
	if ! busywait 3 attached the-guest; then
		note "an ifalias counts from the next change on"
		policy < <(bound the-guest)
	fi
	guarded_as the-guest
	ip -n "$HOST" link set gst0 down
	ip -n "$HOST" link set gst0 up
	busywait 5 all_forwarding
	guarded_as the-guest
	ip -n "$HOST" link set gst0 alias another-guest
	ctl port set the-guest mode enforce	# no notifier tells of the alias
	unguarded "with an alias that is no port's"
	ip -n "$HOST" link set gst0 alias ""
}

# Two devices of one guest that is started again: the second one inherits.
heir()
{
	lab_once
	policy < <(bound the-guest)
	ip -n "$HOST" link add old0 type dummy
	ip -n "$HOST" link set old0 alias the-guest
	expect "the first" ip -n "$HOST" link set old0 master br0
	ip -n "$HOST" link set gst0 alias the-guest
	unguarded "while another has its alias"
	ip -n "$HOST" link set old0 nomaster
	guarded_as the-guest
	ip -n "$HOST" link set gst0 alias ""
	policy < <(bound the-guest)
	expect "the first again" ip -n "$HOST" link set old0 master br0
	ip -n "$HOST" link set gst0 alias the-guest
	unguarded "while another has its alias again"
	ip -n "$HOST" link del old0
	guarded_as the-guest
	ip -n "$HOST" link add the-guest type dummy
	policy < <(bound the-guest)
	unguarded "while another has its name"
	ip -n "$HOST" link del the-guest
	guarded_as the-guest
	ip -n "$HOST" link set gst0 alias ""
}

# A device that bears the name takes the port from one that has it as its ifalias.
displaced()
{
	lab_once
	ip -n "$HOST" link set gst0 alias the-guest
	policy < <(bound the-guest)
	guarded_as the-guest
	ip -n "$HOST" link add the-guest type dummy
	expect "it joins" ip -n "$HOST" link set the-guest master br0
	attached_to the-guest the-guest || fail "the port stays with gst0"
	unguarded "another has its name"
	explained "that other" "1 drop arp binding port the-guest mac $MAC_G" in the-guest $SPOOF
	ip -n "$HOST" link set the-guest nomaster
	unguarded "its name is still another's"
	ip -n "$HOST" link del the-guest
	attached_to the-guest gst0 || fail "the port does not come back"
	guarded_as the-guest
	name_in_a_vrf
	ip -n "$HOST" link set gst0 alias ""
}

# Who bears the name is a port, but not of a bridge: there is nothing to guard.
name_in_a_vrf()
{
	if ! ip -n "$HOST" link add vrf0 type vrf table 77 2>/dev/null; then
		note "no VRF"
		return
	fi
	ip -n "$HOST" link add the-guest type dummy
	ip -n "$HOST" link set the-guest master vrf0
	ip -n "$HOST" link set gst0 nomaster
	attached_to the-guest the-guest && fail "a port of a VRF is guarded"
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	unguarded "a port of a VRF has its name"
	ip -n "$HOST" link del the-guest
	ip -n "$HOST" link del vrf0
	guarded_as the-guest
}

# attached_to PORT DEVICE
attached_to()
{
	[ "$(ctl -d -j port show "$1" | jq -r '.ports[0].runtime.device')" = "$2" ]
}

# With the port's name as its ifalias, it is the port's device.
heir_is_a_bridge()
{
	lab_once
	ip -n "$HOST" link add br1 type bridge
	ip -n "$HOST" link set gst0 alias the-guest
	policy < <(bound the-guest)
	guarded_as the-guest
	ip -n "$HOST" link set br1 alias the-guest
	guarded_as the-guest
	ip -n "$HOST" link set gst0 nomaster
	attached_to the-guest br1 || fail "the bridge does not inherit it"
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	unguarded "while a bridge has its alias"
	ip -n "$HOST" link del br1
	attached_to the-guest gst0 || fail "the port does not come back"
	guarded_as the-guest
	ip -n "$HOST" link set gst0 nomaster
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	guarded_as the-guest
	ip -n "$HOST" link set gst0 alias ""
}

# Its policy names another bridge: nothing passes.
other_bridge()
{
	lab_once
	policy < <(bound gst0 "bridge br9")
	probe "own ARP" $OWN
	same "came to" - "$CAME"
	policy < <(bound gst0 "bridge br0")
	guarded_as gst0
	policy <<<"port set gst0 bridge br9 role trusted"
	unguarded "trusted elsewhere"
}

# closed_as PORT: nothing passes, and it is counted there; the fence is flood.
closed_as()
{
	lab probe guest $OWN
	IFS=';' read -r CAME _ COUNTED _ <<<"$ANSWER"
	same "$1: own ARP: came to" - "$CAME"
	same "$1: own ARP: counters" "$1:flood $1:src-mac" "$COUNTED"
}

# Two ports, one alias after the other, and neither is for this bridge.
other_bridges()
{
	lab_once
	ip -n "$HOST" link set gst0 alias one
	policy < <(bound one "bridge br8"; echo "port set two bridge br9 role guest")
	closed_as one
	ip -n "$HOST" link set gst0 alias two
	expect "whatever comes next" ctl port set one link-local any
	closed_as two
	expect "this bridge" ctl port set one bridge br0
	ip -n "$HOST" link set gst0 alias one
	expect "whatever comes next" ctl port set two mode enforce
	guarded_as one
	ip -n "$HOST" link set gst0 alias ""
}

# A port for another bridge, by the ifalias: events and explanations have the name that
# the statistics have.
name_of_a_misplaced_port()
{
	lab_once
	ip -n "$HOST" link set gst0 alias one
	policy < <(bound one "bridge br8"; echo "bridge set br0 new-port trusted")
	monitor violation
	lab probe guest $OWN
	same "counters" "one:flood one:src-mac" "$(cut -d ';' -f 3 <<<"$ANSWER")"
	wait_for "event" '.event == "violation" and .reason == "src-mac"'
	same "event" one "$(jq -r 'select(.reason == "src-mac") | .port' "$LOG" | sort -u)"
	monitor_stop
	probe "explained" $OWN
	ip -n "$HOST" link set gst0 alias ""
}

# So many IPv4 prefixes that they are looked up in another way than the few of IPv6.
many_and_a_few()
{
	local to="eth src=$MAC_R dst=$MAC_G" few

	lab_once
	policy < <(bound gst0)
	introduce
	few=$(printf 'ip 10.0.0.%d ' {1..20})
	add $few ip $IP6_G ip 2001:db8:7::/64
	may $IP_G 10.0.0.1 10.0.0.20 $IP6_G 2001:db8:7::9
	may_not 10.0.0.21 2001:db8:8::9
	pass "its link-local address" victim \
		eth src=$MAC_G dst=$MAC_V / ip6 src=$LL_G dst=$LL_V / udp
	FROM=uplink
	pass "IPv4" guest $to / ip src=$IP_R dst=10.0.0.20 / udp
	pass "IPv6" guest $to / ip6 src=$IP6_R dst=$IP6_G / udp
	pass "a prefix of IPv6" guest $to / ip6 src=$IP6_R dst=2001:db8:7::9 / udp
	pass "group, IPv6" "guest victim" eth src=$MAC_R dst=33:33:00:00:00:01 / \
		ip6 src=$LL_R dst=ff02::1 / udp
	pass "group, IPv4" "guest victim" eth src=$MAC_R dst=01:00:5e:00:00:fb / \
		ip src=$IP_R dst=224.0.0.251 / udp
	drop "another IPv4 address" dst-ip $to / ip src=$IP_R dst=10.0.0.21 / udp
	drop "another IPv6 address" dst-ip $to / ip6 src=$IP6_R dst=2001:db8:8::9 / udp
	FROM=guest
}

# Two devices that are kept in one place are two all the same.
one_bucket()
{
	local hash=0x61C88647 other=100001 i mac

	lab_once
	# The bucket is the upper ten bits, see hash_32().
	while (((other * hash & 0xffffffff) >> 22 != (100000 * hash & 0xffffffff) >> 22)); do
		other=$((other + 1))
	done
	policy < <(echo "bridge set br0 new-port guest"
		for i in 0 1; do
			echo "port set meet$i role guest"
			echo "binding add port meet$i mac 02:00:00:00:04:0$i ip 10.4.0.$i"
		done)
	ip -n "$HOST" link add meet0 index 100000 type dummy
	ip -n "$HOST" link add meet1 index $other type dummy
	for i in 0 1; do
		ip -n "$HOST" link set meet$i master br0 up
	done
	for i in 0 1; do
		attached_to meet$i meet$i || fail "meet$i has no device"
		mac=02:00:00:00:04:0$i
		explained "meet$i" "1 pass pass binding port meet$i mac $mac ip 10.4.0.$i" \
			in meet$i eth src=$mac / ip src=10.4.0.$i / udp
		explained "meet$i, the other's" "1 drop src-mac" \
			in meet$((!i)) eth src=$mac / ip src=10.4.0.$i / udp
	done
	ip -n "$HOST" link del meet1
	attached_to meet0 meet0 || fail "meet0 has gone, too"
	explained "the last" "1 drop src-mac" in meet0 eth src=$MAC_X / ip src=$IP_X / udp
	ip -n "$HOST" link del meet0
}

# Netfilter has room for 1,024 hooks in one place.
hooks_are_full()
{
	local i old

	lab_once
	policy <<<"bridge set br0 new-port trusted answers-max 0 answers-own off"
	old=$(ctl show)
	{
		echo "table bridge full {"
		for ((i = 0; i < 1024; i++)); do
			echo "chain c$i { type filter hook prerouting priority $i; }"
		done
		echo "}"
	} | in_ns host nft -f - || fail "the chains cannot be made"
	refuse "port" "devices cannot follow the change" ctl port set gst0 role guest
	same "show" "$old" "$(ctl show)"
	refuse "configuration" "devices cannot follow the change" \
		ctl apply - < <(bound gst0)
	same "show" "$old" "$(ctl show)"
	unguarded "refused"
	in_ns host nft delete chain bridge full c7
	expect "apply" ctl apply - < <(bound gst0)
	introduce
	guarded_as gst0
	in_ns host nft delete table bridge full
}

run_tests
