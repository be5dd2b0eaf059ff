/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_ETHERDEVICE_H
#define PURE_LINUX_ETHERDEVICE_H

#include <linux/if_ether.h>
#include <linux/types.h>

/* Not a length, IEEE 802.3 3.2.6. */
static inline bool eth_proto_is_802_3(__be16 proto)
{
	return ntohs(proto) >= ETH_P_802_3_MIN;
}

#endif /* PURE_LINUX_ETHERDEVICE_H */
