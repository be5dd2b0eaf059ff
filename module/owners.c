// SPDX-License-Identifier: GPL-2.0-only
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/slab.h>
#include "attach.h"
#include "binding.h"
#include "netns.h"
#include "owners.h"
#include "port.h"
#include "table.h"

static u64 brg_owners_key(int ifindex, u16 vid)
{
	return brg_key(ifindex, vid);
}

static void brg_owners_free_rcu(struct rcu_head *rcu)
{
	struct brg_owners *owners = container_of(rcu, struct brg_owners, rcu);

	brg_rules_free(&owners->rules);
	kfree(owners);
}

/*
 * A prefix of a length beyond those that rules hold is left out, for the bridge
 * and the port alike: questions for it go to all.
 */
static int brg_owners_add(struct brg_owners *owners,
			  int ifindex, const struct brg_port *port)
{
	struct brg_binding *b;
	struct brg_prefix *p;
	u64 key;

	brg_binding_for_each(b, port) {
		key = brg_owners_key(ifindex, b->mac.addr.vid);
		list_for_each_entry(p, &b->prefixes, list)
			if (!b->dying && !p->dying &&
			    brg_table_add_prefix(&owners->rules, key,
						 &p->claim.addr) == -EAGAIN)
				return -EAGAIN;
	}

	return 0;
}

static int brg_owners_fill(struct brg_net *bn, struct brg_owners *owners,
			   const struct brg_rules_size *size)
{
	struct brg_slot *slot;
	int err, i;

	err = brg_rules_init(&owners->rules, get_random_u64(), size);
	hash_for_each(bn->slots, i, slot, node) {
		if (!slot->now.arp_scope)
			continue;
		err = err ?: brg_owners_add(owners, slot->now.bridge,
					    slot->now.port);
		err = err ?: brg_owners_add(owners, slot->dev->ifindex,
					    slot->now.port);
	}

	return err;
}

static struct brg_owners *brg_owners_try(struct brg_net *bn,
					 const struct brg_rules_size *size)
{
	struct brg_owners *owners;
	int err;

	owners = kzalloc(sizeof(*owners), GFP_KERNEL_ACCOUNT);
	if (!owners)
		return ERR_PTR(-ENOMEM);
	err = brg_owners_fill(bn, owners, size);
	if (!err)
		return owners;
	brg_rules_free(&owners->rules);
	kfree(owners);

	return ERR_PTR(err);
}

static struct brg_owners *brg_owners_build(struct brg_net *bn)
{
	struct brg_rules_size size = {};
	struct brg_owners *owners;
	struct brg_slot *slot;
	int i;

	/* Each once for its bridge and once for its port. */
	hash_for_each(bn->slots, i, slot, node) {
		if (!slot->now.arp_scope)
			continue;
		size.ip4s += 2 * slot->now.port->n_prefixes4;
		size.ip6s += 2 * slot->now.port->n_prefixes6;
	}
	do
		owners = brg_owners_try(bn, &size);
	while (PTR_ERR_OR_ZERO(owners) == -EAGAIN &&
	       ++size.growth <= BRG_GROWTH_MAX);

	return IS_ERR(owners) ? NULL : owners;
}

/**
 * brg_owners_refresh() - collect the addresses anew
 * @bn: namespace
 *
 * Context: may sleep; struct brg_net.lock. Cannot fail: without memory, every
 * question goes to every port.
 */
void brg_owners_refresh(struct brg_net *bn)
{
	struct brg_owners *old;

	old = rcu_replace_pointer(bn->owners,
				  bn->scopes ? brg_owners_build(bn) : NULL,
				  lockdep_is_held(&bn->lock));
	if (old)
		call_rcu(&old->rcu, brg_owners_free_rcu);
}

static bool brg_owners_has(const struct brg_owners *owners, int ifindex,
			   const struct brg_frame *f)
{
	u64 key = brg_owners_key(ifindex, f->vid);

	return f->kind == BRG_KIND_ARP ?
	       brg_rules_has_ip4(&owners->rules, key, f->arp.target_ip) :
	       brg_rules_has_ip6(&owners->rules, key, &f->ip6.nd.target);
}

/**
 * brg_owners_is_elsewhere_rcu() - is what is asked for bound on another port?
 * @bn: namespace
 * @dev: port that the question is on its way to
 * @f: a question, see brg_verdict_is_question()
 *
 * Context: RCU.
 * Return: whether another port of @dev's bridge has it, and @dev has not.
 */
bool brg_owners_is_elsewhere_rcu(const struct brg_net *bn,
				 struct net_device *dev,
				 const struct brg_frame *f)
{
	const struct brg_owners *owners = rcu_dereference(bn->owners);
	struct net_device *bridge = netdev_master_upper_dev_get_rcu(dev);

	return owners && bridge &&
	       brg_owners_has(owners, bridge->ifindex, f) &&
	       !brg_owners_has(owners, dev->ifindex, f);
}
