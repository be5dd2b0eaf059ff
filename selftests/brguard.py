# SPDX-License-Identifier: GPL-2.0
"""brguard's wire format, with the numbers of uapi/linux/brguard.h."""
import errno
import os
import socket
import struct
import subprocess

import genl
from netns import NetnsOf
from tap import Failure, same

N = genl.read_header()
MAC = bytes.fromhex("020000000001")


def bridge_set(name, *more):
    return N["CMD_BRIDGE_SET"], genl.text(N["A_BRIDGE_NAME"], name), *more


def port_set(name, role=N["ROLE_GUEST"], *more):
    return (N["CMD_PORT_SET"], genl.text(N["A_PORT_NAME"], name),
            genl.u32(N["A_PORT_ROLE"], role), *more)


def prefix(address, length=None):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    parts = [genl.attr(N["A_PREFIX_ADDRESS"], socket.inet_pton(family, address))]
    if length is not None:
        parts.append(genl.u8(N["A_PREFIX_LENGTH"], length))
    return genl.nest(N["A_BINDING_PREFIX"], *parts)


def binding_add(port, mac=MAC, *more):
    return (N["CMD_BINDING_ADD"], genl.text(N["A_BINDING_PORT"], port),
            genl.attr(N["A_BINDING_MAC"], mac), *more)


def binding_del(port, mac=MAC, *more):
    return (N["CMD_BINDING_DEL"], genl.text(N["A_BINDING_PORT"], port),
            genl.attr(N["A_BINDING_MAC"], mac), *more)


def record(mac=MAC, vlan=0, ip4=None, ip6=None, flags=0, reserved=0):
    """A struct brguard_record; addresses as (text, length)."""
    data = [b"\0" * 4, b"\0" * 16]
    length = [0, 0]
    for i, (value, flag) in enumerate(((ip4, "RECORD_IP4"),
                                       (ip6, "RECORD_IP6"))):
        if value:
            family = socket.AF_INET6 if i else socket.AF_INET
            data[i] = socket.inet_pton(family, value[0])
            length[i] = value[1]
            flags |= N[flag]
    return struct.pack("=6sHBBBB", mac, vlan, flags, *length, reserved) + \
        data[0] + data[1]


def records_add(port, *records):
    return (N["CMD_BINDING_ADD"], genl.text(N["A_BINDING_PORT"], port),
            genl.attr(N["A_BINDING_RECORDS"], b"".join(records)))


def mac_of(number):
    return b"\2\0" + struct.pack(">I", number)


class Place:
    """A network namespace of its own."""

    def __init__(self, name="py"):
        self.name = "brg%d-%s" % (os.getpid(), name)

    def __enter__(self):
        subprocess.check_call(["ip", "netns", "add", self.name])
        return self

    def __exit__(self, *_):
        subprocess.call(["ip", "netns", "del", self.name])

    def genl(self):
        return genl.Genl(netns=self.name)

    def enter(self):
        return NetnsOf(self.name)

    def ip(self, *words):
        subprocess.check_call(["ip", "-n", self.name, *words])

    def show(self):
        return subprocess.check_output(["brguardctl", "-n", self.name, "show"],
                                       text=True)

    def clear(self):
        subprocess.run(["brguardctl", "-n", self.name, "apply", "-"], input="",
                       text=True, check=True)


def refused(what, error, call, *args, **named):
    """It is, with that errno. Returns the refusal."""
    try:
        call(*args, **named)
    except genl.Refused as no:
        same(what + ": errno", errno.errorcode[error], errno.errorcode[no.errno])
        return no
    except OSError as no:
        same(what + ": errno", errno.errorcode[error], errno.errorcode[no.errno])
        return no
    raise Failure(what + ": it is not refused")
