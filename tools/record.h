/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_RECORD_H
#define BRGUARDCTL_RECORD_H

#include <stdbool.h>
#include <stdint.h>

struct binding;
struct brguard_record;
struct nlattr;
struct nlmsghdr;

bool record_fits(const struct binding *binding);
void record_pack(struct brguard_record *record, const struct binding *binding);
const struct nlattr *record_attribute(const struct nlmsghdr *request, uint32_t field);

#endif
