#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Attack tools below IP: spanning tree, tags, discovery protocols; packet
# generators.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_mausezahn
	attacks_mausezahn_tags
	attacks_mausezahn_ip
	attacks_trafgen
	attacks_yersinia_cisco
	attacks_yersinia_tags
	attacks_yersinia_others
	attacks_yersinia_stp
	attacks_root_bridge
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/tool_lib.sh"

# The outer one has been taken off when tcpdump looks.
TWO_TAGS="arrives ether[12:2] == 0x8100"
MZ="mausezahn eth0 -c 3"

attacks_mausezahn()
{
	have mausezahn || return
	tool "mausezahn arp" arp "knows victim $IP_R $MAC_G" $MZ \
		-t arp "reply, senderip=$IP_R, targetmac=$MAC_V, targetip=$IP_V"
	tool "mausezahn bpdu" encapsulation "arrives stp" $MZ -t bpdu conf
	tool "mausezahn bpdu, PVST" encapsulation \
		"arrives ether dst 01:00:0c:cc:cc:cd" $MZ -t bpdu "conf, vlan=5"
	tool "mausezahn cdp" encapsulation "arrives ether dst 01:00:0c:cc:cc:cc" \
		$MZ -t cdp change
	tool "mausezahn lldp" ethertype "moved $MAC_X" $MZ -a $MAC_X \
		-b 01:80:c2:00:00:0e 88:cc:02:07:04:02:00:00:00:00:0f:00:00
	tool "mausezahn -a rand" src-mac "strangers 20" mausezahn eth0 -c 50 \
		-a rand -b bc -A $IP_G -B 255.255.255.255 -t udp dp=9
}

attacks_mausezahn_tags()
{
	local to="-a own -b $MAC_V -A $IP_G -B $IP_V -t udp"

	have mausezahn || return
	tool "mausezahn -Q 5" vlan "arrives vlan 5" $MZ -Q 5 $to dp=9
	tool "mausezahn -Q 0" encapsulation "arrives vlan 0" $MZ -Q 0 $to dp=9
	tool "mausezahn -Q 5,7" encapsulation "$TWO_TAGS" \
		$MZ -Q 5,7 $to dp=9
	tool "mausezahn -M 100" encapsulation "arrives mpls 100" $MZ -M 100 $to dp=9
}

attacks_mausezahn_ip()
{
	local from="-a own -b $MAC_V -A $IP_R -B $IP_V"

	have mausezahn || return
	tool "mausezahn dns" src-ip "arrives src $IP_R and udp port 53" \
		$MZ $from -t dns "q=www.example.com, a=$IP_G"
	tool "mausezahn icmp" src-ip "arrives icmp[0] == 5" \
		$MZ $from -t icmp redirect
	tool "mausezahn -A rand" src-ip "arrives tcp port 80" mausezahn eth0 -c 5 \
		-A rand -B $IP_V -b $MAC_V -t tcp "dp=80, flags=syn"
}

attacks_trafgen()
{
	have trafgen || return
	printf '{ eth(da=%s, sa=%s), ipv4(saddr=%s, daddr=%s), udp(sp=53, dp=9) }\n' \
		$MAC_V $MAC_G $IP_R $IP_V >"$DIR/udp"
	tool "trafgen" src-ip "arrives src $IP_R and udp port 9" \
		trafgen --dev eth0 --num 3 --cpus 1 --gap 10ms --in "$DIR/udp"
}

# Some attacks are one frame, and yersinia may end before it is sent. By itself
# it takes any six bytes for its source, so that a bridge may not even look.
yersinia_does()
{
	tool "yersinia $1 $2" "$3" "$4" sh -c "while :; do
		yersinia $1 -attack $2 -interface eth0 -source $MAC_X
	done"
}

attacks_yersinia_cisco()
{
	local to="arrives ether dst 01:00:0c:cc:cc:cc"

	have yersinia || return
	yersinia_does cdp 0 encapsulation "$to"
	yersinia_does cdp 1 encapsulation "strangers 50"
	yersinia_does dtp 1 encapsulation "$to"
	yersinia_does vtp 0 encapsulation "$to"
}

attacks_yersinia_tags()
{
	have yersinia || return
	yersinia_does dot1q 0 vlan "arrives vlan 1"
	yersinia_does dot1q 1 encapsulation "$TWO_TAGS"
	yersinia_does mpls 0 encapsulation "arrives mpls"
	yersinia_does mpls 1 encapsulation "arrives mpls"
}

attacks_yersinia_others()
{
	have yersinia || return
	yersinia_does dot1x 0 ethertype "strangers 1"
	yersinia_does hsrp 0 src-mac "arrives udp port 1985"
	yersinia_does dhcp 1 src-mac "strangers 50"
}

attacks_yersinia_stp()
{
	have yersinia || return
	yersinia_does stp 0 encapsulation "arrives stp"
	yersinia_does stp 1 encapsulation "arrives stp"
	yersinia_does stp 2 encapsulation "strangers 50"
	yersinia_does stp 3 encapsulation "strangers 50"
}

# With the kernel's spanning tree on.
attacks_root_bridge()
{
	ip -n "$HOST" link set br0 type bridge stp_state 1
	if have mausezahn; then
		tool "mausezahn bpdu" encapsulation outrooted $MZ -t bpdu conf
	fi
	if have yersinia; then
		yersinia_does stp 4 encapsulation outrooted
	fi
	ip -n "$HOST" link set br0 type bridge stp_state 0
}

run_tests
