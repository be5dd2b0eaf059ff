/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_DUMP_H
#define BRGUARDCTL_DUMP_H

#include <stddef.h>
#include <stdint.h>

#include "list.h"

struct nlattr;
struct nlmsghdr;

/* Room for a request. */
#define DUMP_REQUEST 1024

/* Called for each answer of the kernel. */
typedef void (*dump_fn)(const struct nlmsghdr *nlh, void *data);

struct nlmsghdr *dump_request(void *buffer, uint16_t type, size_t header);
int dump(int bus, struct nlmsghdr *nlh, dump_fn receive, void *data, struct list *list);
const struct nlattr *dump_attribute(const struct nlmsghdr *nlh, size_t header, uint16_t type);
const struct nlattr *dump_nested(const struct nlattr *nest, uint16_t type);

#endif
