// SPDX-License-Identifier: GPL-2.0-only
/* The object "apply": one transaction, all or nothing. */

#include <libmnl/libmnl.h>
#include <linux/brguard.h>

#include "apply.h"
#include "batch.h"
#include "config.h"

static int begin(struct ipc *ipc, const struct where *at)
{
	return ipc_talk(ipc, ipc_request(ipc, BRGUARD_CMD_CONFIG_BEGIN, NLM_F_ACK), at, NULL,
			NULL);
}

/* The kernel counts along, so that no request and no refusal can get lost. */
static int commit(struct ipc *ipc, const struct where *at, size_t requests, bool check)
{
	struct nlmsghdr *nlh = ipc_request(ipc, BRGUARD_CMD_CONFIG_COMMIT, NLM_F_ACK);

	if (check)
		mnl_attr_put(nlh, BRGUARD_A_CONFIG_CHECK, 0, NULL);
	mnl_attr_put_u32(nlh, BRGUARD_A_CONFIG_REQUESTS, requests);
	return ipc_talk(ipc, nlh, at, NULL, NULL);
}

/* Whatever fails, closing the socket drops the transaction. */
static int transact(const struct config *config, bool check)
{
	struct where at = { .file = *(char **)list_at(&config->names, 0) };
	size_t requests = 0;
	struct ipc ipc;
	int err;

	err = ipc_open(&ipc);
	if (err)
		return err;
	err = begin(&ipc, &at);
	if (!err)
		err = batch_send(&ipc, &config->model, &requests);
	if (!err)
		err = commit(&ipc, &at, requests, check);
	ipc_close(&ipc);
	return err;
}

static int run(const struct options *options, struct args *args)
{
	bool check = args_accept(args, "-c");
	const char *path = args_next(args);
	struct config config;
	int err;

	(void)options;
	if (!path)
		return report_at(&args->at, "the name of a file is missing, - for standard input");
	err = args_end(args);
	if (err)
		return err;

	config_init(&config);
	err = config_read(&config, path, NULL);
	if (!err)
		err = transact(&config, check);
	config_free(&config);
	return err;
}

static const struct command command = {
	NULL, run,
	"brguardctl apply [-c] FILE|-\n",
	"Replaces the whole configuration with what FILE says, all or nothing; with -c only\n"
	"checks it. FILE is JSON, or a list of these commands, one a line:\n"
	"  bridge set ...\n"
	"  port set ...\n"
	"  binding add ...\n"
	"  include PATTERN     such as ports.d/*.conf, relative to the file\n"
	"A word that starts with # starts a comment. Words may stand between \"...\", with\n"
	"\\\", \\\\ and \\xHH inside. Bridges, ports and bindings may stand in any order.\n"
};

const struct object apply_object = {
	.word = "apply",
	.command = &command,
	.n = 1,
};
