#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# One flag of the bridge: nothing is learned from guests, whose addresses stand in
# the forwarding database anyway.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_flags()
{
	ports "$1" | sed "s/.*/link set dev & learning $2/" |
		bridge -batch -
}

up()
{
	set_flags "$1" off
	cp "$1" /run/brgbench.flags
}

down()
{
	set_flags /run/brgbench.flags on
}

peer "$@"
