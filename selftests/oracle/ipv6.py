# SPDX-License-Identifier: GPL-2.0
"""IPv6: RFC 8200, the chain of extension headers, and who may send from ::."""
import icmpv6
from layout import AUTH, FRAGMENT, HOPOPT, IP6, ROUTING, UDP

HOP, ROUTE, FRAG, AH, OPTIONS = 0, 43, 44, 51, 60
MOBILITY, HIP, SHIM6 = 135, 139, 140
# Those that say how long they are in the way of RFC 6564 and its forerunners.
CHAINED = {HOP, ROUTE, FRAG, AH, OPTIONS, MOBILITY, HIP, SHIM6}
TCP, UDP_PROTO, ICMPV6, NOTHING, PIM = 6, 17, 58, 59, 103
# What a first fragment has to hold of the upper header, RFC 7112; of others
# as much as tells one port or type from another.
UPPER_LEAST = 4
UPPER = {TCP: 20, UDP_PROTO: UDP.size, ICMPV6: 8, NOTHING: 0}
HEADERS_MAX = 16
LENGTH_MAX = 0xffff
DHCP_CLIENT, DHCP_SERVER = 546, 547
# ADVERTISE, REPLY, RECONFIGURE, and what relays say: RFC 8415 7.3.
DHCP_SERVERS = {2, 7, 10, 12, 13}


class Packet:
    """An IPv6 packet. UPPER is the number of the protocol that the chain ends
    with, None behind the start of a fragmented packet, and BODY what it has;
    FRAGMENT is whether there was such a header, FITS whether it can be a part
    of a packet."""

    __slots__ = ("src", "dst", "hops", "next", "upper", "body", "fragment",
                 "addresses", "fits")

    def __init__(self, data):
        self.src = IP6.src(data, 0)
        self.dst = IP6.dst(data, 0)
        self.addresses = data[8:40]
        self.hops = IP6.hlim(data, 0)
        self.next = IP6.nh(data, 0)
        self.upper = self.body = None
        self.fragment, self.fits = False, True


def read_header(data):
    """The packet and its end, or None if it has no sane header."""
    if len(data) < IP6.size or IP6.version(data, 0) != 6:
        return None
    end = IP6.size + IP6.plen(data, 0)
    return (Packet(data), end) if end <= len(data) else None


def header_size(number, data, at):
    """In bytes; data has 8 from there."""
    if number == FRAG:
        return FRAGMENT.size
    if number == AH:
        return (AUTH.payloadlen(data, at) + 2) * 4
    return (HOPOPT.len(data, at) + 1) * 8


def sane_fragment(data, at, end):
    length = end - at - FRAGMENT.size
    if FRAGMENT.m(data, at) and length % 8:
        return False
    front = at - IP6.size               # what each fragment has in front
    return front + FRAGMENT.offset(data, at) * 8 + length <= LENGTH_MAX


def sane_in_place(packet, number, data, at, end):
    """May this header stand here, and say what it says?"""
    if number == HOP:
        return at == IP6.size
    if number == ROUTE:
        return ROUTING.type(data, at) != 0
    if number == FRAG:
        return not packet.fragment
    return True


def walk(packet, data, end):
    """Goes through the chain. False if it is broken."""
    number, at, count = packet.next, IP6.size, 0
    while number in CHAINED:
        count += 1
        if count > HEADERS_MAX or end - at < 8:
            return False
        if not sane_in_place(packet, number, data, at, end):
            return False
        if number == FRAG:
            packet.fragment = True
            packet.fits = sane_fragment(data, at, end)
            if FRAGMENT.offset(data, at):
                return True
        at, number = at + header_size(number, data, at), data[at]
        if at > end:
            return False
    packet.upper, packet.body = number, data[at:end]
    return holds_upper(packet)


def holds_upper(packet):
    if packet.fragment or packet.upper in (UDP_PROTO, ICMPV6):
        return len(packet.body) >= UPPER.get(packet.upper, UPPER_LEAST)
    return True


def read(data):
    """The packet, or None if every receiver has to discard it."""
    found = read_header(data)
    if not found or not walk(found[0], data, found[1]):
        return None
    return found[0]


def is_dhcp_server(packet):
    if packet.upper != UDP_PROTO:
        return False
    if UDP.sport(packet.body, 0) == DHCP_SERVER:
        return True
    if UDP.dport(packet.body, 0) == DHCP_SERVER:
        message = packet.body[UDP.size:]
        if not message:                 # or it is in another fragment
            return packet.fragment
        return message[0] in DHCP_SERVERS
    return UDP.dport(packet.body, 0) == DHCP_CLIENT


def is_multicast_router(packet):
    if packet.upper == ICMPV6:
        return icmpv6.is_multicast_router(packet)
    return packet.upper == PIM


def may_send(port, eth, packet):
    """May this come from its source?"""
    if packet.src:
        return port.owns6(eth.src, eth.vlan, packet.src)
    return packet.upper == ICMPV6 and icmpv6.may_be_from_nobody(packet)


def judge_in(port, eth, data):
    packet = read(data)
    if not packet or (packet.upper == ICMPV6 and icmpv6.is_cut(packet)):
        return "malformed"
    if is_nowhere(packet.dst):
        return "malformed"
    if not may_send(port, eth, packet):
        return "src-ip"
    if is_multicast_router(packet) and not port.router:
        return "ra"
    if packet.upper == ICMPV6 and icmpv6.is_discovery(packet):
        return icmpv6.judge(port, eth, packet)
    if packet.upper == ICMPV6 and icmpv6.is_far_report(packet):
        return "malformed"
    if is_dhcp_server(packet) and not port.dhcp_server:
        return "dhcp-server"
    return "pass" if packet.fits else "malformed"


def is_nowhere(address):
    """What is to be discarded by whom it reaches: ::, ::1, groups of scope 0 and
    those within one interface. RFC 4291 2.5.2, 2.5.3, 2.7."""
    if address >> 120 == 0xff:
        return address >> 112 & 0xf in (0, 1)
    return address in (0, 1)


def is_group(address):
    return address >> 120 == 0xff


def judge_out(port, eth, data):
    if len(data) < IP6.size or IP6.version(data, 0) != 6:
        return "malformed"
    dst = IP6.dst(data, 0)
    if is_group(dst) or port.receives6(eth.dst, eth.vlan, dst):
        return "pass"
    return "dst-ip"
