# SPDX-License-Identifier: GPL-2.0
"""Work in another network namespace."""
import ctypes
import os

CLONE_NEWNET = 0x40000000


def enter(path):
    libc = ctypes.CDLL(None, use_errno=True)
    fd = os.open(path, os.O_RDONLY)
    try:
        if libc.setns(fd, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns " + path)
    finally:
        os.close(fd)


class NetnsOf:
    """Be in the namespace of that name for a while; "" is the present one."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.back = os.open("/proc/self/ns/net", os.O_RDONLY)
        if self.name:
            enter("/var/run/netns/" + self.name)

    def __exit__(self, *_):
        if self.name:
            enter("/proc/self/fd/%d" % self.back)
        os.close(self.back)
