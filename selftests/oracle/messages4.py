# SPDX-License-Identifier: GPL-2.0
"""What hosts say with ARP, RARP and IPv4. Each function is given the dice, who
sends and who is meant, and returns destination MAC, EtherType and payload."""
import struct

import checksum
import write
from actor import BROADCAST, GROUP4

ARP, RARP, IP4 = 0x0806, 0x8035, 0x0800
ICMP, IGMP, TCP, UDP, GRE, ESP, SCTP = 1, 2, 6, 17, 47, 50, 132


def group_mac(address):
    if address == 0xffffffff:
        return BROADCAST
    return 0x01005e000000 | address & 0x7fffff


def arp_body(dice, me, op, spa, tha, tpa):
    sha = dice.pick(me.mac, me.mac ^ 1, BROADCAST, 0, 0x020000000ffe)
    return write.arp(dice, op, sha, spa, tha, tpa) + b"\0" * dice.pick(18, 0, 0)


def arp_request(dice, me, peer):
    dst = dice.choice((BROADCAST, BROADCAST, peer.mac))
    return dst, ARP, arp_body(dice, me, 1, me.ip4(), dice.choice((0, peer.mac)),
                              peer.ip4())


def arp_reply(dice, me, peer):
    dst = dice.choice((BROADCAST, peer.mac, peer.mac))
    return dst, ARP, arp_body(dice, me, 2, me.ip4(), peer.mac, peer.ip4())


def arp_probe(dice, me, peer):
    spa = dice.pick(0, 1, 0x7f000001)
    op = dice.pick(1, 2)
    return BROADCAST, ARP, arp_body(dice, me, op, spa, 0, me.ip4())


def arp_announcement(dice, me, peer):
    mine = me.ip4()
    return BROADCAST, ARP, arp_body(dice, me, dice.choice((1, 2)), mine,
                                    dice.choice((0, me.mac)),
                                    dice.pick(mine, peer.ip4))


def rarp(dice, me, peer):
    body = arp_body(dice, me, dice.pick(3, 1, 2, 4, 9), dice.pick(0, me.ip4),
                    dice.pick(me.mac, 0, peer.mac), dice.pick(0, me.ip4))
    return dice.pick(BROADCAST, peer.mac), dice.pick(RARP, ARP), body


def to_peer(dice, peer):
    """A destination: its MAC and its IP address, or a group's."""
    if dice.chance(0.2):
        group = dice.choice(GROUP4)
        return dice.pick(group_mac(group), peer.mac), group
    return dice.pick(peer.mac, BROADCAST), peer.ip4()


def some(dice):
    return dice.randbytes(dice.choice((0, 1, 7, 8, 20, 64)))


def options(dice):
    return dice.choice((b"",) * 6 + (b"\x94\x04\0\0", b"\1" * 40, b"\x83\x07\x04"
                                     + b"\x08" * 5, dice.randbytes(12)))


def packet(dice, me, peer, proto, body, **fields):
    mac, dst = to_peer(dice, peer)
    src = fields.pop("src", None)
    return mac, IP4, write.ip4(dice, me.ip4() if src is None else src, dst, proto,
                               body, options(dice), **fields)


def tcp(dice, me, peer):
    return packet(dice, me, peer, TCP, write.tcp(dice) + some(dice),
                  flags=dice.choice((0, 2)))


def udp(dice, me, peer):
    port = dice.choice
    body = write.udp(dice, port((53, 1024, 68, 5353, 546)),
                     port((53, 67, 1900, 5355, 547)), some(dice))
    return packet(dice, me, peer, UDP, body)


def dhcp_server(dice, me, peer):
    sport, dport = dice.choice(((67, 68), (67, 67), (67, 1024), (1024, 68),
                                (1024, 67), (68, 67)))
    giaddr = dice.choice((0, peer.ip4()))
    body = write.bootp(dice, dice.pick(2, 1), peer.mac, 2, 0, giaddr)
    body = write.udp(dice, sport, dport, body)
    return packet(dice, me, peer, UDP, body)


def dhcp_client(dice, me, peer):
    chaddr = dice.pick(me.mac, me.mac ^ 1, 0, peer.mac)
    ciaddr = dice.pick(0, me.ip4, peer.ip4)
    giaddr = dice.pick(0, me.ip4, 1)
    body = write.bootp(dice, 1, chaddr, 1, ciaddr, giaddr)
    body = body[:dice.pick(len(body), 0, 27, 28, 33, 34, 44, 236)]
    body = write.udp(dice, dice.pick(68, 67, 1024), dice.pick(67, 68), body)
    src = dice.pick(0, 0, 1, me.ip4)
    if dice.chance(0.4):
        src = me.ip4()
    dst = dice.pick(0xffffffff, peer.ip4, GROUP4)
    return (dice.pick(BROADCAST, peer.mac, group_mac(0xe0000001)), IP4,
            write.ip4(dice, src, dst, UDP, body, flags=dice.pick(0, 1, 2, 4)))


def igmp(dice, me, peer):
    kind = dice.pick([0x12, 0x16, 0x22], 0x11, 0x17, 0x13, 0x14, 0x30, 0x31, 0x32,
                     0)
    body = bytes((kind, 0, 0, 0)) + struct.pack("!I", 0xefffff00)
    if kind == 0x22:
        body = bytes((kind, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0)) + body[4:]
    body = write.fill(dice, body, 2)[:dice.pick(99, 0, 1, 4, 7)]
    group = dice.choice((0xe0000016, 0xefffff00, 0xe0000002))
    src = 0 if dice.chance(0.5) else me.ip4()
    head = dice.pick(b"\x94\x04\0\0", b"")
    return (dice.pick(group_mac(group), peer.mac), IP4,
            write.ip4(dice, src, dice.pick(group, peer.ip4), IGMP, body, head,
                      flags=dice.pick(0, 1, 2), offset=dice.pick(0, 1, 185),
                      ttl=dice.pick(1, 64)))


def icmp(dice, me, peer):
    data = bytes((dice.choice((0, 3, 5, 8, 9, 10)), 0, 0, 0)) + some(dice)
    data = data[:dice.pick(99, 0, 1, 7)]
    if len(data) < 4:
        return packet(dice, me, peer, ICMP, data)
    return packet(dice, me, peer, ICMP, data[:2] +
                  struct.pack("!H", checksum.of(data)) + data[4:])


def fragment(dice, me, peer):
    """First, middle or last, of UDP as a rule."""
    size = 8 * dice.randrange(1, 20)
    more, offset = dice.choice(((1, 0), (1, 185), (0, 185), (1, 1), (0, 8191)))
    if offset == 8191:                      # does it reach beyond 65535?
        offset = (65535 - 20 - size) // 8 + dice.choice((-1, 0, 0, 1, 2))
        size += dice.choice((-1, 0, 1, 6, 7))
    elif not more:
        size += dice.choice((0, 1, 7))
    size = dice.pick(size, size + 1, size - 1, 0, 4, 7)
    body = write.udp(dice, dice.choice((53, 67)), dice.choice((53, 67, 68)),
                     dice.randbytes(160))[:size]
    return packet(dice, me, peer, dice.choice((UDP, UDP, ICMP, TCP)),
                  body + b"\0" * (size - len(body)), flags=more, offset=offset)


def other(dice, me, peer):
    proto = dice.choice((GRE, ESP, SCTP, 41, 4, 112, 255, 0, 58, 89, 103))
    return packet(dice, me, peer, proto, some(dice))


def large(dice, me, peer):
    size = dice.choice((1480, 8980, 65000, 65515 - 8))
    return packet(dice, me, peer, UDP, write.udp(dice, 1024, 1025, b"\0" * size))


MESSAGES = {
    arp_request: 6, arp_reply: 6, arp_probe: 3, arp_announcement: 3, rarp: 3,
    tcp: 5, udp: 6, dhcp_server: 3, dhcp_client: 5, igmp: 4, icmp: 3,
    fragment: 6, other: 3,
}
