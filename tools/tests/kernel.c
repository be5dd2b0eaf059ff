// SPDX-License-Identifier: GPL-2.0-only
/*
 * A small stand-in for the module, behind socket.h: enough of the protocol of
 * linux/brguard.h to run every command of brguardctl without a kernel module.
 * It keeps its configuration in the file $STATE from one run to the next.
 *
 *   ABSENT=1     there is no family brguard
 *   PERMIT=0     every request is refused with -EPERM
 *   INTERRUPT=N  the first N dumps are interrupted by a change
 *   CHANGE=N     behind the first N readings of all, who listens hears of a change
 *   UNLOAD=1     the module goes when the events have come
 *   ROOM=N       answers that the receive queue holds, the others are lost
 *   QUESTIONS=N  requests that it explains frames for, the next one is refused
 *   ANSWERS=N    frames of a request that it has an answer for
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
#include "judge.h"
#include "port.h"
#include "queue.h"
#include "socket.h"
#include "stats.h"
#include "store.h"
#include "wishes.h"

static bool transaction, spoilt;
static char buffer[1 << 17];

static void acknowledge(const struct nlmsghdr *request, const struct outcome *outcome)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct nlmsgerr *err = mnl_nlmsg_put_extra_header(nlh, sizeof(*err));

	nlh->nlmsg_type = NLMSG_ERROR;
	nlh->nlmsg_seq = request->nlmsg_seq;
	err->error = outcome->error;
	err->msg = *request;
	if (!outcome->error) {
		nlh->nlmsg_flags = NLM_F_CAPPED;
		queue_add(nlh);
		return;
	}
	mnl_nlmsg_put_extra_header(nlh, request->nlmsg_len - sizeof(*request));
	memcpy(&err->msg, request, request->nlmsg_len);
	nlh->nlmsg_flags = NLM_F_ACK_TLVS;
	if (outcome->sentence)
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, outcome->sentence);
	if (outcome->bad)
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS,
				 (const char *)outcome->bad - (const char *)request);
	if (outcome->missing)
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_MISS_TYPE, outcome->missing);
	queue_add(nlh);
}

static const struct kind *walk_kind;
static const struct nlmsghdr *walk_request;
static const char *walk_port;
static uint16_t walk_flags;

static void put_runtime(struct nlmsghdr *nlh, const void *item)
{
	const struct port *port = item;

	if (walk_kind == &bridge_kind) {
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_IFINDEX, 6);
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_PROMISCUITY, 2);
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_UNREPORTED, BRGUARD_WATCH_STP);
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_UNREPORTED, 99);
	} else if (walk_kind == &port_kind && port->role == BRGUARD_ROLE_GUEST) {
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_DEVICE, "vnet 7");
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_IFINDEX, 7);
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_MASTER, "br0");
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_PROMISCUITY, 1);
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_UNREPORTED, BRGUARD_WATCH_LOCKED);
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_UNREPORTED, BRGUARD_WATCH_GUARD);
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

static struct outcome get(unsigned int k, const struct nlmsghdr *request)
{
	const void *found = store_find(k, request);

	walk_kind = kinds[k];
	walk_request = request;
	walk_flags = 0;
	if (found)
		answer_item(found);
	return (struct outcome){ found ? 0 : -ENOENT, NULL, NULL, 0 };
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

static struct outcome stats(const struct nlmsghdr *request)
{
	const struct nlattr *port = find_attribute(request, BRGUARD_A_STATS_PORT);

	if (port && !store_port(mnl_attr_get_str(port)))
		return (struct outcome){ -ENOENT, NULL, port, 0 };
	walk_port = port ? mnl_attr_get_str(port) : NULL;
	walk_request = request;
	if (ipc_command(request) == BRGUARD_CMD_STATS_GET)
		twalk(live[KIND_PORT], walk_stats);
	return (struct outcome){ 0 };
}

static bool suggest(const struct nlmsghdr *request)
{
	const struct nlattr *port = find_attribute(request, BRGUARD_A_SUGGEST_PORT);
	const struct outcome unknown = { -ENOENT, NULL, port, 0 };
	static unsigned int dumps;

	if (port && !store_port(mnl_attr_get_str(port))) {
		acknowledge(request, &unknown);
		return true;
	}
	wishes_answer(request, port ? mnl_attr_get_str(port) : NULL, NLM_F_MULTI |
		      (dumps++ < queue_setting("INTERRUPT", 0) ? NLM_F_DUMP_INTR : 0));
	answer_done(request);
	return true;
}

static struct outcome config(const struct nlmsghdr *request)
{
	switch (ipc_command(request)) {
	case BRGUARD_CMD_CONFIG_BEGIN:
		transaction = true;
		return (struct outcome){ 0 };
	case BRGUARD_CMD_CONFIG_COMMIT:
		transaction = false;
		if (!spoilt && !find_attribute(request, BRGUARD_A_CONFIG_CHECK)) {
			store_forget(live);
			memcpy(live, draft, sizeof(live));
			memset(draft, 0, sizeof(draft));
		}
		return (struct outcome){ spoilt ? -ECANCELED : 0, NULL, NULL, 0 };
	default:
		return (struct outcome){ -EOPNOTSUPP, NULL, NULL, 0 };
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

static struct outcome handle_object(unsigned int k, const struct nlmsghdr *nlh)
{
	void **trees = transaction ? draft : live;
	uint8_t cmd = ipc_command(nlh);

	if (cmd == kinds[k]->cmd_set)
		return store_set(k, nlh, trees);
	if (cmd == kinds[k]->cmd_del)
		return store_del(k, nlh, trees);
	return get(k, nlh);
}

static struct outcome handle(const struct nlmsghdr *nlh)
{
	uint8_t cmd = ipc_command(nlh);
	unsigned int k;

	if (!queue_setting("PERMIT", 1))
		return (struct outcome){ -EPERM, NULL, NULL, 0 };
	for (k = 0; k < KINDS; k++) {
		if (cmd == kinds[k]->cmd_get || cmd == kinds[k]->cmd_set ||
		    cmd == kinds[k]->cmd_del)
			return handle_object(k, nlh);
	}
	if (cmd == BRGUARD_CMD_STATS_GET || cmd == BRGUARD_CMD_STATS_RESET)
		return stats(nlh);
	return cmd == BRGUARD_CMD_EXPLAIN ? judge_explain(nlh) : config(nlh);
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
	if (cmd == BRGUARD_CMD_SUGGEST)
		return suggest(nlh);
	if (cmd == BRGUARD_CMD_STATS_GET) {
		stats(nlh);
		answer_done(nlh);
	}
	return true;
}

static void handle_message(const struct nlmsghdr *nlh)
{
	struct outcome outcome;

	if (handle_dump(nlh))
		return;
	outcome = handle(nlh);
	if (outcome.error && transaction)
		spoilt = true;
	if (outcome.error || nlh->nlmsg_flags & NLM_F_ACK)
		acknowledge(nlh, &outcome);
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

/* The first is the one that has a queue; another one listens to changes. */
struct mnl_socket *socket_open(void)
{
	static bool open;

	if (open)
		return QUEUE_LISTENER;
	open = true;
	queue_init();
	store_load();
	return (struct mnl_socket *)buffer;
}

/* cppcheck-suppress constParameter */
void socket_close(struct mnl_socket *socket)
{
	if (socket == QUEUE_LISTENER)
		return;
	store_save();
	store_forget(live);
	store_forget(draft);
	queue_free();
}
