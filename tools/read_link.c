// SPDX-License-Identifier: GPL-2.0-only
/* Devices, from rtnetlink. */

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

static uint64_t nested_number(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *attr = dump_nested(nest, type);

	return attr ? number_get(attr) : 0;
}

static void get_bridge(struct link *link, const struct nlattr *data)
{
	struct link_bridge *bridge = &link->bridge;

	bridge->ageing = nested_number(data, IFLA_BR_AGEING_TIME);
	bridge->stp = nested_number(data, IFLA_BR_STP_STATE);
	bridge->group_forward = nested_number(data, IFLA_BR_GROUP_FWD_MASK);
	bridge->vlan_filtering = nested_number(data, IFLA_BR_VLAN_FILTERING);
	/* Absent where the kernel was built without it: nothing could be changed. */
	bridge->snooping = !dump_nested(data, IFLA_BR_MCAST_SNOOPING) ||
			   nested_number(data, IFLA_BR_MCAST_SNOOPING);
	bridge->call_iptables = nested_number(data, IFLA_BR_NF_CALL_IPTABLES);
	bridge->call_ip6tables = nested_number(data, IFLA_BR_NF_CALL_IP6TABLES);
}

static void get_port(struct link *link, const struct nlattr *data)
{
	struct link_port *port = &link->port;

	port->flood = nested_number(data, IFLA_BRPORT_UNICAST_FLOOD);
	port->hairpin = nested_number(data, IFLA_BRPORT_MODE);
	port->bpdu_guard = nested_number(data, IFLA_BRPORT_GUARD);
	port->root_block = nested_number(data, IFLA_BRPORT_PROTECT);
	port->group_forward = nested_number(data, IFLA_BRPORT_GROUP_FWD_MASK);
}

static void get_data(struct link *link, const struct nlattr *data)
{
	if (link_is_bridge(link))
		get_bridge(link, data);
	else if (link_is(link, "tun"))
		link->tap = nested_number(data, IFLA_TUN_TYPE) == IFF_TAP;
	else if (link_is(link, "vrf"))
		link->vrf_table = nested_number(data, IFLA_VRF_TABLE);
	else if (link_is(link, "macvlan") || link_is(link, "macvtap"))
		link->passthru =
			nested_number(data, IFLA_MACVLAN_MODE) == MACVLAN_MODE_PASSTHRU &&
			!(nested_number(data, IFLA_MACVLAN_FLAGS) & MACVLAN_FLAG_NOPROMISC);
}

static void get_info(struct link *link, const struct nlattr *info)
{
	const struct nlattr *kind = dump_nested(info, IFLA_INFO_KIND);
	const struct nlattr *slave = dump_nested(info, IFLA_INFO_SLAVE_KIND);
	char name[IFNAMSIZ] = "";

	if (kind)
		name_get(kind, link->kind, sizeof(link->kind));
	if (slave)
		name_get(slave, name, sizeof(name));
	get_data(link, dump_nested(info, IFLA_INFO_DATA));
	if (!strcmp(name, "bridge"))
		get_port(link, dump_nested(info, IFLA_INFO_SLAVE_DATA));
}

/* An array of the settings of /proc/sys/net/ipvX/conf/DEVICE, from index 0. */
static uint32_t array_number(const struct nlattr *attr, unsigned int i)
{
	const uint32_t *number;

	if (!attr || mnl_attr_get_payload_len(attr) < (i + 1) * sizeof(*number))
		return 0;
	number = mnl_attr_get_payload(attr);
	return number[i];
}

static void get_conf(struct link *link, const struct nlattr *spec)
{
	const struct nlattr *a;

	a = dump_nested(dump_nested(spec, AF_INET), IFLA_INET_CONF);
	link->ip4.forwarding = array_number(a, IPV4_DEVCONF_FORWARDING - 1);
	link->ip4.proxy = array_number(a, IPV4_DEVCONF_PROXY_ARP - 1);
	link->ip4.pvlan = array_number(a, IPV4_DEVCONF_PROXY_ARP_PVLAN - 1);
	link->ip4.rp_filter = array_number(a, IPV4_DEVCONF_RP_FILTER - 1);

	a = dump_nested(dump_nested(spec, AF_INET6), IFLA_INET6_CONF);
	link->ip6.forwarding = array_number(a, DEVCONF_FORWARDING);
	link->ip6.proxy = array_number(a, DEVCONF_PROXY_NDP);
}

static void get_alias(struct link *link, const struct nlattr *attr)
{
	char name[IFALIASZ];

	name_get(attr, name, sizeof(name));
	if (*name)
		link_alias(link, name);
}

static void get_attribute(struct link *link, const struct nlattr *attr)
{
	const struct nlattr *name;

	switch (mnl_attr_get_type(attr)) {
	case IFLA_IFNAME:
		name_get(attr, link->name, sizeof(link->name));
		break;
	case IFLA_ADDRESS:
		mac_get(attr, link->mac);
		break;
	case IFLA_MASTER:
		link->master = number_get(attr);
		break;
	case IFLA_LINK:
		link->lower = number_get(attr);
		break;
	case IFLA_LINK_NETNSID:
		link->far = true;
		break;
	case IFLA_PROMISCUITY:
		link->promiscuity = number_get(attr);
		break;
	case IFLA_IFALIAS:
		get_alias(link, attr);
		break;
	case IFLA_PROP_LIST:
		mnl_attr_for_each_nested(name, attr)
			get_alias(link, name);
		break;
	case IFLA_LINKINFO:
		get_info(link, attr);
		break;
	case IFLA_AF_SPEC:
		get_conf(link, attr);
		break;
	}
}

static void collect_link(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct link *link;

	if (nlh->nlmsg_type != RTM_NEWLINK || mnl_nlmsg_get_payload_len(nlh) < sizeof(*info))
		return;
	link = list_add(data);
	link->index = info->ifi_index;
	link->flags = info->ifi_flags;
	mnl_attr_for_each(attr, nlh, sizeof(*info))
		get_attribute(link, attr);
}

static uint16_t find_pvid(const struct nlattr *spec)
{
	const struct bridge_vlan_info *vlan;
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, spec) {
		if (mnl_attr_get_type(attr) != IFLA_BRIDGE_VLAN_INFO ||
		    mnl_attr_get_payload_len(attr) < sizeof(*vlan))
			continue;
		vlan = mnl_attr_get_payload(attr);
		if (vlan->flags & BRIDGE_VLAN_INFO_PVID)
			return vlan->vid;
	}
	return 0;
}

/* The answers of AF_BRIDGE, which know VLANs. */
static void add_pvid(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *spec;
	struct link *link;

	if (nlh->nlmsg_type != RTM_NEWLINK || mnl_nlmsg_get_payload_len(nlh) < sizeof(*info))
		return;
	link = host_link(data, info->ifi_index);
	spec = dump_attribute(nlh, sizeof(*info), IFLA_AF_SPEC);
	if (link && spec)
		link->port.pvid = find_pvid(spec);
}

static struct nlmsghdr *link_request(void *buffer, uint8_t family, uint32_t filter)
{
	struct nlmsghdr *nlh = dump_request(buffer, RTM_GETLINK, sizeof(struct ifinfomsg));

	((struct ifinfomsg *)mnl_nlmsg_get_payload(nlh))->ifi_family = family;
	mnl_attr_put_u32(nlh, IFLA_EXT_MASK, filter);
	return nlh;
}

static int compare(const void *a, const void *b)
{
	int x = ((const struct link *)a)->index, y = ((const struct link *)b)->index;

	return (x > y) - (x < y);
}

/**
 * read_links() - read all devices
 * @host: gets them
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_links(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh;
	int err;

	nlh = link_request(buffer, AF_UNSPEC, RTEXT_FILTER_SKIP_STATS);
	err = dump(NETLINK_ROUTE, nlh, collect_link, &host->links, &host->links);
	if (err)
		return read_failed("devices", err);
	if (host->links.n)
		qsort(host->links.items, host->links.n, host->links.size, compare);

	nlh = link_request(buffer, AF_BRIDGE, RTEXT_FILTER_BRVLAN_COMPRESSED);
	err = dump(NETLINK_ROUTE, nlh, add_pvid, host, NULL);
	if (err && err != -EOPNOTSUPP)
		return read_failed("VLANs of bridge ports", err);
	return EXIT_DONE;
}
