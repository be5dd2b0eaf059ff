/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_REPORT_H
#define BRG_REPORT_H

#include <linux/types.h>

struct brg_change;
struct brg_net;

bool brg_report(struct brg_net *bn, struct brg_change *c, u32 *keep);
void brg_report_restore(struct brg_net *bn, const struct brg_change *c,
			u32 keep);

#endif /* BRG_REPORT_H */
