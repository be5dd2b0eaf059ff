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
MEMORY = LOADED + "/parameters/fail_nth"
ROOM = LOADED + "/parameters/fail_room"
ANYWHERE = LOADED + "/parameters/fail_anywhere"
BINDINGS = LOADED + "/parameters/bindings_max"
PLACE = LOADED + "/parameters/fail_func"
LOG_LINE = re.compile(r"brguard fault: ([^:]+:\d+)$", re.MULTILINE)
SYS_FINIT_MODULE, SYS_DELETE_MODULE = 313, 176      # of x86-64
REFUSALS = {MEMORY: (errno.ENOMEM, errno.ENOBUFS),
            ROOM: (errno.EMSGSIZE, errno.ENOBUFS, errno.ENOMEM)}
# What a request, or a device that joins, is told then; and what was heard of it.
SENTENCES = {"no memory", "the answer does not fit",
             "brguard cannot guard the port, so it may not join"}
HEARD = set()
MAX = 500           # faults; nothing has as many
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
    """Inside of a with, one allocation of this task fails (KIND is MEMORY), or one
    attribute finds no room in its message (ROOM): the number N of them, or of all
    tasks and interrupts with ANYWHERE. Afterwards .happened tells whether there were
    as many, and .func in which function of the module it was."""

    current = None

    def __init__(self, number, anywhere=False, kind=MEMORY):
        self.number = number
        self.anywhere = anywhere
        self.kind = kind
        self.happened = False
        self.func = ""

    def __enter__(self):
        if loaded():
            write(ANYWHERE, int(self.anywhere))
            write(self.kind, self.number)
            Fault.current = self
        return self

    def __exit__(self, *_):
        Fault.current = None
        if not loaded():        # it was to be, see load_faulty()
            self.happened = True
            return
        self.happened = self.has_happened()
        with open(PLACE) as file:
            self.func = file.read().strip()
        write(self.kind, 0)

    def has_happened(self):
        with open(self.kind) as file:
            return int(file.read()) == 0


def happened():
    """Whether what is to fail has: what comes of it may not come then."""
    return Fault.current is not None and Fault.current.has_happened()


def write(parameter, number):
    with open(parameter, "w") as file:
        file.write(str(number))


def attempt(number, work, anywhere, kind):
    """(was there a fault, was there an answer that says so, in which function)"""
    refused = False
    with Fault(number, anywhere, kind) as fault:
        try:
            work()
        except (Refused, OSError) as no:
            if no.errno not in REFUSALS[kind]:
                raise
            if isinstance(no, Refused):
                if no.sentence not in SENTENCES:
                    raise Failure("refused with %r" % no.sentence) from no
                HEARD.add(no.sentence)
            refused = True
    if refused and not fault.happened:
        raise Failure("it is refused without a fault")
    return fault.happened, refused, fault.func


def each(work, spared, prepare, look, anywhere, helpers, kind=MEMORY, most=None):
    """Have each allocation, or attribute, fail in turn. WORK fails and changes nothing
    that LOOK sees. SPARED faults, beside those in functions whose name begins as one
    of HELPERS, do not keep it from all that it does without one, or any do if None.
    With ANYWHERE those of interrupts fail, too. MOST is enough. Returns how many there
    are."""
    prepare()
    before = look()
    work()
    after = look()
    passed = 0
    for number in range(1, MAX):
        if number == most:
            break
        prepare()
        same("before fault %d" % number, before, look())
        happened, refused, func = attempt(number, work, anywhere, kind)
        same("after fault %d" % number, before if refused else after, look())
        if not happened:
            break
        passed += not refused and not func.startswith(helpers)
    else:
        raise Failure("more than %d faults" % MAX)
    print("#   %d %s failed, %d did no harm" % (
        number - 1, "attributes" if kind == ROOM else "allocations", passed))
    if spared is not None:
        same("faults that are not told of", spared, passed)
    return number - 1


class Log:
    """Of the kernel, from now on."""

    def __init__(self):
        self.sites = set()
        self.fd = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self.fd, 0, os.SEEK_END)

    def read_sites(self):
        """All places that have failed up to now, as FILE:LINE. To be called before
        the kernel forgets."""
        while True:
            try:
                record = os.read(self.fd, 8192).decode(errors="replace")
            except BlockingIOError:
                return self.sites
            self.sites.update(LOG_LINE.findall(record.split("\n")[0]))


def read_site(site):
    """The line of the module that it names."""
    name, number = site.split(":")
    with open(os.path.dirname(MODULE) + "/module/" + name) as file:
        return file.read().split("\n")[int(number) - 1]


def list_sites():
    """All places of the module that need memory."""
    found = subprocess.check_output(["modinfo", "-F", "fail_site", MODULE],
                                    text=True).split()
    return {os.path.basename(site) for site in found}
