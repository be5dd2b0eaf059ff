# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Memory that was allocated and that nothing points to: what a kernel with kmemleak
# knows of it. Elsewhere nothing. For run.sh, and for the VM's end.

KMEMLEAK=/sys/kernel/debug/kmemleak

# leaks_find SCANS: prints what was found lost since the last time. Only the second
# scan tells of an object, and none of one that is younger than 5 seconds. A scan
# takes long: with a single one, the next time has what is missing.
leaks_find()
{
	local i

	[ -w $KMEMLEAK ] || return 0
	[ "$1" -eq 1 ] || sleep 6
	for ((i = 0; i < $1; i++)); do
		echo scan >$KMEMLEAK
	done
	cat $KMEMLEAK
	echo clear >$KMEMLEAK
}
