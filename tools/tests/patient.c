// SPDX-License-Identifier: GPL-2.0-only
/* Hosts made by hand, and what the doctor says of them. */

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../binding.h"
#include "../check.h"
#include "../guard.h"
#include "../text.h"
#include "patient.h"

struct host patient;

static void set_string(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

/**
 * the() - a device of the patient
 * @name: its name
 *
 * Return: the device, valid until another is added.
 */
struct link *the(const char *name)
{
	return host_link(&patient, host_find(&patient, name)->index);
}

/**
 * add_link() - give the patient a device
 * @name: its name
 * @kind: its kind
 * @master: what it is enslaved to, or NULL
 *
 * Return: the device, up, with a MAC address of its own.
 */
struct link *add_link(const char *name, const char *kind, const char *master)
{
	int index = master ? the(master)->index : 0;
	struct link *link = list_add(&patient.links);

	link->index = patient.links.n;
	link->master = index;
	link->flags = IFF_UP | IFF_BROADCAST;
	link->mac[0] = 0xfe;
	link->mac[5] = link->index;
	set_string(link->name, sizeof(link->name), name);
	set_string(link->kind, sizeof(link->kind), kind);
	link->tap = link_is(link, "tun");
	link->bridge.ageing = 30000;
	link->bridge.snooping = true;
	link->port.flood = true;
	link->port.pvid = 1;
	link->promiscuity = index ? 1 : 0;
	return link;
}

/**
 * the_bridge() - the policy of a bridge
 * @name: its name
 *
 * Return: the policy, valid until another is added.
 */
struct bridge *the_bridge(const char *name)
{
	return (struct bridge *)guard_bridge(&patient, name);
}

/**
 * add_bridge() - put a bridge under guard
 * @name: its name
 * @mode: its mode
 *
 * Return: its policy, with new-port guest, valid until another is added.
 */
struct bridge *add_bridge(const char *name, uint32_t mode)
{
	struct bridge *bridge = list_add(&patient.model.list[KIND_BRIDGE]);

	set_string(bridge->name, sizeof(bridge->name), name);
	bridge->has = HAS(BRGUARD_A_BRIDGE_NEW_PORT) | HAS(BRGUARD_A_BRIDGE_MODE);
	bridge->new_port = BRGUARD_ROLE_GUEST;
	bridge->mode = mode;
	return bridge;
}

/**
 * the_port() - the policy of a port
 * @name: its name
 *
 * Return: the policy, valid until another is added.
 */
struct port *the_port(const char *name)
{
	const struct list *ports = &patient.model.list[KIND_PORT];
	struct port *port;
	size_t i;

	for (i = 0; i < ports->n; i++) {
		port = list_at(ports, i);
		if (!strcmp(port->name, name))
			return port;
	}
	return NULL;
}

/**
 * add_port() - name a port to brguard
 * @name: its name
 * @role: its role
 *
 * Return: its policy, valid until another is added.
 */
struct port *add_port(const char *name, uint32_t role)
{
	struct port *port = list_add(&patient.model.list[KIND_PORT]);

	set_string(port->name, sizeof(port->name), name);
	port->role = role;
	return port;
}

/**
 * add_binding() - bind a MAC address
 * @port: name of its port
 * @mac: its last byte; it is 02:00:00:00:00:XX
 * @vlan: its VLAN
 */
void add_binding(const char *port, uint8_t mac, uint16_t vlan)
{
	struct binding *binding = list_add(&patient.model.list[KIND_BINDING]);

	binding->port = port;
	binding->mac[0] = 2;
	binding->mac[5] = mac;
	binding->vlan = vlan;
}

/**
 * add_station() - put an entry into the forwarding database
 * @device: device of the entry
 * @bridge: the bridge
 * @mac: last byte of the address, as in add_binding()
 * @vlan: its VLAN
 * @state: NUD_*
 */
void add_station(const char *device, const char *bridge, uint8_t mac, uint16_t vlan,
		 uint16_t state)
{
	struct station *station = list_add(&patient.stations);

	station->device = the(device)->index;
	station->bridge = the(bridge)->index;
	station->mac[0] = 2;
	station->mac[5] = mac;
	station->vlan = vlan;
	station->state = state;
}

/**
 * add_watcher() - have a program listen on a packet socket
 * @device: where
 * @pid: its process, 0 if it cannot be seen
 */
void add_watcher(const char *device, int pid)
{
	struct watcher *watcher = list_add(&patient.watchers);

	watcher->device = the(device)->index;
	watcher->inode = 4711;
	watcher->pid = pid;
	set_string(watcher->comm, sizeof(watcher->comm), "sniffer");
	the(device)->promiscuity++;
}

/* As the kernel says it: bits beyond the length may be set. */
static void parse(const char *text, struct prefix *prefix)
{
	char word[PREFIX_TEXT];
	char *slash;

	set_string(word, sizeof(word), text);
	slash = strchr(word, '/');
	if (slash)
		*slash = '\0';
	if (prefix_parse(word, prefix))
		failed("prefix", text, "a prefix");
	if (slash)
		prefix->length = atoi(slash + 1);
}

/**
 * add_address() - add an address to one of the patient's lists
 * @list: the list
 * @device: its device
 * @prefix: the address
 */
void add_address(struct list *list, const char *device, const char *prefix)
{
	struct address *address = list_add(list);

	address->device = the(device)->index;
	parse(prefix, &address->prefix);
}

/**
 * add_rule() - add a rule that looks a table up
 * @fib: the routing
 * @priority: its priority; rules have to be added in this order
 * @table: the table
 * @iif: input device, or NULL for any
 *
 * Return: the rule, valid until another is added.
 */
struct rule *add_rule(struct fib *fib, uint32_t priority, uint32_t table, const char *iif)
{
	struct rule *rule = list_add(&fib->rules);

	rule->priority = priority;
	rule->table = table;
	rule->action = FR_ACT_TO_TBL;
	rule->suppress = -1;
	set_string(rule->iif, sizeof(rule->iif), iif ? iif : "");
	return rule;
}

/**
 * add_route() - add a route
 * @fib: the routing
 * @table: its table
 * @prefix: its destination
 * @device: where it leads to
 *
 * Return: the route, valid until another is added.
 */
struct route *add_route(struct fib *fib, uint32_t table, const char *prefix, const char *device)
{
	struct route *route = list_add(&fib->routes);

	route->table = table;
	route->type = RTN_UNICAST;
	route->device = the(device)->index;
	parse(prefix, &route->prefix);
	return route;
}

/**
 * patient_clear() - free the patient
 */
void patient_clear(void)
{
	host_free(&patient);
}

/**
 * patient_empty() - make a host without anything
 */
void patient_empty(void)
{
	host_free(&patient);
	host_init(&patient, NULL);
	patient.loaded = true;
}

/**
 * patient_reset() - make the healthy host
 */
void patient_reset(void)
{
	patient_empty();
	add_link("br0", "bridge", NULL);
	add_link("eth0", "", "br0");
	add_link("t1", "tun", "br0");
	add_link("t2", "tun", "br0");
	add_bridge("br0", BRGUARD_MODE_ENFORCE);
	add_port("eth0", BRGUARD_ROLE_TRUSTED);
	add_port("t1", BRGUARD_ROLE_GUEST);
	add_port("t2", BRGUARD_ROLE_GUEST);
	add_binding("t1", 1, 0);
	add_binding("t2", 2, 0);
}

/* What the doctor says now. */
static void diagnose(struct list *findings)
{
	size_t i;

	list_truncate(&patient.owners, 0);
	for (i = 0; i < patient.links.n; i++)
		memset(&((struct link *)list_at(&patient.links, i))->guard, 0,
		       sizeof(struct guard));
	guard_resolve(&patient);
	findings_init(findings);
	check(&patient, findings);
}

/**
 * found() - the doctor finds this and nothing else
 * @what: words for the state
 * @want: "ID:DEVICE ..." in the order of printing
 */
void found(const char *what, const char *want)
{
	const struct finding *f;
	struct list findings;
	char *have = NULL;
	size_t i;

	diagnose(&findings);
	text_add(&have, "%s", "");
	for (i = 0; i < findings.n; i++) {
		f = list_at(&findings, i);
		text_add(&have, "%s%s:%s", i ? " " : "", f->id, f->device);
		if (!f->what || !f->remedy)
			failed(what, "no words or no remedy", f->id);
	}
	is(what, have, want);
	free(have);
	list_free(&findings);
}

static void with_finding(const char *id, void (*do_it)(const struct finding *f, const char *want),
			 const char *want)
{
	const struct finding *f;
	struct list findings;
	bool done = false;
	size_t i;

	diagnose(&findings);
	for (i = 0; i < findings.n && !done; i++) {
		f = list_at(&findings, i);
		done = !strcmp(f->id, id);
		if (done)
			do_it(f, want);
	}
	if (!done)
		failed(id, "nothing", "a finding");
	list_free(&findings);
}

static void compare_remedy(const struct finding *f, const char *want)
{
	is(f->id, f->remedy, want);
}

static void compare_severity(const struct finding *f, const char *want)
{
	is(f->id, finding_severity(f), want);
}

static void compare_words(const struct finding *f, const char *want)
{
	if (!strstr(f->what, want))
		failed(f->id, f->what, want);
}

/**
 * remedy() - the remedy of the first finding of a sort
 * @id: the sort
 * @want: the remedy
 */
void remedy(const char *id, const char *want)
{
	with_finding(id, compare_remedy, want);
}

/**
 * severity() - the severity of the first finding of a sort
 * @id: the sort
 * @want: the severity
 */
void severity(const char *id, const char *want)
{
	with_finding(id, compare_severity, want);
}

/**
 * says() - the first finding of a sort has these words
 * @id: the sort
 * @part: the words
 */
void says(const char *id, const char *part)
{
	with_finding(id, compare_words, part);
}
