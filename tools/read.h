/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_READ_H
#define BRGUARDCTL_READ_H

#include "host.h"

/*
 * From the kernel into struct host. Each returns EXIT_DONE, or another exit code
 * after a message.
 */
int read_links(struct host *host);
int read_conf(struct host *host);
int read_addresses(struct host *host);
int read_proxies(struct host *host);
int read_fib(struct fib *fib, int family);
int read_stations(struct host *host);
int read_watchers(struct host *host);
int read_filters(struct host *host);
int read_model(struct host *host);

bool read_switch(const char *path);
bool read_legacy_drop(int family);

int read_host(struct host *host);
int read_failed(const char *what, int err);

#endif
