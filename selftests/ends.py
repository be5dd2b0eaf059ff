# SPDX-License-Identifier: GPL-2.0
"""Where frames are put onto a device and taken from it."""
import errno
import fcntl
import os
import socket
import struct

from netns import NetnsOf

ETH_P_ALL = 3
SOL_PACKET = 263
PACKET_AUXDATA = 8
PACKET_OUTGOING = 4
SO_RCVBUFFORCE = 33
VLAN_VALID = 0x10
VLAN_TPID_VALID = 0x40

TUNSETIFF = 0x400454ca
IFF_TAP = 2
IFF_NO_PI = 0x1000


class Packet:
    """A device, by a packet socket; one that does not hear fills no queue."""

    def __init__(self, netns, device, hears=True):
        with NetnsOf(netns):
            self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
            self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
            self.sock.bind((device, ETH_P_ALL if hears else 0))
        self.sock.setblocking(False)

    def fileno(self):
        return self.sock.fileno()

    def close(self):
        self.sock.close()

    def send(self, frame):
        self.sock.send(frame)

    def recv(self):
        """A frame that came in, tag included; None if there is none."""
        while True:
            try:
                data, aux, _, addr = self.sock.recvmsg(1 << 17, 256)
            except BlockingIOError:
                return None
            except OSError as error:
                if error.errno == errno.ENETDOWN:   # said once
                    continue
                raise
            if addr[2] != PACKET_OUTGOING:
                return self.with_tag(data, aux)

    @staticmethod
    def with_tag(data, aux):
        for level, kind, value in aux:
            if (level, kind) != (SOL_PACKET, PACKET_AUXDATA):
                continue
            status, _, _, _, _, tci, tpid = struct.unpack("IIIHHHH", value[:20])
            if status & VLAN_VALID:
                tpid = tpid if status & VLAN_TPID_VALID else 0x8100
                return data[:12] + struct.pack("!HH", tpid, tci) + data[12:]
        return data


class Tap:
    """A new tap device, by its file: this process is the guest."""

    FLAGS = IFF_TAP | IFF_NO_PI

    def __init__(self, netns, device):
        with NetnsOf(netns):
            self.fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(self.fd, TUNSETIFF,
                        struct.pack("16sH22x", device.encode(), self.FLAGS))

    def fileno(self):
        return self.fd

    def close(self):
        os.close(self.fd)

    def send(self, frame):
        os.write(self.fd, frame)

    def recv(self):
        try:
            return os.read(self.fd, 1 << 17)
        except OSError:         # there is none, or the device is down
            return None
