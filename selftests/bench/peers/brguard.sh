#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Usage: [BRIDGE="guest-learning off"] brguard.sh ...
# All of POLICY, as it is by default, with further words for the bridge.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

print()
{
	echo "bridge set br0 new-port trusted mode enforce ${BRIDGE-}"
	ports "$1" | sed 's/.*/port set & role guest/'
	awk '{
		printf "binding add port %s mac %s ", $1, $2
		if ($6 != 0)
			printf "vlan %s ", $6
		printf "ip %s ip %s\n", $3, $4
	}' "$1"
}

up()
{
	modprobe brguard
	print "$1" | brguardctl apply -
}

down()
{
	rmmod brguard
}

peer "$@"
