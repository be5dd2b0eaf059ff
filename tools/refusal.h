/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_REFUSAL_H
#define BRGUARDCTL_REFUSAL_H

#include "report.h"

struct nlmsghdr;

int refusal_error(const struct nlmsghdr *nlh);
void refusal_report(const struct where *at, const struct nlmsghdr *request,
		    const struct nlmsghdr *nlh);

#endif
