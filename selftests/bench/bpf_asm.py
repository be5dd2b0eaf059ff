# SPDX-License-Identifier: GPL-2.0
"""An assembler for eBPF, and bpf(2): no compiler, no library.

Instructions as in Documentation/bpf/standardization/instruction-set.rst of the
kernel; jumps go to labels."""
import ctypes
import os
import struct

SYS_BPF = 321
MAP_CREATE, MAP_UPDATE, PROG_LOAD, OBJ_PIN = 0, 2, 5, 6
MAP_HASH, MAP_PERCPU_ARRAY = 1, 6
PROG_SCHED_CLS = 3
NO_PREALLOC = 1

SIZE = {1: 0x10, 2: 0x08, 4: 0x00, 8: 0x18}
ALU = {"add": 0x00, "sub": 0x10, "or": 0x40, "and": 0x50, "lsh": 0x60,
       "rsh": 0x70, "mov": 0xb0}
JUMP = {"eq": 0x10, "gt": 0x20, "ge": 0x30, "set": 0x40, "ne": 0x50,
        "lt": 0xa0, "le": 0xb0}

LIBC = ctypes.CDLL(None, use_errno=True)


def bpf(command, data):
    buf = ctypes.create_string_buffer(data, len(data))
    done = LIBC.syscall(SYS_BPF, command, buf, len(data))
    if done < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return done


def map_create(kind, key, value, entries, flags=0):
    return bpf(MAP_CREATE, struct.pack("IIIII", kind, key, value, entries,
                                       flags) + b"\0" * 52)


class Table:
    """A hash map, filled one element at a time as bpf(2) has it."""

    def __init__(self, key, entries):
        self.fd = map_create(MAP_HASH, key, 4, max(1, entries))
        self.key = ctypes.create_string_buffer(key)
        self.value = ctypes.create_string_buffer(4)
        self.attr = struct.pack("IIQQQ", self.fd, 0,
                                ctypes.addressof(self.key),
                                ctypes.addressof(self.value), 0)

    def add(self, key):
        self.key[:] = key
        bpf(MAP_UPDATE, self.attr)


class Program:
    """Registers are numbers; a jump's target is the name of a label."""

    def __init__(self):
        self.code = []
        self.labels = {}

    def emit(self, op, dst=0, src=0, off=0, imm=0):
        self.code.append((op, dst, src, off, imm))

    def label(self, name):
        self.labels[name] = len(self.code)

    def alu(self, word, dst, imm):
        self.emit(0x07 | ALU[word], dst, imm=imm)

    def alu_reg(self, word, dst, src):
        self.emit(0x0f | ALU[word], dst, src)

    def load(self, size, dst, src, off):
        self.emit(0x61 | SIZE[size], dst, src, off)

    def store(self, size, dst, off, src):
        self.emit(0x63 | SIZE[size], dst, src, off)

    def store_imm(self, size, dst, off, imm):
        self.emit(0x62 | SIZE[size], dst, 0, off, imm)

    def jump(self, target):
        self.emit(0x05, off=target)

    def jump_if(self, word, dst, imm, target):
        self.emit(0x05 | JUMP[word], dst, off=target, imm=imm)

    def jump_reg(self, word, dst, src, target):
        self.emit(0x0d | JUMP[word], dst, src, target)

    def map(self, dst, fd):
        self.emit(0x18, dst, 1, imm=fd)
        self.emit(0)

    def call(self, helper):
        self.emit(0x85, imm=helper)

    def exit(self, value):
        self.emit(0xb7, 0, imm=value)
        self.emit(0x95)

    def assemble(self):
        out = b""
        for number, (op, dst, src, off, imm) in enumerate(self.code):
            if isinstance(off, str):
                off = self.labels[off] - number - 1
            out += struct.pack("<BBhi", op, src << 4 | dst, off, imm)
        return out

    def load_pinned(self, path):
        """Verify, compile, pin."""
        code = ctypes.create_string_buffer(self.assemble())
        licence = ctypes.create_string_buffer(b"GPL")
        log = ctypes.create_string_buffer(1 << 20)
        attr = struct.pack("IIQQIIQ", PROG_SCHED_CLS, len(self.code),
                           ctypes.addressof(code), ctypes.addressof(licence),
                           1, len(log), ctypes.addressof(log)) + b"\0" * 80
        try:
            fd = bpf(PROG_LOAD, attr)
        except OSError:
            raise SystemExit(log.value.decode()[-3000:]) from None
        name = ctypes.create_string_buffer(path.encode())
        bpf(OBJ_PIN, struct.pack("QII", ctypes.addressof(name), fd, 0))
