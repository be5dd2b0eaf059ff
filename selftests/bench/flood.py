# SPDX-License-Identifier: GPL-2.0
"""Frames that go to all ports: what each of them costs, and whether anything
comes to those that it is not for."""
import functools
import os

import bridge
import host
import packets
import path
from generator import stream
from policy import Binding, Policy, local_of

SAMPLE = 256            # stations that speak, and that nobody knows


def station(port, block, number):
    high, low = divmod(number, 256)
    mac = "02:%02x:00:00:%02x:%02x" % (0x20 + block, high, low)
    return Binding(port, mac, "10.%d.%d.%d" % (8 + block, high, low),
                   "fd01::%d:%d" % (block, number), local_of(mac), 0)


UPLINKS = [station("x0", 0, number) for number in range(1, SAMPLE + 1)]
NOBODIES = [station("p0", 1, number) for number in range(1, SAMPLE + 1)]
UNKNOWN = path.Case("unknown-unicast", packets.ip4)
ARP = path.Case("arp-flood", packets.arp_request)


def flood(records, numbers, peers):
    """From the uplink: unknown unicast, and a question by ARP. The frames are of
    many stations: one alone tells where a hash has put it, not what it costs."""
    for number in numbers:
        with bridge.Bridge(number, ("x0",)) as br:
            policy = Policy(number)
            stage = path.Stage("flood-%d" % number, records, policy)
            br.learn((station.mac, "x0") for station in UPLINKS)
            for peer in ["plain"] + peers:
                stage.under(peer, functools.partial(
                    flood_cases, stage, peer, int(peer == "plain")))


def flood_cases(stage, config, copies):
    stage.measure(config, UNKNOWN._replace(copies=copies),
                  list(zip(UPLINKS, NOBODIES)))
    if config != "flags":
        stage.measure(config, ARP, [(uplink, stage.policy.at(0))
                                    for uplink in UPLINKS])


def flags():
    """What each port says about flooding."""
    return [line for line in host.run("bridge", "-d", "link").splitlines()
            if " flood " in line]


def changes(number):
    """The policy in many forms, one after the other."""
    for turn in range(5):
        lines = ["bridge set br0 new-port trusted mode enforce guest-flood off"]
        for port in range(number):
            lines.append("port set p%d role guest" % port)
            if (port + turn) % 5:
                lines.append("binding add port p%d mac 02:40:00:00:%02x:%02x "
                             "ip 10.12.%d.%d" % (port, turn, port, turn, port))
        yield "\n".join(lines) + "\n"


def strict(records, number):
    """Nothing comes to a guest while its policy changes, and the flags are as
    before in the end."""
    with bridge.Bridge(number, ("x0",)) as br:
        br.learn([(UPLINKS[0].mac, "x0")])
        before = flags()
        host.run("modprobe", "brguard")
        policies = list(changes(number))
        host.run("brguardctl", "apply", "-", text=policies[-1])
        start = sum(map(host.delivered, bridge.ports(number)))
        child = stream("x0", [packets.ip4(UPLINKS[0], NOBODIES[0])])
        sent = 0
        try:
            for text in policies * 2:
                host.run("brguardctl", "apply", "-", text=text)
                sent += 1
        finally:
            os.kill(child, 9)
            os.waitpid(child, 0)
        end = sum(map(host.delivered, bridge.ports(number)))
        host.run("rmmod", "brguard")
        changed = sum(a != b for a, b in zip(before, flags()))
    records.add("brguard", "flood", "misdelivered", end - start, "frames",
                stage="flood-strict", changes=sent)
    records.add("brguard", "flood", "flags-changed", changed, "ports",
                stage="flood-strict")
