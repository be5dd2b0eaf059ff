#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# At netdev ingress and netdev egress of each port: what would another place for the hooks cost?

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

up() { insmod "$(dirname "$0")/../brgbench_empty.ko" ingress=1 egress=1; }
down() { rmmod brgbench_empty; }

peer "$@"
