/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_WISH_H
#define BRGUARDCTL_WISH_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "ipc.h"
#include "list.h"

struct port;

/**
 * struct wish - what audit mode saw and no binding has, as enum brguard_a_suggest says it
 * @port: name of the port, from intern()
 * @bound: it is about a MAC address; else about the port itself
 * @vlan: VLAN ID
 * @mac: the MAC address
 * @ip: an address to be bound to it; without one its bytes are 0
 * @owner: the port where it is bound already, from intern(), or NULL
 * @rival: a port for which it is suggested as well, from intern(), or NULL
 * @more: frames that nothing is known of
 * @settings: what the port has to be made with, or NULL if it is configured
 */
struct wish {
	const char *port;
	bool bound;
	uint16_t vlan;
	uint8_t mac[MAC_BYTES];
	struct prefix ip;
	const char *owner;
	const char *rival;
	uint64_t more;
	struct port *settings;
};

void wish_list_init(struct list *list);
int wish_fetch(struct ipc *ipc, const char *port, struct list *list);
bool wish_is_free(const struct wish *wish);
bool wish_same_line(const struct wish *a, const struct wish *b);
void wish_sort(struct list *list);

#endif
