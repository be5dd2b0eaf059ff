// SPDX-License-Identifier: GPL-2.0-only
/* What would happen to a frame, and why: one line or one object of JSON each. */

#include <stdbool.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>

#include "print.h"
#include "value.h"
#include "verdict.h"
#include "words.h"

/**
 * struct verdict - a verdict, as enum brguard_a_verdict describes it
 * @reason: enum brguard_reason
 * @audited: audit mode lets it pass
 * @pruned: arp-scope keeps it back
 * @bound: there is a binding
 * @covered: there is a prefix
 * @mac: MAC of the binding
 * @vlan: its VLAN ID
 * @prefix: its prefix that covers the address of the frame
 */
struct verdict {
	uint32_t reason;
	bool audited;
	bool pruned;
	bool bound;
	bool covered;
	uint8_t mac[MAC_BYTES];
	uint16_t vlan;
	struct prefix prefix;
};

static void get_attribute(struct verdict *verdict, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case BRGUARD_A_VERDICT_REASON:
		verdict->reason = number_get(attr);
		break;
	case BRGUARD_A_VERDICT_AUDITED:
		verdict->audited = true;
		break;
	case BRGUARD_A_VERDICT_PRUNED:
		verdict->pruned = true;
		break;
	case BRGUARD_A_VERDICT_MAC:
		verdict->bound = true;
		mac_get(attr, verdict->mac);
		break;
	case BRGUARD_A_VERDICT_VLAN:
		verdict->vlan = number_get(attr);
		break;
	case BRGUARD_A_VERDICT_PREFIX:
		verdict->covered = true;
		prefix_get(attr, &verdict->prefix);
		break;
	}
}

/* In the grammar of "show" as far as the kernel names it. */
static void print_binding(const struct verdict *verdict, const char *port)
{
	print_object_open("binding");
	print_text("binding port");
	print_text_name(port);
	print_mac("mac", verdict->mac);
	if (verdict->vlan)
		print_number("vlan", verdict->vlan);
	if (verdict->covered) {
		print_list_open("ip");
		print_prefix("ip", &verdict->prefix);
		print_list_close();
	}
	print_object_close();
}

static void print(const struct verdict *verdict, unsigned long long number, const char *port)
{
	bool objection = verdict->reason != BRGUARD_REASON_PASS || verdict->pruned;
	const char *reason = words_name(&reason_words, verdict->reason);

	if (verdict->reason == BRGUARD_REASON_PASS && verdict->pruned)
		reason = "arp-scope";
	print_document_open();
	print_count("frame", number);
	print_only("verdict", objection && !verdict->audited ? "drop" : "pass");
	print_only("reason", reason);
	if (verdict->audited)
		print_flag("audited");
	if (verdict->bound)
		print_binding(verdict, port);
	print_document_close();
}

/**
 * verdict_print() - print what would happen to a frame
 * @nest: nest of enum brguard_a_verdict
 * @number: number of the frame
 * @port: the port it was held against
 */
void verdict_print(const struct nlattr *nest, unsigned long long number, const char *port)
{
	struct verdict verdict = { .reason = UINT32_MAX };
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
		get_attribute(&verdict, attr);
	print(&verdict, number, port);
}
