/* SPDX-License-Identifier: GPL-2.0-only */
/* A whole configuration, live or in a transaction. */
#ifndef BRG_CONFIG_H
#define BRG_CONFIG_H

#include <linux/netlink.h>
#include <linux/rbtree.h>
#include <linux/types.h>
#include "arena.h"
#include "claim.h"

struct brg_net;

/**
 * struct brg_config - bridges, ports and the index of what is bound
 * @bridges: by name
 * @ports: by name
 * @claims: every MAC and prefix that is bound
 * @arena: memory of bindings
 * @n_bridges: bridges
 * @n_ports: ports
 * @n_bindings: bindings of all ports
 *
 * Under struct brg_net.lock.
 */
struct brg_config {
	struct rb_root bridges;
	struct rb_root ports;
	struct brg_claims claims;
	struct brg_arena arena;
	u32 n_bridges;
	u32 n_ports;
	u32 n_bindings;
};

/**
 * struct brg_transaction - a configuration that a socket is sending
 * @node: in struct brg_net.transactions, or in its closed
 * @portid: the socket
 * @failed: a request was refused, so it can only be rolled back
 * @requests: number of requests carried out
 * @config: what was sent so far
 */
struct brg_transaction {
	struct list_head node;
	u32 portid;
	bool failed;
	u32 requests;
	struct brg_config *config;
};

struct brg_config *brg_config_alloc(void);
void brg_config_free(struct brg_config *cfg);
struct brg_transaction *brg_transaction_find(struct brg_net *bn, u32 portid);
int brg_transaction_begin(struct brg_net *bn, u32 portid,
			  struct netlink_ext_ack *extack);
int brg_transaction_commit(struct brg_net *bn, struct brg_transaction *t,
			   bool check, struct netlink_ext_ack *extack);
void brg_transaction_drop(struct brg_net *bn, struct brg_transaction *t);
void brg_transaction_release(struct brg_net *bn, u32 portid);
void brg_transactions_init(struct brg_net *bn);
void brg_transactions_exit(struct brg_net *bn);

#endif /* BRG_CONFIG_H */
