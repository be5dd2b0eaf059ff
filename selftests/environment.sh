# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What else is at work on the host's bridge while a test runs. ENVIRONMENT is
#
#   br_netfilter   frames go through the IP hooks, bridge-nf-call-*tables are 1,
#                  and connections are tracked there
#   nftables       a bridge table with rules on the state of connections, which
#                  nf_conntrack_bridge tracks
#
#   no_ipv6        the kernel was booted with ipv6.disable=1
#
# or nothing. lab.sh calls environment_enter and _leave, run.sh the others.
# Neither drops anything by itself: the rules only count. But what tracks
# connections puts fragments together and takes no packet that its IP would not
# take, so that some attacks come nowhere even without brguard.

# How many times longer everything may take here.
PATIENCE=1
# shellcheck disable=SC2034	# for lib.sh and run.sh
[ -z "${KSFT_MACHINE_SLOW-}" ] || PATIENCE=5

# --- for the scripts -------------------------------------------------------

# Has this kernel a stack for IPv6? "ipv6.disable=1" takes it away.
has_ipv6()
{
	[ -d /proc/sys/net/ipv6 ]
}

# need_ipv6, to be followed by "|| return": a test of the kernel's own IPv6.
need_ipv6()
{
	has_ipv6 || { skip_test "this kernel has no IPv6 stack"; false; }
}

# environment_enter NETNS: the bridge is to be made in it.
environment_enter()
{
	[ -z "${ENVIRONMENT_LOG-}" ] || echo "entered 1" >>"$ENVIRONMENT_LOG"
	case ${ENVIRONMENT-} in
	br_netfilter) environment_br_netfilter "$1" ;;
	nftables) environment_nftables "$1" ;;
	esac
}

# environment_leave NETNS: keep what was counted there.
environment_leave()
{
	if environment_reassembles && [ -n "${ENVIRONMENT_LOG-}" ]; then
		ip netns exec "$1" nft -j list counters 2>/dev/null |
			jq -r '.nftables[].counter | select(.) | "\(.name) \(.packets)"' \
			>>"$ENVIRONMENT_LOG"
	fi
}

# Are fragments put together on the way, or kept until they are complete?
environment_reassembles()
{
	[[ ${ENVIRONMENT-} == @(br_netfilter|nftables) ]]
}

environment_br_netfilter()
{
	local family

	for family in iptables ip6tables arptables; do
		ip netns exec "$1" sysctl -qw "net.bridge.bridge-nf-call-$family=1"
	done
	environment_rules inet dstnat | ip netns exec "$1" nft -f -
}

environment_nftables()
{
	environment_rules bridge filter | ip netns exec "$1" nft -f -
}

# environment_rules FAMILY PRIORITY-OF-PREROUTING
environment_rules()
{
	cat <<-E
		table $1 environment {
			counter tracked { }
			counter untracked { }
			counter forwarded { }
			chain prerouting {
				type filter hook prerouting priority $2
				ct state new,established,related counter name tracked accept
				counter name untracked
			}
			chain forward {
				type filter hook forward priority 0
				ct state established,related accept
				counter name forwarded
			}
			chain postrouting {
				type filter hook postrouting priority 0
				ct state vmap { established : accept, related : accept }
			}
		}
	E
}

# --- for run.sh ------------------------------------------------------------

# environment_prepare: load what is needed. Prints why it cannot.
environment_prepare()
{
	case $ENVIRONMENT in
	br_netfilter) modprobe -a br_netfilter nf_conntrack nft_ct ;;
	nftables) modprobe -a nf_conntrack_bridge nft_ct ;;
	no_ipv6) [ ! -e /proc/sys/net/ipv6 ] ;;
	*) false ;;
	esac || echo "no ENVIRONMENT $ENVIRONMENT here"
	if environment_reassembles && ! command -v nft >/dev/null; then
		echo "no nft"
	fi
}

# environment_counted COUNTER: packets, in all namespaces so far.
environment_counted()
{
	awk -v name="$1" '$1 == name { n += $2 } END { print n + 0 }' \
		"$ENVIRONMENT_LOG"
}

# environment_check: prints what is wrong if the environment was none. Programs that
# make their bridges themselves do not enter it.
environment_check()
{
	environment_reassembles && [ "$(environment_counted entered)" -gt 0 ] || return 0
	if [ "$(environment_counted tracked)" -eq 0 ]; then
		echo "$ENVIRONMENT: no connection was tracked"
	elif [ "$(environment_counted forwarded)" -eq 0 ]; then
		echo "$ENVIRONMENT: no packet was forwarded through its hooks"
	fi
}
