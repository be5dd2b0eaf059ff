# SPDX-License-Identifier: GPL-2.0
"""What was measured, for a terminal: instructions that a configuration adds to
the plain bridge."""


def unique(values):
    return list(dict.fromkeys(values))


def show(records):
    costs = [r for r in records.list if r["figure"] == "cost"]
    for stage in unique(r["stage"] for r in costs):
        show_stage(stage, [r for r in costs if r["stage"] == stage])
    show_rest([r for r in records.list if r["figure"] != "cost"])


def show_stage(stage, costs):
    cases = unique(r["case"] for r in costs)
    found = {(r["config"], r["case"]): r for r in costs}
    print("\n%-20s" % stage + "".join("%13s" % case[:12] for case in cases))
    for config in unique(r["config"] for r in costs):
        line = "%-20s" % config
        for case in cases:
            line += "%13s" % cell(config, found.get((config, case)))
        print(line)


def cell(config, record):
    """Of the plain bridge the cost itself."""
    if record is None:
        return "-"
    if config == "plain":
        return "%.0f" % record["value"]
    if "added" not in record:
        return "=%.0f" % record["value"]
    return "%+.0f" % record["added"]


def show_rest(rest):
    if rest:
        print()
    for r in rest:
        print("%-20s %-10s %-16s %14.1f %s" % (
            r["config"], r["case"], r["figure"], r["value"], r["unit"]))
