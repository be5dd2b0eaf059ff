/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BRGUARD_FUZZ_MESSAGE_H
#define BRGUARD_FUZZ_MESSAGE_H

#include <libmnl/libmnl.h>

#include "family.h"
#include "random.h"

/* No message is longer. */
#define MESSAGE_MAX	16384

/**
 * struct message - one to be sent
 * @nlh: it
 * @whole: its bytes are as they were made, so that a refusal has to be explained
 * @broken: its length lies: nothing can follow
 */
struct message {
	struct nlmsghdr *nlh;
	bool whole, broken;
};

void message_make(struct message *m, void *buffer, const struct family *family,
		  struct random *r);

#endif
