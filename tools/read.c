// SPDX-License-Identifier: GPL-2.0-only
/* All that the checks look at, in the order in which one part needs another. */

#include <linux/brguard.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "guard.h"
#include "object.h"
#include "read.h"
#include "value.h"

/**
 * read_failed() - say that a part of the host cannot be read
 * @what: the part
 * @err: negative errno
 *
 * Return: EXIT_REFUSED.
 */
int read_failed(const char *what, int err)
{
	report("cannot read %s of this host: %s", what, strerror(-err));
	return EXIT_REFUSED;
}

static void find_family(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;
	char name[16] = "";

	attr = dump_attribute(nlh, sizeof(struct genlmsghdr), CTRL_ATTR_FAMILY_NAME);
	if (attr)
		name_get(attr, name, sizeof(name));
	if (!strcmp(name, BRGUARD_FAMILY_NAME))
		*(bool *)data = true;
}

/* All families are asked for: the kernel would load a module to answer for one by name. */
static int read_loaded(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct genlmsghdr *genl;
	struct nlmsghdr *nlh;
	int err;

	nlh = dump_request(buffer, GENL_ID_CTRL, sizeof(*genl));
	genl = mnl_nlmsg_get_payload(nlh);
	genl->cmd = CTRL_CMD_GETFAMILY;
	genl->version = 1;
	err = dump(NETLINK_GENERIC, nlh, find_family, &host->loaded, NULL);
	return err ? read_failed("netlink families", err) : EXIT_DONE;
}

/**
 * read_model() - read brguard's configuration
 * @host: gets it, or stays without if the module is not loaded
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_model(struct host *host)
{
	struct ipc ipc;
	int err;

	err = read_loaded(host);
	if (err || !host->loaded)
		return err;
	err = ipc_open(&ipc);
	if (err)
		return err;
	err = object_fetch_all(&ipc, &host->model);
	ipc_close(&ipc);
	return err;
}

/* Is it worth while to ask who it is? */
static bool is_watched(const struct host *host)
{
	const struct link *link, *master;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		master = host_link(host, link->master);
		if (!link->promiscuity)
			continue;
		if (link_is_bridge(link) || (master && link_is_bridge(master)))
			return true;
	}
	return false;
}

static bool answers4(const struct host *host)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (link->ip4.proxy || link->ip4.pvlan)
			return true;
	}
	return host->all4.proxy || host->all4.pvlan;
}

static int read_routing(struct host *host)
{
	int err = EXIT_DONE;

	if (answers4(host))
		err = read_fib(&host->fib4, AF_INET);
	if (!err)
		err = read_proxies(host);
	if (!err && host->proxies.n)
		err = read_fib(&host->fib6, AF_INET6);
	return err;
}

/* VMware's network module makes what it bridges promiscuous without a trace. */
static bool has_module(const char *name)
{
	FILE *file = fopen("/proc/modules", "re");
	size_t n = strlen(name);
	char line[4096];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file))
		found = !strncmp(line, name, n) && line[n] == ' ';
	if (file)
		fclose(file);
	return found;
}

/**
 * read_host() - read all that the checks look at
 * @host: gets it
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_host(struct host *host)
{
	int err;

	err = read_links(host);
	err = err ? err : read_conf(host);
	err = err ? err : read_addresses(host);
	err = err ? err : read_routing(host);
	err = err ? err : read_filters(host);
	if (!err && is_watched(host))
		err = read_watchers(host);
	err = err ? err : read_model(host);
	if (err)
		return err;
	guard_resolve(host);
	host->vmnet = has_module("vmnet");
	return host->owners.n ? read_stations(host) : EXIT_DONE;
}
