# SPDX-License-Identifier: GPL-2.0
"""More guests, more bindings, more prefixes: what grows with them?"""
import random

import bridge
import packets
import path
from policy import Policy, Prefixes

SAMPLE = 256            # bindings that frames are made of


def sample(policy, port):
    """Some bindings of a port, always the same ones."""
    dice = random.Random(policy.each)
    count = min(SAMPLE, policy.each)
    return [policy.at(port, index)
            for index in sorted(dice.sample(range(policy.each), count))]


class Growth:
    """Frames from the first port to the last one, with all their bindings."""

    def __init__(self, stage, policy):
        self.stage = stage
        self.policy = policy
        self.last = policy.ports - 1
        self.sources = sample(policy, 0)
        self.targets = sample(policy, self.last)

    def known(self):
        return {(b.mac, b.port) for b in self.sources + self.targets}

    def pairs(self):
        return list(zip(self.sources, self.targets))

    def compare(self, peer, config=None):
        self.stage.compare(peer, [path.IP4], config, self.pairs(),
                           guests=self.policy.ports,
                           bindings=self.policy.ports * self.policy.each)


def grow(records, name, policy, peers):
    """Plain and empty first, then the peers, on a bridge of its own."""
    with bridge.Bridge(policy.ports, ()) as br:
        stage = path.Stage(name, records, policy, (0, policy.ports - 1))
        growth = Growth(stage, policy)
        br.learn(growth.known())
        path.calm(br, [packets.ip4(*pair) for pair in growth.pairs()])
        for peer in ["plain", "empty"] + peers:
            growth.compare(peer)
        growth.compare("plain", "plain-last")


def guests(records, numbers, peers):
    """One binding each."""
    for number in numbers:
        fit = [peer for peer, limit in peers if number <= limit]
        grow(records, "guests-%d" % number, Policy(number), fit)


def bindings(records, sizes, peers):
    """(ports, bindings of each)."""
    for ports, each in sizes:
        fit = [peer for peer, limit in peers if ports * each <= limit]
        grow(records, "bindings-%dx%d" % (ports, each), Policy(ports, each),
             fit)


def prefixes(records, numbers, peers):
    for number in numbers:
        grow(records, "prefixes-%d" % number, Prefixes(2, number), peers)
