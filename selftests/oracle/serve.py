#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Runs the programs of this folder, as lines on stdin say, "PROGRAM WORDS >FILE";
answers each with the status. To load scapy takes most of the time that a test
has on an emulated processor, so it is loaded once.
"""
import os
import shlex
import sys
import traceback

import compare
import generate
import judge_test
import policy
import sweep

PROGRAMS = {"compare": compare, "generate": generate, "judge_test": judge_test,
            "policy": policy, "sweep": sweep}


def run(words, path):
    """In a process of its own. Does not return."""
    status = 1
    try:
        out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.argv = words
        status = PROGRAMS[words[0]].main()
    except BaseException:       # also what argparse raises; the log has it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status or 0)


def main():
    for line in sys.stdin:
        words, _, path = line.rstrip("\n").rpartition(" >")
        child = os.fork()
        if not child:
            run(shlex.split(words), path)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
