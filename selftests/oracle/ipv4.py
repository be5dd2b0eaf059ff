# SPDX-License-Identifier: GPL-2.0
"""IPv4: RFC 791, 1122, who may send from 0.0.0.0, and what routers alone say."""
import checksum
from layout import BOOTP, IP4, UDP

ICMP_PROTO, IGMP_PROTO, UDP_PROTO, PIM_PROTO = 1, 2, 17, 103
MORE = 1                    # the last of three flags
BROADCAST = (1 << 32) - 1
BROADCAST_MAC = (1 << 48) - 1
DHCP_SERVER, DHCP_CLIENT = 67, 68
REQUEST, ETHERNET = 1, 1
CHADDR = BOOTP.size         # chaddr stands behind giaddr
IGMP_REPORTS = {0x12, 0x16, 0x22}
# Queries, DVMRP, the first PIM, and advertisement and termination of RFC 4286.
IGMP_ROUTERS = {0x11, 0x13, 0x14, 0x30, 0x32}
IGMP_SIZE = 8
ICMP_ROUTERS = {5, 9}       # redirect, and the advertisement of RFC 1256
LENGTH_MAX = 0xffff


class Packet:
    """An IPv4 packet; BODY is what is behind its header, without padding.
    OFFSET is that of a fragment, in bytes, END where it ends in the whole."""

    __slots__ = ("src", "dst", "proto", "offset", "flags", "body", "end")

    def __init__(self, data, header, length):
        self.src = IP4.src(data, 0)
        self.dst = IP4.dst(data, 0)
        self.proto = IP4.proto(data, 0)
        self.flags = IP4.flags(data, 0)
        self.offset = IP4.frag(data, 0) * 8
        self.body = data[header:length]
        self.end = self.offset + length

    def is_fragment(self):
        return bool(self.offset or self.flags & MORE)

    def hides_ports(self):
        """Is it, or does it start, a packet of UDP without the header?"""
        return (self.proto == UDP_PROTO and not self.offset and
                len(self.body) < UDP.size)

    def fits(self):
        """Can it be a part of a packet?"""
        if self.flags & MORE and len(self.body) % 8:
            return False
        return not self.is_fragment() or self.end <= LENGTH_MAX


def is_readable(data):
    """Are there addresses? That is enough where only they are asked for."""
    return len(data) >= IP4.size and IP4.version(data, 0) == 4


def read(data):
    """The packet, or None if its header is one to be discarded."""
    if not is_readable(data):
        return None
    header, length = IP4.ihl(data, 0) * 4, IP4.len(data, 0)
    if header < IP4.size or length < header or length > len(data):
        return None
    if not checksum.good(data[:header]):
        return None
    return Packet(data, header, length)


def ports(packet):
    """Source and destination port, None if it has none to be seen."""
    if packet.proto != UDP_PROTO or packet.offset:
        return None
    return UDP.sport(packet.body, 0), UDP.dport(packet.body, 0)


def bootp_of(packet):
    """What a DHCP client sends, None if it cannot be read."""
    if packet.is_fragment():
        return None
    bootp = packet.body[UDP.size:]
    return bootp if len(bootp) >= CHADDR + 6 else None


def is_about_own(port, eth, bootp):
    """Is the address that it speaks of, if any, one of the sender's?"""
    client = BOOTP.ciaddr(bootp, 0)
    return not client or port.owns4(eth.src, eth.vlan, client)


def is_own(eth, bootp):
    """A request of somebody who says so with his own MAC address."""
    if BOOTP.op(bootp, 0) != REQUEST:
        return False
    if (BOOTP.htype(bootp, 0), BOOTP.hlen(bootp, 0)) != (ETHERNET, 6):
        return False
    return bootp[CHADDR:CHADDR + 6] == eth.src.to_bytes(6, "big")


def is_to_dhcp_server(packet):
    """Servers and relays hear what is sent to their port from any but it."""
    seen = ports(packet)
    return bool(seen) and seen[0] != DHCP_SERVER and seen[1] == DHCP_SERVER


def is_from_relay(packet):
    """What only a server says, or a relay, which puts its address in."""
    bootp = bootp_of(packet)
    if not is_to_dhcp_server(packet) or not bootp:
        return False
    return BOOTP.op(bootp, 0) != REQUEST or bool(BOOTP.giaddr(bootp, 0))


def is_dhcp_client(port, eth, packet):
    """A request of somebody who has no address yet, and asks for no other's."""
    if packet.dst != BROADCAST or eth.dst != BROADCAST_MAC:
        return False
    if ports(packet) != (DHCP_CLIENT, DHCP_SERVER):
        return False
    bootp = bootp_of(packet)
    return (bool(bootp) and not is_from_relay(packet) and is_own(eth, bootp) and
            is_about_own(port, eth, bootp))


def is_dhcp_of_another(port, eth, packet):
    """Does a client's message speak of a lease that is not its sender's? It may
    have been routed: then it is sent from the address that it is about."""
    if not is_to_dhcp_server(packet) or is_from_relay(packet):
        return False
    bootp = bootp_of(packet)
    if not bootp:
        return True
    if not is_about_own(port, eth, bootp):
        return True
    return not is_own(eth, bootp) and BOOTP.ciaddr(bootp, 0) != packet.src


def is_router(packet):
    """Bridges look for IGMP and PIM in every fragment, hosts for ICMP in the
    first."""
    if packet.proto == IGMP_PROTO:
        return len(packet.body) >= IGMP_SIZE and packet.body[0] in IGMP_ROUTERS
    if packet.proto == ICMP_PROTO and not packet.offset:
        return bool(packet.body) and packet.body[0] in ICMP_ROUTERS
    return packet.proto == PIM_PROTO


def is_igmp_report(packet):
    if packet.proto != IGMP_PROTO or packet.is_fragment():
        return False
    return (is_multicast(packet.dst) and len(packet.body) >= IGMP_SIZE and
            packet.body[0] in IGMP_REPORTS)


def is_dhcp_server(packet):
    seen = ports(packet)
    if seen and (seen[0] == DHCP_SERVER or seen[1] == DHCP_CLIENT):
        return True
    return is_from_relay(packet)


def judge_in(port, eth, data):
    packet = read(data)
    if not packet or packet.hides_ports() or is_loopback(packet.dst):
        return "malformed"
    if not packet.src:
        if not is_dhcp_client(port, eth, packet) and not is_igmp_report(packet):
            return "src-ip"
    elif not port.owns4(eth.src, eth.vlan, packet.src):
        return "src-ip"
    elif is_dhcp_of_another(port, eth, packet):
        return "src-ip"
    if is_router(packet) and not port.router:
        return "ra"
    if is_dhcp_server(packet) and not port.dhcp_server:
        return "dhcp-server"
    return "pass" if packet.fits() else "malformed"


def is_loopback(address):
    """RFC 1122 3.2.1.3: it must not appear outside a host."""
    return address >> 24 == 127


def is_multicast(address):
    return address >> 28 == 0xe


def is_group(address):
    return is_multicast(address) or address == BROADCAST


def judge_out(port, eth, data):
    if not is_readable(data):
        return "malformed"
    dst = IP4.dst(data, 0)
    if is_group(dst) or port.receives4(eth.dst, eth.vlan, dst):
        return "pass"
    return "dst-ip"
