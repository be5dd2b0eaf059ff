// SPDX-License-Identifier: GPL-2.0-only
/* Forwarding databases, from rtnetlink. */

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

static uint32_t number(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr = dump_attribute(nlh, sizeof(struct ndmsg), type);

	return attr ? number_get(attr) : 0;
}

/* Only a bridge's own entries have a master; devices have address filters of their own. */
static void collect(const struct nlmsghdr *nlh, void *data)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct station *station;

	if (nlh->nlmsg_type != RTM_NEWNEIGH || mnl_nlmsg_get_payload_len(nlh) < sizeof(*ndm))
		return;
	attr = dump_attribute(nlh, sizeof(*ndm), NDA_LLADDR);
	if (!attr || !number(nlh, NDA_MASTER))
		return;
	station = list_add(data);
	mac_get(attr, station->mac);
	station->bridge = number(nlh, NDA_MASTER);
	station->device = ndm->ndm_ifindex;
	station->vlan = number(nlh, NDA_VLAN);
	station->state = ndm->ndm_state;
	/* Put there by a program; it does not age unless that one says so. */
	if (ndm->ndm_flags & NTF_EXT_LEARNED)
		station->state |= NUD_NOARP;
}

/**
 * read_stations() - read the forwarding databases of all bridges
 * @host: gets them
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_stations(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, RTM_GETNEIGH, sizeof(struct ndmsg));
	int err;

	((struct ndmsg *)mnl_nlmsg_get_payload(nlh))->ndm_family = AF_BRIDGE;
	err = dump(NETLINK_ROUTE, nlh, collect, &host->stations, &host->stations);
	return err ? read_failed("forwarding databases", err) : EXIT_DONE;
}
