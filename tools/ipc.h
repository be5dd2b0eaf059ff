/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_IPC_H
#define BRGUARDCTL_IPC_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"
#include "report.h"

struct mnl_socket;
struct nlmsghdr;

/* A binding with 256 prefixes, the largest request, needs some 8.4 KiB. */
#define IPC_MESSAGE_MAX 16384
#define IPC_RECEIVE_MAX (128 * 1024)

/* Times that something is read which somebody else's changes spoil before we give up. */
#define IPC_TRIES 20

enum { IPC_VIOLATION, IPC_WATCH, IPC_CONFIG, IPC_GROUPS };

/**
 * struct ipc - a conversation with the module
 * @socket: the socket
 * @listener: the one that hears of changes, or NULL, see ipc_listen()
 * @family: number of the family brguard
 * @group: numbers of its groups, 0 if there is none of that name
 * @sequence: sequence number of the last request
 * @request: room for one request
 * @answer: room for what is received
 */
struct ipc {
	struct mnl_socket *socket;
	struct mnl_socket *listener;
	uint16_t family;
	uint32_t group[IPC_GROUPS];
	uint32_t sequence;
	char *request;
	char *answer;
};

/* Called for each answer of the module. */
typedef void (*ipc_receive_fn)(const struct nlmsghdr *nlh, void *data);

extern const char *const ipc_groups[IPC_GROUPS];

int ipc_open(struct ipc *ipc);
void ipc_close(struct ipc *ipc);
struct nlmsghdr *ipc_message(struct ipc *ipc, void *buffer, uint8_t cmd, uint16_t flags);
struct nlmsghdr *ipc_request(struct ipc *ipc, uint8_t cmd, uint16_t flags);
int ipc_talk(struct ipc *ipc, const struct nlmsghdr *nlh, const struct where *at,
	     ipc_receive_fn receive, void *data);
int ipc_dump(struct ipc *ipc, struct nlmsghdr *nlh, ipc_receive_fn receive, void *data,
	     struct list *list);
int ipc_listen(struct ipc *ipc);
bool ipc_changed(struct ipc *ipc);
int ipc_keeps_changing(void);
uint8_t ipc_command(const struct nlmsghdr *nlh);

#endif
