/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * brguard: MAC, IP and VLAN bindings for the ports of a Linux bridge.
 *
 * This header is the whole wire format. The same interface in the kernel's
 * YNL schema is Documentation/netlink/specs/brguard.yaml; a selftest holds the
 * two, and what CTRL_CMD_GETPOLICY reports, together.
 *
 * Transport
 * ---------
 *
 * Generic netlink, family %BRGUARD_FAMILY_NAME, version
 * %BRGUARD_FAMILY_VERSION. Every request needs CAP_NET_ADMIN in the initial
 * user namespace, for the caller and for whoever opened the socket; else the
 * answer is -EPERM. All state belongs to the network namespace of the socket.
 * Attributes are validated strictly: unknown attributes, trailing bytes and
 * numbers out of range are refused with -EINVAL or -ERANGE, and a refusal
 * carries an extended ACK: a sentence (NLMSGERR_ATTR_MSG) and the offending
 * attribute (NLMSGERR_ATTR_OFFS) or the missing one
 * (NLMSGERR_ATTR_MISS_TYPE), if it is about one; with a dump that is refused
 * here, kernels before 6.10 send the sentence alone. A refused request changes
 * nothing.
 *
 * Numbers are in host byte order unless said otherwise. MAC addresses are
 * 6 bytes and IP addresses 4 or 16 bytes in network byte order. Strings end
 * with a NUL. u64 attributes are aligned with the PAD attribute of their set.
 *
 * Objects
 * -------
 *
 * A bridge and a port are named by strings, and the policy stays with the name
 * whether a device of that name exists or not. A binding belongs to a port.
 * A device that is a bridge port finds its policy in this order: a port
 * named like the device, like one of its alternative names (ip link property),
 * like its ifalias; then the port whose name is a template ("tap*i*", glob(7)
 * characters *, ? and [...]) that matches, the longest template first; then
 * the %BRGUARD_A_BRIDGE_NEW_PORT rule of its bridge. A device that none of
 * these covers is not guarded.
 *
 * A port that is named like a bridge is the local port of that bridge: the host
 * itself, and whatever else is behind the bridge device. Nothing but its name,
 * no template and no rule of the bridge, makes it a guest.
 *
 * A port that names its bridge (%BRGUARD_A_PORT_BRIDGE) and whose device is
 * found on another one lets nothing pass if its role is guest, and is treated
 * like a port that nobody named if its role is trusted.
 *
 * Transactions
 * ------------
 *
 * %BRGUARD_CMD_CONFIG_BEGIN opens an empty configuration that belongs to the
 * socket. Until %BRGUARD_CMD_CONFIG_COMMIT every SET, DEL and ADD from this
 * socket works on it and nobody else sees it. Commit replaces the whole live
 * configuration with it, or refuses and changes nothing; either way the
 * transaction is over. If brguard refused a request of the transaction, so is
 * the commit. What the core of netlink refuses (an attribute out of range, a
 * lost message) brguard never sees: a client that does not read every answer
 * says with %BRGUARD_A_CONFIG_REQUESTS how many requests there have to be. The
 * answer to BEGIN it does read: behind one that was refused, requests are about
 * what is live. %BRGUARD_CMD_CONFIG_ABORT drops a transaction, and so does
 * closing the socket. Counters of ports that exist before and after are kept.
 *
 * Events
 * ------
 *
 * Multicast groups %BRGUARD_MCGRP_VIOLATION, %BRGUARD_MCGRP_WATCH and
 * %BRGUARD_MCGRP_CONFIG; joining needs CAP_NET_ADMIN. In a network namespace
 * that a user namespace other than the initial one owns, none are sent.
 */

#ifndef _UAPI_LINUX_BRGUARD_H
#define _UAPI_LINUX_BRGUARD_H

#include <linux/types.h>

#define BRGUARD_FAMILY_NAME	"brguard"
#define BRGUARD_FAMILY_VERSION	1

#define BRGUARD_MCGRP_VIOLATION	"violation"
#define BRGUARD_MCGRP_WATCH	"watch"
#define BRGUARD_MCGRP_CONFIG	"config"

/* Longest name of a port in bytes, without the NUL: an alternative name. */
#define BRGUARD_PORT_NAME_MAX	127
/* Longest name of a bridge in bytes, without the NUL. */
#define BRGUARD_BRIDGE_NAME_MAX	15
/* Highest VLAN ID of a binding; 0 stands for untagged frames. */
#define BRGUARD_VLAN_MAX	4094
/* EtherTypes that one port may have allowed explicitly. */
#define BRGUARD_ETHERTYPES_MAX	8
/* Prefixes that one binding may have. */
#define BRGUARD_PREFIXES_MAX	256
/* Packed bindings that one request can carry. */
#define BRGUARD_RECORDS_MAX	2047
/* Distinct prefix lengths that one port may have in an address family. */
#define BRGUARD_LENGTHS_MAX	16
/* Bridges, ports and bindings in one network namespace. */
#define BRGUARD_BRIDGES_MAX	4096
#define BRGUARD_PORTS_MAX	65536
#define BRGUARD_BINDINGS_MAX	4194304
/* Parameters that one bridge may hold. */
#define BRGUARD_HOLDS_MAX	14
/* Longest frame that can be explained in bytes: header, tag, IPv6 packet. */
#define BRGUARD_FRAME_MAX	65593
/* Bytes of it that a request can carry. */
#define BRGUARD_FRAME_DATA_MAX	65000
/* Frames that one request can have explained. */
#define BRGUARD_FRAMES_MAX	64
/* Transactions open at one time in one network namespace. */
#define BRGUARD_TRANSACTIONS_MAX	16
/* Highest limit of addresses that one MAC may answer for. */
#define BRGUARD_ANSWERS_MAX	1000
/* Longest window in which they are counted, in seconds. */
#define BRGUARD_ANSWERS_TIME_MAX	3600
/* Addresses that an event names. */
#define BRGUARD_SAMPLES_MAX	8
/* Missing bindings remembered of one port, each of a MAC and one address. */
#define BRGUARD_SUGGEST_MAX	256
/* Those of all ports in one network namespace. */
#define BRGUARD_SUGGEST_ALL	65536

/**
 * enum brguard_role - what a port is
 * @BRGUARD_ROLE_GUEST: checked in both directions against its bindings; with
 *	no binding nothing passes
 * @BRGUARD_ROLE_TRUSTED: an uplink, a link to another bridge, the host's own
 *	veth: not checked but for what %BRGUARD_A_BRIDGE_CLAIMS and
 *	%BRGUARD_A_PORT_UPLINK_MACS say
 */
enum brguard_role {
	BRGUARD_ROLE_GUEST,
	BRGUARD_ROLE_TRUSTED,
	/* private: */
	__BRGUARD_ROLE_MAX
};

/**
 * enum brguard_mode - what happens to a frame that breaks the policy
 * @BRGUARD_MODE_INHERIT: as the bridge says; for a bridge, and for a port
 *	whose bridge is not configured, the same as enforce
 * @BRGUARD_MODE_ENFORCE: dropped, counted and reported
 * @BRGUARD_MODE_AUDIT: counted and reported, and passes
 */
enum brguard_mode {
	BRGUARD_MODE_INHERIT,
	BRGUARD_MODE_ENFORCE,
	BRGUARD_MODE_AUDIT,
	/* private: */
	__BRGUARD_MODE_MAX
};

/**
 * enum brguard_link_local - IPv6 link-local source addresses of a guest port
 * @BRGUARD_LINK_LOCAL_EUI64: the address made from each bound MAC (RFC 4291,
 *	appendix A), and those that a binding lists
 * @BRGUARD_LINK_LOCAL_LISTED: only those that a binding lists
 * @BRGUARD_LINK_LOCAL_ANY: any address in fe80::/10 (RFC 7217 addresses)
 */
enum brguard_link_local {
	BRGUARD_LINK_LOCAL_EUI64,
	BRGUARD_LINK_LOCAL_LISTED,
	BRGUARD_LINK_LOCAL_ANY,
	/* private: */
	__BRGUARD_LINK_LOCAL_MAX
};

/**
 * enum brguard_arp_scope - who is asked for a bound address
 * @BRGUARD_ARP_SCOPE_ALL: every port, as the bridge does it
 * @BRGUARD_ARP_SCOPE_OWNER: ARP requests and neighbour solicitations for an
 *	address that is bound on a port of the bridge are kept from its other
 *	guest ports; those for other and for shared addresses, and
 *	announcements, go to all
 */
enum brguard_arp_scope {
	BRGUARD_ARP_SCOPE_ALL,
	BRGUARD_ARP_SCOPE_OWNER,
	/* private: */
	__BRGUARD_ARP_SCOPE_MAX
};

/**
 * enum brguard_claims - what becomes of claims of what is bound elsewhere
 * @BRGUARD_CLAIMS_DROP: dropped, counted and reported with reason claim
 * @BRGUARD_CLAIMS_ALARM: counted and reported, and passes
 * @BRGUARD_CLAIMS_OFF: nothing
 *
 * A frame from a trusted port, or from the host, claims an address by its
 * source MAC, as the sender in ARP, as the source of neighbour discovery or the
 * target of an advertisement. It must not be one that is bound on another port
 * of the bridge. Shared bindings, and prefixes of length 0, are nobody's.
 */
enum brguard_claims {
	BRGUARD_CLAIMS_DROP,
	BRGUARD_CLAIMS_ALARM,
	BRGUARD_CLAIMS_OFF,
	/* private: */
	__BRGUARD_CLAIMS_MAX
};

/**
 * enum brguard_answers - what becomes of who answers for too many addresses
 * @BRGUARD_ANSWERS_ALARM: reported with %BRGUARD_CMD_ANSWERS_NTF
 * @BRGUARD_ANSWERS_DROP: reported, and its further answers are dropped, counted
 *	and reported with reason answers-for-all, until a window has passed in
 *	which it kept within the limit
 */
enum brguard_answers {
	BRGUARD_ANSWERS_ALARM,
	BRGUARD_ANSWERS_DROP,
	/* private: */
	__BRGUARD_ANSWERS_MAX
};

/**
 * enum brguard_local_port - what is behind the bridge device
 * @BRGUARD_LOCAL_PORT_OPEN: the host: it receives what the bridge gives it,
 *	with a promiscuous bridge everything
 * @BRGUARD_LOCAL_PORT_GUARDED: the host, and guests that another program lets
 *	out there. The host's frames are those with the MAC of the bridge device
 *	or of a device on top of it. All others are a guest's, which are held to
 *	the bindings of the local port in both directions.
 */
enum brguard_local_port {
	BRGUARD_LOCAL_PORT_OPEN,
	BRGUARD_LOCAL_PORT_GUARDED,
	/* private: */
	__BRGUARD_LOCAL_PORT_MAX
};

/**
 * enum brguard_guest_flood - unknown unicast towards guests, in enforce mode
 * @BRGUARD_GUEST_FLOOD_KEEP: the flag flood of their ports is left as it is,
 *	and what comes is dropped and counted
 * @BRGUARD_GUEST_FLOOD_OFF: the bridge keeps it from them: the flag is switched
 *	off, once their MAC addresses are in the forwarding database
 */
enum brguard_guest_flood {
	BRGUARD_GUEST_FLOOD_KEEP,
	BRGUARD_GUEST_FLOOD_OFF,
	/* private: */
	__BRGUARD_GUEST_FLOOD_MAX
};

/**
 * enum brguard_guest_learning - what the bridge learns from guests, in enforce
 *	mode
 * @BRGUARD_GUEST_LEARNING_KEEP: the flag learning of their ports is left as it
 *	is
 * @BRGUARD_GUEST_LEARNING_OFF: the bridge knows guests by their bindings: the
 *	flag is switched off, once their MAC addresses are in the forwarding
 *	database. Not where BRGUARD_GUEST_FLOOD_OFF switches off flood.
 */
enum brguard_guest_learning {
	BRGUARD_GUEST_LEARNING_KEEP,
	BRGUARD_GUEST_LEARNING_OFF,
	/* private: */
	__BRGUARD_GUEST_LEARNING_MAX
};

/**
 * enum brguard_uplink_macs - what may leave by a trusted port
 * @BRGUARD_UPLINK_MACS_ANY: everything
 * @BRGUARD_UPLINK_MACS_BOUND: only frames whose source MAC is bound on the
 *	bridge, in whatever VLAN, or is the host's own: that of the bridge
 *	device, or of a device on top of it
 */
enum brguard_uplink_macs {
	BRGUARD_UPLINK_MACS_ANY,
	BRGUARD_UPLINK_MACS_BOUND,
	/* private: */
	__BRGUARD_UPLINK_MACS_MAX
};

/**
 * enum brguard_direction - as seen from the bridge
 * @BRGUARD_DIRECTION_IN: sent by the guest
 * @BRGUARD_DIRECTION_OUT: towards the guest
 */
enum brguard_direction {
	BRGUARD_DIRECTION_IN,
	BRGUARD_DIRECTION_OUT,
	/* private: */
	__BRGUARD_DIRECTION_MAX
};

/*
 * The list of reasons: number, statistics index, event attribute, trace field
 * and the word that brguardctl prints all come from here. A number never
 * changes its meaning; new reasons go to the end.
 *
 *  pass		no objection (never counted)
 *  malformed		what every receiver must discard: too short, source MAC
 *			zero or group, lengths that do not fit (RFC 791, 8200)
 *  encapsulation	in-band or stacked tags, 802.3 length, LLC/SNAP and
 *			other shims in front of the payload (VU#855201)
 *  ethertype		EtherType neither IPv4, ARP, IPv6, a RARP
 *			self-announcement nor allowed on the port
 *  vlan		a tag that no binding of the port has, or none where
 *			only tagged bindings exist
 *  link-local		reserved group address: 01:80:c2:00:00:0X (802.1Q table
 *			8-1) or 01:00:0c:cc:cc:cX
 *  src-mac		source MAC not bound on the port and VLAN
 *  arp			ARP or RARP with a wrong shape, a sender MAC other than
 *			the frame's, or a sender IP not bound to it (RFC 826,
 *			5227)
 *  src-ip		IPv4 or IPv6 source not bound to the source MAC; a DHCP
 *			client's message for another client (RFC 2131)
 *  dhcp-server		DHCPv4 or DHCPv6 server message without the right
 *  nd			neighbour solicitation, advertisement or router
 *			solicitation that claims what is not bound (RFC 4861,
 *			6980)
 *  ra			router advertisement or redirect, or what multicast
 *			routers alone send, without the right (RFC 6105, 7113,
 *			4541)
 *  flood		towards the port: unicast MAC not bound there
 *  dst-ip		towards the port: unicast IP not bound there
 *  claim		from a trusted port or the host: an address that is
 *			bound on another port
 *  uplink-mac		towards a trusted port: source MAC neither bound on the
 *			bridge nor the host's
 *  answers-for-all	an ARP reply or announcement, or a neighbour
 *			advertisement, of a MAC that answers for more addresses
 *			than it may
 *  answers-own		the same, of the host by a trusted port, for an address
 *			that is neither its own nor bound on the bridge
 */
#define __BRGUARD_REASON_MAPPER(FN)		\
	FN(PASS, "pass")			\
	FN(MALFORMED, "malformed")		\
	FN(ENCAPSULATION, "encapsulation")	\
	FN(ETHERTYPE, "ethertype")		\
	FN(VLAN, "vlan")			\
	FN(LINK_LOCAL, "link-local")		\
	FN(SRC_MAC, "src-mac")			\
	FN(ARP, "arp")				\
	FN(SRC_IP, "src-ip")			\
	FN(DHCP_SERVER, "dhcp-server")		\
	FN(ND, "nd")				\
	FN(RA, "ra")				\
	FN(FLOOD, "flood")			\
	FN(DST_IP, "dst-ip")			\
	FN(CLAIM, "claim")			\
	FN(UPLINK_MAC, "uplink-mac")		\
	FN(ANSWERS_FOR_ALL, "answers-for-all")	\
	FN(ANSWERS_OWN, "answers-own")

#define __BRGUARD_REASON_ENUM(name, word) BRGUARD_REASON_##name,

/* Why a frame broke the policy, see __BRGUARD_REASON_MAPPER. */
enum brguard_reason {
	__BRGUARD_REASON_MAPPER(__BRGUARD_REASON_ENUM)
	/* private: */
	__BRGUARD_REASON_MAX
};

#undef __BRGUARD_REASON_ENUM

/*
 * The list of what is watched: number, event attribute and the word that
 * brguardctl prints all come from here. A number never changes its meaning.
 * Old and new of
 *
 *  promiscuity		count of users that want the device promiscuous; of most
 *			ports the bridge itself is one, and is not reported
 *  ageing-time		hundredths of a second, as for ip link
 *  vlan-filtering stp mcast-snooping
 *			0 or 1 (2: a user space STP)
 *  group-fwd-mask	bit n stands for 01:80:c2:00:00:0n
 *  learning flood mcast-flood bcast-flood isolated locked hairpin guard
 *  neigh-suppress	flag of a port, 0 or 1
 *  member		0 or 1: the device is a port of the bridge
 *  fdb			ifindex of the port on which a MAC is bound, ifindex of
 *			the port to which somebody pinned it
 *  proxy-arp proxy-ndp	0 or 1: the device answers for others; "all" stands for
 *			every device there is, "default" for those to come
 */
#define __BRGUARD_WATCH_MAPPER(FN)		\
	FN(PROMISCUITY, "promiscuity")		\
	FN(AGEING_TIME, "ageing-time")		\
	FN(VLAN_FILTERING, "vlan-filtering")	\
	FN(STP, "stp")				\
	FN(MCAST_SNOOPING, "mcast-snooping")	\
	FN(GROUP_FWD_MASK, "group-fwd-mask")	\
	FN(LEARNING, "learning")		\
	FN(FLOOD, "flood")			\
	FN(MCAST_FLOOD, "mcast-flood")		\
	FN(BCAST_FLOOD, "bcast-flood")		\
	FN(ISOLATED, "isolated")		\
	FN(LOCKED, "locked")			\
	FN(HAIRPIN, "hairpin")			\
	FN(GUARD, "guard")			\
	FN(NEIGH_SUPPRESS, "neigh-suppress")	\
	FN(MEMBER, "member")			\
	FN(FDB, "fdb")				\
	FN(PROXY_ARP, "proxy-arp")		\
	FN(PROXY_NDP, "proxy-ndp")

#define __BRGUARD_WATCH_ENUM(name, word) BRGUARD_WATCH_##name,

/* What a watch event is about, see __BRGUARD_WATCH_MAPPER. */
enum brguard_watch {
	__BRGUARD_WATCH_MAPPER(__BRGUARD_WATCH_ENUM)
	/* private: */
	__BRGUARD_WATCH_MAX
};

#undef __BRGUARD_WATCH_ENUM

/**
 * enum brguard_a_bridge - a guarded bridge
 * @BRGUARD_A_BRIDGE_PAD: padding
 * @BRGUARD_A_BRIDGE_NAME: string, 1 to 15 bytes: name of the bridge device;
 *	"any" is refused
 * @BRGUARD_A_BRIDGE_NEW_PORT: u32, enum brguard_role: role of a port of this
 *	bridge that nobody named; trusted if never set
 * @BRGUARD_A_BRIDGE_MODE: u32, enum brguard_mode: enforce or audit; enforce if
 *	never set
 * @BRGUARD_A_BRIDGE_ARP_SCOPE: u32, enum brguard_arp_scope; all if never set
 * @BRGUARD_A_BRIDGE_HOLD: u32, enum brguard_watch from ageing-time to
 *	neigh-suppress, up to BRGUARD_HOLDS_MAX times: parameters of the bridge
 *	and its ports that are put back when somebody changes them; in a SET
 *	they replace those there are, and a single 0 clears them. None if
 *	never set.
 * @BRGUARD_A_BRIDGE_AGEING_FLOOR: u32, up to 1000000 seconds: an ageing time
 *	below it is reported as low, and 0 always; 0 if never set
 * @BRGUARD_A_BRIDGE_IFINDEX: u32, answers only: the device, if there is one
 * @BRGUARD_A_BRIDGE_PROMISCUITY: u32, answers only: its promiscuity count
 * @BRGUARD_A_BRIDGE_UNREPORTED: u32, enum brguard_watch, answers only, any
 *	number of times: a parameter of the device whose changes are not
 *	reported, as this kernel does not tell of them, or of none while the
 *	device is down
 * @BRGUARD_A_BRIDGE_CLAIMS: u32, enum brguard_claims; drop if never set
 * @BRGUARD_A_BRIDGE_ANSWERS: u32, enum brguard_answers; alarm if never set
 * @BRGUARD_A_BRIDGE_ANSWERS_MAX: u32, 0 to BRGUARD_ANSWERS_MAX: distinct
 *	addresses that one MAC may answer for on one port in a window; 0: any
 *	number; 64 if never set
 * @BRGUARD_A_BRIDGE_ANSWERS_TIME: u32, 1 to BRGUARD_ANSWERS_TIME_MAX: length of
 *	a window in seconds; 10 if never set
 * @BRGUARD_A_BRIDGE_ANSWERS_OWN: u32, enum brguard_claims: what becomes of
 *	answers of the host, with the MAC of the bridge and by a trusted port,
 *	for an address that is neither its own nor bound on the bridge; alarm
 *	if never set
 * @BRGUARD_A_BRIDGE_LOCAL_PORT: u32, enum brguard_local_port; open if never set
 * @BRGUARD_A_BRIDGE_GUEST_FLOOD: u32, enum brguard_guest_flood; keep if never
 *	set
 * @BRGUARD_A_BRIDGE_GUEST_LEARNING: u32, enum brguard_guest_learning; keep if
 *	never set
 */
enum brguard_a_bridge {
	BRGUARD_A_BRIDGE_PAD = 1,
	BRGUARD_A_BRIDGE_NAME,
	BRGUARD_A_BRIDGE_NEW_PORT,
	BRGUARD_A_BRIDGE_MODE,
	BRGUARD_A_BRIDGE_ARP_SCOPE,
	BRGUARD_A_BRIDGE_IFINDEX,
	BRGUARD_A_BRIDGE_PROMISCUITY,
	BRGUARD_A_BRIDGE_HOLD,
	BRGUARD_A_BRIDGE_AGEING_FLOOR,
	BRGUARD_A_BRIDGE_UNREPORTED,
	BRGUARD_A_BRIDGE_CLAIMS,
	BRGUARD_A_BRIDGE_ANSWERS,
	BRGUARD_A_BRIDGE_ANSWERS_MAX,
	BRGUARD_A_BRIDGE_ANSWERS_TIME,
	BRGUARD_A_BRIDGE_ANSWERS_OWN,
	BRGUARD_A_BRIDGE_LOCAL_PORT,
	BRGUARD_A_BRIDGE_GUEST_FLOOD,
	BRGUARD_A_BRIDGE_GUEST_LEARNING,
	/* private: */
	__BRGUARD_A_BRIDGE_MAX,
	BRGUARD_A_BRIDGE_MAX = (__BRGUARD_A_BRIDGE_MAX - 1)
};

/**
 * enum brguard_a_port - a port
 * @BRGUARD_A_PORT_PAD: padding
 * @BRGUARD_A_PORT_NAME: string, 1 to 127 bytes: interface name, alternative
 *	name, ifalias or template
 * @BRGUARD_A_PORT_BRIDGE: string, 0 to 15 bytes: the only bridge on which the
 *	port's policy holds; empty for whichever bridge the device is on
 * @BRGUARD_A_PORT_ROLE: u32, enum brguard_role; needed to create a port
 * @BRGUARD_A_PORT_MODE: u32, enum brguard_mode; inherit if never set
 * @BRGUARD_A_PORT_LINK_LOCAL: u32, enum brguard_link_local; eui64 if never set
 * @BRGUARD_A_PORT_DHCP_SERVER: u8, 0 or 1: the guest may answer DHCP as a
 *	server or relay; 0 if never set
 * @BRGUARD_A_PORT_ROUTER: u8, 0 or 1: the guest may send router advertisements
 *	and redirects, IGMP and MLD queries, PIM; 0 if never set
 * @BRGUARD_A_PORT_ETHERTYPE: u16, 0x0600 to 0xffff, host byte order, up to 8
 *	times: EtherTypes allowed beside IPv4, ARP, IPv6 and the RARP
 *	self-announcement; in a SET they replace those there are, and a single
 *	0 clears them. 0x0800, 0x0806, 0x8035, 0x86dd and the VLAN TPIDs 0x8100,
 *	0x88a8, 0x88e7, 0x9100, 0x9200 and 0x9300 are refused.
 * @BRGUARD_A_PORT_DEVICE: string, answers only: present name of the device
 * @BRGUARD_A_PORT_IFINDEX: u32, answers only: its index
 * @BRGUARD_A_PORT_MASTER: string, answers only: the bridge it is on
 * @BRGUARD_A_PORT_PROMISCUITY: u32, answers only: its promiscuity count (a
 *	bridge keeps its ports at 1 or 0 by itself)
 * @BRGUARD_A_PORT_UNREPORTED: u32, enum brguard_watch, answers only, any number
 *	of times: as BRGUARD_A_BRIDGE_UNREPORTED, of the port
 * @BRGUARD_A_PORT_UPLINK_MACS: u32, enum brguard_uplink_macs; any if never set;
 *	bound is refused for a guest
 */
enum brguard_a_port {
	BRGUARD_A_PORT_PAD = 1,
	BRGUARD_A_PORT_NAME,
	BRGUARD_A_PORT_BRIDGE,
	BRGUARD_A_PORT_ROLE,
	BRGUARD_A_PORT_MODE,
	BRGUARD_A_PORT_LINK_LOCAL,
	BRGUARD_A_PORT_DHCP_SERVER,
	BRGUARD_A_PORT_ROUTER,
	BRGUARD_A_PORT_ETHERTYPE,
	BRGUARD_A_PORT_DEVICE,
	BRGUARD_A_PORT_IFINDEX,
	BRGUARD_A_PORT_MASTER,
	BRGUARD_A_PORT_PROMISCUITY,
	BRGUARD_A_PORT_UNREPORTED,
	BRGUARD_A_PORT_UPLINK_MACS,
	/* private: */
	__BRGUARD_A_PORT_MAX,
	BRGUARD_A_PORT_MAX = (__BRGUARD_A_PORT_MAX - 1)
};

/**
 * enum brguard_a_prefix - an IP prefix, nested in a binding
 * @BRGUARD_A_PREFIX_ADDRESS: binary, 4 or 16 bytes, network byte order; bits
 *	beyond the length must be 0
 * @BRGUARD_A_PREFIX_LENGTH: u8, 0 to 32 or 128 bits; the full length if absent
 */
enum brguard_a_prefix {
	BRGUARD_A_PREFIX_ADDRESS = 1,
	BRGUARD_A_PREFIX_LENGTH,
	/* private: */
	__BRGUARD_A_PREFIX_MAX,
	BRGUARD_A_PREFIX_MAX = (__BRGUARD_A_PREFIX_MAX - 1)
};

/* Flags of a packed binding. */
#define BRGUARD_RECORD_SHARED	1
#define BRGUARD_RECORD_IP4	2
#define BRGUARD_RECORD_IP6	4

/**
 * struct brguard_record - a packed binding with up to one prefix of a family
 * @mac: unicast, not zero
 * @vlan: 0 to 4094, as %BRGUARD_A_BINDING_VLAN; host byte order
 * @flags: BRGUARD_RECORD_SHARED, as %BRGUARD_A_BINDING_SHARED;
 *	BRGUARD_RECORD_IP4 and _IP6: there is a prefix; else its fields are 0
 * @len4: length of the IPv4 prefix, 0 to 32
 * @len6: length of the IPv6 prefix, 0 to 128
 * @reserved: 0
 * @ip4: IPv4 prefix, network byte order; bits beyond the length must be 0
 * @ip6: the same for IPv6
 */
struct brguard_record {
	__u8 mac[6];
	__u16 vlan;
	__u8 flags;
	__u8 len4;
	__u8 len6;
	__u8 reserved;
	__u8 ip4[4];
	__u8 ip6[16];
};

/**
 * enum brguard_a_binding - a MAC address of a port and its IP prefixes
 * @BRGUARD_A_BINDING_PORT: string, 1 to 127 bytes: name of a configured port
 * @BRGUARD_A_BINDING_MAC: binary, 6 bytes: unicast, not zero
 * @BRGUARD_A_BINDING_VLAN: u16, 0 to 4094: VLAN ID of the tag that the frames
 *	carry on the port; 0 or absent for untagged frames
 * @BRGUARD_A_BINDING_SHARED: flag: other ports may have a shared binding of
 *	the same addresses (VRRP, live migration). An ADD with the flag makes a
 *	binding shared that was not; an ADD without it leaves it as it is.
 * @BRGUARD_A_BINDING_PREFIX: nest of enum brguard_a_prefix, up to 256 times
 * @BRGUARD_A_BINDING_RECORDS: binary, 1 to BRGUARD_RECORDS_MAX struct
 *	brguard_record, each an ADD of its own to the port, in their order; in a
 *	transaction only (-EINVAL) and with no attribute but PORT beside it. A
 *	refusal points to the field of the record that it is about.
 *
 * A MAC without a prefix may send what needs no address: DHCPv4 as a client,
 * IGMP and MLD reports, and IPv6 with its link-local address as far as the port
 * allows one. Any ARP needs a bound address.
 */
enum brguard_a_binding {
	BRGUARD_A_BINDING_PORT = 1,
	BRGUARD_A_BINDING_MAC,
	BRGUARD_A_BINDING_VLAN,
	BRGUARD_A_BINDING_SHARED,
	BRGUARD_A_BINDING_PREFIX,
	BRGUARD_A_BINDING_RECORDS,
	/* private: */
	__BRGUARD_A_BINDING_MAX,
	BRGUARD_A_BINDING_MAX = (__BRGUARD_A_BINDING_MAX - 1)
};

/**
 * enum brguard_a_count - frames of one reason, nested in statistics
 * @BRGUARD_A_COUNT_PAD: padding
 * @BRGUARD_A_COUNT_REASON: u32, enum brguard_reason
 * @BRGUARD_A_COUNT_DROPPED: u64: frames dropped
 * @BRGUARD_A_COUNT_AUDITED: u64: frames that passed because of audit mode
 */
enum brguard_a_count {
	BRGUARD_A_COUNT_PAD = 1,
	BRGUARD_A_COUNT_REASON,
	BRGUARD_A_COUNT_DROPPED,
	BRGUARD_A_COUNT_AUDITED,
	/* private: */
	__BRGUARD_A_COUNT_MAX,
	BRGUARD_A_COUNT_MAX = (__BRGUARD_A_COUNT_MAX - 1)
};

/**
 * enum brguard_a_stats - statistics of a port
 * @BRGUARD_A_STATS_PAD: padding
 * @BRGUARD_A_STATS_PORT: string, 1 to 127 bytes: name of the port, or of the
 *	device where a template or the bridge's new-port rule guards it
 * @BRGUARD_A_STATS_COUNT: nest of enum brguard_a_count, once for every reason
 *	with a count that is not 0
 * @BRGUARD_A_STATS_EVENTS: u64: violations that were reported one by one
 * @BRGUARD_A_STATS_SUPPRESSED: u64: violations that the rate limit kept from
 *	being reported one by one. Events and suppressed make the sum of all
 *	counts.
 * @BRGUARD_A_STATS_PRUNED: u64: ARP requests and neighbour solicitations that
 *	%BRGUARD_ARP_SCOPE_OWNER kept from the port. They are no violations.
 */
enum brguard_a_stats {
	BRGUARD_A_STATS_PAD = 1,
	BRGUARD_A_STATS_PORT,
	BRGUARD_A_STATS_COUNT,
	BRGUARD_A_STATS_EVENTS,
	BRGUARD_A_STATS_SUPPRESSED,
	BRGUARD_A_STATS_PRUNED,
	/* private: */
	__BRGUARD_A_STATS_MAX,
	BRGUARD_A_STATS_MAX = (__BRGUARD_A_STATS_MAX - 1)
};

/**
 * enum brguard_a_config - a transaction
 * @BRGUARD_A_CONFIG_CHECK: flag, in a commit: answer as a commit would and
 *	change nothing
 * @BRGUARD_A_CONFIG_REQUESTS: u32, in a commit: the number of SET, DEL and ADD
 *	requests of the transaction; the commit is refused if another number
 *	was carried out
 * @BRGUARD_A_CONFIG_GENERATION: u32, events only: grows with every change of
 *	the configuration, wraps around
 */
enum brguard_a_config {
	BRGUARD_A_CONFIG_CHECK = 1,
	BRGUARD_A_CONFIG_REQUESTS,
	BRGUARD_A_CONFIG_GENERATION,
	/* private: */
	__BRGUARD_A_CONFIG_MAX,
	BRGUARD_A_CONFIG_MAX = (__BRGUARD_A_CONFIG_MAX - 1)
};

/**
 * enum brguard_a_violation - a frame that broke the policy
 * @BRGUARD_A_VIOLATION_PAD: padding
 * @BRGUARD_A_VIOLATION_PORT: string: name of the port, as in the statistics
 * @BRGUARD_A_VIOLATION_DEVICE: string: the device
 * @BRGUARD_A_VIOLATION_BRIDGE: string: the bridge it is on
 * @BRGUARD_A_VIOLATION_DIRECTION: u32, enum brguard_direction
 * @BRGUARD_A_VIOLATION_REASON: u32, enum brguard_reason
 * @BRGUARD_A_VIOLATION_AUDITED: flag: audit mode let the frame pass
 * @BRGUARD_A_VIOLATION_VLAN: u16: VLAN ID, if the frame has a tag
 * @BRGUARD_A_VIOLATION_ETHERTYPE: u16, host byte order
 * @BRGUARD_A_VIOLATION_SRC_MAC: binary, 6 bytes
 * @BRGUARD_A_VIOLATION_DST_MAC: binary, 6 bytes
 * @BRGUARD_A_VIOLATION_SRC_IP: binary, 4 or 16 bytes: source, or the sender's
 *	address in ARP
 * @BRGUARD_A_VIOLATION_DST_IP: binary, 4 or 16 bytes: destination, or the
 *	target in ARP and neighbour discovery
 * @BRGUARD_A_VIOLATION_SUPPRESSED: u64: violations of this port since the last
 *	event that were counted and not reported. An event without direction
 *	and reason carries only such a remainder, about a second after the
 *	rate limit set in.
 * @BRGUARD_A_VIOLATION_OWNER: string, reason claim only: the port that the
 *	address is bound on
 */
enum brguard_a_violation {
	BRGUARD_A_VIOLATION_PAD = 1,
	BRGUARD_A_VIOLATION_PORT,
	BRGUARD_A_VIOLATION_DEVICE,
	BRGUARD_A_VIOLATION_BRIDGE,
	BRGUARD_A_VIOLATION_DIRECTION,
	BRGUARD_A_VIOLATION_REASON,
	BRGUARD_A_VIOLATION_AUDITED,
	BRGUARD_A_VIOLATION_VLAN,
	BRGUARD_A_VIOLATION_ETHERTYPE,
	BRGUARD_A_VIOLATION_SRC_MAC,
	BRGUARD_A_VIOLATION_DST_MAC,
	BRGUARD_A_VIOLATION_SRC_IP,
	BRGUARD_A_VIOLATION_DST_IP,
	BRGUARD_A_VIOLATION_SUPPRESSED,
	BRGUARD_A_VIOLATION_OWNER,
	/* private: */
	__BRGUARD_A_VIOLATION_MAX,
	BRGUARD_A_VIOLATION_MAX = (__BRGUARD_A_VIOLATION_MAX - 1)
};

/**
 * enum brguard_a_answers - who answered for too many addresses in a window
 * @BRGUARD_A_ANSWERS_PAD: padding
 * @BRGUARD_A_ANSWERS_PORT: string: name of the port, as in the statistics
 * @BRGUARD_A_ANSWERS_DEVICE: string: the device
 * @BRGUARD_A_ANSWERS_BRIDGE: string: the bridge
 * @BRGUARD_A_ANSWERS_DIRECTION: u32, enum brguard_direction: the answers came
 *	in by the port, or the host sent them out by it
 * @BRGUARD_A_ANSWERS_MAC: binary, 6 bytes: the MAC that is to have them
 * @BRGUARD_A_ANSWERS_CLAIMS: u64: all answers in the window
 * @BRGUARD_A_ANSWERS_DISTINCT: u64: distinct addresses in them: exact up to 128
 *	or the limit, whichever is more; beyond, an estimate with a standard
 *	error of 9 % at most
 * @BRGUARD_A_ANSWERS_DROPPED: u64: answers dropped for being too many
 * @BRGUARD_A_ANSWERS_TIME: u32: length of the window in milliseconds
 * @BRGUARD_A_ANSWERS_SAMPLE: binary, 4 or 16 bytes, up to BRGUARD_SAMPLES_MAX
 *	times: some of the addresses
 */
enum brguard_a_answers {
	BRGUARD_A_ANSWERS_PAD = 1,
	BRGUARD_A_ANSWERS_PORT,
	BRGUARD_A_ANSWERS_DEVICE,
	BRGUARD_A_ANSWERS_BRIDGE,
	BRGUARD_A_ANSWERS_DIRECTION,
	BRGUARD_A_ANSWERS_MAC,
	BRGUARD_A_ANSWERS_CLAIMS,
	BRGUARD_A_ANSWERS_DISTINCT,
	BRGUARD_A_ANSWERS_DROPPED,
	BRGUARD_A_ANSWERS_TIME,
	BRGUARD_A_ANSWERS_SAMPLE,
	/* private: */
	__BRGUARD_A_ANSWERS_MAX,
	BRGUARD_A_ANSWERS_MAX = (__BRGUARD_A_ANSWERS_MAX - 1)
};

/**
 * enum brguard_a_watch - a change somebody made to a guarded bridge
 * @BRGUARD_A_WATCH_WHAT: u32, enum brguard_watch
 * @BRGUARD_A_WATCH_BRIDGE: string: the bridge; absent if it is about all
 * @BRGUARD_A_WATCH_DEVICE: string: the device that changed: the bridge itself,
 *	a port, a device on top of one of them, "all" or "default"
 * @BRGUARD_A_WATCH_IFINDEX: u32: its index, 0 for "all" and "default"
 * @BRGUARD_A_WATCH_OLD: u32: value before
 * @BRGUARD_A_WATCH_NEW: u32: value now
 * @BRGUARD_A_WATCH_PID: u32: process that made the change, as the initial PID
 *	namespace numbers it; absent, with COMM and UID, if it is not known, and
 *	with HELD
 * @BRGUARD_A_WATCH_COMM: string, up to 15 bytes: its name
 * @BRGUARD_A_WATCH_UID: u32: its user, as the initial user namespace numbers it
 * @BRGUARD_A_WATCH_COUNT: u32: changes that this event stands for. A process
 *	that changes the same thing in quick succession makes one event with
 *	the first old and the last new value.
 * @BRGUARD_A_WATCH_NETNS: u32: inode number of the process's network
 *	namespace, as in /proc/PID/ns/net; absent if it has none any more
 * @BRGUARD_A_WATCH_HELD: flag: brguard put a held value back
 * @BRGUARD_A_WATCH_LOW: flag: an ageing time of 0 or below the floor
 * @BRGUARD_A_WATCH_SEVERAL: flag: more processes than the one named took part
 * @BRGUARD_A_WATCH_MAC: binary, 6 bytes: of a forwarding database entry
 * @BRGUARD_A_WATCH_VLAN: u16: of a forwarding database entry; absent without
 *	VLAN filtering
 */
enum brguard_a_watch {
	BRGUARD_A_WATCH_WHAT = 1,
	BRGUARD_A_WATCH_BRIDGE,
	BRGUARD_A_WATCH_DEVICE,
	BRGUARD_A_WATCH_IFINDEX,
	BRGUARD_A_WATCH_OLD,
	BRGUARD_A_WATCH_NEW,
	BRGUARD_A_WATCH_PID,
	BRGUARD_A_WATCH_COMM,
	BRGUARD_A_WATCH_UID,
	BRGUARD_A_WATCH_COUNT,
	BRGUARD_A_WATCH_NETNS,
	BRGUARD_A_WATCH_HELD,
	BRGUARD_A_WATCH_LOW,
	BRGUARD_A_WATCH_SEVERAL,
	BRGUARD_A_WATCH_MAC,
	BRGUARD_A_WATCH_VLAN,
	/* private: */
	__BRGUARD_A_WATCH_MAX,
	BRGUARD_A_WATCH_MAX = (__BRGUARD_A_WATCH_MAX - 1)
};

/**
 * enum brguard_a_frame - a frame to be explained, nested in an explanation
 * @BRGUARD_A_FRAME_DATA: binary, 1 to BRGUARD_FRAME_DATA_MAX bytes: the frame
 *	from its destination MAC on, without the frame check sequence
 * @BRGUARD_A_FRAME_LENGTH: u32, up to BRGUARD_FRAME_MAX: bytes of the whole
 *	frame if it is longer than DATA; those that are not there count as 0
 */
enum brguard_a_frame {
	BRGUARD_A_FRAME_DATA = 1,
	BRGUARD_A_FRAME_LENGTH,
	/* private: */
	__BRGUARD_A_FRAME_MAX,
	BRGUARD_A_FRAME_MAX = (__BRGUARD_A_FRAME_MAX - 1)
};

/**
 * enum brguard_a_verdict - what would happen to a frame, and why
 * @BRGUARD_A_VERDICT_REASON: u32, enum brguard_reason; 0 if it would pass
 * @BRGUARD_A_VERDICT_AUDITED: flag: audit mode would let it pass all the same
 * @BRGUARD_A_VERDICT_PRUNED: flag: it breaks no policy, but
 *	%BRGUARD_ARP_SCOPE_OWNER would keep it from the port
 * @BRGUARD_A_VERDICT_MAC: binary, 6 bytes: MAC of the binding that the frame
 *	was held against, if the port has one for its address and VLAN
 * @BRGUARD_A_VERDICT_VLAN: u16: VLAN ID of that binding; 0 for untagged
 * @BRGUARD_A_VERDICT_PREFIX: nest of enum brguard_a_prefix: the prefix of that
 *	binding that covers the address of the frame, if one does: the source
 *	of a frame from the guest, or the sender's address in ARP; the
 *	destination of a frame towards it
 */
enum brguard_a_verdict {
	BRGUARD_A_VERDICT_REASON = 1,
	BRGUARD_A_VERDICT_AUDITED,
	BRGUARD_A_VERDICT_PRUNED,
	BRGUARD_A_VERDICT_MAC,
	BRGUARD_A_VERDICT_VLAN,
	BRGUARD_A_VERDICT_PREFIX,
	/* private: */
	__BRGUARD_A_VERDICT_MAX,
	BRGUARD_A_VERDICT_MAX = (__BRGUARD_A_VERDICT_MAX - 1)
};

/**
 * enum brguard_a_explain - frames and what would happen to them
 * @BRGUARD_A_EXPLAIN_PORT: string, 1 to 127 bytes: name of a device that is
 *	under guard, or of a port; in the answer, of the port as in the
 *	statistics
 * @BRGUARD_A_EXPLAIN_DIRECTION: u32, enum brguard_direction
 * @BRGUARD_A_EXPLAIN_FRAME: nest of enum brguard_a_frame, 1 to
 *	BRGUARD_FRAMES_MAX times
 * @BRGUARD_A_EXPLAIN_VERDICT: nest of enum brguard_a_verdict, answers only: one
 *	for every frame, in their order
 */
enum brguard_a_explain {
	BRGUARD_A_EXPLAIN_PORT = 1,
	BRGUARD_A_EXPLAIN_DIRECTION,
	BRGUARD_A_EXPLAIN_FRAME,
	BRGUARD_A_EXPLAIN_VERDICT,
	/* private: */
	__BRGUARD_A_EXPLAIN_MAX,
	BRGUARD_A_EXPLAIN_MAX = (__BRGUARD_A_EXPLAIN_MAX - 1)
};

/**
 * enum brguard_a_suggest - a binding that is missing, as audit mode saw it
 * @BRGUARD_A_SUGGEST_PAD: padding
 * @BRGUARD_A_SUGGEST_PORT: string, 1 to 127 bytes: name of the port, as in the
 *	statistics
 * @BRGUARD_A_SUGGEST_MAC: binary, 6 bytes: unicast, not zero
 * @BRGUARD_A_SUGGEST_VLAN: u16: VLAN ID, as %BRGUARD_A_BINDING_VLAN; absent for
 *	untagged frames
 * @BRGUARD_A_SUGGEST_IP: binary, 4 or 16 bytes, network byte order: one address
 *	to be bound to the MAC; absent if that needs none
 * @BRGUARD_A_SUGGEST_OWNER: string: the port on which the MAC or the address is
 *	bound already, not shared: an ADD would be refused
 * @BRGUARD_A_SUGGEST_MORE: u64: frames of the port for which there was no room
 *	to remember what they needed
 * @BRGUARD_A_SUGGEST_SETTINGS: nest of enum brguard_a_port: a device that is
 *	guarded without being named needs a port of its own before it can have
 *	bindings: this SET makes one that differs in nothing else
 */
enum brguard_a_suggest {
	BRGUARD_A_SUGGEST_PAD = 1,
	BRGUARD_A_SUGGEST_PORT,
	BRGUARD_A_SUGGEST_MAC,
	BRGUARD_A_SUGGEST_VLAN,
	BRGUARD_A_SUGGEST_IP,
	BRGUARD_A_SUGGEST_OWNER,
	BRGUARD_A_SUGGEST_MORE,
	BRGUARD_A_SUGGEST_SETTINGS,
	/* private: */
	__BRGUARD_A_SUGGEST_MAX,
	BRGUARD_A_SUGGEST_MAX = (__BRGUARD_A_SUGGEST_MAX - 1)
};

/**
 * enum brguard_cmd - commands and notifications
 * @BRGUARD_CMD_BRIDGE_GET: do with NAME, or dump: one bridge a message
 *	(-ENOENT: no such bridge)
 * @BRGUARD_CMD_BRIDGE_SET: create a bridge or change the attributes given
 * @BRGUARD_CMD_BRIDGE_DEL: forget the bridge NAME (-ENOENT). Its ports stay,
 *	those that nobody named are no longer guarded.
 * @BRGUARD_CMD_BRIDGE_NTF: event, group config: as the answer of BRIDGE_GET
 * @BRGUARD_CMD_BRIDGE_DEL_NTF: event, group config: NAME
 * @BRGUARD_CMD_PORT_GET: do with NAME, or dump (-ENOENT)
 * @BRGUARD_CMD_PORT_SET: create a port (ROLE is needed) or change the
 *	attributes given (-EEXIST: the bridge given makes a binding conflict;
 *	-ENOSPC: BRGUARD_PORTS_MAX reached)
 * @BRGUARD_CMD_PORT_DEL: forget the port NAME and its bindings (-ENOENT)
 * @BRGUARD_CMD_PORT_NTF: event, group config: as the answer of PORT_GET
 * @BRGUARD_CMD_PORT_DEL_NTF: event, group config: NAME
 * @BRGUARD_CMD_BINDING_GET: dump, of all ports or of PORT, ordered by port
 *	name, VLAN and MAC; do with PORT, MAC and VLAN (-ENOENT)
 * @BRGUARD_CMD_BINDING_ADD: bind MAC and prefixes, or add prefixes to a binding
 *	there is (-ENOENT: no such port; -EEXIST: nothing new, or another port
 *	that may be on the same bridge has the address in this VLAN and not
 *	both are shared; -ENOSPC: a limit of this header reached)
 * @BRGUARD_CMD_BINDING_DEL: with prefixes: remove those, without: the binding
 *	(-ENOENT)
 * @BRGUARD_CMD_BINDING_NTF: event, group config: as the answer of BINDING_GET
 * @BRGUARD_CMD_BINDING_DEL_NTF: event, group config: PORT, MAC, VLAN
 * @BRGUARD_CMD_STATS_GET: do with PORT (-ENOENT: no such port; -EINVAL: it is a
 *	template), or dump
 * @BRGUARD_CMD_STATS_RESET: set the counters of PORT (as above), or of all, to
 *	0
 * @BRGUARD_CMD_CONFIG_BEGIN: open a transaction (-EBUSY: this socket has one;
 *	-ENOSPC: too many)
 * @BRGUARD_CMD_CONFIG_COMMIT: replace the configuration (-ENOENT: no
 *	transaction; -ECANCELED: a request of this transaction was refused, or
 *	their number is not REQUESTS)
 * @BRGUARD_CMD_CONFIG_ABORT: drop the transaction (-ENOENT)
 * @BRGUARD_CMD_CONFIG_NTF: event, group config: a commit replaced everything
 * @BRGUARD_CMD_VIOLATION_NTF: event, group violation
 * @BRGUARD_CMD_WATCH_NTF: event, group watch
 * @BRGUARD_CMD_EXPLAIN: do: parse and judge frames as if they came from the
 *	guest (in) or were about to be sent to it (out); nothing is delivered,
 *	counted or reported (-ENOENT: no such port). A port that no device
 *	follows at present is answered for as its configuration says.
 * @BRGUARD_CMD_ANSWERS_NTF: event, group violation: at the end of a window in
 *	which somebody answered for too many addresses
 * @BRGUARD_CMD_SUGGEST: dump, of all ports or of PORT (-ENOENT): bindings that
 *	would let frames of guests pass which were counted in audit mode; what
 *	is bound by now is left out, and forgotten. A message has MAC, and no
 *	more than one address: each is an ADD of its own. In front of those of a
 *	port there is one without MAC, if there is MORE or SETTINGS to tell.
 *	STATS_RESET, and the end of the port, forget what was seen
 */
enum brguard_cmd {
	BRGUARD_CMD_BRIDGE_GET = 1,
	BRGUARD_CMD_BRIDGE_SET,
	BRGUARD_CMD_BRIDGE_DEL,
	BRGUARD_CMD_BRIDGE_NTF,
	BRGUARD_CMD_BRIDGE_DEL_NTF,
	BRGUARD_CMD_PORT_GET,
	BRGUARD_CMD_PORT_SET,
	BRGUARD_CMD_PORT_DEL,
	BRGUARD_CMD_PORT_NTF,
	BRGUARD_CMD_PORT_DEL_NTF,
	BRGUARD_CMD_BINDING_GET,
	BRGUARD_CMD_BINDING_ADD,
	BRGUARD_CMD_BINDING_DEL,
	BRGUARD_CMD_BINDING_NTF,
	BRGUARD_CMD_BINDING_DEL_NTF,
	BRGUARD_CMD_STATS_GET,
	BRGUARD_CMD_STATS_RESET,
	BRGUARD_CMD_CONFIG_BEGIN,
	BRGUARD_CMD_CONFIG_COMMIT,
	BRGUARD_CMD_CONFIG_ABORT,
	BRGUARD_CMD_CONFIG_NTF,
	BRGUARD_CMD_VIOLATION_NTF,
	BRGUARD_CMD_WATCH_NTF,
	BRGUARD_CMD_EXPLAIN,
	BRGUARD_CMD_ANSWERS_NTF,
	BRGUARD_CMD_SUGGEST,
	/* private: */
	__BRGUARD_CMD_MAX,
	BRGUARD_CMD_MAX = (__BRGUARD_CMD_MAX - 1)
};

#endif /* _UAPI_LINUX_BRGUARD_H */
