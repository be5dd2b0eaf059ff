// SPDX-License-Identifier: GPL-2.0-only
/* What a bridge is set to. */

#include "check.h"
#include "finding.h"
#include "guard.h"
#include "text.h"

/* In 1/100 s, as the kernel has them by default and as netlink counts. */
#define AGEING_DEFAULT 30000

/*
 * A tenth of the default. Not lower than twice the default forward delay either,
 * which the kernel's spanning tree sets itself after a change of topology.
 */
#define AGEING_FLOOR 3000

static unsigned int count_ports(const struct host *host, const struct link *bridge,
				bool (*wanted)(const struct link *link))
{
	const struct link *link;
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master == bridge->index && wanted(link))
			n++;
	}
	return n;
}

static enum severity if_open(const struct host *host, const struct link *bridge)
{
	return guard_has_open(host, bridge) ? SEVERITY_DANGER : SEVERITY_WARNING;
}

/**
 * check_ageing() - does the bridge forget at once where a MAC address is?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_ageing(const struct host *host, const struct link *bridge, struct list *findings)
{
	uint32_t ageing = bridge->bridge.ageing;
	struct finding *f;

	if (ageing >= AGEING_FLOOR)
		return;
	if (ageing) {
		f = finding_add(findings, "ageing-short", SEVERITY_WARNING, bridge->name);
		finding_say(f,
			    "The bridge forgets a station after %u.%02u s (default %u s): frames\n"
			    "for one that has been silent as long go to all ports, where any\n"
			    "guest can read them.",
			    ageing / 100, ageing % 100, AGEING_DEFAULT / 100);
	} else {
		f = finding_add(findings, "ageing-zero", if_open(host, bridge), bridge->name);
		finding_say(f,
			    "With ageing time 0 the bridge learns nothing and works as a hub:\n"
			    "every frame goes to all ports, where any guest can read it.");
	}
	finding_remedy(f, host, "ip", "link set dev %s type bridge ageing_time %u",
		       text_shell(bridge->name), AGEING_DEFAULT);
}

/**
 * check_group_forward() - does the bridge forward what is for the next device only?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_group_forward(const struct host *host, const struct link *bridge,
			 struct list *findings)
{
	struct finding *f;

	if (!bridge->bridge.group_forward)
		return;
	f = finding_add(findings, "group-forward", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "group_fwd_mask 0x%04x: the bridge forwards frames to 01:80:c2:00:00:0X\n"
		    "(LLDP, LACP, 802.1X ...), so a guest can talk these protocols with the\n"
		    "switch, and hears what the switch says of the network.",
		    bridge->bridge.group_forward);
	finding_remedy(f, host, "ip", "link set dev %s type bridge group_fwd_mask 0",
		       text_shell(bridge->name));
}

/**
 * check_snooping() - does multicast go to guests who did not ask for it?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_snooping(const struct host *host, const struct link *bridge, struct list *findings)
{
	struct finding *f;

	if (bridge->bridge.snooping || count_ports(host, bridge, guard_is_guest) < 2)
		return;
	f = finding_add(findings, "snooping-off", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "Multicast snooping is off: every multicast stream goes to all ports, where\n"
		    "any guest can read it and pays for it.");
	finding_remedy(f, host, "ip", "link set dev %s type bridge mcast_snooping 1",
		       text_shell(bridge->name));
}

/**
 * check_rp_filter() - does the host route what guests say with any source?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 *
 * The larger one of the setting for all devices and that of the device holds.
 */
void check_rp_filter(const struct host *host, const struct link *bridge, struct list *findings)
{
	struct finding *f;

	if (!bridge->ip4.forwarding || bridge->ip4.rp_filter || host->all4.rp_filter)
		return;
	if (!guard_has_open(host, bridge))
		return;
	f = finding_add(findings, "rp-filter-off", SEVERITY_DANGER, bridge->name);
	finding_say(f,
		    "The host routes IPv4 from this bridge, rp_filter is off, and nothing holds\n"
		    "its guests to their addresses: a guest can send to any network with any\n"
		    "source.");
	finding_remedy(f, host, "sysctl", "-w net/ipv4/conf/%s/rp_filter=1",
		       text_shell(bridge->name));
}
