/* SPDX-License-Identifier: GPL-2.0-only */
/* A second, independent reader of frames, for what must hold if one passes. */
#ifndef PURE_RECHECK_H
#define PURE_RECHECK_H

#include "packet.h"
#include "port.h"

const char *recheck_in(const struct port *port, const struct frame *frame);
const char *recheck_out(const struct port *port, const struct frame *frame);
unsigned int recheck_sum6(const struct frame *frame);

#endif /* PURE_RECHECK_H */
