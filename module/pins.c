// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/neighbour.h>
#include <linux/netdevice.h>
#include <linux/overflow.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/netlink.h>
#include "binding.h"
#include "fdb.h"
#include "frame.h"
#include "pins.h"
#include "port.h"

/* VLANs of a port: those it sends with their tag, those without. */
struct brg_pin_vlans {
	DECLARE_BITMAP(tagged, VLAN_N_VID);
	DECLARE_BITMAP(untagged, VLAN_N_VID);
};

static void brg_pin_vlans_take(struct brg_pin_vlans *vlans,
			       const struct bridge_vlan_info *info, u16 *first)
{
	u16 last = info->vid;

	if (!(info->flags & BRIDGE_VLAN_INFO_RANGE_END))
		*first = last;
	if (info->flags & BRIDGE_VLAN_INFO_RANGE_BEGIN ||
	    last >= VLAN_N_VID || *first > last)
		return;
	bitmap_set(info->flags & BRIDGE_VLAN_INFO_UNTAGGED ? vlans->untagged :
		   vlans->tagged, *first, last - *first + 1);
}

static void brg_pin_vlans_parse(struct brg_pin_vlans *vlans,
				const struct nlmsghdr *nlh)
{
	const struct nlattr *spec, *a;
	u16 first = 0;
	int rem;

	spec = nlmsg_find_attr(nlh, sizeof(struct ifinfomsg), IFLA_AF_SPEC);
	if (!spec)
		return;
	nla_for_each_nested(a, spec, rem)
		if (nla_type(a) == IFLA_BRIDGE_VLAN_INFO &&
		    nla_len(a) == sizeof(struct bridge_vlan_info))
			brg_pin_vlans_take(vlans, nla_data(a), &first);
}

/* A port with so many VLANs that they do not fit has too many addresses. */
static int brg_pin_vlans_read(struct brg_pin_vlans *vlans,
			      struct net_device *dev, struct net_device *bridge)
{
	const struct net_device_ops *ops = bridge->netdev_ops;
	struct sk_buff *skb;
	int err;

	if (!ops->ndo_bridge_getlink)
		return -EOPNOTSUPP;
	skb = nlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	err = ops->ndo_bridge_getlink(skb, 0, 0, dev,
				      RTEXT_FILTER_BRVLAN_COMPRESSED, 0);
	if (!err && skb->len)
		brg_pin_vlans_parse(vlans, (void *)skb->data);
	kfree_skb(skb);

	return err;
}

static const struct brg_pin *brg_pins_find(const struct brg_pins *pins, u64 key)
{
	u32 i;

	for (i = 0; pins && i < pins->n; i++)
		if (pins->pin[i].key == key)
			return &pins->pin[i];

	return NULL;
}

static int brg_pins_push(struct brg_pins *pins, u64 key)
{
	if (brg_pins_find(pins, key))
		return 0;
	if (pins->n == BRG_PINS_MAX)
		return -ENOSPC;
	pins->pin[pins->n++] = (struct brg_pin){ .key = key };

	return 0;
}

/*
 * The VLAN of a binding is that on the wire. An untagged frame may come out of
 * any of the VLANs that leave the port untagged.
 */
static int brg_pins_push_vlans(struct brg_pins *pins, u64 mac, u16 wire,
			       const struct brg_pin_vlans *vlans)
{
	unsigned int vid;
	int err = 0;

	if (!vlans)
		return brg_pins_push(pins, mac);
	if (wire)
		return test_bit(wire, vlans->tagged) ?
		       brg_pins_push(pins, brg_key(mac, wire)) : 0;
	for_each_set_bit(vid, vlans->untagged, VLAN_N_VID)
		err = err ?: brg_pins_push(pins, brg_key(mac, vid));

	return err;
}

/* Where a shared address is, the bridge alone knows. */
static int brg_pins_fill(struct brg_pins *pins, const struct brg_port *port,
			 const struct brg_pin_vlans *vlans)
{
	struct brg_binding *b;
	struct brg_cursor at;
	int err = 0;

	brg_binding_for_each(b, at, port) {
		if (b->shared)
			return -EBUSY;
		err = err ?: brg_pins_push_vlans(pins, brg_binding_key(b) &
						 BRG_MAC_MASK,
						 brg_binding_vid(b), vlans);
	}

	return err;
}

/**
 * brg_pins_collect() - which addresses has the bridge to know?
 * @port: port
 * @dev: its device
 * @bridge: the bridge that this is on
 *
 * Context: may sleep; RTNL.
 * Return: they, to be freed, or ERR_PTR(): -ENOSPC if there are too many,
 * -EBUSY if one is shared, -ENOMEM, or what the bridge says.
 */
struct brg_pins *brg_pins_collect(const struct brg_port *port,
				  struct net_device *dev,
				  struct net_device *bridge)
{
	struct brg_pins *pins, *fit = NULL;
	struct brg_pin_vlans *vlans = NULL;
	int err = 0;

	if (port->n_bindings > BRG_PINS_MAX)
		return ERR_PTR(-ENOSPC);
	pins = kzalloc(struct_size(pins, pin, BRG_PINS_MAX), GFP_KERNEL);
	if (!pins)
		return ERR_PTR(-ENOMEM);
	if (br_vlan_enabled(bridge)) {
		vlans = kzalloc(sizeof(*vlans), GFP_KERNEL);
		err = vlans ? brg_pin_vlans_read(vlans, dev, bridge) : -ENOMEM;
	}
	err = err ?: brg_pins_fill(pins, port, vlans);
	kfree(vlans);
	if (!err)
		fit = kmemdup(pins, struct_size(pins, pin, pins->n),
			      GFP_KERNEL_ACCOUNT);
	kfree(pins);

	return err ? ERR_PTR(err) : fit ?: ERR_PTR(-ENOMEM);
}

/*
 * An entry of the administrator's stays. So does one that the bridge has
 * learned elsewhere, unless it is to be taken from there: what is known is not
 * flooded. When it ages, its end is heard of.
 */
static int brg_pin_put(struct brg_pin *pin, bool take, struct net_device *dev,
		       struct net_device *bridge)
{
	struct brg_fdb fdb;
	int err = brg_fdb_find(bridge, pin->key, &fdb);

	pin->ours = err == -ENOENT ||
		    (!err && (take || fdb.ifindex == dev->ifindex) &&
		     !(fdb.state & (NUD_PERMANENT | NUD_NOARP)) &&
		     !(fdb.flags & NTF_EXT_LEARNED));
	if (err && err != -ENOENT)
		return err;

	return pin->ours ? brg_fdb_add(dev, pin->key) : 0;
}

/* Is an entry that brguard made where it was made? */
static bool brg_pin_is_there(u64 key, const struct net_device *dev,
			     struct net_device *bridge)
{
	struct brg_fdb fdb;

	return !brg_fdb_find(bridge, key, &fdb) &&
	       fdb.ifindex == dev->ifindex && fdb.flags & NTF_EXT_LEARNED &&
	       !(fdb.state & (NUD_PERMANENT | NUD_NOARP));
}

/**
 * brg_pins_put() - make the entries that are missing
 * @pins: wanted ones
 * @old: those that were there, or NULL
 * @verify: they may be gone
 * @take: also what the bridge has learned elsewhere
 * @dev: port
 * @bridge: its bridge
 *
 * Context: may sleep; RTNL.
 * Return: 0 or a negative error; then what was made is to be removed.
 */
int brg_pins_put(struct brg_pins *pins, const struct brg_pins *old, bool verify,
		 bool take, struct net_device *dev, struct net_device *bridge)
{
	const struct brg_pin *known;
	struct brg_pin *pin;
	int err = 0;

	for (pin = pins->pin; pin < pins->pin + pins->n && !err; pin++) {
		known = brg_pins_find(old, pin->key);
		if (known && (!verify ||
			      (known->ours &&
			       brg_pin_is_there(pin->key, dev, bridge))))
			pin->ours = known->ours;
		else
			err = brg_pin_put(pin, take, dev, bridge);
	}

	return err;
}

/**
 * brg_pins_remove() - remove the entries that brguard made
 * @pins: they, or NULL
 * @but: those of which brguard's stay, or NULL
 * @dev: port
 * @bridge: its bridge
 *
 * Context: may sleep; RTNL.
 */
void brg_pins_remove(const struct brg_pins *pins, const struct brg_pins *but,
		     struct net_device *dev, struct net_device *bridge)
{
	const struct brg_pin *stays;
	u64 key;
	u32 i;

	for (i = 0; pins && i < pins->n; i++) {
		key = pins->pin[i].key;
		stays = brg_pins_find(but, key);
		if (pins->pin[i].ours && !(stays && stays->ours) &&
		    brg_pin_is_there(key, dev, bridge))
			brg_fdb_del(dev, key);
	}
}
