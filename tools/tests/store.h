/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_STORE_H
#define BRGUARDCTL_TESTS_STORE_H

#include <stdint.h>

#include "kind.h"

struct port;

/**
 * struct outcome - what becomes of a request
 * @error: 0 or a negative errno
 * @sentence: NULL or the sentence of the extended ACK
 * @bad: NULL or the bad attribute
 * @missing: 0 or the type of the missing one
 */
struct outcome {
	int error;
	const char *sentence;
	const struct nlattr *bad;
	uint16_t missing;
};

/* Trees of objects by kind: those in force, and those of the transaction. */
extern void *live[KINDS];
extern void *draft[KINDS];

const struct nlattr *find_attribute(const struct nlmsghdr *nlh, uint16_t type);

struct outcome store_set(unsigned int k, const struct nlmsghdr *nlh, void **trees);
struct outcome store_del(unsigned int k, const struct nlmsghdr *nlh, void **trees);
const void *store_find(unsigned int k, const struct nlmsghdr *nlh);
const struct port *store_port(const char *name);
void store_forget(void **trees);
void store_load(void);
void store_save(void);

#endif
