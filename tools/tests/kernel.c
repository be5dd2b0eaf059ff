// SPDX-License-Identifier: GPL-2.0-only
/*
 * A small stand-in for the module, behind socket.h: enough of the protocol of
 * linux/brguard.h to run every command of brguardctl without a kernel module.
 * It keeps its configuration in the file $STATE from one run to the next.
 *
 *   ABSENT=1     there is no family brguard
 *   PERMIT=0     every request is refused with -EPERM
 *   INTERRUPT=N  the first N dumps are interrupted by a change
 *   ROOM=N       answers that the receive queue holds, the others are lost
 */

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
#include "socket.h"
#include "stats.h"

static void *live[KINDS];	/* trees of objects */
static void *draft[KINDS];	/* those of the transaction */
static bool transaction, spoilt;
static char buffer[1 << 16];

/**
 * struct verdict - what becomes of a request
 * @error: 0 or a negative errno
 * @sentence: NULL or the sentence of the extended ACK
 * @bad: NULL or the bad attribute
 * @missing: 0 or the type of the missing one
 */
struct verdict {
	int error;
	const char *sentence;
	const struct nlattr *bad;
	uint16_t missing;
};

static void acknowledge(const struct nlmsghdr *request, const struct verdict *verdict)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct nlmsgerr *err = mnl_nlmsg_put_extra_header(nlh, sizeof(*err));

	nlh->nlmsg_type = NLMSG_ERROR;
	nlh->nlmsg_seq = request->nlmsg_seq;
	err->error = verdict->error;
	err->msg = *request;
	if (!verdict->error) {
		nlh->nlmsg_flags = NLM_F_CAPPED;
		queue_add(nlh);
		return;
	}
	mnl_nlmsg_put_extra_header(nlh, request->nlmsg_len - sizeof(*request));
	memcpy(&err->msg, request, request->nlmsg_len);
	nlh->nlmsg_flags = NLM_F_ACK_TLVS;
	if (verdict->sentence)
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, verdict->sentence);
	if (verdict->bad)
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS,
				 (const char *)verdict->bad - (const char *)request);
	if (verdict->missing)
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_MISS_TYPE, verdict->missing);
	queue_add(nlh);
}

static const struct nlattr *find_attribute(const struct nlmsghdr *nlh, uint16_t type)
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

/* Objects there are already take over what a request says. */
static void merge_bridge(struct bridge *to, const struct bridge *from)
{
	if (from->has & HAS(BRGUARD_A_BRIDGE_NEW_PORT))
		to->new_port = from->new_port;
	if (from->has & HAS(BRGUARD_A_BRIDGE_MODE))
		to->mode = from->mode;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ARP_SCOPE))
		to->arp_scope = from->arp_scope;
	if (from->has & HAS(BRGUARD_A_BRIDGE_CLAIMS))
		to->claims = from->claims;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS))
		to->answers = from->answers;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX))
		to->answers_max = from->answers_max;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME))
		to->answers_time = from->answers_time;
	if (from->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN))
		to->answers_own = from->answers_own;
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

/* A kernel reports everything, whether it was ever set or not. */
static void complete(const struct kind *kind, void *item)
{
	struct bridge *bridge = item;
	struct port *port = item;

	if (kind == &bridge_kind) {
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
		bridge->has = HAS(BRGUARD_A_BRIDGE_ANSWERS) | HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX) |
			      HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME) |
			      HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN) | HAS(BRGUARD_A_BRIDGE_NAME) | HAS(BRGUARD_A_BRIDGE_NEW_PORT) |
			      HAS(BRGUARD_A_BRIDGE_MODE) |
			      HAS(BRGUARD_A_BRIDGE_ARP_SCOPE) | HAS(BRGUARD_A_BRIDGE_CLAIMS);
	} else if (kind == &port_kind) {
		port->has = (HAS(BRGUARD_A_PORT_ETHERTYPE) - 1) |
			    HAS(BRGUARD_A_PORT_UPLINK_MACS);
		if (port->ethertypes)
			port->has |= HAS(BRGUARD_A_PORT_ETHERTYPE);
	}
}

static struct verdict check_port(const struct nlmsghdr *nlh, const struct port *port, bool found)
{
	const struct nlattr *attr = find_attribute(nlh, BRGUARD_A_PORT_ETHERTYPE);

	if (attr && port->ethertypes && port->ethertype[0] == 0x0800)
		return (struct verdict){ -EINVAL, "this EtherType is always judged", attr, 0 };
	if (!found && !(port->has & HAS(BRGUARD_A_PORT_ROLE)))
		return (struct verdict){ -EINVAL, "a new port needs a role", NULL,
					 BRGUARD_A_PORT_ROLE };
	return (struct verdict){ 0 };
}

static struct verdict check_binding(const struct nlmsghdr *nlh, const struct binding *binding,
				    void *const *trees)
{
	const struct nlattr *prefix = find_attribute(nlh, BRGUARD_A_BINDING_PREFIX);
	struct port key = { 0 };

	strcpy(key.name, binding->port);
	if (!tfind(&key, &trees[KIND_PORT], port_kind.compare))
		return (struct verdict){ -ENOENT, "no such port",
					 find_attribute(nlh, BRGUARD_A_BINDING_PORT), 0 };
	if (binding->prefixes && !memcmp(binding->prefix[0].address, "\x0a\x42\x42\x42", 4))
		return (struct verdict){ -EEXIST, "another port has this address",
					 mnl_attr_get_payload(prefix), 0 };
	return (struct verdict){ 0 };
}

static struct verdict set(unsigned int k, const struct nlmsghdr *nlh, void **trees)
{
	void *item = make_item(kinds[k], nlh);
	struct verdict verdict = { 0 };
	void **found;

	found = tfind(item, &trees[k], kinds[k]->compare);
	if (k == KIND_PORT)
		verdict = check_port(nlh, item, found);
	else if (k == KIND_BINDING)
		verdict = check_binding(nlh, item, trees);
	if (!verdict.error && !found) {
		complete(kinds[k], item);
		tsearch(item, &trees[k], kinds[k]->compare);
		return verdict;
	}
	if (!verdict.error && k == KIND_BRIDGE)
		merge_bridge(*found, item);
	else if (!verdict.error && k == KIND_PORT)
		merge_port(*found, item);
	else if (!verdict.error && !merge_binding(*found, item))
		verdict = (struct verdict){ -EEXIST, "nothing new in it", NULL, 0 };
	free_item(kinds[k], item);
	return verdict;
}

static struct verdict del(unsigned int k, const struct nlmsghdr *nlh, void **trees)
{
	struct verdict verdict = { -ENOENT, NULL, NULL, 0 };
	void *key = make_item(kinds[k], nlh);
	void **found = tfind(key, &trees[k], kinds[k]->compare);
	void *item = found ? *found : NULL;

	if (item) {
		tdelete(key, &trees[k], kinds[k]->compare);
		free_item(kinds[k], item);
		verdict.error = 0;
	}
	free_item(kinds[k], key);
	return verdict;
}

static const struct kind *walk_kind;
static const struct nlmsghdr *walk_request;
static const char *walk_port;
static FILE *walk_file;
static uint16_t walk_flags;

static void put_runtime(struct nlmsghdr *nlh, const void *item)
{
	const struct port *port = item;

	if (walk_kind == &bridge_kind) {
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_IFINDEX, 6);
	} else if (walk_kind == &port_kind && port->role == BRGUARD_ROLE_GUEST) {
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_DEVICE, "vnet 7");
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_IFINDEX, 7);
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_MASTER, "br0");
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_PROMISCUITY, 1);
	}
}

static void answer_item(const void *item)
{
	struct nlmsghdr *nlh = queue_start(walk_kind->cmd_get, walk_request->nlmsg_seq);

	nlh->nlmsg_flags = walk_flags;
	walk_kind->put(nlh, item);
	put_runtime(nlh, item);
	queue_add(nlh);
}

static void walk_answer(const void *node, VISIT visit, int depth)
{
	const struct binding *binding = *(void *const *)node;

	(void)depth;
	if (visit != postorder && visit != leaf)
		return;
	if (!walk_port || !strcmp(binding->port, walk_port))
		answer_item(binding);
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

static void answer_done(const struct nlmsghdr *request)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);

	nlh->nlmsg_type = NLMSG_DONE;
	nlh->nlmsg_seq = request->nlmsg_seq;
	*(int *)mnl_nlmsg_put_extra_header(nlh, sizeof(int)) = 0;
	queue_add(nlh);
}

static void dump(unsigned int k, const struct nlmsghdr *request)
{
	const struct nlattr *port = find_attribute(request, BRGUARD_A_BINDING_PORT);
	static unsigned int dumps;

	walk_kind = kinds[k];
	walk_request = request;
	walk_port = k == KIND_BINDING && port ? mnl_attr_get_str(port) : NULL;
	walk_flags = NLM_F_MULTI | (dumps++ < queue_setting("INTERRUPT", 0) ? NLM_F_DUMP_INTR : 0);
	twalk(live[k], walk_answer);
	answer_done(request);
}

static struct verdict get(unsigned int k, const struct nlmsghdr *request)
{
	void *key = make_item(kinds[k], request);
	void **found = tfind(key, &live[k], kinds[k]->compare);

	walk_kind = kinds[k];
	walk_request = request;
	walk_flags = 0;
	if (found)
		answer_item(*found);
	free_item(kinds[k], key);
	return (struct verdict){ found ? 0 : -ENOENT, NULL, NULL, 0 };
}

/* Three frames of src-ip and one audited of nd, for every port. */
static void walk_stats(const void *node, VISIT visit, int depth)
{
	const struct port *port = *(void *const *)node;
	struct nlmsghdr *nlh;
	struct nlattr *nest;

	(void)depth;
	if ((visit != postorder && visit != leaf) || (walk_port && strcmp(walk_port, port->name)))
		return;
	nlh = queue_start(BRGUARD_CMD_STATS_GET, walk_request->nlmsg_seq);
	mnl_attr_put_strz(nlh, BRGUARD_A_STATS_PORT, port->name);
	nest = mnl_attr_nest_start(nlh, BRGUARD_A_STATS_COUNT);
	mnl_attr_put_u32(nlh, BRGUARD_A_COUNT_REASON, BRGUARD_REASON_SRC_IP);
	mnl_attr_put_u64(nlh, BRGUARD_A_COUNT_DROPPED, 3);
	mnl_attr_put_u64(nlh, BRGUARD_A_COUNT_AUDITED, 0);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, BRGUARD_A_STATS_COUNT);
	mnl_attr_put_u32(nlh, BRGUARD_A_COUNT_REASON, 31);
	mnl_attr_put_u64(nlh, BRGUARD_A_COUNT_DROPPED, 0);
	mnl_attr_put_u64(nlh, BRGUARD_A_COUNT_AUDITED, 1);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u64(nlh, BRGUARD_A_STATS_EVENTS, 1ull << 62);
	mnl_attr_put_u64(nlh, BRGUARD_A_STATS_SUPPRESSED, 1);
	queue_add(nlh);
}

static struct verdict stats(const struct nlmsghdr *request)
{
	const struct nlattr *port = find_attribute(request, BRGUARD_A_STATS_PORT);
	struct port key = { 0 };

	if (port)
		snprintf(key.name, sizeof(key.name), "%s", mnl_attr_get_str(port));
	if (port && !tfind(&key, &live[KIND_PORT], port_kind.compare))
		return (struct verdict){ -ENOENT, NULL, port, 0 };
	walk_port = port ? mnl_attr_get_str(port) : NULL;
	walk_request = request;
	if (ipc_command(request) == BRGUARD_CMD_STATS_GET)
		twalk(live[KIND_PORT], walk_stats);
	return (struct verdict){ 0 };
}

static void release_node(void *item)
{
	free_item(walk_kind, item);
}

static void forget(void **trees)
{
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		walk_kind = kinds[k];
		tdestroy(trees[k], release_node);
		trees[k] = NULL;
	}
}

static struct verdict config(const struct nlmsghdr *request)
{
	switch (ipc_command(request)) {
	case BRGUARD_CMD_CONFIG_BEGIN:
		transaction = true;
		return (struct verdict){ 0 };
	case BRGUARD_CMD_CONFIG_COMMIT:
		transaction = false;
		if (!spoilt && !find_attribute(request, BRGUARD_A_CONFIG_CHECK)) {
			forget(live);
			memcpy(live, draft, sizeof(live));
			memset(draft, 0, sizeof(draft));
		}
		return (struct verdict){ spoilt ? -ECANCELED : 0, NULL, NULL, 0 };
	default:
		return (struct verdict){ -EOPNOTSUPP, NULL, NULL, 0 };
	}
}

static void put_group(struct nlmsghdr *nlh, const char *name, uint32_t number)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, number);

	mnl_attr_put_strz(nlh, CTRL_ATTR_MCAST_GRP_NAME, name);
	mnl_attr_put_u32(nlh, CTRL_ATTR_MCAST_GRP_ID, number);
	mnl_attr_nest_end(nlh, nest);
}

static void answer_family(const struct nlmsghdr *request, const char *name, uint16_t number)
{
	struct nlmsghdr *nlh = queue_start(CTRL_CMD_NEWFAMILY, request->nlmsg_seq);
	struct nlattr *nest;

	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_MULTI;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, name);
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, number);
	nest = mnl_attr_nest_start(nlh, CTRL_ATTR_MCAST_GROUPS);
	put_group(nlh, BRGUARD_MCGRP_VIOLATION, 1);
	put_group(nlh, BRGUARD_MCGRP_WATCH, 2);
	put_group(nlh, BRGUARD_MCGRP_CONFIG, 3);
	mnl_attr_nest_end(nlh, nest);
	queue_add(nlh);
}

static void dump_families(const struct nlmsghdr *request)
{
	answer_family(request, "nlctrl", GENL_ID_CTRL);
	if (!queue_setting("ABSENT", 0))
		answer_family(request, BRGUARD_FAMILY_NAME, QUEUE_FAMILY);
	answer_family(request, "brguardian", QUEUE_FAMILY + 1);
	answer_done(request);
}

static struct verdict handle_object(unsigned int k, const struct nlmsghdr *nlh)
{
	void **trees = transaction ? draft : live;
	uint8_t cmd = ipc_command(nlh);

	if (cmd == kinds[k]->cmd_set)
		return set(k, nlh, trees);
	if (cmd == kinds[k]->cmd_del)
		return del(k, nlh, trees);
	return get(k, nlh);
}

static struct verdict handle(const struct nlmsghdr *nlh)
{
	uint8_t cmd = ipc_command(nlh);
	unsigned int k;

	if (!queue_setting("PERMIT", 1))
		return (struct verdict){ -EPERM, NULL, NULL, 0 };
	for (k = 0; k < KINDS; k++) {
		if (cmd == kinds[k]->cmd_get || cmd == kinds[k]->cmd_set ||
		    cmd == kinds[k]->cmd_del)
			return handle_object(k, nlh);
	}
	if (cmd == BRGUARD_CMD_STATS_GET || cmd == BRGUARD_CMD_STATS_RESET)
		return stats(nlh);
	return config(nlh);
}

static bool handle_dump(const struct nlmsghdr *nlh)
{
	uint8_t cmd = ipc_command(nlh);
	unsigned int k;

	if (nlh->nlmsg_type == GENL_ID_CTRL) {
		dump_families(nlh);
		return true;
	}
	if ((nlh->nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP || !queue_setting("PERMIT", 1))
		return false;
	for (k = 0; k < KINDS; k++) {
		if (cmd == kinds[k]->cmd_get)
			dump(k, nlh);
	}
	if (cmd == BRGUARD_CMD_STATS_GET) {
		stats(nlh);
		answer_done(nlh);
	}
	return true;
}

static void handle_message(const struct nlmsghdr *nlh)
{
	struct verdict verdict;

	if (handle_dump(nlh))
		return;
	verdict = handle(nlh);
	if (verdict.error && transaction)
		spoilt = true;
	if (verdict.error || nlh->nlmsg_flags & NLM_F_ACK)
		acknowledge(nlh, &verdict);
}

int socket_send(struct mnl_socket *socket, const void *data, size_t size)
{
	const struct nlmsghdr *nlh = data;
	int left = size;

	(void)socket;
	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
		handle_message(nlh);
	return left ? -EINVAL : 0;
}

static void load(void)
{
	FILE *file = fopen(getenv("STATE"), "r");
	struct nlmsghdr *nlh = (struct nlmsghdr *)buffer;
	unsigned int k;

	if (!file)
		return;
	while (fread(nlh, sizeof(*nlh), 1, file) == 1) {
		if (fread(nlh + 1, nlh->nlmsg_len - sizeof(*nlh), 1, file) != 1)
			break;
		for (k = 0; k < KINDS; k++) {
			if (ipc_command(nlh) == kinds[k]->cmd_set)
				set(k, nlh, live);
		}
	}
	fclose(file);
}

struct mnl_socket *socket_open(void)
{
	queue_init();
	load();
	return (struct mnl_socket *)buffer;
}

void socket_close(struct mnl_socket *socket)
{
	unsigned int k;

	(void)socket;
	walk_file = fopen(getenv("STATE"), "w");
	if (!walk_file)
		abort();
	for (k = 0; k < KINDS; k++) {
		walk_kind = kinds[k];
		twalk(live[k], walk_save);
	}
	fclose(walk_file);
	forget(live);
	forget(draft);
	queue_free();
}
