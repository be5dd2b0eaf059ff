# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The bridge, its guests, and what lies behind the uplink:
#
#     netns kali3         netns kali4         netns kali5
#   +--------------+    +--------------+    +--------------+
#   | victim       |    | ATTACKER     |    | victim       |
#   | 192.168.50.13|    | 192.168.50.14|    | 192.168.50.15|
#   | ...5d:c1 eth0|    | ...60:4a eth0|    | ...34:4f eth0|
#   +-------+------+    +-------+------+    +-------+------+
#           |                   |                   |
#   +------vk63---------------vk64----------------vk65-----+
#   |     guest               guest               guest    |
#   |                                                      |
#   |  virbr6  192.168.50.254                      trusted |
#   +-----------------------------------------------up0----+
#     the host                                       |
#                                             +-----lan------+
#                        netns outside        | 192.168.50.1 |
#                      +---------------+      |              |
#                      | 203.0.113.9   +------+ 203.0.113.1  |
#                      +---------------+   wan+--------------+
#                                             netns router
#
# IPv6: 2001:db8:50::/64 with the same last byte in decimal, 2001:db8:9::/64
# outside. All guests have a link-local and, once they heard the router, an
# autoconfigured address, both of EUI-64.

BRIDGE=virbr6
GUESTS=(kali3 kali4 kali5)
NAMESPACES=(router outside "${GUESTS[@]}")

declare -A MAC=(
	[kali3]=52:54:00:9f:5d:c1
	[kali4]=52:54:00:74:60:4a
	[kali5]=52:54:00:0f:34:4f
	[router]=52:54:00:00:50:01
	[host]=52:54:00:00:50:fe
)
declare -A IP=(
	[kali3]=192.168.50.13
	[kali4]=192.168.50.14
	[kali5]=192.168.50.15
	[router]=192.168.50.1
	[host]=192.168.50.254
	[outside]=203.0.113.9
)
declare -A IP6=(
	[kali3]=2001:db8:50::13
	[kali4]=2001:db8:50::14
	[kali5]=2001:db8:50::15
	[router]=2001:db8:50::1
	[host]=2001:db8:50::254
	[outside]=2001:db8:9::9
)
declare -A DEVICE=([kali3]=eth0 [kali4]=eth0 [kali5]=eth0 [router]=lan
	[host]=$BRIDGE)
declare -A AT=([kali3]=vk63 [kali4]=vk64 [kali5]=vk65 [router]=up0)
declare -A OWNER=()	# of an IP address: a MAC
declare -A PLACE=()	# of a MAC: a port

# make_eui64 PREFIX MAC (RFC 4291, appendix A)
make_eui64()
{
	local byte

	IFS=: read -r -a byte <<<"$2"
	byte=("${byte[@]/#/0x}")
	printf '%s:%x:%x:%x:%x\n' "$1" \
		$(((byte[0] ^ 2) << 8 | byte[1])) $((byte[2] << 8 | 0xff)) \
		$((0xfe00 | byte[3])) $((byte[4] << 8 | byte[5]))
}

declare -A LINK_LOCAL=() AUTOCONF=()
for name in "${!MAC[@]}"; do
	LINK_LOCAL[$name]=$(make_eui64 fe80: "${MAC[$name]}")
	AUTOCONF[$name]=$(make_eui64 2001:db8:50:0 "${MAC[$name]}")
	for address in "${IP[$name]}" "${IP6[$name]}" \
		"${LINK_LOCAL[$name]}" "${AUTOCONF[$name]}"; do
		OWNER[$address]=${MAC[$name]}
	done
	PLACE[${MAC[$name]}]=${AT[$name]-$BRIDGE}
done

create_topology()
{
	local name

	for name in "${NAMESPACES[@]}"; do
		ip netns add "$name" || die "cannot make a network namespace"
		ip -n "$name" link set lo up
	done
	ip link add "$BRIDGE" address "${MAC[host]}" type bridge
	sysctl -qw "net.ipv6.conf.$BRIDGE.accept_ra=0"
	add_port router
	for name in "${GUESTS[@]}"; do
		add_port "$name"
		add_addresses "$name"
	done
	ip link set "$BRIDGE" up
	add_addresses host
	create_outside
	# The attacker passes on what it has diverted, and does not tell.
	in_ns kali4 sysctl -qw net.ipv4.ip_forward=1 \
		net.ipv4.conf.all.send_redirects=0 \
		net.ipv4.conf.eth0.send_redirects=0 \
		net.ipv6.conf.all.forwarding=1
}

# add_port NAME: like a tap, the bridge's end has a MAC of its own.
add_port()
{
	local port=${AT[$1]}

	ip link add "$port" address "fe:${MAC[$1]#*:}" type veth \
		peer name "${DEVICE[$1]}" netns "$1" address "${MAC[$1]}"
	ip link set "$port" addrgenmode none master "$BRIDGE" up
	ip -n "$1" link set "${DEVICE[$1]}" up
}

add_addresses()
{
	in_ns "$1" ip -batch - <<-END
		address add ${IP[$1]}/24 dev ${DEVICE[$1]}
		address add ${IP6[$1]}/64 dev ${DEVICE[$1]}
	END
	[ "$1" = host ] || in_ns "$1" ip -batch - <<-END
		route add default via ${IP[router]}
		route add default via ${IP6[router]}
	END
}

create_outside()
{
	in_ns router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	in_ns router ip -batch - <<-END
		address add ${IP[router]}/24 dev lan
		address add ${IP6[router]}/64 dev lan
		link add wan type veth peer name eth0 netns outside
		link set wan up
		address add 203.0.113.1/24 dev wan
		address add 2001:db8:9::1/64 dev wan nodad
	END
	in_ns outside ip -batch - <<-END
		link set eth0 up
		address add ${IP[outside]}/24 dev eth0
		address add ${IP6[outside]}/64 dev eth0 nodad
		route add default via 203.0.113.1
		route add default via 2001:db8:9::1
	END
}

destroy_topology()
{
	local name pids

	for name in "${NAMESPACES[@]}"; do
		read -r -d '' -a pids < <(ip netns pids "$name" 2>/dev/null)
		[ ${#pids[@]} -eq 0 ] || kill -KILL "${pids[@]}" 2>/dev/null
		ip netns del "$name" 2>/dev/null
	done
	ip link del "$BRIDGE" 2>/dev/null
}

# Nothing is proved by attacks in a network that does not work.
check_topology()
{
	busywait 10 has_no_tentative || die "duplicate address detection hangs"
	warm_up || die "the guests do not find each other"
	all_succeed "kali3 ping -c1 -w8 ${IP[outside]}" ||
		die "the network does not work: $FAILED"
	spy udp kali3 kali5 "${IP[kali5]}" && die "kali4 reads without any attack"
	[ -z "$PROBLEM" ] || die "without any attack: $PROBLEM"
}

has_no_tentative()
{
	local name

	for name in "${GUESTS[@]}" router; do
		[ -z "$(ip -n "$name" -6 address show tentative)" ] || return
	done
}

# Everybody knows everybody.
warm_up()
{
	local name other words

	for name in "${GUESTS[@]}"; do
		words=:
		for other in "${GUESTS[@]}" router host; do
			[ "$other" != "$name" ] || continue
			words+="; echo >/dev/udp/${IP[$other]}/7"
			words+="; echo >/dev/udp/${IP6[$other]}/7"
		done
		tell "$name" "$words"
	done
	for name in "${GUESTS[@]}" router; do
		busywait 8 knows_all "$name" || return
	done
}

knows_all()
{
	local neighbours other

	neighbours=$(list_neighbours "$1")
	for other in "${GUESTS[@]}"; do
		[ "$other" = "$1" ] || [[ $neighbours == *"${IP[$other]} "* &&
			$neighbours == *"${IP6[$other]} "* ]] || return
	done
}

# --- what the bridge and the victims believe -------------------------------

flush_beliefs()
{
	local name

	ip link set "$BRIDGE" type bridge fdb_flush
	for name in router "${GUESTS[@]}"; do
		ip -n "$name" neigh flush dev "${DEVICE[$name]}"
	done 2>/dev/null
	ip neigh flush dev "$BRIDGE"
}

# "MAC PORT" a line, learned ones only.
list_fdb()
{
	local line word

	while read -r line; do
		read -r -a word <<<"$line"
		[[ $line == *permanent* ]] || echo "${word[0]} ${word[2]}"
	done < <(bridge fdb show br "$BRIDGE")
}

# list_neighbours NS: "ADDRESS MAC" a line.
list_neighbours()
{
	local word netns=(-n "$1")

	[ "$1" != host ] || netns=()
	while read -r -a word; do
		[ "${word[1]-}" != lladdr ] || echo "${word[0]} ${word[2]}"
	done < <(ip "${netns[@]}" neigh show dev "${DEVICE[$1]}")
}

# Entries of the forwarding database and of the neighbour caches that are not
# true, one a line.
list_wrong_beliefs()
{
	local name first second

	while read -r first second; do
		[ "${PLACE[$first]-nowhere}" = "$second" ] ||
			echo "bridge: $first at $second"
	done < <(list_fdb)
	for name in kali3 kali5 router host; do
		while read -r first second; do
			[ "${OWNER[$first]-nobody}" = "$second" ] ||
				echo "$name: $first at $second"
		done < <(list_neighbours "$name")
	done
}

# is_learned MAC PORT
is_learned()
{
	[[ $(list_fdb) == *"$1 $2"* ]]
}

# is_believed NS ADDRESS MAC
is_believed()
{
	[[ $(list_neighbours "$1") == *"$2 $3"* ]]
}

# --- policy ----------------------------------------------------------------

print_policy()
{
	local name

	echo "bridge set $BRIDGE new-port guest mode enforce"
	echo "port set ${AT[router]} bridge $BRIDGE role trusted"
	for name in "${GUESTS[@]}"; do
		echo "port set ${AT[$name]} bridge $BRIDGE role guest"
		echo "binding add port ${AT[$name]} mac ${MAC[$name]}" \
			"ip ${IP[$name]} ip ${IP6[$name]} ip ${AUTOCONF[$name]}"
	done
}
