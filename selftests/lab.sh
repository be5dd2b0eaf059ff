# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2086	# options and lists of ends are words
# The laboratory: what every attack and every legitimate frame crosses.
#
#    netns guest      netns victim     netns uplink     netns fence
#   +-----------+    +------------+   +------------+   +-----------+
#   |   eth0    |    |    eth0    |   |    eth0    |   |   eth0    |
#   | MAC_G IP_G|    | MAC_V IP_V |   | MAC_R IP_R |   |           |
#   +-----+-----+    +-----+------+   +-----+------+   +-----+-----+
#         |                |                |                |
#   +-----+----------------+----------------+----------------+-----+
#   |    gst0             vic0             upl0             fen0   |
#   |                                                              |
#   |                    br0   MAC_H IP_H                          |
#   |                            netns host                        |
#   +--------------------------------------------------------------+
#
# The namespaces are called $NS-host and so on. lab.py holds a packet socket on
# each eth0 and on br0, under the names guest, victim, uplink, fence and host;
# "probe" sends a frame from one of them and tells where it came.
#
# Environment, for matrix.sh:
#   LAB_GUEST=veth	or tap: lab.py holds gst0 itself, as QEMU does
#   LAB_BRIDGE=		options of the bridge, such as "stp_state 1
#			vlan_filtering 1"; LAB_VLANS are on all ports then

ENDS="guest:gst0 victim:vic0 uplink:upl0 fence:fen0"
LAB_VLANS="7 10 20 30"

# --- namespaces and devices ----------------------------------------------

in_ns()
{
	local ns=$1

	shift
	ip netns exec "$NS-$ns" "$@"
}

# ns_create NAME: silent, so that every frame in it comes from a test.
ns_create()
{
	ip netns add "$NS-$1"
	in_ns "$1" sh -c 'cd /proc/sys/net/ipv6/conf 2>/dev/null || exit 0
		echo 1 >all/disable_ipv6
		echo 1 >default/disable_ipv6'
}

ns_destroy()
{
	ip netns del "$NS-$1" 2>/dev/null
}

# end_create END DEV MAC: DEV on br0 in the host, eth0 in the namespace END.
end_create()
{
	ip -n "$HOST" link add "$2" type veth peer name eth0 netns "$NS-$1" \
		address "$3"
	ip -n "$HOST" link set "$2" master br0 up
	ip -n "$NS-$1" link set eth0 arp off up
}

bridge_create()
{
	ip -n "$HOST" link add br0 address $MAC_H type bridge \
		mcast_snooping 0 forward_delay 0 "$@"
	ip -n "$HOST" link set br0 up
}

all_forwarding()
{
	local n

	n=$(bridge -n "$HOST" link show | grep -c 'state forwarding')
	[ "$n" -ge 4 ]
}

no_gst0()
{
	! ip -n "$HOST" link show gst0
}

# --- the whole of it -----------------------------------------------------

lab_create()
{
	local ns

	for ns in host guest victim uplink fence; do
		ns_create $ns
	done
	bridge_create "$@"
	environment_enter "$HOST"
	end_create victim vic0 $MAC_V
	end_create uplink upl0 $MAC_R
	end_create fence fen0 02:00:00:00:00:fe
	lab_start
	if [ "${LAB_GUEST-veth}" = tap ]; then
		tap_create
	else
		veth_create
	fi
	lab_options
}

# Spanning tree leaves those ports forwarding that it finds so, if it is
# switched on last.
lab_options()
{
	if lab_filters; then
		lab_trunks
	fi
	if [ -n "${LAB_BRIDGE-}" ]; then
		ip -n "$HOST" link set br0 type bridge $LAB_BRIDGE
	fi
}

lab_filters()
{
	[[ ${LAB_BRIDGE-} == *"vlan_filtering 1"* ]]
}

# With VLAN filtering: a tagged frame is to reach everybody all the same.
lab_trunks()
{
	local end vid

	for vid in $LAB_VLANS; do
		for end in $ENDS; do
			echo "vlan add vid $vid dev ${end#*:}"
		done
		echo "vlan add vid $vid dev br0 self"
	done | bridge -n "$HOST" -batch -
}

lab_start()
{
	local end

	coproc LAB { exec python3 -S "$HERE/${LAB_PROGRAM:-lab.py}"; }
	LAB_IN=${LAB[1]} LAB_OUT=${LAB[0]}
	for end in victim uplink fence; do
		lab packet $end "$NS-$end" eth0 ${end:0:3}0
	done
	lab packet host "$HOST" br0
	lab fence fence uplink
	lab state "$HOST" br0
}

# lab COMMAND...: ask lab.py; its answer is in $ANSWER.
lab()
{
	echo "$*" >&"$LAB_IN"
	if ! read -r -t 300 -u "$LAB_OUT" ANSWER; then
		ANSWER="! no answer"
	fi
	if [[ $ANSWER == !* ]]; then
		fail "lab.py $*: $ANSWER"
	fi
}

lab_stop()
{
	if [ -n "${LAB_PID-}" ]; then
		kill "$LAB_PID" 2>/dev/null
		wait "$LAB_PID" 2>/dev/null
	fi
}

lab_destroy()
{
	local ns

	lab_stop
	environment_leave "$HOST"
	for ns in fence uplink victim guest host; do
		ns_destroy $ns
	done
}

# The first hook of its kind and the last patch a static key into the receive
# path. A vCPU of QEMU's TCG that is just there may run the half-patched code
# for ever: let somebody else's hooks hold these keys.
hold_static_keys()
{
	in_ns host tc qdisc add dev lo ingress
	in_ns host nft -f - <<-E
		table bridge hold {
			chain pre { type filter hook prerouting priority 0; }
			chain post { type filter hook postrouting priority 0; }
		}
		table netdev hold {
			chain in { type filter hook ingress device lo priority 0; }
		}
	E
}

# --- the guest's end -----------------------------------------------------

veth_create()
{
	end_create guest gst0 $MAC_G
	busywait 5 all_forwarding
	lab packet guest "$NS-guest" eth0 gst0
}

tap_create()
{
	[ -e /dev/net/tun ] || modprobe -q tun
	lab tap guest "$HOST" gst0
	ip -n "$HOST" link set gst0 master br0 up
	busywait 5 all_forwarding
}

# It becomes a tap device, as a VM's is, or a veth again.
guest_tap()
{
	lab close guest
	ip -n "$HOST" link del gst0
	tap_create
}

guest_veth()
{
	lab close guest
	busywait 5 no_gst0
	veth_create
}

# pktgen WORDS...: packets to the victim, as if gst0 had received them.
pktgen()
{
	# shellcheck disable=SC2016	# that shell is to expand it
	in_ns host sh -ec '
		cd /proc/net/pktgen
		echo add_device gst0 >kpktgend_0
		for words; do
			echo "$words" >gst0
		done
		echo start >pgctrl
		echo rem_device_all >kpktgend_0' \
		sh "xmit_mode netif_receive" "delay 0" "pkt_size 60" \
		"dst_mac $MAC_V" "dst $IP_V" "udp_src_min 9" "udp_src_max 9" "$@"
}

# --- real stacks ---------------------------------------------------------

# For real traffic: IP and IPv6 addresses on all ends.
lab_addresses()
{
	local end ns mac ip ip6

	for end in "guest G" "victim V" "uplink R"; do
		read -r ns end <<<"$end"
		mac=MAC_$end ip=IP_$end ip6=IP6_$end
		ip -n "$NS-$ns" link set eth0 address "${!mac}" arp on
		ip -n "$NS-$ns" addr add "${!ip}/24" dev eth0
		if [ -d /proc/sys/net/ipv6 ]; then
			in_ns "$ns" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'
			ip -n "$NS-$ns" addr add "${!ip6}/64" dev eth0
		fi
	done
	busywait 10 no_tentative
}

no_tentative()
{
	local ns

	for ns in guest victim uplink; do
		[ -z "$(ip -n "$NS-$ns" addr show dev eth0 tentative)" ] || return
	done
}

# second_bridge: br1, with a port two0 whose other end is called "second".
second_bridge()
{
	ip -n "$HOST" link add br1 type bridge mcast_snooping 0 forward_delay 0
	ip -n "$HOST" link set br1 up
	ip -n "$HOST" link add two0 type veth peer name eth1 netns "$NS-fence"
	ip -n "$HOST" link set two0 master br1 up
	ip -n "$NS-fence" link set eth1 arp off up
	lab packet second "$NS-fence" eth1 two0
	busywait 5 two_forwards || fail "two0 does not forward"
}

two_forwards()
{
	bridge -n "$HOST" link show dev two0 | grep -q 'state forwarding'
}

second_bridge_ends()
{
	lab close second
	ip -n "$HOST" link del two0 2>/dev/null
	ip -n "$HOST" link del br1
}

# ifindex DEV: of a device in the host.
ifindex()
{
	in_ns host cat /sys/class/net/"$1"/ifindex
}

# --- forwarding database -------------------------------------------------

# fdb [DEV]: what br0 has learned, "MAC DEV [VLAN]" a line.
fdb()
{
	bridge -n "$HOST" fdb show br br0 |
		awk -v dev="${1-}" '/permanent|self/ { next }
			dev == "" || $3 == dev { print $1, $3, $4 == "vlan" ? $5 : "" }' |
		sort
}

fdb_flush()
{
	lab flush
}
