/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included ahead of every file of the module, for fault.py: whatever needs
 * memory asks first whether it is to fail. Each place that asks stands in
 * .modinfo, too: "modinfo -F fail_site" lists all of them.
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

bool brg_fail(const char *file, int line, const char *func);

#define BRG_FAIL ({							\
	MODULE_INFO(fail_site, __FILE__ ":" __stringify(__LINE__));	\
	brg_fail(__FILE__, __LINE__, __func__);				\
})

/* Where these are macros, the new ones could not use them. */
static inline void *brg_fail_kzalloc(size_t size, gfp_t gfp)
{
	return kzalloc(size, gfp);
}

static inline void *brg_fail_kvzalloc(size_t size, gfp_t gfp)
{
	return kvzalloc(size, gfp);
}

static inline void *brg_fail_kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kcalloc(n, size, gfp);
}

static inline void *brg_fail_kvcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kvcalloc(n, size, gfp);
}

static inline void *brg_fail_kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return kvmalloc_array(n, size, gfp);
}

static inline void *brg_fail_kvmalloc(size_t size, gfp_t gfp)
{
	return kvmalloc(size, gfp);
}

static inline void *brg_fail_kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc_array(n, size, gfp);
}

static inline void *brg_fail_krealloc(const void *p, size_t size, gfp_t gfp)
{
	return krealloc(p, size, gfp);
}

static inline void *brg_fail_kmemdup(const void *p, size_t size, gfp_t gfp)
{
	return kmemdup(p, size, gfp);
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

#define kzalloc(...)	(BRG_FAIL ? NULL : brg_fail_kzalloc(__VA_ARGS__))
#define kvzalloc(...)	(BRG_FAIL ? NULL : brg_fail_kvzalloc(__VA_ARGS__))
#define kcalloc(...)	(BRG_FAIL ? NULL : brg_fail_kcalloc(__VA_ARGS__))
#define kvcalloc(...)	(BRG_FAIL ? NULL : brg_fail_kvcalloc(__VA_ARGS__))
#define kvmalloc_array(...) \
	(BRG_FAIL ? NULL : brg_fail_kvmalloc_array(__VA_ARGS__))
#define kvmalloc(...)	(BRG_FAIL ? NULL : brg_fail_kvmalloc(__VA_ARGS__))
#define kmalloc_array(...) \
	(BRG_FAIL ? NULL : brg_fail_kmalloc_array(__VA_ARGS__))
#define krealloc(...)	(BRG_FAIL ? NULL : brg_fail_krealloc(__VA_ARGS__))
#define kmemdup(...)	(BRG_FAIL ? NULL : brg_fail_kmemdup(__VA_ARGS__))
#define netdev_alloc_pcpu_stats(type) \
	(BRG_FAIL ? NULL : __netdev_alloc_pcpu_stats(type, GFP_KERNEL))
#define nlmsg_new(...)	(BRG_FAIL ? NULL : nlmsg_new(__VA_ARGS__))
#define genlmsg_new(...) (BRG_FAIL ? NULL : genlmsg_new(__VA_ARGS__))
#define alloc_skb_with_frags(...) \
	(BRG_FAIL ? NULL : alloc_skb_with_frags(__VA_ARGS__))

/* What the kernel needs memory for. */
#define nf_register_net_hook(...) \
	(BRG_FAIL ? -ENOMEM : nf_register_net_hook(__VA_ARGS__))
#define sock_create_kern(...) \
	(BRG_FAIL ? -ENOMEM : sock_create_kern(__VA_ARGS__))
#define kernel_bind(...) (BRG_FAIL ? -ENOMEM : kernel_bind(__VA_ARGS__))
#define kernel_connect(...) (BRG_FAIL ? -ENOMEM : kernel_connect(__VA_ARGS__))
#define register_pernet_subsys(...) \
	(BRG_FAIL ? -ENOMEM : register_pernet_subsys(__VA_ARGS__))
#define register_netdevice_notifier(...) \
	(BRG_FAIL ? -ENOMEM : register_netdevice_notifier(__VA_ARGS__))
#define netlink_register_notifier(...) \
	(BRG_FAIL ? -ENOMEM : netlink_register_notifier(__VA_ARGS__))
#define genl_register_family(...) \
	(BRG_FAIL ? -ENOMEM : genl_register_family(__VA_ARGS__))

#endif /* _BRG_FAIL_H */
