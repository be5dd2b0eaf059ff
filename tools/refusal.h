/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_REFUSAL_H
#define BRGUARDCTL_REFUSAL_H

#include <stdint.h>

#include "report.h"

struct nlmsghdr;

int refusal_error(const struct nlmsghdr *nlh);
uint32_t refusal_offset(const struct nlmsghdr *nlh);
void refusal_report_at(const struct where *at, const struct nlmsghdr *request,
		       const struct nlmsghdr *nlh, uint32_t offset);
void refusal_report(const struct where *at, const struct nlmsghdr *request,
		    const struct nlmsghdr *nlh);

#endif
