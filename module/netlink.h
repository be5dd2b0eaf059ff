/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_NETLINK_H
#define BRG_NETLINK_H

#include <net/genetlink.h>
#include <linux/brguard.h>
#include "netns.h"

struct brg_address;
struct brg_answers_event;
struct brg_change;
struct brg_config;
struct brg_message;
struct brg_note;
struct brg_port;
struct brg_port_settings;
struct brg_transaction;

enum brg_mcgrp {
	BRG_MCGRP_VIOLATION,
	BRG_MCGRP_WATCH,
	BRG_MCGRP_CONFIG,
};

/**
 * struct brg_request - a request under its locks
 * @bn: namespace
 * @info: the request
 * @extack: for sentences
 * @t: transaction it belongs to, or NULL
 * @cfg: configuration it works on, live or of @t
 * @rtnl: RTNL is held
 */
struct brg_request {
	struct brg_net *bn;
	struct genl_info *info;
	struct netlink_ext_ack *extack;
	struct brg_transaction *t;
	struct brg_config *cfg;
	bool rtnl;
};

/**
 * struct brg_message - a message under construction
 * @skb: where it goes
 * @portid: for whom, 0 for a group
 * @seq: sequence number of the request
 * @cmd: command or notification
 * @cb: the dump it belongs to, or NULL
 */
struct brg_message {
	struct sk_buff *skb;
	u32 portid;
	u32 seq;
	u8 cmd;
	struct netlink_callback *cb;
};

extern struct genl_family brg_family;

int brg_netlink_init(void);
void brg_netlink_exit(void);

int brg_attrs_check(const struct nlattr *head, int len, int many,
		    struct netlink_ext_ack *extack);
int brg_request_begin(struct brg_request *rq, struct genl_info *info);
int brg_request_explain(struct netlink_ext_ack *extack, int err);
int brg_request_end(struct brg_request *rq, int err);
int brg_request_begin_read(struct brg_request *rq, struct genl_info *info);
void brg_request_end_read(struct brg_request *rq);
int brg_request_run(struct genl_info *info,
		    int (*change)(struct brg_request *rq));
int brg_request_answer(struct genl_info *info,
		       int (*fill)(struct brg_request *rq,
				   const struct brg_message *m));
int brg_request_sync(struct brg_request *rq);
int brg_dump_check(struct netlink_callback *cb, bool takes_name);
int brg_request_check_bridge(struct brg_request *rq, int attr);
int brg_request_name(struct brg_request *rq, int attr, const char **name);

bool brg_address_has_host_bits(const struct brg_address *addr, u8 bits);
bool brg_address_is_martian(const struct brg_address *addr);
int brg_records_add(struct brg_request *rq, struct brg_port *port);
struct brg_port *brg_stats_find(struct brg_net *bn, const char *name);
int brg_stats_check(const struct brg_port *port, const struct nlattr *attr,
		    struct netlink_ext_ack *extack);
int brg_port_fill_settings(struct sk_buff *skb,
			   const struct brg_port_settings *set);
int brg_prefix_fill(struct sk_buff *skb, int attr,
		    const struct brg_address *addr);

int brg_message_alloc(struct brg_message *m, const struct genl_info *info,
		      u8 cmd, size_t size);
int brg_put_name(struct sk_buff *skb, int attr, const struct net_device *dev);
struct brg_message brg_message_dump(struct sk_buff *skb,
				    struct netlink_callback *cb, u8 cmd);
int brg_message_dumped(const struct brg_message *m, bool all);
void *brg_message_begin(const struct brg_message *m);
int brg_message_reply(struct brg_message *m, struct genl_info *info, int err);

bool brg_netlink_listens(const struct brg_net *bn, enum brg_mcgrp group);
int brg_netlink_unreported(struct sk_buff *skb, int attr,
			   const struct brg_net *bn,
			   const struct net_device *dev);
void brg_netlink_missed(const struct brg_net *bn, enum brg_mcgrp group);
void brg_netlink_multicast(const struct brg_net *bn, struct sk_buff *skb,
			   enum brg_mcgrp group, gfp_t gfp);
void brg_netlink_violation(const struct brg_net *bn,
			   const struct brg_note *note);
void brg_netlink_answers(const struct brg_net *bn,
			 const struct brg_answers_event *e);
void brg_netlink_watch(const struct brg_net *bn, const struct brg_change *c);

int brg_bridge_get_doit(struct sk_buff *skb, struct genl_info *info);
int brg_bridge_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int brg_bridge_set_doit(struct sk_buff *skb, struct genl_info *info);
int brg_bridge_del_doit(struct sk_buff *skb, struct genl_info *info);
int brg_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int brg_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int brg_port_set_doit(struct sk_buff *skb, struct genl_info *info);
int brg_port_del_doit(struct sk_buff *skb, struct genl_info *info);
int brg_binding_get_doit(struct sk_buff *skb, struct genl_info *info);
int brg_binding_get_start(struct netlink_callback *cb);
int brg_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int brg_binding_add_doit(struct sk_buff *skb, struct genl_info *info);
int brg_binding_del_doit(struct sk_buff *skb, struct genl_info *info);
int brg_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int brg_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int brg_stats_reset_doit(struct sk_buff *skb, struct genl_info *info);
int brg_config_begin_doit(struct sk_buff *skb, struct genl_info *info);
int brg_config_commit_doit(struct sk_buff *skb, struct genl_info *info);
int brg_config_abort_doit(struct sk_buff *skb, struct genl_info *info);
int brg_explain_doit(struct sk_buff *skb, struct genl_info *info);
int brg_suggest_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int brg_config_release(struct notifier_block *nb, unsigned long event,
		       void *ptr);

#endif /* BRG_NETLINK_H */
