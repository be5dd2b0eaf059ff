#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: main.py [--quick] FILE.json [PART...]

"make bench" in the VM: all that is measured, in its order, or some parts of
it."""
import functools
import os
import sys
import time

import bridge
import control
import events
import flood
import generator
import goals
import host
import packets
import path
import policy
import scale
import table
from records import Records

FILES = "/extra"        # policy.write_files() made them

MANY = 1 << 30
TRIES = 4               # of what all else is compared with
GUEST_PEERS = [("brguard", MANY), ("tc-bpf", MANY), ("nft-exact", MANY),
               ("nft-vmap", 100), ("ebtables-chain", 100),
               ("ebtables-flat", 100)]
BINDING_PEERS = [("brguard", MANY), ("tc-bpf", 10000), ("nft-exact", 10000),
                 ("ebtables-among", 100)]
FILTERS = ["brguard", "tc-bpf", "nft-exact", "nft-prefix", "nft-vmap",
           "ebtables-flat", "ebtables-chain", "ebtables-among"]


def prepare():
    host.run("dmesg", "-n", "1")        # the log, but no serial line
    bridge.settings()
    host.load("brgbench_inject")
    host.run("modprobe", "pktgen")
    host.run("modprobe", "dummy", "numdummies=0")


def two(records, quick):
    """What a frame costs between two guests with a binding each."""
    guests = policy.Policy(2)
    accepted = [path.PKTGEN] + path.ACCEPTED
    peers = ["brguard", "tc-bpf", "nft-exact", "ebtables-flat"] if quick else \
        FILTERS
    with bridge.Bridge(2, ()) as br:
        br.learn((guest.mac, guest.port) for guest in guests.bindings())
        stage = path.Stage("two", records, guests)
        path.calm(br, [packets.ip4(*stage.pair())])
        stage.compare("plain", accepted, tries=TRIES)
        stage.compare("empty", accepted)
        stage.compare("brguard", accepted + path.SPOOFED)
        stage.compare("brguard-learning", accepted + path.SPOOFED)
        stage.compare("brguard-loaded", [path.PKTGEN, path.IP4])
        for peer in ("empty-ingress", "empty-netdev", "learning-off"):
            stage.compare(peer, [path.IP4])
        if not quick:
            stage.compare("flags", accepted)
        for peer in peers[1:]:
            stage.compare(peer, [path.IP4] if quick else accepted + path.SPOOFED)
        stage.compare("plain", accepted, "plain-last", tries=TRIES)


def tag(records, quick):
    guests = policy.Tagged(2)
    with bridge.Bridge(2, ()) as br:
        br.learn((guest.mac, guest.port) for guest in guests.bindings())
        stage = path.Stage("tag", records, guests)
        path.calm(br, [packets.ip4(*stage.pair())])
        for peer in ("plain", "empty", "brguard"):
            stage.compare(peer, [path.IP4, path.TAG])


def unguarded(records, quick):
    """Between two ports of nobody on the bridge where guests are guarded."""
    guests = policy.Policy(2)
    ends = [guest._replace(port=port)
            for guest, port in zip(policy.Other(2).bindings(), bridge.OTHERS)]
    with bridge.Bridge(2) as br:
        br.learn((end.mac, end.port) for end in ends)
        stage = path.Stage("unguarded", records, guests)
        path.calm(br, [packets.ip4(*ends)], ends[0].port)
        for peer in ("plain", "empty", "empty-elsewhere", "brguard"):
            name = "brguard-unguarded" if peer == "brguard" else peer
            stage.under(peer, functools.partial(stage.measure, name, path.IP4,
                                                [ends]))


def guests(records, quick):
    numbers = (1, 100) if quick else (1, 10, 100, 1000)
    peers = [("brguard", MANY)] if quick else GUEST_PEERS
    scale.guests(records, [max(2, number) for number in numbers], peers)


def bindings(records, quick):
    sizes = [(2, 1), (2, 500)]
    if not quick:
        sizes += [(2, 4), (2, 50), (2, 5000), (100, 100), (1000, 10), (2, 50000)]
    peers = [("brguard", MANY)] if quick else BINDING_PEERS
    scale.bindings(records, sorted(sizes, key=lambda s: s[0] * s[1]), peers)


def prefixes(records, quick):
    numbers, peers = (1, 1000), ["brguard", "nft-prefix"]
    scale.prefixes(records, numbers, peers)


def flooding(records, quick):
    numbers = (2, 64) if quick else (2, 64, 256, 1000)
    peers = ["flags", "brguard-flood"]
    peers += [] if quick else ["brguard", "nft-exact"]
    flood.flood(records, numbers, peers)
    flood.strict(records, 8)


def controls(records, quick):
    """Of all sizes that files were made for."""
    if not quick:
        control.peers(records)
    control.loads(records, FILES, sorted(
        int(name) for name in os.listdir(FILES) if name.isdigit()))


def event(records, quick):
    events.measure(records)


def lookup(records, quick):
    """Cache lines, counted outside of the VM by lines.py."""
    for line in host.read(FILES + "/lines").splitlines():
        count, lines = map(int, line.split())
        records.add("brguard", "lookup", "lines", lines, "cache lines",
                    stage="lookup", bindings=count)


PARTS = {"two": two, "tag": tag, "unguarded": unguarded, "guests": guests,
         "bindings": bindings, "prefixes": prefixes, "flood": flooding,
         "lookup": lookup, "control": controls, "events": event}


def run_part(name, records, quick):
    """What fails is void; the module may not stay, or no plain bridge is."""
    try:
        PARTS[name](records, quick)
    except RuntimeError as error:
        host.say(name + ": VOID:", error)
        records.add("brguard", name, "void", 0, str(error), stage=name)
    if os.path.isdir("/sys/module/brguard"):
        host.unload("brguard")


def check_plain(records):
    """The plain bridge costs the same first and last, or nothing holds."""
    apart = []
    for record in records.list:
        if record["config"] != "plain-last" or record["figure"] != "cost":
            continue
        first = records.find("plain", record["case"], "cost",
                             stage=record["stage"])
        difference = abs(record["value"] - first) / first
        if difference > goals.NOISE:
            apart.append("%s %s: %.2f %%" % (record["stage"], record["case"],
                                             difference * 100))
    return apart


def main(words):
    quick = "--quick" in words
    words = [word for word in words if word != "--quick"]
    records = Records(words[0])
    if quick:
        generator.hurry()
    prepare()
    for name in words[1:] or PARTS:
        host.say("--- %s, at %.1f s of guest time" % (name, time.monotonic()))
        run_part(name, records, quick)
        records.save()
    table.show(records)
    goals.show(records)
    bad = ["plain bridge first and last: " + text
           for text in check_plain(records)]
    bad += ["void: %s %s %s: %s" % (r["stage"], r["config"], r["case"], r["unit"])
            for r in records.list if r["figure"] == "void"]
    bad += ["goal lost: " + name for name in goals.lost(records)]
    for text in bad:
        print("FAILED:", text)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
