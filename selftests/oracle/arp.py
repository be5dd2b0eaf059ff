# SPDX-License-Identifier: GPL-2.0
"""ARP (RFC 826, 5227) and the RARP with which QEMU announces a guest."""
from layout import ARP
from link import IP4

ETHERNET = 1
REQUEST, REPLY, REVERSE_REQUEST = 1, 2, 3
BROADCAST = (1 << 48) - 1
BODY = 6 + 4 + 6 + 4


def read(data):
    """op, sender MAC and IP, target MAC and IP; None if it has another shape
    than for IPv4 over Ethernet."""
    if len(data) < ARP.size + BODY:
        return None
    if (ARP.hwtype(data, 0), ARP.ptype(data, 0)) != (ETHERNET, IP4):
        return None
    if (ARP.hwlen(data, 0), ARP.plen(data, 0)) != (6, 4):
        return None
    ends, values = (8, 14, 18, 24, 28), [ARP.op(data, 0)]
    for start, end in zip(ends, ends[1:]):
        values.append(int.from_bytes(data[start:end], "big"))
    return values


def judge_in(port, eth, data):
    body = read(data)
    if not body:
        return "arp"
    op, sha, spa, _, tpa = body
    if op not in (REQUEST, REPLY) or sha != eth.src:
        return "arp"
    claimed = spa
    if not spa and op == REQUEST:       # a probe
        claimed = tpa
    return "pass" if port.owns4(eth.src, eth.vlan, claimed) else "arp"


def judge_rarp(_port, eth, data):
    announcement = [REVERSE_REQUEST, eth.src, 0, eth.src, 0]
    if eth.dst != BROADCAST or read(data) != announcement:
        return "arp"
    return "pass"
