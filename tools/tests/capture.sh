# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2086,SC2154	# see lib.sh and explain.sh
# Tests of explain -r: captures of all forms, broken ones, long ones.

three()
{
	"$1" "$(arp $M $A $B)" "$(arp $OTHER $A $B)00" "$(ip $OTHER $M $A $B)0000"
}

THREE="1 pass pass $BOUND ip 192.168.50.13
2 drop src-mac
3 drop src-ip $BOUND"

explain_pcap_forms()
{
	local ORDER MAGIC

	explain_policy
	for ORDER in le be; do
		for MAGIC in 0xa1b2c3d4 0xa1b23c4d; do
			three pcap >file
			shows "$THREE" explain in vk63 -r file
		done
		three pcapng >file
		shows "$THREE" explain in vk63 -r file
	done
	pcap_head >file
	shows "" explain in vk63 -r file
	three pcap >"a file"
	shows "$THREE" explain in vk63 -r "a file"
	three pcap >./-
	shows "$THREE" explain in vk63 -r ./-
	SNAP=65535 three pcap >file
	shows "$THREE" explain in vk63 -r file
	{ pcapng_head; pcapng_interface; pcapng_interface; pcapng_frame "$(arp $M $A $B)"; } >file
	shows "1 pass pass $BOUND ip 192.168.50.13" explain in vk63 -r file
}

explain_pcap_stdin()
{
	explain_policy
	three pcap >file
	ctl explain in vk63 - <file
	is "-" "$rc $out" "0 $THREE"
	ctl explain in vk63 -r - <file
	is "-r -" "$rc $out" "0 $THREE"
	mkfifo frames
	cat file >frames &
	shows "$THREE" explain in vk63 -r frames
	end_writer
	head -c 100 file >short
	ctl explain in vk63 - <short
	is "exit" "$rc" 1
	has "name" "$err" "brguardctl: <stdin>: cannot read on behind 1 whole frame: trunc"
}

explain_pcap_bad_files()
{
	local link

	explain_policy
	fails 1 "no-file: cannot open it: No such file" explain in vk63 -r no-file
	fails 1 "$work: cannot read it: Is a directory" explain in vk63 -r "$work"
	: >file
	fails 1 "file: is empty, expected a capture" explain in vk63 -r file
	ctl explain in vk63 - </dev/null
	is "empty input" "$rc $out $err" \
		"1  brguardctl: <stdin>: is empty, expected a capture in the format of pcap or pcapng"
	echo "port set vk63 role guest" >file
	fails 1 "file: is no capture in the format of pcap or pcapng: unknown" \
		explain in vk63 -r file
	arp $M $A $B >file
	fails 1 "file: is no capture in the format" explain in vk63 -r file
	pcap_head | head -c 23 >file
	fails 1 "file: is no capture in the format of pcap or pcapng: trunc" explain in vk63 -r file
	for link in 0:NULL 113:LINUX_SLL 276:LINUX_SLL2 105:IEEE802_11 12:RAW; do
		LINK=${link%:*} three pcap >file
		fails 1 "file: has the link type ${link#*:}, expected EN10MB (Ethernet)" \
			explain in vk63 -r file
	done
	LINK=147 three pcap >file
	fails 1 "file: has the link type DLT 147, expected EN10MB" explain in vk63 -r file
	pcapng_head >file
	fails 1 "file: is no capture in the format of pcap or pcapng: the capture file has no" \
		explain in vk63 -r file
}

# cut_short SENTENCE: file has one good frame and then something bad
cut_short()
{
	ctl explain in vk63 -r file
	is "exit" "$rc" 1
	has "error" "$err" "brguardctl: file: $1"
	is "frames before" "$out" "1 pass pass $BOUND ip 192.168.50.13"
}

explain_pcap_bad_frames()
{
	local good

	explain_policy
	good=$(arp $M $A $B)
	{ pcap "$good"; pcap_frame "$good" 1514; pcap_frame "$good"; } >file
	cut_short "frame 2: only 42 of its 1514 bytes were captured"
	has "advice" "$err" "use the full snap length (tcpdump -s 0)"
	{ pcap "$good"; pcap_frame "" 60; } >file
	cut_short "frame 2: only 0 of its 60 bytes were captured"
	{ pcap "$good"; pcap_frame "$good" 41; } >file
	cut_short "frame 2: 42 bytes were captured of a frame of 41"
	{ pcap "$good"; pcap_frame "" 0; pcap_frame "$good"; } >file
	cut_short "frame 2: is empty"
	{ pcap "$good"; pcap_frame "$(zeroes 70000)"; } >file
	cut_short "frame 2: a frame cannot have more than $(limit FRAME_MAX) bytes, it has 70000"
	# A capture that does not hold to its own snap length.
	{ SNAP=60 pcap "$good"; pcap_frame "$good$(zeroes 40)"; } >file
	cut_short "frame 2: only 60 of its 82 bytes were captured"
	{ pcap "$good"; bytes "$(zeroes 8)" ffffff7f ffffff7f "$(zeroes 90)"; } >file
	cut_short "cannot read on behind 1 whole frame: invalid packet capture length"
	{ pcap "$good"; bytes "$(zeroes 8)" ffffffff ffffffff; } >file
	cut_short "cannot read on behind 1 whole frame: invalid packet capture length"
	{ pcapng_head; pcapng_interface; pcapng_frame "$good"; pcapng_frame "$good" 60; } >file
	cut_short "frame 2: only 42 of its 60 bytes were captured"
	{ pcapng_head; pcapng_interface; pcapng_frame "$good"; pcapng_interface 113; } >file
	cut_short "cannot read on behind 1 whole frame: an interface has a type 113"
}

# Whatever is missing at the end: the whole frames are explained, and the rest
# is said.
explain_pcap_cut_anywhere()
{
	explain_policy
	three pcap >whole
	cut_everywhere 24 $((24 + 16 + 42)) $((24 + 32 + 42 + 43)) "$(wc -c <whole)"
	three pcapng >whole
	cut_everywhere 48 $((48 + 32 + 44)) $((48 + 64 + 44 + 44)) "$(wc -c <whole)"
}

# cut_everywhere END...: of whole, where its head and its frames end
cut_everywhere()
{
	local n end step=7

	[ -z "$run_under" ] || step=37
	for end; do
		cut_at $((end - 1)) "$@"
		cut_at "$end" "$@"
	done
	for ((n = $1 + 1; n < end; n += step)); do
		cut_at $n "$@"
	done
}

# cut_at BYTES END...
cut_at()
{
	local n=$1 frames=-1 end code=1

	shift
	[ "$n" -ge "$1" ] || return
	for end; do
		[ "$n" -ge "$end" ] && frames=$((frames + 1))
		[ "$n" -ne "$end" ] || code=0
	done
	head -c "$n" whole >file
	ctl explain in vk63 -r file
	is "exit after $n bytes" "$rc" $code
	is "lines after $n bytes" "$out" "$(head -n "$frames" <<<"$THREE")"
	[ $code = 0 ] || has "error after $n bytes" "$err" \
		"file: cannot read on behind $frames whole frame"
}

# Any bytes at all: an answer, and never a crash.
explain_pcap_bytes()
{
	local form i tries=40

	[ -z "$run_under" ] || tries=5
	explain_policy
	for form in pcap pcapng; do
		three $form >whole
		for ((i = 0; i < tries; i++)); do
			{ head -c "$((i * 7))" whole; head -c 4 /dev/urandom
			  tail -c "+$((i * 7 + 5))" whole; } >file
			ctl explain in vk63 -r file
		done
	done
}

# captures N HEX [N HEX]...: a capture with N times each frame
captures()
{
	pcap_head
	while [ $# -gt 0 ]; do
		pcap_frame "$2" >one
		yes one | head -n "$1" | xargs cat
		shift 2
	done
}

# The kernel takes 64 frames a request; each is full, or has no room for the next.
explain_batches()
{
	local frame

	explain_policy
	frame=$(arp $M $A $B)
	captures 64 "$frame" >file
	QUESTIONS=1 ctl explain in vk63 -r file
	is "64 frames in one" "$rc $(wc -l <out)" "0 64"
	captures 65 "$frame" >file
	QUESTIONS=1 ctl explain in vk63 -r file
	is "65 frames in one" "$rc $(wc -l <out)" "1 64"
	QUESTIONS=2 ctl explain in vk63 -r file
	is "65 frames in two" "$rc $(wc -l <out)" "0 65"
	is "numbers" "$(cut -d ' ' -f 1 out)" "$(seq 65)"
	captures 64 "$frame$(zeroes 1472)" >file
	QUESTIONS=1 ctl explain in vk63 -r file
	is "64 full frames in one" "$rc $(wc -l <out)" "0 64"
	captures 3 "$frame$(zeroes 65000)" 1 "$frame" >file
	QUESTIONS=3 ctl explain in vk63 -r file
	is "3 long frames and a short one in three" "$rc $(wc -l <out)" "0 4"
	captures 20 "$frame$(zeroes 8958)" 20 "$frame" >file
	QUESTIONS=3 ctl explain in vk63 -r file
	is "20 jumbo frames and 20 short ones in three" "$rc $(wc -l <out)" "0 40"
}

# Many times what the program may have in memory.
explain_many()
{
	local n=100000 blocks start

	[ -z "$run_under" ] || n=2000
	blocks=$((n / 1000))
	explain_policy
	captures 500 "$(arp $M $A $B)" 500 "$(arp $M $B $A)$(zeroes 400)" | tail -c +25 >thousand
	{ pcap_head; for ((; blocks; blocks--)); do cat thousand; done; } >file
	start=$SECONDS
	ctl explain in vk63 -r file
	echo "# $n frames: $((SECONDS - start)) s"
	is "exit" "$rc" 0
	is "lines" "$(wc -l <out)" $n
	is "passed" "$(grep -c 'pass pass' out)" $((n / 2))
	is "dropped" "$(grep -c 'drop arp' out)" $((n / 2))
	is "numbers" "$(cut -d ' ' -f 1 out | md5sum)" "$(seq $n | md5sum)"
	is "501" "$(sed -n 501p out)" "501 drop arp $BOUND"
	explain_memory $n
}

# explain_memory N: the same with little memory to have; not under a tool that
# takes terabytes for itself.
explain_memory()
{
	local limit

	[ "$1" = 100000 ] && ! grep -q __asan_init "$program" || return
	for limit in 1000 20000; do
		(ulimit -v $limit && exec "$program" explain in vk63 -r file) >limited 2>err
		is "with $limit KiB of memory" "$?" $((limit < 20000 ? 127 : 0))
	done
	cmp out limited || complain "differs with little memory"
}
