/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_BINDING_H
#define BRGUARDCTL_BINDING_H

#include <linux/brguard.h>

#include "address.h"
#include "command.h"
#include "kind.h"

/**
 * struct binding - a binding, as enum brguard_a_binding describes it
 * @at: where it was read
 * @has: HAS() of the attributes that were given
 * @port: name of the port, from intern(): there may be a million of these
 * @prefixes: how many of @prefix there are
 * @prefix: the prefixes, or NULL
 */
struct binding {
	struct where at;
	uint32_t has;
	uint16_t vlan;
	uint8_t mac[MAC_BYTES];
	const char *port;
	unsigned int prefixes;
	struct prefix *prefix;
};

struct prefix *binding_add_prefix(struct binding *binding);
void binding_release(void *item);

extern const struct kind binding_kind;
extern const struct object binding_object;

#endif
