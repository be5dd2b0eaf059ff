/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_NETNS_H
#define BRGUARDCTL_NETNS_H

int netns_enter(const char *name);

#endif
