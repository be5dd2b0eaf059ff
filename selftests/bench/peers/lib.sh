# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Usage of all in this folder: NAME.sh up POLICY | NAME.sh down, and of those that
# load a text, NAME.sh print POLICY.
# POLICY has a line "PORT MAC IP4 IP6 LINK-LOCAL VLAN NUMBER NUMBER" for each
# binding, see policy.py. Each file defines up and down and ends with peer "$@".
set -euo pipefail

# ports POLICY: each port once.
ports()
{
	awk '!seen[$1]++ { print $1 }' "$1"
}

# nft_set NAME TYPE PRINT POLICY: PRINT in the words of awk; duplicates go.
nft_set()
{
	local elements

	elements=$(awk "{ $3 }" "$4" | sort -u)
	echo "set $1 { $2; size $(wc -l <<<"$elements"); elements = {"
	paste -sd, <<<"$elements"
	echo "} }"
}

# nft_table POLICY: what sets and chains print.
nft_table()
{
	echo "table bridge bench {"
	sets "$1"
	chains "$1"
	echo "}"
}

peer()
{
	local verb=$1

	shift
	"$verb" "$@"
}
