# SPDX-License-Identifier: GPL-2.0
"""Neighbour discovery (RFC 4861, 4862, 6980) and listener reports (RFC 3810)."""
import checksum
from layout import ICMP6, NA, NS, OPTION, RA, REDIRECT, RS
from policy import is_link_local

ROUTER_SOLICITATION, ROUTER_ADVERTISEMENT = 133, 134
SOLICITATION, ADVERTISEMENT, REDIRECTION = 135, 136, 137
INVERSE_SOLICITATION, INVERSE_ADVERTISEMENT = 141, 142
DISCOVERY = {133, 134, 135, 136, 137, 141, 142}
ROUTERS_ONLY = {ROUTER_ADVERTISEMENT, REDIRECTION}
LISTENERS = {130, 131, 132}             # of MLDv1, and queries of MLDv2
LISTENER_REPORTS = {131, 132, 143}      # those that RFC 3590 lets come from ::
LISTENER_SIZE = 24
MULTICAST_ROUTERS = {130, 151, 153}     # queries of MLD; RFC 4286
SOURCE_LINK, TARGET_LINK = 1, 2
OPTIONS_MAX = 64
HOPS = 255
PROTO = 58


def is_discovery(packet):
    return ICMP6.type(packet.body, 0) in DISCOVERY


def is_group(address):
    return address >> 120 == 0xff


def solicited(address):
    """The group of those who may have ADDRESS: RFC 4291, 2.7.1."""
    return 0xff02 << 112 | 0x1ff << 24 | address & 0xffffff


def has_good_checksum(packet):
    length = len(packet.body)
    pseudo = length.to_bytes(4, "big") + PROTO.to_bytes(4, "big")
    return checksum.good(packet.addresses + pseudo + packet.body)


def is_listener_report(packet):
    """One that may come from ::, which has to be for this link only."""
    if packet.fragment or packet.hops != 1 or not is_group(packet.dst):
        return False
    return ICMP6.type(packet.body, 0) in LISTENER_REPORTS


def is_far_report(packet):
    """One to be dropped: RFC 3810 6.2, RFC 2710 3."""
    if ICMP6.type(packet.body, 0) not in LISTENER_REPORTS:
        return False
    near = not packet.src or is_link_local(packet.src)
    return packet.hops != 1 or not near


def is_multicast_router(packet):
    return ICMP6.type(packet.body, 0) in MULTICAST_ROUTERS


def is_cut(packet):
    """A message of MLD that every receiver discards: RFC 2710, 4 and 5."""
    return (ICMP6.type(packet.body, 0) in LISTENERS and
            len(packet.body) < LISTENER_SIZE)


def may_be_from_nobody(packet):
    """Whether this is a message that has :: as a source; what else is wrong
    with it is found later."""
    if ICMP6.type(packet.body, 0) in (ROUTER_SOLICITATION, SOLICITATION):
        return True
    return is_listener_report(packet)


def options(body, start):
    """Type, length in bytes and contents of each; None where they are not
    laid end to end, or are too many."""
    found = []
    while start < len(body):
        if len(body) - start < OPTION.size or len(found) == OPTIONS_MAX:
            return None
        length = OPTION.len(body, start) * 8
        if not length or start + length > len(body):
            return None
        value = body[start + OPTION.size:start + length]
        found.append((OPTION.type(body, start), value))
        start += length
    return found


def links(found):
    """Type and address of link-layer address options."""
    return [one for one in found if one[0] in (SOURCE_LINK, TARGET_LINK)]


def links_are_sane(eth, found, kind):
    """Is there one at most, and does it name the sender, or at least, in a
    redirect, a node?"""
    named = links(found)
    if not named:
        return True
    value = named[0][1]
    if len(named) > 1 or len(value) != 6:
        return False
    if kind == REDIRECTION:
        return any(value) and not value[0] & 1
    return value == eth.src.to_bytes(6, "big")


def sane_router_solicitation(_port, _eth, packet, found):
    return packet.src or not links(found)


def sane_router_advertisement(_port, _eth, packet, _found):
    return is_link_local(packet.src)


def sane_redirect(_port, _eth, packet, _found):
    target = REDIRECT.tgt(packet.body, 0)
    dest = REDIRECT.dst(packet.body, 0)
    if is_group(dest) or not (is_link_local(target) or target == dest):
        return False
    return is_link_local(packet.src)


def sane_solicitation(port, eth, packet, found):
    target = NS.tgt(packet.body, 0)
    if is_group(target):
        return False
    if packet.src:
        return True
    if packet.dst != solicited(target) or links(found):
        return False
    return port.owns6(eth.src, eth.vlan, target)


def sane_advertisement(port, eth, packet, _found):
    target = NA.tgt(packet.body, 0)
    if is_group(packet.dst) and NA.S(packet.body, 0):
        return False
    return port.owns6(eth.src, eth.vlan, target)


MESSAGES = {
    ROUTER_SOLICITATION: (RS.size, sane_router_solicitation),
    ROUTER_ADVERTISEMENT: (RA.size, sane_router_advertisement),
    SOLICITATION: (NS.size, sane_solicitation),
    ADVERTISEMENT: (NA.size, sane_advertisement),
    REDIRECTION: (REDIRECT.size, sane_redirect),
}


def sane(port, eth, packet):
    kind, body = ICMP6.type(packet.body, 0), packet.body
    if kind not in MESSAGES or packet.fragment or packet.hops != HOPS:
        return False
    size, sane_message = MESSAGES[kind]
    if ICMP6.code(body, 0) or len(body) < size or not has_good_checksum(packet):
        return False
    found = options(body, size)
    if found is None:
        return False
    if not links_are_sane(eth, found, kind):
        return False
    return sane_message(port, eth, packet, found)


def judge(port, eth, packet):
    """Of a packet that is_discovery."""
    if ICMP6.type(packet.body, 0) in ROUTERS_ONLY and not port.router:
        return "ra"
    return "pass" if sane(port, eth, packet) else "nd"
