# SPDX-License-Identifier: GPL-2.0
"""The goals of Documentation/performance.rst: each reached or not, by ratios
within this boot."""
import collections
import os

import host

RECORD = os.path.join(host.HERE, "reached")
NOISE = 0.002           # two runs of the same, see main.check_plain()

Goal = collections.namedtuple("Goal", "name text figure limit unit")


class Figures:
    def __init__(self, records):
        self.records = records

    def cost(self, config, case, stage="two"):
        return self.records.find(config, case, "cost", stage=stage)

    def added(self, config, case, stage="two"):
        value = self.cost(config, case, stage)
        plain = self.cost("plain", case, stage)
        return None if value is None or plain is None else value - plain

    def figure(self, case, name, **more):
        return self.records.find("brguard", case, name, **more)


def less(a, b):
    return None if a is None or b is None else a - b


def times(factor, value, plus=0):
    return None if value is None else factor * value + plus


def data(f, config, name, text):
    """Rows about one frame between two guests."""
    added = f.added(config, "ipv4")
    yield Goal("ipv4-empty" + name, "IPv4 added, 1.75 x two empty hooks" + text,
               added, times(1.75, f.added("empty", "ipv4")), "instructions")
    for peer, factor in (("tc-bpf", 0.26), ("nft-exact", 0.11),
                         ("ebtables-flat", 0.40)):
        yield Goal("ipv4-" + peer + name,
                   "IPv4 added, %.2f x %s%s" % (factor, peer, text),
                   added, times(factor, f.added(peer, "ipv4")), "instructions")
    yield Goal("ipv6" + name, "IPv6, over IPv4" + text,
               less(f.added(config, "ipv6"), added), 40, "instructions")
    yield Goal("arp" + name, "accepted ARP, added" + text, worst(
        f.added(config, "arp-reply"), f.added(config, "arp-request")),
        300, "instructions")
    yield Goal("nd" + name, "accepted ND with options, added" + text, worst(
        f.added(config, "ns"), f.added(config, "na")), 700, "instructions")


def frames(f):
    """Rows about one frame."""
    yield from data(f, "brguard", "", "")
    yield from data(f, "brguard-learning", "-learning", ", no learning")
    yield Goal("tag", "one VLAN tag, over IPv4",
               less(f.added("brguard", "tag", "tag"),
                    f.added("brguard", "ipv4", "tag")), 20, "instructions")
    yield Goal("loaded", "module loaded, nothing guarded, added",
               f.added("brguard-loaded", "ipv4"),
               times(NOISE, f.cost("plain", "ipv4")), "instructions")
    yield Goal("unguarded", "a port nobody guards, added",
               f.added("brguard-unguarded", "ipv4", "unguarded"),
               times(1, f.added("empty", "ipv4", "unguarded"), 30),
               "instructions")


def worst(*values):
    return None if None in values else max(values)


def stages(records, start):
    found = []
    for record in records.list:
        name = record.get("stage", "")
        if name.startswith(start) and name not in found:
            found.append(name)
    return found


def growth(f):
    """Rows about how many there are."""
    one = f.added("brguard", "ipv4")
    most = [f.added("brguard", "ipv4", stage)
            for stage in stages(f.records, "bindings-")]
    most = [value for value in most if value is not None]
    yield Goal("bindings", "many bindings, 1.45 x the cost with one",
               max(most, default=None), times(1.45, one), "instructions")
    counts = [f.added("brguard", "ipv4", stage)
              for stage in stages(f.records, "guests-")]
    counts = [value for value in counts if value is not None]
    yield Goal("guests", "growth over guests", less(max(counts, default=None),
                                                    min(counts, default=None)),
               8, "instructions")
    few = f.added("brguard", "ipv4", "prefixes-1")
    many = f.added("brguard", "ipv4", "prefixes-1000")
    yield Goal("prefixes", "1,000 prefixes, over one", less(many, few),
               times(NOISE, f.cost("plain", "ipv4", "prefixes-1")),
               "instructions")
    yield Goal("prefixes-nft", "1,000 prefixes, 0.08 x nftables", many,
               times(0.08, f.added("nft-prefix", "ipv4", "prefixes-1000")),
               "instructions")


def lookup(f):
    lines = [(r["bindings"], r["value"]) for r in f.records.list
             if r["figure"] == "lines"]
    for name, text, limit, found in (
            ("cold-few", "cold look-up, up to 4 bindings", 3,
             [value for count, value in lines if count <= 4]),
            ("cold-many", "cold look-up, more bindings", 4,
             [value for count, value in lines if count > 4])):
        yield Goal(name, text, max(found, default=None), limit, "cache lines")


def flooding(f):
    """What brguard costs over flood off may not depend on the ports."""
    over = []
    for stage in stages(f.records, "flood-"):
        value = less(f.cost("brguard-flood", "unknown-unicast", stage),
                     f.cost("flags", "unknown-unicast", stage))
        if value is not None:
            over.append((int(stage[6:]), value))
    per = None
    if len(over) > 1:
        (few, a), (many, b) = over[0], over[-1]
        per = (b - a) / (many - few)
    yield Goal("flood", "unknown unicast, per port over flood off", per, 0.5,
               "instructions")
    yield Goal("flood-safe", "unknown unicast to others while policy changes",
               f.figure("flood", "misdelivered"), 0, "frames")
    yield Goal("flood-flag", "flags as found after unload, changed",
               f.figure("flood", "flags-changed"), 0, "ports")


def control(f):
    for count in (10000, 100000, 1000000):
        load = f.figure("control", "load", bindings=count)
        yield Goal("load-%d" % count, "load of %d" % count, load, 2500,
                   "instructions a binding")
        yield Goal("replace-%d" % count, "replace under traffic, of %d" % count,
                   f.figure("control", "replace", bindings=count),
                   times(1.10, load), "instructions a binding")
    yield Goal("change", "one changed among 1,000,000",
               f.figure("control", "change", bindings=1000000), 25000,
               "instructions")
    for family, limit in (("ip4", 24), ("ip6", 40)):
        yield Goal("memory-" + family, "memory of a binding, " + family,
                   f.figure("control", "memory-" + family), limit, "bytes")


def events(f):
    silent = f.figure("event", "silent")
    yield Goal("event", "event to one listener, over a silent drop",
               less(f.figure("event", "single-heard"), silent), 2500,
               "instructions")
    yield Goal("event-flood", "spoof flood with a listener, 1.05 x silent",
               f.figure("event", "flood-heard"), times(1.05, silent),
               "instructions")
    difference = less(f.figure("event", "dropped"), f.figure("event", "told"))
    yield Goal("event-count", "drops neither told nor suppressed",
               None if difference is None else abs(difference), 0, "frames")


def judge(goal):
    if goal.figure is None or goal.limit is None:
        return "not measured"
    return "reached" if goal.figure <= goal.limit else "not reached"


def rows(records):
    """(goal, verdict) of all of them."""
    f = Figures(records)
    for part in (frames, growth, lookup, flooding, control, events):
        for goal in part(f):
            yield goal, judge(goal)


def show(records):
    print("\n%-50s %12s %12s %6s  %s" % ("goal", "figure", "limit", "ratio",
                                         "verdict"))
    for goal, verdict in rows(records):
        print("%-50s %12s %12s %6s  %s" % (
            goal.text, number(goal.figure), number(goal.limit),
            ratio(goal), verdict))


def number(value):
    return "-" if value is None else "%.1f" % value


def ratio(goal):
    if goal.figure is None or not goal.limit:
        return "-"
    return "%.2f" % (goal.figure / goal.limit)


def lost(records):
    """Goals that the file RECORD has as reached and that are not any more."""
    with open(RECORD) as file:
        reached = {line.strip() for line in file if not line.startswith("#")}
    return [goal.name for goal, verdict in rows(records)
            if verdict == "not reached" and goal.name in reached]
