# SPDX-License-Identifier: GPL-2.0
"""Devices, asked for by rtnetlink: ROUTE is a genl.Netlink of NETLINK_ROUTE."""
import struct

import genl

NEW, DEL, GET, SET = 16, 17, 18, 19                 # RTM_*LINK
IFNAME, MASTER, LINKINFO, IFALIAS, INFO_KIND = 3, 10, 18, 20, 1     # IFLA_*
UP, PROMISC = 1, 0x100                              # IFF_*
F_CREATE = 0x600        # and it must be new


def name(word):
    return genl.text(IFNAME, word)


def alias(word):
    """"": none."""
    return genl.attr(IFALIAS, word.encode())


def master(index):
    """0: none."""
    return genl.u32(MASTER, index)


def ask(route, kind, flags, head, *parts):
    """HEAD is index, flags, and which of them are meant."""
    return route.ask(kind, genl.F_ACK | flags,
                     struct.pack("BBHiII", 0, 0, 0, *head) + b"".join(parts))


def change(route, index, *parts, flags=0, of=0):
    """FLAGS are set, of those in OF."""
    ask(route, SET, 0, (index, flags, of), *parts)


def make(route, word, kind, *parts, flags=0):
    info = genl.nest(LINKINFO, genl.text(INFO_KIND, kind))
    ask(route, NEW, F_CREATE, (0, flags, flags), name(word), info, *parts)


def remove(route, word):
    ask(route, DEL, 0, (0, 0, 0), name(word))


def read_master(route, index):
    """As the kernel sends it, or None."""
    answer = ask(route, GET, 0, (index, 0, 0))[0]
    return dict(genl.attrs(answer[16:])).get(MASTER)
