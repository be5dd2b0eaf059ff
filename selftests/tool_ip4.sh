#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Attack tools against Ethernet, ARP, IPv4 and DHCP.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_dsniff
	attacks_arping
	attacks_ettercap_arp
	attacks_ettercap_others
	attacks_dhcp_server
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/tool_lib.sh"

attacks_dsniff()
{
	have arpspoof || return
	tool "arpspoof" arp "knows victim $IP_R $MAC_G" \
		arpspoof -i eth0 -t $IP_V $IP_R
	tool "arpspoof both ways" arp "knows uplink $IP_V $MAC_G" \
		arpspoof -i eth0 -r -t $IP_V $IP_R
	tool "macof" src-mac "strangers 50" macof -i eth0 -n 500
}

attacks_arping()
{
	have arping || return
	tool "arping with the router's address" arp "knows victim $IP_R $MAC_G" \
		arping -i eth0 -c 3 -w 1 -S $IP_R $IP_V
	tool "arping, gratuitous" arp "knows victim $IP_R $MAC_G" \
		arping -i eth0 -c 3 -w 1 -U -S $IP_R $IP_R
	tool "arping, as a reply" arp "knows victim $IP_R $MAC_G" \
		arping -i eth0 -c 3 -w 1 -U -P -S $IP_R $IP_R
	tool "arping with the victim's MAC" src-mac "moved $MAC_V" \
		arping -i eth0 -c 3 -w 1 -s $MAC_V $IP_R
}

attacks_ettercap_arp()
{
	have ettercap || return
	tool "ettercap arp:remote" arp "knows uplink $IP_V $MAC_G" \
		ettercap -T -q -i eth0 -M arp:remote /$IP_V// /$IP_R//
	tool "ettercap arp:oneway" arp "knows victim $IP_R $MAC_G" \
		ettercap -T -q -i eth0 -M arp:oneway /$IP_V// /$IP_R//
	tool "ettercap port" src-mac "moved $MAC_V" \
		ettercap -T -q -i eth0 -M port /$IP_V// /$IP_R//
}

attacks_ettercap_others()
{
	have ettercap || return
	tool "ettercap ndp:remote" src-ip "knows victim $IP6_R $MAC_G" \
		ettercap -T -q -i eth0 -M ndp:remote //$IP6_V/ //$IP6_R/
	# It never hears what it would answer.
	answering tool "ettercap icmp" flood "drifts $IP_X" \
		ettercap -T -q -z -i eth0 -M icmp:$MAC_SILENT/$IP_SILENT \
		/$IP_V// ///
	tool "ettercap dhcp" dhcp-server leases \
		ettercap -T -q -z -i eth0 -M dhcp:192.0.2.100-199/255.255.255.0/$IP_G
}

attacks_dhcp_server()
{
	have dnsmasq || return
	tool "dnsmasq" dhcp-server leases dnsmasq -d -C /dev/null -p 0 -i eth0 \
		--no-ping -F 192.0.2.100,192.0.2.199 -l "$DIR/dnsmasq"
}

run_tests
