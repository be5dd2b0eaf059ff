// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who wants a device promiscuous. A bridge itself never is by itself; its ports
 * are wanted once by the bridge, or not at all.
 */

#include "check.h"
#include "finding.h"
#include "guard.h"
#include "text.h"

/* Devices on devices on devices. */
#define DEPTH 8

/* Does a device on top of another make that one promiscuous? */
static bool is_holder(const struct link *upper, const struct link *link)
{
	if (upper->lower != link->index || upper->far || link_is(upper, "veth"))
		return false;
	return link_is_up(upper) && (upper->passthru || upper->promiscuity);
}

/* A bond, team or Open vSwitch datapath: they want to see all frames, a VRF does not. */
static const struct link *find_master(const struct host *host, const struct link *link)
{
	const struct link *master = host_link(host, link->master);

	return master && !link_is_bridge(master) && !link_is(master, "vrf") ? master : NULL;
}

static void leave_master(const struct host *host, const struct link *link,
			 const struct link *master, struct finding *f)
{
	if (link_is(master, "openvswitch"))
		finding_remedy(f, host, "ovs-vsctl", "del-port %s", text_shell(link->name));
	else
		finding_remedy(f, host, "ip", "link set dev %s nomaster", text_shell(link->name));
}

static unsigned int end_user(const struct host *host, const struct link *link, struct finding *f)
{
	if (!(link->flags & IFF_PROMISC))
		return 0;
	finding_say(f, "A user has set the flag.");
	finding_remedy(f, host, "ip", "link set dev %s promisc off", text_shell(link->name));
	return 1;
}

static unsigned int end_sockets(const struct host *host, const struct link *link,
				struct finding *f)
{
	const struct watcher *watcher;
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < host->watchers.n; i++) {
		watcher = list_at(&host->watchers, i);
		if (watcher->device != link->index)
			continue;
		n++;
		if (!watcher->pid) {
			finding_say(f,
				    "The packet socket %u, of a process that cannot be seen from\n"
				    "here, listens.",
				    watcher->inode);
			continue;
		}
		finding_say(f, "Process %d (%s) listens.", watcher->pid, text_bare(watcher->comm));
		finding_remedy(f, NULL, "kill", "%d", watcher->pid);
	}
	return n;
}

static void end_upper(const struct host *host, const struct link *upper, struct finding *f,
		      unsigned int depth);

static unsigned int end_uppers(const struct host *host, const struct link *link,
			       struct finding *f, unsigned int depth)
{
	const struct link *upper;
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		upper = list_at(&host->links, i);
		if (!is_holder(upper, link))
			continue;
		n++;
		finding_say(f, "%s stands on it and wants all frames.", text_bare(upper->name));
		end_upper(host, upper, f, depth + 1);
	}
	return n;
}

/* What makes a device on top promiscuous, itself included. */
static void end_upper(const struct host *host, const struct link *upper, struct finding *f,
		      unsigned int depth)
{
	const struct link *master = host_link(host, upper->master);

	if (depth > DEPTH)
		return;
	if (upper->passthru) {
		finding_remedy(f, host, "ip", "link del dev %s", text_shell(upper->name));
		return;
	}
	end_user(host, upper, f);
	end_sockets(host, upper, f);
	end_uppers(host, upper, f, depth);
	if (master)
		leave_master(host, upper, master, f);
}

static unsigned int end_master(const struct host *host, const struct link *link,
			       struct finding *f)
{
	const struct link *master = find_master(host, link);

	if (!master)
		return 0;
	finding_say(f, "It is enslaved to %s.", text_bare(master->name));
	leave_master(host, link, master, f);
	return 1;
}

/* Who is left when all that can be seen are counted. */
static void end_unknown(const struct host *host, struct finding *f, unsigned int n)
{
	finding_say(f,
		    "%u of those who want it cannot be seen from here: a module such as VMware's\n"
		    "vmnet, or a device in another network namespace.",
		    n);
	if (host->vmnet)
		finding_remedy(f, NULL, "vmware-networks", "--stop");
}

static void advise(const struct host *host, struct finding *f)
{
	finding_advice(f, "end the program that wants it; \"%s monitor watch\" names the next one",
		       finding_program(host, "brguardctl"));
}

/*
 * Names those who make a device promiscuous, beside its bridge, which does so
 * @base times, and how each is ended.
 */
static void end_all(const struct host *host, const struct link *link, struct finding *f,
		    unsigned int base)
{
	unsigned int known = base;

	known += end_user(host, link, f);
	known += end_sockets(host, link, f);
	known += end_uppers(host, link, f, 0);
	if (link->promiscuity > known)
		known += end_master(host, link, f);
	if (link->promiscuity > known)
		end_unknown(host, f, link->promiscuity - known);
	advise(host, f);
}

static bool has_watcher(const struct host *host, const struct link *link)
{
	size_t i;

	for (i = 0; i < host->watchers.n; i++) {
		if (((const struct watcher *)list_at(&host->watchers, i))->device == link->index)
			return true;
	}
	return false;
}

/**
 * check_bridge_promiscuity() - does somebody want all frames of the bridge?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_bridge_promiscuity(const struct host *host, const struct link *bridge,
			      struct list *findings)
{
	struct finding *f;

	if (!bridge->promiscuity || guard_closes_local(host, bridge))
		return;
	f = finding_add(findings, "bridge-promiscuous", SEVERITY_DANGER, bridge->name);
	finding_say(f,
		    "The bridge device is promiscuous: whoever made it so gets every frame of all\n"
		    "guests, and frames for somebody behind it whom the bridge does not know go\n"
		    "to all ports. \"%s bridge set %s local-port guarded\" keeps\n"
		    "from it what is not for the host.",
		    finding_program(host, "brguardctl"), text_shell(bridge->name));
	end_all(host, bridge, f, 0);
}

/**
 * check_enslaved() - does the bridge belong to another program's switch?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_enslaved(const struct host *host, const struct link *bridge, struct list *findings)
{
	const struct link *master = find_master(host, bridge);
	struct finding *f;

	if (!master)
		return;
	f = finding_add(findings, "bridge-enslaved", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "The bridge itself is enslaved to %s. Frames for stations behind that one are\n"
		    "unknown to the bridge and go to all its ports. Join the two by a pair of\n"
		    "veth devices instead.",
		    text_bare(master->name));
	leave_master(host, bridge, master, f);
}

/**
 * check_port_promiscuity() - does somebody beside the bridge want all frames of a port?
 * @host: the host
 * @port: a port
 * @bridge: its bridge
 * @findings: gets what is found
 */
void check_port_promiscuity(const struct host *host, const struct link *port,
			    const struct link *bridge, struct list *findings)
{
	struct finding *f;

	(void)bridge;
	if (port->promiscuity <= 1 && !(port->flags & IFF_PROMISC) && !has_watcher(host, port))
		return;
	f = finding_add(findings, "port-promiscuous", SEVERITY_WARNING, port->name);
	finding_say(f,
		    "Beside the bridge, somebody else has made this port promiscuous and can read\n"
		    "all that its guest or network says.");
	end_all(host, port, f, 1);
}
