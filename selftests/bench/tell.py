#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: tell.py BENCH.json

The tables of a run that was."""
import sys

import goals
import table
from records import Records


def main(path):
    records = Records.load(path)
    first = records.list[0]
    print("kernel %(kernel)s, commit %(commit)s, mitigations=%(mitigations)s"
          % first)
    table.show(records)
    goals.show(records)


if __name__ == "__main__":
    main(sys.argv[1])
