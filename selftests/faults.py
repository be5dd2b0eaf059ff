# SPDX-License-Identifier: GPL-2.0
"""The module whose allocations fail when they are told to: see faulty/."""
import ctypes
import os
import subprocess

MODULE = os.path.dirname(os.path.abspath(__file__)) + "/faulty/out/brguard.ko"
LOADED = "/sys/module/brguard"
PARAMETER = LOADED + "/parameters/fail_nth"
PLACE = LOADED + "/parameters/fail_func"
SYS_FINIT_MODULE, SYS_DELETE_MODULE = 313, 176      # of x86-64
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


def load(fault=0):
    with open(MODULE) as file:
        system("finit_module", LIBC.syscall(SYS_FINIT_MODULE, file.fileno(),
                                            b"fail_nth=%d" % fault, 0))


def put_back():
    """The module as it is."""
    unload()
    subprocess.call(["modprobe", "brguard"])


class Fault:
    """One allocation of this task fails inside of a with, the number N of
    them; .happened tells afterwards whether there were as many, and .func in which
    function of the module it was."""

    def __init__(self, number):
        self.number = number
        self.happened = False
        self.func = ""

    def __enter__(self):
        if loaded():
            write(self.number)
        return self

    def __exit__(self, *_):
        if not loaded():        # it was to be, see load()
            self.happened = True
            return
        with open(PARAMETER) as file:
            self.happened = int(file.read()) == 0
        with open(PLACE) as file:
            self.func = file.read().strip()
        write(0)


def write(number):
    with open(PARAMETER, "w") as file:
        file.write(str(number))
