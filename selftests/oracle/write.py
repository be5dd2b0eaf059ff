# SPDX-License-Identifier: GPL-2.0
"""Headers, as bytes. What a field has, apart from what the caller decides, is
right or, as the dice fall, wrong."""
import struct

import checksum


def mac(number):
    return number.to_bytes(6, "big")


def address6(number):
    return number.to_bytes(16, "big")


def fill(dice, data, at):
    """With a checksum at AT, seldom with a wrong one."""
    right = checksum.of(data)
    value = dice.pick(right, 0, 0xffff, right ^ 1, right ^ 0xffff)
    return data[:at] + struct.pack("!H", value) + data[at + 2:]


def ip4(dice, src, dst, proto, body, options=b"", flags=0, offset=0, ttl=64):
    """OFFSET is in units of 8 bytes, FLAGS the three bits."""
    options += b"\0" * (-len(options) % 4)
    words = 5 + len(options) // 4
    length = words * 4 + len(body)
    start = dice.number(4, 4) << 4 | dice.number(words, 4)
    head = struct.pack(
        "!BBHHHBBHII", start, dice.getrandbits(8),
        min(dice.number(length, 16), 0xffff), dice.getrandbits(16),
        dice.number(flags, 3) << 13 | dice.number(offset, 13),
        ttl, dice.number(proto, 8), 0, src, dst) + options
    return fill(dice, head, 10) + body


def ip6(dice, src, dst, next_header, body, hops=64):
    head = struct.pack("!IHBB", dice.number(6, 4) << 28 | dice.getrandbits(28),
                       min(dice.number(len(body), 16), 0xffff),
                       dice.number(next_header, 8), dice.number(hops, 8))
    return head + address6(src) + address6(dst) + body


def udp(dice, sport, dport, body):
    return struct.pack("!HHHH", dice.number(sport, 16), dice.number(dport, 16),
                       dice.number(8 + len(body), 16), dice.getrandbits(16)) + body


def tcp(dice):
    return struct.pack("!HHIIBBHHH", dice.choice((67, 547, 1024, 40000)),
                       dice.choice((68, 546, 80, 443)), dice.getrandbits(32), 0,
                       0x50, 2, 1024, dice.getrandbits(16), 0)


def icmp6(dice, src, dst, kind, body, code=0):
    """SRC and DST are for the checksum."""
    data = struct.pack("!BBH", dice.number(kind, 8), dice.number(code, 8), 0)
    data += body
    pseudo = address6(src) + address6(dst) + struct.pack("!II", len(data), 58)
    return fill(dice, pseudo + data, 42)[40:]


def arp(dice, op, sha, spa, tha, tpa):
    return struct.pack("!HHBBH", dice.number(1, 16), dice.number(0x0800, 16),
                       dice.number(6, 8), dice.number(4, 8), dice.number(op, 16)
                       ) + mac(sha) + struct.pack("!I", spa) + mac(tha) + \
        struct.pack("!I", tpa)


def bootp(dice, op, chaddr, kind, ciaddr=0, giaddr=0):
    head = struct.pack("!BBBBIHH", dice.number(op, 8), dice.number(1, 8),
                       dice.number(6, 8), 0, dice.getrandbits(32), 0, 0x8000)
    return (head + struct.pack("!I8xI", ciaddr, giaddr) + mac(chaddr) + b"\0" * 202 +
            bytes((0x63, 0x82, 0x53, 0x63, 53, 1, kind, 255)))


def option(dice, kind, value):
    """Of neighbour discovery; VALUE fills units of 8 bytes but for 2."""
    value += b"\0" * (-(len(value) + 2) % 8)
    units = (len(value) + 2) // 8
    return bytes((dice.number(kind, 8), dice.number(units, 8))) + value


def tag(dice, tpid, vlan):
    """To be put behind a TPID: returns what comes ahead of the next type."""
    return struct.pack("!HH", tpid, dice.choice((0, 0, 7)) << 13 |
                       dice.getrandbits(1) << 12 | vlan)
