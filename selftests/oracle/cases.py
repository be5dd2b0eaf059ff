# SPDX-License-Identifier: GPL-2.0
"""Tables of frames with what has to become of them: cases.txt, settled.txt."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.dirname(HERE))
import frame                                    # noqa: E402

TABLES = ("cases.txt", "settled.txt")
LINE = re.compile(r"(\S+) (in|out) (\S+): (.*?): ((?:eth |\$|[0-9a-f]{6}).*)$")


class Case:
    def __init__(self, where, line, names):
        found = LINE.match(line)
        if not found:
            raise ValueError("%s: not a case" % where)
        self.where = where
        self.port, self.direction, self.reason, self.why, words = found.groups()
        words = re.sub(r"\$(\w+)", lambda name: names[name[1]], words)
        try:
            self.frame = frame.make_frame(words.split())
        except Exception as error:
            raise ValueError("%s: %r" % (where, error)) from error


def read_table(name):
    cases, names = [], {}
    with open(os.path.join(HERE, name)) as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if line.startswith("let "):
                _, key, value = line.split(None, 2)
                names[key] = re.sub(r"\$(\w+)", lambda name: names[name[1]], value)
            elif line and not line.startswith("#"):
                cases.append(Case("%s:%d" % (name, number), line, names))
    return cases


def read():
    return [case for name in TABLES for case in read_table(name)]
