// SPDX-License-Identifier: GPL-2.0-only
/* The objects of the stand-in kernel, by name, and the file that keeps them. */

#define _GNU_SOURCE

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "binding.h"
#include "bridge.h"
#include "ipc.h"
#include "port.h"
#include "queue.h"
#include "store.h"

void *live[KINDS];
void *draft[KINDS];

static const struct kind *walk_kind;
static FILE *walk_file;

/**
 * find_attribute() - look for an attribute of a message
 * @nlh: the message
 * @type: its type
 *
 * Return: the first one of that type, or NULL.
 */
const struct nlattr *find_attribute(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}

static void *make_item(const struct kind *kind, const struct nlmsghdr *nlh)
{
	void *item = memset(xrealloc(NULL, kind->size, 1), 0, kind->size);

	kind->get(nlh, item);
	return item;
}

static void free_item(const struct kind *kind, void *item)
{
	if (kind->release)
		kind->release(item);
	free(item);
}

/* It does not report a floor of 0, nor that nothing is held. */
static void complete_watch(struct bridge *bridge)
{
	bridge->has &= ~(HAS(BRGUARD_A_BRIDGE_AGEING_FLOOR) | HAS(BRGUARD_A_BRIDGE_HOLD));
	if (bridge->ageing_floor)
		bridge->has |= HAS(BRGUARD_A_BRIDGE_AGEING_FLOOR);
	if (bridge->hold)
		bridge->has |= HAS(BRGUARD_A_BRIDGE_HOLD);
}

/* Objects there are already take over what a request says. */
static void merge_answers(struct bridge *to, const struct bridge *from)
{
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS))
		to->answers = from->answers;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX))
		to->answers_max = from->answers_max;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME))
		to->answers_time = from->answers_time;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN))
		to->answers_own = from->answers_own;
}

static void merge_bridge(struct bridge *to, const struct bridge *from)
{
	if (from->has & HAS(BRGUARD_A_BRIDGE_NEW_PORT))
		to->new_port = from->new_port;
	if (from->has & HAS(BRGUARD_A_BRIDGE_MODE))
		to->mode = from->mode;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ARP_SCOPE))
		to->arp_scope = from->arp_scope;
	if (from->has & HAS(BRGUARD_A_BRIDGE_AGEING_FLOOR))
		to->ageing_floor = from->ageing_floor;
	if (from->has & HAS(BRGUARD_A_BRIDGE_HOLD))
		to->hold = from->hold;
	if (from->has & HAS(BRGUARD_A_BRIDGE_CLAIMS))
		to->claims = from->claims;
	if (from->has & HAS(BRGUARD_A_BRIDGE_LOCAL_PORT))
		to->local_port = from->local_port;
	if (from->has & HAS(BRGUARD_A_BRIDGE_GUEST_FLOOD))
		to->guest_flood = from->guest_flood;
	if (from->has & HAS(BRGUARD_A_BRIDGE_GUEST_LEARNING))
		to->guest_learning = from->guest_learning;
	merge_answers(to, from);
	complete_watch(to);
}

static void merge_port(struct port *to, const struct port *from)
{
	if (from->has & HAS(BRGUARD_A_PORT_BRIDGE))
		strcpy(to->bridge, from->bridge);
	if (from->has & HAS(BRGUARD_A_PORT_ROLE))
		to->role = from->role;
	if (from->has & HAS(BRGUARD_A_PORT_MODE))
		to->mode = from->mode;
	if (from->has & HAS(BRGUARD_A_PORT_LINK_LOCAL))
		to->link_local = from->link_local;
	if (from->has & HAS(BRGUARD_A_PORT_DHCP_SERVER))
		to->dhcp_server = from->dhcp_server;
	if (from->has & HAS(BRGUARD_A_PORT_ROUTER))
		to->router = from->router;
	if (from->has & HAS(BRGUARD_A_PORT_ETHERTYPE)) {
		to->ethertypes = from->ethertypes;
		memcpy(to->ethertype, from->ethertype, sizeof(to->ethertype));
	}
	if (from->has & HAS(BRGUARD_A_PORT_UPLINK_MACS))
		to->uplink_macs = from->uplink_macs;
}

static bool merge_binding(struct binding *to, const struct binding *from)
{
	unsigned int i, j, before = to->prefixes;

	for (i = 0; i < from->prefixes; i++) {
		for (j = 0; j < to->prefixes; j++) {
			if (!prefix_compare(&from->prefix[i], &to->prefix[j]))
				break;
		}
		if (j < to->prefixes)
			continue;
		to->prefix = xrealloc(to->prefix, to->prefixes + 1, sizeof(*to->prefix));
		to->prefix[to->prefixes++] = from->prefix[i];
	}
	return to->prefixes > before;
}

/* A kernel reports everything else, whether it was ever set or not. */
static void complete_bridge(struct bridge *bridge)
{
	if (!(bridge->has & HAS(BRGUARD_A_BRIDGE_NEW_PORT)))
		bridge->new_port = BRGUARD_ROLE_TRUSTED;
	if (!(bridge->has & HAS(BRGUARD_A_BRIDGE_MODE)))
		bridge->mode = BRGUARD_MODE_ENFORCE;
	if (!(bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX)))
		bridge->answers_max = 64;
	if (!(bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME)))
		bridge->answers_time = 10;
	if (!(bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN)))
		bridge->answers_own = BRGUARD_CLAIMS_ALARM;
	bridge->has = HAS(BRGUARD_A_BRIDGE_NAME) | HAS(BRGUARD_A_BRIDGE_NEW_PORT) |
		      HAS(BRGUARD_A_BRIDGE_MODE) | HAS(BRGUARD_A_BRIDGE_ARP_SCOPE) |
		      HAS(BRGUARD_A_BRIDGE_CLAIMS) | HAS(BRGUARD_A_BRIDGE_ANSWERS) |
		      HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX) | HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME) |
		      HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN) | HAS(BRGUARD_A_BRIDGE_LOCAL_PORT) |
		      HAS(BRGUARD_A_BRIDGE_GUEST_FLOOD) |
		      HAS(BRGUARD_A_BRIDGE_GUEST_LEARNING);
	complete_watch(bridge);
}

static void complete(const struct kind *kind, void *item)
{
	struct port *port = item;

	if (kind == &bridge_kind) {
		complete_bridge(item);
	} else if (kind == &port_kind) {
		port->has = (HAS(BRGUARD_A_PORT_ETHERTYPE) - 1) | HAS(BRGUARD_A_PORT_UPLINK_MACS);
		if (port->ethertypes)
			port->has |= HAS(BRGUARD_A_PORT_ETHERTYPE);
	}
}

static struct outcome check_port(const struct nlmsghdr *nlh, const struct port *port, bool found)
{
	const struct nlattr *attr = find_attribute(nlh, BRGUARD_A_PORT_ETHERTYPE);

	if (attr && port->ethertypes && port->ethertype[0] == 0x0800)
		return (struct outcome){ -EINVAL, "this EtherType is always judged", attr, 0 };
	if (!found && !(port->has & HAS(BRGUARD_A_PORT_ROLE)))
		return (struct outcome){ -EINVAL, "a new port needs a role", NULL,
					 BRGUARD_A_PORT_ROLE };
	return (struct outcome){ 0 };
}

static struct outcome check_binding(const struct nlmsghdr *nlh, const struct binding *binding,
				    void *const *trees)
{
	const struct nlattr *prefix = find_attribute(nlh, BRGUARD_A_BINDING_PREFIX);
	struct port key = { 0 };

	strcpy(key.name, binding->port);
	if (!tfind(&key, &trees[KIND_PORT], port_kind.compare))
		return (struct outcome){ -ENOENT, "no such port",
					 find_attribute(nlh, BRGUARD_A_BINDING_PORT), 0 };
	if (binding->prefixes && !memcmp(binding->prefix[0].address, "\x0a\x42\x42\x42", 4))
		return (struct outcome){ -EEXIST, "another port has this address",
					 mnl_attr_get_payload(prefix), 0 };
	return (struct outcome){ 0 };
}

static struct outcome set_item(unsigned int k, const struct nlmsghdr *nlh, void **trees)
{
	void *item = make_item(kinds[k], nlh);
	struct outcome outcome = { 0 };
	void **found;

	found = tfind(item, &trees[k], kinds[k]->compare);
	if (k == KIND_PORT)
		outcome = check_port(nlh, item, found);
	else if (k == KIND_BINDING)
		outcome = check_binding(nlh, item, trees);
	if (!outcome.error && !found) {
		complete(kinds[k], item);
		tsearch(item, &trees[k], kinds[k]->compare);
		return outcome;
	}
	if (!outcome.error && k == KIND_BRIDGE)
		merge_bridge(*found, item);
	else if (!outcome.error && k == KIND_PORT)
		merge_port(*found, item);
	else if (!outcome.error && !merge_binding(*found, item))
		outcome = (struct outcome){ -EEXIST, "nothing new in it", NULL, 0 };
	free_item(kinds[k], item);
	return outcome;
}

static void put_record_prefix(struct nlmsghdr *nlh, const uint8_t *address, uint8_t bytes,
			      uint8_t length)
{
	struct prefix prefix = { .bytes = bytes, .length = length };

	memcpy(prefix.address, address, bytes);
	prefix_put(nlh, BRGUARD_A_BINDING_PREFIX, &prefix);
}

/* The request for one packed binding alone. */
static struct nlmsghdr *unpack(const struct nlattr *port, const struct brguard_record *r)
{
	static char buffer[4096];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct genlmsghdr));
	mnl_attr_put_strz(nlh, BRGUARD_A_BINDING_PORT, mnl_attr_get_str(port));
	mnl_attr_put(nlh, BRGUARD_A_BINDING_MAC, sizeof(r->mac), r->mac);
	if (r->vlan)
		mnl_attr_put_u16(nlh, BRGUARD_A_BINDING_VLAN, r->vlan);
	if (r->flags & BRGUARD_RECORD_SHARED)
		mnl_attr_put(nlh, BRGUARD_A_BINDING_SHARED, 0, NULL);
	if (r->flags & BRGUARD_RECORD_IP4)
		put_record_prefix(nlh, r->ip4, 4, r->len4);
	if (r->flags & BRGUARD_RECORD_IP6)
		put_record_prefix(nlh, r->ip6, 16, r->len6);
	return nlh;
}

/* As the module does it: refusals point to the field. */
static struct outcome set_records(const struct nlmsghdr *nlh, const struct nlattr *records,
				  void **trees)
{
	const struct nlattr *port = find_attribute(nlh, BRGUARD_A_BINDING_PORT);
	const struct brguard_record *r = mnl_attr_get_payload(records);
	size_t i, n = mnl_attr_get_payload_len(records) / sizeof(*r);
	struct outcome outcome = { 0 };

	if (trees != draft || !n || mnl_attr_get_payload_len(records) % sizeof(*r))
		return (struct outcome){ -EINVAL, "no records here", records, 0 };
	for (i = 0; i < n && !outcome.error; i++)
		outcome = set_item(KIND_BINDING, unpack(port, &r[i]), trees);
	if (outcome.error == -ENOENT)
		outcome.bad = port;
	else if (outcome.error && outcome.bad)
		outcome.bad = (const struct nlattr *)r[i - 1].ip4;
	else if (outcome.error)
		outcome.bad = (const struct nlattr *)r[i - 1].mac;
	return outcome;
}

/**
 * store_set() - do a request that makes an object or changes one
 * @k: KIND_*
 * @nlh: the request
 * @trees: live or draft
 *
 * Return: what becomes of it.
 */
struct outcome store_set(unsigned int k, const struct nlmsghdr *nlh, void **trees)
{
	const struct nlattr *records = k == KIND_BINDING ?
				       find_attribute(nlh, BRGUARD_A_BINDING_RECORDS) : NULL;

	return records ? set_records(nlh, records, trees) : set_item(k, nlh, trees);
}

/**
 * store_del() - do a request that removes an object
 * @k: KIND_*
 * @nlh: the request
 * @trees: live or draft
 *
 * Return: what becomes of it.
 */
struct outcome store_del(unsigned int k, const struct nlmsghdr *nlh, void **trees)
{
	struct outcome outcome = { -ENOENT, NULL, NULL, 0 };
	void *key = make_item(kinds[k], nlh);
	void **found = tfind(key, &trees[k], kinds[k]->compare);
	void *item = found ? *found : NULL;

	if (item) {
		tdelete(key, &trees[k], kinds[k]->compare);
		free_item(kinds[k], item);
		outcome.error = 0;
	}
	free_item(kinds[k], key);
	return outcome;
}

/**
 * store_find() - look up the object that a request names
 * @k: KIND_*
 * @nlh: the request
 *
 * Return: the object, or NULL.
 */
const void *store_find(unsigned int k, const struct nlmsghdr *nlh)
{
	void *key = make_item(kinds[k], nlh);
	void **found = tfind(key, &live[k], kinds[k]->compare);

	free_item(kinds[k], key);
	return found ? *found : NULL;
}

/**
 * store_port() - look up a port
 * @name: its name
 *
 * Return: the port, or NULL.
 */
const struct port *store_port(const char *name)
{
	struct port key = { 0 };
	void **found;

	snprintf(key.name, sizeof(key.name), "%s", name);
	found = tfind(&key, &live[KIND_PORT], port_kind.compare);
	return found ? *found : NULL;
}

static void release_node(void *item)
{
	free_item(walk_kind, item);
}

/**
 * store_forget() - remove all objects
 * @trees: live or draft
 */
void store_forget(void **trees)
{
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		walk_kind = kinds[k];
		tdestroy(trees[k], release_node);
		trees[k] = NULL;
	}
}

/**
 * store_load() - read the objects that the last run left
 */
void store_load(void)
{
	static char buffer[1 << 16];
	struct nlmsghdr *nlh = (struct nlmsghdr *)buffer;
	FILE *file = fopen(getenv("STATE"), "r");
	unsigned int k;

	if (!file)
		return;
	while (fread(nlh, sizeof(*nlh), 1, file) == 1) {
		if (fread(nlh + 1, nlh->nlmsg_len - sizeof(*nlh), 1, file) != 1)
			break;
		for (k = 0; k < KINDS; k++) {
			if (ipc_command(nlh) == kinds[k]->cmd_set)
				store_set(k, nlh, live);
		}
	}
	fclose(file);
}

static void walk_save(const void *node, VISIT visit, int depth)
{
	struct nlmsghdr *nlh;

	(void)depth;
	if (visit != postorder && visit != leaf)
		return;
	nlh = queue_start(walk_kind->cmd_set, 0);
	walk_kind->put(nlh, *(void *const *)node);
	fwrite(nlh, nlh->nlmsg_len, 1, walk_file);
}

/**
 * store_save() - leave the objects for the next run
 */
void store_save(void)
{
	unsigned int k;

	walk_file = fopen(getenv("STATE"), "w");
	if (!walk_file)
		abort();
	for (k = 0; k < KINDS; k++) {
		walk_kind = kinds[k];
		twalk(live[k], walk_save);
	}
	fclose(walk_file);
}
