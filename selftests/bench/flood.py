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

UPLINK = Binding("x0", "02:20:00:00:00:01", "10.15.0.1", "fd01::1",
                 local_of("02:20:00:00:00:01"), 0)
NOBODY = Binding("", "02:20:00:00:00:02", "10.15.0.2", "fd01::2", "", 0)

CALM = 64               # beyond, one look-up in all of it is nothing


def unknown(src, dst):
    return packets.ip4(UPLINK, NOBODY)


def flood(records, numbers, peers):
    """From the uplink: unknown unicast, and a question by ARP."""
    for number in numbers:
        with bridge.Bridge(number, ("x0",)) as br:
            policy = Policy(number)
            stage = path.Stage("flood-%d" % number, records, policy)
            br.learn([(UPLINK.mac, "x0")])
            if number <= CALM:
                path.calm(br, [unknown(None, None)], "x0")
            for peer in ["plain"] + peers:
                stage.under(peer, functools.partial(
                    flood_cases, stage, peer, 1 if peer == "plain" else 0))


def flood_cases(stage, config, copies):
    ends = UPLINK, stage.policy.at(0)
    stage.measure(config, path.Case("unknown-unicast", unknown, copies), ends)
    if config != "flags":
        stage.measure(config, path.Case("arp-flood", packets.arp_request), ends)


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
        br.learn([(UPLINK.mac, "x0")])
        before = flags()
        host.run("modprobe", "brguard")
        policies = list(changes(number))
        host.run("brguardctl", "apply", "-", text=policies[-1])
        start = sum(map(host.delivered, bridge.ports(number)))
        child = stream("x0", [packets.ip4(UPLINK, NOBODY)])
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
