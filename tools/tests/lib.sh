# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154	# see check.sh
# The program under test, in a folder of its own, and what is said of its words.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export STATE=$work/state
export ASAN_OPTIONS=detect_leaks=1
unset NO_COLOR ABSENT PERMIT INTERRUPT CHANGE UNLOAD ROOM QUESTIONS ANSWERS

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

# The last one in the background writes into a FIFO. If that was never opened, it
# would wait for ever.
end_writer()
{
	kill "$!" 2>"$work/err"
	wait "$!"
}

example()
{
	cat <<-'END'
	bridge set br0 new-port guest mode audit ageing-floor 60 hold ageing-time hold neigh-suppress
	bridge set br1 new-port trusted arp-scope owner claims alarm answers drop answers-max 0 answers-time 60 answers-own off local-port guarded guest-flood off guest-learning off
	port set "a b" role guest
	port set tap*i* role guest mode audit link-local any dhcp-server on router on ethertype 0x88cc ethertype 0x9000
	port set uplink bridge br0 role trusted mode enforce link-local listed uplink-macs bound
	port set vk63 role guest
	binding add port "a b" mac 52:54:00:9f:5d:c2
	binding add port vk63 mac 52:54:00:9f:5d:c1 ip 10.0.0.0/8 ip fe80::1
	binding add port vk63 mac 52:54:00:9f:5d:c1 vlan 10 ip 192.168.50.13 ip 2001:db8::/64 shared
	END
}
