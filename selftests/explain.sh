#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What brguardctl explains is what happens: frames from captures of live traffic
# and from hexadecimal digits, and nothing comes of it.
# shellcheck disable=SC2034,SC2086,SC2119,SC2317

TESTS="
	from_the_guest
	towards_the_guest
	named_bindings
	prefix_in_a_prefix
	forms
	short_frames
	beyond_two_limits
	audit_mode
	questions_to_the_owner
	no_device
	alternative_name
	closed_ports
	ports_that_are_not
	ordinary_user
	without_a_trace
	captures_that_are_refused
	a_hundred_thousand
	real_traffic
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_up()
{
	need tcpdump jq iperf3
	TMP=$(mktemp -d)
	lab_create
}

tear_down()
{
	kill ${DUMPS-} ${SERVER-} 2>/dev/null
	monitor_stop
	rm -rf "$TMP"
}

OWN="eth src=$MAC_G / arp op=1 spa=$IP_G tpa=$IP_V"
SPOOF="eth src=$MAC_G / arp op=2 spa=$IP_R tpa=$IP_V"
FENCE="ether src 02:fe:00:00:00:fe"
OURS="binding port gst0 mac $MAC_G"

# --- captures ------------------------------------------------------------

# dump_start FILE OPTION...: tcpdump in the host.
dump_start()
{
	local file=$1

	shift
	ip netns exec "$HOST" tcpdump -n -Z root --immediate-mode -U -w "$file" "$@" \
		2>"$file.err" &
	DUMPS="${DUMPS-} $!"
	busywait 20 grep -q 'listening on' "$file.err" ||
		fail "tcpdump $*: $(cat "$file.err")"
}

dump_stop()
{
	kill $DUMPS
	wait $DUMPS 2>/dev/null
	DUMPS=
}

# has_frames FILE N
has_frames()
{
	[ "$(tcpdump -nr "$1" 2>/dev/null | wc -l)" -ge "$2" ]
}

# live FILE <FRAMES: send them; FILE.lived gets what became of each.
live()
{
	local what frame

	while IFS=';' read -r what frame; do
		probe "$what" $frame
		[ "$COUNTED" = - ] || COUNTED="drop ${COUNTED#"$PORT":}"
		echo "${COUNTED/#-/pass pass}" >>"$1.lived"
	done
}

# as_lived FILE in|out: every frame of the capture is explained as it was dealt
# with.
as_lived()
{
	local n

	n=$(wc -l <"$1.lived")
	busywait 20 has_frames "$1" "$n" || fail "not all of $n frames were captured"
	dump_stop
	ctl explain "$2" gst0 -r "$1" >"$1.told" || fail "status $?"
	same "numbers" "$(seq "$n")" "$(cut -d ' ' -f 1 "$1.told")"
	diff "$1.lived" <(cut -d ' ' -f 2,3 "$1.told") || fail "it was explained otherwise"
	note "$n frames, $(sort -u "$1.lived" | wc -l) outcomes"
}

# had FILE REASON...: each of them has come up.
had()
{
	local file=$1 reason

	shift
	for reason; do
		grep -q " $reason$" "$file.lived" || fail "no frame for $reason"
	done
}

# What a guest sends: words; frame.
frames_in()
{
	local to="eth src=$MAC_G dst=$MAC_V" arp="arp op=1 spa=$IP_G tpa=$IP_V"
	local all="eth src=$MAC_G dst=33:33:00:00:00:01 / ip6 src=$LL_G dst=ff02::1"

	cat <<-E
		own ARP; $OWN
		spoofed ARP; $SPOOF
		ARP probe; eth src=$MAC_G / arp op=1 spa=0.0.0.0 tpa=$IP_G
		ARP, padded; eth src=$MAC_G pad=60 / $arp
		ARP, cut off; eth src=$MAC_G cut=31 / $arp
		self-announcement; eth src=$MAC_G pad=60 / rarp op=3 tha=$MAC_G
		source MAC; eth src=$MAC_V / $arp
		group as source; eth src=03:00:00:00:00:01 / $arp
		own IPv4; $to / ip src=$IP_G dst=$IP_V / udp / raw n=1400
		spoofed IPv4; $to / ip src=$IP_R dst=$IP_V / udp
		later fragment; $to / ip src=$IP_R dst=$IP_V off=8 / raw n=8
		short header; $to / ip src=$IP_G dst=$IP_V ihl=4 / udp
		DHCP client; eth src=$MAC_G / ip src=0.0.0.0 / udp sport=68 dport=67 / dhcp
		DHCP server; eth src=$MAC_G / ip src=$IP_G / udp sport=67 dport=68 / dhcp op=2
		own IPv6; $to / ip6 src=$IP6_G dst=$IP6_V / udp / raw 00
		spoofed IPv6; $to / ip6 src=$IP6_R dst=$IP6_V / udp / raw 00
		extension headers; $to / ip6 src=$IP6_G dst=$IP6_V / hop / dstopt / udp
		own advertisement; $all / na target=$IP6_G opt=2:$MAC_G
		false advertisement; $all / na target=$IP6_V opt=2:$MAC_G
		false option; $all / na target=$IP6_G opt=2:$MAC_V
		router advertisement; $all / ra
		router solicitation; eth src=$MAC_G dst=33:33:00:00:00:02 / ip6 src=:: dst=ff02::2 / rs
		tag; eth src=$MAC_G / vlan id=7 / $arp
		priority tag; eth src=$MAC_G / vlan id=0 / $arp
		two tags; eth src=$MAC_G / vlan id=7 / vlan id=8 / $arp
		802.1ad tag; eth src=$MAC_G / vlan tpid=0x88a8 id=7 / $arp
		SNAP; eth src=$MAC_G / llc / snap / $arp
		LLDP; eth src=$MAC_G dst=01:80:c2:00:00:0e type=0x88cc / raw n=46
		reserved group; eth src=$MAC_G dst=01:80:c2:00:00:0e / ip src=$IP_G dst=$IP_V / udp
		EtherType; eth src=$MAC_G type=0x9000 / raw n=46
	E
}

# What others send it.
frames_out()
{
	local to="eth src=$MAC_R dst=$MAC_G"

	cat <<-E
		own IPv4; $to / ip src=$IP_R dst=$IP_G / tcp
		another IPv4; $to / ip src=$IP_R dst=$IP_V / tcp
		own IPv6; $to / ip6 src=$IP6_R dst=$IP6_G / tcp
		another IPv6; $to / ip6 src=$IP6_R dst=$IP6_V / tcp
		tag; $to / vlan id=10 / ip src=$IP_R dst=$IP_G / tcp
		unknown MAC; eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
		broadcast; eth src=$MAC_R / arp op=1 spa=$IP_R tpa=$IP_V
		multicast; eth src=$MAC_R dst=33:33:00:00:00:01 / ip6 src=$LL_R dst=ff02::1 / ra
	E
}

from_the_guest()
{
	guard
	introduce
	dump_start "$TMP/in" -i gst0 -Q in not $FENCE
	live "$TMP/in" < <(frames_in)
	as_lived "$TMP/in" in
	had "$TMP/in" pass malformed encapsulation ethertype vlan link-local src-mac arp \
		src-ip dhcp-server nd ra
}

towards_the_guest()
{
	guard
	introduce
	dump_start "$TMP/out" -i upl0 -Q in not $FENCE
	FROM=uplink
	live "$TMP/out" < <(frames_out)
	FROM=guest
	as_lived "$TMP/out" out
	had "$TMP/out" pass flood dst-ip
}

# --- single frames -------------------------------------------------------

named_bindings()
{
	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip $IP_G ip 198.51.100.0/24 ip $IP6_G
		binding add port gst0 mac $MAC_G vlan 10 ip 10.0.0.0/8 ip 2001:db8:10::/48
	E
	explained "address" "1 pass pass $OURS ip $IP_G" in gst0 $OWN
	explained "prefix" "1 pass pass $OURS ip 198.51.100.0/24" in gst0 \
		eth src=$MAC_G / arp op=1 spa=$IP_X tpa=$IP_V
	explained "IPv6" "1 pass pass $OURS ip $IP6_G" in gst0 \
		eth src=$MAC_G / ip6 src=$IP6_G / udp
	explained "tag" "1 pass pass $OURS vlan 10 ip 10.0.0.0/8" in gst0 \
		eth src=$MAC_G / vlan id=10 / ip src=10.1.2.3 / udp
	explained "not covered" "1 drop src-ip $OURS vlan 10" in gst0 \
		eth src=$MAC_G / vlan id=10 / ip src=$IP_G / udp
	explained "no such tag" "1 drop vlan" in gst0 \
		eth src=$MAC_G / vlan id=11 / ip src=10.1.2.3 / udp
	explained "no such MAC" "1 drop src-mac" in gst0 eth src=$MAC_X / ip src=$IP_G / udp
	explained "to it" "1 pass pass $OURS vlan 10 ip 2001:db8:10::/48" out gst0 \
		eth src=$MAC_R dst=$MAC_G / vlan id=10 / ip6 src=$IP6_R dst=2001:db8:10::1 / udp
	explained "not to it" "1 drop dst-ip $OURS" out gst0 \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=$IP_V / udp
}

# Of two that cover an address the longer one is named, wherever it is in the list.
prefix_in_a_prefix()
{
	local of="1 pass pass $OURS ip"

	policy <<-E
		port set gst0 role guest
		binding add port gst0 mac $MAC_G ip 198.51.100.0/24 ip 198.51.100.7 ip 198.51.100.0
		binding add port gst0 mac $MAC_G ip 2001:db8::/32 ip 2001:db8::7 ip 2001:db8::/64
	E
	explained "in both" "$of 198.51.100.7" in gst0 \
		eth src=$MAC_G / arp op=1 spa=198.51.100.7 tpa=$IP_V
	explained "in the prefix" "$of 198.51.100.0/24" in gst0 \
		eth src=$MAC_G / arp op=1 spa=198.51.100.9 tpa=$IP_V
	explained "the prefix's own address" "$of 198.51.100.0" in gst0 \
		eth src=$MAC_G / arp op=1 spa=198.51.100.0 tpa=$IP_V
	explained "to both" "$of 198.51.100.7" out gst0 \
		eth src=$MAC_R dst=$MAC_G / ip src=$IP_R dst=198.51.100.7 / udp
	explained "behind it" "1 drop arp $OURS" in gst0 \
		eth src=$MAC_G / arp op=1 spa=198.51.101.0 tpa=$IP_V
	explained "IPv6, in three" "$of 2001:db8::7" in gst0 \
		eth src=$MAC_G / ip6 src=2001:db8::7 / udp
	explained "IPv6, in two" "$of 2001:db8::/64" in gst0 \
		eth src=$MAC_G / ip6 src=2001:db8::8 / udp
	explained "IPv6, in one" "$of 2001:db8::/32" in gst0 \
		eth src=$MAC_G / ip6 src=2001:db8:1::7 / udp
}

forms()
{
	local hex spaced

	guard
	lab hex $OWN
	hex=$ANSWER
	spaced=$(fold -w 2 <<<"$hex" | paste -sd ' ')
	explained "digits" "1 pass pass $OURS ip $IP_G" in gst0 "$hex"
	same "words" "1 pass pass $OURS ip $IP_G" "$(ctl explain in gst0 $spaced)"
	same "colons" "1 pass pass $OURS ip $IP_G" "$(ctl explain in gst0 0x${spaced// /:})"
	same "JSON" '{"frame":1,"verdict":"pass","reason":"pass",'`
		`'"binding":{"mac":"'$MAC_G'","ip":["'$IP_G'"]}}' "$(ctl -j explain in gst0 $hex)"
	same "JSON of a capture" "$(cut -d ' ' -f 1-3 "$TMP/in.told")" \
		"$(ctl -j explain in gst0 -r "$TMP/in" |
			jq -r '"\(.frame) \(.verdict) \(.reason)"')"
	same "standard input" "$(cat "$TMP/in.told")" "$(ctl explain in gst0 - <"$TMP/in")"
	refuse "half a byte" 'position 5: is half a byte' ctl explain in gst0 00000
	ctl explain in gst0 0g 2>/dev/null
	same "status of a usage error" 2 $?
	ctl explain in nobody 00 2>/dev/null
	same "status of a refusal" 1 $?
}

# What has no whole Ethernet header.
short_frames()
{
	local short whole=$MAC_V$MAC_H port

	policy <<-E
		bridge set br0 new-port trusted
		port set gst0 role guest
		port set upl0 role trusted
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	whole=${whole//:}9000
	for short in 00 ${whole:0:24} ${whole:0:26}; do
		for port in upl0 fen0 br0; do
			same "$port, in" "1 pass pass" "$(ctl explain in $port $short)"
			same "$port, out" "1 pass pass" "$(ctl explain out $port $short)"
		done
		same "guest, in" "1 drop malformed" "$(ctl explain in gst0 $short)"
		same "guest, out" "1 drop malformed" "$(ctl explain out gst0 $short)"
	done
	expect "uplink-macs" ctl port set upl0 uplink-macs bound
	same "uplink, a header" "1 pass pass" "$(ctl explain out upl0 $whole)"
	expect "guarded" ctl bridge set br0 local-port guarded
	same "host, a header" "1 pass pass" "$(ctl explain in br0 $whole)"
	for short in 00 ${whole:0:26}; do
		same "uplink-macs" "1 pass pass" "$(ctl explain out upl0 $short)"
		same "local port, in" "1 drop malformed" "$(ctl explain in br0 $short)"
		same "local port, out" "1 drop malformed" "$(ctl explain out br0 $short)"
	done
}

# becomes WORDS WHERE COUNT LINE FRAME...: live from the uplink, and explained.
becomes()
{
	local what=$1 where=$2 count=$3 line=$4

	shift 4
	FROM=uplink
	probe "$what" "$@"
	FROM=guest
	if [ "$where" = - ]; then
		same "$what: came to" - "$CAME"
	else
		came_to $where || fail "$what: came to \"$CAME\", not to $where"
	fi
	same "$what: counters" "$count" "$COUNTED"
	explained "$what" "$line" in upl0 "$@"
}

# An answer that claims what is a guest's, of a MAC that answers for too many.
beyond_two_limits()
{
	local reply="eth src=$MAC_R / arp op=2 tpa=$IP_V spa="

	policy <<-E
		bridge set br0 new-port trusted claims alarm answers drop answers-max 2
		port set gst0 role guest
		port set upl0 role trusted
		binding add port gst0 mac $MAC_G ip $IP_G
	E
	expect "time" ctl bridge set br0 answers-time 600
	becomes "within the limit" "victim host" - "1 pass pass" ${reply}203.0.113.1
	becomes "a claim" "victim host" upl0:claim:audited "1 pass claim audited" $reply$IP_G
	becomes "beyond the limit" - upl0:answers-for-all "1 drop answers-for-all" \
		${reply}203.0.113.2
	becomes "both" - upl0:answers-for-all "1 drop answers-for-all" $reply$IP_G
	expect "audit" ctl port set upl0 mode audit
	becomes "beyond the limit, audited" "victim host" upl0:answers-for-all:audited \
		"1 pass answers-for-all audited" ${reply}203.0.113.2
	becomes "both, audited" "victim host" upl0:claim:audited "1 pass claim audited" \
		$reply$IP_G
	expect "drop" ctl bridge set br0 claims drop
	becomes "both, audited, drop" "victim host" upl0:claim:audited \
		"1 pass claim audited" $reply$IP_G
	expect "enforce" ctl port set upl0 mode enforce
	becomes "both, drop" - upl0:claim "1 drop claim" $reply$IP_G
	expect "alarm" ctl bridge set br0 claims alarm answers alarm
	becomes "both, alarm" "victim host" upl0:claim:audited "1 pass claim audited" \
		$reply$IP_G
	becomes "beyond the limit, alarm" "victim host" - "1 pass pass" ${reply}203.0.113.2
	expect "off" ctl bridge set br0 claims off answers drop
	becomes "claims off" - upl0:answers-for-all "1 drop answers-for-all" $reply$IP_G
}

audit_mode()
{
	guard
	expect "audit" ctl port set gst0 mode audit
	explained "spoofed" "1 pass arp audited $OURS" in gst0 $SPOOF
	explained "own" "1 pass pass $OURS ip $IP_G" in gst0 $OWN
	explained "flood" "1 pass flood audited" out gst0 \
		eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
	expect "enforce" ctl port set gst0 mode inherit
	expect "audit" ctl bridge set br0 mode audit
	explained "spoofed, by the bridge" "1 pass arp audited $OURS" in gst0 $SPOOF
	expect "enforce" ctl bridge set br0 mode enforce
	explained "enforced" "1 drop arp $OURS" in gst0 $SPOOF
}

questions_to_the_owner()
{
	local question="eth src=$MAC_R / arp op=1 spa=$IP_R"

	guard
	expect "victim" ctl port set vic0 role guest
	expect "victim" ctl binding add port vic0 mac $MAC_V ip $IP_V
	explained "scope all" "1 pass pass" out gst0 $question tpa=$IP_V
	expect "scope" ctl bridge set br0 arp-scope owner
	explained "scope owner" "1 drop arp-scope" out gst0 $question tpa=$IP_V
	explained "the owner" "1 pass pass" out vic0 $question tpa=$IP_V
	explained "nobody's" "1 pass pass" out gst0 $question tpa=$IP_X
}

no_device()
{
	policy <<-E
		port set gone role guest
		binding add port gone mac $MAC_G ip $IP_G
		port set quiet role guest mode audit
		port set up role trusted
		bridge set br7 mode audit arp-scope owner
		port set there role guest bridge br7
		port set strict role guest bridge br7 mode enforce
	E
	explained "own" "1 pass pass binding port gone mac $MAC_G ip $IP_G" in gone $OWN
	explained "spoofed" "1 drop arp binding port gone mac $MAC_G" in gone $SPOOF
	explained "to another" "1 drop flood" out gone \
		eth src=$MAC_R dst=$MAC_X / ip src=$IP_R dst=$IP_X / tcp
	explained "audited" "1 pass src-mac audited" in quiet $OWN
	explained "audited by its bridge" "1 pass src-mac audited" in there $OWN
	explained "not audited" "1 drop src-mac" in strict $OWN
	explained "trusted" "1 pass pass" in up $SPOOF
}

alternative_name()
{
	ip -n "$HOST" link property add dev gst0 altname web1
	policy <<-E
		port set web1 role guest
		binding add port web1 mac $MAC_G ip $IP_G
	E
	drop_as web1 arp $SPOOF
	explained "by the port" "1 drop arp binding port web1 mac $MAC_G" in web1 $SPOOF
	explained "by the device" "1 drop arp binding port web1 mac $MAC_G" in gst0 $SPOOF
	ip -n "$HOST" link property del dev gst0 altname web1
	unguard
}

# drop_as PORT REASON FRAME...: live, and counted on the port.
drop_as()
{
	local port=$1 reason=$2

	shift 2
	reset_counters
	lab probe guest "$@"
	same "$port: $reason, live" 1 "$(count "$port" $reason)"
}

closed_ports()
{
	policy <<<"port set gst* role guest"
	drop_as gst0 src-mac $OWN
	explained "template" "1 drop src-mac" in gst0 $OWN
	refuse "template itself" 'port "gst\*": a template' ctl explain in 'gst*' 00
	policy <<-E
		bridge set br0 new-port guest
		port set upl0 role trusted
		port set fen0 role trusted
	E
	drop_as gst0 src-mac $OWN
	explained "new port" "1 drop src-mac" in gst0 $OWN
	explained "trusted" "1 pass pass" in upl0 $SPOOF
	policy <<<"port set gst0 bridge br9 role guest"
	drop_as gst0 src-mac $OWN
	explained "on another bridge" "1 drop src-mac" in gst0 $OWN
}

ports_that_are_not()
{
	guard
	refuse "unknown" 'port "nobody": no such port' ctl explain in nobody 00
	explained "trusted, since the bridge says so" "1 pass pass" in fen0 \
		eth src=$MAC_X / arp op=2 spa=$IP_X tpa=$IP_V
	explained "trusted, and a claim" "1 drop claim" in fen0 $SPOOF
	explained "trusted, towards it" "1 pass pass" out fen0 $SPOOF
	expect "no such bridge" ctl bridge del br0
	refuse "unguarded" 'port "fen0": no such port' ctl explain out fen0 00
	refuse "of a capture" 'port "nobody": no such port' \
		ctl explain in nobody -r "$TMP/in"
	unguard
	refuse "nothing configured" 'port "gst0": no such port' ctl explain in gst0 00
}

ordinary_user()
{
	local run="in_ns host setpriv --reuid=65534 --regid=65534 --clear-groups"

	guard
	expect "root" in_ns host brguardctl explain in gst0 00
	refuse "nobody" 'not permitted' $run brguardctl explain in gst0 00
	chmod -R a+rX "$TMP"
	refuse "nobody, of a capture" 'not permitted' \
		$run brguardctl explain in gst0 -r "$TMP/in"
}

# state: all that explaining could leave behind.
state()
{
	local end

	ctl show
	ctl -j stats
	fdb
	for end in $ENDS; do
		ip -n "$NS-${end%:*}" -j -s link show eth0 | jq -c '.[].stats64'
		ip -n "$HOST" -j -s link show "${end#*:}" | jq -c '.[].stats64'
	done
}

without_a_trace()
{
	local before

	guard
	introduce
	drop "spoofed, live" arp $SPOOF
	pass "own, live" "victim uplink host" $OWN
	monitor violation
	"$HERE/frame.py" recv -N "$NS-victim" -t 1000 eth0 $OWN >"$TMP/seen" 2>"$TMP/seen.err" &
	RECEIVER=$!
	busywait 20 grep -q ready "$TMP/seen.err" || fail "nobody listens"
	before=$(state)
	expect "capture" ctl explain in gst0 -r "$TMP/in"
	expect "capture" ctl explain out gst0 -r "$TMP/out"
	explained "own" "1 pass pass $OURS ip $IP_G" in gst0 $OWN
	explained "spoofed" "1 drop arp $OURS" in gst0 $SPOOF
	same "state" "$before" "$(state)"
	kill $RECEIVER
	wait $RECEIVER 2>/dev/null
	same "frames that the victim has seen" 0 "$(cat "$TMP/seen")"
	expect "an event that is heard" ctl bridge set after mode audit
	wait_for "end" '.bridge.name == "after"'
	heard '.event == "violation"' && fail "an event of a frame that was only explained"
	monitor_stop
}

captures_that_are_refused()
{
	local file=$TMP/bad

	guard
	refuse "no file" 'nix: cannot open it: No such file' ctl explain in gst0 -r nix
	: >$file
	refuse "empty" 'bad: is empty' ctl explain in gst0 -r $file
	ctl show >$file
	refuse "text" 'bad: is no capture' ctl explain in gst0 -r $file
	head -c -1 "$TMP/in" >$file
	refuse "cut off" 'bad: cannot read on behind [0-9]* whole frames: trunc' \
		ctl explain in gst0 -r $file
	same "frames in front" "$(head -n -1 "$TMP/in.told")" \
		"$(ctl explain in gst0 -r $file 2>/dev/null)"
	dump_start $file -s 60 -i gst0 -Q in
	probe "short" $OWN
	probe "long" eth src=$MAC_G dst=$MAC_V / ip src=$IP_G dst=$IP_V / udp / raw n=100
	probe "short again" $OWN
	busywait 20 has_frames $file 3 || fail "not captured"
	dump_stop
	refuse "snap length" 'bad: frame 2: only [0-9]* of its 142 bytes were captured' \
		ctl explain in gst0 -r $file
	same "frames in front" "1 pass pass $OURS ip $IP_G" \
		"$(ctl explain in gst0 -r $file 2>/dev/null)"
	dump_start $file -i any
	dump_stop
	refuse "link type" 'bad: has the link type LINUX_SLL2?, expected EN10MB' \
		ctl explain in gst0 -r $file
}

# repeat N FILE: its contents N times
repeat()
{
	yes "$2" | head -n "$1" | xargs cat
}

a_hundred_thousand()
{
	local n blocks start

	guard
	n=$(wc -l <"$TMP/in.lived")
	blocks=$((100000 / (100 * n) + 1))
	tail -c +25 "$TMP/in" >"$TMP/body"
	repeat 100 "$TMP/body" >"$TMP/hundred"
	{ head -c 24 "$TMP/in"; repeat $blocks "$TMP/hundred"; } >"$TMP/many"
	n=$((n * 100 * blocks))
	start=${EPOCHREALTIME/./}
	ctl explain in gst0 -r "$TMP/many" >"$TMP/told" || fail "status $?"
	note "$n frames: $(((${EPOCHREALTIME/./} - start) / 1000)) ms"
	[ $n -ge 100000 ] || fail "only $n frames"
	same "lines" $n "$(wc -l <"$TMP/told")"
	same "numbers" "$(seq $n | md5sum)" "$(cut -d ' ' -f 1 "$TMP/told" | md5sum)"
	same "verdicts" "$(repeat $((100 * blocks)) "$TMP/in.lived" | md5sum)" \
		"$(cut -d ' ' -f 2,3 "$TMP/told" | md5sum)"
}

# all_pass FILE in|out: and they are many.
all_pass()
{
	ctl explain $2 gst0 -r "$1" >"$1.told" || fail "$2: status $?"
	grep -v ' pass pass' "$1.told" | head -n 5 | grep . && fail "$2: objections"
	note "$2: $(wc -l <"$1.told") frames, $(tcpdump -nr "$1" greater 60000 2>/dev/null |
		wc -l) of 60000 bytes and more"
	has_frames "$1" 20 || fail "$2: hardly any frames"
}

# Real stacks, with large frames that nobody has segmented and sums that nobody
# has written. What passed is explained as passing. The last test: the lab ends.
real_traffic()
{
	local to=$IP_V

	lab_stop
	guard
	ctl stats reset
	! has_ipv6 || to=$IP6_V
	dump_start "$TMP/real.in" -i gst0 -Q in
	dump_start "$TMP/real.out" -i gst0 -Q out
	lab_addresses
	expect "ping" in_ns guest ping -q -c 3 -i 0.2 -W 5 $IP_V
	expect "ping" in_ns guest ping -q -c 3 -i 0.2 -W 5 -s 5000 $to
	ip netns exec "$NS-victim" iperf3 -s >/dev/null 2>&1 &
	SERVER=$!
	busywait 20 in_ns victim sh -c 'ss -Hltn "sport = :5201" | grep -q .' || fail "no server"
	expect "TCP" in_ns guest iperf3 -c $IP_V -n 2M
	expect "TCP" in_ns guest iperf3 -R -c $to -n 2M
	kill $SERVER
	dump_stop
	same "violations" 0 "$(ctl -j stats port gst0 | jq '.stats[0].events')"
	all_pass "$TMP/real.in" in
	all_pass "$TMP/real.out" out
}

run_tests
