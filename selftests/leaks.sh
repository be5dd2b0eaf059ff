# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Memory that was allocated and that nothing points to: what a kernel with kmemleak
# knows of it. Elsewhere nothing. For run.sh, and for the VM's end.

KMEMLEAK=/sys/kernel/debug/kmemleak

# What the kernel loses without brguard, by a function in whose behalf it was allocated.
# 6.12.118 loses the socket of a tap device with IFF_NAPI of which GRO has merged
# frames: of 40 that merged 30 pairs each 34 were lost, and brguard was not loaded.
KNOWN_LEAKS=tun_chr_open

# list_unknown: of the objects in kmemleak's list those that KNOWN_LEAKS does not name.
list_unknown()
{
	awk -v known=" ($KNOWN_LEAKS)[+]0x" '
		/^unreferenced object/ { print_object(); object = "" }
		{ object = object $0 "\n" }
		END { print_object() }
		function print_object() { if (object !~ known) printf "%s", object }'
}

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
	list_unknown <$KMEMLEAK
	echo clear >$KMEMLEAK
}
