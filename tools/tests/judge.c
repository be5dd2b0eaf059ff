// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the stand-in kernel makes of frames: source and destination MAC, VLAN,
 * ARP's sender and target, IPv4 length, source and destination. All of it is
 * computed from the frame and the bindings, but it is far from being all that
 * the module looks at. The device "vnet 7" is that of the first guest port, and
 * each port is on the bridge br0.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <search.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "binding.h"
#include "bridge.h"
#include "judge.h"
#include "port.h"
#include "queue.h"
#include "value.h"

/**
 * struct frame - a frame as it was asked about
 * @data: its bytes, as far as they were sent
 * @sent: how many that are
 * @length: bytes of the whole frame
 * @vlan: VLAN ID of its tag, or 0
 * @type: EtherType behind the tag
 * @body: what follows the EtherType
 */
struct frame {
	const uint8_t *data;
	size_t sent;
	size_t length;
	uint16_t vlan;
	uint16_t type;
	size_t body;
};

/**
 * struct judgement - what becomes of a frame
 * @reason: enum brguard_reason
 * @pruned: kept back by arp-scope
 * @binding: the binding it was held against, or NULL
 * @prefix: its prefix that covers the address, or NULL
 */
struct judgement {
	uint32_t reason;
	bool pruned;
	const struct binding *binding;
	const struct prefix *prefix;
};

static const struct port *found_port;
static const struct prefix *found_prefix;
static const char *walk_name;
static uint8_t walk_ip[4];

static void walk_guest(const void *node, VISIT visit, int depth)
{
	const struct port *port = *(void *const *)node;

	(void)depth;
	if ((visit == postorder || visit == leaf) && !found_port &&
	    port->role == BRGUARD_ROLE_GUEST)
		found_port = port;
}

static const struct port *find_port(const char *name)
{
	found_port = store_port(name);
	if (!found_port && !strcmp(name, "vnet 7"))
		twalk(live[KIND_PORT], walk_guest);
	return found_port;
}

static const struct binding *find_binding(const struct port *port, const uint8_t *mac,
					  uint16_t vlan)
{
	struct binding key = { .port = port->name, .vlan = vlan };
	void **found;

	memcpy(key.mac, mac, MAC_BYTES);
	found = tfind(&key, &live[KIND_BINDING], binding_kind.compare);
	return found ? *found : NULL;
}

static const struct bridge *find_bridge(void)
{
	struct bridge key = { .name = "br0" };
	void **found = tfind(&key, &live[KIND_BRIDGE], bridge_kind.compare);

	return found ? *found : NULL;
}

static bool covers(const struct prefix *prefix, const uint8_t ip[4])
{
	unsigned int i;

	for (i = 0; i < prefix->length; i++) {
		if ((prefix->address[i / 8] ^ ip[i / 8]) & 0x80 >> i % 8)
			return false;
	}
	return prefix->bytes == 4;
}

static const struct prefix *find_prefix(const struct binding *binding, const uint8_t ip[4])
{
	unsigned int i;

	for (i = 0; i < binding->prefixes; i++) {
		if (covers(&binding->prefix[i], ip))
			return &binding->prefix[i];
	}
	return NULL;
}

static void walk_elsewhere(const void *node, VISIT visit, int depth)
{
	const struct binding *binding = *(void *const *)node;

	(void)depth;
	if ((visit == postorder || visit == leaf) && strcmp(binding->port, walk_name) &&
	    !found_prefix)
		found_prefix = find_prefix(binding, walk_ip);
}

static bool bound_elsewhere(const struct port *port, const uint8_t ip[4])
{
	walk_name = port->name;
	memcpy(walk_ip, ip, 4);
	found_prefix = NULL;
	twalk(live[KIND_BINDING], walk_elsewhere);
	return found_prefix;
}

static uint16_t get16(const struct frame *frame, size_t at)
{
	return frame->data[at] << 8 | frame->data[at + 1];
}

/* The bytes @at of the body, or NULL if they are not all there. */
static const uint8_t *body(const struct frame *frame, size_t at, size_t n)
{
	at += frame->body;
	return at + n <= frame->sent ? frame->data + at : NULL;
}

static bool parse(struct frame *frame)
{
	static const uint8_t zero[MAC_BYTES];

	frame->body = 14;
	if (frame->sent < 14 || frame->data[6] & 1 || !memcmp(frame->data + 6, zero, MAC_BYTES))
		return false;
	frame->type = get16(frame, 12);
	if (frame->type != 0x8100)
		return true;
	frame->body = 18;
	if (frame->sent < 18)
		return false;
	frame->vlan = get16(frame, 14) & 0xfff;
	frame->type = get16(frame, 16);
	return true;
}

/* Is the IPv4 packet as long as it says, or is there padding behind it? */
static bool has_length(const struct frame *frame)
{
	size_t length = frame->length ? frame->length : frame->sent;

	return body(frame, 2, 2) && frame->body + get16(frame, frame->body + 2) <= length;
}

/* Holds an address of the frame against the binding. */
static void check_ip(struct judgement *judgement, const uint8_t *ip, uint32_t reason)
{
	if (!ip)
		judgement->reason = BRGUARD_REASON_MALFORMED;
	else
		judgement->prefix = find_prefix(judgement->binding, ip);
	if (ip && !judgement->prefix)
		judgement->reason = reason;
}

static struct judgement judge_in(const struct port *port, const struct frame *frame)
{
	struct judgement judgement = { 0 };

	judgement.binding = find_binding(port, frame->data + 6, frame->vlan);
	if (!judgement.binding)
		judgement.reason = BRGUARD_REASON_SRC_MAC;
	else if (frame->type == 0x0806)
		check_ip(&judgement, body(frame, 14, 4), BRGUARD_REASON_ARP);
	else if (frame->type == 0x0800 && !has_length(frame))
		judgement.reason = BRGUARD_REASON_MALFORMED;
	else if (frame->type == 0x0800)
		check_ip(&judgement, body(frame, 12, 4), BRGUARD_REASON_SRC_IP);
	else if (frame->type != 0x86dd)
		judgement.reason = BRGUARD_REASON_ETHERTYPE;
	return judgement;
}

static struct judgement judge_out(const struct port *port, const struct frame *frame)
{
	const struct bridge *bridge = find_bridge();
	struct judgement judgement = { 0 };
	const uint8_t *target;

	if (frame->data[0] & 1) {
		target = frame->type == 0x0806 ? body(frame, 24, 4) : NULL;
		judgement.pruned = target && bridge &&
				   bridge->arp_scope == BRGUARD_ARP_SCOPE_OWNER &&
				   bound_elsewhere(port, target);
		return judgement;
	}
	judgement.binding = find_binding(port, frame->data, frame->vlan);
	if (!judgement.binding)
		judgement.reason = BRGUARD_REASON_FLOOD;
	else if (frame->type == 0x0800)
		check_ip(&judgement, body(frame, 16, 4), BRGUARD_REASON_DST_IP);
	return judgement;
}

static bool is_audited(const struct port *port)
{
	const struct bridge *bridge = find_bridge();

	if (port->mode != BRGUARD_MODE_INHERIT)
		return port->mode == BRGUARD_MODE_AUDIT;
	return bridge && bridge->mode == BRGUARD_MODE_AUDIT;
}

static void put_judgement(struct nlmsghdr *nlh, const struct judgement *judgement, bool audited)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, BRGUARD_A_EXPLAIN_VERDICT);

	mnl_attr_put_u32(nlh, BRGUARD_A_VERDICT_REASON, judgement->reason);
	if (judgement->reason && audited)
		mnl_attr_put(nlh, BRGUARD_A_VERDICT_AUDITED, 0, NULL);
	if (judgement->pruned && !audited)
		mnl_attr_put(nlh, BRGUARD_A_VERDICT_PRUNED, 0, NULL);
	if (judgement->binding) {
		mnl_attr_put(nlh, BRGUARD_A_VERDICT_MAC, MAC_BYTES, judgement->binding->mac);
		mnl_attr_put_u16(nlh, BRGUARD_A_VERDICT_VLAN, judgement->binding->vlan);
	}
	if (judgement->prefix)
		prefix_put(nlh, BRGUARD_A_VERDICT_PREFIX, judgement->prefix);
	mnl_attr_nest_end(nlh, nest);
}

static void judge(struct nlmsghdr *nlh, const struct port *port, struct frame *frame,
		  uint32_t direction)
{
	struct judgement judgement = { .reason = BRGUARD_REASON_MALFORMED };

	if (port->role == BRGUARD_ROLE_TRUSTED)
		judgement.reason = BRGUARD_REASON_PASS;
	else if (parse(frame))
		judgement = direction == BRGUARD_DIRECTION_IN ? judge_in(port, frame) :
								judge_out(port, frame);
	put_judgement(nlh, &judgement, is_audited(port));
}

static bool read_frame(const struct nlattr *nest, struct frame *frame)
{
	const struct nlattr *attr;

	memset(frame, 0, sizeof(*frame));
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == BRGUARD_A_FRAME_LENGTH) {
			frame->length = number_get(attr);
			continue;
		}
		frame->data = mnl_attr_get_payload(attr);
		frame->sent = mnl_attr_get_payload_len(attr);
	}
	if (frame->length && (frame->length <= frame->sent || frame->length > BRGUARD_FRAME_MAX))
		return false;
	return frame->sent && frame->sent <= BRGUARD_FRAME_DATA_MAX;
}

static struct outcome judge_frames(const struct nlmsghdr *request, const struct port *port,
				   uint32_t direction)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_EXPLAIN, request->nlmsg_seq);
	unsigned int answers = queue_setting("ANSWERS", BRGUARD_FRAMES_MAX), n = 0;
	const struct nlattr *attr;
	struct frame frame;

	mnl_attr_put_strz(nlh, BRGUARD_A_EXPLAIN_PORT, port->name);
	mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != BRGUARD_A_EXPLAIN_FRAME)
			continue;
		if (!read_frame(attr, &frame))
			return (struct outcome){ -ERANGE, "bad frame", attr, 0 };
		if (++n > BRGUARD_FRAMES_MAX)
			return (struct outcome){ -E2BIG, "too many frames", attr, 0 };
		if (n <= answers)
			judge(nlh, port, &frame, direction);
	}
	if (!n)
		return (struct outcome){ -EINVAL, NULL, NULL, BRGUARD_A_EXPLAIN_FRAME };
	queue_add(nlh);
	return (struct outcome){ 0 };
}

/**
 * judge_explain() - do a request that wants frames explained
 * @request: the request
 *
 * Return: what becomes of it.
 */
struct outcome judge_explain(const struct nlmsghdr *request)
{
	const struct nlattr *name = find_attribute(request, BRGUARD_A_EXPLAIN_PORT);
	const struct nlattr *direction = find_attribute(request, BRGUARD_A_EXPLAIN_DIRECTION);
	static unsigned int questions;
	const struct port *port;

	if (questions++ == queue_setting("QUESTIONS", ~0u))
		return (struct outcome){ -ENOMEM, NULL, NULL, 0 };
	if (!name || !direction)
		return (struct outcome){ -EINVAL, NULL, NULL, BRGUARD_A_EXPLAIN_PORT };
	port = find_port(mnl_attr_get_str(name));
	if (!port)
		return (struct outcome){ -ENOENT, "no such port", name, 0 };
	return judge_frames(request, port, number_get(direction));
}
