#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: stable.py BENCH.json BENCH.json...

How far runs of "make bench" are apart. For each configuration, the frame whose
cost differs most, as a multiple of what it costs on the plain bridge of the same
run; then the ratio of figure and limit of each goal that is not about frames.
The exit status is 1 if something differs by more than 1 %: of the least of the
runs, or of what the plain bridge costs where that is more."""
import sys

import goals
from records import Records

LIMIT = 1.0             # percent


def frames(records):
    """{(configuration, frame, stage): multiple of the plain bridge}."""
    return {(r["config"], r["case"], r["stage"]): r["ratio_plain"]
            for r in records.list if r.get("ratio_plain")}


def others(records):
    """{(goal,): ratio}, of those with a limit and a figure."""
    f = goals.Figures(records)
    return {(goal.name,): goal.figure / goal.limit
            for part in (goals.lookup, goals.control, goals.events)
            for goal in part(f) if goal.limit and goal.figure}


def spread(values, floor):
    """In percent; infinite if one run lacks it, or nothing can be a part of it."""
    if None in values or max(min(values), floor) <= 0:
        return float("inf")
    return (max(values) - min(values)) / max(min(values), floor) * 100


def compare(runs, floor=0):
    """(spread, name, values), the largest last."""
    found = []
    for name in set().union(*runs):
        values = [run.get(name) for run in runs]
        found.append((spread(values, floor), name, values))
    return sorted(found, key=lambda row: row[:2])


def worst(rows):
    """The last of each configuration."""
    return list({row[1][0]: row for row in rows}.values())


def show(rows):
    for apart, name, values in rows:
        print("%-44s %s %8.2f %%" % (
            " ".join(name), " ".join("%9s" % (
                "-" if value is None else "%.4f" % value)
                for value in values), apart))


def main(paths):
    runs = [Records.load(path) for path in paths]
    rows = worst(compare([frames(run) for run in runs], 1))
    rows += compare([others(run) for run in runs])
    show(rows)
    return int(any(apart > LIMIT for apart, _, _ in rows))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
