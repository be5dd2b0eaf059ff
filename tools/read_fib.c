// SPDX-License-Identifier: GPL-2.0-only
/* Policy routing, from rtnetlink. */

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

static void get_prefix(const struct nlattr *attr, struct prefix *prefix)
{
	prefix->bytes = address_get(attr, prefix->address);
}

/* What a rule asks for that neither an ARP request nor a solicitation has. */
static bool is_out_of_reach(const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case FRA_FWMARK:
		return number_get(attr);
	case FRA_OIFNAME:
	case FRA_TUN_ID:
	case FRA_IP_PROTO:
	case FRA_SPORT_RANGE:
	case FRA_DPORT_RANGE:
	case FRA_UID_RANGE:
		return true;
	default:
		return false;
	}
}

static void get_rule_attribute(struct rule *rule, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case FRA_PRIORITY:
		rule->priority = number_get(attr);
		break;
	case FRA_TABLE:
		rule->table = number_get(attr);
		break;
	case FRA_GOTO:
		rule->target = number_get(attr);
		break;
	case FRA_IIFNAME:
		name_get(attr, rule->iif, sizeof(rule->iif));
		break;
	case FRA_SRC:
		get_prefix(attr, &rule->src);
		break;
	case FRA_DST:
		get_prefix(attr, &rule->dst);
		break;
	case FRA_SUPPRESS_PREFIXLEN:
		rule->suppress = (int)number_get(attr);
		break;
	case FRA_L3MDEV:
		rule->l3mdev = number_get(attr);
		break;
	}
	rule->never |= is_out_of_reach(attr);
}

static void collect_rule(const struct nlmsghdr *nlh, void *data)
{
	const struct fib_rule_hdr *frh = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct rule *rule;

	if (nlh->nlmsg_type != RTM_NEWRULE || mnl_nlmsg_get_payload_len(nlh) < sizeof(*frh))
		return;
	rule = list_add(data);
	rule->action = frh->action;
	rule->table = frh->table;
	rule->invert = frh->flags & FIB_RULE_INVERT;
	rule->never = frh->tos;
	rule->suppress = -1;
	mnl_attr_for_each(attr, nlh, sizeof(*frh))
		get_rule_attribute(rule, attr);
	rule->src.length = frh->src_len;
	rule->dst.length = frh->dst_len;
}

static void get_route_attribute(struct route *route, const struct nlattr *attr)
{
	const struct rtnexthop *hop;

	switch (mnl_attr_get_type(attr)) {
	case RTA_TABLE:
		route->table = number_get(attr);
		break;
	case RTA_DST:
		get_prefix(attr, &route->prefix);
		break;
	case RTA_OIF:
		route->device = number_get(attr);
		break;
	case RTA_MULTIPATH:
		hop = mnl_attr_get_payload(attr);
		if (mnl_attr_get_payload_len(attr) < sizeof(*hop))
			break;
		route->device = hop->rtnh_ifindex;
		route->several = mnl_attr_get_payload_len(attr) > RTNH_ALIGN(hop->rtnh_len);
		break;
	}
}

static bool is_wanted(const struct rtmsg *rtm)
{
	if (rtm->rtm_flags & (RTM_F_CLONED | RTNH_F_DEAD))
		return false;
	return !rtm->rtm_tos && rtm->rtm_type != RTN_BROADCAST && rtm->rtm_type != RTN_MULTICAST;
}

static void collect_route(const struct nlmsghdr *nlh, void *data)
{
	const struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct route *route;

	if (nlh->nlmsg_type != RTM_NEWROUTE || mnl_nlmsg_get_payload_len(nlh) < sizeof(*rtm))
		return;
	if (!is_wanted(rtm))
		return;
	route = list_add(data);
	route->table = rtm->rtm_table;
	route->type = rtm->rtm_type;
	mnl_attr_for_each(attr, nlh, sizeof(*rtm))
		get_route_attribute(route, attr);
	route->prefix.length = rtm->rtm_dst_len;
}

static int read_list(uint16_t type, int family, dump_fn receive, struct list *list)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, type, sizeof(struct rtmsg));

	/* struct fib_rule_hdr is laid out like this one. */
	((struct rtmsg *)mnl_nlmsg_get_payload(nlh))->rtm_family = family;
	return dump(NETLINK_ROUTE, nlh, receive, list, list);
}

/**
 * read_fib() - read the routing of an address family
 * @fib: gets it; the kernel sends rules in their order
 * @family: AF_INET or AF_INET6
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_fib(struct fib *fib, int family)
{
	int err;

	err = read_list(RTM_GETRULE, family, collect_rule, &fib->rules);
	if (!err)
		err = read_list(RTM_GETROUTE, family, collect_route, &fib->routes);
	return err ? read_failed("routes", err) : EXIT_DONE;
}
