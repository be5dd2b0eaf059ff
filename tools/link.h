/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_LINK_H
#define BRGUARDCTL_LINK_H

#include <linux/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "list.h"

struct port;

/**
 * struct link_bridge - what a bridge is set to
 * @ageing: ageing time in 1/100 s
 * @stp: 0 off, 1 the kernel's, 2 a program's
 * @group_forward: mask of 01:80:c2:00:00:0X that are forwarded
 * @vlan_filtering: VLANs are kept apart
 * @snooping: multicast goes where somebody asked for it
 * @call_iptables: the bridge itself hands IPv4 to iptables
 * @call_ip6tables: the same for IPv6
 */
struct link_bridge {
	uint32_t ageing;
	uint32_t stp;
	uint16_t group_forward;
	bool vlan_filtering;
	bool snooping;
	bool call_iptables;
	bool call_ip6tables;
};

/**
 * struct link_port - what a bridge port is set to
 * @group_forward: as for a bridge
 * @pvid: VLAN of frames without a tag, 0 for none
 * @flood: unknown unicast is sent here
 * @hairpin: frames may leave where they came from
 * @bpdu_guard: a BPDU disables the port
 * @root_block: the port never becomes root port
 */
struct link_port {
	uint16_t group_forward;
	uint16_t pvid;
	bool flood;
	bool hairpin;
	bool bpdu_guard;
	bool root_block;
};

/**
 * struct conf - how IPv4 or IPv6 treats a device
 * @rp_filter: check of the way back, IPv4 only
 * @forwarding: packets are routed
 * @proxy: proxy_arp or proxy_ndp
 * @pvlan: proxy_arp_pvlan
 */
struct conf {
	uint32_t rp_filter;
	bool forwarding;
	bool proxy;
	bool pvlan;
};

/**
 * struct guard - which policy a bridge port follows, see guard.c
 * @port: the configured port, or NULL
 * @known: some policy, if only the bridge's new-port, covers it
 * @guest: it is checked
 * @audit: and let pass
 * @misplaced: @port names another bridge
 */
struct guard {
	const struct port *port;
	bool known;
	bool guest;
	bool audit;
	bool misplaced;
};

/**
 * struct link - a network device
 * @index: its index
 * @master: index of what it is enslaved to, or 0
 * @lower: index of what it stands on, or of a veth's peer, or 0
 * @vrf_table: routing table of a VRF
 * @flags: IFF_*; IFF_PROMISC only if a user set it
 * @promiscuity: how many want it promiscuous
 * @far: @lower is in another network namespace
 * @tap: a tap device
 * @passthru: a macvlan that makes @lower promiscuous
 * @mac: its address
 * @name: its name
 * @kind: its kind, empty for hardware
 * @aliases: its alternative names and its ifalias, char * each
 * @bridge: for a bridge
 * @port: for a bridge port
 * @ip4: IPv4
 * @ip6: IPv6
 * @guard: its policy, as guard_resolve() found it
 */
struct link {
	int index;
	int master;
	int lower;
	uint32_t vrf_table;
	uint32_t flags;
	uint32_t promiscuity;
	bool far;
	bool tap;
	bool passthru;
	uint8_t mac[MAC_BYTES];
	char name[IFNAMSIZ];
	char kind[IFNAMSIZ];
	struct list aliases;
	struct link_bridge bridge;
	struct link_port port;
	struct conf ip4;
	struct conf ip6;
	struct guard guard;
};

bool link_is(const struct link *link, const char *kind);
bool link_is_bridge(const struct link *link);
bool link_is_up(const struct link *link);
bool link_is_stub(const struct link *link);
void link_alias(struct link *link, const char *name);
void link_release(void *link);

#endif
