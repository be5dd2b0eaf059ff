/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_PARSE_H
#define BRG_PARSE_H

#include "frame.h"

struct sk_buff;

void brg_parse_in(const struct sk_buff *skb, struct brg_frame *f);
void brg_parse_out(const struct sk_buff *skb, struct brg_frame *f);
u64 brg_parse_dmac(const struct sk_buff *skb);

#endif /* BRG_PARSE_H */
