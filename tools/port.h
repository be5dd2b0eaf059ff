/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_PORT_H
#define BRGUARDCTL_PORT_H

#include <linux/brguard.h>

#include "command.h"
#include "kind.h"

/**
 * struct port - a port, as enum brguard_a_port describes it
 * @at: where it was read
 * @has: HAS() of the attributes that were given
 * @unreported: a bit for each enum brguard_watch
 * @ethertypes: how many of @ethertype are in use; none of them clears the list
 */
struct port {
	struct where at;
	uint32_t has;
	char name[BRGUARD_PORT_NAME_MAX + 1];
	char bridge[BRGUARD_BRIDGE_NAME_MAX + 1];
	uint32_t role;
	uint32_t mode;
	uint32_t link_local;
	uint32_t dhcp_server;
	uint32_t router;
	uint32_t uplink_macs;
	unsigned int ethertypes;
	uint16_t ethertype[BRGUARD_ETHERTYPES_MAX];
	char device[BRGUARD_BRIDGE_NAME_MAX + 1];
	char master[BRGUARD_BRIDGE_NAME_MAX + 1];
	uint32_t ifindex;
	uint32_t promiscuity;
	uint32_t unreported;
};

void port_get_nested(const struct nlattr *nest, struct port *port);

extern const struct kind port_kind;
extern const struct object port_object;

#endif
