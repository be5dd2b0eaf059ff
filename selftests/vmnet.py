#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""vmnet.py BRIDGE DEVICE MAC: what VMware's network module does on a host.

It makes BRIDGE promiscuous and carries frames between it and DEVICE, behind
which is a guest with MAC. The bridge knows nothing of that guest.
"""
import select
import socket
import struct
import sys

SOL_PACKET = 263
PACKET_ADD_MEMBERSHIP = 1
PACKET_MR_PROMISC = 1
PACKET_OUTGOING = 4
ETH_P_ALL = 3


def open_promiscuous(device):
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sock.bind((device, ETH_P_ALL))
    index = socket.if_nametoindex(device)
    sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP,
                    struct.pack("iHH8s", index, PACKET_MR_PROMISC, 0, b""))
    return sock


def carry(source, target, wanted):
    frame, address = source.recvfrom(65535)
    if address[2] != PACKET_OUTGOING and wanted(frame):
        target.send(frame)


def main():
    bridge, device = (open_promiscuous(name) for name in sys.argv[1:3])
    mac = bytes.fromhex(sys.argv[3].replace(":", ""))
    while True:
        for sock in select.select([bridge, device], [], [])[0]:
            if sock is bridge:
                carry(bridge, device, lambda f: f[0] & 1 or f[:6] == mac)
            else:
                carry(device, bridge, lambda f: True)


main()
