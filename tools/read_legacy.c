// SPDX-License-Identifier: GPL-2.0-only
/* The policy of the older iptables, as "iptables-legacy -S FORWARD" gets it. */

#include <netinet/in.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "list.h"
#include "read.h"

#define TABLE "filter"

/* Asking for a table that is not there would load and make it. */
static bool has_table(const char *path)
{
	char line[XT_TABLE_MAXNAMELEN + 1];
	FILE *file = fopen(path, "re");
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file))
		found = !strcmp(line, TABLE "\n");
	if (file)
		fclose(file);
	return found;
}

/*
 * The requests and answers of ip_tables and ip6_tables are the same, but for what
 * stands in an entry in front of its target.
 */
struct family {
	int family;
	int level;
	const char *names;
	size_t entry;
	size_t target_offset;
};

static const struct family families[] = {
	{ AF_INET, IPPROTO_IP, "/proc/net/ip_tables_names", sizeof(struct ipt_entry),
	  offsetof(struct ipt_entry, target_offset) },
	{ AF_INET6, IPPROTO_IPV6, "/proc/net/ip6_tables_names", sizeof(struct ip6t_entry),
	  offsetof(struct ip6t_entry, target_offset) },
};

/*
 * The policy of a chain is its last entry, a standard target, whose verdict is
 * written as -1 - NF_DROP or the like.
 */
static bool is_drop(const struct family *family, const char *entry, size_t room)
{
	struct xt_standard_target target;
	uint16_t offset;

	if (room < family->entry)
		return false;
	memcpy(&offset, entry + family->target_offset, sizeof(offset));
	if (offset > room || room - offset < sizeof(target))
		return false;
	memcpy(&target, entry + offset, sizeof(target));
	return target.verdict == -NF_DROP - 1;
}

static bool drops(const struct family *family, int fd)
{
	struct ipt_getinfo info = { .name = TABLE };
	struct ipt_get_entries *get;
	socklen_t size = sizeof(info);
	bool drop = false;
	uint32_t at;

	if (getsockopt(fd, family->level, IPT_SO_GET_INFO, &info, &size))
		return false;
	size = sizeof(*get) + info.size;
	get = xrealloc(NULL, size, 1);
	memset(get, 0, sizeof(*get));
	strcpy(get->name, TABLE);
	get->size = info.size;
	at = info.underflow[NF_INET_FORWARD];
	if (!getsockopt(fd, family->level, IPT_SO_GET_ENTRIES, get, &size) && at < info.size)
		drop = is_drop(family, (char *)get->entrytable + at, info.size - at);
	free(get);
	return drop;
}

/**
 * read_legacy_drop() - is the policy of chain FORWARD in table filter DROP?
 * @family: AF_INET or AF_INET6
 *
 * Return: true if it is.
 */
bool read_legacy_drop(int family)
{
	const struct family *f = &families[family == AF_INET6];
	bool drop;
	int fd;

	if (!has_table(f->names))
		return false;
	fd = socket(f->family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	if (fd < 0)
		return false;
	drop = drops(f, fd);
	close(fd);
	return drop;
}
