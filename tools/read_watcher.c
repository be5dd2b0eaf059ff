// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packet sockets that make devices promiscuous, from sock_diag, and the processes
 * that hold them, from /proc.
 */

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include "dump.h"
#include "read.h"

static void add_watcher(struct list *watchers, const struct packet_diag_mclist *member,
			uint32_t inode)
{
	struct watcher *watcher = list_add(watchers);

	watcher->device = member->pdmc_index;
	watcher->inode = inode;
}

static void collect(const struct nlmsghdr *nlh, void *data)
{
	const struct packet_diag_msg *msg = mnl_nlmsg_get_payload(nlh);
	const struct packet_diag_mclist *member;
	const struct nlattr *attr;
	size_t n;

	if (nlh->nlmsg_type != SOCK_DIAG_BY_FAMILY || mnl_nlmsg_get_payload_len(nlh) < sizeof(*msg))
		return;
	attr = dump_attribute(nlh, sizeof(*msg), PACKET_DIAG_MCLIST);
	n = attr ? mnl_attr_get_payload_len(attr) / sizeof(*member) : 0;
	for (member = attr ? mnl_attr_get_payload(attr) : NULL; n; n--, member++) {
		if (member->pdmc_type == PACKET_MR_PROMISC)
			add_watcher(data, member, msg->pdiag_ino);
	}
}

static uint32_t socket_inode(const char *path)
{
	char target[64];
	unsigned int inode;
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	if (n < 0)
		return 0;
	target[n] = '\0';
	return sscanf(target, "socket:[%u]", &inode) == 1 ? inode : 0;
}

static void read_comm(struct watcher *watcher)
{
	char path[64];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/comm", watcher->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, watcher->comm, sizeof(watcher->comm) - 1);
		close(fd);
	}
	watcher->comm[n > 0 ? n : 0] = '\0';
	watcher->comm[strcspn(watcher->comm, "\n")] = '\0';
}

static void match(struct host *host, int pid, uint32_t inode)
{
	struct watcher *watcher;
	size_t i;

	for (i = 0; i < host->watchers.n && inode; i++) {
		watcher = list_at(&host->watchers, i);
		if (watcher->inode != inode || watcher->pid)
			continue;
		watcher->pid = pid;
		read_comm(watcher);
	}
}

static void match_process(struct host *host, int pid)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
		match(host, pid, socket_inode(path));
	}
	if (dir)
		closedir(dir);
}

static void match_processes(struct host *host)
{
	struct dirent *entry;
	DIR *dir = opendir("/proc");

	while (dir && (entry = readdir(dir))) {
		if (isdigit((unsigned char)entry->d_name[0]))
			match_process(host, atoi(entry->d_name));
	}
	if (dir)
		closedir(dir);
}

/**
 * read_watchers() - read who makes devices promiscuous by a packet socket
 * @host: gets them
 *
 * A kernel without packet_diag does not say; then they count as unknown.
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int read_watchers(struct host *host)
{
	char buffer[DUMP_REQUEST];
	struct packet_diag_req *req;
	struct nlmsghdr *nlh;
	int err;

	nlh = dump_request(buffer, SOCK_DIAG_BY_FAMILY, sizeof(*req));
	req = mnl_nlmsg_get_payload(nlh);
	req->sdiag_family = AF_PACKET;
	req->pdiag_show = PACKET_SHOW_MCLIST;
	err = dump(NETLINK_SOCK_DIAG, nlh, collect, &host->watchers, &host->watchers);
	if (err && err != -ENOENT && err != -EOPNOTSUPP && err != -EPROTONOSUPPORT)
		return read_failed("packet sockets", err);
	if (host->watchers.n)
		match_processes(host);
	return EXIT_DONE;
}
