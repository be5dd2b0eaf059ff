#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# POLICY step 11: what is bound on one port is claimed by another, or the host.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_uplink
	attacks_disguised
	attacks_unnamed
	attacks_host
	attacks_prefix
	attacks_reflected
	what_is_nobodys
	redirected_to_another_guest
	tagged
	settings
	audit
	shared
	bindings_come_and_go
	devices_come_and_go
	many_bindings
	many_macs
	vlan_filtering
	ports_without_a_pvid
	event
	link_local_setting
	questions
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	lab_create
}

tear_down()
{
	monitor_stop
}

# The uplink is named, the fence is not; the victim is not under guard.
guard()
{
	policy <<-E
		bridge set br0 new-port trusted answers-own off
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G ${MORE-}
		port set upl0 role trusted
	E
}

# claims MAC DST: every way for MAC to say that it has what is the guest's.
claims()
{
	local mac=$1 dst=$2 to=ff02::1

	attack "ARP reply" claim eth src=$mac dst=$dst / arp op=2 spa=$IP_G tpa=$IP_V
	attack "ARP request" claim eth src=$mac dst=$dst / arp op=1 spa=$IP_G tpa=$IP_V
	attack "ARP announcement" claim eth src=$mac dst=$dst / arp op=1 spa=$IP_G tpa=$IP_G
	attack "its MAC in ARP" claim \
		eth src=$mac dst=$dst / arp op=2 sha=$MAC_G spa=$IP_X tpa=$IP_V
	attack "advertisement" claim eth src=$mac dst=$dst / \
		ip6 src=$LL_R dst=$to / na target=$IP6_G opt=2:$mac
	attack "advertisement of its link-local address" claim eth src=$mac dst=$dst / \
		ip6 src=$LL_R dst=$to / na target=$LL_G opt=2:$mac
	attack "solicitation" claim eth src=$mac dst=$dst / \
		ip6 src=$IP6_G dst=$to / ns target=$IP6_V opt=1:$mac
	attack "router solicitation" claim eth src=$mac dst=$dst / \
		ip6 src=$LL_G dst=ff02::2 / rs opt=1:$mac
	attack "router advertisement" claim eth src=$mac dst=$dst / \
		ip6 src=$LL_G dst=$to / ra opt=1:$mac
	attack "its MAC in a solicitation" claim eth src=$mac dst=$dst / \
		ip6 src=$LL_R dst=$to / ns target=$IP6_V opt=1:$MAC_G
}

# What is nobody's, and what claims nothing.
fair()
{
	local mac=$1 dst=$2 ends=$3

	pass "its own ARP" "$ends" eth src=$mac dst=$dst / arp op=1 spa=$IP_R tpa=$IP_G
	pass "ARP probe" "$ends" eth src=$mac dst=$dst / arp op=1 spa=0.0.0.0 tpa=$IP_G
	pass "advertisement" "$ends" eth src=$mac dst=$dst / \
		ip6 src=$LL_R dst=ff02::1 / na target=$IP6_R opt=2:$mac
	pass "solicitation" "$ends" eth src=$mac dst=$dst / \
		ip6 src=$IP6_R dst=ff02::1 / ns target=$IP6_G opt=1:$mac
	pass "IPv4 with its address" "$ends" eth src=$mac dst=$dst / ip src=$IP_G / udp / raw 00
	pass "IPv6 with its address" "$ends" eth src=$mac dst=$dst / \
		ip6 src=$IP6_G dst=ff02::1 / udp / raw 00
}

attacks_uplink()
{
	FROM=uplink PORT=upl0
	poison "its MAC, IPv4" claim \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_R dst=$IP_V / udp / raw 00
	introduce
	poison "its MAC, IPv6" claim \
		eth src=$MAC_G dst=$MAC_V / ip6 src=$IP6_R dst=$IP6_V / udp / raw 00
	introduce
	poison "its MAC, any EtherType" claim eth src=$MAC_G type=0x9000 / raw n=46
	introduce
	poison "its MAC, tagged" claim \
		eth src=$MAC_G / vlan id=10 / arp op=1 spa=$IP_X tpa=$IP_V
	introduce
	poison "its MAC, 802.3" claim eth src=$MAC_G / llc / snap / raw n=46
	introduce
	claims $MAC_R bc
	claims $MAC_R $MAC_V
	[ $PHASE = open ] || fair $MAC_R bc "guest victim host"
	[ $PHASE = open ] || fair $MAC_R $MAC_V victim
	FROM=guest PORT=gst0
}

# What hosts hear all the same.
attacks_disguised()
{
	local arp="/ arp op=2 spa=$IP_G tpa=$IP_V" zero="/ vlan id=0"
	local na="/ na target=$IP6_G opt=2:$MAC_R" to=ff02::1
	local nonce="opt=14:1:010203040506" options='' nonces='' redirect i

	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
		options="$options / dstopt"
		nonces="$nonces $nonce $nonce $nonce $nonce"
	done
	redirect="ip6 src=$LL_R dst=$IP6_V / redirect target=$IP6_G dest=$IP6_G"
	FROM=uplink PORT=upl0
	attack "ARP behind VLAN 0" claim eth src=$MAC_R $zero $arp
	attack "ARP behind VLAN 0 five times" claim \
		eth src=$MAC_R $zero $zero $zero $zero $zero $arp
	attack "ARP behind VLAN 0 of 802.1ad" claim eth src=$MAC_R / vlan tpid=0x88a8 id=0 $arp
	for i in 6 0 24; do
		attack "ARP with hardware type $i" claim \
			eth src=$MAC_R / arp hw=$i op=2 spa=$IP_G tpa=$IP_V
	done
	attack "ARP with trailers" claim \
		eth src=$MAC_R / arp pro=0x1000 op=2 spa=$IP_G tpa=$IP_V
	attack "ARP in LLC" claim eth src=$MAC_R / llc / snap $arp
	attack "ARP in LLC of 802.1H" claim eth src=$MAC_R / llc / snap oui=0000f8 $arp
	attack "ARP in LLC behind VLAN 0" claim eth src=$MAC_R $zero / llc / snap $arp
	attack "advertisement behind VLAN 0" claim eth src=$MAC_R $zero / ip6 src=$LL_R dst=$to $na
	attack "advertisement behind 17 headers" claim \
		eth src=$MAC_R / ip6 src=$LL_R dst=$to $options $na
	attack "advertisement behind routing type 0" claim \
		eth src=$MAC_R / ip6 src=$LL_R dst=$to / rt type=0 $na
	attack "advertisement in LLC" claim \
		eth src=$MAC_R / llc / snap / ip6 src=$LL_R dst=$to $na
	attack "redirect" claim eth src=$MAC_R dst=$MAC_V / $redirect opt=2:$MAC_R
	attack "redirect, and the truth" claim \
		eth src=$MAC_R dst=$MAC_V / $redirect opt=2:$MAC_R opt=2:$MAC_G
	attack "redirect, and the truth of another type" claim \
		eth src=$MAC_R dst=$MAC_V / $redirect opt=1:$MAC_G opt=2:$MAC_R
	attack "redirect to a router" claim eth src=$MAC_R dst=$MAC_V / \
		ip6 src=$LL_R dst=$IP6_V / redirect target=$LL_R dest=$IP6_G opt=2:$MAC_R
	attack "redirect to a router, without its MAC" claim eth src=$MAC_R dst=$MAC_V / \
		ip6 src=$LL_R dst=$IP6_V / redirect target=$LL_R dest=$IP6_G
	attack "redirect behind 68 options" claim \
		eth src=$MAC_R dst=$MAC_V / $redirect $nonces opt=2:$MAC_R
	attack "its MAC, and another of another type" claim eth src=$MAC_R / \
		ip6 src=$LL_R dst=$to / na target=$IP6_R opt=2:$MAC_G opt=1:$MAC_R
	attack "its MAC behind 68 options" claim eth src=$MAC_R / \
		ip6 src=$LL_R dst=$to / na target=$IP6_R $nonces opt=2:$MAC_G
	if [ $PHASE = guarded ]; then
		pass "redirect to the guest" victim eth src=$MAC_R dst=$MAC_V / \
			$redirect opt=2:$MAC_G
		pass "redirect to the guest's link-local address" victim \
			eth src=$MAC_R dst=$MAC_V / ip6 src=$LL_R dst=$IP6_V / \
			redirect target=$LL_G dest=$IP6_G
		pass "redirect to the guest as a router" victim \
			eth src=$MAC_R dst=$MAC_V / ip6 src=$LL_R dst=$IP6_V / \
			redirect target=fe80::77 dest=$IP6_G opt=2:$MAC_G
		pass "redirect of what is nobody's" victim \
			eth src=$MAC_R dst=$MAC_V / ip6 src=$LL_R dst=$IP6_V / \
			redirect target=$LL_R dest=$IP6_X opt=2:$MAC_R
		pass "its own ARP behind VLAN 0" "fence@0 guest@0 host@0 victim@0" \
			eth src=$MAC_R $zero / arp op=1 spa=$IP_R tpa=$IP_V
		pass "its own ARP in LLC" "fence guest host victim" \
			eth src=$MAC_R / llc / snap / arp op=1 spa=$IP_R tpa=$IP_V
	fi
	FROM=guest PORT=gst0
}

attacks_unnamed()
{
	FROM=fence PORT=fen0
	introduce
	claims $MAC_X $MAC_V
	poison "its MAC" claim \
		eth src=$MAC_G dst=$MAC_V / ip src=$IP_X dst=$IP_V / udp / raw 00
	FROM=guest PORT=gst0
	[ $PHASE = guarded ] || return
	# What the guest itself does has the reasons of its own port.
	drop "guest as the uplink" arp eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V
	drop "guest with a MAC of nobody" src-mac eth src=$MAC_X / arp op=1 spa=$IP_G tpa=$IP_V
}

# To the victim alone: a broadcast is counted for each port that it leaves by.
attacks_host()
{
	FROM=host PORT=br0
	introduce
	claims $MAC_H $MAC_V
	attack "its MAC" claim eth src=$MAC_G dst=$MAC_V / ip src=$IP_H dst=$IP_V / udp / raw 00
	[ $PHASE = open ] || fair $MAC_H $MAC_V victim
	FROM=guest PORT=gst0
}

attacks_prefix()
{
	FROM=uplink PORT=upl0
	MORE="ip 203.0.113.0/28 ip 2001:db8:7::/64"
	[ $PHASE = open ] || guard
	introduce
	attack "first of an IPv4 prefix" claim eth src=$MAC_R / arp op=2 spa=203.0.113.0 tpa=$IP_V
	attack "last of an IPv4 prefix" claim eth src=$MAC_R / arp op=2 spa=203.0.113.15 tpa=$IP_V
	attack "in an IPv6 prefix" claim eth src=$MAC_R / \
		ip6 src=$LL_R dst=ff02::1 / na target=2001:db8:7::1:2 opt=2:$MAC_R
	if [ $PHASE = guarded ]; then
		pass "behind the IPv4 prefix" victim \
			eth src=$MAC_R / arp op=2 spa=203.0.113.16 tpa=$IP_V
		pass "behind the IPv6 prefix" victim eth src=$MAC_R / \
			ip6 src=$LL_R dst=ff02::1 / na target=2001:db8:8::1 opt=2:$MAC_R
	fi
	FROM=guest PORT=gst0 MORE=
}

# A bond or a hairpin gives the guest's own frame back: it must not move it.
attacks_reflected()
{
	FROM=uplink PORT=upl0
	poison "ARP request" claim eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	introduce
	poison "announcement" claim eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_G
	introduce
	if [ $PHASE = guarded ]; then
		pass "the uplink is not punished" "guest victim" \
			eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
	fi
	FROM=guest PORT=gst0
}

# A second MAC in it, which nobody has bound.
what_is_nobodys()
{
	local na="ip6 src=$LL_R dst=ff02::1"

	guard
	FROM=uplink PORT=upl0
	pass "ARP" "victim host" eth src=$MAC_R / arp op=2 sha=$MAC_X spa=$IP_R tpa=$IP_V
	drop "ARP, a guest's" claim eth src=$MAC_R / arp op=2 sha=$MAC_G spa=$IP_R tpa=$IP_V
	pass "solicitation" "victim host" eth src=$MAC_R / $na / ns target=$IP6_V opt=1:$MAC_X
	drop "solicitation, a guest's" claim \
		eth src=$MAC_R / $na / ns target=$IP6_V opt=1:$MAC_G
	pass "advertisement" "victim host" eth src=$MAC_R / $na / na target=$IP6_R opt=2:$MAC_X
	pass "router advertisement" "victim host" eth src=$MAC_R / $na / ra opt=1:$MAC_X
	FROM=guest PORT=gst0
}

# Of two guests neither is to have what is the other's.
redirected_to_another_guest()
{
	local to="eth src=$MAC_R dst=$MAC_X / ip6 src=$LL_R dst=$IP6_X"

	unguard
	lab probe fence eth src=$MAC_X / arp op=1 spa=$IP_X tpa=$IP_V
	FROM=uplink PORT=upl0
	pass "without brguard" fence $to / redirect target=$LL_R dest=$IP6_G opt=2:$MAC_V
	guard
	expect "another guest" ctl port set vic0 role guest
	expect "another guest" ctl binding add port vic0 mac $MAC_V ip $IP_V ip $IP6_V
	drop "to the other" claim $to / redirect target=$LL_R dest=$IP6_G opt=2:$MAC_V
	drop "to the other as a router" claim $to / redirect target=$LL_V dest=$IP6_G opt=2:$MAC_V
	drop "to where the other is" claim $to / redirect target=$LL_V dest=$IP6_G
	pass "its own to where it is" fence $to / redirect target=$LL_V dest=$IP6_V
	drop "what is the other's" claim $to / redirect target=$LL_R dest=$IP6_V opt=2:$MAC_G
	pass "to itself" fence $to / redirect target=$LL_R dest=$IP6_G opt=2:$MAC_G
	pass "the other to itself" fence $to / redirect target=$LL_R dest=$IP6_V opt=2:$MAC_V
	expect "no guest" ctl port del vic0
	drop "to nobody" claim $to / redirect target=$LL_R dest=$IP6_G opt=2:$MAC_V
	FROM=guest PORT=gst0
}

# Without VLAN filtering an address is bound with a tag or without.
tagged()
{
	local l2="eth src=$MAC_R" arp="arp op=2 tpa=$IP_V" na="ip6 src=$LL_R dst=ff02::1 / na"

	guard
	expect "tagged" ctl binding add port gst0 mac $MAC_G vlan 10 ip 10.0.0.10 \
		ip 2001:db8:10::/64
	FROM=uplink PORT=upl0
	drop "its tag" claim $l2 / vlan id=10 / $arp spa=10.0.0.10
	drop "its tag, IPv6" claim $l2 / vlan id=10 / $na target=2001:db8:10::7
	pass "another tag" victim@20 $l2 / vlan id=20 / $arp spa=10.0.0.10
	pass "another tag, IPv6" victim@20 $l2 / vlan id=20 / $na target=2001:db8:10::7
	pass "no tag" victim $l2 / $arp spa=10.0.0.10
	pass "a tag, bound without" victim@10 $l2 / vlan id=10 / $arp spa=$IP_G
	pass "a tag, bound without, IPv6" victim@10 $l2 / vlan id=10 / $na target=$IP6_G
	drop "no tag, bound without" claim $l2 / $arp spa=$IP_G
	FROM=guest PORT=gst0
}

# becomes WORDS ENDS COUNTS: what becomes of a claim from the uplink.
becomes()
{
	FROM=uplink
	probe "$1" eth src=$MAC_R / arp op=2 spa=$IP_G tpa=$IP_V
	FROM=guest
	if [ "$2" = - ]; then
		same "$1: came to" - "$CAME"
	else
		came_to $2 || fail "$1: came to \"$CAME\", not to $2"
	fi
	same "$1: counters" "$3" "$COUNTED"
}

settings()
{
	guard
	becomes "by itself" - upl0:claim
	expect "alarm" ctl bridge set br0 claims alarm
	becomes "alarm" "victim guest" upl0:claim:audited
	expect "off" ctl bridge set br0 claims off
	becomes "off" "victim guest" -
	expect "drop" ctl bridge set br0 claims drop
	becomes "drop" - upl0:claim
	refuse "other words" "drop, alarm or off" ctl bridge set br0 claims on
	expect "not configured" ctl bridge del br0
	becomes "bridge not configured, port named" - upl0:claim
	expect "nobody's" ctl port del upl0
	becomes "neither" "victim guest" -
}

audit()
{
	guard
	expect "audit" ctl bridge set br0 mode audit
	becomes "bridge in audit mode" "victim guest" upl0:claim:audited
	expect "enforce" ctl port set upl0 mode enforce
	becomes "port enforces" - upl0:claim
	expect "enforce" ctl bridge set br0 mode enforce
	expect "audit" ctl port set upl0 mode audit
	becomes "port in audit mode" "victim guest" upl0:claim:audited
}

shared()
{
	guard
	becomes "not shared" - upl0:claim
	expect "shared" ctl binding add port gst0 mac $MAC_G shared
	becomes "shared" "victim guest" -
	FROM=uplink
	pass "its MAC" victim eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	FROM=guest
	expect "removed" ctl binding del port gst0 mac $MAC_G
	expect "alone" ctl binding add port gst0 mac $MAC_G ip $IP_G
	becomes "not shared again" - upl0:claim
}

bindings_come_and_go()
{
	guard
	becomes "bound" - upl0:claim
	expect "removed" ctl binding del port gst0 mac $MAC_G ip $IP_G
	becomes "IP removed" "victim guest" -
	expect "added" ctl binding add port gst0 mac $MAC_G ip $IP_G
	becomes "IP added" - upl0:claim
	expect "again" ctl binding add port gst0 mac $MAC_X ip $IP_G
	expect "once less" ctl binding del port gst0 mac $MAC_G
	becomes "with another MAC" - upl0:claim
	expect "removed" ctl binding del port gst0 mac $MAC_X
	becomes "all removed" victim "gst0:flood*2"
	expect "the other port" ctl port set vic0 role guest
	expect "its" ctl binding add port vic0 mac $MAC_V ip $IP_G
	becomes "the victim's now" - "gst0:flood upl0:claim"
	expect "anything" ctl binding del port vic0 mac $MAC_V
	expect "anything" ctl binding add port vic0 mac $MAC_V ip 0.0.0.0/0 ip ::/0
	becomes "a prefix of length 0" victim "gst0:flood*2"
}

rename()
{
	ip -n "$HOST" link set "$1" down
	ip -n "$HOST" link set "$1" name "$2"
	ip -n "$HOST" link set "$2" up
	busywait 5 all_forwarding
}

devices_come_and_go()
{
	guard
	becomes "there" - upl0:claim
	ip -n "$HOST" link set gst0 nomaster
	becomes "left" victim -
	ip -n "$HOST" link set gst0 master br0
	busywait 5 all_forwarding
	becomes "back" - upl0:claim
	rename gst0 gst1
	becomes "renamed" victim -
	rename gst1 gst0
	becomes "renamed back" - upl0:claim
	ip -n "$HOST" link set upl0 nomaster
	ip -n "$HOST" link set upl0 master br0
	busywait 5 all_forwarding
	becomes "uplink joined again" - upl0:claim
}

# More than the index had room for, one request after the other.
many_bindings()
{
	local i j words

	guard
	for i in 1 2 3 4; do
		words=
		for j in $(seq 1 200); do
			words+=" ip 10.$i.0.$j"
		done
		expect "200 more" ctl binding add port gst0 mac 02:00:00:00:10:0$i $words
	done
	becomes "the first" - upl0:claim
	FROM=uplink
	for i in 1 2 3 4; do
		probe "of the $i." eth src=$MAC_R / arp op=2 spa=10.$i.0.200 tpa=$IP_V
		same "of the $i.: counters" upl0:claim "$COUNTED"
	done
	probe "none of them" eth src=$MAC_R / arp op=2 spa=10.1.0.201 tpa=$IP_V
	same "none of them: counters" - "$COUNTED"
	FROM=guest
	for i in 1 2 3 4; do
		expect "removed" ctl binding del port gst0 mac 02:00:00:00:10:0$i
	done
	FROM=uplink
	probe "removed" eth src=$MAC_R / arp op=2 spa=10.4.0.200 tpa=$IP_V
	same "removed: counters" - "$COUNTED"
	FROM=guest
	becomes "the first" - upl0:claim
}

# judged MAC: what becomes of a frame of that MAC from the uplink.
judged()
{
	ctl explain in upl0 ffffffffffff${1//:}9000
}

# One after the other, so that the room made for the first ends at every place.
many_macs()
{
	local i mac

	policy < <(echo "bridge set br0 new-port trusted"
		echo "port set gst0 role guest link-local listed"
		printf 'binding add port gst0 mac 02:00:00:00:03:%02x\n' {1..27})
	for ((i = 28; i < 70; i++)); do
		printf -v mac '02:00:00:00:03:%02x' $i
		expect "$mac" ctl binding add port gst0 mac $mac
		same "$mac" "1 drop claim" "$(judged $mac)"
	done
	same "the next one" "1 pass pass" "$(judged 02:00:00:00:03:46)"
	for ((i = 1; i < 70; i += 13)); do
		printf -v mac '02:00:00:00:03:%02x' $i
		FROM=uplink PORT=upl0
		drop "$mac" claim eth src=$mac dst=$MAC_V type=0x9000 / raw n=46
		FROM=guest PORT=gst0
		expect "$mac" ctl binding del port gst0 mac $mac
		same "$mac, no more" "1 pass pass" "$(judged $mac)"
	done
}

# The guest is untagged in VLAN 10, the uplink carries 10 and 20.
vlan_filtering()
{
	local v=" / arp op=2 spa=$IP_G tpa=$IP_V"

	guard
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	bridge -n "$HOST" vlan add dev gst0 vid 10 pvid untagged
	bridge -n "$HOST" vlan add dev upl0 vid 10
	bridge -n "$HOST" vlan add dev upl0 vid 20
	bridge -n "$HOST" vlan add dev vic0 vid 10
	bridge -n "$HOST" vlan add dev vic0 vid 20
	FROM=uplink
	probe "its VLAN" eth src=$MAC_R / vlan id=10 $v
	same "its VLAN: counters" upl0:claim "$COUNTED"
	probe "its MAC in its VLAN" eth src=$MAC_G / vlan id=10 / ip src=$IP_X / udp
	same "its MAC in its VLAN: counters" upl0:claim "$COUNTED"
	pass "another VLAN" victim@20 eth src=$MAC_R / vlan id=20 $v
	pass "its MAC in another VLAN" victim@20 eth src=$MAC_G / vlan id=20 / \
		ip src=$IP_X / udp
	pass "no tag, that is VLAN 1" victim eth src=$MAC_R $v
	bridge -n "$HOST" vlan add dev upl0 vid 10 pvid untagged
	probe "no tag, that is VLAN 10" eth src=$MAC_R $v
	same "no tag, that is VLAN 10: counters" upl0:claim "$COUNTED"
	probe "its MAC with another TPID" eth src=$MAC_G / vlan tpid=0x88a8 id=5 / \
		ip src=$IP_X / udp
	same "its MAC with another TPID: counters" upl0:claim "$COUNTED"
	FROM=guest
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
	for dev in gst0 upl0 vic0; do
		bridge -n "$HOST" vlan del dev $dev vid 10
		bridge -n "$HOST" vlan del dev $dev vid 20
		bridge -n "$HOST" vlan add dev $dev vid 1 pvid untagged
	done 2>/dev/null
}

# With VLAN filtering what is bound without a tag is in the VLAN of the port.
ports_without_a_pvid()
{
	local na="eth src=$MAC_R / ip6 src=$LL_R dst=ff02::1 / na target=$IP6_G opt=2:$MAC_R"

	guard
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	FROM=uplink PORT=upl0
	becomes "in its VLAN" - upl0:claim
	bridge -n "$HOST" vlan del dev gst0 vid 1
	becomes "no VLAN" victim -
	FROM=uplink
	pass "no VLAN, IPv6" victim $na
	bridge -n "$HOST" vlan add dev gst0 vid 1
	becomes "tagged" victim -
	bridge -n "$HOST" vlan add dev gst0 vid 1 pvid untagged
	becomes "in its VLAN again" - upl0:claim
	FROM=uplink
	drop "in its VLAN again, IPv6" claim $na
	# A bridge takes nothing without a tag of a port that has no VLAN for it.
	lab fence fence victim
	bridge -n "$HOST" vlan del dev upl0 vid 1
	pass "from a port without" - $na
	bridge -n "$HOST" vlan add dev upl0 vid 1
	pass "tagged port, no tag" - $na
	drop "tagged port, a tag" claim ${na/ip6/vlan id=1 / ip6}
	bridge -n "$HOST" vlan add dev upl0 vid 1 pvid untagged
	lab fence fence uplink
	FROM=guest PORT=gst0
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
}

event()
{
	local c='.event == "violation" and .reason == "claim" and .bridge == "br0"'

	guard
	monitor violation
	becomes "drop" - upl0:claim
	wait_for "both ports" "$c and .port == \"upl0\" and .device == \"upl0\" and
		.owner == \"gst0\" and .direction == \"in\" and .verdict == \"drop\" and
		.\"src-mac\" == \"$MAC_R\" and .\"src-ip\" == \"$IP_G\""
	expect "alarm" ctl bridge set br0 claims alarm
	becomes "alarm" "victim guest" upl0:claim:audited
	wait_for "alarm" "$c and .port == \"upl0\" and .owner == \"gst0\" and
		.verdict == \"pass\""
	FROM=fence
	probe "unnamed" eth src=$MAC_X / arp op=2 spa=$IP_G tpa=$IP_V
	wait_for "unnamed" "$c and .port == \"fen0\" and .owner == \"gst0\""
	FROM=host
	introduce
	probe "host" eth src=$MAC_H dst=$MAC_V / arp op=2 spa=$IP_G tpa=$IP_V
	wait_for "host" "$c and .port == \"br0\" and .device == \"br0\" and .owner == \"gst0\""
	FROM=guest
	monitor_stop
}

# The address that the MAC makes is the guest's only where the port says so.
link_local_setting()
{
	local na="eth src=$MAC_R / ip6 src=$LL_R dst=ff02::1 / na opt=2:$MAC_R"

	guard
	FROM=uplink
	probe "eui64" $na target=$LL_G
	same "eui64: counters" upl0:claim "$COUNTED"
	expect "listed" ctl port set gst0 link-local listed
	pass "listed, and not in the list" victim $na target=$LL_G
	expect "in the list" ctl binding add port gst0 mac $MAC_G ip $LL_X
	probe "listed" $na target=$LL_X
	same "listed: counters" upl0:claim "$COUNTED"
	FROM=guest
}

# The same index answers for arp-scope.
questions()
{
	MORE="ip 10.77.0.0/24"
	guard
	MORE=
	expect "scope" ctl bridge set br0 arp-scope owner
	expect "victim" ctl port set vic0 role guest
	expect "victim" ctl binding add port vic0 mac $MAC_V ip $IP_V
	FROM=uplink
	probe "for the guest" eth src=$MAC_R / arp op=1 spa=$IP_R tpa=10.77.0.9
	came_to guest || fail "a question does not come to the owner"
	came_to victim && fail "a question comes to somebody else"
	expect "shared" ctl binding add port gst0 mac $MAC_G shared
	pass "for a shared address" "guest victim" \
		eth src=$MAC_R / arp op=1 spa=$IP_R tpa=10.77.0.9
	FROM=guest
}

run_tests
