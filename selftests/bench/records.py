# SPDX-License-Identifier: GPL-2.0
"""Figures: one record per configuration and figure, for build/bench.json."""
import json
import os

import host


class Records:
    def __init__(self, path):
        self.path = path
        self.list = []
        self.common = {"kernel": os.uname().release,
                       "commit": os.environ.get("COMMIT", "unknown"),
                       "mitigations": mitigations()}

    def add(self, config, case, figure, value, unit, **more):
        record = dict(config=config, case=case, figure=figure,
                      value=round(value, 3), unit=unit, **more)
        self.list.append(dict(record, **self.common))
        host.say("%-22s %-18s %-10s %12.1f %s %s" % (
            config, case, figure, value, unit,
            " ".join("%s=%s" % pair for pair in more.items())))
        return record

    def find(self, config, case, figure, **more):
        """The last value, or None."""
        for record in reversed(self.list):
            wanted = dict(more, config=config, case=case, figure=figure)
            if all(record.get(key) == wanted[key] for key in wanted):
                return record["value"]
        return None

    def relate(self):
        """What a configuration adds to the plain bridge, and as a multiple of
        what empty hooks add: same case, same stage, hence same boot."""
        for record in self.list:
            if record["figure"] != "cost":
                continue
            key = record["case"], "cost"
            plain = self.find("plain", *key, stage=record["stage"])
            empty = self.find("empty", *key, stage=record["stage"])
            if plain is None:
                continue
            record["added"] = round(record["value"] - plain, 3)
            record["ratio_plain"] = round(record["value"] / plain, 5)
            if empty is not None and empty > plain:
                record["ratio_empty"] = round(
                    record["added"] / (empty - plain), 4)

    @classmethod
    def load(cls, path):
        """What save() has written."""
        records = cls(path)
        with open(path) as file:
            records.list = json.load(file)
        return records

    def save(self):
        self.relate()
        part = self.path + ".part"
        with open(part, "w") as file:
            json.dump(self.list, file, indent=1)
            file.write("\n")
        os.replace(part, self.path)


def mitigations():
    words = host.read("/proc/cmdline").split()
    found = [w.partition("=")[2] for w in words if w.startswith("mitigations=")]
    return found[-1] if found else "auto"
