#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Real DHCP and DHCPv6 clients and servers, through guarded ports.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	dhcp_by_udhcpc
	dhcp_by_dhclient
	dhcp_rebinding
	dhcpv6_by_dhclient
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need dnsmasq udhcpc dhclient tcpdump socat

set_up()
{
	stack_create
	addressed uplink victim
}

tear_down()
{
	stack_destroy
}

serve_ipv4()
{
	serve --dhcp-range=$IP_G,$IP_G,255.255.255.0,2m --dhcp-authoritative "$@"
}

# leased N: the server has acknowledged N times.
leased()
{
	[ "$(grep -c "DHCPACK.*$MAC_G" "$DIR/log")" -ge "$1" ]
}

released()
{
	grep -q "DHCPRELEASE.*$MAC_G" "$DIR/log"
}

# -a: it asks by ARP whether somebody has the address already.
dhcp_by_udhcpc()
{
	local who client

	for who in one all; do
		under_guard $who
		fresh guest
		serve_ipv4
		start guest udhcpc -f -i eth0 -a -R
		client=$STARTED
		busywait $WAIT has_address "inet $IP_G/" || fail "$who: no lease"
		pings guest $IP_R
		kill -USR1 $client
		busywait $WAIT leased 2 || fail "$who: no renewal"
		kill -USR2 $client
		busywait $WAIT released || fail "$who: no release"
		stop $client $SERVER
		clean "$who"
	done
}

dhcp_by_dhclient()
{
	local who client

	for who in one all; do
		under_guard $who
		rm -f "$DIR/dhclient.leases"
		fresh guest
		serve_ipv4 --dhcp-option=option:T1,5
		start guest dhclient -4 -d -v -pf "$DIR/dhclient.pid" \
			-lf "$DIR/dhclient.leases" eth0
		client=$STARTED
		busywait $WAIT has_address "inet $IP_G/" || fail "$who: no lease"
		pings guest $IP_R
		busywait $WAIT leased 2 || fail "$who: no renewal"
		expect "release" in_ns guest dhclient -4 -r -pf "$DIR/dhclient.pid" \
			-lf "$DIR/dhclient.leases" eth0
		busywait $WAIT released || fail "$who: no release"
		stop $client $SERVER
		clean "$who"
	done
}

# The server is silent at renewal, so the client asks everybody.
dhcp_rebinding()
{
	local client

	under_guard all
	rm -f "$DIR/dhclient.leases"
	fresh guest
	serve_ipv4 --dhcp-option=option:T1,4 --dhcp-option=option:T2,8
	start guest dhclient -4 -d -v -pf "$DIR/dhclient.pid" \
		-lf "$DIR/dhclient.leases" eth0
	client=$STARTED
	busywait $WAIT has_address "inet $IP_G/" || fail "no lease"
	stop $SERVER
	listen uplink
	came "rebinding" "ether broadcast and src $IP_G and udp dst port 67"
	listen_end
	stop $client
	# The uplink answers for the closed port, which is legitimate, too.
	clean "rebinding"
}

dhcpv6_by_dhclient()
{
	local who client

	need_ipv6 || return
	for who in one all; do
		under_guard $who
		rm -f "$DIR/dhclient6.leases"
		fresh guest
		busywait $WAIT settled guest
		serve --dhcp-range=$IP6_G,$IP6_G,64,2m --enable-ra
		start guest dhclient -6 -d -v -D LL -pf "$DIR/dhclient6.pid" \
			-lf "$DIR/dhclient6.leases" eth0
		client=$STARTED
		busywait $WAIT has_address "inet6 $IP6_G/" || fail "$who: no lease"
		busywait $WAIT settled guest
		pings guest $IP6_R
		pings uplink $IP6_G
		expect "release" in_ns guest dhclient -6 -r -pf "$DIR/dhclient6.pid" \
			-lf "$DIR/dhclient6.leases" eth0
		busywait $WAIT grep -q DHCPRELEASE "$DIR/log" || fail "$who: no release"
		stop $client $SERVER
		clean "$who"
	done
}

run_tests
