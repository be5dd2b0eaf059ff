# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154	# see lib.sh
# Tests of suggest, with what wishes.c has seen.

SUGGESTED="binding add port vk63 mac 52:54:00:9f:5d:c1 ip 192.168.50.13 ip 2001:db8::1
binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 10 ip 192.168.50.14"
REMARKS="# wanted on port vk64 as well: binding add port vk63 mac 52:54:00:9f:5d:c1 ip 192.168.50.77
# bound on port up already: binding add port vk63 mac 52:54:00:9f:5d:c1 ip 10.0.0.9
# port vk63 7 more frames, what they need was not remembered"

suggest_policy()
{
	fresh
	works bridge set br0
	works port set vk63 role guest
	works port set vk64 role guest
	works port set up role trusted
}

suggest_usage()
{
	fails 2 '"vk63": unexpected word' suggest vk63
	fails 2 '"port": a value is missing' suggest port
	fails 2 '"more": unexpected word' suggest port vk63 more
	fails 2 'cannot be empty' suggest port ""
}

suggest_text()
{
	suggest_policy
	shows "$SUGGESTED
$REMARKS" suggest port vk63
	works suggest
	has "a port is made" "$out" \
		'port set "tap 1" bridge br0 role guest link-local any ethertype 0x88cc
binding add port "tap 1" mac 52:54:00:9f:5d:c3
binding add port vk63'
	has "none for what is bound elsewhere" "$(grep -c '^port set' out)" 1
	has "the other port" "$out" \
		"binding add port vk64 mac 52:54:00:9f:5d:c2 ip 192.168.50.78"
	fails 1 'port "no": there is no such object' suggest port no
	export INTERRUPT=3
	shows "$SUGGESTED
$REMARKS" suggest port vk63
	unset INTERRUPT
}

suggest_bridges_apart()
{
	suggest_policy
	works port set vk63 bridge br0
	works port set vk64 bridge br1
	works suggest port vk64
	is "no rival" "$out" \
"binding add port vk64 mac 52:54:00:9f:5d:c2 ip 192.168.50.77 ip 192.168.50.78"
}

suggest_json()
{
	suggest_policy
	shows '{"ports":[],"bindings":[{"port":"vk63","mac":"52:54:00:9f:5d:c1",'\
'"ip":["192.168.50.13","2001:db8::1"]},{"port":"vk63","mac":"52:54:00:9f:5d:c1","vlan":10,'\
'"ip":["192.168.50.14"]}],"runtime":{"conflicts":[{"port":"vk63",'\
'"mac":"52:54:00:9f:5d:c1","ip":["192.168.50.77"],"wanted-on":"vk64"},{"port":"vk63",'\
'"mac":"52:54:00:9f:5d:c1","ip":["10.0.0.9"],"bound-on":"up"}],'\
'"more":[{"port":"vk63","frames":7}]}}' -j suggest port vk63
}

# What it prints, behind what show prints, is a configuration.
suggest_applied()
{
	suggest_policy
	works show
	cp out new
	works suggest
	cat out >>new
	works apply new
	works binding show
	is "bindings" "$out" \
"binding add port \"tap 1\" mac 52:54:00:9f:5d:c3
$SUGGESTED
binding add port vk64 mac 52:54:00:9f:5d:c2 ip 192.168.50.78"
	works -j suggest port vk63
	sed 's/"ports":\[\]/"ports":[{"name":"vk63","role":"guest"}]/' out >new
	works apply new
	shows "$SUGGESTED" binding show
}
