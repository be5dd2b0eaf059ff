# SPDX-License-Identifier: GPL-2.0
"""Who sends and who receives: addresses that are right, and that are not."""
from policy import LINK_LOCAL, eui64, is_link_local

GROUP4 = (0xe0000001, 0xe0000016, 0xe00000fb, 0xeffffffa, 0xffffffff)
GROUP6 = tuple(0xff02 << 112 | low for low in (1, 2, 0x16, 0xfb, 0x10002,
                                              0x1ff000001))
NOBODY4 = (0, 1, 0x7f000001, 0x7fffffff, 0x80000000, 0xdfffffff, 0xe0000000,
           0xefffffff, 0xf0000001, 0xfffffffe, 0xffffffff, 0x01000000, 0xffffff)
NOBODY6 = (0, 1, 2, 0xffff << 32, 0xffff << 32 | 0xc0000201, 0xc0000201,
           LINK_LOCAL, LINK_LOCAL | 1, 0xfebf << 112 | 1, 0xfe7f << 112 | 1,
           0xfec0 << 112 | 1, 0xff02 << 112 | 1, 0xff00 << 112, 0xff01 << 112,
           0x2000 << 112, 0x64ff9b << 96 | 0xc0000201, (1 << 128) - 1)
STRANGERS4 = (0xc0000201, 0xc0000202, 0xc6336401, 0x0a000001, 0xcb007109,
              0xa9fe0101)
STRANGERS6 = tuple(0x20010db8 << 96 | low for low in (1, 2, 9, 0x10 << 80 | 1))
RESERVED = (0x0180c2000000, 0x0180c2000001, 0x0180c2000003, 0x0180c200000e,
            0x0180c200000f, 0x0180c2000010, 0x01000ccccccc, 0x01000cccccc0,
            0x01000cccccbf, 0x01000cccccd0, 0x0180c1ffffff)
BROADCAST = (1 << 48) - 1


class Actor:
    """MAC, VLAN and prefixes, (first, rest) as policy has them."""

    def __init__(self, dice, mac, vlan, prefixes4, prefixes6, link_local):
        self.dice = dice
        self.mac, self.vlan = mac, vlan
        self.prefixes4, self.prefixes6 = prefixes4, prefixes6
        self.link_local = link_local

    def within(self, prefixes):
        first, rest = self.dice.choice(prefixes)
        inside = self.dice.choice((0, (1 << rest) - 1,
                                   self.dice.getrandbits(rest) if rest else 0))
        return (first << rest) + inside

    def beside(self, prefixes, size):
        first, rest = self.dice.choice(prefixes)
        start = first << rest
        return self.dice.choice((start - 1, start + (1 << rest),
                                 start ^ 1 << self.dice.randrange(size))
                                ) & (1 << size) - 1

    def ip4(self):
        pick = self.dice.pick
        if not self.prefixes4:
            return pick(STRANGERS4, NOBODY4)
        return pick(lambda: self.within(self.prefixes4), NOBODY4, STRANGERS4,
                    lambda: self.beside(self.prefixes4, 32))

    def ip6_link(self):
        """A link-local address."""
        right = eui64(self.mac)
        if self.link_local == "any":
            right = LINK_LOCAL | self.dice.getrandbits(64)
        listed = [first << rest for first, rest in self.prefixes6
                  if is_link_local(first << rest)]
        if self.link_local == "listed" and listed:
            right = listed
        return self.dice.pick(right, right, NOBODY6, right_or_close(self, right))

    def ip6(self):
        pick = self.dice.pick
        if not self.prefixes6 or self.dice.chance(0.3):
            return self.ip6_link()
        return pick(lambda: self.within(self.prefixes6), NOBODY6, STRANGERS6,
                    lambda: self.beside(self.prefixes6, 128), self.ip6_link)

    def sender(self):
        """The MAC address that a frame of this one bears."""
        mac = self.mac
        return self.dice.pick(mac, 0, BROADCAST, mac | 1 << 40, mac ^ 1,
                              mac ^ 1 << self.dice.randrange(48), OTHERS)


OTHERS = (0x020000000001, 0x020000000101, 0x020000000102, 0x020000000801,
          0x00005e00010c, 0x020000000fff)


def right_or_close(actor, right):
    if not isinstance(right, int):
        return right
    return right ^ 1 << actor.dice.randrange(128)


def stranger(dice, vlan):
    return Actor(dice, 0x020000000ffe, vlan, [(0xc0a80101, 0)],
                 [(0x20010db8 << 96 | 0xfe, 0)], "eui64")


def guest(dice, port):
    """One of those that PORT has bound, or would have."""
    if not port.bindings:
        return Actor(dice, 0x020000000eee, dice.pick(0, 10), [(0xc0000201, 0)],
                     [(0x20010db8 << 96 | 1, 0)], port.link_local)
    bound = dice.choice(list(port.bindings.values()))
    return Actor(dice, bound.mac, bound.vlan, bound.prefixes[4],
                 bound.prefixes[6], port.link_local)
