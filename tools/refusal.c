// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's extended ACK, turned back into the user's words: the offset of
 * the bad attribute is looked up in the request, and its type in the grammar.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "grammar.h"
#include "ipc.h"
#include "kind.h"
#include "quote.h"
#include "refusal.h"
#include "value.h"

/**
 * struct refusal - what an extended ACK says
 * @error: negative errno
 * @sentence: the kernel's words, empty if there are none
 * @offset: bytes from the start of the request to the bad attribute, or 0
 * @missing: type of the attribute that is missing, or 0
 * @nest: offset of the nest in which it is missing, or 0
 */
struct refusal {
	int error;
	char sentence[256];
	uint32_t offset;
	uint16_t missing;
	uint32_t nest;
};

/**
 * refusal_error() - the errno of an answer
 * @nlh: NLMSG_ERROR or NLMSG_DONE; both start with an int
 *
 * Return: 0 or a negative errno.
 */
int refusal_error(const struct nlmsghdr *nlh)
{
	int error = 0;

	if (mnl_nlmsg_get_payload_len(nlh) >= sizeof(error))
		memcpy(&error, mnl_nlmsg_get_payload(nlh), sizeof(error));
	return error < 0 ? error : 0;
}

/* Where the attributes start: behind the errno, and the request if it is repeated. */
static size_t tlv_start(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);

	if (nlh->nlmsg_type == NLMSG_DONE)
		return sizeof(int);
	if (nlh->nlmsg_flags & NLM_F_CAPPED || mnl_nlmsg_get_payload_len(nlh) < sizeof(*err))
		return sizeof(*err);
	return sizeof(int) + MNL_ALIGN(err->msg.nlmsg_len);
}

static void tlv_read(const struct nlattr *attr, struct refusal *refusal)
{
	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		name_get(attr, refusal->sentence, sizeof(refusal->sentence));
		break;
	case NLMSGERR_ATTR_OFFS:
		refusal->offset = number_get(attr);
		break;
	case NLMSGERR_ATTR_MISS_TYPE:
		refusal->missing = number_get(attr);
		break;
	case NLMSGERR_ATTR_MISS_NEST:
		refusal->nest = number_get(attr);
		break;
	}
}

static void refusal_read(const struct nlmsghdr *nlh, struct refusal *refusal)
{
	const struct nlattr *attr;
	size_t start;

	memset(refusal, 0, sizeof(*refusal));
	refusal->error = refusal_error(nlh);
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	start = tlv_start(nlh);
	if (start > mnl_nlmsg_get_payload_len(nlh))
		return;
	mnl_attr_for_each(attr, nlh, start)
		tlv_read(attr, refusal);
}

/* The outermost attribute that the offset points to or into. */
static const struct nlattr *attribute_at(const struct nlmsghdr *request, uint32_t offset)
{
	const char *at = (const char *)request + offset;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr)) {
		if (at >= (const char *)attr && at < (const char *)attr + attr->nla_len)
			return attr;
	}
	return NULL;
}

static const struct nlattr *first_attribute(const struct nlmsghdr *request)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr))
		return attr;
	return NULL;
}

/* The user's words that the refusal is about, or NULL. */
static const char *culprit(const struct refusal *refusal, const struct nlmsghdr *request,
			   const struct grammar *grammar)
{
	const struct nlattr *attr = NULL;

	if (refusal->offset)
		attr = attribute_at(request, refusal->offset);
	else if (refusal->missing && refusal->nest)
		attr = attribute_at(request, refusal->nest);
	if (!attr)
		attr = first_attribute(request);
	return attr ? grammar_describe(grammar, mnl_attr_get_type(attr), attr) : NULL;
}

static const char *own_words(int error)
{
	switch (-error) {
	case EPERM:
		return "not permitted, it needs CAP_NET_ADMIN in the initial user namespace";
	case ENOENT:
		return "there is no such object";
	case EEXIST:
		return "exists already";
	default:
		return strerror(-error);
	}
}

static void report_missing(const struct where *at, const struct refusal *refusal,
			   const struct grammar *grammar, const char *why)
{
	const char *word = grammar_describe(grammar, refusal->missing, NULL);

	report_at(at, "%s is missing: %s", word ? word : "an attribute", why);
}

static void report_refusal(const struct where *at, const struct nlmsghdr *request,
			   const struct refusal *refusal)
{
	const struct grammar *grammar = kind_grammar(ipc_command(request));
	const char *word, *why;

	why = refusal->sentence[0] ? refusal->sentence : own_words(refusal->error);
	if (!grammar) {
		report_at(at, "%s", why);
	} else if (refusal->missing && !refusal->nest) {
		report_missing(at, refusal, grammar, why);
	} else {
		word = culprit(refusal, request, grammar);
		report_at(at, "%s%s%s", word ? word : "", word ? ": " : "", why);
	}
}

/**
 * refusal_report() - say in the user's words what the kernel refused
 * @at: where the user wrote it, or NULL
 * @request: what was refused
 * @nlh: the answer, NLMSG_ERROR or NLMSG_DONE with an errno
 */
void refusal_report(const struct where *at, const struct nlmsghdr *request,
		    const struct nlmsghdr *nlh)
{
	struct refusal refusal;

	refusal_read(nlh, &refusal);
	report_refusal(at, request, &refusal);
}

/**
 * refusal_report_at() - the same of a request that is part of what was refused
 * @at: where the user wrote it
 * @request: the part, as a request of its own
 * @nlh: the answer
 * @offset: offset in @request of the attribute that it is about, or 0
 */
void refusal_report_at(const struct where *at, const struct nlmsghdr *request,
		       const struct nlmsghdr *nlh, uint32_t offset)
{
	struct refusal refusal;

	refusal_read(nlh, &refusal);
	refusal.offset = offset;
	report_refusal(at, request, &refusal);
}

/**
 * refusal_offset() - where in the request the refusal points to
 * @nlh: the answer
 *
 * Return: bytes from the start of the request, or 0.
 */
uint32_t refusal_offset(const struct nlmsghdr *nlh)
{
	struct refusal refusal;

	refusal_read(nlh, &refusal);
	return refusal.offset;
}
