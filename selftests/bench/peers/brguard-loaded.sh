#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The module without any configuration.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

up() { modprobe brguard; }
down() { rmmod brguard; }

peer "$@"
