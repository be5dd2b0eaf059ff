# SPDX-License-Identifier: GPL-2.0
"""What hosts say with IPv6, in the way of messages4."""
import struct

import write
from actor import GROUP6, NOBODY6, OTHERS

IP6 = 0x86dd
HOP, ROUTE, FRAG, ESP, AH, ICMP6, NOTHING, OPTIONS = 0, 43, 44, 50, 51, 58, 59, 60
TCP, UDP = 6, 17
ALL_NODES, ALL_ROUTERS, REPORTS, DHCP = GROUP6[0], GROUP6[1], GROUP6[2], GROUP6[4]
SOLICITED = 0xff02 << 112 | 0x1ff000000


def group_mac(address):
    return 0x333300000000 | address & 0xffffffff


def solicited(address):
    return SOLICITED | address & 0xffffff


def to_group(dice, peer, group):
    return dice.pick(group_mac(group), peer.mac), dice.pick(group, peer.ip6)


def to_peer(dice, peer):
    if dice.chance(0.15):
        return to_group(dice, peer, dice.choice(GROUP6))
    return dice.pick(peer.mac, group_mac(1)), peer.ip6()


# --- extension headers ---------------------------------------------------

def sized(dice, number, following):
    """A header with its length in units of 8 bytes, without the first."""
    units = dice.choice((0, 0, 0, 1, 2, 5) * 8 + (60, 200, 255))
    head = bytes((following, dice.number(units, 8)))
    body = bytes((1, min(4 + 8 * units, 255))) + b"\0" * (4 + 8 * units)
    if number == ROUTE:
        body = bytes((dice.pick([2, 3, 4], 0, 1), dice.choice((0, 0, 1)))) + body[2:]
    return head + body


def ah(dice, following):
    words = dice.choice((4, 5, 1, 2) * 8 + (255,))
    return (bytes((following, dice.number(words, 8))) +
            dice.randbytes((words + 2) * 4 - 2))


def frag(dice, following, offset=0, more=0):
    return struct.pack("!BBHI", following, dice.pick(0, 255),
                       dice.number(offset, 13) << 3 | dice.pick(0, 6) |
                       dice.number(more, 1), dice.getrandbits(32))


def one_header(dice, number, following):
    if number == FRAG:
        return frag(dice, following)
    if number == AH:
        return ah(dice, following)
    return sized(dice, number, following)


def chain(dice, upper, body):
    """BODY behind some headers. Returns the first one's number, and all."""
    numbers = []
    if dice.chance(0.25):
        numbers = [dice.pick(HOP, OPTIONS)] if dice.chance(0.5) else []
        more = dice.choice((0, 1, 1, 2, 3, 14, 15, 16))
        right = [OPTIONS, ROUTE, AH, OPTIONS, 135, 139, 140]
        numbers += [dice.pick(right, HOP, FRAG, ESP, NOTHING, 253)
                    for _ in range(more)]
    for number in reversed(numbers):
        body = one_header(dice, number, upper) + body
        upper = number
    return upper, body


def packet(dice, src, dst, upper, body, hops=64):
    upper, body = chain(dice, upper, body)
    return write.ip6(dice, src, dst, upper, body, hops)


# --- protocols -----------------------------------------------------------

def some(dice):
    return dice.randbytes(dice.choice((0, 1, 7, 8, 20, 64)))


def tcp(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    return mac, IP6, packet(dice, me.ip6(), dst, TCP, write.tcp(dice) + some(dice))


def udp(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    body = write.udp(dice, dice.choice((53, 1024, 546, 5353, 67)),
                     dice.choice((53, 547, 1900, 68)), some(dice))
    return mac, IP6, packet(dice, me.ip6(), dst, UDP, body)


def dhcp_client(dice, me, peer):
    mac, dst = to_group(dice, peer, DHCP)
    kind = dice.choice((1, 3, 5, 6, 8, 11))
    body = bytes((kind, 1, 2, 3)) + some(dice)
    body = write.udp(dice, dice.pick(546, 1024), 547, dice.pick(body, b""))
    return mac, IP6, packet(dice, me.ip6_link(), dst, UDP, body)


def dhcp_server(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    sport, dport = dice.choice(((547, 546), (547, 547), (547, 9), (9, 546),
                                (546, 547), (9, 547)))
    kind = dice.pick((2, 7, 10, 12, 13), 1, 14, 0)
    body = write.udp(dice, sport, dport, bytes((kind, 1, 2, 3)) + some(dice))
    return mac, IP6, packet(dice, me.ip6(), dst, UDP, body)


def other(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    upper = dice.choice((ESP, NOTHING, 4, 41, 47, 132, 253, 254, 255, 89, 1, 2))
    return mac, IP6, packet(dice, me.ip6(), dst, upper, some(dice))


def echo(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    src = me.ip6()
    kind = dice.choice((1, 2, 128, 129, 130, 138, 148, 151, 200))
    body = write.icmp6(dice, src, dst, kind, b"\0" * 4 + some(dice))
    return mac, IP6, packet(dice, src, dst, ICMP6, body)


def listener_report(dice, me, peer):
    group = solicited(me.ip6())
    kind = dice.pick([131, 143], 130, 132)
    to = dice.pick(REPORTS if kind == 143 else group, ALL_ROUTERS)
    mac, dst = to_group(dice, peer, to)
    src = dice.pick(0, NOBODY6) if dice.chance(0.5) else me.ip6_link()
    src = dice.pick(src, me.ip6)
    data = b"\0" * 4 + write.address6(group)
    if kind == 143:
        data = bytes((0, 0, 0, 1, 4, 0, 0, 0)) + data[4:]
    data = write.icmp6(dice, src, dst, kind, data)[:dice.pick(99, 4, 7, 8, 23)]
    hops = dice.pick(1, 2, 255, 0)
    if dice.pick(True, False):
        data = bytes((ICMP6, 0, 5, 2, 0, 0, 1, 0)) + data
        return mac, IP6, write.ip6(dice, src, dst, HOP, data, hops)
    return mac, IP6, write.ip6(dice, src, dst, ICMP6, data, hops)


def fragment(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    size = 8 * dice.randrange(1, 20)
    more, offset = dice.choice(((1, 0), (1, 180), (0, 180), (0, 0), (0, 8191)))
    upper = dice.choice((UDP, TCP, ICMP6, OPTIONS, ESP))
    if offset == 8191:
        offset = (65535 - size) // 8 + dice.choice((-1, 0, 0, 1))
        size += dice.choice((-1, 0, 6, 7))
    elif not more:
        size += dice.choice((0, 1, 7))
    size = dice.pick(size, size + 1, size - 1, 0, 3, 4, 7, 19)
    body = {UDP: write.udp(dice, 53, 1024, b""),
            TCP: write.tcp(dice),
            ICMP6: bytes((dice.pick(128, 134, 135, 136), 0, 0, 0)),
            OPTIONS: bytes((dice.choice((UDP, TCP)), 0, 1, 4, 0, 0, 0, 0)) +
            write.udp(dice, 53, 1024, b"") + b"\0" * 12}.get(upper, b"")
    body = (body + b"\0" * size)[:size]
    body = frag(dice, upper, offset, more) + body
    return mac, IP6, packet(dice, me.ip6(), dst, FRAG, body)


# --- neighbour discovery -------------------------------------------------

def links(dice, me, kind):
    """The link-layer address option, and further ones."""
    found = b""
    if dice.chance(0.7):
        mac = dice.pick(me.mac, me.mac ^ 1, OTHERS, 0)
        found = write.option(dice, dice.pick(kind, 3 - kind), write.mac(mac))
    for _ in range(dice.pick(0, 1, 1, 2, 62, 63, 64, 65)):
        more = dice.choice((3, 5, 14, 25, 31, dice.pick(14, 1, 2)))
        size = dice.choice((6,) * 30 + (14, 30, 1022))
        value = write.mac(me.mac) if more in (1, 2) else dice.randbytes(size)
        option = write.option(dice, more, value)
        found = dice.choice((found + option, option + found))
    return found + dice.pick(b"", b"\0", b"\1", b"\0" * 8, b"\x02\x02" + b"\0" * 6)


def discovery(dice, mac, src, dst, kind, body):
    """The message by itself, as a rule."""
    data = write.icmp6(dice, src, dst, kind, body)
    data = data[:dice.pick(len(data), 4, 7, 8, 16, 23, 24, len(data) - 1)]
    if dice.chance(0.9):
        return mac, IP6, write.ip6(dice, src, dst, ICMP6, data, 255)
    if dice.odd():
        data = frag(dice, ICMP6, 0, dice.choice((0, 1))) + data
        return mac, IP6, write.ip6(dice, src, dst, FRAG, data, 255)
    return mac, IP6, packet(dice, src, dst, ICMP6, data, 255)


def solicitation(dice, me, peer):
    target, src = peer.ip6(), me.ip6()
    to = solicited(target)
    mac, dst = group_mac(to), to
    if dice.chance(0.3):
        mac, dst = peer.mac, target
    target = dice.pick(target, GROUP6, NOBODY6)
    return discovery(dice, mac, src, dst, 135, b"\0" * 4 +
                     write.address6(target) + links(dice, me, 1))


def dad(dice, me, peer):
    target = me.ip6()
    to = solicited(target)
    mac, dst = to_group(dice, peer, dice.pick(to, ALL_NODES, solicited(1)))
    nonce = write.option(dice, 14, dice.randbytes(6)) if dice.chance(0.5) else b""
    more = dice.pick(nonce, lambda: links(dice, me, 1))
    return discovery(dice, mac, dice.pick(0, me.ip6), dst, 135, b"\0" * 4 +
                     write.address6(target) + more)


def advertisement(dice, me, peer):
    src, flags = me.ip6(), dice.choice((0x20, 0, 0xa0))
    if dice.chance(0.4):
        mac, dst = group_mac(ALL_NODES), ALL_NODES
        flags |= dice.pick(0, 0x40)
    else:
        mac, dst = peer.mac, peer.ip6()
        flags |= dice.choice((0, 0x40))
    target = dice.pick(me.ip6, peer.ip6, GROUP6)
    return discovery(dice, mac, dice.pick(src, 0), dst, 136, bytes((flags, 0, 0, 0))
                     + write.address6(target) + links(dice, me, 2))


def router_solicitation(dice, me, peer):
    mac, dst = to_group(dice, peer, ALL_ROUTERS)
    src, more = me.ip6(), links(dice, me, 1)
    if dice.chance(0.4):
        src, more = 0, dice.pick(b"", more)
    return discovery(dice, mac, src, dst, 133, b"\0" * 4 + more)


def router_advertisement(dice, me, peer):
    mac, dst = to_group(dice, peer, ALL_NODES)
    body = struct.pack("!BBHII", 64, 0, 1800, 0, 0) + links(dice, me, 1)
    return discovery(dice, mac, dice.pick(me.ip6_link, me.ip6), dst, 134, body)


def redirect(dice, me, peer):
    mac, dst = to_peer(dice, peer)
    dest = peer.ip6()
    target = dice.pick(dest, me.ip6) if dice.chance(0.5) else me.ip6_link()
    someone = dice.choice((me, peer))
    body = b"\0" * 4 + write.address6(target) + write.address6(dice.pick(dest, GROUP6))
    return discovery(dice, mac, dice.pick(me.ip6_link, me.ip6), dst, 137,
                     body + links(dice, someone, 2))


def inverse(dice, me, peer):
    mac, dst = to_group(dice, peer, ALL_NODES)
    return discovery(dice, mac, me.ip6_link(), dst, dice.choice((141, 142)),
                     b"\0" * 4 + links(dice, me, 1))


MESSAGES = {
    tcp: 6, udp: 6, dhcp_client: 3, dhcp_server: 3, other: 3, echo: 4,
    listener_report: 5, fragment: 6, solicitation: 7, dad: 5, advertisement: 8,
    router_solicitation: 4, router_advertisement: 4, redirect: 3, inverse: 1,
}
