# SPDX-License-Identifier: GPL-2.0
"""What brguard ought to decide, from the words of its policy and of the RFCs.

Not from its code: this is the second opinion that the first is held against.
The steps have the numbers of Documentation/internals.rst, "Decisions".
"""
import arp
import ipv4
import ipv6
import link
from layout import ETHER
from link import Link

PAYLOADS = {
    link.ARP: arp.judge_in,
    link.RARP: arp.judge_rarp,
    link.IP4: ipv4.judge_in,
    link.IP6: ipv6.judge_in,
}


def judge_in(port, frame):
    """Steps 1 to 7: what a guest sends."""
    if len(frame) < ETHER.size:
        return "malformed"
    eth = Link(frame)
    if not eth.src or link.is_group(eth.src):
        return "malformed"
    if eth.hides(port.ethertypes):
        return "encapsulation"
    if eth.type not in link.KNOWN and eth.type not in port.ethertypes:
        return "ethertype"
    if eth.vlan not in port.vlans and (port.bindings or eth.tagged):
        return "vlan"
    if link.is_reserved(eth.dst):
        return "link-local"
    if (eth.src, eth.vlan) not in port.bindings:
        return "src-mac"
    judge_payload = PAYLOADS.get(eth.type)
    if not judge_payload:
        return "pass"
    return judge_payload(port, eth, frame[eth.start:])


def judge_out(port, frame):
    """Steps 8 to 10: what is on its way to a guest."""
    if len(frame) < ETHER.size:
        return "malformed"
    eth = Link(frame)
    if not eth.take_off(frame):
        return "malformed"
    if not port.bindings:
        return "flood"
    if link.is_group(eth.dst):
        return "pass"
    if (eth.dst, eth.vlan) not in port.bindings:
        return "flood"
    if eth.hides(port.ethertypes):
        return "encapsulation"
    if eth.type == link.IP4:
        return ipv4.judge_out(port, eth, frame[eth.start:])
    if eth.type == link.IP6:
        return ipv6.judge_out(port, eth, frame[eth.start:])
    return "pass"


JUDGES = {"in": judge_in, "out": judge_out}


def judge(port, direction, frame):
    """The reason as brguardctl prints it: "pass", or why not."""
    if port.role != "guest":
        return "pass"
    return JUDGES[direction](port, frame)
