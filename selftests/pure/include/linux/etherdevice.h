/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LINUX_ETHERDEVICE_H
#define PURE_LINUX_ETHERDEVICE_H

#include <linux/if_ether.h>
#include <linux/types.h>

#endif /* PURE_LINUX_ETHERDEVICE_H */
