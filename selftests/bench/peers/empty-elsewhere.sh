#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Two hooks that accept, and a netdev ingress hook of a port that no frame comes by:
# what do the others pay for it?

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

up() { insmod "$(dirname "$0")/../brgbench_empty.ko" elsewhere=p0; }
down() { rmmod brgbench_empty; }

peer "$@"
