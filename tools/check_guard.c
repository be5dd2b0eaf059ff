// SPDX-License-Identifier: GPL-2.0-only
/* What brguard is told of bridges and their ports, and what it is not. */

#include <string.h>

#include "binding.h"
#include "bridge.h"
#include "check.h"
#include "finding.h"
#include "guard.h"
#include "port.h"
#include "text.h"

/**
 * check_module() - is there a bridge that nothing can guard?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_module(const struct host *host, const struct link *bridge, struct list *findings)
{
	struct finding *f;

	if (host->loaded)
		return;
	f = finding_add(findings, "module-absent", SEVERITY_DANGER, bridge->name);
	finding_say(f,
		    "The module brguard is not loaded: nothing holds the guests of this bridge to\n"
		    "their addresses, and what was configured is not in force.");
	finding_remedy(f, NULL, "modprobe", "brguard");
}

/* First who is no guest, so that nobody else is cut off. */
static void trust_others(const struct host *host, const struct link *bridge, struct finding *f)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master == bridge->index && !guard_is_guest(link))
			finding_remedy(f, host, "brguardctl", "port set %s role trusted",
				       text_shell(link->name));
	}
}

/**
 * check_bridge_guard() - has a bridge guests, and no guard at all?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_bridge_guard(const struct host *host, const struct link *bridge, struct list *findings)
{
	struct finding *f;

	if (!host->loaded || guard_is_on(host, bridge) || !guard_has_open(host, bridge))
		return;
	f = finding_add(findings, "bridge-unguarded", SEVERITY_DANGER, bridge->name);
	finding_say(f,
		    "The bridge has guests and brguard knows nothing of it: each of them can take\n"
		    "the addresses of the others. In audit mode, which drops nothing, \"%s\n"
		    "stats\" and \"monitor\" show what has to be bound.",
		    finding_program(host, "brguardctl"));
	trust_others(host, bridge, f);
	finding_remedy(f, host, "brguardctl", "bridge set %s new-port guest mode audit",
		       text_shell(bridge->name));
}

/**
 * check_port_guard() - is a guest left out on a bridge under guard?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_port_guard(const struct host *host, const struct link *port, const struct link *bridge,
		      struct list *findings)
{
	struct finding *f;

	if (!host->loaded || port->guard.guest || !guard_is_guest(port))
		return;
	if (!guard_is_on(host, bridge))
		return;
	f = finding_add(findings, "port-unguarded", SEVERITY_DANGER, port->name);
	finding_say(f,
		    "Nobody named this port of %s, which is under guard, and it looks like a\n"
		    "guest's: what is behind it can take any address that is not bound here. Name\n"
		    "it \"role trusted\" if it is none. Audit mode drops nothing until its\n"
		    "addresses are bound.",
		    text_bare(bridge->name));
	finding_remedy(f, host, "brguardctl", "port set %s role guest mode audit",
		       text_shell(port->name));
}

/**
 * check_misplaced() - is a device on another bridge than its port names?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_misplaced(const struct host *host, const struct link *port, const struct link *bridge,
		     struct list *findings)
{
	const struct link *named;
	struct finding *f;

	if (!port->guard.misplaced)
		return;
	named = host_find(host, port->guard.port->bridge);
	f = finding_add(findings, "misplaced", SEVERITY_WARNING, port->name);
	finding_say(f, "Its policy is for the bridge %s, and it is on %s.",
		    text_bare(port->guard.port->bridge), text_bare(bridge->name));
	if (port->guard.port->role == BRGUARD_ROLE_GUEST)
		finding_say(f, "Here its guest can neither send nor receive.");
	else
		finding_say(f, "Here it is treated like a port that nobody named.");
	if (named && link_is_bridge(named))
		finding_remedy(f, host, "ip", "link set dev %s master %s", text_shell(port->name),
			       text_shell(named->name));
	else
		finding_remedy(f, host, "brguardctl", "port set %s bridge %s",
			       text_shell(port->guard.port->name), text_shell(bridge->name));
}

static bool inherits_audit(const struct link *link)
{
	const struct port *port = link->guard.port;

	return link->guard.audit && (!port || port->mode == BRGUARD_MODE_INHERIT);
}

/**
 * check_bridge_audit() - does a bridge only watch its guests?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_bridge_audit(const struct host *host, const struct link *bridge, struct list *findings)
{
	const struct link *link;
	struct finding *f;
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		n += link->master == bridge->index && inherits_audit(link);
	}
	if (!n)
		return;
	f = finding_add(findings, "audit", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "Mode audit: what %u guests of this bridge do against their bindings is\n"
		    "counted and passes. First bind what \"%s stats\" and \"monitor\" say is\n"
		    "missing.",
		    n, finding_program(host, "brguardctl"));
	finding_remedy(f, host, "brguardctl", "bridge set %s mode enforce",
		       text_shell(bridge->name));
}

/**
 * check_port_audit() - are there ports whose guests are only watched?
 * @host: the host
 * @findings: gets what is found
 */
void check_port_audit(const struct host *host, struct list *findings)
{
	const struct list *ports = &host->model.list[KIND_PORT];
	const struct port *port;
	struct finding *f;
	size_t i;

	for (i = 0; i < ports->n; i++) {
		port = list_at(ports, i);
		if (port->role != BRGUARD_ROLE_GUEST || port->mode != BRGUARD_MODE_AUDIT)
			continue;
		f = finding_add(findings, "audit", SEVERITY_WARNING, port->name);
		finding_say(f,
			    "Mode audit: what the guest does against its bindings is counted and\n"
			    "passes. First bind what \"%s stats\" and \"monitor\" say is missing.",
			    finding_program(host, "brguardctl"));
		finding_remedy(f, host, "brguardctl", "port set %s mode enforce",
			       text_shell(port->name));
	}
}

/* A VLAN ID for each bit. */
struct vlans {
	uint8_t bit[512];
	unsigned int n;
};

static void add_vlan(struct vlans *vlans, uint16_t vlan)
{
	if (!vlan || (vlans->bit[vlan / 8] & (1 << vlan % 8)))
		return;
	vlans->bit[vlan / 8] |= 1 << vlan % 8;
	vlans->n++;
}

static bool has_vlan(const struct vlans *vlans, unsigned int vlan)
{
	return vlan < 4096 && (vlans->bit[vlan / 8] & (1 << vlan % 8));
}

/* The VLANs of the bindings on a port, or with 0 on all ports of a bridge. */
static void find_vlans(const struct host *host, const struct link *bridge, int port,
		       struct vlans *vlans)
{
	const struct owner *owner;
	size_t i;

	memset(vlans, 0, sizeof(*vlans));
	for (i = 0; i < host->owners.n; i++) {
		owner = list_at(&host->owners, i);
		if (owner->link->master == bridge->index && (!port || owner->link->index == port))
			add_vlan(vlans, owner->binding->vlan);
	}
}

static void let_through(const struct host *host, const struct link *port,
			const struct vlans *vlans, struct finding *f)
{
	unsigned int first, last;

	for (first = 1; first < 4096; first = last + 1) {
		last = first;
		if (!has_vlan(vlans, first))
			continue;
		while (has_vlan(vlans, last + 1))
			last++;
		finding_remedy(f, host, "bridge", "vlan add dev %s vid %u",
			       text_shell(port->name), first);
		if (last > first)
			text_add(&f->remedy, "-%u", last);
	}
}

/* A guest keeps its own VLANs; all others get them all, as without filtering. */
static void prepare_ports(const struct host *host, const struct link *bridge,
			  struct finding *f)
{
	const struct link *link;
	struct vlans vlans;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master != bridge->index)
			continue;
		find_vlans(host, bridge, guard_is_guest(link) ? link->index : 0, &vlans);
		let_through(host, link, &vlans, f);
	}
}

/**
 * check_trunks() - are there tagged bindings, and nothing keeps VLANs apart?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_trunks(const struct host *host, const struct link *bridge, struct list *findings)
{
	struct vlans vlans;
	struct finding *f;

	if (bridge->bridge.vlan_filtering)
		return;
	find_vlans(host, bridge, 0, &vlans);
	if (!vlans.n)
		return;
	f = finding_add(findings, "vlan-filtering-off", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "There are bindings with a VLAN, and vlan_filtering is off: the bridge learns\n"
		    "and forwards without regard to tags, so broadcasts of each VLAN go to the\n"
		    "ports of all others.");
	prepare_ports(host, bridge, f);
	finding_remedy(f, host, "ip", "link set dev %s type bridge vlan_filtering 1",
		       text_shell(bridge->name));
}
