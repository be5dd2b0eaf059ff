#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Two hooks that accept.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

up() { insmod "$(dirname "$0")/../brgbench_empty.ko"; }
down() { rmmod brgbench_empty; }

peer "$@"
