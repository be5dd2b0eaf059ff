#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Line and branch coverage of the module's files, from llvm-cov's JSON.

  llvm-cov export ... | coverage.py

The last line is "X of Y": sides of branches that were taken, of those there
are; status 1 if one was not.
"""
import json
import os
import sys


def branches(found):
    """Position -> how often true, how often false, over all inline copies."""
    sides = {}
    for branch in found["branches"]:
        count = sides.setdefault(tuple(branch[:4]), [0, 0])
        count[0] += branch[4]
        count[1] += branch[5]
    return sides


def taken(sides):
    return sum(1 for pair in sides.values() for count in pair if count)


def print_missed(path, sides):
    with open(path, encoding="utf-8") as source:
        lines = source.read().split("\n")
    for (line, column, _, end), counts in sorted(sides.items()):
        for side, count in zip(("true", "false"), counts):
            if not count:
                print("%s:%d: never %s: %s" % (
                    os.path.basename(path), line, side,
                    lines[line - 1][column - 1:end - 1]))


def main():
    data = json.load(sys.stdin)["data"][0]
    done = total = 0
    print("%-16s %14s %18s" % ("", "lines", "sides of branches"))
    for found in data["files"]:
        name = os.path.basename(found["filename"])
        sides = branches(found)
        lines = found["summary"]["lines"]
        # Unused copies of inline functions would count as missed lines.
        print("%-16s %14s %18s" % (
            name, "-" if name.endswith(".h") else
            "%d of %d" % (lines["covered"], lines["count"]),
            "%d of %d" % (taken(sides), 2 * len(sides))))
        print_missed(found["filename"], sides)
        done += taken(sides)
        total += 2 * len(sides)
    print("%d of %d" % (done, total))
    return 0 if 0 < total == done else 1


sys.exit(main())
