/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included ahead of every file of the module, for fault.py: whatever needs
 * memory, or room in a message, asks first whether it is to fail. Each place
 * that asks stands in .modinfo, too: "modinfo -F fail_site" lists all of them.
 */
#ifndef _BRG_FAIL_H
#define _BRG_FAIL_H

#include <linux/mm.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/stringify.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netlink.h>
#include <linux/brguard.h>

/* A limit that a test can reach. */
extern unsigned int brg_bindings_max;
#undef BRGUARD_BINDINGS_MAX
#define BRGUARD_BINDINGS_MAX	brg_bindings_max

#ifdef BRG_COUNTED
/* See build: a function of the module is to be one, wherever it is used. */
#undef __always_inline
#define __always_inline inline
#endif

bool brg_fail(const char *file, int line, const char *func);
bool brg_fail_room(const char *file, int line, const char *func);

#define BRG_FAIL ({							\
	MODULE_INFO(fail_site, __FILE__ ":" __stringify(__LINE__));	\
	brg_fail(__FILE__, __LINE__, __func__);				\
})

#define BRG_FAIL_ROOM ({						\
	MODULE_INFO(fail_site, __FILE__ ":" __stringify(__LINE__));	\
	brg_fail_room(__FILE__, __LINE__, __func__);			\
})

/*
 * Functions, not "BRG_FAIL ? NULL : ...": what the caller does with an answer is one
 * path then, whatever it is.
 */
static inline void *brg_fail_kzalloc(bool fail, size_t size, gfp_t gfp)
{
	return fail ? NULL : kzalloc(size, gfp);
}

static inline void *brg_fail_kvzalloc(bool fail, size_t size, gfp_t gfp)
{
	return fail ? NULL : kvzalloc(size, gfp);
}

static inline void *brg_fail_kcalloc(bool fail, size_t n, size_t size, gfp_t gfp)
{
	return fail ? NULL : kcalloc(n, size, gfp);
}

static inline void *brg_fail_kvcalloc(bool fail, size_t n, size_t size, gfp_t gfp)
{
	return fail ? NULL : kvcalloc(n, size, gfp);
}

static inline void *brg_fail_kvmalloc_array(bool fail, size_t n, size_t size, gfp_t gfp)
{
	return fail ? NULL : kvmalloc_array(n, size, gfp);
}

static inline void *brg_fail_kvmalloc(bool fail, size_t size, gfp_t gfp)
{
	return fail ? NULL : kvmalloc(size, gfp);
}

static inline void *brg_fail_kmalloc_array(bool fail, size_t n, size_t size, gfp_t gfp)
{
	return fail ? NULL : kmalloc_array(n, size, gfp);
}

static inline void *brg_fail_krealloc(bool fail, const void *p, size_t size, gfp_t gfp)
{
	return fail ? NULL : krealloc(p, size, gfp);
}

static inline void *brg_fail_kmemdup(bool fail, const void *p, size_t size, gfp_t gfp)
{
	return fail ? NULL : kmemdup(p, size, gfp);
}

static inline struct sk_buff *brg_fail_nlmsg_new(bool fail, size_t size, gfp_t gfp)
{
	return fail ? NULL : nlmsg_new(size, gfp);
}

static inline struct sk_buff *brg_fail_genlmsg_new(bool fail, size_t size, gfp_t gfp)
{
	return fail ? NULL : genlmsg_new(size, gfp);
}

static inline struct sk_buff *brg_fail_alloc_skb_with_frags(bool fail, unsigned long head,
							    unsigned long data, int order,
							    int *err, gfp_t gfp)
{
	return fail ? NULL : alloc_skb_with_frags(head, data, order, err, gfp);
}

static inline int brg_fail_nf_register_net_hook(bool fail, struct net *net,
						const struct nf_hook_ops *ops)
{
	return fail ? -ENOMEM : nf_register_net_hook(net, ops);
}

static inline int brg_fail_sock_create_kern(bool fail, struct net *net, int family, int type,
					    int proto, struct socket **sock)
{
	return fail ? -ENOMEM : sock_create_kern(net, family, type, proto, sock);
}

static inline int brg_fail_register_pernet_subsys(bool fail, struct pernet_operations *ops)
{
	return fail ? -ENOMEM : register_pernet_subsys(ops);
}

static inline int brg_fail_register_netdevice_notifier(bool fail, struct notifier_block *nb)
{
	return fail ? -ENOMEM : register_netdevice_notifier(nb);
}

static inline int brg_fail_netlink_register_notifier(bool fail, struct notifier_block *nb)
{
	return fail ? -ENOMEM : netlink_register_notifier(nb);
}

static inline int brg_fail_genl_register_family(bool fail, struct genl_family *family)
{
	return fail ? -ENOMEM : genl_register_family(family);
}

/* A message that is full. */
#define BRG_ROOM_PUT(name, type)					\
static inline int brg_room_##name(bool full, struct sk_buff *skb, int attr, type value) \
{									\
	return full ? -EMSGSIZE : name(skb, attr, value);		\
}

BRG_ROOM_PUT(nla_put_u8, u8)
BRG_ROOM_PUT(nla_put_u16, u16)
BRG_ROOM_PUT(nla_put_u32, u32)
BRG_ROOM_PUT(nla_put_string, const char *)
BRG_ROOM_PUT(nla_put_in_addr, __be32)
BRG_ROOM_PUT(nla_put_in6_addr, const struct in6_addr *)

static inline int brg_room_nla_put_flag(bool full, struct sk_buff *skb, int attr)
{
	return full ? -EMSGSIZE : nla_put_flag(skb, attr);
}

static inline int brg_room_nla_put_u64_64bit(bool full, struct sk_buff *skb, int attr,
					     u64 value, int pad)
{
	return full ? -EMSGSIZE : nla_put_u64_64bit(skb, attr, value, pad);
}

static inline int brg_room_nla_put(bool full, struct sk_buff *skb, int attr, int len,
				   const void *data)
{
	return full ? -EMSGSIZE : nla_put(skb, attr, len, data);
}

static inline struct nlattr *brg_room_nla_nest_start(bool full, struct sk_buff *skb,
						     int attr)
{
	return full ? NULL : nla_nest_start(skb, attr);
}

static inline void *brg_room_genlmsg_put(bool full, struct sk_buff *skb, u32 portid,
					 u32 seq, const struct genl_family *family,
					 int flags, u8 cmd)
{
	return full ? NULL : genlmsg_put(skb, portid, seq, family, flags, cmd);
}

#undef kzalloc
#undef kvzalloc
#undef kcalloc
#undef kvcalloc
#undef kvmalloc_array
#undef kvmalloc
#undef kmalloc_array
#undef krealloc
#undef kmemdup
#undef netdev_alloc_pcpu_stats

#define kzalloc(...)		brg_fail_kzalloc(BRG_FAIL, __VA_ARGS__)
#define kvzalloc(...)		brg_fail_kvzalloc(BRG_FAIL, __VA_ARGS__)
#define kcalloc(...)		brg_fail_kcalloc(BRG_FAIL, __VA_ARGS__)
#define kvcalloc(...)		brg_fail_kvcalloc(BRG_FAIL, __VA_ARGS__)
#define kvmalloc_array(...)	brg_fail_kvmalloc_array(BRG_FAIL, __VA_ARGS__)
#define kvmalloc(...)		brg_fail_kvmalloc(BRG_FAIL, __VA_ARGS__)
#define kmalloc_array(...)	brg_fail_kmalloc_array(BRG_FAIL, __VA_ARGS__)
#define krealloc(...)		brg_fail_krealloc(BRG_FAIL, __VA_ARGS__)
#define kmemdup(...)		brg_fail_kmemdup(BRG_FAIL, __VA_ARGS__)
#define netdev_alloc_pcpu_stats(type) \
	(BRG_FAIL ? NULL : __netdev_alloc_pcpu_stats(type, GFP_KERNEL))
#define nlmsg_new(...)		brg_fail_nlmsg_new(BRG_FAIL, __VA_ARGS__)
#define genlmsg_new(...)	brg_fail_genlmsg_new(BRG_FAIL, __VA_ARGS__)
#define alloc_skb_with_frags(...) \
	brg_fail_alloc_skb_with_frags(BRG_FAIL, __VA_ARGS__)

#define nla_put_u8(...)		brg_room_nla_put_u8(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_u16(...)	brg_room_nla_put_u16(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_u32(...)	brg_room_nla_put_u32(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_string(...)	brg_room_nla_put_string(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_in_addr(...)	brg_room_nla_put_in_addr(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_in6_addr(...)	brg_room_nla_put_in6_addr(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_flag(...)	brg_room_nla_put_flag(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put_u64_64bit(...)	brg_room_nla_put_u64_64bit(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_put(...)		brg_room_nla_put(BRG_FAIL_ROOM, __VA_ARGS__)
#define nla_nest_start(...)	brg_room_nla_nest_start(BRG_FAIL_ROOM, __VA_ARGS__)
#define genlmsg_put(...)	brg_room_genlmsg_put(BRG_FAIL_ROOM, __VA_ARGS__)

/* What the kernel needs memory for. */
#define nf_register_net_hook(...) \
	brg_fail_nf_register_net_hook(BRG_FAIL, __VA_ARGS__)
#define sock_create_kern(...)	brg_fail_sock_create_kern(BRG_FAIL, __VA_ARGS__)
#define kernel_bind(...) (BRG_FAIL ? -ENOMEM : kernel_bind(__VA_ARGS__))
#define kernel_connect(...) (BRG_FAIL ? -ENOMEM : kernel_connect(__VA_ARGS__))
#define register_pernet_subsys(...) \
	brg_fail_register_pernet_subsys(BRG_FAIL, __VA_ARGS__)
#define register_netdevice_notifier(...) \
	brg_fail_register_netdevice_notifier(BRG_FAIL, __VA_ARGS__)
#define netlink_register_notifier(...) \
	brg_fail_netlink_register_notifier(BRG_FAIL, __VA_ARGS__)
#define genl_register_family(...) \
	brg_fail_genl_register_family(BRG_FAIL, __VA_ARGS__)

#endif /* _BRG_FAIL_H */
