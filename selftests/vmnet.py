#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: vmnet.py BRIDGE NETNS MAC

What VMware's bridged network does with a bridge: makes it promiscuous, and
takes the frames for a guest of its own, eth0 with MAC in NETNS, from what the
bridge device receives. Prints the destination of every unicast frame that it
sees and that is neither the guest's nor the bridge device's.
"""
import contextlib
import os
import select
import struct
import sys

from ends import SOL_PACKET, Packet, Tap

PACKET_ADD_MEMBERSHIP = 1
PACKET_MR_PROMISC = 1


def promiscuous(packet):
    index = packet.sock.getsockname()[0]
    with open("/sys/class/net/%s/ifindex" % index) as file:
        number = int(file.read())
    packet.sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP,
                           struct.pack("iHH8x", number, PACKET_MR_PROMISC, 0))


def read_address(device):
    with open("/sys/class/net/%s/address" % device) as file:
        return bytes.fromhex(file.read().replace(":", ""))


def frames(end):
    while True:
        frame = end.recv()
        if frame is None:
            return
        yield frame


def main(bridge, netns, mac):
    guest = bytes.fromhex(mac.replace(":", ""))
    host = read_address(bridge)
    tap = Tap(netns, "eth0")
    packet = Packet("", bridge)
    promiscuous(packet)
    while True:
        select.select([tap, packet], [], [])
        for frame in frames(packet):
            if frame[:6] == guest or frame[0] & 1:
                with contextlib.suppress(OSError):      # it is down
                    tap.send(frame)
            elif frame[:6] != host:
                print(frame[:6].hex(":"), flush=True)
        for frame in frames(tap):
            packet.send(frame)


if __name__ == "__main__":
    os.chdir("/")
    main(*sys.argv[1:])
