# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2001,SC2034,SC2086,SC2154	# see lib.sh
# Tests of explain: frames in hexadecimal digits and in captures.

M=5254009f5dc1 M_TEXT=52:54:00:9f:5d:c1
OTHER=5254009f5dc2
A=c0a8320d		# 192.168.50.13
B=c0a83263		# 192.168.50.99
BOUND="binding port vk63 mac $M_TEXT"

# arp SOURCE SENDER TARGET: a request
arp()
{
	printf %s ffffffffffff "$1" 08060001080006040001 "$1" "$2" 000000000000 "$3"
}

# ip DESTINATION SOURCE TO FROM: MAC addresses and IPv4 addresses
ip()
{
	printf %s "$1" "$2" 0800 4500001c0001000040110000 "$4" "$3" 0400000900080000
}

explain_policy()
{
	fresh
	works bridge set br0
	works port set vk63 role guest
	works binding add port vk63 mac $M_TEXT ip 192.168.50.13 ip fe80::1
	works binding add port vk63 mac $M_TEXT vlan 10 ip 10.0.0.0/8
	works port set up role trusted
	works port set vk64 role guest
	works binding add port vk64 mac 52:54:00:9f:5d:c2 ip 192.168.50.99
}

explain_usage()
{
	explain_policy
	works explain help
	has "both directions" "$out" "brguardctl explain out PORT"
	works explain in help
	has "what it is" "$out" "that the guest of PORT sends"
	works explain out help
	has "the lines" "$out" "N pass|drop REASON"
	works help explain
	fails 2 "the command of explain is missing" explain
	fails 2 '"inn": unknown command of explain' explain inn vk63 00
	fails 2 "the name of the port is missing" explain in
	fails 2 'port "": a name cannot be empty' explain in "" 00
	fails 2 "more than 127 bytes" explain in "$(printf '%0128d' 0)" 00
	fails 2 "a frame or -r and a file is missing" explain in vk63
	fails 2 '"-r": a file is missing' explain in vk63 -r
	fails 2 '"more": unexpected word' explain in vk63 -r file more
	fails 2 '"more": unexpected word' explain in vk63 - more
	fails 2 '"-" at position 1: expected a hex' explain in vk63 --r file
	has "hint" "$err" 'Try "brguardctl explain in help".'
	fails 2 '"-r": unknown option' -r file explain in vk63
}

explain_hex_forms()
{
	local frame pass="1 pass pass $BOUND ip 192.168.50.13"

	explain_policy
	frame=$(arp $M $A $B)
	shows "$pass" explain in vk63 "$frame"
	shows "$pass" explain in vk63 "0x$frame"
	shows "$pass" explain in vk63 "0X${frame^^}"
	shows "$pass" explain in vk63 "$(sed 's/../&:/g; s/:$//' <<<"$frame")"
	shows "$pass" explain in vk63 "$(sed 's/../&-/g; s/-$//' <<<"$frame")"
	shows "$pass" explain in vk63 "$(sed 's/..../&./g; s/\.$//' <<<"$frame")"
	shows "$pass" explain in vk63 "$(sed 's/..../& /g' <<<"$frame")"
	shows "$pass" explain in vk63 $'\t'"$frame"$'\n'
	# shellcheck disable=SC2046 # words
	{
		shows "$pass" explain in vk63 $(sed 's/../& /g' <<<"$frame")
		shows "$pass" explain in vk63 $(sed 's/../0x& /g' <<<"$frame")
		shows "$pass" explain in vk63 ff:ff:ff:ff:ff:ff "" ${frame:12:12} ${frame:24}
	}
	shows "1 drop malformed" explain in vk63 00
}

explain_hex_errors()
{
	explain_policy
	fails 2 "frame: is empty" explain in vk63 ""
	fails 2 "frame: is empty" explain in vk63 " " ""
	fails 2 'frame: "f" at position 3: is half a byte' explain in vk63 fff
	fails 2 'frame: "f" at position 4: is half a byte' explain in vk63 ff:f
	fails 2 'frame: "f" at position 4: is half a byte' explain in vk63 ff f
	fails 2 'frame: "0" at position 1: is half a byte' explain in vk63 0:0
	fails 2 'frame: "g" at position 4: expected a hexadecimal digit' explain in vk63 fffg
	fails 2 'frame: "x" at position 2: expected a hexadecimal digit' explain in vk63 0x
	fails 2 'frame: "x" at position 6: expected a hexadecimal digit' explain in vk63 0xff0xff
	fails 2 'frame: ":" at position 3: a byte is missing' explain in vk63 ff:
	fails 2 'frame: ":" at position 3: a byte is missing' explain in vk63 ff: ff
	fails 2 'frame: ":" at position 1: expected' explain in vk63 :ff
	fails 2 'frame: ":" at position 4: expected' explain in vk63 ff::ff
	fails 2 'frame: "," at position 3: expected' explain in vk63 ff,ff
	fails 2 'frame: "ü" at position 3: expected' explain in vk63 ffü
	fails 2 'frame: "\x1b" at position 1: expected' explain in vk63 $'\e[2J'
	fails 2 'frame: "\xff" at position 1: expected' explain in vk63 $'\xff'
	fails 2 'frame: "h" at position 1: expected' explain in vk63 help
}

explain_verdicts()
{
	explain_policy
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in vk63 "$(arp $M $A $B)"
	shows "1 drop arp $BOUND" explain in vk63 "$(arp $M $B $A)"
	shows "1 drop src-mac" explain in vk63 "$(arp $OTHER $A $B)"
	shows "1 drop malformed" explain in vk63 "$(arp 010000000001 $A $B)"
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in vk63 "$(ip $OTHER $M $B $A)"
	shows "1 drop src-ip $BOUND" explain in vk63 "$(ip $OTHER $M $A $B)"
	shows "1 pass pass $BOUND vlan 10 ip 10.0.0.0/8" \
		explain in vk63 "ffffffffffff${M}8100000a0800$(zeroes 12)0a010203c0a83201"
	shows "1 drop src-ip $BOUND vlan 10" \
		explain in vk63 "ffffffffffff${M}8100000a0800$(zeroes 12)0b010203c0a83201"
	shows "1 drop src-mac" explain in vk63 "ffffffffffff${M}8100000b0800$(zeroes 20)"
	shows "1 drop ethertype $BOUND" explain in vk63 "ffffffffffff${M}88cc"
	shows "1 pass pass" explain in up "$(arp $OTHER $A $B)"
}

explain_towards_the_guest()
{
	explain_policy
	shows "1 pass pass $BOUND ip 192.168.50.13" explain out vk63 "$(ip $M $OTHER $A $B)"
	shows "1 drop dst-ip $BOUND" explain out vk63 "$(ip $M $OTHER $B $A)"
	shows "1 drop flood" explain out vk63 "$(ip $OTHER $M $A $B)"
	shows "1 pass pass" explain out vk63 "$(arp $OTHER $A $B)"
	works bridge set br0 arp-scope owner
	shows "1 drop arp-scope" explain out vk63 "$(arp $OTHER $A $B)"
	shows "1 pass pass" explain out vk64 "$(arp $OTHER $A $B)"
	shows '{"frame":1,"verdict":"drop","reason":"arp-scope"}' \
		-j explain out vk63 "$(arp $OTHER $A $B)"
}

explain_audit()
{
	explain_policy
	works port set vk63 mode audit
	shows "1 pass arp audited $BOUND" explain in vk63 "$(arp $M $B $A)"
	shows "1 pass src-mac audited" explain in vk63 "$(arp $OTHER $A $B)"
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in vk63 "$(arp $M $A $B)"
	shows '{"frame":1,"verdict":"pass","reason":"src-mac","audited":true}' \
		-j explain in vk63 "$(arp $OTHER $A $B)"
	works bridge set br0 mode audit
	works port set vk63 mode enforce
	shows "1 drop src-mac" explain in vk63 "$(arp $OTHER $A $B)"
	works port set vk63 mode inherit
	shows "1 pass src-mac audited" explain in vk63 "$(arp $OTHER $A $B)"
}

explain_json()
{
	local tagged

	explain_policy
	tagged="ffffffffffff${M}8100000a0800$(zeroes 12)0a010203c0a83201"
	shows '{"frame":1,"verdict":"pass","reason":"pass","binding":{"mac":"'$M_TEXT'",'\
'"ip":["192.168.50.13"]}}' -j explain in vk63 "$(arp $M $A $B)"
	shows '{"frame":1,"verdict":"drop","reason":"arp","binding":{"mac":"'$M_TEXT'"}}' \
		-j explain in vk63 "$(arp $M $B $A)"
	shows '{"frame":1,"verdict":"pass","reason":"pass","binding":{"mac":"'$M_TEXT'",'\
'"vlan":10,"ip":["10.0.0.0/8"]}}' -j explain in vk63 "$tagged"
	pcap "$(arp $OTHER $A $B)" "$(arp $M $B $A)" >file
	shows '{"frame":1,"verdict":"drop","reason":"src-mac"}
{"frame":2,"verdict":"drop","reason":"arp","binding":{"mac":"'$M_TEXT'"}}' \
		-j explain in vk63 -r file
	shows '{
    "frame": 1,
    "verdict": "drop",
    "reason": "src-mac"
}
{
    "frame": 2,
    "verdict": "drop",
    "reason": "arp",
    "binding": {
        "mac": "'$M_TEXT'"
    }
}' -jp explain in vk63 -r file
}

explain_colours()
{
	explain_policy
	shows $'1 \e[31mdrop\e[0m \e[31msrc-mac\e[0m' -c=always explain in vk63 "$(arp $OTHER $A $B)"
	shows $'1 pass pass binding port \e[36mvk63\e[0m mac \e[33m'$M_TEXT$'\e[0m ip '\
$'\e[35m192.168.50.13\e[0m' -c=always explain in vk63 "$(arp $M $A $B)"
	shows "1 drop src-mac" -c explain in vk63 "$(arp $OTHER $A $B)"
}

explain_refusals()
{
	explain_policy
	fails 1 'port "no": no such port' explain in no 00
	fails 1 'port "a\x0ab": no such port' explain out $'a\nb' 00
	pcap "$(arp $M $A $B)" >file
	fails 1 'port "no": no such port' explain in no -r file
	fails 1 '--netns "no-such-netns"' -n no-such-netns explain in vk63 00
	export PERMIT=0
	fails 1 'port "vk63": not permitted' explain in vk63 00
	unset PERMIT
	export ABSENT=1
	fails 3 "the brguard module is not loaded" explain in vk63 00
	fails 3 "the brguard module is not loaded" explain in vk63 -r file
	fails 2 "half a byte" explain in vk63 0
	unset ABSENT
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in "vnet 7" -r file
	works port set "a b" role guest
	works binding add port "a b" mac 52:54:00:9f:5d:c3
	shows '1 drop src-ip binding port "a b" mac 52:54:00:9f:5d:c3' \
		explain in "a b" "$(ip $M 5254009f5dc3 $A $B)"
}

# limit NAME: a number of the wire format
limit()
{
	sed -n "s/^#define BRGUARD_$1[^0-9]*//p" "$here/../../uapi/linux/brguard.h"
}

# The kernel is told of bytes that are not sent along: those of a packet that
# says it is 65535 bytes long.
explain_long_packet()
{
	local packet

	explain_policy
	packet="$(ip $OTHER $M $B $A)"
	packet="${packet:0:32}ffff${packet:36}$(zeroes $((65535 - 28)))"
	pcap "$packet" "${packet:0:-2}" >file
	shows "1 pass pass $BOUND ip 192.168.50.13
2 drop malformed $BOUND" explain in vk63 -r file
}

# A word of the shell cannot hold the longest frame, two can.
explain_longest()
{
	local start max data

	explain_policy
	max=$(limit FRAME_MAX)
	data=$(limit FRAME_DATA_MAX)
	start=$(ip $OTHER $M $B $A)
	zeroes $((max - 42)) >rest
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in vk63 "$start" \
		"$(head -c 60000 rest)" "$(tail -c +60001 rest)"
	fails 2 "frame: \"0\" at position $((2 * max + 3)): a frame cannot have more than $max bytes" \
		explain in vk63 "$start" "$(head -c 60000 rest)" "$(tail -c +60001 rest)00"
	pcap "$start$(cat rest)" "$start$(zeroes $((data - 42)))" \
		"$start$(zeroes $((data - 41)))" "$start" >file
	works explain in vk63 -r file
	is "verdicts" "$(grep -c "pass pass $BOUND" <<<"$out")" 4
	pcap "$start" "$start$(cat rest)00" "$start" >file
	ctl explain in vk63 -r file
	is "exit" "$rc" 1
	is "error" "$err" "brguardctl: file: frame 2: a frame cannot have more than $max bytes,\
 it has $((max + 1))"
	is "frames before" "$out" "1 pass pass $BOUND ip 192.168.50.13"
}

explain_too_few_answers()
{
	explain_policy
	three pcap >file
	export ANSWERS=2
	ctl explain in vk63 -r file
	unset ANSWERS
	is "exit" "$rc" 1
	is "error" "$err" "brguardctl: the kernel answered for 2 frames out of 3"
	is "output" "$out" "$(head -n 2 <<<"$THREE")"
}

explain_output_fails()
{
	explain_policy
	captures 5000 "$(arp $M $A $B)" >file
	# shellcheck disable=SC2086 # several words, or none
	{
		if [ -c /dev/full ]; then
			QUESTIONS=1 $run_under "$program" explain in vk63 -r file >/dev/full 2>err
			is "exit with a full disk" "$?" 1
			is "sentence" "$(cat err)" "brguardctl: cannot write the output"
		fi
		$run_under "$program" explain in vk63 -r file 2>err | head -n 1 >out
		is "exit without a reader" "${PIPESTATUS[0]}" 141
		is "first line" "$(cat out)" "1 pass pass $BOUND ip 192.168.50.13"
		is "silence" "$(cat err)" ""
	}
}
