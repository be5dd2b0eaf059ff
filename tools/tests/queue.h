/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_QUEUE_H
#define BRGUARDCTL_TESTS_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct nlmsghdr;

/* Number of the family brguard. */
#define QUEUE_FAMILY 0x20

/* The socket that hears of changes and has no queue: they are in the environment. */
#define QUEUE_LISTENER ((struct mnl_socket *)queue_init)

unsigned int queue_setting(const char *name, unsigned int otherwise);
void queue_init(void);
void queue_free(void);
struct nlmsghdr *queue_start(uint8_t cmd, uint32_t sequence);
void queue_add(const struct nlmsghdr *nlh);
void queue_lose(void);
bool queue_waiting(void);

#endif
