#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The bridge's own flags: source MAC by "locked" and static entries, no unknown
# unicast. Addresses are not looked at.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

set_flags()
{
	ports "$1" | sed "s/.*/link set dev & locked $2 learning $3 flood $4/" |
		bridge -batch -
}

up()
{
	set_flags "$1" on off off
	cp "$1" /run/brgbench.flags
}

down()
{
	set_flags /run/brgbench.flags off on on
}

peer "$@"
