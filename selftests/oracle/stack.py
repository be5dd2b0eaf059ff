# SPDX-License-Identifier: GPL-2.0
"""What stands between the MAC addresses and a payload: tags, 802.3, shims."""
import struct

import write

TPIDS = (0x8100, 0x88a8, 0x9100, 0x9200, 0x9300, 0x88e7)
VLANS = (0, 1, 7, 10, 20, 30, 4094, 4095)
# EtherTypes of all sorts; behind many of them stands a header of their own.
TYPES = (0, 1, 46, 1500, 1501, 1535, 1536, 0x0800, 0x0806, 0x8035, 0x86dd,
         0x0842, 0x22f3, 0x4305, 0x6558, 0x8847, 0x8848, 0x8863, 0x8864, 0x8870,
         0x880b, 0x8808, 0x8809, 0x887b, 0x888e, 0x8892, 0x889d, 0x88a2, 0x88b5,
         0x88b7, 0x88ca, 0x88cc, 0x88e3, 0x88e5, 0x88f5, 0x88f7, 0x8902, 0x8906,
         0x8914, 0x8926, 0x892f, 0x893f, 0x8946, 0x894f, 0x9000, 0xdada, 0xf1c1,
         0xffff)


def plain(_dice, _vlan, kind, payload):
    return struct.pack("!H", kind) + payload


def tagged(dice, vlan, kind, payload):
    return write.tag(dice, 0x8100, vlan) + plain(dice, vlan, kind, payload)


def tags(dice, vlan, kind, payload):
    """One or more, of whatever kind and VLAN."""
    front = b""
    for _ in range(dice.choice((1, 1, 2, 2, 3, 5, 40))):
        tpid = dice.choice((0x8100, 0x8100, dice.choice(TPIDS)))
        front += write.tag(dice, tpid, dice.choice((0, vlan, dice.choice(VLANS))))
    return front + plain(dice, vlan, kind, payload)


def cut_tag(dice, vlan, _kind, _payload):
    """Ends within or right behind a tag."""
    front = write.tag(dice, dice.choice(TPIDS), vlan)
    front = dice.choice((b"", tagged(dice, vlan, 0, b"")[:4])) + front
    return (front + b"\0\0")[:len(front) - 2 + dice.randrange(5)]


def snap(dice, vlan, kind, payload):
    oui = dice.choice((b"\0\0\0", b"\0\0\xf8", b"\0\0\x0c"))
    body = b"\xaa\xaa\x03" + oui + struct.pack("!H", kind) + payload
    size = dice.choice((len(body), len(body), 0, len(body) + 9, 1501, 8, 1535))
    return struct.pack("!H", size & 0xffff) + body


def llc(dice, vlan, kind, payload):
    head = dice.choice((b"\x42\x42\x03", b"\xe0\xe0\x03", b"\xff\xff", b"\x06\x06\3"))
    return struct.pack("!H", len(head) + len(payload) & 0xffff) + head + payload


def tagged_length(dice, vlan, kind, payload):
    return write.tag(dice, 0x8100, vlan) + snap(dice, vlan, kind, payload)


def shim(dice, vlan, kind, payload):
    heads = {
        0x8847: struct.pack("!I", 16 << 12 | 0x1ff),
        0x8848: struct.pack("!I", 16 << 12 | 0x1ff),
        0x8864: struct.pack("!BBHHH", 0x11, 0, 1, len(payload) + 2 & 0xffff, 0x21),
        0x8863: struct.pack("!BBHH", 0x11, 9, 0, 0),
        0x88e5: struct.pack("!BBI", 0, 0, 1),
        0x8870: b"\xaa\xaa\x03\0\0\0" + struct.pack("!H", kind),
        0x88b7: b"\0\0\0" + struct.pack("!H", kind),
        0x6558: b"\xff" * 6 + b"\2\0\0\0\0\1" + struct.pack("!H", kind),
    }
    number = dice.choice(list(heads))
    front = write.tag(dice, 0x8100, vlan) if vlan else b""
    return front + struct.pack("!H", number) + heads[number] + payload


def any_type(dice, vlan, _kind, payload):
    kind = dice.choice((dice.choice(TYPES), dice.choice(TYPES),
                        dice.getrandbits(16)))
    front = write.tag(dice, 0x8100, vlan) if vlan else b""
    return front + plain(dice, vlan, kind, payload)


ODD = (tags, tags, tags, cut_tag, snap, llc, tagged_length, shim, any_type, plain,
       tagged)


def put(dice, vlan, kind, payload):
    """PAYLOAD behind all this, from the EtherType on."""
    right = tagged if vlan else plain
    if dice.rate and dice.chance(0.12):
        right = dice.choice(ODD)
    if right is tagged:
        vlan = dice.pick(vlan, VLANS)
    return right(dice, vlan, kind, payload)
