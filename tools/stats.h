/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_STATS_H
#define BRGUARDCTL_STATS_H

#include <linux/brguard.h>

#include "command.h"
#include "grammar.h"
#include "ipc.h"

/* Reasons that a newer kernel may count and this program only knows by number. */
#define STATS_REASONS 32

/**
 * struct stats - counters of a port
 * @port: name of the port, or of the device if nobody named it
 * @events: violations reported one by one
 * @suppressed: violations counted only
 * @pruned: questions kept from the port by arp-scope
 * @dropped: frames dropped, by reason
 * @audited: frames that audit mode let pass, by reason
 */
struct stats {
	char port[BRGUARD_PORT_NAME_MAX + 1];
	uint64_t events;
	uint64_t suppressed;
	uint64_t pruned;
	uint64_t dropped[STATS_REASONS];
	uint64_t audited[STATS_REASONS];
};

extern const struct grammar stats_grammar;
extern const struct object stats_object;

void stats_list_init(struct list *list);
int stats_fetch(struct ipc *ipc, const char *port, struct list *list);
int stats_read_port(struct args *args, char *name, size_t size);
void stats_print_port(const struct list *list, const char *port);

#endif
