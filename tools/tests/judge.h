/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_JUDGE_H
#define BRGUARDCTL_TESTS_JUDGE_H

#include "store.h"

struct outcome judge_explain(const struct nlmsghdr *request);

#endif
