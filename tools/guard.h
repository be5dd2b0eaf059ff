/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_GUARD_H
#define BRGUARDCTL_GUARD_H

#include "host.h"

void guard_resolve(struct host *host);
bool guard_is_template(const char *name);
bool guard_is_enforced(const struct link *link);
bool guard_is_guest(const struct link *link);
bool guard_is_open(const struct link *link);
bool guard_has_open(const struct host *host, const struct link *bridge);
bool guard_closes_local(const struct host *host, const struct link *bridge);
bool guard_is_on(const struct host *host, const struct link *bridge);
const struct bridge *guard_bridge(const struct host *host, const char *name);

#endif
