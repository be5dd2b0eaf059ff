/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_VERDICT_H
#define BRG_VERDICT_H

#include "frame.h"
#include "rules.h"

enum brguard_reason brg_verdict_in(const struct brg_rules *r,
				   const struct brg_frame *f);
enum brguard_reason brg_verdict_out(const struct brg_rules *r,
				    const struct brg_frame *f);
bool brg_verdict_is_question(const struct brg_frame *f);

/*
 * Group addresses that IEEE 802.1Q keeps for protocols between neighbours
 * (01:80:c2:00:00:00 to 0f), and Cisco's (01:00:0c:cc:cc:c0 to cf).
 */
static inline bool brg_mac_is_reserved(u64 mac)
{
	if (likely(!(mac & BRG_MAC_GROUP)))
		return false;
	mac &= 0xffffffffffULL | 0xf0ULL << 40;

	return mac == 0x000000c28001ULL || mac == 0xc0cccc0c0001ULL;
}

/* Can a frame come from this address? */
static inline bool brg_mac_is_source(u64 mac)
{
	return mac && !(mac & BRG_MAC_GROUP);
}

#endif /* BRG_VERDICT_H */
