// SPDX-License-Identifier: GPL-2.0-only
/* Network namespaces, as "ip netns" names them. */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "netns.h"
#include "quote.h"
#include "report.h"

#define NETNS_DIRECTORY "/run/netns"

/**
 * netns_enter() - go to another network namespace
 * @name: its name in /run/netns
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int netns_enter(const char *name)
{
	char path[PATH_MAX];
	int fd, err;

	if (!*name || strchr(name, '/') || name[0] == '.')
		return report_at(NULL, "--netns %s: expected a name in " NETNS_DIRECTORY,
				 quoted(name));
	snprintf(path, sizeof(path), NETNS_DIRECTORY "/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	err = fd < 0 || setns(fd, CLONE_NEWNET) ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (!err)
		return EXIT_DONE;
	report("--netns %s: cannot enter it: %s", quoted(name), strerror(err));
	return EXIT_REFUSED;
}
