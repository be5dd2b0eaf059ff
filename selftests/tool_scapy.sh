#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Attacks that are one line of scapy.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_arp
	attacks_tags
	attacks_ip4
	attacks_ip6
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/tool_lib.sh"

need python3
python3 -c 'import importlib.util as i; exit(not i.find_spec("scapy"))' ||
	skip_all "no scapy"

# It takes long to start, so one of it sends all.
set_up()
{
	tool_set_up
	mkfifo "$DIR/lines"
	exec {LINES_IN}<>"$DIR/lines"
	tool_start python3 -c 'if True:
		from scapy.all import *
		conf.iface, conf.verb = "eth0", 0
		for line in open("lines"):
			exec(line)'
	SCAPY=$TOOL TOOL=
}

tear_down()
{
	TOOL=$SCAPY
	tool_stop
	rm -rf "$DIR"
}

# scapy WORDS REASON EFFECT LINE
scapy()
{
	# shellcheck disable=SC2016	# for that shell
	tool "$1" "$2" "$3" sh -c 'rm -f done
		echo "$1; open(\"done\", \"w\")" >lines
		until [ -e done ]; do sleep 0.05; done' sh "$4"
}

ALL="Ether(dst='33:33:00:00:00:01')"
TO_V="Ether(dst='$MAC_V')"
LIE="ARP(op=2, psrc='$IP_R', hwdst='$MAC_V', pdst='$IP_V')"
POISONED="knows victim $IP_R $MAC_G"

attacks_arp()
{
	scapy "reply" arp "$POISONED" "sendp($TO_V/$LIE, count=3)"
	scapy "request from the router" arp "$POISONED" \
		"sendp(Ether(dst=ETHER_BROADCAST)/ARP(psrc='$IP_R', pdst='$IP_V'), count=3)"
	scapy "reply from the router's MAC" src-mac "moved $MAC_R" \
		"sendp(Ether(src='$MAC_R', dst='$MAC_V')/$LIE, count=3)"
}

# Linux takes off a priority tag wherever it finds one.
attacks_tags()
{
	local own="IPv6(src='$LL_G', dst='ff02::1', hlim=255)"
	local ping="IP(src='$IP_G', dst='$IP_V')/ICMP()"
	local snap="LLC(dsap=0xaa, ssap=0xaa, ctrl=3)/SNAP(code=0x806)"

	scapy "reply with a priority tag" encapsulation "$POISONED" \
		"sendp($TO_V/Dot1Q(vlan=0)/$LIE, count=3)"
	scapy "reply with two priority tags" encapsulation "$POISONED" \
		"sendp($TO_V/Dot1Q(vlan=0)/Dot1Q(vlan=0)/$LIE, count=3)"
	if has_ipv6; then
		scapy "router with a priority tag" encapsulation "follows $LL_G" \
			"sendp($ALL/Dot1Q(vlan=0)/$own/ICMPv6ND_RA(), count=3)"
	fi
	scapy "two tags" encapsulation "arrives ether[12:2] == 0x8100" \
		"sendp($TO_V/Dot1Q(vlan=1)/Dot1Q(vlan=20)/$ping, count=3)"
	scapy "reply in LLC and SNAP" encapsulation "arrives ether[12:2] <= 1500" \
		"sendp(Dot3(dst='$MAC_V')/$snap/$LIE, count=3)"
}

attacks_ip4()
{
	local from="$TO_V/IP(src='$IP_R', dst='$IP_V')"
	local about="IP(src='$IP_V', dst='$IP_X')/ICMP(type=0)"

	scapy "redirect" src-ip "detours $IP_X via $IP_G" \
		"sendp($from/ICMP(type=5, code=1, gw='$IP_G')/$about, count=3)"
	scapy "fragments" src-ip "arrives src $IP_R and ip[6:2] & 0x3fff != 0" \
		"sendp(fragment($from/UDP()/Raw('x' * 3000)))"
}

attacks_ip6()
{
	local own="$ALL/IPv6(src='$LL_G', dst='ff02::1', hlim=255)"
	local router="$ALL/IPv6(src='$LL_R', dst='ff02::1', hlim=255)"
	local lie="ICMPv6ND_NA(tgt='$IP6_R', R=0, S=0, O=1)"
	local at="ICMPv6NDOptDstLLAddr(lladdr='$MAC_G')"

	need_ipv6 || return
	scapy "advertisement" nd "knows victim $IP6_R $MAC_G" \
		"sendp($own/$lie/$at, count=3)"
	scapy "router" ra "follows $LL_G" "sendp($own/ICMPv6ND_RA(), count=3)"
	scapy "router behind an extension header" ra "follows $LL_G" \
		"sendp($own/IPv6ExtHdrDestOpt()/ICMPv6ND_RA(), count=3)"
	scapy "end of the router" src-ip lost \
		"sendp($router/ICMPv6ND_RA(routerlifetime=0), count=3)"
}

run_tests
