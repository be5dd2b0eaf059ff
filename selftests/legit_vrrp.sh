#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# VRRP by keepalived on two guests that share an address: who is master, and
# what happens when it goes away.
# shellcheck disable=SC2034,SC2086,SC2317

TESTS="
	address_of_the_master
	virtual_mac
	virtual_mac_ipv6
"

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"
# shellcheck source=/dev/null
. "$(dirname "$0")/stack.sh"
need keepalived tcpdump

VIP=192.0.2.100 VIP6=2001:db8::100 LL_VIP=fe80::100
VMAC=00:00:5e:00:01:33 VMAC6=00:00:5e:00:02:33

set_up()
{
	stack_create
	fresh guest victim
	addressed guest victim uplink
}

tear_down()
{
	stack_destroy
}

# keepalived END PRIORITY: with what CONFIG says of the instance.
run_keepalived()
{
	cat >"$DIR/$1.conf" <<-E
		global_defs {
			router_id $1
			vrrp_garp_master_repeat 2
			$GLOBAL
		}
		vrrp_instance one {
			state BACKUP
			interface eth0
			virtual_router_id 51
			priority $2
			advert_int 1
			$CONFIG
		}
	E
	start $1 keepalived -n -l -D -P -f "$DIR/$1.conf" -p "$DIR/$1.pid" \
		-r "$DIR/$1.vrrp" -c "$DIR/$1.check"
}

# owned_by MAC ADDRESS: as the uplink sees it, by announcement alone.
owned_by()
{
	ip -n "$NS-uplink" neigh show $2 dev eth0 | grep -q "lladdr $1 "
}

# owner END WORDS MAC: it has taken $ADDRESS, and the uplink has heard so.
owner()
{
	busywait $WAIT holds $1 || fail "$2: $1 does not take the address"
	busywait $WAIT owned_by $3 $ADDRESS ||
		fail "$2: the uplink has not heard of $1"
	pings uplink $ADDRESS
}

holds()
{
	in_ns $1 ip addr show | grep -q " $ADDRESS/"
}

# fail_over MAC-OF-GUEST MAC-OF-VICTIM: the guest is master, goes, comes back.
fail_over()
{
	local backup master

	run_keepalived victim 100
	backup=$STARTED
	run_keepalived guest 150
	master=$STARTED
	busywait $WAIT holds guest || fail "no master"
	pings uplink $ADDRESS
	owner guest "election" $1
	stop $master
	owner victim "failover" $2
	run_keepalived guest 150
	owner guest "return" $1
	stop $STARTED $backup
}

# guarded [VIRTUAL-MAC [IP...]]: the address of the master on both ports, for the
# virtual MAC as well, which has these IPs besides. All at once: a binding that is
# away for a moment stops frames.
guarded()
{
	GUEST_IPS="ip $ADDRESS shared" VICTIM_IPS="ip $ADDRESS shared"
	MORE_POLICY=
	[ $# -eq 0 ] || MORE_POLICY=$(print_virtual "$@")
	under_guard all
}

# It bears the address of the interface below, too.
print_virtual()
{
	local mac=$1 ips

	shift
	ips=$(printf ' ip %s' $ADDRESS "$@")
	echo "binding add port gst0 mac $mac$ips ip $OF_GUEST shared"
	echo "binding add port vic0 mac $mac$ips ip $OF_VICTIM shared"
}

# clean_virtual WORDS MAC: the same as clean. But who has heard a guest's own address
# from the virtual MAC looks for it there while the MAC is the other guest's already,
# which has no use for these frames. They have to be exactly those.
clean_virtual()
{
	local lost="out drop dst-ip .* dst-mac $2 .* dst-ip ($OF_GUEST|$OF_VICTIM) "

	same "$1: other reasons" "" "$(violations | grep -v '^[a-z0-9]* dst-ip ')"
	same "$1: violations" "" "$(grep -Ev "$lost" "$DIR/violations")"
}

address_of_the_master()
{
	ADDRESS=$VIP GLOBAL='' CONFIG="virtual_ipaddress { $VIP/24 }"
	guarded
	listen uplink
	fail_over $MAC_G $MAC_V
	came "advertisement" "src $IP_G and dst 224.0.0.18 and ip proto 112"
	came "gratuitous ARP" "ether src $MAC_V and arp and arp[14:4] = arp[24:4]"
	listen_end
	clean "VRRPv2"
}

# The virtual MAC sends advertisements, too, and these bear the address of the
# interface below. Answers of the virtual address leave by that interface with its
# MAC: the kernel asks its routes, and the first one to the network is that
# interface's. So would the ARP requests for them, and claim the virtual address for
# that MAC, but for arp_announce.
virtual_mac()
{
	local end

	for end in guest victim; do
		knob $end ipv4/conf/eth0/arp_announce 2
	done
	ADDRESS=$VIP GLOBAL='' CONFIG="use_vmac vrrp.51
			virtual_ipaddress { $VIP/24 }"
	OF_GUEST=$IP_G OF_VICTIM=$IP_V
	guarded $VMAC
	listen uplink
	fail_over $VMAC $VMAC
	came "advertisement" "ether src $VMAC and src $IP_G and dst 224.0.0.18"
	came "of the backup" "ether src $VMAC and src $IP_V and dst 224.0.0.18"
	came "gratuitous ARP" "ether src $VMAC and arp and arp[14:4] = arp[24:4]"
	listen_end
	clean_virtual "virtual MAC" $VMAC
}

virtual_mac_ipv6()
{
	local end

	need_ipv6 || return
	for end in guest victim; do
		knob $end ipv6/conf/all/disable_ipv6 0
		knob $end ipv6/conf/default/disable_ipv6 0
	done
	ADDRESS=$VIP6 GLOBAL='vrrp_version 3' CONFIG="use_vmac vrrp6.51
			version 3
			virtual_ipaddress {
				$LL_VIP/64
				$VIP6/64
			}"
	OF_GUEST=$LL_G OF_VICTIM=$LL_V
	guarded $VMAC6 $LL_VIP
	listen uplink
	fail_over $VMAC6 $VMAC6
	came "advertisement" "ether src $VMAC6 and src $LL_G and dst ff02::12"
	came "of the backup" "ether src $VMAC6 and src $LL_V and dst ff02::12"
	came "unsolicited advertisement" \
		"ether src $VMAC6 and ip6 multicast and ip6[40] = 136"
	listen_end
	clean_virtual "VRRPv3 for IPv6" $VMAC6
}

run_tests
