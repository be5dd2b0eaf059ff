# SPDX-License-Identifier: GPL-2.0
"""A small generic netlink client: enough for tests that speak the wire format
themselves, whatever brguardctl would allow."""
import os
import re
import socket
import struct

from netns import NetnsOf

NETLINK_ROUTE = 0
NETLINK_GENERIC = 16
SOL_NETLINK = 270
NETLINK_ADD_MEMBERSHIP = 1
NETLINK_CAP_ACK = 10
NETLINK_EXT_ACK = 11
NETLINK_GET_STRICT_CHK = 12

NLMSG_ERROR = 2
NLMSG_DONE = 3
F_REQUEST = 1
F_MULTI = 2
F_ACK = 4
F_DUMP = 0x300
F_DUMP_INTR = 0x10
F_CAPPED = 0x100
F_ACK_TLVS = 0x200
NLA_F_NESTED = 0x8000
NLA_TYPE_MASK = 0x3fff

GENL_ID_CTRL = 16
CTRL_CMD_GETFAMILY = 3
CTRL_CMD_GETPOLICY = 10
CTRL_ATTR_FAMILY_ID = 1
CTRL_ATTR_FAMILY_NAME = 2
CTRL_ATTR_OPS = 6
CTRL_ATTR_MCAST_GROUPS = 7

# From 6.10 on the core tells of a dump that a family refuses more than the sentence.
DUMPS_POINT = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2])) >= (6, 10)


def read_header():
    """Names and numbers of all enums and #defines of uapi/linux/brguard.h."""
    here = os.path.dirname(os.path.abspath(__file__))
    for path in (here + "/../uapi/linux/brguard.h",
                 here + "/../../../../../include/uapi/linux/brguard.h",
                 "/usr/include/linux/brguard.h"):
        if os.path.exists(path):
            with open(path) as file:
                return parse_header(file.read())
    raise FileNotFoundError("linux/brguard.h")


def parse_header(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    names = {}
    for name, value in re.findall(r"#define\s+BRGUARD_(\w+)\s+(\d+)\s*$", text,
                                  re.M):
        names[name] = int(value)
    for kind, entries in re.findall(
            r'#define __BRGUARD_(\w+)_MAPPER\(FN\)((?:\s*\\\s*FN\([^)]*\))*)', text):
        for number, name in enumerate(re.findall(r"FN\((\w+),", entries)):
            names[kind + "_" + name] = number
    for body in re.findall(r"enum \w+ \{(.*?)\}", text, re.S):
        number = 0
        for entry in body.split(","):
            name, _, value = (part.strip() for part in entry.partition("="))
            if value.isdigit():
                number = int(value)
            if name.startswith("BRGUARD_") and (not value or value.isdigit()):
                names[name[len("BRGUARD_"):]] = number
            number += 1
    return names


def attr(kind, data):
    data = bytes(data)
    head = struct.pack("HH", 4 + len(data), kind)
    return head + data + b"\0" * (-len(data) % 4)


def text(kind, value):
    return attr(kind, value.encode() + b"\0")


def u8(kind, value):
    return attr(kind, struct.pack("B", value))


def u16(kind, value):
    return attr(kind, struct.pack("H", value))


def u32(kind, value):
    return attr(kind, struct.pack("I", value & 0xffffffff))


def nest(kind, *parts):
    return attr(kind | NLA_F_NESTED, b"".join(parts))


def attrs(data):
    """List of (type, payload)."""
    found = []
    while len(data) >= 4:
        length, kind = struct.unpack("HH", data[:4])
        if length < 4:
            break
        found.append((kind & NLA_TYPE_MASK, data[4:length]))
        data = data[length + 3 & ~3:]
    return found


class Refused(Exception):
    """The kernel said no: errno, sentence, offset of the attribute, type of
    the missing one."""

    def __init__(self, error, tlvs):
        found = dict(attrs(tlvs))
        self.errno = -error
        self.sentence = found.get(1, b"").rstrip(b"\0").decode()
        self.offset = struct.unpack("I", found[2])[0] if 2 in found else 0
        self.missing = struct.unpack("I", found[5])[0] if 5 in found else 0
        super().__init__("%s: %s" % (os.strerror(-error), self.sentence))


class Netlink:
    def __init__(self, protocol, netns=""):
        with NetnsOf(netns):
            self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW,
                                      protocol)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_EXT_ACK, 1)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_CAP_ACK, 1)
        self.sock.bind((0, 0))
        self.sock.settimeout(20)
        self.seq = 0

    def close(self):
        self.sock.close()

    def send(self, kind, flags, payload):
        self.seq += 1
        self.sock.send(struct.pack("IHHII", 16 + len(payload), kind,
                                   flags | F_REQUEST, self.seq, 0) + payload)

    @staticmethod
    def messages(data):
        """Yields (type, flags, seq, payload)."""
        while len(data) >= 16:
            length, kind, flags, seq, _ = struct.unpack("IHHII", data[:16])
            yield kind, flags, seq, data[16:length]
            data = data[length + 3 & ~3:]

    @staticmethod
    def judge(kind, flags, payload):
        """Raises if this is a refusal. Returns whether it is the last."""
        if kind == NLMSG_DONE:
            error = struct.unpack("i", payload[:4])[0] if len(payload) > 3 else 0
            tlvs = payload[4:]
        else:
            error = struct.unpack("i", payload[:4])[0]
            length = struct.unpack("I", payload[4:8])[0]
            tlvs = payload[20:] if flags & F_CAPPED else payload[4 + length:]
        if error:
            raise Refused(error, tlvs if flags & F_ACK_TLVS else b"")
        return True

    def answers(self):
        """All payloads up to the end, or up to the ACK."""
        found = []
        while True:
            for kind, flags, seq, payload in self.messages(
                    self.sock.recv(1 << 18)):
                if seq != self.seq:
                    continue
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    self.judge(kind, flags, payload)
                    return found
                found.append(payload)

    def ask(self, kind, flags, payload):
        self.send(kind, flags, payload)
        return self.answers()


class Genl(Netlink):
    def __init__(self, name="brguard", netns=""):
        super().__init__(NETLINK_GENERIC, netns)
        answer = self.ask(GENL_ID_CTRL, F_ACK,
                          struct.pack("BBH", CTRL_CMD_GETFAMILY, 1, 0) +
                          text(CTRL_ATTR_FAMILY_NAME, name))[0]
        found = dict(attrs(answer[4:]))
        self.family = struct.unpack("H", found[CTRL_ATTR_FAMILY_ID])[0]
        self.groups = {}
        for _, group in attrs(found.get(CTRL_ATTR_MCAST_GROUPS, b"")):
            parts = dict(attrs(group))
            name = parts[1].rstrip(b"\0").decode()
            self.groups[name] = struct.unpack("I", parts[2])[0]

    def join(self, group):
        self.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
                             self.groups[group])

    def post(self, cmd, *parts, flags=F_ACK):
        self.send(self.family, flags,
                  struct.pack("BBH", cmd, 1, 0) + b"".join(parts))

    def call(self, cmd, *parts, flags=F_ACK):
        """Answers as (command, attributes)."""
        self.post(cmd, *parts, flags=flags)
        return [(data[0], attrs(data[4:])) for data in self.answers()]

    def dump(self, cmd, *parts):
        return self.call(cmd, *parts, flags=F_DUMP)

    def event(self, timeout):
        """The next event as (command, attributes), or None."""
        self.sock.settimeout(timeout)
        try:
            data = self.sock.recv(1 << 18)
        except socket.timeout:
            return None
        for _, _, _, payload in self.messages(data):
            return payload[0], attrs(payload[4:])
        return None
