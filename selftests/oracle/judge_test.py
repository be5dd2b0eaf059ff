#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests of judge, without brguard: the tables, the fields, and garbage."""
import os
import random
import sys

import cases
import layout
import policy
from judge import JUDGES, judge

sys.path.insert(1, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap                                      # noqa: E402
from tap import Failure, same                   # noqa: E402

REASONS = {"pass", "malformed", "encapsulation", "ethertype", "vlan",
           "link-local", "src-mac", "arp", "src-ip", "dhcp-server", "nd", "ra",
           "flood", "dst-ip"}


def read_ports():
    with open(os.path.join(cases.HERE, "ports.conf")) as file:
        return policy.load(file.read())


def tables():
    """Each case has the reason that stands there."""
    ports, wrong = read_ports(), 0
    for case in cases.read():
        found = judge(ports[case.port], case.direction, case.frame)
        if found != case.reason:
            wrong += 1
            print("#   %s: %s, not %s: %s" %
                  (case.where, found, case.reason, case.frame.hex()))
    same("wrong cases", 0, wrong)


def every_reason():
    """A reason that no case has is not tested."""
    same("reasons", REASONS, {case.reason for case in cases.read()})


def all_prefixes_of_cases():
    """What a cut frame leads to is one of the reasons, on every port."""
    ports = read_ports()
    for case in cases.read():
        for end in range(len(case.frame)):
            reason = judge(ports[case.port], case.direction, case.frame[:end])
            if reason not in REASONS:
                raise Failure("%s cut at %d: %s" % (case.where, end, reason))


def garbage():
    dice = random.Random(1)
    for port in read_ports().values():
        for _ in range(2000):
            data = dice.randbytes(dice.choice((0, 5, 14, 15, 40, 80, 200)))
            for direction in JUDGES:
                if judge(port, direction, data) not in REASONS:
                    raise Failure(data.hex())


def fields_are_where_scapy_reads_them():
    """The layouts, taken from scapy's descriptions, against its dissection."""
    for name, held in sorted(vars(layout).items()):
        if isinstance(held, layout.Layout):
            same_fields(name, held)


def same_fields(name, held):
    dice = random.Random(name)
    for _ in range(20):
        data = dice.randbytes(held.size)
        rest, packet = data, held.layer()
        for field in held.layer.fields_desc:
            if not hasattr(held, field.name):
                break
            rest, value = field.getfield(packet, rest)
            value = field.i2m(packet, value)
            if isinstance(value, bytes):
                value = int.from_bytes(value, "big")
            same("%s.%s" % (name, field.name), int(value),
                 getattr(held, field.name)(data, 0))


TESTS = [tables, every_reason, all_prefixes_of_cases, garbage,
         fields_are_where_scapy_reads_them]


def main():
    return tap.run(TESTS)


if __name__ == "__main__":
    sys.exit(main())
