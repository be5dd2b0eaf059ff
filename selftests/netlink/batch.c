// SPDX-License-Identifier: GPL-2.0
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"

#define ATTRIBUTES	256
#define DEPTH		4

static struct nlmsghdr *message(struct batch *b, unsigned int i)
{
	return (struct nlmsghdr *)(b->bytes + b->at[i]);
}

/* Of a second dump beside an unfinished one the core says no more than EBUSY. */
static bool is_to_be_explained(const struct message *m)
{
	return m->whole && !(m->nlh->nlmsg_flags & NLM_F_DUMP);
}

static void append(struct batch *b, const struct family *family, struct random *r)
{
	struct message m;

	message_make(&m, b->bytes + b->at[b->n], family, r);
	m.nlh->nlmsg_seq = is_to_be_explained(&m);
	b->at[b->n + 1] = b->at[b->n] + MNL_ALIGN(m.nlh->nlmsg_len);
	b->closed = m.broken;
	b->n++;
}

static void append_some(struct batch *b, unsigned int wanted, const struct family *family,
			struct random *r)
{
	while (wanted-- && b->n < BATCH && !b->closed)
		append(b, family, r);
}

/**
 * batch_make() - make new requests
 * @b: gets them
 * @family: whom they are for
 * @r: what decides
 */
void batch_make(struct batch *b, const struct family *family, struct random *r)
{
	b->n = 0;
	b->closed = false;
	b->at[0] = 0;
	append_some(b, 1 + random_below(r, BATCH), family, r);
}

/* All attributes from @attr to @end, those in nests, too. */
static unsigned int list(struct nlattr *attr, const char *end, struct nlattr **found,
			 unsigned int n, unsigned int depth)
{
	for (; n < ATTRIBUTES && mnl_attr_ok(attr, end - (char *)attr);
	     attr = mnl_attr_next(attr)) {
		found[n++] = attr;
		if (attr->nla_type & NLA_F_NESTED && depth < DEPTH)
			n = list(mnl_attr_get_payload(attr),
				 (char *)attr + attr->nla_len, found, n, depth + 1);
	}
	return n;
}

static unsigned int list_of_message(struct nlmsghdr *nlh, struct nlattr **found)
{
	return list(mnl_nlmsg_get_payload_offset(nlh, sizeof(struct genlmsghdr)),
		    mnl_nlmsg_get_payload_tail(nlh), found, 0, 0);
}

static void vary_payload(struct nlattr *attr, const struct nlattr *other, struct random *r)
{
	uint8_t *payload = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);

	if (!len)
		return;
	switch (random_below(r, 4)) {
	case 0:
		payload[random_below(r, len)] ^= 1U << random_below(r, 8);
		break;
	case 1:
		payload[random_below(r, len)] = random_next(r);
		break;
	case 2:		/* the next number */
		payload[0] += random_once_in(r, 2) ? 1 : -1;
		break;
	default:
		if (mnl_attr_get_payload_len(other) == len)
			memmove(payload, mnl_attr_get_payload(other), len);
	}
}

/* One or two attributes of a request. */
static void vary_message(struct nlmsghdr *nlh, struct random *r)
{
	struct nlattr *found[ATTRIBUTES];
	unsigned int times = 1 + random_below(r, 2);
	unsigned int n;

	while (times--) {
		n = list_of_message(nlh, found);
		if (!n)
			break;
		if (random_once_in(r, 16))
			found[random_below(r, n)]->nla_type = random_below(r, 24);
		else
			vary_payload(found[random_below(r, n)],
				     found[random_below(r, n)], r);
	}
	nlh->nlmsg_seq = 0;
}

/**
 * batch_vary() - change some of the requests
 * @b: the first of them stay, one may be changed, others follow
 * @family: whom they are for
 * @r: what decides
 */
void batch_vary(struct batch *b, const struct family *family, struct random *r)
{
	unsigned int n = 1 + random_below(r, b->n);

	if (n < b->n) {
		b->n = n;
		b->closed = false;
	}
	/* What lies about its length cannot be looked through. */
	if (b->closed)
		return;
	if (!random_once_in(r, 4))
		vary_message(message(b, random_below(r, b->n)), r);
	append_some(b, random_below(r, 4), family, r);
}

/**
 * batch_number() - give the requests numbers
 * @b: whose; bit 0 stays
 * @seq: the last one given
 */
void batch_number(struct batch *b, unsigned int *seq)
{
	unsigned int i;

	for (i = 0; i < b->n; i++) {
		*seq += 2;
		message(b, i)->nlmsg_seq = *seq | (message(b, i)->nlmsg_seq & 1);
	}
}

/**
 * batch_copy() - a copy that takes no more room than it needs
 * @b: of what
 *
 * Return: it, to be freed, or NULL.
 */
struct batch *batch_copy(const struct batch *b)
{
	size_t size = offsetof(struct batch, bytes) + b->at[b->n];
	struct batch *copy = malloc(size);

	if (copy)
		memcpy(copy, b, size);
	return copy;
}

/**
 * batch_restore() - what batch_copy() has kept
 * @b: gets it
 * @copy: of it
 */
void batch_restore(struct batch *b, const struct batch *copy)
{
	memcpy(b, copy, offsetof(struct batch, bytes) + copy->at[copy->n]);
}
