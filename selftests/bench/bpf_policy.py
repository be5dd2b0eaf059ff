#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: bpf_policy.py POLICY: pin /sys/fs/bpf/brgbench_in and _out.

As much of the policy as a short program can say: MAC, IPv4, IPv6, ARP with
probes, neighbour discovery with its target and first option, routers, DHCP
servers, drop counters. Keys hold the port, so one look-up answers for the port,
the MAC and the address. Header checksums are not verified, extension headers
not walked."""
import socket
import struct
import sys

from bpf_asm import MAP_PERCPU_ARRAY, Program, Table, map_create

PINNED = "/sys/fs/bpf/brgbench_"
LOOKUP = 1
ACCEPT, DROP = 0, 2

# Offsets in struct __sk_buff.
IFINDEX, DATA, DATA_END = 40, 76, 80

CTX, FRAME, END, KEY = 6, 7, 8, 10
KEY4, KEY6, KEYM = -16, -48, -64        # on the stack: 16, 28, 12 bytes


def net16(number):
    return socket.htons(number)


def prologue(prog, mac):
    """R7 and R8 bound the frame; the port and the MAC go into all keys."""
    prog.alu_reg("mov", CTX, 1)
    prog.load(4, FRAME, CTX, DATA)
    prog.load(4, END, CTX, DATA_END)
    need(prog, 14)
    prog.load(4, 1, CTX, IFINDEX)
    prog.load(4, 2, FRAME, mac)
    prog.load(2, 3, FRAME, mac + 4)
    prog.load(2, 9, FRAME, 12)


def need(prog, length):
    prog.alu_reg("mov", 5, FRAME)
    prog.alu("add", 5, length)
    prog.jump_reg("gt", 5, END, "drop")


def start_key(prog, base):
    """A key of port, MAC, and 2 bytes of nothing."""
    prog.store(4, KEY, base, 1)
    prog.store(4, KEY, base + 4, 2)
    prog.store(4, KEY, base + 8, 3)


def find(prog, table, base, found, missing):
    prog.map(1, table.fd)
    prog.alu_reg("mov", 2, KEY)
    prog.alu("add", 2, base)
    prog.call(LOOKUP)
    prog.jump_if("ne", 0, 0, found)
    prog.jump(missing)


def key4(prog, at):
    prog.load(4, 4, FRAME, at)
    prog.store(4, KEY, KEY4 + 12, 4)


def key6(prog, at):
    for part in range(0, 16, 4):
        prog.load(4, 4, FRAME, at + part)
        prog.store(4, KEY, KEY6 + 12 + part, 4)


def epilogue(prog, counter):
    prog.label("drop")
    prog.store_imm(4, KEY, KEYM, 0)
    prog.map(1, counter)
    prog.alu_reg("mov", 2, KEY)
    prog.alu("add", 2, KEYM)
    prog.call(LOOKUP)
    prog.jump_if("eq", 0, 0, "out")
    prog.load(8, 1, 0, 0)
    prog.alu("add", 1, 1)
    prog.store(8, 0, 0, 1)
    prog.label("out")
    prog.exit(DROP)
    prog.label("accept")
    prog.exit(ACCEPT)


def ingress_ip4(prog, tables):
    prog.label("ip4")
    need(prog, 42)
    start_key(prog, KEY4)
    key4(prog, 26)
    find(prog, tables["ip4"], KEY4, "ip4-bound", "ip4-unbound")
    prog.label("ip4-bound")
    prog.load(1, 4, FRAME, 23)
    prog.jump_if("ne", 4, 17, "accept")
    prog.load(2, 4, FRAME, 20)
    prog.jump_if("set", 4, net16(0x1fff), "accept")
    prog.load(2, 4, FRAME, 34)
    prog.jump_if("eq", 4, net16(67), "drop")
    prog.load(2, 4, FRAME, 36)
    prog.jump_if("eq", 4, net16(68), "drop")
    prog.jump("accept")
    prog.label("ip4-unbound")       # a DHCP client has no address yet
    prog.load(4, 4, FRAME, 26)
    prog.jump_if("ne", 4, 0, "drop")
    prog.load(2, 4, FRAME, 34)
    prog.jump_if("ne", 4, net16(68), "drop")
    prog.load(2, 4, FRAME, 36)
    prog.jump_if("ne", 4, net16(67), "drop")
    prog.jump("mac")


def ingress_arp(prog, tables):
    prog.label("arp")
    need(prog, 42)
    start_key(prog, KEY4)
    prog.load(4, 4, FRAME, 22)      # sender MAC is the frame's source
    prog.load(4, 5, FRAME, 6)
    prog.jump_reg("ne", 4, 5, "drop")
    prog.load(2, 4, FRAME, 26)
    prog.load(2, 5, FRAME, 10)
    prog.jump_reg("ne", 4, 5, "drop")
    prog.load(4, 4, FRAME, 28)
    prog.jump_if("ne", 4, 0, "arp-sender")
    prog.load(4, 4, FRAME, 38)      # a probe
    prog.label("arp-sender")
    prog.store(4, KEY, KEY4 + 12, 4)
    find(prog, tables["ip4"], KEY4, "accept", "drop")


def ingress_ip6(prog, tables):
    prog.label("ip6")
    need(prog, 62)
    start_key(prog, KEY6)
    prog.load(1, 4, FRAME, 20)
    prog.jump_if("eq", 4, 58, "icmp6")
    prog.jump_if("ne", 4, 17, "ip6-source")
    prog.load(2, 4, FRAME, 54)
    prog.jump_if("eq", 4, net16(547), "drop")
    prog.load(2, 4, FRAME, 56)
    prog.jump_if("eq", 4, net16(546), "drop")
    prog.label("ip6-source")
    key6(prog, 22)
    find(prog, tables["ip6"], KEY6, "accept", "drop")
    prog.label("icmp6")
    prog.load(1, 4, FRAME, 54)
    prog.jump_if("eq", 4, 134, "drop")
    prog.jump_if("eq", 4, 137, "drop")
    prog.jump_if("eq", 4, 135, "nd")
    prog.jump_if("eq", 4, 136, "nd")
    prog.load(8, 4, FRAME, 22)
    prog.jump_if("ne", 4, 0, "ip6-source")
    prog.jump("mac")                # from :: only what asks or reports
    ingress_nd(prog, tables)


def ingress_nd(prog, tables):
    """The target of an advertisement and of who detects duplicates, and the
    first option, are the sender's own."""
    prog.label("nd")
    need(prog, 78)
    prog.load(1, 4, FRAME, 21)      # hop limit
    prog.jump_if("ne", 4, 255, "drop")
    prog.alu_reg("mov", 5, FRAME)
    prog.alu("add", 5, 86)
    prog.jump_reg("gt", 5, END, "nd-claim")
    prog.load(4, 4, FRAME, 80)
    prog.load(4, 5, FRAME, 6)
    prog.jump_reg("ne", 4, 5, "drop")
    prog.load(2, 4, FRAME, 84)
    prog.load(2, 5, FRAME, 10)
    prog.jump_reg("ne", 4, 5, "drop")
    prog.label("nd-claim")
    prog.load(1, 4, FRAME, 54)
    prog.jump_if("eq", 4, 136, "nd-target")
    prog.load(8, 4, FRAME, 22)
    prog.jump_if("ne", 4, 0, "ip6-source")
    prog.label("nd-target")
    key6(prog, 62)
    prog.load(8, 4, FRAME, 22)
    prog.jump_if("eq", 4, 0, "nd-detect")
    find(prog, tables["ip6"], KEY6, "ip6-source", "drop")
    prog.label("nd-detect")
    find(prog, tables["ip6"], KEY6, "accept", "drop")


def dispatch(prog):
    prog.jump_if("eq", 9, net16(0x0800), "ip4")
    prog.jump_if("eq", 9, net16(0x86dd), "ip6")
    prog.jump_if("eq", 9, net16(0x0806), "arp")
    prog.jump("drop")


def mac_only(prog, tables):
    prog.label("mac")
    prog.load(4, 1, CTX, IFINDEX)
    prog.load(4, 2, FRAME, 6)
    prog.load(2, 3, FRAME, 10)
    start_key(prog, KEYM)
    find(prog, tables["mac"], KEYM, "accept", "drop")


def ingress(tables, counter):
    prog = Program()
    prologue(prog, 6)
    dispatch(prog)
    ingress_ip4(prog, tables)
    ingress_arp(prog, tables)
    ingress_ip6(prog, tables)
    mac_only(prog, tables)
    epilogue(prog, counter)
    return prog


def egress(tables, counter):
    """Group frames pass; unicast ones to a bound MAC and address."""
    prog = Program()
    prologue(prog, 0)
    prog.jump_if("set", 2, 1, "accept")
    dispatch(prog)
    prog.label("ip4")
    need(prog, 34)
    start_key(prog, KEY4)
    key4(prog, 30)
    find(prog, tables["ip4"], KEY4, "accept", "drop")
    prog.label("ip6")
    need(prog, 54)
    start_key(prog, KEY6)
    key6(prog, 38)
    find(prog, tables["ip6"], KEY6, "accept", "drop")
    prog.label("arp")
    start_key(prog, KEYM)
    find(prog, tables["mac"], KEYM, "accept", "drop")
    epilogue(prog, counter)
    return prog


def keys(path):
    """(table, key) of each line of the policy."""
    index = {}
    with open(path) as file:
        for line in file:
            port, mac, ip4, ip6, local, _ = line.split()[:6]
            if port not in index:
                index[port] = socket.if_nametoindex(port)
            head = struct.pack("I", index[port])
            head += bytes.fromhex(mac.replace(":", "")) + b"\0\0"
            yield "mac", head
            yield "ip4", head + socket.inet_aton(ip4)
            for address in (ip6, local):
                yield "ip6", head + socket.inet_pton(socket.AF_INET6, address)


def main(path):
    with open(path) as file:
        lines = sum(1 for _ in file)
    tables = {"mac": Table(12, lines), "ip4": Table(16, lines),
              "ip6": Table(28, 2 * lines)}
    for name, key in keys(path):
        tables[name].add(key)
    counter = map_create(MAP_PERCPU_ARRAY, 4, 8, 1)
    ingress(tables, counter).load_pinned(PINNED + "in")
    egress(tables, counter).load_pinned(PINNED + "out")


if __name__ == "__main__":
    main(sys.argv[1])
