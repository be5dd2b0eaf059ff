#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""A laboratory: the ends of a bridge's ports, driven by lines on stdin."""
import os
import select
import struct
import sys
import time

from ends import Packet, Tap
from frame import TPIDS, UNKNOWN, bare, make_frame
from state import FENCE_MAC, State


class Lab:
    """Commands, an answer for each:

    packet NAME NETNS DEV [PORT [VLAN]]
                             an end by a packet socket; "-" is this namespace.
                             PORT is the bridge's end of it, if it has one, VLAN
                             the tag that the device adds
    tap NAME NETNS DEV       an end by a new tap device
    close NAME
    fence FROM TO            ends between which the fence below goes
    state NETNS BRIDGE       where the counters and the database are
    flush                    the bridge forgets what it has learned
    macof NAME COUNT         packets from as many addresses
    storm NAME MAC COUNT RATE    ARP replies, each for another address
    answers NAME MACS COUNT  as many ARP replies of each of so many MACs
    hex FRAME                its bytes
    probe NAME FRAME         send it and say what became of it, four fields
                             with ";" between them, each "-" if empty: the ends
                             it came to, with @VID where it had a tag; what
                             changed in the database; what was counted, as
                             PORT:REASON or PORT:REASON:audited; the ports for
                             which the kernel explains it otherwise

    Nothing says that a frame will not arrive any more. So a broadcast, the
    fence, follows each: this process stays on one CPU, whose backlog is a
    queue, and what has not come ahead of the fence does not come.
    """

    def __init__(self):
        self.ends = {}
        self.ports = {}
        self.vlans = {}
        self.fence_ends = None
        self.number = 0
        self.state = None
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    def do_packet(self, name, netns, device, port=None, vlan=None):
        self.ends[name] = Packet("" if netns == "-" else netns, device)
        self.ports[name] = port or self.ports.get(name)
        self.vlans[name] = vlan and struct.pack("!HH", 0x8100, int(vlan))
        return "done"

    def do_tap(self, name, netns, device):
        self.ends[name] = Tap("" if netns == "-" else netns, device)
        self.ports[name] = device
        return "done"

    def do_close(self, name):
        self.ends.pop(name).close()
        return "done"

    def do_fence(self, source, sink):
        self.fence_ends = source, sink
        return "done"

    def drain(self, name):
        frames = []
        while True:
            frame = self.ends[name].recv()
            if frame is None:
                return frames
            frames.append(frame)

    def fence(self):
        return (b"\xff" * 6 + FENCE_MAC + struct.pack("!HQ", UNKNOWN, self.number) +
                b"\0" * 40)

    def pass_fence(self):
        """Returns what came to the end of the fence."""
        source, sink = self.fence_ends
        self.number += 1
        fence = self.fence()
        self.ends[source].send(fence)
        frames, deadline = [], time.monotonic() + 20
        while fence not in frames:
            if time.monotonic() > deadline:
                raise TimeoutError("the fence does not come")
            select.select([self.ends[sink]], [], [], 1)
            frames += self.drain(sink)
        return frames

    def do_state(self, netns, bridge):
        self.state = State(netns, bridge)
        return "done"

    def do_flush(self):
        self.state.flush()
        return "done"

    @staticmethod
    def do_hex(*words):
        return make_frame(list(words)).hex()

    def do_probe(self, name, *words):
        return self.probe(name, make_frame(list(words)))

    def probe(self, name, frame, send=None):
        """send(): sends another one, which is to become this one."""
        for end in self.ends:
            self.drain(end)
        before = self.state.read()
        if send:
            send()
        else:
            self.ends[name].send(frame)
        came = self.collect(frame)
        learned, counted = self.state.changes(before)
        wrong = [] if send else self.disagreements(name, frame, came, counted)
        return ";".join(" ".join(field) or "-" for field in (
            self.list_ends(came), learned, self.list_counts(counted), wrong))

    def listen(self):
        """All that came, by end."""
        came = {self.fence_ends[1]: self.pass_fence()}
        for end in self.ends:
            came[end] = came.get(end, []) + self.drain(end)
        return came

    def collect(self, frame):
        """Copies of this one, by end."""
        return {end: [got for got in frames if bare(got) == bare(frame)]
                for end, frames in self.listen().items()}

    def list_ends(self, came):
        return sorted(end + self.tag_of(got)
                      for end, frames in came.items() for got in frames)

    @staticmethod
    def tag_of(frame):
        tpid, tci = struct.unpack("!HH", frame[12:16].ljust(4, b"\0"))
        return "@%d" % (tci & 0xfff) if tpid in TPIDS else ""

    @staticmethod
    def list_counts(counted):
        return ["%s:%s" % key + ("*%d" % n if n > 1 else "")
                for key, n in sorted(counted.items()) if key[1] != "pruned"]

    def disagreements(self, name, frame, came, counted):
        """Each port is asked what it would have done with the frame."""
        if not self.state.guarded:
            return []
        filters = self.state.filters_vlans()
        sender = self.ports.get(name)
        frame = frame[:12] + (self.vlans.get(name) or b"") + frame[12:]
        wrong = []
        for port, end in {self.ports.get(end): end for end in self.ends}.items():
            if port == sender:
                called, said = self.ask(port, "IN", frame)
                good = self.good_in(said, frame)
            elif filters:       # a tag may have changed: what came is known
                called, said = self.ask(port, "OUT",
                                        came[end][0] if came[end] else None)
                good = self.good_out(said, came[end])
            else:
                called, said = self.ask(port, "OUT", frame)
                good = self.good_out(said, came[end])
            live = sorted(what for (where, what), n in counted.items()
                          for _ in range(n) if where == called)
            if said and not self.agrees(live, good, port) and \
                    self.state.has_device(port):
                wrong.append("%s/explained:%s/counted:%s" % (
                    called, said, "+".join(live) or "nothing"))
        return wrong

    def ask(self, port, direction, frame):
        """The name by which it is counted, and what is said of the frame."""
        if not port or not frame:
            return None, None
        if not self.state.may_guard(port, set(self.ports.values())):
            return None, None
        return self.state.explain(port, direction, frame)

    @staticmethod
    def good_in(said, frame):
        """What may be counted on the sender's port then, possibilities."""
        if said == "pass":
            return [[]]
        # skb_vlan_untag() discards what is shorter, ahead of all hooks.
        cut = frame[12:14] in (b"\x81\0", b"\x88\xa8") and len(frame) < 20
        return [[said]] + [[]] * cut

    @staticmethod
    def good_out(said, came):
        """The same for another port. The frame need not have gone there."""
        if said == "pass":
            return [[]]
        if said and said.endswith(":audited"):
            return [[said]] if came else [[said], []]
        return [] if came else [[said], []]

    def agrees(self, live, good, port):
        if live in good:
            return True
        # A port without bindings refuses the fence as well.
        _, fence = self.ask(port, "OUT", self.fence())
        return live in [sorted(words + [fence]) for words in good]

    def do_macof(self, name, count):
        """COUNT packets from as many random addresses."""
        for i in range(int(count)):
            source = b"\x02\x10" + struct.pack("!I", i * 2654435761 & 0xffffffff)
            words = "eth src=%s dst=02:00:00:00:00:99 / ip src=10.0.0.1 / tcp"
            self.ends[name].send(make_frame((words % source.hex(":")).split()))
            if i % 100 == 99:       # the backlog is short
                self.pass_fence()
        self.pass_fence()
        return "done"

    def do_storm(self, name, mac, count, rate):
        """COUNT ARP replies, RATE a second at most, MAC has 172.16.0.0/16.
        Says how many seconds it took."""
        head = make_frame(("eth src=%s / arp op=2 spa=0.0.0.0 tpa=192.0.2.2"
                           % mac).split())
        start = time.monotonic()
        for i in range(int(count)):
            address = struct.pack("!BBH", 172, 16, i & 0xffff)
            self.ends[name].send(head[:28] + address + head[32:])
            if i % 50 == 49:        # the backlog is short
                self.pass_fence()
            time.sleep(max(0, start + (i + 1) / int(rate) - time.monotonic()))
        self.pass_fence()
        return "%.1f" % (time.monotonic() - start)

    def do_answers(self, name, macs, count):
        """Of 02:10:00:00:00:00 and so on, for 172.16.0.0 and so on."""
        frame = make_frame(("eth src=02:10:00:00:00:00 / arp op=2 spa=172.16.0.0 "
                            "tpa=192.0.2.2").split())
        for i in range(int(macs)):
            mac = frame[6:10] + struct.pack("!H", i)
            for j in range(int(count)):
                self.ends[name].send(frame[:6] + mac + frame[12:22] + mac + frame[28:31] +
                                     bytes([j]) + frame[32:])
            if i % 20 == 19:        # the backlog is short
                self.pass_fence()
        self.pass_fence()
        return "done"

    def serve(self):
        for line in sys.stdin:
            words = line.split()
            if not words:
                continue
            try:
                answer = getattr(self, "do_" + words[0])(*words[1:])
            except Exception as error:      # the test is to hear of it
                answer = "! %s: %s" % (type(error).__name__, error)
            print(answer, flush=True)


if __name__ == "__main__":
    Lab().serve()
