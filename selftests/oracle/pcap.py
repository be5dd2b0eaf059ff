# SPDX-License-Identifier: GPL-2.0
"""Capture files, as much as is needed here."""
import struct

HEAD = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 1 << 18, 1)


def write(path, frames):
    with open(path, "wb") as file:
        file.write(HEAD)
        for number, frame in enumerate(frames):
            file.write(struct.pack("<IIII", number // 1000000, number % 1000000,
                                   len(frame), len(frame)) + frame)


def read(path):
    with open(path, "rb") as file:
        file.seek(len(HEAD))
        while True:
            head = file.read(16)
            if not head:
                return
            yield file.read(struct.unpack("<IIII", head)[2])
