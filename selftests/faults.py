# SPDX-License-Identifier: GPL-2.0
"""The module whose allocations fail when they are told to: see faulty/."""
import ctypes
import errno
import os
import re
import subprocess

from genl import Refused
from tap import Failure, same

MODULE = os.path.dirname(os.path.abspath(__file__)) + "/faulty/out/brguard.ko"
LOADED = "/sys/module/brguard"
PARAMETER = LOADED + "/parameters/fail_nth"
ANYWHERE = LOADED + "/parameters/fail_anywhere"
PLACE = LOADED + "/parameters/fail_func"
LOG_LINE = re.compile(r"brguard fault: ([^:]+:\d+)$", re.MULTILINE)
SYS_FINIT_MODULE, SYS_DELETE_MODULE = 313, 176      # of x86-64
NO_MEMORY = (errno.ENOMEM, errno.ENOBUFS)
MAX = 500           # faults; nothing has as many allocations
LIBC = ctypes.CDLL(None, use_errno=True)


def available():
    return os.path.exists(MODULE)


def system(what, status):
    if status:
        raise OSError(ctypes.get_errno(), what)


def loaded():
    return os.path.exists(LOADED)


def unload():
    if loaded():
        system("delete_module", LIBC.syscall(SYS_DELETE_MODULE, b"brguard", 0))


def load(path, parameters=b""):
    with open(path) as file:
        system("finit_module", LIBC.syscall(SYS_FINIT_MODULE, file.fileno(),
                                            parameters, 0))


def load_faulty(fault=0):
    load(MODULE, b"fail_nth=%d" % fault)


def installed():
    """The path of the module as it is."""
    return subprocess.check_output(["modinfo", "-n", "brguard"],
                                   text=True).strip()


def put_back():
    """The module as it is."""
    unload()
    subprocess.call(["modprobe", "brguard"])


class Fault:
    """One allocation of this task fails inside of a with, the number N of
    them, or of all tasks and interrupts with ANYWHERE; .happened tells afterwards whether there were as many, and .func in which
    function of the module it was."""

    def __init__(self, number, anywhere=False):
        self.number = number
        self.anywhere = anywhere
        self.happened = False
        self.func = ""

    def __enter__(self):
        if loaded():
            write(ANYWHERE, int(self.anywhere))
            write(PARAMETER, self.number)
        return self

    def __exit__(self, *_):
        if not loaded():        # it was to be, see load()
            self.happened = True
            return
        with open(PARAMETER) as file:
            self.happened = int(file.read()) == 0
        with open(PLACE) as file:
            self.func = file.read().strip()
        write(PARAMETER, 0)


def write(parameter, number):
    with open(parameter, "w") as file:
        file.write(str(number))


def attempt(number, work, anywhere):
    """(was there a fault, was there an answer that says so, in which function)"""
    refused = False
    with Fault(number, anywhere) as fault:
        try:
            work()
        except (Refused, OSError) as no:
            if no.errno not in NO_MEMORY:
                raise
            refused = True
    if refused and not fault.happened:
        raise Failure("it is refused without a fault")
    return fault.happened, refused, fault.func


def each(work, spared, prepare, look, anywhere, helpers):
    """Have each allocation fail in turn. WORK fails and changes nothing that LOOK
    sees. SPARED faults, beside those in functions whose name begins as one of
    HELPERS, do not keep it from all that it does without one, or any do if None.
    With ANYWHERE those of interrupts fail, too. Returns how many there are."""
    prepare()
    before = look()
    work()
    after = look()
    passed = 0
    for number in range(1, MAX):
        prepare()
        same("before fault %d" % number, before, look())
        happened, refused, func = attempt(number, work, anywhere)
        same("after fault %d" % number, before if refused else after, look())
        if not happened:
            break
        passed += not refused and not func.startswith(helpers)
    print("#   %d allocations failed, %d did no harm" % (number - 1, passed))
    if spared is not None:
        same("faults that are not told of", spared, passed)
    return number - 1


class Log:
    """Of the kernel, from now on."""

    def __init__(self):
        self.fd = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self.fd, 0, os.SEEK_END)

    def read_sites(self):
        """The places whose allocation has failed, as FILE:LINE."""
        sites = set()
        while True:
            try:
                record = os.read(self.fd, 8192).decode(errors="replace")
            except BlockingIOError:
                return sites
            sites.update(LOG_LINE.findall(record.split("\n")[0]))


def list_sites():
    """All places of the module that need memory."""
    found = subprocess.check_output(["modinfo", "-F", "fail_site", MODULE],
                                    text=True).split()
    return {os.path.basename(site) for site in found}
