#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# tc clsact with an eBPF program for each direction and one hash map for each
# question, shared by all ports; see bpf_policy.py.

# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

up()
{
	local port

	cp "$1" /run/brgbench.bpf
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
	python3 -S "$(dirname "$0")/../bpf_policy.py" "$1"
	ulimit -n 65536		# tc keeps each program open
	for port in $(ports "$1"); do
		echo "qdisc add dev $port clsact"
		echo "filter add dev $port ingress bpf da object-pinned /sys/fs/bpf/brgbench_in"
		echo "filter add dev $port egress bpf da object-pinned /sys/fs/bpf/brgbench_out"
	done | tc -batch -
}

down()
{
	rm /sys/fs/bpf/brgbench_*
	ports /run/brgbench.bpf | sed 's/.*/qdisc del dev & clsact/' |
		tc -force -batch -
}

peer "$@"
