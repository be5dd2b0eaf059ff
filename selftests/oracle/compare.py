#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Hold what brguard decides against what judge decides.

  compare.py [-c COMMAND] [-j JOBS] CONFIG FILE...
        FILE is a capture, named PORT.in.*.pcap or PORT.out.*.pcap
  compare.py [-c COMMAND] [-j JOBS] -t CONFIG
        the tables cases.txt and settled.txt, which know what is right

CONFIG is what "brguardctl -j show" prints. COMMAND is asked for what brguard
decides; {port}, {direction}, {file} and {name} in it, the last without path,
are replaced. It prints what "brguardctl -j explain" does, which is what is
asked if nothing is said. Status 1 if they disagree about any frame.
"""
import argparse
import collections
import itertools
import json
import multiprocessing
import os
import shlex
import subprocess
import sys
import tempfile

import cases
import pcap
import policy
from judge import judge

COMMAND = "brguardctl -j explain {direction} {port} -r {file}"
EXAMPLES = 3


class Result:
    """What came of some frames. CLASSES: how often for each port, direction,
    and pair of verdicts that are not the same; EXAMPLES: frames of these."""

    def __init__(self):
        self.frames = self.hostile = self.legal = 0
        self.classes = collections.Counter()
        self.examples = collections.defaultdict(list)
        self.errors = []

    def count(self, port, direction, frame, right, found):
        self.frames += 1
        if right == "pass":
            self.legal += 1
        else:
            self.hostile += 1
        if found == right:
            return
        pair = direction, right, found
        self.classes[pair] += 1
        if len(self.examples[pair]) < EXAMPLES:
            self.examples[pair].append("%s %s" % (port, frame.hex()))

    def add(self, other):
        self.frames += other.frames
        self.hostile += other.hostile
        self.legal += other.legal
        self.classes += other.classes
        self.errors += other.errors
        for pair, examples in other.examples.items():
            self.examples[pair] = (self.examples[pair] + examples)[:EXAMPLES]

    def report(self):
        for pair, times in self.classes.most_common():
            print("%s: judge says %s, brguard says %s: %d times" % (*pair, times))
            for example in self.examples[pair]:
                print("    " + example)
        for error in self.errors:
            print("error: " + error)
        print("%d frames, hostile %d, legal %d, disagreements %d" %
              (self.frames, self.hostile, self.legal, sum(self.classes.values())))
        return 0 if self.frames and not self.classes and not self.errors else 1


def reason_of(line):
    """The reason, from a line of brguardctl's JSON."""
    answer = json.loads(line)
    if (answer["verdict"] == "pass") != (answer["reason"] == "pass"):
        return "%s for %s" % (answer["verdict"], answer["reason"])
    return answer["reason"]


def ask(command, port, direction, path):
    """Yields brguard's reason for each frame of the capture."""
    words = [word.format(port=port, direction=direction, file=path,
                         name=os.path.basename(path))
             for word in shlex.split(command)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        for number, line in enumerate(child.stdout, 1):
            if json.loads(line)["frame"] != number:
                raise ValueError("no answer for frame %d" % number)
            yield reason_of(line)
    if child.returncode:
        raise ValueError("status %d" % child.returncode)


def compare(command, port, direction, path, rights):
    """RIGHTS yields frames and what is right."""
    result = Result()
    try:
        found = ask(command, port, direction, path)
        for pair, reason in itertools.zip_longest(rights, found):
            if pair is None or reason is None:
                raise ValueError("%d frames, then only one side goes on" %
                                 result.frames)
            result.count(port, direction, *pair, reason)
    except (ValueError, KeyError, OSError) as error:
        result.errors.append("%s: %s" % (path, error))
    return result


def judged(port, direction, path):
    for frame in pcap.read(path):
        yield frame, judge(port, direction, frame)


PORTS = {}


def load(config):
    with open(config) as file:
        PORTS.update(policy.load(file.read()))


def compare_file(job):
    command, path = job
    name, direction = os.path.basename(path).split(".")[:2]
    return compare(command, name, direction, path,
                   judged(PORTS[name], direction, path))


def compare_table(job):
    command, (name, direction), known = job
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        pcap.write(file.name, [case.frame for case in known])
        return compare(command, name, direction, file.name,
                       [(case.frame, case.reason) for case in known])


def table_jobs(command):
    groups = collections.defaultdict(list)
    for case in cases.read():
        groups[case.port, case.direction].append(case)
    return [(command, key, known) for key, known in groups.items()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-c", dest="command", default=COMMAND)
    parser.add_argument("-j", dest="jobs", type=int, default=os.cpu_count())
    parser.add_argument("-t", dest="tables", action="store_true")
    parser.add_argument("config")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    work, jobs = compare_file, [(args.command, path) for path in args.files]
    if args.tables:
        work, jobs = compare_table, table_jobs(args.command)
    total = Result()
    with multiprocessing.Pool(args.jobs, load, (args.config,)) as pool:
        for result in pool.imap_unordered(work, jobs):
            total.add(result)
    return total.report()


if __name__ == "__main__":
    sys.exit(main())
