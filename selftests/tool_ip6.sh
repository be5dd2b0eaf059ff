#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Attack tools against IPv6: thc-ipv6, whose programs Debian calls atk6-*, and
# others.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	attacks_neighbours
	attacks_evasion
	attacks_detection
	attacks_router
	attacks_router_evasion
	attacks_redirect
	attacks_dhcp_server
	attacks_spoofed_source
	attacks_floods
	attacks_ndisc6
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/tool_lib.sh"

# What is not the first may pass: nothing can be put together without it.
FIRST="arrives ip6[6] == 44 and ip6[42:2] < 8"

attacks_neighbours()
{
	have atk6-parasite6 || return
	tool "parasite6" src-ip "asks victim $IP6_R $MAC_G" atk6-parasite6 -l eth0
	tool "fake_advertise6" src-ip "knows victim $IP6_R $MAC_G" \
		atk6-fake_advertise6 -n 3 -w 1 eth0 $IP6_R
	tool "fake_advertise6 with its own source" nd \
		"knows victim $IP6_R $MAC_G" \
		atk6-fake_advertise6 -n 3 -w 1 eth0 $IP6_R $IP6_V $MAC_G $LL_G
	tool "fake_solicitate6" src-ip "knows victim $IP6_R $MAC_G" \
		atk6-fake_solicitate6 eth0 $IP6_V $IP6_V $MAC_G $IP6_R
}

attacks_evasion()
{
	have atk6-fake_advertise6 || return
	tool "fake_advertise6 -H" nd "knows victim $IP6_R $MAC_G" \
		atk6-fake_advertise6 -H -n 3 -w 1 eth0 $IP6_R $IP6_V $MAC_G $LL_G
	# Two fragment headers, whatever they carry.
	tool "fake_advertise6 -f" malformed "arrives ip6[6] == 44" \
		atk6-fake_advertise6 -f -n 3 -w 1 eth0 $IP6_R $IP6_V $MAC_G $LL_G
	# A first fragment without the upper header.
	tool "fake_advertise6 -D" malformed "$FIRST" \
		atk6-fake_advertise6 -D -n 3 -w 1 eth0 $IP6_R $IP6_V $MAC_G $LL_G
}

attacks_detection()
{
	have atk6-dos-new-ip6 || return
	tool "dos-new-ip6" src-mac denied atk6-dos-new-ip6 eth0
	tool "dos-new-ip6 -S" src-mac denied atk6-dos-new-ip6 -S eth0
}

attacks_router()
{
	have atk6-fake_router26 || return
	tool "fake_router26" ra "follows $LL_G" \
		atk6-fake_router26 -A $PREFIX6:/64 -i 1 eth0
	tool "fake_router6" ra "autoconfigures $PREFIX6:" \
		atk6-fake_router6 eth0 $PREFIX6:/64
	tool "kill_router6" src-ip lost atk6-kill_router6 eth0 $LL_R
	slowly tool "flood_router26" src-mac "routes 20" atk6-flood_router26 eth0
	slowly tool "flood_router6" src-mac "routes 20" atk6-flood_router6 eth0
}

attacks_router_evasion()
{
	local how

	have atk6-fake_router26 || return
	for how in H 1; do
		tool "fake_router26 -E $how" ra "autoconfigures $PREFIX6:" \
			atk6-fake_router26 -E $how -A $PREFIX6:/64 -i 1 eth0
	done
	tool "fake_router26 -E D" malformed "$FIRST" \
		atk6-fake_router26 -E D -A $PREFIX6:/64 -i 1 eth0
}

attacks_redirect()
{
	have atk6-redir6 || return
	tool "redir6" src-mac "detours $IP6_X via $LL_G" \
		atk6-redir6 eth0 $IP6_V $IP6_X $LL_R $LL_G
	tool "toobig6" src-ip "detours $IP6_X mtu 1280" \
		atk6-toobig6 eth0 $IP6_V $IP6_X 1280
	slowly tool "flood_redir6" ra "arrives icmp6[0] == 137" \
		atk6-flood_redir6 eth0 $IP6_V
}

attacks_dhcp_server()
{
	have atk6-fake_dhcps6 || return
	answering tool "fake_dhcps6" dhcp-server "leases6 $PREFIX6" \
		atk6-fake_dhcps6 eth0 $PREFIX6:/64 $IP6_G
	tool "dnsmasq as DHCPv6 server" dhcp-server "leases6 2001:db8::1" \
		dnsmasq -d -C /dev/null -p 0 -i eth0 -l "$DIR/dnsmasq" \
		-F 2001:db8::1000,2001:db8::1fff,64
	tool "dnsmasq as router" ra "follows $LL_G" \
		dnsmasq -d -C /dev/null -p 0 -i eth0 --enable-ra \
		-F 2001:db8::,ra-only
}

attacks_spoofed_source()
{
	have atk6-smurf6 || return
	tool "smurf6" src-mac "arrives icmp6[0] == 129 and ip6 dst $IP6_V" \
		atk6-smurf6 eth0 $IP6_V
	tool "rsmurf6" src-mac "arrives ip6 src ff02::1" \
		atk6-rsmurf6 eth0 $IP6_V
	tool "thcsyn6 -R" src-ip "arrives tcp port 80" \
		atk6-thcsyn6 -R eth0 $IP6_V 80
	tool "thcsyn6 -s the uplink's" src-ip "arrives ip6 src $IP6_R" \
		atk6-thcsyn6 -s $IP6_R eth0 $IP6_V 80
}

attacks_floods()
{
	local what

	have atk6-flood_advertise6 || return
	for what in advertise6 solicitate6 dhcpc6 mld6 mld26 mldrouter6; do
		slowly tool "flood_$what" src-mac "strangers 50" \
			atk6-flood_$what eth0
	done
	slowly tool "flood_rs6 -S" src-mac "strangers 50" atk6-flood_rs6 -S eth0
}

# From an address that the guest's interface does not have.
attacks_ndisc6()
{
	have ndisc6 || return
	in_ns guest sysctl -qw net.ipv6.ip_nonlocal_bind=1
	tool "ndisc6 -s" src-ip "knows uplink $IP6_V $MAC_G" \
		ndisc6 -r 2 -w 500 -s $IP6_V $IP6_R eth0
}

run_tests
