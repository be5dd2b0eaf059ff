// SPDX-License-Identifier: GPL-2.0-only
/* The object "port". */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "bridge.h"
#include "object.h"
#include "port.h"
#include "print.h"
#include "value.h"

static const char *parse_name(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_NAME);
	return name_parse(value, port->name, sizeof(port->name));
}

/* "any" is the empty name on the wire. */
static const char *parse_bridge(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_BRIDGE);
	if (!strcmp(value, "any"))
		return NULL;
	return name_parse(value, port->bridge, sizeof(port->bridge));
}

static const char *parse_role(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_ROLE);
	return words_parse(&role_words, value, &port->role);
}

static const char *parse_mode(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_MODE);
	return words_parse(&mode_words, value, &port->mode);
}

static const char *parse_link_local(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_LINK_LOCAL);
	return words_parse(&link_local_words, value, &port->link_local);
}

static const char *parse_dhcp_server(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_DHCP_SERVER);
	return words_parse(&switch_words, value, &port->dhcp_server);
}

static const char *parse_router(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_ROUTER);
	return words_parse(&switch_words, value, &port->router);
}

static const char *parse_uplink_macs(void *item, const char *value)
{
	struct port *port = item;

	port->has |= HAS(BRGUARD_A_PORT_UPLINK_MACS);
	return words_parse(&uplink_macs_words, value, &port->uplink_macs);
}

static bool has_ethertype(const struct port *port, uint16_t ethertype)
{
	unsigned int i;

	for (i = 0; i < port->ethertypes; i++) {
		if (port->ethertype[i] == ethertype)
			return true;
	}
	return false;
}

static const char *parse_ethertype(void *item, const char *value)
{
	bool again, none = !strcmp(value, "none");
	struct port *port = item;
	uint16_t ethertype = 0;
	const char *why;

	why = none ? NULL : ethertype_parse(value, &ethertype);
	if (why)
		return why;

	again = port->has & HAS(BRGUARD_A_PORT_ETHERTYPE);
	if (again && (none || !port->ethertypes))
		return "none stands alone";
	if (has_ethertype(port, ethertype))
		return "given twice";
	if (port->ethertypes == BRGUARD_ETHERTYPES_MAX)
		return sentence("a port cannot have more than %u", BRGUARD_ETHERTYPES_MAX);

	port->has |= HAS(BRGUARD_A_PORT_ETHERTYPE);
	if (!none)
		port->ethertype[port->ethertypes++] = ethertype;
	return NULL;
}

static void text_bridge(const struct nlattr *attr, char *buffer, size_t size)
{
	name_get(attr, buffer, size);
	if (!*buffer)
		strcpy(buffer, "any");
}

static void text_ethertype(const struct nlattr *attr, char *buffer, size_t size)
{
	if (number_get(attr))
		snprintf(buffer, size, "0x%04x", (unsigned int)number_get(attr));
	else
		snprintf(buffer, size, "none");
}

static const struct keyword keywords[] = {
	{ "name", KEYWORD_WORD, BRGUARD_A_PORT_NAME, NULL, parse_name, grammar_text_name },
	{ "bridge", KEYWORD_WORD, BRGUARD_A_PORT_BRIDGE, NULL, parse_bridge, text_bridge },
	{ "role", KEYWORD_WORD, BRGUARD_A_PORT_ROLE, &role_words, parse_role, NULL },
	{ "mode", KEYWORD_WORD, BRGUARD_A_PORT_MODE, &mode_words, parse_mode, NULL },
	{ "link-local", KEYWORD_WORD, BRGUARD_A_PORT_LINK_LOCAL, &link_local_words,
	  parse_link_local, NULL },
	{ "dhcp-server", KEYWORD_SWITCH, BRGUARD_A_PORT_DHCP_SERVER, &switch_words,
	  parse_dhcp_server, NULL },
	{ "router", KEYWORD_SWITCH, BRGUARD_A_PORT_ROUTER, &switch_words, parse_router, NULL },
	{ "uplink-macs", KEYWORD_WORD, BRGUARD_A_PORT_UPLINK_MACS, &uplink_macs_words,
	  parse_uplink_macs, NULL },
	{ "ethertype", KEYWORD_LIST, BRGUARD_A_PORT_ETHERTYPE, NULL, parse_ethertype,
	  text_ethertype },
};

static const struct grammar grammar = {
	.object = "port",
	.named = true,
	.required = 1,
	.n = ARRAY_SIZE(keywords),
	.keyword = keywords,
};

static const struct grammar key_grammar = {
	.object = "port",
	.named = true,
	.required = 1,
	.n = 1,
	.keyword = keywords,
};

static void put_ethertypes(struct nlmsghdr *nlh, const struct port *port)
{
	unsigned int i;

	if (!port->ethertypes)
		mnl_attr_put_u16(nlh, BRGUARD_A_PORT_ETHERTYPE, 0);
	for (i = 0; i < port->ethertypes; i++)
		mnl_attr_put_u16(nlh, BRGUARD_A_PORT_ETHERTYPE, port->ethertype[i]);
}

static void put(struct nlmsghdr *nlh, const void *item)
{
	const struct port *port = item;

	if (port->has & HAS(BRGUARD_A_PORT_NAME))
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_NAME, port->name);
	if (port->has & HAS(BRGUARD_A_PORT_BRIDGE))
		mnl_attr_put_strz(nlh, BRGUARD_A_PORT_BRIDGE, port->bridge);
	if (port->has & HAS(BRGUARD_A_PORT_ROLE))
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_ROLE, port->role);
	if (port->has & HAS(BRGUARD_A_PORT_MODE))
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_MODE, port->mode);
	if (port->has & HAS(BRGUARD_A_PORT_LINK_LOCAL))
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_LINK_LOCAL, port->link_local);
	if (port->has & HAS(BRGUARD_A_PORT_DHCP_SERVER))
		mnl_attr_put_u8(nlh, BRGUARD_A_PORT_DHCP_SERVER, port->dhcp_server);
	if (port->has & HAS(BRGUARD_A_PORT_ROUTER))
		mnl_attr_put_u8(nlh, BRGUARD_A_PORT_ROUTER, port->router);
	if (port->has & HAS(BRGUARD_A_PORT_UPLINK_MACS))
		mnl_attr_put_u32(nlh, BRGUARD_A_PORT_UPLINK_MACS, port->uplink_macs);
	if (port->has & HAS(BRGUARD_A_PORT_ETHERTYPE))
		put_ethertypes(nlh, port);
}

static void get_ethertype(struct port *port, uint16_t ethertype)
{
	if (ethertype && port->ethertypes < BRGUARD_ETHERTYPES_MAX)
		port->ethertype[port->ethertypes++] = ethertype;
}

static void get_string(struct port *port, uint16_t type, const struct nlattr *attr)
{
	switch (type) {
	case BRGUARD_A_PORT_NAME:
		name_get(attr, port->name, sizeof(port->name));
		break;
	case BRGUARD_A_PORT_BRIDGE:
		name_get(attr, port->bridge, sizeof(port->bridge));
		break;
	case BRGUARD_A_PORT_DEVICE:
		name_get(attr, port->device, sizeof(port->device));
		break;
	case BRGUARD_A_PORT_MASTER:
		name_get(attr, port->master, sizeof(port->master));
		break;
	}
}

static void get_number(struct port *port, uint16_t type, uint32_t number)
{
	switch (type) {
	case BRGUARD_A_PORT_ROLE:
		port->role = number;
		break;
	case BRGUARD_A_PORT_MODE:
		port->mode = number;
		break;
	case BRGUARD_A_PORT_LINK_LOCAL:
		port->link_local = number;
		break;
	case BRGUARD_A_PORT_DHCP_SERVER:
		port->dhcp_server = number;
		break;
	case BRGUARD_A_PORT_ROUTER:
		port->router = number;
		break;
	case BRGUARD_A_PORT_UPLINK_MACS:
		port->uplink_macs = number;
		break;
	case BRGUARD_A_PORT_ETHERTYPE:
		get_ethertype(port, number);
		break;
	case BRGUARD_A_PORT_IFINDEX:
		port->ifindex = number;
		break;
	case BRGUARD_A_PORT_PROMISCUITY:
		port->promiscuity = number;
		break;
	case BRGUARD_A_PORT_UNREPORTED:
		port->unreported |= bridge_watch_bit(number);
		break;
	}
}

static int compare_ethertypes(const void *a, const void *b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

static void get_attribute(struct port *port, const struct nlattr *attr)
{
	uint16_t type = mnl_attr_get_type(attr);

	if (type <= BRGUARD_A_PORT_MAX)
		port->has |= HAS(type);
	get_string(port, type, attr);
	get_number(port, type, number_get(attr));
}

static void sort_ethertypes(struct port *port)
{
	qsort(port->ethertype, port->ethertypes, sizeof(port->ethertype[0]), compare_ethertypes);
}

static void get(const struct nlmsghdr *nlh, void *item)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		get_attribute(item, attr);
	sort_ethertypes(item);
}

/**
 * port_get_nested() - read a port from an attribute
 * @nest: nest of enum brguard_a_port
 * @port: result, zeroed
 */
void port_get_nested(const struct nlattr *nest, struct port *port)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
		get_attribute(port, attr);
	sort_ethertypes(port);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct port *)a)->name, ((const struct port *)b)->name);
}

static void print_ethertypes(const struct port *port)
{
	unsigned int i;

	if (!port->ethertypes)
		return;
	print_list_open("ethertype");
	for (i = 0; i < port->ethertypes; i++)
		print_ethertype("ethertype", port->ethertype[i]);
	print_list_close();
}

static void print(const void *item)
{
	const struct port *port = item;

	print_name("name", port->name);
	if (*port->bridge)
		print_string("bridge", port->bridge);
	if (port->has & HAS(BRGUARD_A_PORT_ROLE))
		print_word("role", words_name(&role_words, port->role));
	if (port->mode != BRGUARD_MODE_INHERIT)
		print_word("mode", words_name(&mode_words, port->mode));
	if (port->link_local != BRGUARD_LINK_LOCAL_EUI64)
		print_word("link-local", words_name(&link_local_words, port->link_local));
	if (port->dhcp_server)
		print_switch("dhcp-server", true);
	if (port->router)
		print_switch("router", true);
	if (port->uplink_macs)
		print_word("uplink-macs", words_name(&uplink_macs_words, port->uplink_macs));
	print_ethertypes(port);
}

static void print_runtime(const void *item)
{
	const struct port *port = item;

	if (*port->device)
		print_string("device", port->device);
	if (port->has & HAS(BRGUARD_A_PORT_IFINDEX))
		print_number("ifindex", port->ifindex);
	if (*port->master)
		print_string("master", port->master);
	if (port->has & HAS(BRGUARD_A_PORT_PROMISCUITY))
		print_number("promiscuity", port->promiscuity);
	bridge_print_watches("unreported", port->unreported);
}

const struct kind port_kind = {
	.object = "port",
	.command = "set",
	.plural = "ports",
	.grammar = &grammar,
	.key = &key_grammar,
	.size = sizeof(struct port),
	.cmd_get = BRGUARD_CMD_PORT_GET,
	.cmd_set = BRGUARD_CMD_PORT_SET,
	.cmd_del = BRGUARD_CMD_PORT_DEL,
	.cmd_ntf = BRGUARD_CMD_PORT_NTF,
	.cmd_del_ntf = BRGUARD_CMD_PORT_DEL_NTF,
	.put = put,
	.get = get,
	.compare = compare,
	.print = print,
	.print_runtime = print_runtime,
};

static int set(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&port_kind, BRGUARD_CMD_PORT_SET, &grammar, args);
}

static int del(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&port_kind, BRGUARD_CMD_PORT_DEL, &key_grammar, args);
}

static int show(const struct options *options, struct args *args)
{
	return object_show(&port_kind, options, args);
}

static const struct command commands[] = {
	{ "set", set,
	  "brguardctl port set NAME [bridge BRIDGE|any] [role guest|trusted]\n"
	  "        [mode enforce|audit|inherit] [link-local eui64|listed|any]\n"
	  "        [dhcp-server on|off] [router on|off] [uplink-macs any|bound]\n"
	  "        [ethertype 0xNNNN]... [ethertype none]\n",
	  "Creates the port NAME, which needs a role, or changes what is given. NAME is the\n"
	  "name of a device, one of its alternative names, its ifalias, or a template such as\n"
	  "tap*i*; the device may come, go and come back.\n"
	  "  bridge       the only bridge on which this holds; any, the default\n"
	  "  role         guest is checked in both directions, trusted is not\n"
	  "  mode         enforce, audit, or inherit, the default: as the bridge says\n"
	  "  link-local   IPv6 link-local addresses of the guest: eui64, the default, from its\n"
	  "               MAC addresses; listed, those of its bindings; or any\n"
	  "  dhcp-server  may it answer DHCP as a server or relay?\n"
	  "  router       may it send router advertisements, redirects, multicast queries?\n"
	  "  uplink-macs  of a trusted port: bound lets only frames leave whose source MAC is\n"
	  "               bound on the bridge or is the host's own; any, the default, all\n"
	  "  ethertype    allowed beside IPv4, ARP and IPv6; up to 8, they replace those there\n"
	  "               are; none clears them\n" },
	{ "del", del,
	  "brguardctl port del NAME\n",
	  "Forgets the port and its bindings.\n" },
	{ "show", show,
	  "brguardctl port show [NAME]\n",
	  "Prints all ports, or one. -d adds the device, -s the counters.\n" },
};

const struct object port_object = {
	.word = "port",
	.command = commands,
	.n = ARRAY_SIZE(commands),
	.fallback = "show",
};
