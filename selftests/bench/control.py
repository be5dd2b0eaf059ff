# SPDX-License-Identifier: GPL-2.0
"""The control plane: instructions of whole commands in user space and in the
kernel, less what the tool needs to start; and memory."""
import os
import statistics
import sys
import time

import bridge
import host
import path
from generator import stream
from packets import ip4
from policy import PORTS, Policy

sys.path.insert(0, os.path.dirname(host.HERE))

LIMIT = 30e9            # nobody waits longer for one command
BUDGET = 2e9            # for the same command once more: the median counts
TRIES = 9
CHANGES = 31
TEXT = "/run/brgbench.text"


def used():
    host.settle()
    return host.memory()


def floor(words):
    """Start and end of a tool, once its files are in memory."""
    host.spent(words)
    return host.spent(words)


def forget():
    host.run("brguardctl", "apply", "-", text="")


def middle(value, again):
    """Of some tries, as far as the BUDGET goes. Not the least: that is one whose
    leftovers were freed at another's expense."""
    values = [value]
    while len(values) < TRIES and sum(values) <= BUDGET:
        values.append(again())
    return statistics.median(values)


def apply(file):
    return host.spent(["brguardctl", "apply", file])


class Load:
    """One size, from files that were made outside of the VM."""

    def __init__(self, records, folder, count):
        self.records = records
        self.count = count
        self.path = "%s/%d" % (folder, count)
        self.floor = floor(["brguardctl", "-V"])
        self.other = False

    def add(self, config, figure, value, unit="instructions a binding", n=None):
        self.records.add(config, "control", figure, value / (n or self.count),
                         unit, stage="control", bindings=self.count)

    def load(self):
        """Memory and load of IPv4 alone, then of full bindings."""
        empty = used()
        apply(self.path + "-ip4.conf")
        four = used() - empty
        forget()
        empty = used()
        first = apply(self.path + ".conf") - self.floor
        both = used() - empty
        value = middle(first, self.load_again)
        self.add("brguard", "load", value)
        self.add("brguard", "memory-ip4", four, "bytes a binding")
        self.add("brguard", "memory-ip6", both - four, "bytes a binding")
        return value

    def load_again(self):
        forget()
        host.settle()
        return apply(self.path + ".conf") - self.floor

    def dump(self):
        value = host.spent(["brguardctl", "show"]) - self.floor
        self.add("brguard", "dump", value)

    def replace(self):
        """All addresses become others while frames come in. It pays for freeing
        what was there before, as nothing waits for that here."""
        policy = Policy(PORTS, self.count // PORTS)
        child = stream("p0", [ip4(policy.at(0), policy.at(1))])
        try:
            value = middle(self.turn(), self.turn)
        finally:
            os.kill(child, 9)
            os.waitpid(child, 0)
        self.add("brguard", "replace", value)

    def turn(self):
        self.other = not self.other
        return apply(self.path + ("-other.conf" if self.other else ".conf")) - \
            self.floor

    def change(self):
        words = ["brguardctl", "binding", "add", "port", "p0", "mac",
                 "02:30:00:00:00:01", "ip", "10.14.0.1", "ip", "fd02::1"]
        value = host.spent(words) - self.floor
        self.add("brguard", "change-command", value, "instructions", 1)
        self.add("brguard", "change", change_in_kernel(), "instructions", 1)


def change_in_kernel():
    """Time in send() of one binding more, which then goes again, less that of a
    request for nothing: the kernel does all of it in there."""
    import brguard
    import genl
    client = genl.Genl()
    change, nothing = [], []
    for number in range(CHANGES):
        mac = bytes([2, 0x31, 0, 0, 0, number])
        command, *parts = brguard.binding_add(
            "p1", mac, brguard.prefix("10.13.0.%d" % number),
            brguard.prefix("fd03::%d" % number))
        change.append(timed(client, genl, command, parts))
        nothing.append(timed(client, genl, 255, []))
        client.call(*brguard.binding_del("p1", mac))
    return statistics.median(change) - statistics.median(nothing)


def timed(client, genl, command, parts):
    """Guest time: that of the thread lacks up to a tick of four milliseconds."""
    start = time.monotonic_ns()
    client.post(command, *parts)
    value = time.monotonic_ns() - start
    try:
        client.answers()
    except genl.Refused:
        if parts:
            raise
    return value


# What only starts, what loads TEXT or its standard input, how many bindings.
PEERS = (("nft-exact", ["nft", "-V"], ["nft", "-f", TEXT], 10000),
         ("ebtables-flat", ["ebtables-legacy", "-V"],
          ["ebtables-legacy-restore"], 100))


def peers(records):
    """What the others need for the same."""
    with bridge.Bridge(PORTS, ()):
        for peer in PEERS:
            peer_load(records, *peer)


def peer_load(records, name, nothing, words, count):
    script = "%s/peers/%s.sh" % (host.HERE, name)
    once(script)
    policy = Policy(PORTS, count // PORTS)
    policy.save(path.POLICY)
    host.write(TEXT, host.run(script, "print", path.POLICY))
    empty = used()
    start = floor(nothing)
    load = host.spent(words, TEXT) - start
    memory = used() - empty
    host.run(script, "down")
    for figure, amount, unit in (("load", load, "instructions"),
                                 ("memory", memory, "bytes")):
        records.add(name, "control", figure, amount / count,
                    unit + " a binding", stage="control", bindings=count)


def once(script):
    """So that modules are there, and files of the tool in memory."""
    Policy(2).save(path.POLICY)
    host.run(script, "up", path.POLICY)
    host.run(script, "down")


def loads(records, folder, counts):
    """As many as the present state of things carries within the LIMIT."""
    with bridge.Bridge(PORTS, ()):
        host.run("modprobe", "brguard")
        previous = None
        for count in counts:
            if previous and previous * 10 > LIMIT:
                host.say("control: %d bindings: left out, too slow" % count)
                break
            load = Load(records, folder, count)
            previous = load.load()
            load.dump()
            load.change()
            load.replace()
            forget()
        host.run("rmmod", "brguard")
