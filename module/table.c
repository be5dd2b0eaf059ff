// SPDX-License-Identifier: GPL-2.0-only
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/addrconf.h>
#include "binding.h"
#include "bridge.h"
#include "port.h"
#include "table.h"

/**
 * brg_table_link_local() - the link-local address made from a MAC
 * @key: the MAC, and perhaps a VLAN
 * @addr: where it goes, RFC 4291 appendix A
 */
void brg_table_link_local(u64 key, struct in6_addr *addr)
{
	u8 mac[6];

	brg_mac_bytes(mac, key);
	ipv6_addr_set(addr, htonl(0xfe800000), 0, 0, 0);
	addr->s6_addr[8] = mac[0] ^ 2;
	addr->s6_addr[9] = mac[1];
	addr->s6_addr[10] = mac[2];
	addr->s6_addr[11] = 0xff;
	addr->s6_addr[12] = 0xfe;
	addr->s6_addr[13] = mac[3];
	addr->s6_addr[14] = mac[4];
	addr->s6_addr[15] = mac[5];
}

static int brg_table_add_prefixes(struct brg_rules *r, u64 key,
				  const struct brg_binding *b)
{
	const struct brg_prefix4 *p4 = brg_binding_ip4(b);
	const struct brg_prefix6 *p6 = brg_binding_ip6(b);
	struct in6_addr ip6;
	int err = 0;
	u32 i;

	for (i = 0; i < b->n4 && !err; i++)
		err = brg_rules_add_ip4(r, key, p4[i].addr, p4[i].len);
	for (i = 0; i < b->n6 && !err; i++) {
		memcpy(&ip6, p6[i].byte, sizeof(ip6));
		err = brg_rules_add_ip6(r, key, &ip6, p6[i].len);
	}

	return err;
}

static int brg_table_add(struct brg_rules *r, const struct brg_port *port,
			 const struct brg_binding *b)
{
	u64 key = brg_binding_key(b);
	struct in6_addr link_local;
	int err;

	err = brg_rules_add_mac(r, key);
	if (brg_binding_vid(b))
		err = err ?: brg_rules_add_mac(r,
					brg_key_vlan(brg_binding_vid(b)));
	else
		r->untagged = true;
	err = err ?: brg_table_add_prefixes(r, key, b);
	/* Most frames have other addresses, which are compared first. */
	if (port->set.link_local == BRGUARD_LINK_LOCAL_EUI64) {
		brg_table_link_local(key, &link_local);
		err = err ?: brg_rules_add_ip6(r, key, &link_local, 128);
	}

	return err;
}

static int brg_table_fill(struct brg_table *t, const struct brg_port *port,
			  u8 growth)
{
	struct brg_rules_size size = {
		/* A VLAN has a key of its own. */
		.macs = port->n_bindings + port->n_tagged,
		.ip4s = port->n_prefixes4,
		.ip6s = port->n_prefixes6,
		.growth = growth,
	};
	struct brg_rules *r = &t->rules;
	struct brg_cursor at;
	struct brg_binding *b;
	int err;

	/* And a MAC an address of its own. */
	if (port->set.link_local == BRGUARD_LINK_LOCAL_EUI64)
		size.ip6s += port->n_bindings;
	err = brg_rules_init(r, get_random_u64(), &size);
	if (err)
		return err;
	brg_binding_for_each(b, at, port)
		if (b != port->dying)
			err = err ?: brg_table_add(r, port, b);

	return err;
}

/* Addresses that a MAC may answer for: those of a prefix, 2^16 being plenty. */
static u64 brg_table_addresses(const struct brg_binding *b)
{
	const struct brg_prefix4 *p4 = brg_binding_ip4(b);
	const struct brg_prefix6 *p6 = brg_binding_ip6(b);
	u64 n = 1;
	u32 i;

	for (i = 0; i < b->n4; i++)
		n += 1ULL << min(32 - p4[i].len, 16);
	for (i = 0; i < b->n6; i++)
		n += 1ULL << min(128 - p6[i].len, 16);

	return n;
}

/*
 * POLICY step 12 counts by MAC, whatever the VLAN, and guests can only answer
 * for what is bound: is there a MAC that could ever meet the limit? The binding
 * with most addresses stands for one in each VLAN, and its link-local address
 * is always there.
 */
static bool brg_table_counts(const struct brg_port *port,
			     const struct brg_bridge_settings *knobs)
{
	u64 most = 0, vlans = 0;
	struct brg_binding *b;
	struct brg_cursor at;
	int vid = -1;

	if (!knobs->answers_max)
		return false;
	if (port->set.link_local == BRGUARD_LINK_LOCAL_ANY)
		return true;
	brg_binding_for_each(b, at, port) {
		if (b == port->dying)
			continue;
		most = max(most, brg_table_addresses(b));
		vlans += brg_binding_vid(b) != vid;
		vid = brg_binding_vid(b);
	}

	return most * vlans > knobs->answers_max;
}

static void brg_table_settings(struct brg_rules *r,
			       const struct brg_port_settings *set)
{
	r->dhcp_server = set->dhcp_server;
	r->router = set->router;
	r->any_link_local = set->link_local == BRGUARD_LINK_LOCAL_ANY;
	r->ethertypes = set->ethertypes;
	memcpy(r->ethertype, set->ethertype, sizeof(r->ethertype));
}

static struct brg_table *brg_table_try(const struct brg_port *port, u8 growth)
{
	struct brg_table *t = kzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	int err;

	if (!t)
		return ERR_PTR(-ENOMEM);
	err = brg_table_fill(t, port, growth);
	if (err) {
		brg_rules_free(&t->rules);
		kfree(t);
		return ERR_PTR(err);
	}
	brg_table_settings(&t->rules, &port->set);
	t->port = port;

	return t;
}

/**
 * brg_table_build() - make the table of a guest port
 * @port: port with statistics
 * @audit: audit mode holds
 * @knobs: settings of its bridge
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: the table or ERR_PTR(): -ENOMEM, -ENOSPC (more prefix lengths than
 * brg_binding_add() lets through), -EAGAIN (no table would do).
 */
struct brg_table *brg_table_build(const struct brg_port *port, bool audit,
				  const struct brg_bridge_settings *knobs)
{
	struct brg_table *t;
	u8 growth = 0;

	do
		t = brg_table_try(port, growth);
	while (PTR_ERR_OR_ZERO(t) == -EAGAIN && ++growth <= BRG_GROWTH_MAX);
	if (!IS_ERR(t)) {
		t->audit = audit;
		t->rules.scoped = knobs->arp_scope && !audit;
		t->rules.counts = brg_table_counts(port, knobs);
	}

	return t;
}

static void brg_table_free_rcu(struct rcu_head *rcu)
{
	struct brg_table *t = container_of(rcu, struct brg_table, rcu);

	brg_rules_free(&t->rules);
	kfree(t);
}

/**
 * brg_table_free() - free a table after a grace period
 * @table: table that hooks can no longer find, or NULL
 *
 * Context: any but hard interrupts.
 */
void brg_table_free(struct brg_table *table)
{
	if (table)
		call_rcu(&table->rcu, brg_table_free_rcu);
}
