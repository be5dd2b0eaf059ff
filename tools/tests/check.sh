#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# check.sh [-v] PROGRAM: tests of brguardctl, built with the stand-in kernel of
# kernel.c, in TAP. -v runs it under valgrind.

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
	stats_forms
	monitor_text
	monitor_json
	output_colours
	output_fails
"

run_under=
if [ "$1" = -v ]; then
	run_under="valgrind -q --leak-check=full --error-exitcode=99"
	shift
fi
program=$(realpath "$1")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export STATE=$work/state
export ASAN_OPTIONS=detect_leaks=1
unset NO_COLOR ABSENT PERMIT INTERRUPT ROOM

# The program; its words in $out and $err, its exit code in $rc.
ctl()
{
	# shellcheck disable=SC2086 # several words, or none
	$run_under "$program" "$@" >"$work/out" 2>"$work/err"
	rc=$?
	out=$(cat "$work/out")
	err=$(cat "$work/err")
	if [ "$rc" -gt 3 ] || grep -q 'runtime error\|Sanitizer\|^==' "$work/err"; then
		complain "rc $rc: $*" "$err"
	fi
}

complain()
{
	failed=1
	printf '%s\n' "$@" | sed 's/^/# /'
}

# is WHAT HAVE WANT
is()
{
	[ "$2" = "$3" ] || complain "$1" "have: $2" "want: $3"
}

# has WHAT HAVE PART
has()
{
	case $2 in
	*"$3"*)	;;
	*)	complain "$1" "have: $2" "want part: $3";;
	esac
}

# fails CODE SENTENCE WORDS...
fails()
{
	local code=$1 sentence=$2

	shift 2
	ctl "$@"
	is "exit of: $*" "$rc" "$code"
	has "error of: $*" "$err" "$sentence"
	is "output of: $*" "$out" ""
}

# works WORDS...
works()
{
	ctl "$@"
	is "exit of: $*" "$rc" 0
	is "error of: $*" "$err" ""
}

# shows TEXT WORDS...
shows()
{
	local text=$1

	shift
	works "$@"
	is "output of: $*" "$out" "$text"
}

# refuses SENTENCE TEXT: apply of TEXT names it, and the old state is left
refuses()
{
	local before

	works show
	before=$out
	printf '%s\n' "$2" >bad
	fails 1 "brguardctl: bad$1" apply bad
	shows "$before" show
}

fresh()
{
	rm -f "$STATE"
}

example()
{
	cat <<-'END'
	bridge set br0 new-port guest mode audit
	bridge set br1 new-port trusted arp-scope owner claims alarm answers drop answers-max 0 answers-time 60 answers-own off
	port set "a b" role guest
	port set tap*i* role guest mode audit link-local any dhcp-server on router on ethertype 0x88cc ethertype 0x9000
	port set uplink bridge br0 role trusted mode enforce link-local listed uplink-macs bound
	port set vk63 role guest
	binding add port "a b" mac 52:54:00:9f:5d:c2
	binding add port vk63 mac 52:54:00:9f:5d:c1 ip 10.0.0.0/8 ip fe80::1
	binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 10 ip 192.168.50.13 ip 2001:db8::/64 shared
	END
}

help_levels()
{
	local object

	for object in "" bridge port binding show apply stats monitor \
		      "bridge set" "bridge del" "bridge show" "port set" "port del" "port show" \
		      "binding add" "binding del" "binding show"; do
		# shellcheck disable=SC2086 # object and command
		works $object help
		has "help of $object" "$out" "brguardctl $object"
	done
	works --help
	works port set -h
	works help port
	has "help port" "$out" "brguardctl port set"
	fails 2 '"no": unknown object' help no
	shows "brguardctl 0.1.0" -V
}

usage_errors()
{
	fails 2 "usage:"
	fails 2 '"frob": unknown object' frob
	fails 2 '"frob": unknown command of port' port frob
	fails 2 '"po": unknown object' po show
	fails 2 '"explain": unknown object' explain in vk63 00
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
	for object in show stats monitor "port set vk63" "bridge del br0" "apply /dev/null"; do
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
	shows '{"bridges":[{"name":"br1","new-port":"guest","mode":"audit"}]}' \
		-j bridge show br1
	shows '{"ports":[{"name":"vk63","role":"guest"}]}' --json port show vk63
	is "same words" "$("$program" -j show binding)" "$("$program" -j binding show)"
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

apply_example()
{
	fresh
	example >file
	works apply file
	shows "$(cat file)" show
}

apply_any_order()
{
	fresh
	example | tac >file
	echo "port set vk63" >>file
	works apply file
	shows "$(example)" show
	printf '%s\n' "port set p role guest mode audit" "port set p mode enforce" \
		"binding add port p mac 52:54:00:9f:5d:c1 ip 10.0.0.2" \
		"  # a comment" "" $'\t' \
		"binding add ip 10.0.0.1 mac 52:54:00:9f:5d:c1 port p # another" >file
	works apply file
	shows "port set p role guest mode enforce
binding add port p mac 52:54:00:9f:5d:c1 ip 10.0.0.1 ip 10.0.0.2" show
}

# identity OPTIONS...: what show prints, apply takes, and the state is the same
identity()
{
	fresh
	example >file
	works apply file
	works "$@" show
	cp out first
	works apply first
	works "$@" show
	cmp out first || complain "not the identity: $*"
	ctl apply - <first
	is "exit of apply -" "$rc" 0
	shows "$(example)" show
}

apply_identity_text()
{
	identity
}

apply_identity_json()
{
	identity -j
	identity -jp
}

apply_identity_details()
{
	identity -d
	has "details" "$(cat first)" 'role guest # device "vnet 7" ifindex 7 master br0 promiscuity 1'
	identity -ds
	has "counters" "$(cat first)" "events 4611686018427387904 suppressed 1 src-ip dropped 3 audited 0"
	identity -jds
	has "counters" "$(cat first)" '"runtime":{"device":"vnet 7"'
}

apply_checks_only()
{
	fresh
	example >file
	works apply -c file
	shows "" show
	echo "bridge set br0 new-port host" >>file
	fails 1 "file:10: " apply -c file
}

apply_text_errors()
{
	fresh
	works bridge set keep
	refuses ':1: "frob": unknown word, expected bridge, port, binding or include' "frob"
	refuses ':2: bridge "del": a configuration has only "bridge set"' $'\nbridge del br0'
	refuses ':1: binding "set"' "binding set port p mac 52:54:00:9f:5d:c1"
	refuses ':1: port "": a conf' "port"
	refuses ':1: "show": unknown word' "show"
	refuses ':3: mac "52:54:00:9f:5d": expected' \
		$'# x\n\nbinding add port p mac 52:54:00:9f:5d'
	refuses ':1: "\"b r": the closing quote is missing' 'bridge set "b r'
	refuses ':1: "\"abc\"d": a blank is missing behind' 'bridge set "abc"d'
	refuses ':1: "ab\"c\"": a quote inside a word' 'bridge set ab"c"'
	refuses ':1: "\"\\q\"": a backslash' 'bridge set "\q"'
	refuses ':1: "\"\\x00\"": a backslash' 'bridge set "\x00"'
	refuses ':1: "\"\\x4\"": a backslash' 'bridge set "\x4"'
	refuses ':1: bridge "": a name cannot be empty' 'bridge set ""'
	refuses ':1: "mode": given twice' 'bridge set br0 mode audit mode audit'
	refuses ':1: "\x1b[2J": unknown word' $'\e[2J'
	printf 'bridge set br0\nbridge\0set br1\n' >bad
	fails 1 "bad:2: a NUL byte" apply bad
	printf 'bridge set br0\nbridge set br1 x' >bad
	fails 1 'bad:2: "x"' apply bad
	ctl apply - <bad
	is "exit" "$rc" 1
	has "name of standard input" "$err" 'brguardctl: <stdin>:2: "x"'
	fails 1 "no-file: cannot open it: No such file" apply no-file
	fails 1 "$work: cannot read it: Is a directory" apply "$work"
	printf 'bridge set br0\r\n\tbridge  set   br1\r\n' >good
	works apply -c good
}

apply_json_errors()
{
	fresh
	works bridge set keep
	refuses ':2: ' '{'
	refuses ':2: ' $'{\n"bridges":[],}'
	refuses ': "frob": unknown key, expected bridges' '{"frob":[]}'
	refuses ': "ports": expected an array' '{"ports":{}}'
	refuses ': ports[1]: "rolle": unknown key' \
		'{"ports":[{"name":"a","role":"guest"},{"name":"b","rolle":"guest"}]}'
	refuses ': ports[0]: expected an object' '{"ports":["a"]}'
	refuses ': ports[0]: "name" is missing' '{"ports":[{"role":"guest"}]}'
	refuses ': ports[0]: "name": expected a string' '{"ports":[{"name":7}]}'
	refuses ': ports[0]: "router": expected true' '{"ports":[{"name":"a","router":"on"}]}'
	refuses ': ports[0]: "ethertype": expected an array' \
		'{"ports":[{"name":"a","ethertype":"0x88cc"}]}'
	refuses ': ports[0]: "ethertype": expected an array of' \
		'{"ports":[{"name":"a","ethertype":[35020]}]}'
	refuses ': ports[0]: "role" is missing: a new port' '{"ports":[{"name":"a"}]}'
	refuses ': bindings[0]: vlan "4095": expected' \
		'{"bindings":[{"port":"a","mac":"52:54:00:9f:5d:c1","vlan":4095}]}'
	refuses ': bindings[0]: "vlan": expected an integer' \
		'{"bindings":[{"port":"a","mac":"52:54:00:9f:5d:c1","vlan":"10"}]}'
	refuses ': bindings[0]: port "a": no such port' \
		'{"bindings":[{"port":"a","mac":"52:54:00:9f:5d:c1","shared":false}]}'
	refuses ':1: duplicate object key' '{"ports":[{"name":"a","name":"b"}]}'
	echo '{"ports":[{"router":false,"runtime":{"x":[1.5]},"role":"guest","name":"a"}]}' >good
	works apply good
	shows "port set a role guest" show
}

apply_quoting()
{
	local name

	fresh
	for name in "a b" 'a"b' 'a\b' "a#b" "#" $'a\nb' $'tab\there' $'\e[31m' "grün" $'\xc2\x9b' \
		    "[ab]*?" "help" "-j" "'" "a,b" ".." "port"; do
		works port set "$name" role guest
		works binding add port "$name" mac 52:54:00:9f:5d:c1
		works show port "$name"
		cp out one
		works apply one
		shows "$(cat one)" show port "$name"
		works -j show port "$name"
		cp out one
		works apply one
		shows "$(cat one)" -j show port "$name"
	done
	works port set $'\x01 \xff"' role guest
	shows 'port set "\x01 \xff\"" role guest' port show $'\x01 \xff"'
}

# Any bytes at all: an answer, and never a crash.
apply_bytes()
{
	local i

	example >file
	for i in $(seq 60); do
		head -c "$((i * 9))" file >bad
		ctl apply -c bad
		{ head -c "$((i * 9))" file; head -c 5 /dev/urandom; tail -c "+$((i * 9))" file; } >bad
		ctl apply -c bad
		{ printf '{"ports":[{"name":"'; head -c 20 /dev/urandom; printf '"}]}'; } >bad
		ctl apply -c bad
	done
}

# many N: N ports with 4 bindings each
many()
{
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++) {
			printf "port set p%05d role guest\n", i
			for (j = 0; j < 4; j++)
				printf "binding add port p%05d mac 52:54:%02x:%02x:%02x:%02x" \
					" ip 10.%d.%d.%d ip 2001:db8::%x:%x\n", i, j, i / 65536, \
					i / 256 % 256, i % 256, j, i / 256, i % 256, j + 1, i + 1
		}
	}'
}

apply_names_bad_line()
{
	fresh
	works bridge set keep
	many 1000 >file
	sed -i '3999s/ip 10[0-9.]*/ip 10.66.66.66/' file
	fails 1 'file:3999: ip "10.66.66.66": another port has this address' apply file
	shows "bridge set keep new-port trusted" show
	sed -i '3999s/ip 10.66.66.66/ip 10.66.66.666/' file
	fails 1 'file:3999: ip "10.66.66.666": expected' apply file
	sed -i '3999s/.*/port set p7/; 36d' file
	fails 1 'file:3998: "role" is missing' apply file
}

# More refusals than the socket holds: the first one is still the one that is named.
apply_all_lines_bad()
{
	fresh
	many 1000 | grep binding >file
	export ROOM=50
	fails 1 'file:1: port "p00000": no such port' apply file
	unset ROOM
}

apply_many()
{
	local n=1000

	[ -z "$run_under" ] || n=20
	fresh
	many $n | sort -R >file
	works apply file
	works show
	cp out first
	is "lines" "$(wc -l <first)" $((5 * n))
	is "same lines" "$(LC_ALL=C sort first | md5sum)" "$(LC_ALL=C sort file | md5sum)"
	works apply first
	works show
	cmp out first || complain "not the identity in text"
	works -j show
	cp out first
	works apply first
	works -j show
	cmp out first || complain "not the identity in JSON"
}

include_files()
{
	fresh
	mkdir -p "in c[1]/d" empty
	printf 'include d/*.conf\ninclude "%s/empty/*.conf"\nport set main role guest\n' "$work" \
		>"in c[1]/main"
	echo "port set p role guest" >"in c[1]/d/1.conf"
	echo "port set p mode audit" >"in c[1]/d/2.conf"
	echo '{"ports":[{"name":"q","role":"trusted"}]}' >"in c[1]/d/3.conf"
	echo "frob" >"in c[1]/d/4.other"
	works apply "in c[1]/main"
	shows "port set main role guest
port set p role guest mode audit
port set q role trusted" show
	echo "port set p mode no" >"in c[1]/d/2.conf"
	fails 1 '/d/2.conf:1: mode "no"' apply "in c[1]/main"
}

include_errors()
{
	local i

	fresh
	works bridge set keep
	refuses ':1: "include": the name of a file is missing' "include"
	refuses ':1: "more": unexpected word' "include file more"
	refuses ':2: include "no-file": there is no such file' $'\ninclude no-file'
	refuses ': includes itself' 'include bad'
	refuses ': includes itself' 'include b*d'
	echo 'include bad' >other
	refuses ': includes itself' 'include other'
	for i in $(seq 20); do
		echo "include deep$((i + 1))" >"deep$i"
	done
	fails 1 "more than 16 files included in each other" apply deep1
	mkfifo fifo
	echo "include fifo" >pipe
	fails 1 "fifo: is not a regular file" apply pipe
	echo "include -" >dash
	fails 1 "dash:1: include \"-\": there is no such file" apply dash
	echo "port set p role guest" >fifo &
	works apply -c fifo
	wait
	echo "port set p role guest" >twice
	printf 'include twice\ninclude twice\n' >good
	works apply -c good
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
port set vk63 role guest
deleted binding port vk63 mac 52:54:00:9f:5d:c1 vlan 10
config replaced generation 7
lost events' monitor
	works monitor config
	is "only config" "$(head -n 1 out)" "port set vk63 role guest"
	ctl -d monitor watch
	is "ready" "$err" "brguardctl: listening"
}

monitor_json()
{
	fresh
	works -jp monitor
	is "lines" "$(wc -l <out)" 8
	is "violation" "$(sed -n 1p out)" '{"event":"violation","port":"vk64","bridge":"virbr6",'\
'"direction":"in","verdict":"drop","reason":"src-ip","src-mac":"52:54:00:9f:5d:c1",'\
'"dst-mac":"ff:ff:ff:ff:ff:ff","src-ip":"192.168.50.13","dst-ip":"fe80::1","vlan":10,'\
'"ethertype":"0x0800","suppressed":12}'
	is "answers" "$(sed -n 3p out)" '{"event":"answers-for-all","port":"uplink",'\
'"bridge":"virbr6","direction":"in","mac":"52:54:00:9f:5d:c1","claims":10000,"distinct":255,'\
'"dropped":0,"milliseconds":10000,"sample":["192.168.50.13","fe80::1"]}'
	is "watch" "$(sed -n 4p out)" '{"event":"watch","what":"promiscuity","bridge":"virbr6",'\
'"device":"virbr6","old":0,"new":1,"pid":123,"comm":"evil\u000a\u001b[2J\ufffd","uid":0}'
	is "config" "$(sed -n 5p out)" \
		'{"event":"config","action":"set","port":{"name":"vk63","role":"guest"}}'
	is "deleted" "$(sed -n 6p out)" '{"event":"config","action":"deleted","binding":'\
'{"port":"vk63","mac":"52:54:00:9f:5d:c1","vlan":10}}'
	is "replaced" "$(sed -n 7p out)" '{"event":"config","action":"replaced","generation":7}'
	is "lost" "$(sed -n 8p out)" '{"event":"lost"}'
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
}

echo "TAP version 13"
# shellcheck disable=SC2086 # a list
set -- $ALL_TESTS
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
