/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_SOCKET_H
#define BRGUARDCTL_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct mnl_socket;

struct mnl_socket *socket_open(void);
void socket_close(struct mnl_socket *socket);
int socket_join(struct mnl_socket *socket, unsigned int group);
int socket_send(struct mnl_socket *socket, const void *data, size_t size);
ssize_t socket_receive(struct mnl_socket *socket, void *buffer, size_t size, bool wait);
int socket_wait(struct mnl_socket *socket, int stop);

#endif
