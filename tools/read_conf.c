// SPDX-License-Identifier: GPL-2.0-only
/* Settings for all devices, from rtnetlink, and where that has none from /proc/sys. */

#include <errno.h>
#include <fcntl.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"
#include "value.h"

/**
 * read_switch() - read a setting of /proc/sys
 * @path: its file
 *
 * /proc/sys/net shows the network namespace of who reads it.
 *
 * Return: true if it is there and not 0.
 */
bool read_switch(const char *path)
{
	char c = '0';
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (read(fd, &c, 1) != 1)
		c = '0';
	close(fd);
	return c != '0';
}

static int number(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr = dump_attribute(nlh, sizeof(struct netconfmsg), type);

	return attr ? (int)number_get(attr) : 0;
}

static void collect(const struct nlmsghdr *nlh, void *data)
{
	struct conf *conf = data;

	if (nlh->nlmsg_type != RTM_NEWNETCONF ||
	    number(nlh, NETCONFA_IFINDEX) != NETCONFA_IFINDEX_ALL)
		return;
	conf->forwarding = number(nlh, NETCONFA_FORWARDING);
	conf->rp_filter = number(nlh, NETCONFA_RP_FILTER);
	conf->proxy = number(nlh, NETCONFA_PROXY_NEIGH);
}

static int read_family(uint8_t family, struct conf *conf)
{
	char buffer[DUMP_REQUEST];
	struct nlmsghdr *nlh = dump_request(buffer, RTM_GETNETCONF, sizeof(struct netconfmsg));
	int err;

	((struct netconfmsg *)mnl_nlmsg_get_payload(nlh))->ncm_family = family;
	err = dump(NETLINK_ROUTE, nlh, collect, conf, NULL);
	/* Without IPv6 there is nothing to be set. */
	if (err && family == AF_INET)
		return read_failed("settings of IP", err);
	return EXIT_DONE;
}

/**
 * read_conf() - read what is set for all devices
 * @host: gets it
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_conf(struct host *host)
{
	int err;

	err = read_family(AF_INET, &host->all4);
	if (!err)
		err = read_family(AF_INET6, &host->all6);
	host->all4.pvlan = read_switch("/proc/sys/net/ipv4/conf/all/proxy_arp_pvlan");
	return err;
}
