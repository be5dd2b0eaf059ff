#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""lab.py with the header stacks of VU#855201: 47 ways to put VLAN 0 tags, LLC,
SNAP, the OUI extended EtherType and the jumbo one in front of a payload, five
payloads each. After what Etienne Champetier has published as "Layer 2 network
security bypass using VLAN 0, LLC/SNAP headers and invalid length" (2022)."""
import struct

from frame import make_frame
from lab import Lab

MAC_G, MAC_V, MAC_R = ("02:00:00:00:00:0" + n for n in "123")
LL_G = "fe80::ff:fe00:1"
ALL_NODES = "33:33:00:00:00:01"
# 2001:db8:ffff::/64, on link, for addresses, half an hour: RFC 4861 4.6.2.
PREFIX = "030440c0" + 2 * "00000708" + "00000000" + "20010db8ffff" + 10 * "00"

# Payload: Ethernet destination, what follows, verdict on it without a stack.
PAYLOADS = {
    "RA": (ALL_NODES, "ip6 src=%s dst=ff02::1 / ra opt=1:%s opt=:%s" %
           (LL_G, MAC_G, PREFIX), "ra"),
    "NA": (MAC_V, "ip6 src=2001:db8::3 dst=2001:db8::2 / "
           "na target=2001:db8::3 opt=2:" + MAC_G, "src-ip"),
    "ARP": ("bc", "arp op=2 spa=192.0.2.3 tpa=192.0.2.3", "arp"),
    "ICMPv6": (MAC_V, "ip6 src=2001:db8::1 dst=2001:db8::2 / icmp6", "pass"),
    "ICMP": (MAC_V, "ip src=192.0.2.1 dst=192.0.2.2 / icmp", "pass"),
}

RFC1042, BRIDGE_TUNNEL = b"\0\0\0", b"\0\0\xf8"
OUIS = (RFC1042, BRIDGE_TUNNEL)


class Q:
    """A tag of VLAN 0."""

    def __init__(self, tpid=0x8100):
        self.tpid = tpid

    def wrap(self, proto, data):
        return self.tpid, struct.pack("!HH", 0, proto) + data


class Snap:
    """LLC and SNAP. In front of them stands their length, or a wrong one, or
    an EtherType."""

    def __init__(self, oui=RFC1042, proto=None):
        self.oui, self.proto = oui, proto

    def wrap(self, proto, data):
        data = b"\xaa\xaa\x03" + self.oui + struct.pack("!H", proto) + data
        return len(data) if self.proto is None else self.proto, data


class Oui:
    """The OUI extended EtherType, IEEE 802."""

    def __init__(self, oui):
        self.oui = oui

    def wrap(self, proto, data):
        return 0x88b7, self.oui + struct.pack("!H", proto) + data


def stacks():
    """Lists of headers, the outermost first."""
    q, a = Q(), Q(0x88a8)
    found = [[], [q], [q, q], [a], [a, a], [q, a], [a, q], [q] * 5, [a] * 5,
             [a, q, a, q, a], [q, a, q, a, q]]
    for oui in OUIS:
        snap = Snap(oui)
        found += [[snap]]
        found += [tags + [snap] for tags in ([q], [a], [q] * 5, [a] * 5)]
        found += [[snap] + tags for tags in ([q], [a], [q] * 5, [a] * 5)]
        found += [[q, snap, q], [a, snap, a]]
        found += [[Oui(oui)], [Snap(oui, 0x8870)]]
        found += [[snap, Oui(other)] for other in OUIS]
    for length in 0, 0x5ff:
        found += [[q] * n + [Snap(proto=length)] for n in range(3)]
    return found


def frames():
    """Number of the stack, payload, frame, verdict. Those that may pass last:
    until then the bridge is to learn nothing."""
    found = []
    for number, stack in enumerate(stacks()):
        for name, (target, words, alone) in PAYLOADS.items():
            plain = make_frame(("eth src=%s dst=%s / %s" %
                                (MAC_G, target, words)).split())
            proto, data = struct.unpack("!H", plain[12:14])[0], plain[14:]
            for header in reversed(stack):
                proto, data = header.wrap(proto, data)
            found.append((number, name,
                          plain[:12] + struct.pack("!H", proto) + data,
                          "encapsulation" if stack else alone))
    return sorted(found, key=lambda entry: entry[3] == "pass")


class Stacks(Lab):
    """Further commands, which answer with the number of frames that did what
    they should, that of all, and those that did not:

    open NAME       send all; they should come to the victim
    guarded NAME    send all; their verdicts should be as in frames()
    """

    def sent(self, name, check):
        wrong = ["%d/%s" % (number, payload)
                 for number, payload, frame, verdict in frames()
                 if not check(name, frame, verdict)]
        total = len(frames())
        return " ".join([str(total - len(wrong)), "of", str(total)] + wrong[:20])

    def do_open(self, name):
        return self.sent(name, self.arrives)

    def do_guarded(self, name):
        return self.sent(name, self.judged)

    def arrives(self, name, frame, _):
        for end in self.ends:
            self.drain(end)
        self.ends[name].send(frame)
        return bool(self.collect(frame)["victim"])

    def judged(self, name, frame, verdict):
        came, learned, counted, wrong = self.probe(name, frame).split(";")
        if verdict == "pass":
            return "victim" in came.split() and (counted, wrong) == ("-", "-")
        return ((came, learned, counted, wrong) ==
                ("-", "-", "%s:%s" % (self.ports[name], verdict), "-"))


if __name__ == "__main__":
    Stacks().serve()
