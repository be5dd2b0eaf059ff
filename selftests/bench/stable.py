#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: stable.py BENCH.json BENCH.json...

How far runs of "make bench" are apart: for each goal the ratio of figure and
limit in each of them, and the spread in percent of the lowest. The exit status
is 1 if one is over 1 %."""
import sys

import goals
from records import Records

LIMIT = 1.0             # percent


def ratios(path):
    """{name: ratio} of the goals whose limit is a figure, or None."""
    return {goal.name: goal.figure / goal.limit
            if goal.limit and goal.figure is not None else None
            for goal, _ in goals.rows(Records.load(path))}


def spread(values):
    """None if there is nothing to compare."""
    if None in values:
        return None
    if max(values) == min(values):
        return 0.0
    return (max(values) / min(values) - 1) * 100 if min(values) > 0 else None


def main(paths):
    runs = [ratios(path) for path in paths]
    rc = 0
    for name in runs[0]:
        values = [run.get(name) for run in runs]
        apart = spread(values)
        rc |= apart is not None and apart > LIMIT
        print("%-28s %s %8s" % (
            name, " ".join("%10s" % ("-" if value is None else "%.4f" % value)
                           for value in values),
            "-" if apart is None else "%.2f %%" % apart))
    return rc


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
