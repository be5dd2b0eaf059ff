#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# check.sh [-u COMMAND] PROGRAM: tests of brguardctl, built with the stand-in kernel
# of kernel.c, in TAP. COMMAND, if it is not empty, runs it, slowly. TESTS names
# those to run.
# shellcheck disable=SC2154	# see lib.sh

ALL_TESTS="
	help_levels
	usage_errors
	value_errors
	module_absent
	not_permitted
	show_empty
	set_and_show
	set_changes_only_what_is_given
	del_objects
	kernel_refusals
	apply_example
	apply_any_order
	apply_quick_form
	apply_packed
	apply_identity_text
	apply_identity_json
	apply_identity_details
	apply_checks_only
	apply_text_errors
	apply_json_errors
	apply_quoting
	apply_bytes
	apply_names_bad_line
	apply_all_lines_bad
	apply_many
	include_files
	include_errors
	dump_interrupted
	changed_between_dumps
	stats_forms
	monitor_text
	monitor_without_module
	monitor_that_nobody_reads
	monitor_json
	output_colours
	output_fails
	explain_usage
	explain_hex_forms
	explain_hex_errors
	explain_verdicts
	explain_towards_the_guest
	explain_audit
	explain_json
	explain_colours
	explain_refusals
	explain_long_packet
	explain_longest
	explain_pcap_forms
	explain_pcap_stdin
	explain_pcap_bad_files
	explain_pcap_bad_frames
	explain_pcap_cut_anywhere
	explain_pcap_bytes
	explain_batches
	explain_many
	explain_too_few_answers
	explain_output_fails
	suggest_usage
	suggest_text
	suggest_bridges_apart
	suggest_json
	suggest_applied
"

run_under=
if [ "$1" = -u ]; then
	run_under=$2
	shift 2
fi
program=$(realpath "$1")

here=$(cd "$(dirname "$0")" && pwd)
for part in lib pcap apply explain capture suggest; do
	# shellcheck source=/dev/null
	. "$here/$part.sh"
done

help_levels()
{
	local object

	for object in "" bridge port binding show apply stats monitor explain suggest \
		      "bridge set" "bridge del" "bridge show" "port set" "port del" "port show" \
		      "binding add" "binding del" "binding show" \
		      "explain in" "explain out"; do
		# shellcheck disable=SC2086 # object and command
		works $object help
		has "help of $object" "$out" "brguardctl $object"
	done
	works --help
	works port set -h
	works help port
	has "help port" "$out" "brguardctl port set"
	fails 2 '"no": unknown object' help no
	shows "brguardctl $(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$here/../../dkms.conf")" -V
}

usage_errors()
{
	fails 2 "usage:"
	fails 2 '"frob": unknown object' frob
	fails 2 '"frob": unknown command of port' port frob
	fails 2 '"po": unknown object' po show
	fails 2 '"-x": unknown option' -x show
	fails 2 '"--js": unknown option' --js show
	fails 2 '"--json=1": takes no value' --json=1 show
	fails 2 '"-n": a value is missing' -n
	fails 2 '--color "red"' -c=red show
	fails 2 '--netns "a/b"' -n a/b show
	fails 1 '--netns "no-such-netns"' -n no-such-netns show
	fails 2 "the name of the bridge is missing" bridge set
	fails 2 "the name of the port is missing" port del
	fails 2 '"rolle": unknown word, expected bridge, role' port set vk63 rolle guest
	fails 2 '"role": a value is missing' port set vk63 role
	fails 2 '"mode": given twice' bridge set br0 mode audit mode audit
	fails 2 '"mode": unknown word' port del vk63 mode
	is "nothing is expected" "${err%%, expected*}" "$err"
	fails 2 '"name": unknown word' port set vk63 name vk64
	fails 2 '"mac" is missing' binding add port vk63
	fails 2 '"port" is missing' binding add mac 52:54:00:9f:5d:c1
	fails 2 '"shared": unknown word' binding del port vk63 mac 52:54:00:9f:5d:c1 shared
	fails 2 '"frob": unknown word' show frob
	fails 2 '"more": unknown word' show port vk63 more
	fails 2 '"vk63": unknown word' show binding vk63
	fails 2 '"more": unexpected word' stats port vk63 reset more
	fails 2 "the name of a file is missing" apply -c
	fails 2 '"more": unexpected word' apply file more
	fails 2 '"all": unknown word' monitor all
	fails 2 '"watch": given twice' monitor watch watch
	has "hint" "$err" 'Try "brguardctl monitor help".'
}

value_errors()
{
	local binding="binding add port vk63 mac 52:54:00:9f:5d:c1"
	local word

	for word in 52-54-00-9f-5d-c1 52:54:00:9f:5d 52:54:00:9f:5d:c1:00 5254.009f.5dc1 \
		    52:54:0:9f:5d:c1 52:54:00:9f:5d:cg "" " 2:54:00:9f:5d:c1"; do
		fails 2 "mac \"$word\": expected a MAC" binding add port vk63 mac "$word"
	done
	fails 2 "is a group address" binding add port vk63 mac 33:33:00:00:00:01
	fails 2 "is no host's address" binding add port vk63 mac 00:00:00:00:00:00
	for word in 4095 -1 +1 010 0x10 "" 1x 99999999999; do
		# shellcheck disable=SC2086 # several words
		fails 2 "vlan \"$word\": expected a number from 0 to 4094" $binding vlan "$word"
	done
	for word in 1.2.3 1.2.3.4.5 256.1.1.1 01.2.3.4 ::1::2 fe80::1%eth0 "" /24 host; do
		# shellcheck disable=SC2086 # several words
		fails 2 "ip \"$word\": expected an IPv4 or IPv6" $binding ip "$word"
	done
	for word in 10.0.0.0/33 10.0.0.0/ 10.0.0.0/-1 10.0.0.0/08 10.0.0.0/8/8; do
		# shellcheck disable=SC2086 # several words
		fails 2 "ip \"$word\": expected a length from 0 to 32" $binding ip "$word"
	done
	# shellcheck disable=SC2086 # several words
	{
		fails 2 "a length from 0 to 128" $binding ip ::/129
		fails 2 "perhaps 192.168.1.0/24 was meant" $binding ip 192.168.1.5/24
		fails 2 "perhaps 2001:db8::/33 was meant" $binding ip 2001:db8:1::/33
		fails 2 "given twice" $binding ip 10.0.0.1 ip 10.0.0.1/32
	}
	for word in 0x05ff 0x10000 0x800 88cc 0x 0x88cg ""; do
		fails 2 "ethertype \"$word\": expected an EtherType" port set vk63 ethertype "$word"
	done
	fails 2 "none stands alone" port set vk63 ethertype none ethertype 0x88cc
	fails 2 "none stands alone" port set vk63 ethertype 0x88cc ethertype none
	fails 2 "given twice" port set vk63 ethertype 0x88cc ethertype 0x88CC
	for word in promiscuity member fdb proxy-arp weather ""; do
		fails 2 "hold \"$word\": expected ageing-time, vlan-filtering" \
			bridge set br0 hold "$word"
		has "all of them" "$err" "guard or neigh-suppress"
	done
	fails 2 "none stands alone" bridge set br0 hold none hold stp
	fails 2 "none stands alone" bridge set br0 hold stp hold none
	fails 2 "given twice" bridge set br0 hold stp hold flood hold stp
	for word in 1000001 -1 010 ""; do
		fails 2 "ageing-floor \"$word\": expected a number from 0 to 1000000" \
			bridge set br0 ageing-floor "$word"
	done
	fails 2 'mode "inherit": expected enforce or audit' bridge set br0 mode inherit
	fails 2 "expected eui64, listed or any" port set vk63 link-local none
	fails 2 "expected off or on" port set vk63 router yes
	fails 2 "cannot be empty" port set ""
	fails 2 "more than 15 bytes" bridge set sixteen-bytes-nn
	fails 2 "more than 127 bytes" port set "$(printf '%0128d' 0)"
	fails 2 "is a keyword" bridge set any
}

module_absent()
{
	local object

	export ABSENT=1
	for object in show stats suggest monitor "port set vk63" "bridge del br0" "apply /dev/null"; do
		# shellcheck disable=SC2086 # several words
		fails 3 "the brguard module is not loaded (modprobe brguard)" $object
	done
	fails 2 "unknown word" port set vk63 frob
	unset ABSENT
}

not_permitted()
{
	export PERMIT=0
	fails 1 "CAP_NET_ADMIN" show
	fails 1 'port "vk63": not permitted' port set vk63 role guest
	fails 1 "/dev/null: not permitted" apply /dev/null
	unset PERMIT
}

show_empty()
{
	fresh
	shows "" show
	shows '{"bridges":[],"ports":[],"bindings":[]}' -j show
	shows '{"ports":[]}' -j port
	shows '{"stats":[]}' -j stats
}

set_and_show()
{
	fresh
	works bridge set br0
	works bridge set br1 new-port guest mode audit
	works port set vk63 role guest
	works port set up bridge br0 role trusted mode enforce ethertype 0x9000 ethertype 0x0600
	works binding add port vk63 mac 52:54:00:9F:5D:C1 vlan 4094 ip ::/0 ip 0.0.0.0/0 shared
	works binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 0
	shows "bridge set br0 new-port trusted" show bridge br0
	shows "port set up bridge br0 role trusted mode enforce ethertype 0x0600 ethertype 0x9000" \
		port show up
	shows "binding add port vk63 mac 52:54:00:9f:5d:c1
binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 4094 ip 0.0.0.0/0 ip ::/0 shared" binding show
	shows "" binding show port up
	fails 1 "nosuch" binding show port nosuch
	shows '{"bridges":[{"name":"br1","new-port":"guest","mode":"audit"}]}' \
		-j bridge show br1
	shows '{"ports":[{"name":"vk63","role":"guest"}]}' --json port show vk63
	works -j show binding
	is "same words" "$out" "$(ctl -j binding show; echo "$out")"
	fails 1 'port "no": there is no such object' port show no
}

set_changes_only_what_is_given()
{
	fresh
	works port set p bridge br0 role guest mode audit link-local any router on ethertype 0x88cc
	works port set p dhcp-server on
	shows "port set p bridge br0 role guest mode audit link-local any dhcp-server on router on\
 ethertype 0x88cc" port
	works port set p bridge any role trusted mode inherit link-local eui64
	works port set p router off dhcp-server off ethertype none
	shows "port set p role trusted" port
	works bridge set br0 hold stp hold ageing-time ageing-floor 1000000
	works bridge set br0 new-port guest
	shows "bridge set br0 new-port guest ageing-floor 1000000 hold ageing-time hold stp" \
		bridge
	shows '{"bridges":[{"name":"br0","new-port":"guest","ageing-floor":1000000,'\
'"hold":["ageing-time","stp"]}]}' -j bridge
	works bridge set br0 hold flood
	shows "bridge set br0 new-port guest ageing-floor 1000000 hold flood" bridge
	works bridge set br0 hold none ageing-floor 0
	shows "bridge set br0 new-port guest" bridge
}

del_objects()
{
	fresh
	works bridge set br0
	works port set p role guest
	works binding add port p mac 52:54:00:9f:5d:c1
	works binding del port p mac 52:54:00:9f:5d:c1
	fails 1 "no such object" binding del port p mac 52:54:00:9f:5d:c1
	works port del p
	fails 1 'port "p": there is no such object' port del p
	works bridge del br0
	fails 1 'bridge "br0": there is no such object' bridge del br0
	shows "" show
}

kernel_refusals()
{
	fresh
	fails 1 '"role" is missing: a new port needs a role' port set p
	fails 1 'port "p": no such port' binding add port p mac 52:54:00:9f:5d:c1
	fails 1 'port "a\x0ab": no such port' binding add port $'a\nb' mac 52:54:00:9f:5d:c1
	works port set p role guest
	fails 1 'ip "10.66.66.66": another port has this address' \
		binding add port p mac 52:54:00:9f:5d:c1 ip 10.66.66.66
	fails 1 'ethertype "0x0800": this EtherType is always judged' port set p ethertype 0x0800
	works binding add port p mac 52:54:00:9f:5d:c1
	fails 1 'port "p": nothing new in it' binding add port p mac 52:54:00:9f:5d:c1
	fails 1 'port "no": there is no such object' stats port no
}

dump_interrupted()
{
	fresh
	example >file
	works apply file
	export INTERRUPT=5
	shows "$(example)" show
	export INTERRUPT=1000
	fails 1 "the configuration keeps changing" show
	unset INTERRUPT
}

# Each dump may be whole, and they of different times.
changed_between_dumps()
{
	fresh
	example >file
	works apply file
	export CHANGE=5
	shows "$(example)" show
	export CHANGE=1000
	fails 1 "the configuration keeps changing" show
	works show port
	unset CHANGE
}

stats_forms()
{
	fresh
	works port set "a b" role guest
	works port set c role guest
	shows 'port c events 4611686018427387904 suppressed 1
port c src-ip dropped 3 audited 0
port c 31 dropped 0 audited 1' stats port c
	shows '{"stats":[{"port":"a b","events":4611686018427387904,"suppressed":1,"reasons":'\
'{"src-ip":{"dropped":3,"audited":0},"31":{"dropped":0,"audited":1}}}]}' -j stats port "a b"
	works stats
	has "both ports" "$out" 'port "a b" src-ip dropped 3 audited 0'
	has "both ports" "$out" 'port c src-ip dropped 3 audited 0'
	shows "" stats reset
	shows "" stats port c reset
}

monitor_text()
{
	fresh
	shows 'violation port vk64 bridge virbr6 in drop src-ip src-mac 52:54:00:9f:5d:c1'\
' dst-mac ff:ff:ff:ff:ff:ff src-ip 192.168.50.13 dst-ip fe80::1 vlan 10 ethertype 0x0800'\
' suppressed 12
violation port vk64 suppressed 5
answers-for-all port uplink bridge virbr6 in mac 52:54:00:9f:5d:c1 claims 10000 distinct 255'\
' dropped 0 milliseconds 10000 sample 192.168.50.13 sample fe80::1
watch promiscuity bridge virbr6 device virbr6 old 0 new 1 pid 123 comm "evil\x0a\x1b[2J\xff" uid 0
watch ageing-time bridge br0 device br0 old 0 new 500 held low
watch fdb device all pid 7 comm sh uid 0 netns 4026531840 count 10000'\
' mac 52:54:00:9f:5d:c1 vlan 7 several
port set vk63 role guest
deleted binding port vk63 mac 52:54:00:9f:5d:c1 vlan 10
config replaced generation 7
lost events' monitor
	works monitor config
	is "only config" "$(head -n 1 out)" "port set vk63 role guest"
	ctl -d monitor watch
	is "ready" "$err" "brguardctl: listening"
}

monitor_without_module()
{
	fresh
	export UNLOAD=1
	ctl monitor config
	is "exit" "$rc" 3
	has "last line" "$(tail -n 1 out)" "lost events"
	is "error" "$err" "brguardctl: the brguard module was unloaded: there are no more events"
	unset UNLOAD
}

# Who has the other end of the pipe and does not read keeps no signal from it.
monitor_that_nobody_reads()
{
	local pid

	mkfifo full
	exec 3<>full
	head -c 65536 /dev/zero >&3
	# shellcheck disable=SC2086 # several words, or none
	timeout -s KILL 60 $run_under "$program" -d monitor watch >&3 2>err &
	pid=$!
	while kill -0 "$pid" 2>&3 && ! grep -q listening err; do
		sleep 0.1
	done
	kill "$pid"
	wait "$pid"
	is "exit" "$?" 0
	exec 3>&-
}

monitor_json()
{
	fresh
	works -jp monitor
	is "lines" "$(wc -l <out)" 10
	is "violation" "$(sed -n 1p out)" '{"event":"violation","port":"vk64","bridge":"virbr6",'\
'"direction":"in","verdict":"drop","reason":"src-ip","src-mac":"52:54:00:9f:5d:c1",'\
'"dst-mac":"ff:ff:ff:ff:ff:ff","src-ip":"192.168.50.13","dst-ip":"fe80::1","vlan":10,'\
'"ethertype":"0x0800","suppressed":12}'
	is "answers" "$(sed -n 3p out)" '{"event":"answers-for-all","port":"uplink",'\
'"bridge":"virbr6","direction":"in","mac":"52:54:00:9f:5d:c1","claims":10000,"distinct":255,'\
'"dropped":0,"milliseconds":10000,"sample":["192.168.50.13","fe80::1"]}'
	is "watch" "$(sed -n 4p out)" '{"event":"watch","what":"promiscuity","bridge":"virbr6",'\
'"device":"virbr6","old":0,"new":1,"pid":123,"comm":"evil\u000a\u001b[2J\ufffd","uid":0}'
	is "held" "$(sed -n 5p out)" '{"event":"watch","what":"ageing-time","bridge":"br0",'\
'"device":"br0","old":0,"new":500,"held":true,"low":true}'
	is "many" "$(sed -n 6p out)" '{"event":"watch","what":"fdb","device":"all","pid":7,'\
'"comm":"sh","uid":0,"netns":4026531840,"count":10000,"mac":"52:54:00:9f:5d:c1",'\
'"vlan":7,"several":true}'
	is "config" "$(sed -n 7p out)" \
		'{"event":"config","action":"set","port":{"name":"vk63","role":"guest"}}'
	is "deleted" "$(sed -n 8p out)" '{"event":"config","action":"deleted","binding":'\
'{"port":"vk63","mac":"52:54:00:9f:5d:c1","vlan":10}}'
	is "replaced" "$(sed -n 9p out)" '{"event":"config","action":"replaced","generation":7}'
	is "lost" "$(sed -n 10p out)" '{"event":"lost"}'
}

output_colours()
{
	fresh
	works port set p role guest
	shows "port set p role guest" -c show
	shows "port set p role guest" -c=never show
	shows $'port set \e[36mp\e[0m role guest' -c=always show
	shows '{"ports":[{"name":"p","role":"guest"}]}' -c=always -j show port
}

output_fails()
{
	[ -c /dev/full ] || return
	fresh
	works port set p role guest
	# shellcheck disable=SC2086 # several words, or none
	$run_under "$program" show >/dev/full 2>err
	is "exit with a full disk" "$?" 1
	is "sentence" "$(cat err)" "brguardctl: cannot write the output"
	# A socket that takes its place would get what is printed.
	$run_under "$program" show >&- 2>err
	is "exit without an output" "$?" 1
	is "sentence" "$(cat err)" "brguardctl: cannot write the output"
	$run_under "$program" apply - <&- >out 2>err
	is "exit without an input" "$?" 1
	shows "port set p role guest" show
}

echo "TAP version 13"
# shellcheck disable=SC2086 # several words, or none
$run_under "$program" -V >out || { echo "Bail out! $program does not run"; exit 1; }
# shellcheck disable=SC2086 # a list
set -- ${TESTS:-$ALL_TESTS}
echo "1..$#"
number=0
failures=0
for name in "$@"; do
	number=$((number + 1))
	failed=0
	"$name"
	if [ $failed = 0 ]; then
		echo "ok $number $name"
	else
		echo "not ok $number $name"
		failures=$((failures + 1))
	fi
done
echo "# $((number - failures)) passed, $failures failed"
[ $failures = 0 ]
