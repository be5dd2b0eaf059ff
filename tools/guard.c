// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which policy a device follows: the rules of the admin guide, "Which port a
 * device follows". The kernel says it itself for a port with a device; it says
 * nothing of templates, of a bridge's new-port, and of a port whose device is on
 * another bridge.
 */

#include <fnmatch.h>
#include <linux/brguard.h>
#include <stdlib.h>
#include <string.h>

#include "binding.h"
#include "bridge.h"
#include "guard.h"
#include "port.h"

/**
 * guard_is_template() - does a port's name stand for many devices?
 * @name: the name
 *
 * Return: true if it does.
 */
bool guard_is_template(const char *name)
{
	return strpbrk(name, "*?[");
}

static bool is_called(const struct link *link, const char *name)
{
	size_t i;

	if (!strcmp(link->name, name))
		return true;
	for (i = 0; i < link->aliases.n; i++) {
		if (!strcmp(*(char **)list_at(&link->aliases, i), name))
			return true;
	}
	return false;
}

static bool is_port_of(const struct port *port, const struct link *link)
{
	if (guard_is_template(port->name))
		return false;
	if (*port->device)
		return !strcmp(port->device, link->name);
	return is_called(link, port->name);
}

static bool is_better_template(const struct port *port, const struct port *than,
			       const struct link *link)
{
	if (!guard_is_template(port->name) || fnmatch(port->name, link->name, 0))
		return false;
	return !than || strlen(port->name) > strlen(than->name);
}

static const struct port *find_port(const struct host *host, const struct link *link)
{
	const struct list *ports = &host->model.list[KIND_PORT];
	const struct port *port, *template = NULL;
	size_t i;

	for (i = 0; i < ports->n; i++) {
		port = list_at(ports, i);
		if (is_port_of(port, link))
			return port;
		if (is_better_template(port, template, link))
			template = port;
	}
	return template;
}

/**
 * guard_bridge() - look up the configuration of a bridge
 * @host: the host
 * @name: name of the bridge
 *
 * Return: the configuration, or NULL.
 */
const struct bridge *guard_bridge(const struct host *host, const char *name)
{
	const struct list *bridges = &host->model.list[KIND_BRIDGE];
	const struct bridge *bridge;
	size_t i;

	for (i = 0; i < bridges->n; i++) {
		bridge = list_at(bridges, i);
		if (!strcmp(bridge->name, name))
			return bridge;
	}
	return NULL;
}

static bool is_audited(uint32_t mode, const struct bridge *bridge)
{
	if (mode == BRGUARD_MODE_INHERIT && bridge)
		mode = bridge->mode;
	return mode == BRGUARD_MODE_AUDIT;
}

static bool takes_guests(const struct bridge *bridge)
{
	return bridge && (bridge->has & HAS(BRGUARD_A_BRIDGE_NEW_PORT)) &&
	       bridge->new_port == BRGUARD_ROLE_GUEST;
}

/* A guest on another bridge than its port names is closed, anything else is unnamed. */
static void resolve_link(const struct host *host, struct link *link, const struct link *master)
{
	const struct bridge *bridge = guard_bridge(host, master->name);
	const struct port *port = find_port(host, link);
	struct guard *guard = &link->guard;

	guard->port = port;
	guard->misplaced = port && *port->bridge && strcmp(port->bridge, master->name);
	if (guard->misplaced && port->role != BRGUARD_ROLE_GUEST)
		port = NULL;
	guard->known = port || bridge;
	guard->guest = port ? port->role == BRGUARD_ROLE_GUEST : takes_guests(bridge);
	guard->audit = guard->guest && is_audited(port ? port->mode : BRGUARD_MODE_INHERIT, bridge);
}

/* The device that a configured port has, if it is on a bridge. */
static const struct link *find_device(const struct host *host, const char *name)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->guard.port && !strcmp(link->guard.port->name, name))
			return guard_is_template(name) ? NULL : link;
	}
	return NULL;
}

static void add_owner(struct host *host, const struct binding *binding, const struct link *link)
{
	const struct link *master = host_link(host, link->master);
	struct owner *owner = list_add(&host->owners);

	owner->binding = binding;
	owner->link = link;
	if (master && master->bridge.vlan_filtering)
		owner->vlan = binding->vlan ? binding->vlan : link->port.pvid;
}

static int compare_owners(const void *a, const void *b)
{
	const struct owner *x = a, *y = b;

	return memcmp(x->binding->mac, y->binding->mac, MAC_BYTES);
}

/* Bindings come port by port. */
static void resolve_owners(struct host *host)
{
	const struct list *bindings = &host->model.list[KIND_BINDING];
	const struct binding *binding, *last = NULL;
	const struct link *link = NULL;
	size_t i;

	for (i = 0; i < bindings->n; i++) {
		binding = list_at(bindings, i);
		if (!last || strcmp(last->port, binding->port))
			link = find_device(host, binding->port);
		if (link)
			add_owner(host, binding, link);
		last = binding;
	}
	if (host->owners.n)
		qsort(host->owners.items, host->owners.n, host->owners.size, compare_owners);
}

/**
 * guard_resolve() - find out which policy each device follows, and who owns what
 * @host: the host, whose links and model are complete
 */
void guard_resolve(struct host *host)
{
	const struct link *master;
	struct link *link;
	size_t i;

	for (i = 0; i < host->links.n && host->loaded; i++) {
		link = list_at(&host->links, i);
		master = host_link(host, link->master);
		if (master && link_is_bridge(master))
			resolve_link(host, link, master);
	}
	resolve_owners(host);
}

/**
 * guard_is_enforced() - is a port held to its bindings?
 * @link: a bridge port
 *
 * Return: true for a guest port that is not in audit mode.
 */
bool guard_is_enforced(const struct link *link)
{
	return link->guard.guest && !link->guard.audit;
}

/**
 * guard_closes_local() - is the bridge device kept from what is not for the host?
 * @host: the host
 * @bridge: the bridge
 *
 * Return: true with "local-port guarded", unless that is in audit mode.
 */
bool guard_closes_local(const struct host *host, const struct link *bridge)
{
	const struct bridge *set = guard_bridge(host, bridge->name);
	const struct port *port = find_port(host, bridge);

	if (!set || set->local_port != BRGUARD_LOCAL_PORT_GUARDED)
		return false;
	return !is_audited(port ? port->mode : BRGUARD_MODE_INHERIT, set);
}

/* Did somebody say that the port can be trusted? */
static bool is_trusted(const struct link *link)
{
	return link->guard.port && !link->guard.guest && !link->guard.misplaced;
}

/**
 * guard_is_guest() - is a guest behind a port?
 * @link: a bridge port
 *
 * Return: true if brguard was told so, or if nobody said otherwise and it looks
 * like one.
 */
bool guard_is_guest(const struct link *link)
{
	if (link->guard.guest)
		return true;
	return !is_trusted(link) && link_is_stub(link) && link_is_up(link);
}

/**
 * guard_is_open() - can a guest behind a port send and receive what it likes?
 * @link: a bridge port
 *
 * Return: true if so.
 */
bool guard_is_open(const struct link *link)
{
	return guard_is_guest(link) && !guard_is_enforced(link);
}

/**
 * guard_has_open() - has a bridge a port for which guard_is_open() holds?
 * @host: the host
 * @bridge: the bridge
 *
 * Return: true if it has.
 */
bool guard_has_open(const struct host *host, const struct link *bridge)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master == bridge->index && guard_is_open(link))
			return true;
	}
	return false;
}

/**
 * guard_is_on() - is anything of a bridge under guard?
 * @host: the host
 * @bridge: the bridge
 *
 * Return: true if it, or one of its ports, is configured.
 */
bool guard_is_on(const struct host *host, const struct link *bridge)
{
	const struct link *link;
	size_t i;

	if (guard_bridge(host, bridge->name))
		return true;
	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->master == bridge->index && link->guard.known)
			return true;
	}
	return false;
}
