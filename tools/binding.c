// SPDX-License-Identifier: GPL-2.0-only
/* The object "binding". */

#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "binding.h"
#include "intern.h"
#include "object.h"
#include "print.h"
#include "value.h"

static const char *parse_port(void *item, const char *value)
{
	char name[BRGUARD_PORT_NAME_MAX + 1] = "";
	struct binding *binding = item;
	const char *why;

	binding->has |= HAS(BRGUARD_A_BINDING_PORT);
	why = name_parse(value, name, sizeof(name));
	binding->port = intern(name);
	return why;
}

static const char *parse_mac(void *item, const char *value)
{
	struct binding *binding = item;

	binding->has |= HAS(BRGUARD_A_BINDING_MAC);
	return mac_parse(value, binding->mac);
}

static const char *parse_vlan(void *item, const char *value)
{
	struct binding *binding = item;
	unsigned int vlan = 0;
	const char *why;

	binding->has |= HAS(BRGUARD_A_BINDING_VLAN);
	why = number_parse(value, 0, BRGUARD_VLAN_MAX, &vlan);
	binding->vlan = vlan;
	return why;
}

/**
 * binding_add_prefix() - make room for a prefix
 * @binding: the binding
 *
 * The array doubles from 2 on: most bindings have one prefix of each family.
 *
 * Return: the room, valid until the next one is made.
 */
struct prefix *binding_add_prefix(struct binding *binding)
{
	unsigned int n = binding->prefixes++;

	if (n != 1 && !(n & (n - 1)))
		binding->prefix = xrealloc(binding->prefix, n ? 2 * n : 2,
					   sizeof(*binding->prefix));
	return &binding->prefix[n];
}

static const char *parse_ip(void *item, const char *value)
{
	struct binding *binding = item;
	struct prefix prefix;
	const char *why;
	unsigned int i;

	binding->has |= HAS(BRGUARD_A_BINDING_PREFIX);
	why = prefix_parse(value, &prefix);
	if (why)
		return why;
	for (i = 0; i < binding->prefixes; i++) {
		if (!prefix_compare(&prefix, &binding->prefix[i]))
			return "given twice";
	}
	if (binding->prefixes == BRGUARD_PREFIXES_MAX)
		return sentence("a binding cannot have more than %u", BRGUARD_PREFIXES_MAX);
	*binding_add_prefix(binding) = prefix;
	return NULL;
}

static const char *parse_shared(void *item, const char *value)
{
	struct binding *binding = item;

	(void)value;
	binding->has |= HAS(BRGUARD_A_BINDING_SHARED);
	return NULL;
}

static void text_mac(const struct nlattr *attr, char *buffer, size_t size)
{
	uint8_t mac[MAC_BYTES];

	mac_get(attr, mac);
	if (size >= MAC_TEXT)
		mac_text(mac, buffer);
}

static void text_ip(const struct nlattr *attr, char *buffer, size_t size)
{
	struct prefix prefix;

	prefix_get(attr, &prefix);
	if (size >= PREFIX_TEXT)
		prefix_text(&prefix, buffer);
}

static const struct keyword keywords[] = {
	{ "port", KEYWORD_WORD, BRGUARD_A_BINDING_PORT, NULL, parse_port, grammar_text_name },
	{ "mac", KEYWORD_WORD, BRGUARD_A_BINDING_MAC, NULL, parse_mac, text_mac },
	{ "vlan", KEYWORD_NUMBER, BRGUARD_A_BINDING_VLAN, NULL, parse_vlan, NULL },
	{ "ip", KEYWORD_LIST, BRGUARD_A_BINDING_PREFIX, NULL, parse_ip, text_ip },
	{ "shared", KEYWORD_FLAG, BRGUARD_A_BINDING_SHARED, NULL, parse_shared, NULL },
};

static const struct grammar grammar = {
	.object = "binding",
	.required = 2,
	.n = 5,
	.keyword = keywords,
};

static const struct grammar del_grammar = {
	.object = "binding",
	.required = 2,
	.n = 4,
	.keyword = keywords,
};

static const struct grammar key_grammar = {
	.object = "binding",
	.required = 1,
	.n = 1,
	.keyword = keywords,
};

static void put(struct nlmsghdr *nlh, const void *item)
{
	const struct binding *binding = item;
	unsigned int i;

	if (binding->has & HAS(BRGUARD_A_BINDING_PORT))
		mnl_attr_put_strz(nlh, BRGUARD_A_BINDING_PORT, binding->port);
	if (binding->has & HAS(BRGUARD_A_BINDING_MAC))
		mnl_attr_put(nlh, BRGUARD_A_BINDING_MAC, MAC_BYTES, binding->mac);
	if (binding->has & HAS(BRGUARD_A_BINDING_VLAN))
		mnl_attr_put_u16(nlh, BRGUARD_A_BINDING_VLAN, binding->vlan);
	if (binding->has & HAS(BRGUARD_A_BINDING_SHARED))
		mnl_attr_put(nlh, BRGUARD_A_BINDING_SHARED, 0, NULL);
	for (i = 0; i < binding->prefixes; i++)
		prefix_put(nlh, BRGUARD_A_BINDING_PREFIX, &binding->prefix[i]);
}

static void get_attribute(struct binding *binding, uint16_t type, const struct nlattr *attr)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];

	switch (type) {
	case BRGUARD_A_BINDING_PORT:
		name_get(attr, name, sizeof(name));
		binding->port = intern(name);
		break;
	case BRGUARD_A_BINDING_MAC:
		mac_get(attr, binding->mac);
		break;
	case BRGUARD_A_BINDING_VLAN:
		binding->vlan = number_get(attr);
		break;
	case BRGUARD_A_BINDING_PREFIX:
		prefix_get(attr, binding_add_prefix(binding));
		break;
	}
}

static int compare_prefixes(const void *a, const void *b)
{
	return prefix_compare(a, b);
}

static void get(const struct nlmsghdr *nlh, void *item)
{
	struct binding *binding = item;
	const struct nlattr *attr;
	uint16_t type;

	binding->port = "";
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		type = mnl_attr_get_type(attr);
		if (type <= BRGUARD_A_BINDING_MAX)
			binding->has |= HAS(type);
		get_attribute(binding, type, attr);
	}
	if (binding->prefixes)
		qsort(binding->prefix, binding->prefixes, sizeof(*binding->prefix),
		      compare_prefixes);
}

static int compare(const void *a, const void *b)
{
	const struct binding *x = a, *y = b;
	int order = strcmp(x->port, y->port);

	if (!order)
		order = x->vlan - y->vlan;
	return order ? order : memcmp(x->mac, y->mac, MAC_BYTES);
}

static void print_prefixes(const struct binding *binding)
{
	unsigned int i;

	if (!binding->prefixes)
		return;
	print_list_open("ip");
	for (i = 0; i < binding->prefixes; i++)
		print_prefix("ip", &binding->prefix[i]);
	print_list_close();
}

static void print(const void *item)
{
	const struct binding *binding = item;

	print_string("port", binding->port);
	print_mac("mac", binding->mac);
	if (binding->vlan)
		print_number("vlan", binding->vlan);
	print_prefixes(binding);
	if (binding->has & HAS(BRGUARD_A_BINDING_SHARED))
		print_flag("shared");
}

/**
 * binding_release() - free what a binding owns
 * @item: the binding
 */
void binding_release(void *item)
{
	struct binding *binding = item;

	free(binding->prefix);
}

const struct kind binding_kind = {
	.object = "binding",
	.command = "add",
	.plural = "bindings",
	.grammar = &grammar,
	.key = &key_grammar,
	.size = sizeof(struct binding),
	.cmd_get = BRGUARD_CMD_BINDING_GET,
	.cmd_set = BRGUARD_CMD_BINDING_ADD,
	.cmd_del = BRGUARD_CMD_BINDING_DEL,
	.cmd_ntf = BRGUARD_CMD_BINDING_NTF,
	.cmd_del_ntf = BRGUARD_CMD_BINDING_DEL_NTF,
	.put = put,
	.get = get,
	.compare = compare,
	.print = print,
	.release = binding_release,
};

static int add(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&binding_kind, BRGUARD_CMD_BINDING_ADD, &grammar, args);
}

static int del(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&binding_kind, BRGUARD_CMD_BINDING_DEL, &del_grammar, args);
}

static int show(const struct options *options, struct args *args)
{
	return object_show(&binding_kind, options, args);
}

static const struct command commands[] = {
	{ "add", add,
	  "brguardctl binding add port PORT mac MAC [vlan N] [ip ADDRESS[/LENGTH]]... [shared]\n",
	  "Binds a MAC address and IP prefixes to a port, or adds prefixes to a binding.\n"
	  "  port    a configured port\n"
	  "  mac     address of one host\n"
	  "  vlan    VLAN ID of the tag on the frames of this port; 0, the default: untagged\n"
	  "  ip      IPv4 or IPv6 address or prefix, up to 256; none: no address but those\n"
	  "          that IPv6 makes by itself\n"
	  "  shared  other ports may have a shared binding of the same addresses (VRRP)\n" },
	{ "del", del,
	  "brguardctl binding del port PORT mac MAC [vlan N] [ip ADDRESS[/LENGTH]]...\n",
	  "Removes the prefixes given from a binding, or the whole binding if none is given.\n" },
	{ "show", show,
	  "brguardctl binding show [port PORT]\n",
	  "Prints all bindings, or those of a port.\n" },
};

const struct object binding_object = {
	.word = "binding",
	.command = commands,
	.n = ARRAY_SIZE(commands),
	.fallback = "show",
};
