// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single entries of a bridge's forwarding database. There is no header for it
 * outside of the bridge: an entry is read as rtnetlink does, and made as
 * drivers of switches do, learned by somebody else ("extern_learn"). Such an
 * entry does not age, survives a port that goes down, and moves as any other if
 * the address is seen on another port.
 */
#include <linux/if_ether.h>
#include <linux/neighbour.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/rtnetlink.h>
#include <net/netlink.h>
#include <net/switchdev.h>
#include "fdb.h"
#include "frame.h"

/* A message about one entry is a fifth of this. */
#define BRG_FDB_SIZE	512

static u16 brg_fdb_key_split(u64 key, u8 *mac)
{
	__le64 le = cpu_to_le64(key);

	memcpy(mac, &le, ETH_ALEN);

	return key >> BRG_KEY_VLAN_SHIFT;
}

/**
 * brg_fdb_find() - read an entry
 * @bridge: bridge
 * @key: MAC and the VLAN inside of the bridge, 0 if it does not filter
 * @fdb: where it goes
 *
 * Context: may sleep; RTNL.
 * Return: 0, -ENOENT if there is none, or another negative error.
 */
int brg_fdb_find(struct net_device *bridge, u64 key, struct brg_fdb *fdb)
{
	struct nlattr *none[NDA_MAX + 1] = {};
	const struct ndmsg *ndm;
	struct sk_buff *skb;
	u8 mac[ETH_ALEN];
	u16 vid;
	int err;

	ASSERT_RTNL();
	if (!bridge->netdev_ops->ndo_fdb_get)
		return -EOPNOTSUPP;
	skb = nlmsg_new(BRG_FDB_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	vid = brg_fdb_key_split(key, mac);
	err = bridge->netdev_ops->ndo_fdb_get(skb, none, bridge, mac, vid, 0, 0,
					      NULL);
	if (!err) {
		ndm = nlmsg_data((const struct nlmsghdr *)skb->data);
		*fdb = (struct brg_fdb){
			.ifindex = ndm->ndm_ifindex, .state = ndm->ndm_state,
			.flags = ndm->ndm_flags,
		};
	}
	kfree_skb(skb);

	return err;
}

static int brg_fdb_call(struct net_device *dev, u64 key,
			enum switchdev_notifier_type what)
{
	struct switchdev_notifier_fdb_info fdb = {};
	u8 mac[ETH_ALEN];

	fdb.vid = brg_fdb_key_split(key, mac);
	fdb.addr = mac;

	return notifier_to_errno(call_switchdev_notifiers(what, dev, &fdb.info,
							  NULL));
}

/**
 * brg_fdb_add() - make an entry, or let a learned one not age
 * @dev: port
 * @key: MAC and VLAN, as above
 *
 * Context: RTNL.
 * Return: 0 or a negative error.
 */
int brg_fdb_add(struct net_device *dev, u64 key)
{
	return brg_fdb_call(dev, key, SWITCHDEV_FDB_ADD_TO_BRIDGE);
}

/**
 * brg_fdb_del() - remove an entry that brg_fdb_add() made
 * @dev: port
 * @key: MAC and VLAN, as above
 *
 * Context: RTNL.
 */
void brg_fdb_del(struct net_device *dev, u64 key)
{
	brg_fdb_call(dev, key, SWITCHDEV_FDB_DEL_TO_BRIDGE);
}
