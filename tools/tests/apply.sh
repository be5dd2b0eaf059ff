# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# see lib.sh
# Tests of apply: text and JSON, what is refused, files that include files.

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
	has "details" "$(cat first)" 'role guest # device "vnet 7" ifindex 7 master br0 promiscuity 1 unreported locked unreported guard'
	has "details of a bridge" "$(cat first)" 'guest-flood off guest-learning off # ifindex 6 promiscuity 2 unreported stp'
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
	refuses ':1: "\"a\\x41\\x42\\q\"": a backslash' 'port set "a\x41\x42\q" role guest'
	refuses ':1: "\"\\x41\\x42\"x": a blank is missing' 'port set "\x41\x42"x role guest'
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
	works -j port show $'\x01 \xff"'
	cp out one
	fails 1 "use the text form" apply one
	name=$(printf '\xff%.0s' $(seq 127))
	works port set "$name" role guest
	works port show "$name"
	cp out one
	works apply one
	shows "$(cat one)" show
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

# The words of a binding as they are printed, and with a blank more, which only
# the grammar reads: exit, error and state.
outcome_of()
{
	local blank=$1

	shift
	fresh
	printf 'port set p role guest\nbinding add port p mac%s%s\n' "$blank" "$*" >file
	ctl apply file
	printf '%s\n' "$rc" "$err"
	ctl binding show
	printf '%s\n' "$out"
}

same_outcome()
{
	is "quick: $*" "$(outcome_of ' ' "$@")" "$(outcome_of '  ' "$@")"
}

apply_quick_form()
{
	local mac=52:54:00:9f:5d:c1 word

	for word in 52:54:00:9F:5D:c1 52:54:00:9f:5d 52:54:00:9f:5d:c1:00 \
		52:54:00:9f:5d:g1 00:00:00:00:00:00 01:00:5e:00:00:01; do
		same_outcome "$word"
	done
	for word in 1.2.3.4 255.255.255.255 1.2.3.256 1.2.3 1.2.3.4.5 01.2.3.4 1.2.3. \
		1..2.3 1.2.3.4/24 1.2.3.0/24 2001:db8::1 :: ::1 1:: 1::8 2001:DB8::A \
		1:2:3:4:5:6:7:8 1:2:3:4:5:6:7 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 \
		1:2:3:4::5:6:7:8 1:2:3:4:5:6:7:8:9 1::2::3 1:::2 : 1: :1 12345:: 1::g \
		::1.2.3.4 1:2:3:4:5:6:7:8:: 1:2:3:4:5:6:7:8: 2001:db8::/32 ::/0 1::x; do
		same_outcome $mac ip "$word"
	done
	for word in 0 1 4094 4095 01 -1 99999 x; do
		same_outcome $mac vlan "$word"
	done
	same_outcome $mac ip 10.0.0.1 ip 2001:db8::1
	same_outcome $mac ip 2001:db8::1 ip 10.0.0.1
	same_outcome $mac ip 10.0.0.1 ip 10.0.0.2 ip 2001:db8::1 shared
	same_outcome $mac ip 10.0.0.1 ip 10.0.0.1
	same_outcome $mac ip 10.0.0.1 ip 2001:db8::1 ip 2001:db8::1
	same_outcome $mac ip 10.0.0.1 ip 2001:db8::1 ip 2001:db8::2
	same_outcome $mac ip 10.0.0.1 "$(printf 'ip 2001:db8::%x ' $(seq 255))"
	same_outcome $mac ip 10.0.0.1 "$(printf 'ip 2001:db8::%x ' $(seq 12000))"
	same_outcome $mac vlan 5 ip 10.0.0.1 shared
	same_outcome $mac shared ip 10.0.0.1
	same_outcome $mac shared shared
	same_outcome $mac ip 10.0.0.1 x
	same_outcome $mac ip
	same_outcome $mac "# comment"
}

# Packed or not, of one port and of several.
apply_packed()
{
	local add="binding add port" mac=52:54:00:9f:5d

	fresh
	printf '%s\n' "$add p1 mac $mac:01 ip 10.0.0.1" \
		"$add p1 mac $mac:02 ip 10.0.0.2 ip 2001:db8::2" \
		"$add p1 mac $mac:03 ip 10.0.0.3 ip 10.1.0.3 ip 10.2.0.3" \
		"$add p1 mac $mac:04" "$add p1 mac $mac:05 ip 2001:db8:5::/64" \
		"$add p1 mac $mac:01 vlan 7 ip 10.0.0.0/24 shared" \
		"$add p2 mac $mac:06" >bindings
	(printf 'port set p%d role guest\n' 1 2; cat bindings) >file
	works apply file
	shows "$(cat bindings)" binding show
	sed -i 's/10.0.0.2 /10.66.66.66 /' file
	fails 1 'file:4: ip "10.66.66.66": another port' apply file
	sed -i 's/10.66.66.66 /10.0.0.2 /; s/port p2 mac/port p3 mac/' file
	fails 1 'file:9: port "p3": no such port' apply file
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
	refuses ':1: bad: includes itself' 'include bad'
	refuses ':1: bad: includes itself' 'include b*d'
	echo 'include bad' >other
	echo 'include other' >bad
	fails 1 'other:1: bad: includes itself' apply bad
	for i in $(seq 20); do
		echo "include deep$((i + 1))" >"deep$i"
	done
	fails 1 "more than 16 files included in each other" apply deep1
	mkfifo fifo
	echo "include fifo" >pipe
	fails 1 "pipe:1: fifo: is not a regular file" apply pipe
	refuses ':1: include "nowhere/*.conf": cannot read nowhere: No such file' \
		'include nowhere/*.conf'
	refuses ':1: include "bad/*.conf": there is no such directory' 'include bad/*.conf'
	refuses ':1: include "guests[1.conf": there is no such file' 'include guests[1.conf'
	mkdir there
	echo 'include there/[a-z].conf' >good
	works apply -c good
	printf '\357\273\277bridge set keep\n' >good
	works apply good
	echo "include -" >dash
	fails 1 "dash:1: include \"-\": there is no such file" apply dash
	echo "port set p role guest" >fifo &
	works apply -c fifo
	end_writer
	echo "port set p role guest" >twice
	printf 'include twice\ninclude twice\n' >good
	works apply -c good
}
