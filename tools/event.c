// SPDX-License-Identifier: GPL-2.0-only
/* Events of the module, one line or one object of JSON each. */

#include <stdbool.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "event.h"
#include "ipc.h"
#include "kind.h"
#include "object.h"
#include "print.h"
#include "value.h"

#define ATTRIBUTES 32

/* The attributes of an event by their type, NULL those it does not have. */
static void index_attributes(const struct nlmsghdr *nlh, const struct nlattr *by_type[ATTRIBUTES])
{
	const struct nlattr *attr;

	memset(by_type, 0, ATTRIBUTES * sizeof(*by_type));
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) < ATTRIBUTES)
			by_type[mnl_attr_get_type(attr)] = attr;
	}
}

static void string_item(const char *key, const struct nlattr *attr)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];

	if (!attr)
		return;
	name_get(attr, name, sizeof(name));
	print_string(key, name);
}

static void number_item(const char *key, const struct nlattr *attr)
{
	if (attr)
		print_number(key, number_get(attr));
}

static void word_item(const char *key, const struct words *words, const struct nlattr *attr)
{
	if (attr)
		print_only(key, words_name(words, number_get(attr)));
}

static void mac_item(const char *key, const struct nlattr *attr)
{
	uint8_t mac[MAC_BYTES];

	if (!attr)
		return;
	mac_get(attr, mac);
	print_mac(key, mac);
}

static void flag_item(const char *key, const struct nlattr *attr)
{
	if (attr)
		print_flag(key);
}

static void ip_item(const char *key, const struct nlattr *attr)
{
	struct prefix prefix;

	if (!attr)
		return;
	prefix.bytes = address_get(attr, prefix.address);
	prefix.length = 8 * prefix.bytes;
	print_prefix(key, &prefix);
}

static void print_violation(const struct nlmsghdr *nlh)
{
	const struct nlattr *a[ATTRIBUTES];

	index_attributes(nlh, a);
	string_item("port", a[BRGUARD_A_VIOLATION_PORT]);
	string_item("device", a[BRGUARD_A_VIOLATION_DEVICE]);
	string_item("bridge", a[BRGUARD_A_VIOLATION_BRIDGE]);
	word_item("direction", &direction_words, a[BRGUARD_A_VIOLATION_DIRECTION]);
	if (a[BRGUARD_A_VIOLATION_REASON])
		print_only("verdict", a[BRGUARD_A_VIOLATION_AUDITED] ? "pass" : "drop");
	word_item("reason", &reason_words, a[BRGUARD_A_VIOLATION_REASON]);
	string_item("owner", a[BRGUARD_A_VIOLATION_OWNER]);
	mac_item("src-mac", a[BRGUARD_A_VIOLATION_SRC_MAC]);
	mac_item("dst-mac", a[BRGUARD_A_VIOLATION_DST_MAC]);
	ip_item("src-ip", a[BRGUARD_A_VIOLATION_SRC_IP]);
	ip_item("dst-ip", a[BRGUARD_A_VIOLATION_DST_IP]);
	number_item("vlan", a[BRGUARD_A_VIOLATION_VLAN]);
	if (a[BRGUARD_A_VIOLATION_ETHERTYPE])
		print_ethertype("ethertype", number_get(a[BRGUARD_A_VIOLATION_ETHERTYPE]));
	if (a[BRGUARD_A_VIOLATION_SUPPRESSED] && number_get(a[BRGUARD_A_VIOLATION_SUPPRESSED]))
		number_item("suppressed", a[BRGUARD_A_VIOLATION_SUPPRESSED]);
}

static void print_samples(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;

	print_list_open("sample");
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == BRGUARD_A_ANSWERS_SAMPLE)
			ip_item("sample", attr);
	}
	print_list_close();
}

static void print_answers(const struct nlmsghdr *nlh)
{
	const struct nlattr *a[ATTRIBUTES];

	index_attributes(nlh, a);
	string_item("port", a[BRGUARD_A_ANSWERS_PORT]);
	string_item("device", a[BRGUARD_A_ANSWERS_DEVICE]);
	string_item("bridge", a[BRGUARD_A_ANSWERS_BRIDGE]);
	word_item("direction", &direction_words, a[BRGUARD_A_ANSWERS_DIRECTION]);
	mac_item("mac", a[BRGUARD_A_ANSWERS_MAC]);
	number_item("claims", a[BRGUARD_A_ANSWERS_CLAIMS]);
	number_item("distinct", a[BRGUARD_A_ANSWERS_DISTINCT]);
	number_item("dropped", a[BRGUARD_A_ANSWERS_DROPPED]);
	number_item("milliseconds", a[BRGUARD_A_ANSWERS_TIME]);
	if (a[BRGUARD_A_ANSWERS_SAMPLE])
		print_samples(nlh);
}

static void print_watch(const struct nlmsghdr *nlh)
{
	const struct nlattr *a[ATTRIBUTES];

	index_attributes(nlh, a);
	word_item("what", &watch_words, a[BRGUARD_A_WATCH_WHAT]);
	string_item("bridge", a[BRGUARD_A_WATCH_BRIDGE]);
	string_item("device", a[BRGUARD_A_WATCH_DEVICE]);
	number_item("ifindex", a[BRGUARD_A_WATCH_IFINDEX]);
	number_item("old", a[BRGUARD_A_WATCH_OLD]);
	number_item("new", a[BRGUARD_A_WATCH_NEW]);
	number_item("pid", a[BRGUARD_A_WATCH_PID]);
	string_item("comm", a[BRGUARD_A_WATCH_COMM]);
	number_item("uid", a[BRGUARD_A_WATCH_UID]);
	number_item("netns", a[BRGUARD_A_WATCH_NETNS]);
	if (a[BRGUARD_A_WATCH_COUNT] && number_get(a[BRGUARD_A_WATCH_COUNT]) > 1)
		number_item("count", a[BRGUARD_A_WATCH_COUNT]);
	mac_item("mac", a[BRGUARD_A_WATCH_MAC]);
	number_item("vlan", a[BRGUARD_A_WATCH_VLAN]);
	flag_item("several", a[BRGUARD_A_WATCH_SEVERAL]);
	flag_item("held", a[BRGUARD_A_WATCH_HELD]);
	flag_item("low", a[BRGUARD_A_WATCH_LOW]);
}

/* The command that would do what was done, or the object that is gone. */
static void print_object(const struct nlmsghdr *nlh, const struct kind *kind)
{
	bool deleted = ipc_command(nlh) == kind->cmd_del_ntf;
	struct list list;
	void *item;

	list_init(&list, kind->size, kind->release);
	item = list_add(&list);
	kind->get(nlh, item);

	print_json("action", deleted ? "deleted" : "set");
	print_object_open(kind->object);
	if (deleted) {
		print_text("deleted");
		print_text(kind->object);
		kind->print(item);
	} else {
		object_print(kind, item);
	}
	print_object_close();
	list_free(&list);
}

static void print_config(const struct nlmsghdr *nlh)
{
	const struct nlattr *a[ATTRIBUTES];

	index_attributes(nlh, a);
	print_text("config");
	print_only("action", "replaced");
	number_item("generation", a[BRGUARD_A_CONFIG_GENERATION]);
}

static void print_open(const char *event)
{
	print_document_open();
	print_json("event", event);
}

static void print_close(void)
{
	print_document_close();
	print_flush();
}

static bool print_kind(const struct nlmsghdr *nlh)
{
	uint8_t cmd = ipc_command(nlh);
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		if (cmd != kinds[i]->cmd_ntf && cmd != kinds[i]->cmd_del_ntf)
			continue;
		print_open("config");
		print_object(nlh, kinds[i]);
		print_close();
		return true;
	}
	return false;
}

/**
 * event_print() - print an event and flush it
 * @nlh: message of one of the groups
 */
void event_print(const struct nlmsghdr *nlh)
{
	if (print_kind(nlh))
		return;
	switch (ipc_command(nlh)) {
	case BRGUARD_CMD_CONFIG_NTF:
		print_open("config");
		print_config(nlh);
		print_close();
		break;
	case BRGUARD_CMD_VIOLATION_NTF:
		print_open("violation");
		print_text("violation");
		print_violation(nlh);
		print_close();
		break;
	case BRGUARD_CMD_ANSWERS_NTF:
		print_open("answers-for-all");
		print_text("answers-for-all");
		print_answers(nlh);
		print_close();
		break;
	case BRGUARD_CMD_WATCH_NTF:
		print_open("watch");
		print_text("watch");
		print_watch(nlh);
		print_close();
		break;
	}
}

/**
 * event_print_lost() - print that events came faster than they were read
 */
void event_print_lost(void)
{
	print_open("lost");
	print_text("lost events");
	print_close();
}
