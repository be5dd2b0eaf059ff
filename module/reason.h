/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_REASON_H
#define BRG_REASON_H

#include <linux/brguard.h>

const char *brg_reason_name(enum brguard_reason reason);

#endif /* BRG_REASON_H */
