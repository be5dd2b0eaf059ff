// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/if_bridge.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/string.h>
#include <net/ipv6.h>
#include "netns.h"
#include "owners.h"
#include "place.h"

/**
 * brg_place_rcu() - where is a frame?
 * @bn: namespace
 * @bridge: the bridge
 * @wire: port that it came in by, or leaves by
 * @f: the frame as it is there
 *
 * Context: RCU.
 * Return: its place.
 */
struct brg_place brg_place_rcu(const struct brg_net *bn,
			       const struct net_device *bridge,
			       const struct net_device *wire,
			       const struct brg_frame *f)
{
	struct brg_place at = {
		.net = bn->net,
		.owners = rcu_dereference(bn->owners),
		.bridge = bridge->ifindex,
		.vid = f->vid,
		.filters = br_vlan_enabled(bridge),
	};
	u16 proto;

	/* To it, a tag of another kind is payload. */
	if (at.filters && at.vid &&
	    !br_vlan_get_proto(bridge, &proto) && f->tpid != htons(proto))
		at.vid = 0;
	if (at.filters && !at.vid && br_vlan_get_pvid_rcu(wire, &at.vid))
		at.vid = 0;

	return at;
}

/**
 * brg_place_was_behind_rcu() - had the tag of a frame another one before it?
 * @dev: port of a bridge that the frame leaves by
 * @skb: the frame
 * @f: what was read of it
 *
 * A bridge that filters VLANs takes the first tag off the bytes of whatever
 * comes, and away for a port that has the VLAN untagged. A tag of its kind that
 * is still among the bytes stood behind that one.
 *
 * Context: RCU.
 * Return: whether it had.
 */
bool brg_place_was_behind_rcu(struct net_device *dev,
			      const struct sk_buff *skb,
			      const struct brg_frame *f)
{
	const struct net_device *bridge;
	u16 proto;

	if (!f->vid || skb_vlan_tag_present(skb))
		return false;
	bridge = netdev_master_upper_dev_get_rcu(dev);

	return bridge && br_vlan_enabled(bridge) &&
	       !br_vlan_get_proto(bridge, &proto) && f->tpid == htons(proto);
}

/**
 * brg_place_retag_rcu() - give a frame the tag that it has elsewhere
 * @from: where it is, on a bridge that filters VLANs
 * @to: another port of the bridge, or the bridge
 * @f: the frame; one that is not to be read stays as it is
 *
 * Context: RCU.
 */
void brg_place_retag_rcu(const struct net_device *from,
			 const struct net_device *to, struct brg_frame *f)
{
	struct bridge_vlan_info info;
	u16 vid = f->vid;

	if (f->l2 || (!vid && br_vlan_get_pvid_rcu(from, &vid)) || !vid ||
	    br_vlan_get_info_rcu(to, vid, &info))
		return;
	f->tagged = !(info.flags & BRIDGE_VLAN_INFO_UNTAGGED);
	f->vid = f->tagged ? vid : 0;
}

/* Is an address that is bound without a VLAN in that of the frame? */
static bool brg_place_is_untagged(const struct brg_place *at, u32 owner)
{
	const struct net_device *dev;
	u16 pvid;

	if (!at->filters || owner == BRG_OWNER_MANY)
		return true;
	dev = dev_get_by_index_rcu(at->net, owner);

	return dev && !br_vlan_get_pvid_rcu(dev, &pvid) && pvid == at->vid;
}

static bool brg_place_find(const struct brg_place *at, bool shared,
			   enum brg_owner_kind kind, u8 len, const u64 *word,
			   u32 *owner)
{
	struct brg_owner_id id;

	id = brg_owner_id(at->bridge, at->vid, shared, kind, len);
	id.word[0] = word[0];
	id.word[1] = word[1];
	if (at->vid && brg_owners_find(at->owners, &id, owner))
		return true;
	if (at->vid && !at->filters && kind != BRG_OWNER_MAC)
		return false;
	id.tag &= ~(0xfffULL << 16);

	return brg_owners_find(at->owners, &id, owner) &&
	       brg_place_is_untagged(at, *owner);
}

/**
 * brg_place_has_mac_rcu() - is a MAC address bound on one port?
 * @at: where
 * @mac: MAC address
 * @owner: where the ifindex of its port goes, see struct brg_owner
 *
 * Without VLAN filtering a bridge learns a MAC whatever the tag.
 *
 * Context: RCU.
 * Return: whether it is, not shared.
 */
bool brg_place_has_mac_rcu(const struct brg_place *at, u64 mac, u32 *owner)
{
	u64 word[2] = { mac };
	struct brg_owner_id id;

	if (!at->owners || !brg_filter_may_have(&at->owners->filter, mac))
		return false;
	if (brg_place_find(at, false, BRG_OWNER_MAC, 0, word, owner))
		return true;
	if (at->filters)
		return false;
	id = brg_owner_id(at->bridge, 0, false, BRG_OWNER_TAGGED_MAC, 0);
	id.word[0] = mac;

	return brg_owners_find(at->owners, &id, owner);
}

/* They change meanwhile. */
static void brg_place_copy(unsigned long *to, const unsigned long *bits,
			   unsigned int n)
{
	unsigned int i;

	for (i = 0; i < BITS_TO_LONGS(n); i++)
		to[i] = READ_ONCE(bits[i]);
}

static bool brg_place_ip4(const struct brg_place *at, bool shared, __be32 addr,
			  u32 *owner)
{
	DECLARE_BITMAP(lengths, 33);
	unsigned int len;
	__be32 masked;

	if (!at->owners)
		return false;
	brg_place_copy(lengths, at->owners->bits4, 33);
	for_each_set_bit(len, lengths, 33) {
		u64 word[2] = {};

		masked = addr & htonl(~0U << (32 - len));
		memcpy(word, &masked, sizeof(masked));
		if (brg_place_find(at, shared, BRG_OWNER_IP4, len, word, owner))
			return true;
	}

	return false;
}

static bool brg_place_ip6(const struct brg_place *at, bool shared,
			  const struct in6_addr *addr, u32 *owner)
{
	DECLARE_BITMAP(lengths, 129);
	struct in6_addr masked;
	unsigned int len;
	u64 word[2];

	if (!at->owners)
		return false;
	brg_place_copy(lengths, at->owners->bits6, 129);
	for_each_set_bit(len, lengths, 129) {
		ipv6_addr_prefix(&masked, addr, len);
		memcpy(word, &masked, sizeof(word));
		if (brg_place_find(at, shared, BRG_OWNER_IP6, len, word, owner))
			return true;
	}

	return false;
}

/**
 * brg_place_has_ip4_rcu() - is an IPv4 address bound on one port?
 * @at: where
 * @addr: address
 * @owner: where the ifindex of its port goes
 *
 * Context: RCU.
 * Return: whether it is, not shared, by itself or within a prefix.
 */
bool brg_place_has_ip4_rcu(const struct brg_place *at, __be32 addr, u32 *owner)
{
	return brg_place_ip4(at, false, addr, owner);
}

/**
 * brg_place_has_ip6_rcu() - is an IPv6 address bound on one port?
 * @at: where
 * @addr: address
 * @owner: where the ifindex of its port goes
 *
 * Context: RCU.
 * Return: whether it is, not shared, by itself or within a prefix.
 */
bool brg_place_has_ip6_rcu(const struct brg_place *at,
			   const struct in6_addr *addr, u32 *owner)
{
	return brg_place_ip6(at, false, addr, owner);
}

/**
 * brg_place_binds_ip_rcu() - is an IP address bound on the bridge?
 * @at: where
 * @ip4: it is an IPv4 address, in the first word
 * @addr: address
 *
 * Context: RCU.
 * Return: whether it is, on any port, shared or not.
 */
bool brg_place_binds_ip_rcu(const struct brg_place *at, bool ip4,
			    const struct in6_addr *addr)
{
	__be32 word = addr->s6_addr32[0];
	u32 owner;

	if (ip4)
		return brg_place_ip4(at, false, word, &owner) ||
		       brg_place_ip4(at, true, word, &owner);

	return brg_place_ip6(at, false, addr, &owner) ||
	       brg_place_ip6(at, true, addr, &owner);
}

static bool brg_place_binds(const struct brg_owners *o, int bridge, u64 mac,
			    bool shared)
{
	struct brg_owner_id id;
	u32 owner;

	id = brg_owner_id(bridge, 0, shared, BRG_OWNER_MAC, 0);
	id.word[0] = mac;
	if (brg_owners_find(o, &id, &owner))
		return true;
	id = brg_owner_id(bridge, 0, shared, BRG_OWNER_TAGGED_MAC, 0);
	id.word[0] = mac;

	return brg_owners_find(o, &id, &owner);
}

/**
 * brg_place_binds_mac_rcu() - is a MAC address bound on a bridge?
 * @bn: namespace
 * @bridge: ifindex of the bridge
 * @mac: MAC address
 *
 * Context: RCU.
 * Return: whether it is, on any port, in any VLAN, shared or not.
 */
bool brg_place_binds_mac_rcu(const struct brg_net *bn, int bridge, u64 mac)
{
	const struct brg_owners *o = rcu_dereference(bn->owners);

	return o && brg_filter_may_have(&o->filter, mac) &&
	       (brg_place_binds(o, bridge, mac, false) ||
		brg_place_binds(o, bridge, mac, true));
}

/**
 * brg_place_is_elsewhere_rcu() - is what is asked for bound on another port?
 * @bn: namespace
 * @dev: port that the question is on its way to
 * @f: a question, see brg_verdict_is_question()
 *
 * It goes by the tag on that port.
 *
 * Context: RCU.
 * Return: whether another port of @dev's bridge has it, and @dev has not.
 */
bool brg_place_is_elsewhere_rcu(const struct brg_net *bn,
				struct net_device *dev,
				const struct brg_frame *f)
{
	struct net_device *bridge = netdev_master_upper_dev_get_rcu(dev);
	struct brg_place at = {
		.net = bn->net, .owners = rcu_dereference(bn->owners),
		.vid = f->vid,
	};
	u32 owner;
	bool has;

	if (!bridge)
		return false;
	at.bridge = bridge->ifindex;
	has = f->kind == BRG_KIND_ARP ?
	      brg_place_has_ip4_rcu(&at, f->arp.target_ip, &owner) :
	      brg_place_has_ip6_rcu(&at, &f->ip6.nd.target, &owner);

	return has && owner != dev->ifindex;
}
