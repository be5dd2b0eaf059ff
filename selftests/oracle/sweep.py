#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Make frames that go through all values of what is decided by a number.

  sweep.py [-l] CONFIG DIR      captures like those of generate.py; -l for long
"""
import argparse
import collections
import os
import struct

import actor
import cases
import pcap
import policy
import write
from dice import Dice

FAIR = Dice(0)          # its rate is 0: nothing goes wrong by itself
PEER = 0x020000000ffe


class Guest(actor.Actor):
    """Who has 192.0.2.1 and 2001:db8::1."""

    def __init__(self, port):
        mine = next(iter(port.bindings.values()))
        super().__init__(FAIR, mine.mac, mine.vlan, mine.prefixes[4],
                         mine.prefixes[6], port.link_local)
        self.v4, self.v6 = 0xc0000201, 0x20010db8 << 96 | 1

    def eth(self, kind, payload, dst=PEER):
        return (write.mac(dst) + write.mac(self.mac) + struct.pack("!H", kind) +
                payload)

    def ip4(self, proto, body, src=None, dst=0xc0a80101, mac=PEER, **fields):
        src = self.v4 if src is None else src
        packet = write.ip4(FAIR, src, dst, proto, body, **fields)
        return self.eth(0x0800, packet, mac)

    def ip6(self, following, body, src=None, dst=0xff02 << 112 | 1, hops=255):
        src = self.v6 if src is None else src
        packet = write.ip6(FAIR, src, dst, following, body, hops)
        return self.eth(0x86dd, packet, 0x333300000001)

    def icmp6(self, kind, body, src=None, dst=0xff02 << 112 | 1, hops=255, cut=9999):
        src = self.v6 if src is None else src
        data = write.icmp6(FAIR, src, dst, kind, body)[:cut]
        return self.ip6(58, data, src, dst, hops)


def types(me):
    """Each EtherType."""
    for kind in range(1 << 16):
        yield me.eth(kind, b"\0" * 46)


def tags(me):
    """Each TPID with a VLAN, each VLAN with a priority."""
    for tpid in range(0x8000, 0xa000):
        yield me.eth(tpid, struct.pack("!HH", 10, 0x0806) + b"\0" * 46)
    for tci in range(0, 1 << 16, 5):
        yield me.eth(0x8100, struct.pack("!HH", tci, 0x0806) + b"\0" * 46)


def groups(me):
    """Destinations about the reserved ones."""
    for first in (0x0180c2000000, 0x01000cccccc0, 0x01000cccccb0, 0x0180c1fffff0):
        for low in range(64):
            yield me.eth(0x0800, me.ip4(6, b"\0" * 20)[14:], first + low)


def uppers6(me):
    """Each protocol with a header too short, alone and in fragments."""
    body = struct.pack("!HHHH", 1024, 1024, 28, 0) + b"\0" * 24
    for following in range(256):
        for size in (0, 3, 4, 7, 8, 16, 19, 20, 24):
            yield me.ip6(following, body[:size])
            for more in (0, 1):
                field = struct.pack("!BBHI", following, 0, more, 7)
                if not more or size % 8 == 0:
                    yield me.ip6(44, field + body[:size])


def uppers4(me):
    body = struct.pack("!HHHH", 1024, 1024, 28, 0) + b"\0" * 24
    for proto in range(256):
        for size in (0, 1, 7, 8, 16, 19, 20):
            yield me.ip4(proto, body[:size])
            if size % 8 == 0:
                yield me.ip4(proto, body[:size], flags=1)


def ends4(me):
    """Where a fragment ends: about 65535, and about 8."""
    for offset in (*range(3), *range(8170, 8192)):
        for size in (*range(4), *range(15, 29)):
            for flags in (0, 1, 3, 4):
                yield me.ip4(17, b"\0" * size, flags=flags, offset=offset)


def ends6(me):
    for offset in (*range(3), *range(8180, 8192)):
        for size in (*range(4), *range(15, 29)):
            for low in (0, 1, 6):
                field = struct.pack("!BBHI", 6, 0, offset << 3 | low, 7)
                yield me.ip6(44, field + b"\0" * size)
                options = bytes((44, 0, 1, 4, 0, 0, 0, 0))
                yield me.ip6(60, options + field + b"\0" * size)


def icmp6_types(me):
    """From the guest's address and from ::, of all lengths that matter."""
    for kind in range(256):
        for src in (None, 0):
            for hops in (1, 255):
                for cut in (0, 3, 4, 7, 8, 16, 23, 24, 28, 40):
                    yield me.icmp6(kind, b"\0" * 36, src, hops=hops, cut=cut)


def igmp_types(me):
    for kind in range(256):
        for size in (0, 1, 7, 8, 12):
            for dst in (0xe0000016, 0xc0a80101, 0xffffffff):
                body = (bytes((kind,)) + b"\0" * 11)[:size]
                yield me.ip4(2, body, 0, dst)


def dhcp_lengths(me):
    body = write.bootp(FAIR, 1, me.mac, 1)
    for size in range(len(body) + 1):
        for sport, dport in ((68, 67), (67, 68), (68, 68), (67, 67)):
            data = write.udp(FAIR, sport, dport, body[:size])
            yield me.ip4(17, data, 0, 0xffffffff, actor.BROADCAST)
    for at in range(44):                # and each bit of it
        for bit in range(8):
            other = bytes(body[:at] + bytes((body[at] ^ 1 << bit,)) + body[at + 1:])
            data = write.udp(FAIR, 68, 67, other)
            yield me.ip4(17, data, 0, 0xffffffff, actor.BROADCAST)


def dhcp_ports(me):
    for port in (*range(60, 76), *range(540, 552), 0, 65535):
        for other in (9, 67, 68, 546, 547):
            for sport, dport in ((port, other), (other, port)):
                data = write.udp(FAIR, sport, dport, b"\0" * 300)
                yield me.ip4(17, data)
                yield me.ip6(17, data)


def sources4(me):
    """Each first byte; addresses about the guest's and about its prefix."""
    for first in range(256):
        for rest in (0, 1, 0xffffff):
            src = first << 24 | rest
            yield me.ip4(6, b"\0" * 20, src)
            yield me.eth(0x0806, write.arp(FAIR, 1, me.mac, src, 0, me.v4))
            yield me.eth(0x0806, write.arp(FAIR, 1, me.mac, 0, 0, src))
    for bit in range(32):
        yield me.ip4(6, b"\0" * 20, me.v4 ^ 1 << bit)


def sources6(me):
    link = policy.eui64(me.mac)
    sources = [word << 112 | low for word in range(0, 1 << 16, 0x40)
               for low in (0, 1, me.v6 & ~(0xffff << 112))]
    sources += [link ^ 1 << bit for bit in range(128)]
    sources += [me.v6 ^ 1 << bit for bit in range(128)]
    sources += [0xffff << 32 ^ 1 << bit for bit in range(128)]
    sources += list(actor.NOBODY6)
    for src in sources:
        yield me.ip6(6, b"\0" * 20, src)
        target = write.address6(src)
        yield me.icmp6(136, b"\x20\0\0\0" + target)
        yield me.icmp6(135, b"\0" * 4 + target)
        group = 0xff02 << 112 | 0x1ff000000 | src & 0xffffff
        yield me.icmp6(135, b"\0" * 4 + target, 0, group)


def options(me):
    """Of neighbour discovery: how many, how long, of which types."""
    head = b"\0" * 4 + write.address6(0x20010db8 << 96 | 9)
    for units in range(256):
        for room in (1, 2, 3, units):
            yield me.icmp6(135, head + bytes((14, units)) +
                           b"\0" * max(room * 8 - 2, 0))
    for count in range(60, 70):
        for long in range(3):
            option = bytes((14, 1)) + b"\0" * 6
            more = (bytes((14, 2)) + b"\0" * 14) * long
            yield me.icmp6(135, head + option * (count - long) + more)
    for kind in range(256):
        for mac in (me.mac, PEER):
            option = bytes((kind, 1)) + write.mac(mac)
            for src in (None, 0):
                for message in (133, 135, 136, 137, 134):
                    yield me.icmp6(message, head + option, src)
    for size in range(1, 20):
        yield me.icmp6(135, head + b"\x0e\1" + b"\0" * size)


def lengths(me):
    """Of frames, and of what headers say."""
    frames = [me.ip4(17, write.udp(FAIR, 9, 9, b"\0" * 20)),
              me.ip6(17, write.udp(FAIR, 9, 9, b"\0" * 20)),
              me.eth(0x0806, write.arp(FAIR, 1, me.mac, me.v4, 0, 1) + b"\0" * 18),
              me.icmp6(136, b"\x20\0\0\0" + write.address6(me.v6) + b"\2\1" +
                       write.mac(me.mac))]
    for frame in frames:
        for size in range(1, len(frame) + 1):
            yield frame[:size]
    for length in (*range(100), *range(100, 1 << 16, 997)):
        yield me.eth(0x86dd, struct.pack("!IHBB", 6 << 28, length, 59, 64) +
                     write.address6(me.v6) * 2 + b"\0" * 80)
    for start in range(256):
        head = bytes((start, 0, 0, 60)) + struct.pack("!IHHII", 0, 0x4006, 0, me.v4,
                                                      me.v4) + b"\0" * 40
        yield me.eth(0x0800, write.fill(FAIR, head[:max((start & 15) * 4, 20)], 10)
                     + head[max((start & 15) * 4, 20):])


def bits(known):
    """Every bit of some frames turned over, and every end."""
    for case in known:
        frame = case.frame
        for bit in range(min(len(frame), 100) * 8):
            at = bit // 8
            yield frame[:at] + bytes((frame[at] ^ 1 << bit % 8,)) + frame[at + 1:]
        for size in range(1, len(frame)):
            yield frame[:size]


SHORT = (groups, uppers6, uppers4, ends4, ends6, igmp_types, dhcp_ports, sources4,
         lengths)
LONG = (types, tags, icmp6_types, options, dhcp_lengths, sources6)
OTHERS = (icmp6_types, options, sources4, sources6)


def write_bits(folder):
    groups_of = collections.defaultdict(list)
    for case in cases.read():
        groups_of[case.port, case.direction].append(case)
    for key, known in groups_of.items():
        path = "%s.%s.bits.pcap" % key
        pcap.write(os.path.join(folder, path), bits(known))


def write_sweep(folder, port, direction, sweep):
    path = "%s.%s.%s.pcap" % (port.name, direction, sweep.__name__)
    pcap.write(os.path.join(folder, path), sweep(Guest(port)))


def towards(me):
    """Each EtherType the other way round."""
    for frame in types(me):
        yield frame[6:12] + frame[:6] + frame[12:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-l", dest="long", action="store_true")
    parser.add_argument("config")
    parser.add_argument("dir")
    args = parser.parse_args()
    with open(args.config) as file:
        ports = policy.load(file.read())
    for sweep in SHORT:
        write_sweep(args.dir, ports["one"], "in", sweep)
    if not args.long:
        return
    for sweep in LONG:
        write_sweep(args.dir, ports["one"], "in", sweep)
    write_sweep(args.dir, ports["one"], "out", towards)
    for name in ("all", "router", "any"):
        for sweep in OTHERS:
            write_sweep(args.dir, ports[name], "in", sweep)
    write_bits(args.dir)


if __name__ == "__main__":
    main()
