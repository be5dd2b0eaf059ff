# SPDX-License-Identifier: GPL-2.0
"""What a frame costs on its way, configuration by configuration."""
import collections
import subprocess
import time

import host
import packets
from generator import Injector, Length, Lost, Pktgen, cost, glance

POLICY = "/run/brgbench.policy"
SETTLE = 0.5            # seconds of guest time
NEAR = 20               # instructions: one entry more in a bucket costs 57


# A frame from one port to another: so many copies arrive.
Case = collections.namedtuple("Case", "name make copies", defaults=[1])


def forged4(src, dst):
    return packets.ip4(src, dst, source="10.15.0.1")


def forged_arp(src, dst):
    return packets.arp_request(src, dst, source="10.15.0.1")


def large(src, dst):
    return "gso %s %d %d" % (packets.tcp4(src, dst).hex(), packets.SEGMENT,
                             packets.MORE)


PKTGEN = Case("ipv4-pktgen", None)
IP4 = Case("ipv4", packets.ip4)
ACCEPTED = [
    IP4,
    Case("ipv6", packets.ip6),
    Case("gso", large),
    Case("arp-reply", packets.arp_reply),
    Case("arp-request", packets.arp_request),
    Case("ns", packets.ns),
    Case("na", packets.na),
]
SPOOFED = [
    Case("spoofed-ipv4", forged4, copies=0),
    Case("spoofed-arp", forged_arp, copies=0),
]
TAG = Case("tag", packets.tagged)


def calm(br, frames, device="p0"):
    """Until the forwarding database finds the addresses of frames as soon as it
    does with the best of some seeds: where another entry stands before one, what
    looks for it less often seems to save more."""
    if not Length.looks:
        return
    least = None
    for look in range(2 * Length.looks):
        br.rehash()
        time.sleep(SETTLE)      # works do it
        value = glance(Injector(device, frames))
        if look >= Length.looks and value < least + NEAR:
            break
        least = min(least or value, value)
    host.say("seed %d: %.0f instructions a frame, %.0f with the best" % (
        look, value, least))


class Stage:
    """One topology and policy, under several configurations in turn."""

    def __init__(self, name, records, policy, ports=(0, 1)):
        self.name = name
        self.records = records
        self.policy = policy
        self.ports = ports
        policy.save(POLICY)

    def pair(self):
        sender, receiver = self.ports
        return self.policy.at(sender), self.policy.at(receiver)

    def look(self, config, case, pairs=None):
        """(cost, frames) of one case, all frames of which come by one port and
        leave by one; of a void one, the reason is recorded."""
        pairs = pairs or [self.pair()]
        src, dst = pairs[0]
        if case is PKTGEN:
            generator = Pktgen(src.port, (src, dst))
        else:
            generator = Injector(src.port, [case.make(*pair) for pair in pairs])
        try:
            return cost(generator, dst.port, case.copies)
        except Lost as lost:
            self.void(config, case.name, lost)
            return None

    def add(self, config, case, value, sent, **more):
        self.records.add(config, case.name, "cost", value, "instructions",
                         stage=self.name, frames=sent, **more)

    def measure(self, config, case, pairs=None, **more):
        found = self.look(config, case, pairs)
        if found:
            self.add(config, case, *found, **more)

    def void(self, config, case, why):
        """No figure, and the bench has failed."""
        host.say("%s %s: VOID: %s" % (config, case, why))
        self.records.add(config, case, "void", 0, str(why), stage=self.name)

    def under(self, peer, measure):
        """Set a peer up, call measure(), take it away."""
        script = "%s/peers/%s.sh" % (host.HERE, peer)
        try:
            host.run(script, "up", POLICY)
        except RuntimeError as error:
            self.void(peer, "up", error)
            subprocess.run([script, "down"])    # what there is of it
            return
        # What it still does once, in a work, is no cost of frames.
        time.sleep(SETTLE)
        try:
            measure()
        finally:
            host.run(script, "down")

    def compare(self, peer, cases, config=None, pairs=None, tries=None, **more):
        """The least of some tries: what nftables hashes, it hashes otherwise in
        each."""
        config = config or peer
        least = {}

        def collect():
            for case in cases:
                found = self.look(config, case, pairs)
                if found:
                    least[case] = min(found, least.get(case, found))

        for _ in range(tries or (Length.tries if peer[:4] == "nft-" else 1)):
            self.under(peer, collect)
        for case, found in least.items():
            self.add(config, case, *found, **more)
