# SPDX-License-Identifier: GPL-2.0
"""The Internet checksum, RFC 1071.

The one's complement sum of 16-bit words is the whole number modulo 65535.
"""


def total(data):
    if len(data) % 2:
        data += b"\0"
    return int.from_bytes(data, "big") % 0xffff


def good(data):
    """Is the sum over data, with its checksum in it, all ones? Data of zeros
    only is not: no header here is."""
    return total(data) == 0


def of(data):
    """The checksum to be filled in where data has 0."""
    return 0xffff - total(data)
