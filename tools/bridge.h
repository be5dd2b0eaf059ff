/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_BRIDGE_H
#define BRGUARDCTL_BRIDGE_H

#include <linux/brguard.h>

#include "command.h"
#include "kind.h"

/**
 * struct bridge - a guarded bridge, as enum brguard_a_bridge describes it
 * @at: where it was read
 * @has: HAS() of the attributes that were given
 * @unreported: a bit for each enum brguard_watch
 * @hold: a bit for each enum brguard_watch; none of them clears the list
 */
struct bridge {
	struct where at;
	uint32_t has;
	char name[BRGUARD_BRIDGE_NAME_MAX + 1];
	uint32_t new_port;
	uint32_t mode;
	uint32_t arp_scope;
	uint32_t hold;
	uint32_t ageing_floor;
	uint32_t claims;
	uint32_t answers;
	uint32_t answers_max;
	uint32_t answers_time;
	uint32_t answers_own;
	uint32_t local_port;
	uint32_t guest_flood;
	uint32_t guest_learning;
	uint32_t ifindex;
	uint32_t promiscuity;
	uint32_t unreported;
};

uint32_t bridge_watch_bit(uint32_t what);
void bridge_print_watches(const char *key, uint32_t watches);

extern const struct kind bridge_kind;
extern const struct object bridge_object;

#endif
