// SPDX-License-Identifier: GPL-2.0-only
/* What a port of a bridge is set to. */

#include <string.h>

#include "check.h"
#include "finding.h"
#include "guard.h"
#include "text.h"

/**
 * check_flood() - does a guest get frames for others?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_flood(const struct host *host, const struct link *port, const struct link *bridge,
		 struct list *findings)
{
	struct finding *f;

	(void)bridge;
	if (!port->port.flood || !guard_is_open(port))
		return;
	f = finding_add(findings, "port-flood", SEVERITY_WARNING, port->name);
	finding_say(f,
		    "Flood is on: frames whose destination the bridge does not know, or has\n"
		    "forgotten, come to this guest. Without it a guest that is silent for longer\n"
		    "than the ageing time is not reached until it speaks.");
	finding_remedy(f, host, "bridge", "link set dev %s flood off", text_shell(port->name));
}

/**
 * check_hairpin() - does a guest get its own frames back?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_hairpin(const struct host *host, const struct link *port, const struct link *bridge,
		   struct list *findings)
{
	struct finding *f;

	(void)bridge;
	if (!port->port.hairpin || !guard_is_guest(port))
		return;
	f = finding_add(findings, "hairpin", SEVERITY_WARNING, port->name);
	finding_say(f,
		    "Hairpin is on: the guest's broadcasts come back to it, which breaks its\n"
		    "duplicate address detection, and two MAC addresses behind it can make the\n"
		    "host carry their traffic in circles.");
	finding_remedy(f, host, "bridge", "link set dev %s hairpin off", text_shell(port->name));
}

/**
 * check_port_group_forward() - does a port forward what is for the next device only?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_port_group_forward(const struct host *host, const struct link *port,
			      const struct link *bridge, struct list *findings)
{
	struct finding *f;

	(void)bridge;
	if (!port->port.group_forward)
		return;
	f = finding_add(findings, "group-forward", SEVERITY_WARNING, port->name);
	finding_say(f,
		    "group_fwd_mask 0x%04x: frames to 01:80:c2:00:00:0X (LLDP, LACP, 802.1X ...)\n"
		    "from this port are forwarded to all others.",
		    port->port.group_forward);
	finding_remedy(f, host, "ip", "link set dev %s type bridge_slave group_fwd_mask 0",
		       text_shell(port->name));
}

/* A port that leads to switches: neither a guest nor another port of this host. */
static bool has_uplink(const struct host *host, const struct link *bridge)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master == bridge->index && link_is_up(link) && !guard_is_guest(link))
			return true;
	}
	return false;
}

/**
 * check_bpdu() - can a guest talk spanning tree with the switches outside?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 *
 * Without spanning tree a bridge forwards BPDUs whatever group_fwd_mask says.
 */
void check_bpdu(const struct host *host, const struct link *port, const struct link *bridge,
		struct list *findings)
{
	struct finding *f;

	if (bridge->bridge.stp || !guard_is_open(port) || !has_uplink(host, bridge))
		return;
	f = finding_add(findings, "bpdu-forwarded", SEVERITY_DANGER, port->name);
	finding_say(f,
		    "STP is off, so %s forwards BPDUs: this guest can become the root of the\n"
		    "network's spanning tree, or make the switch shut the host's port down. Bind\n"
		    "what the guest owns before it is enforced.",
		    text_bare(bridge->name));
	if (!host->loaded)
		finding_remedy(f, NULL, "modprobe", "brguard");
	finding_remedy(f, host, "brguardctl", "port set %s role guest mode enforce",
		       text_shell(port->name));
}

/**
 * check_root() - can a guest become the root of the bridge's own spanning tree?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 *
 * Only the kernel's own spanning tree heeds bpdu_guard and root_block.
 */
void check_root(const struct host *host, const struct link *port, const struct link *bridge,
		struct list *findings)
{
	struct finding *f;

	if (bridge->bridge.stp != 1 || !guard_is_open(port))
		return;
	if (port->port.bpdu_guard || port->port.root_block)
		return;
	f = finding_add(findings, "stp-root", SEVERITY_DANGER, port->name);
	finding_say(f,
		    "STP is on towards this guest: with BPDUs of a better priority it becomes the\n"
		    "root, draws the traffic of %s to itself and cuts others off.",
		    text_bare(bridge->name));
	finding_remedy(f, host, "bridge", "link set dev %s guard on", text_shell(port->name));
}

static void find_address(const struct host *host, const struct link *port,
			 const struct address *address, struct list *findings)
{
	char text[PREFIX_TEXT];
	struct finding *f;

	prefix_text(&address->prefix, text);
	f = finding_add(findings, "port-address", SEVERITY_WARNING, port->name);
	finding_say(f,
		    "The host has the address %s on the port of a guest: what it sends from there\n"
		    "goes to the guest past the bridge, and what is sent to it does not arrive.",
		    text);
	finding_remedy(f, host, "ip", "addr del %s dev %s", text, text_shell(port->name));
}

/**
 * check_address() - has the host an address on a guest's port?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_address(const struct host *host, const struct link *port, const struct link *bridge,
		   struct list *findings)
{
	const struct address *address;
	size_t i;

	(void)bridge;
	if (!guard_is_guest(port))
		return;
	for (i = 0; i < host->addresses.n; i++) {
		address = list_at(&host->addresses, i);
		if (address->device == port->index)
			find_address(host, port, address, findings);
	}
}
