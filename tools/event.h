/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_EVENT_H
#define BRGUARDCTL_EVENT_H

struct nlmsghdr;

void event_print(const struct nlmsghdr *nlh);
void event_print_lost(void);

#endif
