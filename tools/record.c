// SPDX-License-Identifier: GPL-2.0-only
/* Bindings in the packed form of struct brguard_record. */

#include <stddef.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "binding.h"
#include "record.h"

/**
 * record_fits() - can a binding be packed?
 * @binding: the binding
 *
 * Return: whether it has at most one prefix of a family, IPv4 first.
 */
bool record_fits(const struct binding *binding)
{
	if (binding->prefixes < 2)
		return true;
	return binding->prefixes == 2 && binding->prefix[0].bytes < binding->prefix[1].bytes;
}

static void pack_prefix(struct brguard_record *record, const struct prefix *prefix)
{
	if (prefix->bytes == 4) {
		record->flags |= BRGUARD_RECORD_IP4;
		record->len4 = prefix->length;
		memcpy(record->ip4, prefix->address, sizeof(record->ip4));
	} else {
		record->flags |= BRGUARD_RECORD_IP6;
		record->len6 = prefix->length;
		memcpy(record->ip6, prefix->address, sizeof(record->ip6));
	}
}

/**
 * record_pack() - pack a binding
 * @record: result
 * @binding: the binding, which fits
 */
void record_pack(struct brguard_record *record, const struct binding *binding)
{
	unsigned int i;

	memset(record, 0, sizeof(*record));
	memcpy(record->mac, binding->mac, sizeof(record->mac));
	record->vlan = binding->vlan;
	if (binding->has & HAS(BRGUARD_A_BINDING_SHARED))
		record->flags = BRGUARD_RECORD_SHARED;
	for (i = 0; i < binding->prefixes; i++)
		pack_prefix(record, &binding->prefix[i]);
}

static const struct nlattr *find_prefix(const struct nlmsghdr *request, unsigned int bytes)
{
	const struct nlattr *attr;
	struct prefix prefix;

	mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != BRGUARD_A_BINDING_PREFIX)
			continue;
		prefix_get(attr, &prefix);
		if (prefix.bytes == bytes)
			return attr;
	}
	return NULL;
}

static const struct nlattr *find_type(const struct nlmsghdr *request, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}

/**
 * record_attribute() - what a field of a record is when it is not packed
 * @request: the request for the same binding alone
 * @field: offset in the record
 *
 * Return: an attribute of @request, or NULL if the binding does not have it.
 */
const struct nlattr *record_attribute(const struct nlmsghdr *request, uint32_t field)
{
	switch (field) {
	case offsetof(struct brguard_record, mac):
		return find_type(request, BRGUARD_A_BINDING_MAC);
	case offsetof(struct brguard_record, vlan):
		return find_type(request, BRGUARD_A_BINDING_VLAN);
	case offsetof(struct brguard_record, flags):
		return find_type(request, BRGUARD_A_BINDING_SHARED);
	case offsetof(struct brguard_record, len4):
	case offsetof(struct brguard_record, ip4):
		return find_prefix(request, 4);
	case offsetof(struct brguard_record, len6):
	case offsetof(struct brguard_record, ip6):
		return find_prefix(request, 16);
	default:
		return NULL;
	}
}
