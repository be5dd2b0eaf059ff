#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# 1,000 ports with 4 bindings each.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	apply_a_thousand
	text_identity
	json_identity
	bad_word_in_line_3999
	conflict_in_line_3999
	real_ports_among_them
	time_of_one_change
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	TMP=$(mktemp -d)
	lab_create
}

PORTS=1000

# config: PORTS lines for ports, 4 * PORTS for bindings, 4,000 of them before
# the last thousand.
config()
{
	awk -v n=$PORTS 'BEGIN {
		for (i = 0; i < n; i++)
			printf "port set tap%d role guest\n", i
		for (i = 0; i < n; i++)
			for (j = 0; j < 4; j++)
				printf "binding add port tap%d mac 02:01:%02x:%02x:00:%02x " \
					"ip 10.%d.%d.%d ip 2001:db9:%x::%x\n", i, int(i / 256),
					i % 256, j, j, int(i / 256), i % 256, i, j
	}'
}

# with_line N TEXT: config with another line N.
with_line()
{
	config | sed "$1c $2"
}

# timed WORDS COMMAND...
timed()
{
	local what=$1 start=${EPOCHREALTIME/./} status

	shift
	"$@"
	status=$?
	note "$what: $(((${EPOCHREALTIME/./} - start) / 1000)) ms"
	return $status
}

apply_a_thousand()
{
	config >"$TMP/config"
	timed "apply of $PORTS ports, $((4 * PORTS)) bindings" \
		ctl apply "$TMP/config" || fail "not accepted"
	ctl show >"$TMP/old"
	same "ports" $PORTS "$(grep -c '^port' "$TMP/old")"
	same "bindings" $((4 * PORTS)) "$(grep -c '^binding' "$TMP/old")"
	timed "the same again" ctl apply "$TMP/config" || fail "not accepted again"
	cmp <(ctl show) "$TMP/old" || fail "something has changed"
}

text_identity()
{
	timed "show" ctl show >/dev/null
	timed "show | apply" ctl apply "$TMP/old" || fail "not accepted"
	cmp <(ctl show) "$TMP/old" || fail "something has changed"
	unguard
	expect "into nothing" ctl apply "$TMP/old"
	cmp <(ctl show) "$TMP/old" || fail "something has changed"
}

json_identity()
{
	ctl -j show >"$TMP/json"
	unguard
	timed "apply of JSON" ctl apply "$TMP/json" || fail "not accepted"
	cmp <(ctl -j show) "$TMP/json" || fail "something has changed"
	cmp <(ctl show) "$TMP/old" || fail "something has changed in the text"
}

bad_word_in_line_3999()
{
	with_line 3999 "binding add port tap749 mac 02:01:02:ed:00:02 ip 10.2.2.999" \
		>"$TMP/bad"
	refuse "address" "$TMP/bad:3999:.*10.2.2.999" ctl apply "$TMP/bad"
	cmp <(ctl show) "$TMP/old" || fail "the old state is lost"
	with_line 3999 "binding add port tap749 mak 02:01:02:ed:00:02" >"$TMP/bad"
	refuse "keyword" "$TMP/bad:3999:.*mak" ctl apply "$TMP/bad"
	cmp <(ctl show) "$TMP/old" || fail "the old state is lost"
}

# Well written, but the address belongs to the port of line 1,001.
conflict_in_line_3999()
{
	with_line 3999 "binding add port tap749 mac 02:09:00:00:00:01 ip 10.0.0.0" \
		>"$TMP/bad"
	refuse "IP" "$TMP/bad:3999:.*10.0.0.0.*another port" ctl apply "$TMP/bad"
	cmp <(ctl show) "$TMP/old" || fail "the old state is lost"
	with_line 3999 "binding add port tap749 mac 02:01:00:00:00:00" >"$TMP/bad"
	refuse "MAC" "$TMP/bad:3999:.*02:01:00:00:00:00.*another port" \
		ctl apply "$TMP/bad"
	with_line 3999 "binding add port nobody mac 02:09:00:00:00:01" >"$TMP/bad"
	refuse "port" "$TMP/bad:3999:.*nobody.*no such port" ctl apply "$TMP/bad"
	refuse "check" "$TMP/bad:3999:" ctl apply -c "$TMP/bad"
	cmp <(ctl show) "$TMP/old" || fail "the old state is lost"
}

# 20 of the ports have devices; the guest of the topology is one more.
real_ports_among_them()
{
	local i

	for i in {0..19}; do
		echo "link add tap$i type dummy"
		echo "link set tap$i master br0 up"
	done | ip -n "$HOST" -batch -
	{
		config
		echo "port set gst0 role guest"
		echo "binding add port gst0 mac $MAC_G ip $IP_G ip $IP6_G"
	} >"$TMP/config"
	timed "apply with devices" ctl apply "$TMP/config" || fail "not accepted"
	same "devices" 21 "$(ctl -j -d show port |
		jq '[.. | objects | select(.ifindex?)] | length')"
	introduce
	pass "own ARP" "victim uplink host" \
		eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V
	drop "another port's address" arp \
		eth src=$MAC_G / arp op=1 spa=10.0.0.0 tpa=$IP_V
	drop "another port's MAC" src-mac \
		eth src=02:01:00:00:00:00 / arp op=1 spa=10.0.0.0 tpa=$IP_V
}

time_of_one_change()
{
	timed "one binding more" ctl binding add port gst0 mac $MAC_X ip $IP_X ||
		fail "not accepted"
	timed "one port less" ctl port del gst0 || fail "not accepted"
}

tear_down()
{
	rm -rf "$TMP"
}

run_tests
