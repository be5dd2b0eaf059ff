#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Make frames, hostile and legal, for all ports.

  generate.py -n FRAMES CONFIG DIR SEED...

CONFIG is what "brguardctl -j show" prints. For every guest port captures come
out, DIR/PORT.in.SEED-N.pcap and DIR/PORT.out.SEED-N.pcap, of 100,000 frames at
most; FRAMES in all. The same seed makes the same frames.
"""
import argparse
import itertools
import multiprocessing
import os

import actor
import cases
import messages4
import messages6
import mutate
import pcap
import policy
import stack
import write
from dice import Dice

FRAME_MAX = 65593       # BRGUARD_FRAME_MAX
CAPTURE_MAX = 100000
KINDS = {**messages4.MESSAGES, **messages6.MESSAGES}
CASES = cases.read()
MESSAGES = [make for make, weight in KINDS.items() for _ in range(weight)]
DIRECTIONS = ("in", "out")


def ends(dice, port, direction):
    """Who sends and who is meant."""
    mine = actor.guest(dice, port)
    other = actor.stranger(dice, mine.vlan)
    if dice.odd():
        other = actor.guest(dice, port)
    return (mine, other) if direction == "in" else (other, mine)


def message(dice, port, direction):
    me, peer = ends(dice, port, direction)
    make = dice.choice(MESSAGES)
    if dice.chance(0.001):
        make = messages4.large
    dst, kind, payload = make(dice, me, peer)
    dst = dice.pick(dst, actor.RESERVED, 0, peer.mac ^ 1, actor.OTHERS)
    vlan = me.vlan if direction == "in" else peer.vlan
    return (write.mac(dst) + write.mac(me.sender()) +
            stack.put(dice, vlan, kind, payload))


def noise(dice, port, direction):
    """Bytes without a meaning, behind as much of a frame as makes one look."""
    frame = message(dice, port, direction)
    size = dice.choice((0, 6, 12, 14, 18, 34, 54))
    return frame[:size] + dice.randbytes(dice.choice((0, 1, 20, 60, 120)))


def known(dice, port, direction):
    """A frame of the tables, of this port's or of another's."""
    mine = [case.frame for case in CASES
            if (case.port, case.direction) == (port.name, direction)]
    if mine and dice.chance(0.8):
        return dice.choice(mine)
    return dice.choice(CASES).frame


def make_frame(dice, port, direction):
    dice.shake()
    luck = dice.random()
    if luck < 0.01:
        frame = mutate.change(dice, known(dice, port, direction) or b"\0")
    elif luck < 0.03:
        frame = noise(dice, port, direction)
    elif luck < 0.25:
        frame = mutate.change(dice, message(dice, port, direction))
    else:
        frame = message(dice, port, direction)
    return frame[:FRAME_MAX] or b"\0"


def make_frames(seed, port, direction, count):
    dice = Dice("%s %s %s" % (seed, port.name, direction))
    for _ in range(count):
        yield make_frame(dice, port, direction)


def shares(total, parts):
    """TOTAL as PARTS numbers that differ by one at most."""
    return [(total + part) // parts for part in range(parts)]


def plan(ports, total):
    """(port, direction, count): more than its share from the guest."""
    guests = [port for port in ports.values() if port.role == "guest"]
    out = total // 4
    for direction, part in (("in", total - out), ("out", out)):
        for port, count in zip(guests, shares(part, len(guests))):
            yield port, direction, count


def write_captures(job):
    folder, seed, port, direction, count = job
    frames = make_frames(seed, port, direction, count)
    for number in itertools.count():
        part = list(itertools.islice(frames, CAPTURE_MAX))
        if not part:
            return
        name = "%s.%s.%s-%d.pcap" % (port.name, direction, seed, number)
        pcap.write(os.path.join(folder, name), part)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", dest="count", type=int, default=20000)
    parser.add_argument("config")
    parser.add_argument("dir")
    parser.add_argument("seeds", nargs="+")
    args = parser.parse_args()
    with open(args.config) as file:
        ports = policy.load(file.read())
    jobs = [(args.dir, seed, *one)
            for seed, count in zip(args.seeds, shares(args.count, len(args.seeds)))
            for one in plan(ports, count)]
    with multiprocessing.Pool() as pool:
        pool.map(write_captures, jobs, 1)


if __name__ == "__main__":
    main()
