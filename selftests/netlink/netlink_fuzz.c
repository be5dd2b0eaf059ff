// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: netlink_fuzz MESSAGES SECONDS [SEED] [KCOV-FD]
 *
 * Sends random requests to the family brguard of this network namespace, by
 * several sockets, whose transactions and dumps end with them now and then, until
 * there were as many messages or, if that is not 0, as many seconds. What the
 * kernel does with them shows in its log; here it is only held to its word that
 * each refusal comes with a sentence. The same seed sends the same messages, unless
 * KCOV tells which of them are worth to be varied.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "batch.h"
#include "cover.h"

#define SOCKETS	8
#define KEPT	2048
#define ERRORS	256

static struct mnl_socket *sockets[SOCKETS];
static unsigned long answers[ERRORS], unexplained;
static struct family family;
/* Batches, and with KCOV alone: see keep(). */
static struct batch *kept[KEPT];
static unsigned int n_kept;

static struct mnl_socket *open_socket(struct random *r)
{
	struct mnl_socket *sock = mnl_socket_open(NETLINK_GENERIC);
	int on = 1;

	if (!sock || mnl_socket_bind(sock, 0, MNL_SOCKET_AUTOPID)) {
		perror("netlink socket");
		exit(1);
	}
	mnl_socket_setsockopt(sock, NETLINK_EXT_ACK, &on, sizeof(on));
	if (!random_once_in(r, 4))
		mnl_socket_setsockopt(sock, NETLINK_CAP_ACK, &on, sizeof(on));
	if (random_once_in(r, 2) && family.n_groups)
		mnl_socket_setsockopt(sock, NETLINK_ADD_MEMBERSHIP,
				      &family.group[random_below(r, family.n_groups)],
				      sizeof(family.group[0]));
	return sock;
}

static bool has_sentence(const struct nlmsghdr *nlh, unsigned int offset)
{
	struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, offset) {
		if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
			return true;
	}
	return false;
}

/* Where its attributes begin: the request may be there, whole or its head. */
static unsigned int find_sentence(const struct nlmsghdr *nlh, const struct nlmsgerr *err)
{
	unsigned int offset = sizeof(*err);

	if (nlh->nlmsg_type == NLMSG_DONE)
		return sizeof(int);
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		offset += err->msg.nlmsg_len - sizeof(err->msg);
	return offset;
}

/* Bit 0 of the sequence number: the refusal has to come with a sentence. */
static void judge(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	int error = -err->error;

	if (error < 0 || error >= ERRORS)
		error = ERRORS - 1;
	answers[error]++;
	if (!error || !(nlh->nlmsg_seq & 1))
		return;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && has_sentence(nlh, find_sentence(nlh, err)))
		return;
	if (unexplained++ < 10)
		printf("# without a sentence: %s\n", strerror(error));
}

static void read_answers(struct mnl_socket *sock)
{
	static char buffer[1 << 18];
	struct nlmsghdr *nlh;
	ssize_t len;
	int n;

	for (;;) {
		len = recv(mnl_socket_get_fd(sock), buffer, sizeof(buffer), MSG_DONTWAIT);
		if (len < 0 && errno != ENOBUFS && errno != EINTR)
			return;
		n = len;
		for (nlh = (struct nlmsghdr *)buffer; mnl_nlmsg_ok(nlh, n);
		     nlh = mnl_nlmsg_next(nlh, &n)) {
			if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
				judge(nlh);
		}
	}
}

/* Those that went where none had gone before. */
static void keep(const struct batch *b, struct random *r)
{
	struct batch *copy = batch_copy(b);
	unsigned int i = n_kept < KEPT ? n_kept++ : random_below(r, KEPT);

	free(kept[i]);
	kept[i] = copy;
}

static unsigned int send_batch(struct mnl_socket *sock, struct random *r)
{
	static unsigned int seq, in_vain;
	static struct batch b;
	bool look;
	unsigned int i = n_kept ? random_below(r, n_kept) : 0;

	if (n_kept && kept[i] && !random_once_in(r, 3)) {
		batch_restore(&b, kept[i]);
		batch_vary(&b, &family, r);
	} else {
		batch_make(&b, &family, r);
	}
	batch_number(&b, &seq);
	/* To look takes longer than to send: the rarer, the longer nothing was new. */
	look = random_once_in(r, 1 + in_vain / 256);
	if (look)
		cover_begin();
	mnl_socket_sendto(sock, b.bytes, b.at[b.n]);
	if (!look)
		return b.n;
	in_vain++;
	if (cover_end()) {
		in_vain = 0;
		keep(&b, r);
	}
	return b.n;
}

/* Before its dump has come to an end, or its transaction. */
static void replace_socket(struct random *r)
{
	unsigned int i = random_below(r, SOCKETS);

	mnl_socket_close(sockets[i]);
	sockets[i] = open_socket(r);
}

static void report(unsigned long sent)
{
	int i;

	printf("# %lu messages, %lu accepted", sent, answers[0]);
	for (i = 1; i < ERRORS; i++) {
		if (answers[i])
			printf(", %lu %s", answers[i], strerrorname_np(i) ?: "?");
	}
	printf("\n");
	if (cover_steps())
		printf("# %u steps through the module, %u batches kept\n", cover_steps(), n_kept);
}

static void run(unsigned long messages, unsigned long seconds, struct random *r)
{
	unsigned long sent = 0, told = 0;
	time_t begun = time(NULL);
	struct mnl_socket *sock;
	int i;

	for (i = 0; i < SOCKETS; i++)
		sockets[i] = open_socket(r);
	while (sent < messages && (!seconds || time(NULL) - begun < (time_t)seconds)) {
		sock = sockets[random_below(r, SOCKETS)];
		sent += send_batch(sock, r);
		if (!random_once_in(r, 32))
			read_answers(sock);
		if (random_once_in(r, 64))
			replace_socket(r);
		if (sent - told >= 100000) {
			told = sent;
			report(sent);
			fflush(stdout);
		}
	}
	report(sent);
	for (i = 0; i < SOCKETS; i++)
		mnl_socket_close(sockets[i]);
}

int main(int argc, char **argv)
{
	struct random r = { 1 };
	int err;

	if (argc < 3) {
		fprintf(stderr, "usage: netlink_fuzz MESSAGES SECONDS [SEED] [KCOV-FD]\n");
		return 2;
	}
	if (argc > 3)
		r.state = strtoull(argv[3], NULL, 0) ?: 1;
	err = family_learn(&family, BRGUARD_FAMILY_NAME);
	if (err) {
		fprintf(stderr, "no family brguard: %s\n", strerror(-err));
		return 1;
	}
	err = argc > 4 ? cover_open(atoi(argv[4])) : 0;
	if (err) {
		fprintf(stderr, "kcov: %s\n", strerror(-err));
		return 1;
	}
	printf("# %u commands, seed %llu\n", family.n_operations,
	       (unsigned long long)r.state);
	run(strtoul(argv[1], NULL, 0), strtoul(argv[2], NULL, 0), &r);
	if (!answers[0])
		printf("# nothing was accepted\n");
	if (argc > 4 && !cover_steps())
		printf("# KCOV has seen nothing of the module\n");
	return unexplained || !answers[0] || (argc > 4 && !cover_steps());
}
