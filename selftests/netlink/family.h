/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BRGUARD_FUZZ_FAMILY_H
#define BRGUARD_FUZZ_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#define FAMILY_OPS	64
#define FAMILY_POLICIES	32
#define FAMILY_ATTRS	64
#define FAMILY_GROUPS	8
#define FAMILY_NO_POLICY 0xffff

/*
 * What the kernel itself says of a generic netlink family: its commands, and
 * what each takes. Numbers and their meaning are those of linux/netlink.h.
 */
struct attribute {
	uint16_t number;
	uint8_t type;		/* enum netlink_attribute_type, 0: there is none */
	uint64_t min, max;	/* of a number */
	uint32_t min_len, max_len;
	uint16_t nested;	/* policy of a nest */
};

struct policy {
	uint32_t n;
	struct attribute attribute[FAMILY_ATTRS];
};

struct operation {
	uint8_t command;
	bool can_do, can_dump;
	uint16_t policy;
};

struct family {
	uint16_t id;
	uint32_t n_operations, n_policies, n_groups;
	struct operation operation[FAMILY_OPS];
	struct policy policy[FAMILY_POLICIES];
	uint32_t group[FAMILY_GROUPS];
};

int family_learn(struct family *family, const char *name);

#endif
