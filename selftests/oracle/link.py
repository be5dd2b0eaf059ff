# SPDX-License-Identifier: GPL-2.0
"""Layer 2 of a frame: addresses, tags, EtherType."""
from layout import ETHER, TAG

VLAN_TPID, PROVIDER_TPID = 0x8100, 0x88a8
# Tags of VLAN 0 behind the first tag: one is what anybody sends.
PRIORITY_MAX = 8
# What stands in front of further tags: uapi/linux/brguard.h.
TPIDS = {0x8100, 0x88a8, 0x88e7, 0x9100, 0x9200, 0x9300}
# EtherTypes behind which another frame or packet stands.
SHIMS = {
    0x22f3: "TRILL", 0x4305: "BATMAN", 0x6558: "bridged Ethernet",
    0x8847: "MPLS", 0x8848: "MPLS multicast", 0x8863: "PPPoE discovery",
    0x8864: "PPPoE", 0x8870: "jumbo LLC", 0x880b: "PPP", 0x88b7: "OUI extended",
    0x88e5: "MACsec", 0x8926: "VN-Tag", 0x892f: "HSR", 0x893f: "E-Tag",
    0x894f: "NSH", 0xdada: "DSA", 0xf1c1: "R-TAG",
}
LENGTH_MAX = 0x0600     # below: 802.3 length, or 1501 to 1535, which is nothing

IP4, ARP, RARP, IP6 = 0x0800, 0x0806, 0x8035, 0x86dd
KNOWN = {IP4, ARP, RARP, IP6}


class Link:
    """VLAN is 0 without a tag. TYPE is what the last header says is behind it,
    at START; None where the frame ends within a tag. STACK is whether the tags
    are more or others than one 802.1Q tag with a VLAN ID."""

    __slots__ = ("dst", "src", "vlan", "type", "start", "tagged", "stack")

    def __init__(self, frame):
        self.dst = ETHER.dst(frame, 0)
        self.src = ETHER.src(frame, 0)
        self.type = ETHER.type(frame, 0)
        self.start = ETHER.size
        self.vlan = 0
        self.tagged = self.stack = False
        if self.type in TPIDS:
            self.read_tag(frame)

    def read_tag(self, frame):
        """The VLAN is what the first tag says, of whatever kind it is."""
        self.tagged = self.stack = True
        if len(frame) < self.start + TAG.size:
            return
        self.vlan = TAG.vlan(frame, self.start)
        if self.type != VLAN_TPID or not self.vlan:
            return
        self.type = TAG.type(frame, self.start)
        self.start += TAG.size
        self.stack = self.type in TPIDS

    def take_off(self, frame):
        """What a host takes off before it looks: tags of VLAN 0, also behind that
        of its own VLAN. False if it might find more than is looked at here."""
        if not self.tagged or len(frame) < ETHER.size + TAG.size:
            return True
        first = ETHER.type(frame, 0)
        if first != VLAN_TPID and (first != PROVIDER_TPID or self.vlan):
            return True
        at = ETHER.size
        for _ in range(PRIORITY_MAX + 1):
            inner, at = TAG.type(frame, at), at + TAG.size
            if inner not in (VLAN_TPID, PROVIDER_TPID):
                if not self.vlan and inner not in TPIDS:
                    self.type, self.start, self.stack = inner, at, False
                return True
            if len(frame) < at + TAG.size:
                return True
            if TAG.vlan(frame, at):     # a provider's two, or of nobody here
                return bool(self.vlan)
        return False

    def hides(self, allowed):
        """Is something else in front of what the frame carries?"""
        if self.stack or self.type < LENGTH_MAX:
            return True
        return self.type in SHIMS and self.type not in allowed


def is_group(mac):
    return mac >> 40 & 1


def is_reserved(mac):
    """01:80:c2:00:00:0X or 01:00:0c:cc:cc:cX."""
    return mac >> 4 in (0x0180c200000, 0x01000cccccc)
