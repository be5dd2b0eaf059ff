/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_HOST_H
#define BRGUARDCTL_HOST_H

#include <linux/neighbour.h>

#include "fib.h"
#include "link.h"
#include "model.h"

/**
 * struct station - an entry of a forwarding database
 * @bridge: index of the bridge
 * @device: index of the port that has it, or of the bridge
 * @vlan: its VLAN, 0 without VLAN filtering
 * @state: NUD_PERMANENT is delivered to the host, NUD_NOARP static, else learned
 * @mac: its address
 */
struct station {
	int bridge;
	int device;
	uint16_t vlan;
	uint16_t state;
	uint8_t mac[MAC_BYTES];
};

/**
 * struct address - an address of the host, or one it answers for
 * @device: index of the device
 * @prefix: the address, with the length of its network
 */
struct address {
	int device;
	struct prefix prefix;
};

/**
 * struct watcher - a packet socket that makes a device promiscuous
 * @device: index of the device
 * @inode: of the socket
 * @pid: who holds it, 0 if unknown
 * @comm: name of that process
 */
struct watcher {
	int device;
	uint32_t inode;
	int pid;
	char comm[16];
};

/**
 * struct owner - whose a MAC address is
 * @binding: what says so
 * @link: the device of its port
 * @vlan: VLAN in the bridge
 */
struct owner {
	const struct binding *binding;
	const struct link *link;
	uint16_t vlan;
};

/**
 * struct filter - what br_netfilter does with bridged packets of one family
 * @called: all bridges hand them to the packet filter
 * @drop: there, the policy for what is forwarded is to drop it
 */
struct filter {
	bool called;
	bool drop;
};

/**
 * struct host - what the checks look at
 * @netns: name of the network namespace, or NULL for the one we are in
 * @loaded: the module is there; without it @model is empty
 * @vmnet: VMware's network module is loaded
 * @model: brguard's configuration
 * @links: the devices, by index
 * @owners: bound MAC addresses whose port has a device, by address
 * @addresses: of the host, except link-local ones
 * @proxies: IPv6 addresses that the host answers for
 * @stations: forwarding databases, if @owners is not empty
 * @watchers: packet sockets that make devices promiscuous
 * @all4: IPv4 for all devices
 * @all6: IPv6 for all devices
 * @fib4: IPv4 routing, if any device answers for others
 * @fib6: IPv6 routing, likewise
 * @filter4: IPv4 in br_netfilter
 * @filter6: IPv6 in br_netfilter
 */
struct host {
	const char *netns;
	bool loaded;
	bool vmnet;
	struct model model;
	struct list links;
	struct list owners;
	struct list addresses;
	struct list proxies;
	struct list stations;
	struct list watchers;
	struct conf all4;
	struct conf all6;
	struct fib fib4;
	struct fib fib6;
	struct filter filter4;
	struct filter filter6;
};

void host_init(struct host *host, const char *netns);
void host_free(struct host *host);
struct link *host_link(const struct host *host, int index);
const struct link *host_find(const struct host *host, const char *name);
bool host_has_bridge(const struct host *host);
const char *host_name(const struct host *host, int index);

#endif
