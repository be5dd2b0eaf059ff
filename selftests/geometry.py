#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""lab.py, whose ends can send the same bytes in other shapes: in pieces, with a
virtio_net_hdr, from memory that the sender still holds."""
import errno
import fcntl
import mmap
import os
import socket
import struct
import tempfile

from ends import SOL_PACKET, IFF_NO_PI, IFF_TAP, Packet, Tap
from frame import make_frame
from lab import Lab
from netns import NetnsOf

IFF_NAPI = 0x10
IFF_NAPI_FRAGS = 0x20
IFF_VNET_HDR = 0x4000
TUNSETOFFLOAD = 0x400454d0
TUN_F_ALL = 0x0f            # checksums, TCP over IPv4 and IPv6, ECN
PACKET_VERSION = 10
PACKET_TX_RING = 13
PACKET_VNET_HDR = 15
TPACKET_V2 = 1
TP_STATUS_AVAILABLE = 0
TP_STATUS_SEND_REQUEST = 1
SO_ZEROCOPY = 60
MSG_ZEROCOPY = 0x4000000
RING_SIZE = 1 << 17
RING_DATA = 32              # sizeof(struct tpacket2_hdr)
VNET_HDR = "=BBHHHH"        # flags, gso_type, hdr_len, gso_size, csum_*
VNET_HDR_SIZE = struct.calcsize(VNET_HDR)
FLAGS = {"none": 0, "csum": 1, "valid": 2}
GSO = {"none": 0, "tcp4": 1, "udp": 3, "tcp6": 4, "udp_l4": 5}


class Shape:
    """What the next frames are to look like to the kernel."""

    def __init__(self, words=()):
        values = dict(word.split("=") for word in words)
        self.pieces = [int(n) for n in values.pop("pieces", "").split(",") if n]
        self.header = struct.pack(
            VNET_HDR, FLAGS[values.pop("flags", "none")],
            GSO[values.pop("gso", "none")], int(values.pop("hdr_len", 0)),
            int(values.pop("gso_size", 0)), int(values.pop("start", 0)),
            int(values.pop("offset", 0)))
        if values:
            raise ValueError("unknown: " + " ".join(values))
        # The kernel explains bytes. It is not told what comes with them.
        self.plain = not any(self.header)

    def cut(self, frame):
        """The frame in pieces of these sizes; what is left over, the last."""
        parts, rest = [], frame
        for size in self.pieces:
            parts.append(rest[:size])
            rest = rest[size:]
        return [part for part in parts + [rest] if part]


class VnetTap(Tap):
    """A tap device as QEMU opens it, with a header in front of each frame."""

    FLAGS = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR

    def __init__(self, netns, device):
        super().__init__(netns, device)
        fcntl.ioctl(self.fd, TUNSETOFFLOAD, TUN_F_ALL)
        self.shape = Shape()

    def send(self, frame):
        os.writev(self.fd, [self.shape.header] + self.shape.cut(frame))

    def recv(self):
        data = super().recv()
        return data and data[VNET_HDR_SIZE:]


class NapiTap(VnetTap):
    """The same by NAPI, which may merge packets (GRO)."""

    FLAGS = VnetTap.FLAGS | IFF_NAPI


class FragsTap(NapiTap):
    """The first piece is the linear part, each further one a page fragment."""

    FLAGS = NapiTap.FLAGS | IFF_NAPI_FRAGS


class VnetPacket(Packet):
    """hdr_len bytes are the linear part, if the frame fills a page."""

    def __init__(self, netns, device):
        super().__init__(netns, device)
        self.sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
        self.shape = Shape()

    def send(self, frame):
        self.sock.send(self.shape.header + frame)

    def recv(self):
        data = super().recv()
        return data and data[VNET_HDR_SIZE:]

    @staticmethod
    def with_tag(data, aux):
        start = data[:VNET_HDR_SIZE]
        return start + Packet.with_tag(data[VNET_HDR_SIZE:], aux)


class Ring(Packet):
    """Sends from a ring in its own memory: all but the Ethernet header is a
    page fragment, and can be changed as long as nobody has copied it."""

    def __init__(self, netns, device):
        super().__init__(netns, device)
        with NetnsOf(netns):
            self.tx = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
            self.tx.setsockopt(SOL_PACKET, PACKET_VERSION, TPACKET_V2)
            self.tx.setsockopt(SOL_PACKET, PACKET_TX_RING, struct.pack(
                "IIII", RING_SIZE, 1, RING_SIZE, 1))
            self.tx.bind((device, 0))
        self.ring = mmap.mmap(self.tx.fileno(), RING_SIZE)
        self.shape = Shape()

    def close(self):
        super().close()
        self.ring.close()
        self.tx.close()

    def write(self, frame):
        self.ring[RING_DATA:RING_DATA + len(frame)] = frame

    def send(self, frame):
        self.write(frame)
        self.ring[:8] = struct.pack("II", TP_STATUS_SEND_REQUEST, len(frame))
        self.tx.send(b"")
        if struct.unpack("I", self.ring[:4])[0] != TP_STATUS_AVAILABLE:
            raise OSError(errno.EIO, "the ring is not sent")


KINDS = {"tap": Tap, "vnet-tap": VnetTap, "napi-tap": NapiTap,
         "frags-tap": FragsTap, "packet": Packet, "vnet-packet": VnetPacket,
         "ring": Ring}


def sum16(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


def aim(frame, start, wanted):
    """Choose the last two bytes so that the checksum from start on becomes
    wanted, a number that is not 0."""
    end = len(frame) - (len(frame) - start) % 2
    rest = frame[:end - 2] + b"\0\0" + frame[end:]
    filler = (0xffff - wanted - sum16(rest[start:])) % 0xffff
    return rest[:end - 2] + struct.pack("!H", filler) + frame[end:]


class Geometry(Lab):
    """Further commands:

    open NAME KIND NETNS DEV [PORT]   an end of one of KINDS
    shape NAME [WORD=VALUE...]        how it sends: see Shape
    sums NAME START OFFSET WANTED FRAME
                    as probe, of what FRAME becomes when its checksum from START
                    is written to START + OFFSET and comes out as WANTED (hex)
    swap NAME FRAME // FRAME
                    as probe, of the second one: it takes the first one's place
                    in the sender's memory as soon as that has been sent
    partial NAME START OFFSET FRAME
                    as probe: the kernel completes the checksums with
                    "csum=partial"
    offload NAME SIZE FRAME
                    as probe, of the first fragment that the kernel makes of an
                    IPv4 packet which claims UDP fragmentation offload
    burst NAME FRAME // FRAME...
                    sent at once; as probe, but what came from this source is
                    listed as END:LENGTH
    user NAME NETNS HOW SOURCE TARGET
                    UDP from a socket, HOW is copy, zerocopy or sendfile; listed
                    likewise
    eavesdrop NETNS DEV
                    a packet socket that nobody reads: clones of all frames wait
    """

    def do_open(self, name, kind, netns, device, port=None):
        self.ends[name] = KINDS[kind]("" if netns == "-" else netns, device)
        self.ports[name] = port or device
        return "done"

    def do_shape(self, name, *words):
        self.ends[name].shape = Shape(words)
        return "done"

    def probe(self, name, frame, send=None):
        try:
            return super().probe(name, frame, send)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            return "refused;-;-;-"

    def probe_shaped(self, name, words, frame, after):
        """frame is sent in that shape and is to become the other one."""
        end = self.ends[name]
        end.shape = Shape(words)
        try:
            return self.probe(name, after, lambda: end.send(frame))
        finally:
            end.shape = Shape()

    def disagreements(self, name, frame, came, counted):
        shape = getattr(self.ends[name], "shape", Shape())
        return super().disagreements(name, frame, came, counted) * shape.plain

    def do_sums(self, name, start, offset, wanted, *words):
        start, wanted = int(start), int(wanted, 16)
        where = start + int(offset)
        frame = aim(make_frame(list(words)), start, wanted)
        after = frame[:where] + struct.pack("!H", wanted) + frame[where + 2:]
        return self.probe_shaped(name, self.checksum_at(start, offset), frame, after)

    @staticmethod
    def checksum_at(start, offset):
        return ["flags=csum", "start=%s" % start, "offset=%s" % offset, "hdr_len=14"]

    def do_swap(self, name, *words):
        at = words.index("//")
        first = make_frame(list(words[:at]))
        second = make_frame(list(words[at + 1:]))
        if len(first) != len(second):
            raise ValueError("the frames differ in length")

        def send():
            self.ends[name].send(first)
            self.ends[name].write(second)

        return self.probe(name, second, send)

    def do_partial(self, name, start, offset, *words):
        frame = make_frame(list(words))
        after = make_frame([word for word in words if word != "csum=partial"])
        return self.probe_shaped(name, self.checksum_at(start, offset), frame, after)

    def do_offload(self, name, size, *words):
        frame, size = make_frame(list(words)), int(size)
        head = bytearray(frame[14:34])
        head[2:4] = struct.pack("!H", 20 + size)
        head[6:8] = b"\x20\0"       # the first, and more to come
        head[10:12] = b"\0\0"
        head[10:12] = struct.pack("!H", 0xffff - sum16(bytes(head)))
        after = frame[:14] + bytes(head) + frame[34:34 + size]
        return self.probe_shaped(name, ["gso=udp", "gso_size=%d" % size],
                                 frame, after)

    def from_source(self, source, send):
        """As probe, of all frames of a source, as END:LENGTH."""
        for end in self.ends:
            self.drain(end)
        before = self.state.read()
        send()
        came = sorted("%s:%d" % (end, len(got))
                      for end, frames in self.listen().items()
                      for got in frames if got[6:12] == source)
        learned, counted = self.state.changes(before)
        return ";".join(" ".join(field) or "-" for field in (
            came, learned, self.list_counts(counted), []))

    def do_burst(self, name, *words):
        frames = [make_frame(part.split())
                  for part in " ".join(words).split(" // ")]

        def send():
            for frame in frames:
                self.ends[name].send(frame)

        return self.from_source(frames[0][6:12], send)

    def do_user(self, name, netns, how, source, target):
        with NetnsOf(netns):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((source, 0))
        sock.connect((target, 9))
        data = b"\xaa" * 1400

        def send():
            if how == "sendfile":
                with tempfile.TemporaryFile() as file:
                    file.write(data)
                    file.flush()
                    os.sendfile(sock.fileno(), file.fileno(), 0, len(data))
                return
            if how == "zerocopy":
                sock.setsockopt(socket.SOL_SOCKET, SO_ZEROCOPY, 1)
            sock.send(data, MSG_ZEROCOPY if how == "zerocopy" else 0)

        with sock:
            return self.from_source(self.ends[name].sock.getsockname()[4], send)

    def do_eavesdrop(self, netns, device):
        self.ears = Packet(netns, device)
        return "done"


if __name__ == "__main__":
    Geometry().serve()
