#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""What comes and goes, COUNT times: churn.py NETNS WHAT COUNT

In NETNS are br0, br1 and gst0, a port of br0. What the kernel holds more of after
the first half of it, and again after the second, is printed: a queue that fills up
does so once. If that is more than what is at hand for each CPU, the status is 1.
"""
import contextlib
import ctypes
import os
import resource
import socket
import struct
import sys
import time

import faults
import genl
import link
from brguard import (N, MAC, bridge_set, binding_add, port_set, prefix, record,
                     records_add)
from netns import CLONE_NEWNET, enter
from tap import Failure

CACHES = ("kmalloc", "net_namespace", "skbuff", "sock_inode", "nsproxy",
          "radix_tree", "maple_node", "bridge_fdb_cache")
SLABS = "/sys/kernel/slab/"
LIBC = ctypes.CDLL(None, use_errno=True)
BEGIN, COMMIT = (N["CMD_CONFIG_BEGIN"],), (N["CMD_CONFIG_COMMIT"],)
SOME = 100      # objects that others may have taken meanwhile
PAGES = 4096    # kB, the same
WINDOW = 50     # requests
LARGE = 1500    # bindings: a dump of them takes many messages


# --- memory ----------------------------------------------------------------

def caches():
    """Objects in use, and objects in a slab, of each cache that what is done here
    may allocate from."""
    found = {}
    with open("/proc/slabinfo") as file:
        for line in list(file)[2:]:
            name, active, _, _, in_slab = line.split()[:5]
            if name.startswith(CACHES):
                found[name] = int(active), int(in_slab)
    return found


def pages():
    """kB that are no slab's."""
    with open("/proc/meminfo") as file:
        found = dict(line.split(":") for line in file)
    return {name: int(found[name].split()[0])
            for name in ("Percpu", "VmallocUsed")}


def settle():
    """Wait for what is freed by and by, and have empty slabs let go."""
    for _ in range(3):
        time.sleep(1)
        with open("/proc/sys/vm/drop_caches", "w") as file:
            file.write("3")
    for cache in {os.path.realpath(SLABS + name) for name in os.listdir(SLABS)
                  if name.startswith(CACHES)}:
        with contextlib.suppress(OSError):
            with open(cache + "/shrink", "w") as file:
                file.write("1")


def measure():
    """As name: (value, what may come and go by itself)."""
    settle()
    cpus = os.cpu_count()
    found = {name: (active, cpus * in_slab + SOME)
             for name, (active, in_slab) in caches().items()}
    found.update({name: (value, PAGES) for name, value in pages().items()})
    return found


def growth(values):
    """By how much from each to the next, at least."""
    return min(b - a for a, b in zip(values, values[1:]))


def watch(work, count):
    """WORK(first, end) does rounds. The first ones only show what is held."""
    ends = [max(count // 10, 1)]
    ends += [ends[0] + count // 2, ends[0] + count]
    found, first, seconds = [], 0, 0
    for end in ends:
        begun = time.monotonic()
        work(first, end)
        seconds += time.monotonic() - begun
        found.append(measure())
        first = end
    values = {name: [one.get(name, (0, 0))[0] for one in found]
              for name in found[0]}
    print("# %d rounds in %d s" % (ends[-1], seconds))
    for name in values:
        if growth(values[name]) > 0:
            print("# more each time: %s: %s, %d may come and go" % (
                name, values[name], found[0][name][1]))
    grown = [name for name in values if growth(values[name]) > found[0][name][1]]
    if grown:
        raise Failure("grown: " + " ".join(grown))


# --- requests --------------------------------------------------------------

def address(number, last):
    return bytes([2, 0, 0]) + struct.pack("!H", number & 0xffff) + bytes([last])


def bindings(port, number, count):
    for i in range(count):
        yield binding_add(
            port, address(number, i), prefix("10.%d.%d.%d" % (
                number >> 8 & 0xff, number & 0xff, i)),
            prefix("2001:db8:%x::%x" % (number & 0xffff, i)))


def flag(name, on):
    return genl.u32(N["A_BRIDGE_" + name], bool(on))


def policy(number):
    """gst0 under guard, the bound address among others that change, and settings that
    the bridges have to follow."""
    yield BEGIN
    yield bridge_set("br0", flag("NEW_PORT", number % 2 == 0),
                     flag("GUEST_FLOOD", number // 2 % 2),
                     flag("GUEST_LEARNING", number // 4 % 2),
                     genl.u32(N["A_BRIDGE_HOLD"], N["WATCH_STP"]))
    yield bridge_set("br1", flag("GUEST_LEARNING", number % 2))
    yield port_set("gst0", N["ROLE_GUEST"],
                   genl.u8(N["A_PORT_ROUTER"], number % 3 == 0))
    yield port_set("vic0", N["ROLE_TRUSTED"], genl.u32(
        N["A_PORT_UPLINK_MACS"], number % 5 == 0))
    yield port_set("gst*")
    yield binding_add("gst0", MAC, prefix("192.0.2.1"))
    yield from bindings("gst0", number, 1 + number % 9)
    yield port_set("absent")
    yield from bindings("absent", number + 40000, number % 3)
    yield COMMIT


def acknowledged(client, first):
    """All requests since FIRST are, and none is refused."""
    while first <= client.seq:
        for kind, flags, seq, payload in client.messages(
                client.sock.recv(1 << 18)):
            if kind == genl.NLMSG_ERROR:
                client.judge(kind, flags, payload)
                first = seq + 1


def transact(client, requests):
    """As many at once as there is room for acknowledgements."""
    first = client.seq + 1
    for request in requests:
        client.post(*request)
        if client.seq - first == WINDOW:
            acknowledged(client, first)
            first = client.seq + 1
    acknowledged(client, first)


def transactions(netns, count):
    client = genl.Genl(netns=netns)

    def work(first, end):
        for number in range(first, end):
            transact(client, policy(number))

    watch(work, count)


# --- devices ---------------------------------------------------------------

class Device:
    def __init__(self, netns, name):
        enter("/var/run/netns/" + netns)
        self.route = genl.Netlink(genl.NETLINK_ROUTE)
        self.index = socket.if_nametoindex(name)

    def set(self, *parts, up=None):
        link.change(self.route, self.index, *parts, flags=link.UP if up else 0,
                    of=0 if up is None else link.UP)


def ports(netns, count):
    """Leave, join, move, rename; each is one. What is renamed has to be down. At the
    end it is gst0 on br0."""
    device = Device(netns, "gst0")
    to = {name: link.master(socket.if_nametoindex(name))
          for name in ("br0", "br1")}
    steps = [
        lambda: device.set(link.master(0)),
        lambda: device.set(to["br1"]),
        lambda: device.set(to["br0"], up=False),
        lambda: device.set(link.name("gst9")),
        lambda: device.set(to["br1"], up=True),
        lambda: device.set(link.master(0), up=False),
        lambda: device.set(link.name("gst0")),
        lambda: device.set(to["br0"], up=True),
    ]

    def work(first, end):
        for number in range(first, end + -(end - first) % len(steps)):
            steps[(number - first) % len(steps)]()

    watch(work, count)


# --- namespaces ------------------------------------------------------------

def namespace(number):
    """A guarded bridge, and nobody takes it away before the namespace goes."""
    if LIBC.unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    route, client = genl.Netlink(genl.NETLINK_ROUTE), genl.Genl()
    link.make(route, "br0", "bridge", flags=link.UP)
    link.make(route, "gst0", "dummy",
              link.master(socket.if_nametoindex("br0")), flags=link.UP)
    transact(client, policy(number))
    route.close()
    client.close()


def living_namespaces():
    return caches().get("net_namespace", (0, 0))[0]


def namespaces(_, count):
    """What was left is taken down by and by: not more than some at a time."""
    def work(first, end):
        for number in range(first, end):
            namespace(number)
            while number % 50 == 0 and living_namespaces() > 250:
                time.sleep(0.2)
        with contextlib.suppress(OSError):
            enter("/proc/1/ns/net")

    watch(work, count)


# --- the module ------------------------------------------------------------

def modules(netns, count):
    """It begins and ends loaded."""
    path = faults.installed()

    def work(first, end):
        for number in range(first, end):
            faults.unload()
            faults.load(path)
            client = genl.Genl(netns=netns)
            transact(client, policy(number))
            client.close()

    watch(work, count)


# --- those who do not read -------------------------------------------------

def dumps(netns, count):
    """Dumps of LARGE bindings that are begun and not read on, while all of it is
    replaced. One of them is: it says that it is not of one time."""
    client = genl.Genl(netns=netns)
    macs = [address(number, 9) for number in range(LARGE)]

    def large(number):
        yield BEGIN
        yield bridge_set("br0")
        yield port_set("gst0")
        for part in macs[:LARGE // 2], macs[LARGE // 2:]:
            yield records_add("gst0", *(
                record(mac, ip4=("10.%d.%d.%d" % (number % 200, *mac[3:5]), 32))
                for mac in part))
        yield COMMIT

    def stall():
        one = genl.Genl(netns=netns)
        one.post(N["CMD_BINDING_GET"], flags=genl.F_DUMP)
        if kinds(one, 1)[0] & {genl.NLMSG_DONE, genl.NLMSG_ERROR}:
            raise Failure("the dump is at its end")
        return one

    def work(first, end):
        for number in range(first, end):
            stalled = [stall() for _ in range(8)]
            transact(client, large(number + 1))
            if not kinds(stalled[0])[1] & genl.F_DUMP_INTR:
                raise Failure("the dump is one of two configurations")
            for one in stalled:
                one.close()

    transact(client, large(0))
    watch(work, count)


def kinds(client, times=1000):
    """Read so many times, or up to the end of a dump: kinds of messages, flags."""
    found, every = set(), 0
    while times and genl.NLMSG_DONE not in found:
        for kind, flags, _, _ in client.messages(client.sock.recv(1 << 18)):
            found.add(kind)
            every |= flags
        times -= 1
    return found, every


def listeners(netns, count):
    """Of all events, and they read none."""
    client = genl.Genl(netns=netns)

    def work(first, end):
        deaf = []
        for number in range(first, end):
            if number % 10 == 0:
                one = genl.Genl(netns=netns)
                for group in one.groups:
                    one.join(group)
                deaf.append(one)
            transact(client, policy(number))
            if len(deaf) > 16:
                deaf.pop(0).close()
        for one in deaf:
            one.close()

    watch(work, count)


WORK = {work.__name__: work for work in
        (transactions, ports, namespaces, modules, dumps, listeners)}


def main():
    netns, what, count = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    try:
        WORK[what](netns, int(count))
    except (Failure, genl.Refused, OSError) as error:
        print("# %s: %s" % (what, error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
