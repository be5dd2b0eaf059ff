# SPDX-License-Identifier: GPL-2.0
"""Changes to a frame as bytes."""
import struct

import checksum
import ipv6

BORDERS = (0, 1, 0x7f, 0x80, 0xfe, 0xff)


def cut(dice, frame):
    return frame[:dice.choice((dice.randrange(len(frame) + 1),
                               len(frame) - 1, 14, 18, 34, 54))]


def pad(dice, frame):
    filler = dice.choice((b"\0", b"\xff", dice.randbytes(1)))
    return frame + filler * dice.choice((1, 2, 8, 46, 60, 400))


def flip(dice, frame):
    """A bit."""
    at = dice.randrange(len(frame))
    return frame[:at] + bytes((frame[at] ^ 1 << dice.randrange(8),)) + frame[at + 1:]


def border(dice, frame):
    """A byte, most of them of headers."""
    at = dice.randrange(min(len(frame), dice.choice((20, 60, 100))))
    return frame[:at] + bytes((dice.choice(BORDERS),)) + frame[at + 1:]


def repeat(dice, frame):
    """Some bytes twice, or away."""
    start = dice.randrange(12, max(len(frame), 13))
    part = frame[start:start + dice.choice((1, 2, 4, 8, 20))]
    if dice.chance(0.5):
        return frame[:start] + part + frame[start:]
    return frame[:start] + frame[start + len(part):]


CHANGES = (cut, pad, flip, flip, flip, border, border, repeat)


def change(dice, frame):
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        if frame:
            frame = dice.choice(CHANGES)(dice, frame)
    return mend(frame) if dice.chance(0.85) else frame


def mend(frame):
    """With right checksums again, where they can be found."""
    start = 18 if frame[12:14] == b"\x81\x00" else 14
    kind, head, data = frame[start - 2:start], frame[:start], frame[start:]
    if kind == b"\x08\x00":
        return head + mend4(data)
    if kind == b"\x86\xdd":
        return head + mend6(data)
    return frame


def mend4(data):
    size = (data[0] & 15) * 4 if data else 0
    if not 20 <= size <= len(data):
        return data
    front = data[:10] + b"\0\0" + data[12:size]
    return front[:10] + struct.pack("!H", checksum.of(front)) + data[12:]


def mend6(data):
    packet = ipv6.read(data)
    if not packet or packet.upper != ipv6.ICMPV6:
        return data
    body = packet.body[:2] + b"\0\0" + packet.body[4:]
    pseudo = packet.addresses + struct.pack("!II", len(body), ipv6.ICMPV6)
    at = data.index(packet.body, 40) if packet.body else len(data)
    right = struct.pack("!H", checksum.of(pseudo + body))
    return data[:at + 2] + right + data[at + 4:]
