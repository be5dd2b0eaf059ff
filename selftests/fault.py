#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Memory that runs out: every allocation of every operation fails in turn. An
operation that fails for it changes nothing; one that succeeds is complete."""
import errno
import socket
import struct
import subprocess
import sys

import faults
import genl
import tap
from brguard import (N, MAC, Place, binding_add, bridge_set, port_set, prefix)
from netns import CLONE_NEWNET
from tap import Failure, same

RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK, RTM_SETLINK = 16, 17, 18, 19
IFLA_IFNAME, IFLA_MASTER, IFLA_LINKINFO, IFLA_INFO_KIND = 3, 10, 18, 1
IFF_UP, IFF_PROMISC = 1, 0x100
F_CREATE = 0x600        # and it must be new
NO_MEMORY = (errno.ENOMEM, errno.ENOBUFS)
MAX = 500           # faults; nothing has as many allocations
OTHER = bytes.fromhex("020000000002")
SPOOFED = b"\xff" * 6 + OTHER + b"\x08\x06" + bytes(46)
NOT_FOR_THE_GUEST = OTHER[:5] + b"\x44" + OTHER[:5] + b"\x55\x88\xb5" + bytes(46)
DUMPS = ("CMD_BRIDGE_GET", "CMD_PORT_GET", "CMD_BINDING_GET")
BEGIN, COMMIT = N["CMD_CONFIG_BEGIN"], N["CMD_CONFIG_COMMIT"]
# The bridge's flag on guest ports is a help; where it is not driven, hooks drop.
HELPERS = ("brg_flood", "brg_pin", "brg_fdb", "brg_param_change")
PLACE = None
CLIENT = None       # never meets a fault
ROUTE = None


# --- what there is ---------------------------------------------------------

def index_of(device):
    with PLACE.enter():
        return socket.if_nametoindex(device)


def explained(port):
    """What becomes of a spoofed frame; None if the port is not guarded."""
    try:
        answer = CLIENT.call(
            N["CMD_EXPLAIN"], genl.text(N["A_EXPLAIN_PORT"], port),
            genl.u32(N["A_EXPLAIN_DIRECTION"], N["DIRECTION_IN"]),
            genl.nest(N["A_EXPLAIN_FRAME"],
                      genl.attr(N["A_FRAME_DATA"], SPOOFED)))
    except genl.Refused as no:
        if no.errno not in (errno.ENOENT, errno.ENODEV):
            raise
        return None
    return answer


def state():
    return ([CLIENT.dump(N[name]) for name in DUMPS],
            [explained("d%d" % i) for i in range(3)])


BASE = (
    bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"], N["ROLE_TRUSTED"])),
    port_set("d0"),
    binding_add("d0", MAC, prefix("192.0.2.1"), prefix("2001:db8::", 64)),
    port_set("d2"),
    binding_add("d2", OTHER, prefix("192.0.2.2")),
)


def reset():
    """The devices as set_up() made them, and BASE in force."""
    link("d0", genl.u32(IFLA_MASTER, index_of("br0")), flags=IFF_UP,
         change=IFF_UP)
    link("d1", genl.u32(IFLA_MASTER, index_of("br0")))
    link("d2", genl.u32(IFLA_MASTER, 0))
    for request in ((BEGIN,), *BASE, (COMMIT,)):
        CLIENT.call(*request)


def link(device, *parts, flags=0, change=0, kind=RTM_SETLINK):
    head = struct.pack("BBHiII", 0, 0, 0, index_of(device), flags, change)
    return ROUTE.ask(kind, genl.F_ACK, head + b"".join(parts))


# --- faults ----------------------------------------------------------------

def attempt(number, work):
    """(was there a fault, was there an answer that says so, in which function)"""
    refused = False
    with faults.Fault(number) as fault:
        try:
            work()
        except (genl.Refused, OSError) as no:
            if no.errno not in NO_MEMORY:
                raise
            refused = True
    if refused and not fault.happened:
        raise Failure("it is refused without a fault")
    return fault.happened, refused, fault.func


def each_allocation(work, spared, prepare=reset, look=state):
    """Have it fail in turn. WORK fails and changes nothing that LOOK sees. SPARED
    faults, beside those of HELPERS, do not keep it from all that it does without
    one, or any do if None."""
    prepare()
    before = look()
    work()
    after = look()
    passed = 0
    for number in range(1, MAX):
        prepare()
        same("before fault %d" % number, before, look())
        happened, refused, func = attempt(number, work)
        same("after fault %d" % number, before if refused else after, look())
        if not happened:
            break
        passed += not refused and not func.startswith(HELPERS)
    print("#   %d allocations failed, %d did no harm" % (number - 1, passed))
    if spared is not None:
        same("faults that are not told of", spared, passed)
    return number - 1


def each_request(request, minimum=1):
    """Without memory nobody is notified of the change; the rest is refused."""
    if each_allocation(lambda: CLIENT.call(*request), 1) < minimum:
        raise Failure("fewer allocations than there are")


# --- requests --------------------------------------------------------------

def a_bridge():
    each_request(bridge_set("br1"))


def a_bridge_that_changes():
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"],
                                            N["ROLE_GUEST"])))


def a_bridge_that_counts_answers():
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_ANSWERS_MAX"], 7),
                            genl.u32(N["A_BRIDGE_ANSWERS_TIME"], 9)))


def a_bridge_that_goes():
    each_request((N["CMD_BRIDGE_DEL"], genl.text(N["A_BRIDGE_NAME"], "br0")))


def a_port():
    each_request(port_set("d1"), minimum=4)


def a_first_guest():
    """With it hooks are registered, and sockets opened."""
    def prepare():
        reset()
        for request in ((BEGIN,), (COMMIT,)):
            CLIENT.call(*request)

    each_allocation(lambda: CLIENT.call(*port_set("d0")), 1, prepare)


def a_port_without_a_device():
    each_request(port_set("tap*"))


def a_port_that_changes():
    each_request(port_set("d0", N["ROLE_GUEST"],
                          genl.u32(N["A_PORT_MODE"], N["MODE_AUDIT"])))


def a_port_that_becomes_trusted():
    each_request(port_set("d0", N["ROLE_TRUSTED"],
                          genl.u32(N["A_PORT_UPLINK_MACS"],
                                   N["UPLINK_MACS_BOUND"])))


def a_port_that_goes():
    each_request((N["CMD_PORT_DEL"], genl.text(N["A_PORT_NAME"], "d0")))


def a_binding():
    many = [prefix("192.0.2.%d" % i) for i in range(30, 50)]
    each_request(binding_add("d0", OTHER[:5] + b"\7", *many,
                             prefix("2001:db8::7")), minimum=3)


def a_binding_without_a_device():
    each_request(binding_add("d2", OTHER[:5] + b"\7", prefix("192.0.2.7")))


def a_binding_that_goes():
    each_request((N["CMD_BINDING_DEL"], *binding_add("d0")[1:]))


def send_transaction(client, requests):
    spoiled = None
    client.call(BEGIN)
    for request in requests:
        try:
            client.call(*request)
        except genl.Refused as no:
            spoiled = spoiled or no
    try:
        client.call(COMMIT, genl.u32(N["A_CONFIG_REQUESTS"], len(requests)))
    except genl.Refused as no:
        if not spoiled:
            raise
        same("the commit", errno.ECANCELED, no.errno)
    else:
        if spoiled:
            raise Failure("%s, and the commit succeeds" % spoiled)
    if spoiled:
        raise spoiled


def a_transaction():
    """What is refused on the way spoils the commit."""
    requests = [bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"],
                                           N["ROLE_GUEST"]))]
    for i in range(3):
        requests += [port_set("d%d" % i),
                     binding_add("d%d" % i, OTHER[:5] + bytes([i + 9]),
                                 prefix("192.0.2.%d" % (i + 9)))]

    def work():
        client = PLACE.genl()
        try:
            send_transaction(client, requests)
        finally:
            client.close()

    each_allocation(work, 1)


def what_only_asks():
    requests = [("CMD_STATS_GET", genl.F_DUMP), ("CMD_STATS_RESET", genl.F_ACK),
                ("CMD_SUGGEST", genl.F_DUMP)]
    requests += [(name, genl.F_DUMP) for name in DUMPS]
    for name, flags in requests:
        each_allocation(lambda: CLIENT.call(N[name], flags=flags), 0)
    each_allocation(lambda: explained("d0"), 0)


# --- devices ---------------------------------------------------------------

def state_of_members():
    """With who is on which bridge, as the kernel sees it."""
    masters = []
    for i in range(3):
        answer = link("d%d" % i, kind=RTM_GETLINK)
        masters.append(dict(genl.attrs(answer[0][16:])).get(IFLA_MASTER))
    return masters, state()


def a_device_that_joins():
    """It joins under guard, or not at all."""
    bridge = index_of("br0")
    if not each_allocation(lambda: link("d2", genl.u32(IFLA_MASTER, bridge)),
                           0, look=state_of_members):
        raise Failure("no allocation")


def a_device_that_leaves():
    each_allocation(lambda: link("d0", genl.u32(IFLA_MASTER, 0)), 0,
                    look=state_of_members)


def is_dropped(device):
    """A spoofed frame of it."""
    answer = explained(device)
    if answer is None:
        return False
    verdict = dict(genl.attrs(dict(answer[0][1])[N["A_EXPLAIN_VERDICT"]]))
    return struct.unpack("I", verdict[N["A_VERDICT_REASON"]])[0] != 0


def a_device_with_a_new_name():
    """Without memory the policy of the old name stays."""
    def prepare():
        if explained("other") is not None:
            link("other", genl.text(IFLA_IFNAME, "d0"))
        reset()
        link("d0", flags=0, change=IFF_UP)      # what is up keeps its name
        CLIENT.call(*port_set("other"))

    each_allocation(lambda: link("d0", genl.text(IFLA_IFNAME, "other")), None,
                    prepare, lambda: is_dropped("d0") or is_dropped("other"))
    prepare()


def a_bridge_device():
    """One that is configured already. It is made, watched or not."""
    info = genl.nest(IFLA_LINKINFO, genl.text(IFLA_INFO_KIND, "bridge"))
    name = genl.text(IFLA_IFNAME, "br1")

    def prepare():
        reset()
        CLIENT.call(*bridge_set("br1"))

    def work():
        head = bytes(16)
        ROUTE.ask(RTM_NEWLINK, genl.F_ACK | F_CREATE, head + name + info)
        ROUTE.ask(RTM_DELLINK, genl.F_ACK, head + name)

    each_allocation(work, None, prepare)


def a_device_watched():
    """A change that is reported: it is made, told or not."""
    def work():
        link("d0", flags=IFF_PROMISC, change=IFF_PROMISC)
        link("d0", flags=0, change=IFF_PROMISC)

    each_allocation(work, None)


def flood_count():
    answer = CLIENT.call(N["CMD_STATS_GET"], genl.text(N["A_STATS_PORT"], "d0"))
    for kind, data in answer[0][1]:
        count = dict(genl.attrs(data)) if kind == N["A_STATS_COUNT"] else {}
        if count.get(N["A_COUNT_REASON"]) == struct.pack("I", N["REASON_FLOOD"]):
            return count[N["A_COUNT_DROPPED"]]
    return bytes(8)


def a_frame_of_the_host():
    """It is not for the guest: it is dropped, whether that is told or not."""
    def prepare():
        CLIENT.call(N["CMD_STATS_RESET"])

    reset()
    with PLACE.enter():
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        sock.bind(("br0", 0))
    with sock:
        each_allocation(lambda: sock.send(NOT_FOR_THE_GUEST), None, prepare,
                        flood_count)


# --- namespaces, module ----------------------------------------------------

def a_namespace():
    def work():
        with PLACE.enter():
            faults.system("unshare", faults.LIBC.unshare(CLONE_NEWNET))

    if not each_allocation(work, 0):
        raise Failure("no allocation")


def the_module():
    """The last: it has another family afterwards."""
    for number in range(1, MAX):
        faults.unload()
        with faults.Fault(number) as fault:
            try:
                faults.load(number)
            except OSError as no:
                same("fault %d" % number, errno.ENOMEM, no.errno)
        if not fault.happened:
            break
        same("loaded in spite of fault %d" % number, False, faults.loaded())
    print("#   %d allocations failed" % (number - 1))
    if number < 5:
        raise Failure("fewer allocations than there are")


TESTS = [
    a_bridge, a_bridge_that_changes, a_bridge_that_counts_answers,
    a_bridge_that_goes, a_port, a_first_guest, a_port_without_a_device,
    a_port_that_changes, a_port_that_becomes_trusted, a_port_that_goes,
    a_binding, a_binding_without_a_device, a_binding_that_goes,
    a_transaction, what_only_asks, a_device_that_joins,
    a_device_that_leaves, a_device_with_a_new_name, a_bridge_device,
    a_device_watched, a_frame_of_the_host, a_namespace, the_module,
]


def set_up():
    """Devices, and somebody who listens to all groups."""
    for words in ("br0 type bridge", "d0 type dummy", "d1 type dummy",
                  "d2 type dummy"):
        ip("link", "add", *words.split())
        ip("link", "set", words.split()[0], "up")
    listener = PLACE.genl()
    for group in listener.groups:
        listener.join(group)
    return listener


def ip(*words):
    subprocess.check_call(["ip", "-n", PLACE.name, *words])


if __name__ == "__main__":
    tap.need_brguard()
    if not faults.available():
        tap.skip_all("no faulty module: it is built with VM_FAULTS=1")
    faults.unload()
    faults.load()
    try:
        with Place() as PLACE:
            CLIENT = PLACE.genl()
            ROUTE = genl.Netlink(genl.NETLINK_ROUTE, PLACE.name)
            LISTENER = set_up()
            STATUS = tap.run(TESTS)
    finally:
        faults.put_back()
    sys.exit(STATUS)
