#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: plot.py BENCH.json FOLDER

Curves of a run as FOLDER/CURVE.dat, a block per configuration, for gnuplot."""
import sys

from records import Records

CURVES = {"guests": ("guests-", "ipv4", "guests"),
          "bindings": ("bindings-", "ipv4", "bindings"),
          "flood": ("flood-", "unknown-unicast", None)}


def points(records, start, case, key):
    """{configuration: [(x, y)]}: instructions a frame that it adds, or of a
    flooded one, all of them."""
    found = {}
    for r in records:
        stage = r.get("stage", "")
        if (r["figure"], r["case"]) != ("cost", case) or \
                not stage.startswith(start) or r["config"] == "plain-last":
            continue
        x = r.get(key) if key else int(stage[len(start):])
        y = r.get("added") if key else r["value"]
        if x is None or y is None or (key and r["config"] == "plain"):
            continue
        found.setdefault(r["config"], {})[x] = y
    return found


def block(config, curve):
    return "\n".join(['"%s"' % config] + [
        "%d %.1f" % point for point in sorted(curve.items())])


def main(path, folder):
    records = Records.load(path).list
    for name, how in CURVES.items():
        with open("%s/%s.dat" % (folder, name), "w") as file:
            file.write("\n\n\n".join(
                block(*curve) for curve in points(records, *how).items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
