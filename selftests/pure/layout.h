/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PURE_LAYOUT_H
#define PURE_LAYOUT_H

#include "packet.h"

/* Bytes behind the Ethernet header up to which the linear part may end anywhere. */
#define SPLITS_MAX	400

bool layout_get(struct layout *l, unsigned int n, unsigned int len);

#endif /* PURE_LAYOUT_H */
