#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: lines.py FILE

Cache lines that a look-up of the packet path touches in the rules of a port, from
a trace of every access to memory, into FILE: "BINDINGS LINES" a line, the worst
look-up. On this machine, without a VM; needs a compiler and valgrind."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PURE = HERE + "/../pure"
MODULE = HERE + "/../../module"
SOURCES = [HERE + "/lines.c", PURE + "/kernel.c", MODULE + "/rules.c"]
STACK = 0x1f00000000    # where valgrind's begins, from above
LINE = 64
SIZES = (1, 4, 5, 100, 1000)
LOOKUPS = 50


def build(program):
    subprocess.run(["gcc", "-std=gnu11", "-O2", "-I" + PURE + "/include",
                    "-I" + MODULE, "-I" + HERE + "/../../uapi",
                    "-o", program] + SOURCES, check=True)


def lookups(program, size):
    """A set of lines for each look-up."""
    done = subprocess.run(
        ["valgrind", "--tool=lackey", "--trace-mem=yes", "--log-fd=2", program,
         str(size), str(LOOKUPS)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, check=True)
    marker = int(done.stdout, 16)
    inside, lines = False, set()
    for text in done.stderr.splitlines():
        if text[:2] not in (" L", " S", " M"):
            continue
        address, _, length = text[3:].partition(",")
        address = int(address, 16)
        if address == marker:
            if text[:2] == " M" or text[:2] == " S":
                if inside:
                    yield lines
                inside, lines = not inside, set()
        elif inside and address < STACK:
            lines.add(address // LINE)
            lines.add((address + int(length) - 1) // LINE)


def main(path):
    with tempfile.TemporaryDirectory() as folder:
        program = folder + "/lines"
        build(program)
        with open(path, "w") as file:
            for size in SIZES:
                worst = max(map(len, lookups(program, size)))
                file.write("%d %d\n" % (size, worst))


if __name__ == "__main__":
    main(sys.argv[1])
