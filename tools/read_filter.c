// SPDX-License-Identifier: GPL-2.0-only
/*
 * br_netfilter and the policy that it puts in the way of bridged packets. The
 * rules of nftables, which today's iptables and firewalld write too, come from
 * netlink, those of the older iptables from getsockopt(); no program is run.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

/* Numbers of nf_tables are in network byte order. */
static uint32_t big_number(const struct nlattr *attr)
{
	return attr && mnl_attr_get_payload_len(attr) >= 4 ? ntohl(mnl_attr_get_u32(attr)) : 0;
}

static bool drops_forwarded(const struct nlmsghdr *nlh)
{
	size_t header = sizeof(struct nfgenmsg);
	const struct nlattr *hook = dump_attribute(nlh, header, NFTA_CHAIN_HOOK);
	const struct nlattr *policy = dump_attribute(nlh, header, NFTA_CHAIN_POLICY);
	const struct nlattr *type = dump_attribute(nlh, header, NFTA_CHAIN_TYPE);
	char word[16] = "";

	if (!hook || !policy || !type)
		return false;
	name_get(type, word, sizeof(word));
	return big_number(dump_nested(hook, NFTA_HOOK_HOOKNUM)) == NF_INET_FORWARD &&
	       big_number(policy) == NF_DROP && !strcmp(word, "filter");
}

static void collect(const struct nlmsghdr *nlh, void *data)
{
	const struct nfgenmsg *nfg = mnl_nlmsg_get_payload(nlh);
	struct host *host = data;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*nfg) || !drops_forwarded(nlh))
		return;
	if (nfg->nfgen_family == NFPROTO_IPV4 || nfg->nfgen_family == NFPROTO_INET)
		host->filter4.drop = true;
	if (nfg->nfgen_family == NFPROTO_IPV6 || nfg->nfgen_family == NFPROTO_INET)
		host->filter6.drop = true;
}

static int read_chains(struct host *host)
{
	uint16_t type = NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN;
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, type, sizeof(struct nfgenmsg));
	struct nfgenmsg *nfg = mnl_nlmsg_get_payload(nlh);
	int err;

	nfg->nfgen_family = NFPROTO_UNSPEC;
	nfg->version = NFNETLINK_V0;
	err = dump(NETLINK_NETFILTER, nlh, collect, host, NULL);
	/* A kernel without nf_tables. */
	if (err == -EINVAL || err == -EOPNOTSUPP || err == -EPROTONOSUPPORT)
		return EXIT_DONE;
	return err ? read_failed("nftables", err) : EXIT_DONE;
}

static bool bridges_call(const struct host *host)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->bridge.call_iptables || link->bridge.call_ip6tables)
			return true;
	}
	return host->filter4.called || host->filter6.called;
}

/**
 * read_filters() - read what br_netfilter does with bridged packets
 * @host: gets it; its links are complete
 *
 * Nothing is asked of a packet filter that no bridge hands packets to.
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_filters(struct host *host)
{
	int err;

	host->filter4.called = read_switch("/proc/sys/net/bridge/bridge-nf-call-iptables");
	host->filter6.called = read_switch("/proc/sys/net/bridge/bridge-nf-call-ip6tables");
	if (!bridges_call(host))
		return EXIT_DONE;
	err = read_chains(host);
	host->filter4.drop |= read_legacy_drop(AF_INET);
	host->filter6.drop |= read_legacy_drop(AF_INET6);
	return err;
}
