// SPDX-License-Identifier: GPL-2.0-only
/* The object "monitor": events as they happen. */

#include <errno.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include "event.h"
#include "ipc.h"
#include "monitor.h"
#include "print.h"
#include "quote.h"
#include "socket.h"
#include "value.h"

/* Signals are read like messages, between two events, so that no line is cut. */
static int catch_signals(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC);
}

/* No event comes any more: with the module went the membership of its groups. */
static bool is_unloaded(const struct ipc *ipc, const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;

	if (nlh->nlmsg_type != GENL_ID_CTRL || ipc_command(nlh) != CTRL_CMD_DELFAMILY)
		return false;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			return number_get(attr) == ipc->family;
	}
	return false;
}

static int print_events(const struct ipc *ipc, int size)
{
	const struct nlmsghdr *nlh = (struct nlmsghdr *)ipc->answer;

	for (; mnl_nlmsg_ok(nlh, size); nlh = mnl_nlmsg_next(nlh, &size)) {
		if (nlh->nlmsg_type == ipc->family)
			event_print(nlh);
		if (is_unloaded(ipc, nlh)) {
			report("the brguard module was unloaded: there are no more events");
			return EXIT_NO_MODULE;
		}
	}
	return EXIT_DONE;
}

/* One datagram. */
static int read_events(struct ipc *ipc)
{
	ssize_t n = socket_receive(ipc->socket, ipc->answer, IPC_RECEIVE_MAX, false);

	if (n >= 0)
		return print_events(ipc, n);
	if (n == -ENOBUFS)
		event_print_lost();
	if (n == -ENOBUFS || n == -EAGAIN)
		return EXIT_DONE;
	report("cannot receive from the kernel: %s", strerror(-n));
	return EXIT_REFUSED;
}

/*
 * Until there is an event, and room for the line that tells of it: who does not read
 * on may not keep a signal from ending this.
 */
static int wait_for_event(struct ipc *ipc, int stop)
{
	struct pollfd pollfd[] = {
		{ .fd = STDOUT_FILENO, .events = POLLOUT },
		{ .fd = stop, .events = POLLIN },
	};
	int err;

	err = socket_wait(ipc->socket, stop);
	if (err)
		return err;
	while (poll(pollfd, ARRAY_SIZE(pollfd), -1) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return pollfd[1].revents ? -EINTR : 0;
}

static int listen_on(struct ipc *ipc, int stop)
{
	int err;

	while (!(err = wait_for_event(ipc, stop))) {
		err = read_events(ipc);
		if (err)
			return err;
		if (ferror(stdout))
			return print_finish();
	}
	if (err == -EINTR)
		return EXIT_DONE;
	report("cannot wait for events: %s", strerror(-err));
	return EXIT_REFUSED;
}

static int join(struct ipc *ipc, unsigned int groups)
{
	unsigned int i;
	int err;

	/* The group "notify" of the family "nlctrl" has the family's number. */
	err = socket_join(ipc->socket, GENL_ID_CTRL);
	if (err) {
		report("cannot listen to netlink families: %s", strerror(-err));
		return EXIT_REFUSED;
	}
	for (i = 0; i < IPC_GROUPS; i++) {
		if (!(groups & 1u << i))
			continue;
		err = ipc->group[i] ? socket_join(ipc->socket, ipc->group[i]) : -ENOENT;
		if (err) {
			report("cannot listen to %s: %s", quoted(ipc_groups[i]), strerror(-err));
			return EXIT_REFUSED;
		}
	}
	return EXIT_DONE;
}

static int read_groups(struct args *args, unsigned int *groups)
{
	const char *word;
	unsigned int i;

	while ((word = args_next(args))) {
		for (i = 0; i < IPC_GROUPS && strcmp(word, ipc_groups[i]);)
			i++;
		if (i == IPC_GROUPS)
			return report_at(&args->at,
					 "%s: unknown word, expected violation, watch or config",
					 quoted(word));
		if (*groups & 1u << i)
			return report_at(&args->at, "%s: given twice", quoted(word));
		*groups |= 1u << i;
	}
	if (!*groups)
		*groups = (1u << IPC_GROUPS) - 1;
	return EXIT_DONE;
}

static int run(const struct options *options, struct args *args)
{
	unsigned int groups = 0;
	struct ipc ipc;
	int err, stop;

	err = read_groups(args, &groups);
	if (!err)
		err = ipc_open(&ipc);
	if (err)
		return err;

	print_start(options->json, false, options->colour);
	stop = catch_signals();
	err = join(&ipc, groups);
	if (!err && options->details)
		report("listening");
	if (!err)
		err = listen_on(&ipc, stop);
	close(stop);
	ipc_close(&ipc);
	return err;
}

static const struct command command = {
	NULL, run,
	"brguardctl monitor [violation] [watch] [config]\n",
	"Prints events as they happen, until a signal ends it: frames that break the policy,\n"
	"changes of guarded bridges with the process that made them, and changes of the\n"
	"configuration; all three if no word is given. With -j each event is an object of\n"
	"JSON on a line of its own. -d says on standard error when it starts to listen.\n"
};

const struct object monitor_object = {
	.word = "monitor",
	.command = &command,
	.n = 1,
};
