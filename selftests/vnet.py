#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""A virtual machine's network without the machine.

  vnet.py NETNS:DEV NETNS:DEV [FLAGS]

Makes both tap devices and carries frames between them, the header of
virtio-net in front of each, as a virtual machine monitor does: one is the
port of a bridge, the other the guest's interface. FLAGS are those of
TUNSETOFFLOAD for both: what the kernel may leave to who gets the frame. With
TUN_F_CSUM, TSO4 and TSO6 (the default) frames of 64 KiB without checksum come
from the guest's stack and go into the bridge as they are.

Prints "ready", and when it is ended one line for each direction, "out" is from
the second device to the first:

  out frames=N gso=N csum=N max=BYTES types=TYPE,...
"""
import fcntl
import os
import select
import signal
import struct
import sys

from netns import NetnsOf

TUNSETIFF = 0x400454ca
TUNSETOFFLOAD = 0x400454d0
TUNSETVNETHDRSZ = 0x400454d8
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x0002, 0x1000, 0x4000
CSUM, TSO4, TSO6 = 1, 2, 4
# struct virtio_net_hdr_mrg_rxbuf: flags, gso_type, hdr_len, gso_size, ...
HEADER = 12
NEEDS_CSUM = 1
LONGEST = HEADER + 14 + 4 + (1 << 16)


class Tap:
    def __init__(self, name, offloads):
        netns, _, device = name.partition(":")
        with NetnsOf(netns):
            self.fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR
            fcntl.ioctl(self.fd, TUNSETIFF,
                        struct.pack("16sH22x", device.encode(), flags))
        fcntl.ioctl(self.fd, TUNSETVNETHDRSZ, struct.pack("i", HEADER))
        try:
            fcntl.ioctl(self.fd, TUNSETOFFLOAD, offloads)
        except OSError as error:
            sys.exit("TUNSETOFFLOAD %#x: %s" % (offloads, error.strerror))

    def fileno(self):
        return self.fd


class Way:
    """One direction, and what went that way."""

    def __init__(self, name, source, sink):
        self.name, self.source, self.sink = name, source, sink
        self.frames = self.gso = self.csum = self.longest = 0
        self.types = set()

    def carry(self):
        try:
            data = os.read(self.source.fd, LONGEST)
        except BlockingIOError:
            return
        self.count(data)
        try:
            os.write(self.sink.fd, data)
        except OSError:     # the other end is down: a lost frame
            pass

    def count(self, data):
        flags, kind = data[0], data[1]
        self.frames += 1
        self.csum += flags & NEEDS_CSUM
        if kind:
            self.gso += 1
            self.types.add(kind & 0x7f)
        self.longest = max(self.longest, len(data) - HEADER)

    def __str__(self):
        return "%s frames=%d gso=%d csum=%d max=%d types=%s" % (
            self.name, self.frames, self.gso, self.csum, self.longest,
            ",".join(str(kind) for kind in sorted(self.types)))


class Stop(Exception):
    pass


def stop(*_):
    raise Stop


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    offloads = int(sys.argv[3], 0) if len(sys.argv) == 4 else CSUM | TSO4 | TSO6
    port, guest = [Tap(name, offloads) for name in sys.argv[1:3]]
    ways = {guest.fd: Way("out", guest, port), port.fd: Way("in", port, guest)}
    signal.signal(signal.SIGTERM, stop)
    print("ready", flush=True)
    try:
        while True:
            for fd in select.select(list(ways), [], [])[0]:
                ways[fd].carry()
    except Stop:
        pass
    for way in ways.values():
        print(way, flush=True)


if __name__ == "__main__":
    main()
