#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# VU#855201: 47 header stacks with five payloads each, see stacks.py. Each of the
# 235 frames arrives without brguard. With it, the 230 with a stack and three of
# the plain ones are dropped; two plain ones are the guest's own and pass.
# shellcheck disable=SC2034,SC2317

TESTS="
	from_a_veth
	from_a_tap
	through_vlan_filtering
"

LAB_PROGRAM=stacks.py LAB_GUEST='' LAB_BRIDGE=''

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

ALL="235 of 235"

set_up()
{
	lab_create
}

all_stacks()
{
	unguard
	fdb_flush
	lab open guest
	same "came to the victim" "$ALL" "$ANSWER"
	note "$ANSWER came to the victim without brguard"
	guard
	fdb_flush
	lab guarded guest
	same "judged as they should be" "$ALL" "$ANSWER"
	note "$ANSWER judged as they should be"
	introduce
	legit "after them,"
}

from_a_veth()
{
	all_stacks
}

from_a_tap()
{
	guest_tap
	all_stacks
	guest_veth
}

# The bridge takes a tag of VLAN 0 off: what is behind it arrives.
through_vlan_filtering()
{
	ip -n "$HOST" link set br0 type bridge vlan_filtering 1
	all_stacks
	ip -n "$HOST" link set br0 type bridge vlan_filtering 0
}

run_tests
