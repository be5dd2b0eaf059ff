# SPDX-License-Identifier: GPL-2.0
"""The machine under test: commands, devices, memory."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DEBUG = "/sys/kernel/debug/brgbench/"


def say(*words):
    print("bench:", *words, file=sys.stderr, flush=True)


def run(*words, text=None):
    """A command that has to succeed; what it prints."""
    done = subprocess.run(words, input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError("%s: %s" % (" ".join(words)[:200],
                                       done.stderr.strip()[-600:]))
    return done.stdout


def read(path):
    with open(path) as file:
        return file.read()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def load(module):
    if not os.path.isdir("/sys/module/" + module):
        run("insmod", "%s/%s.ko" % (HERE, module))


def unload(module):
    run("rmmod", module)


def delivered(device):
    """Frames that the bridge has sent out of this port."""
    return int(read("/sys/class/net/%s/statistics/tx_packets" % device))


def spent(words, stdin=None):
    """Instructions of a command in user space and in the kernel on its behalf,
    to the microsecond: what others do meanwhile does not count."""
    pid = os.fork()
    if not pid:
        try:
            fd = os.open(stdin or "/dev/null", os.O_RDONLY)
            os.dup2(fd, 0)
            os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
            os.execvp(words[0], words)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError("%s: status %d" % (" ".join(words), status >> 8))
    return round((usage.ru_utime + usage.ru_stime) * 1e9)


def memory():
    """Bytes of the kernel: slabs, large allocations, per CPU, vmalloc; not what
    it keeps of files as long as there is room."""
    found = {}
    for line in read("/proc/meminfo").splitlines():
        key, value = line.split(":")
        found[key] = int(value.split()[0]) * 1024
    return found["SUnreclaim"] + found["Percpu"] + found["VmallocUsed"]


def settle():
    """Grace periods pass, and what they free is gone: kvfree_rcu() keeps it for
    five seconds, and what it refers to may wait as long once more."""
    time.sleep(12)
