# SPDX-License-Identifier: GPL-2.0
"""TAP for the tests in Python."""
import os
import subprocess
import sys
import traceback

SKIP = 4


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def same(what, wanted, found):
    if wanted != found:
        raise Failure("%s: %r, not %r" % (what, found, wanted))


def skip_all(why):
    print("1..0 # SKIP " + why)
    sys.exit(SKIP)


def need_brguard():
    if os.getuid():
        skip_all("needs root")
    if not os.path.exists("/sys/module/brguard"):
        if subprocess.call(["modprobe", "-q", "brguard"]):
            skip_all("no module brguard")
    here = os.path.dirname(os.path.abspath(__file__))
    os.environ["PATH"] = here + "/../tools:" + os.environ["PATH"]


def run_one(number, test):
    name = test.__name__.replace("_", " ")
    try:
        test()
    except Skip as why:
        print("ok %d %s # SKIP %s" % (number, name, why))
        return True
    except Exception as error:      # whatever it is, the next one is to run
        where = traceback.extract_tb(error.__traceback__)[-1]
        print("#   FAIL: %s: %s (line %d)" %
              (type(error).__name__, error, where.lineno))
        print("not ok %d %s" % (number, name))
        return False
    print("ok %d %s" % (number, name))
    return True


def run(tests):
    """Runs all, or those named on the command line. Returns the status."""
    if sys.argv[1:]:
        tests = [test for test in tests if test.__name__ in sys.argv[1:]]
        if not tests:
            sys.exit("no test of these names: " + " ".join(sys.argv[1:]))
    sys.stdout.reconfigure(line_buffering=True)
    print("TAP version 13\n1..%d" % len(tests))
    good = [run_one(number + 1, test) for number, test in enumerate(tests)]
    return 0 if all(good) else 1
