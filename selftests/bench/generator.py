# SPDX-License-Identifier: GPL-2.0
"""Frames into a port, and what one costs: the slope between a short and a long
run, so that whatever happens once per run falls out."""
import os

import host

RATIO = 6               # of the long run to the short one
BURST = 32              # pktgen sends no less
TRIAL = 4 * BURST


class Length:
    """Frames of a short run, instructions of a long one at most; seeds that are
    looked at for the least, see path.calm(), and set-ups of what has its own."""
    short = 4000
    budget = 200e6
    looks = 12
    tries = 4


def hurry():
    """A quarter of the frames, and any seed: figures differ by some instructions,
    and what hashes less often by some dozens."""
    Length.short = 1024
    Length.budget = 50e6
    Length.looks = 0
    Length.tries = 1


class Lost(Exception):
    """Another number of frames arrived than was to: the figure is void."""


def counts(estimate):
    """Frames of the short and the long run: fewer where one costs much."""
    scale = min(1, Length.budget / (estimate * RATIO * Length.short))
    short = max(BURST, round(Length.short * scale / BURST) * BURST)
    return short, RATIO * short


class Injector:
    """Each frame in an skb of its own."""

    def __init__(self, device, frames):
        self.device = device
        control("clear")
        for frame in frames:
            control(frame if isinstance(frame, str) else "frame " + frame.hex())

    def send(self, count):
        """Guest time in ns."""
        control("run %s %d" % (self.device, count))
        return int(host.read(host.DEBUG + "ns"))


def control(text):
    host.write(host.DEBUG + "control", text)


class Pktgen:
    """The kernel's own generator: a burst shares one skb, so the bridge makes
    a clone of each."""

    def __init__(self, device, frame):
        from packets import address
        src, dst = frame
        self.device = device
        self.words = [
            "pkt_size 60", "delay 0", "clone_skb 0", "burst %d" % BURST,
            "flag NO_TIMESTAMP", "xmit_mode netif_receive",
            "src_mac " + src.mac, "dst_mac " + dst.mac,
            "src_min " + address(src.ip4), "src_max " + address(src.ip4),
            "dst_min " + address(dst.ip4), "dst_max " + address(dst.ip4)]

    def send(self, count):
        proc = "/proc/net/pktgen/"
        host.write(proc + "kpktgend_0", "rem_device_all\n")
        host.write(proc + "kpktgend_0", "add_device %s\n" % self.device)
        for word in ["count %d" % count] + self.words:
            host.write(proc + self.device, word + "\n")
        host.write(proc + "pgctrl", "start\n")
        text = host.read(proc + self.device)
        host.write(proc + "kpktgend_0", "rem_device_all\n")
        return int(text.partition("Result: OK: ")[2].partition("(")[0]) * 1000


def cost(generator, target, copies):
    """(instructions a frame, frames). Each frame has to leave by port TARGET
    so many times; 0 for one that is to be dropped."""
    before = host.delivered(target)
    estimate = generator.send(TRIAL) / TRIAL
    short, long = counts(estimate)
    first = generator.send(short)
    second = generator.send(long)
    sent = TRIAL + short + long
    arrived = host.delivered(target) - before
    if arrived != sent * copies:
        raise Lost("%d of %d frames at %s" % (arrived, sent * copies, target))
    return (second - first) / (long - short), sent


def glance(generator):
    """About the same, of few frames, wherever they go."""
    first = generator.send(TRIAL)
    return (generator.send(RATIO * TRIAL) - first) / ((RATIO - 1) * TRIAL)


def stream(device, frames):
    """A process that keeps a port busy until it is killed."""
    injector = Injector(device, frames)
    child = os.fork()
    if not child:
        while True:
            injector.send(64)
    return child
