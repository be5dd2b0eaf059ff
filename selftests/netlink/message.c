// SPDX-License-Identifier: GPL-2.0
/*
 * Messages that are mostly what a family takes. Names and addresses come from
 * few, so that messages meet each other's objects.
 */
#include <linux/brguard.h>
#include <linux/genetlink.h>
#include <string.h>

#include "message.h"

#define DEPTH	3

/* Half of all requests: without them the others find nothing. */
static const uint8_t makers[] = {
	BRGUARD_CMD_BRIDGE_SET, BRGUARD_CMD_PORT_SET, BRGUARD_CMD_PORT_SET,
	BRGUARD_CMD_BINDING_ADD, BRGUARD_CMD_BINDING_ADD, BRGUARD_CMD_EXPLAIN,
};

static const char *const names[] = {
	"tap0", "br0", "tap1", "tap2", "tap3", "br1", "br2", "any", "tap*", "vnet[0-9]*",
	"", "a/b", "..", "x\n", "tap9",
};

#define NAMES (sizeof(names) / sizeof(names[0]))
#define GOOD_NAMES 6

static const uint8_t addresses[][16] = {
	{ 192, 0, 2, 1 }, { 192, 0, 2, 2 }, { 192, 0, 2, 0 }, { 10 }, { 224, 0, 0, 1 }, { 0 },
	{ 0x20, 1, 0xd, 0xb8, [15] = 1 }, { 0xfe, 0x80, [15] = 1 }, { 0xff, 2, [15] = 1 },
};

static const uint8_t macs[][6] = {
	{ 2, 0, 0, 0, 0, 1 }, { 2, 0, 0, 0, 0, 2 }, { 2, 0, 0, 0, 0, 3 }, { 2, 0, 0, 0, 0, 4 },
	{ 2, 0, 0, 0, 0, 5 }, { 2, 0, 0, 0, 0, 6 }, { 0 }, { 1, 0, 0x5e },
};

/* How long a prefix is, mostly. */
static const uint8_t lengths[] = { 24, 32, 32, 64, 128, 128 };

#define PICK(r, array) ((array)[random_below(r, sizeof(array) / sizeof((array)[0]))])

static struct nlattr *tail(struct nlmsghdr *nlh)
{
	return mnl_nlmsg_get_payload_tail(nlh);
}

static bool has_room(const struct nlmsghdr *nlh, size_t len)
{
	return nlh->nlmsg_len + len + 64 < MESSAGE_MAX;
}

static uint64_t make_number(const struct attribute *known, struct random *r)
{
	uint8_t length = PICK(r, lengths);

	switch (random_below(r, 256)) {
	case 0:
		return known->max + 1;
	case 1:
		return known->min - 1;
	case 2:
		return random_next(r);
	case 3 ... 18:
		return known->max;
	case 19 ... 34:
		return known->min;
	case 35 ... 200:
		if (known->max <= 0xff && length >= known->min && length <= known->max)
			return length;
	}
	return known->min + random_below(r, known->max - known->min < 0xffff ?
					    known->max - known->min + 1 : 0x10000);
}

static void put_number(struct nlmsghdr *nlh, const struct attribute *known, size_t size,
		       struct random *r)
{
	uint64_t value = make_number(known, r);

	if (random_once_in(r, 256))
		size = 1U << random_below(r, 4);
	mnl_attr_put(nlh, known->number, size, &value);
}

static void put_string(struct nlmsghdr *nlh, const struct attribute *known, struct random *r)
{
	char text[256];
	size_t len = random_below(r, sizeof(text));
	size_t choice = random_once_in(r, 8) ? NAMES : GOOD_NAMES;

	if (!random_once_in(r, 16)) {
		/* Most likely the first, that objects meet. */
		choice = 1 + random_below(r, choice);
		mnl_attr_put_strz(nlh, known->number, names[random_below(r, choice)]);
		return;
	}
	random_fill(r, text, len);
	mnl_attr_put(nlh, known->number, len, text);
}

/* A frame that begins like one, an IP address, or a MAC. */
static void put_binary(struct nlmsghdr *nlh, const struct attribute *known, struct random *r)
{
	uint8_t data[2048];
	size_t len = known->max_len < sizeof(data) ? known->max_len : random_below(r, 200);

	random_fill(r, data, sizeof(data));
	if (len == 6) {
		memcpy(data, PICK(r, macs), 6);
	} else if (len == 16) {
		memcpy(data, PICK(r, addresses), 16);
		len = random_below(r, 2) ? 4 : 16;
		if (!random_once_in(r, 4))
			data[len - 1] = random_below(r, 256);
	} else if (len > 14) {
		memcpy(data, PICK(r, macs), 6);
		memcpy(data + 6, PICK(r, macs), 6);
		data[12] = 8;
		data[13] = random_below(r, 8);
	}
	if (random_once_in(r, 32))
		len = random_below(r, len + 8);
	mnl_attr_put(nlh, known->number, len, data);
}

static void put_policy(struct nlmsghdr *nlh, const struct family *family, uint16_t index,
		       struct random *r, unsigned int depth);

static void put_nest(struct nlmsghdr *nlh, const struct family *family,
		     const struct attribute *known, struct random *r, unsigned int depth)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, known->number);

	if (random_once_in(r, 64))
		nest->nla_type &= ~NLA_F_NESTED;
	put_policy(nlh, family, known->nested, r, depth + 1);
	mnl_attr_nest_end(nlh, nest);
}

static void put_attribute(struct nlmsghdr *nlh, const struct family *family,
			  const struct attribute *known, struct random *r, unsigned int depth)
{
	struct nlattr *attr = tail(nlh);

	switch (known->type) {
	case NL_ATTR_TYPE_U8:
		put_number(nlh, known, 1, r);
		break;
	case NL_ATTR_TYPE_U16:
		put_number(nlh, known, 2, r);
		break;
	case NL_ATTR_TYPE_U32:
		put_number(nlh, known, 4, r);
		break;
	case NL_ATTR_TYPE_U64:
		put_number(nlh, known, 8, r);
		break;
	case NL_ATTR_TYPE_STRING:
	case NL_ATTR_TYPE_NUL_STRING:
		put_string(nlh, known, r);
		break;
	case NL_ATTR_TYPE_NESTED:
		put_nest(nlh, family, known, r, depth);
		break;
	case NL_ATTR_TYPE_FLAG:
		mnl_attr_put(nlh, known->number, random_once_in(r, 64), "");
		break;
	default:
		put_binary(nlh, known, r);
	}
	if (random_once_in(r, 512))
		attr->nla_type |= NLA_F_NET_BYTEORDER;
}

/* Mostly once; now and then as often as a list may grow, and beyond. */
static uint32_t make_repeats(const struct attribute *known, bool wanted, struct random *r)
{
	if (wanted ? random_once_in(r, 16) : !random_once_in(r, 3))
		return 0;
	if (random_once_in(r, known->type == NL_ATTR_TYPE_NESTED ? 4 : 16))
		return random_below(r, random_once_in(r, 16) ? 300 : 12);
	return 1;
}

/* The first few are those that most requests need, nests are where there is most to err. */
static bool is_wanted(const struct policy *policy, const struct attribute *known,
		      unsigned int depth)
{
	return known - policy->attribute < (depth ? 1 : 3) || known->type == NL_ATTR_TYPE_NESTED;
}

static void put_policy(struct nlmsghdr *nlh, const struct family *family, uint16_t index,
		       struct random *r, unsigned int depth)
{
	const struct policy *policy = &family->policy[index];
	bool all = random_once_in(r, 8), wanted;
	uint32_t first, i, n;

	if (index >= FAMILY_POLICIES || !policy->n || depth > DEPTH)
		return;
	first = random_once_in(r, 8) ? random_below(r, policy->n) : 0;
	for (i = 0; i < policy->n; i++) {
		const struct attribute *known =
			&policy->attribute[(first + i) % policy->n];

		wanted = all || is_wanted(policy, known, depth);
		for (n = make_repeats(known, wanted, r); n && has_room(nlh, 2100); n--)
			put_attribute(nlh, family, known, r, depth);
	}
	if (random_once_in(r, 64))
		mnl_attr_put_u32(nlh, random_below(r, 0x4000), random_next(r));
}

static void begin(struct message *m, void *buffer, const struct family *family,
		  const struct operation *op, struct random *r)
{
	struct genlmsghdr *genl;

	m->nlh = mnl_nlmsg_put_header(buffer);
	m->nlh->nlmsg_type = family->id;
	m->nlh->nlmsg_flags = NLM_F_REQUEST | (random_once_in(r, 16) ? 0 : NLM_F_ACK);
	if (op->can_dump && (!op->can_do || random_once_in(r, 4)))
		m->nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	genl = mnl_nlmsg_put_extra_header(m->nlh, sizeof(*genl));
	genl->cmd = op->command;
	genl->version = 1;
}

/* Bytes that no client would send. */
static void damage(struct message *m, struct random *r)
{
	uint8_t *bytes = (uint8_t *)m->nlh;
	uint32_t head = sizeof(struct nlmsghdr);

	m->whole = false;
	switch (random_below(r, 4)) {
	case 0:		/* the genl header or an attribute */
		bytes[head + random_below(r, m->nlh->nlmsg_len - head)] ^=
			1U << random_below(r, 8);
		break;
	case 1:
		bytes[head + random_below(r, m->nlh->nlmsg_len - head)] = random_next(r);
		break;
	case 2:
		m->nlh->nlmsg_len -= random_below(r, m->nlh->nlmsg_len - head);
		m->broken = true;
		break;
	default:
		random_fill(r, tail(m->nlh), 8);
		m->nlh->nlmsg_len += 1 + random_below(r, 8);
		m->broken = true;
	}
}

static const struct operation *choose(const struct family *family, struct random *r)
{
	uint8_t wanted = random_once_in(r, 2) ? PICK(r, makers) : 0;
	unsigned int i;

	for (i = 0; wanted && i < family->n_operations; i++)
		if (family->operation[i].command == wanted)
			return &family->operation[i];
	return &family->operation[random_below(r, family->n_operations)];
}

/**
 * message_make() - make a request
 * @m: gets it
 * @buffer: of MESSAGE_MAX bytes, where it goes
 * @family: whom it is for
 * @r: what decides
 */
void message_make(struct message *m, void *buffer, const struct family *family,
		  struct random *r)
{
	const struct operation *op = choose(family, r);

	m->whole = true;
	m->broken = false;
	begin(m, buffer, family, op, r);
	put_policy(m->nlh, family, op->policy, r, 0);
	if (random_once_in(r, 8))
		damage(m, r);
}
