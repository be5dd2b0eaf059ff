# SPDX-License-Identifier: GPL-2.0
"""Frames of the bench, as bytes: who sends, who is to have it."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from frame import make_frame        # noqa: E402 (its folder has to be known)

BROADCAST = "ff:ff:ff:ff:ff:ff"


def make(text):
    return make_frame(text.split())


def address(text):
    """The first one of a prefix that is no network address."""
    base, slash, _ = text.partition("/")
    if not slash:
        return base
    return base + "1" if ":" in base else base[:base.rindex(".") + 1] + str(
        int(base[base.rindex(".") + 1:]) + 1)


def ip4(src, dst, tag="", source=None):
    """64 bytes on the wire, with the FCS that nobody sees here."""
    return make("eth src=%s dst=%s pad=60 %s / ip src=%s dst=%s / udp / raw n=18"
                % (src.mac, dst.mac, tag, source or address(src.ip4),
                   address(dst.ip4)))


def ip6(src, dst, source=None):
    return make("eth src=%s dst=%s / ip6 src=%s dst=%s / udp / raw n=2"
                % (src.mac, dst.mac, source or address(src.ip6),
                   address(dst.ip6)))


def tagged(src, dst):
    return ip4(src, dst, "/ vlan id=10")


def arp_reply(src, dst, source=None):
    return make("eth src=%s dst=%s pad=60 / arp op=2 spa=%s tha=%s tpa=%s"
                % (src.mac, dst.mac, source or address(src.ip4), dst.mac,
                   address(dst.ip4)))


def arp_request(src, dst, source=None):
    return make("eth src=%s dst=bc pad=60 / arp op=1 spa=%s tpa=%s"
                % (src.mac, source or address(src.ip4), address(dst.ip4)))


def ns(src, dst):
    """To the solicited-node group, with the source link-layer address."""
    target = address(dst.ip6)
    low = bytes.fromhex(dst.mac.replace(":", ""))[3:]
    group = "33:33:ff:%02x:%02x:%02x" % tuple(low)
    return make("eth src=%s dst=%s / ip6 src=%s dst=ff02::1:ff%02x:%x / "
                "ns target=%s opt=1:%s" % (src.mac, group, address(src.ip6),
                                           low[0], low[1] << 8 | low[2],
                                           target, src.mac))


def na(src, dst, source=None):
    """To who asked, with the target link-layer address."""
    source = source or address(src.ip6)
    return make("eth src=%s dst=%s / ip6 src=%s dst=%s / "
                "na flags=0x60000000 target=%s opt=2:%s"
                % (src.mac, dst.mac, address(src.ip6), address(dst.ip6),
                   source, src.mac))


def tcp4(src, dst):
    """The headers of a large TCP segment, its checksum left to the host."""
    return make("eth src=%s dst=%s / ip src=%s dst=%s len=%d / "
                "tcp csum=partial" % (src.mac, dst.mac, address(src.ip4),
                                      address(dst.ip4), 40 + MORE))


MORE = 16 * 1448        # payload behind the headers of tcp4()
SEGMENT = 1448
