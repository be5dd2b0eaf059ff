// SPDX-License-Identifier: GPL-2.0-only
/* The host's addresses, and those it answers for, from rtnetlink. */

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

static void collect_address(const struct nlmsghdr *nlh, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct address *address;

	if (nlh->nlmsg_type != RTM_NEWADDR || mnl_nlmsg_get_payload_len(nlh) < sizeof(*ifa))
		return;
	/* Every device that is up gives itself one. */
	if (ifa->ifa_family == AF_INET6 && ifa->ifa_scope == RT_SCOPE_LINK)
		return;
	attr = dump_attribute(nlh, sizeof(*ifa), IFA_LOCAL);
	attr = attr ? attr : dump_attribute(nlh, sizeof(*ifa), IFA_ADDRESS);
	if (!attr)
		return;
	address = list_add(data);
	address->device = ifa->ifa_index;
	address->prefix.bytes = address_get(attr, address->prefix.address);
	address->prefix.length = ifa->ifa_prefixlen;
}

/**
 * read_addresses() - read the host's addresses
 * @host: gets them
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_addresses(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, RTM_GETADDR, sizeof(struct ifaddrmsg));
	int err;

	err = dump(NETLINK_ROUTE, nlh, collect_address, &host->addresses, &host->addresses);
	return err ? read_failed("addresses", err) : EXIT_DONE;
}

static void collect_proxy(const struct nlmsghdr *nlh, void *data)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct address *address;

	if (nlh->nlmsg_type != RTM_NEWNEIGH || mnl_nlmsg_get_payload_len(nlh) < sizeof(*ndm))
		return;
	attr = dump_attribute(nlh, sizeof(*ndm), NDA_DST);
	if (!attr || !(ndm->ndm_flags & NTF_PROXY) || ndm->ndm_family != AF_INET6)
		return;
	address = list_add(data);
	address->device = ndm->ndm_ifindex;
	address->prefix.bytes = address_get(attr, address->prefix.address);
	address->prefix.length = 8 * address->prefix.bytes;
}

/**
 * read_proxies() - read the IPv6 addresses that the host answers for
 * @host: gets them
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_proxies(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, RTM_GETNEIGH, sizeof(struct ndmsg));
	struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	int err;

	ndm->ndm_family = AF_INET6;
	ndm->ndm_flags = NTF_PROXY;
	err = dump(NETLINK_ROUTE, nlh, collect_proxy, &host->proxies, &host->proxies);
	return err ? read_failed("neighbour proxies", err) : EXIT_DONE;
}
