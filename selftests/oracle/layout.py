# SPDX-License-Identifier: GPL-2.0
"""Where the fields of a header are.

scapy knows, and what it knows was written by others than those who wrote the
module. But scapy takes milliseconds to dissect a frame and guesses what a
broken one might be. So only its descriptions of the fields are used, once, at
the start: each becomes a function that reads this field from bytes.
"""
import logging
import warnings

logging.getLogger("scapy").setLevel(logging.ERROR)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from scapy.fields import (BitField, ConditionalField, MultipleTypeField,
                              PacketListField, FieldListField, StrField)
    from scapy.layers import dhcp, inet, inet6, ipsec, l2


VARIABLE = (ConditionalField, MultipleTypeField, PacketListField,
            FieldListField, StrField)


def octets(first, size):
    def read(data, base):
        return int.from_bytes(data[base + first:base + first + size], "big")
    return read


def octet(first):
    def read(data, base):
        return data[base + first]
    return read


def bits(first, count):
    """COUNT bits from bit FIRST on, counted from the header's first bit."""
    start, end = first // 8, (first + count + 7) // 8
    shift, mask = end * 8 - first - count, (1 << count) - 1

    def read(data, base):
        value = int.from_bytes(data[base + start:base + end], "big")
        return value >> shift & mask
    return read


def field_bits(field):
    """The size of a field, or None where it depends on others."""
    if isinstance(field, BitField):
        return abs(field.size)
    if isinstance(field, VARIABLE) or field.name.startswith("auto"):
        return None
    return int(field.sz * 8)


class Layout:
    """The fields of LAYER, each a method (data, base) -> number, as far as all
    that stands in front of them has a fixed size. SIZE is theirs, in bytes.
    The caller sees to it that data[base:base + SIZE] is there."""

    def __init__(self, layer):
        self.layer, place = layer, 0
        for field in layer.fields_desc:
            size = field_bits(field)
            if size is None:
                break
            setattr(self, field.name, self.reader(place, size))
            place += size
        self.size = place // 8

    @staticmethod
    def reader(place, size):
        if place % 8 or size % 8:
            return bits(place, size)
        if size == 8:
            return octet(place // 8)
        return octets(place // 8, size // 8)


ETHER = Layout(l2.Ether)
TAG = Layout(l2.Dot1Q)
ARP = Layout(l2.ARP)
IP4 = Layout(inet.IP)
UDP = Layout(inet.UDP)
BOOTP = Layout(dhcp.BOOTP)
IP6 = Layout(inet6.IPv6)
HOPOPT = Layout(inet6.IPv6ExtHdrHopByHop)
ROUTING = Layout(inet6.IPv6ExtHdrRouting)
FRAGMENT = Layout(inet6.IPv6ExtHdrFragment)
AUTH = Layout(ipsec.AH)
ICMP6 = Layout(inet6.ICMPv6Unknown)
RS = Layout(inet6.ICMPv6ND_RS)
RA = Layout(inet6.ICMPv6ND_RA)
NS = Layout(inet6.ICMPv6ND_NS)
NA = Layout(inet6.ICMPv6ND_NA)
REDIRECT = Layout(inet6.ICMPv6ND_Redirect)
OPTION = Layout(inet6.ICMPv6NDOptUnknown)
