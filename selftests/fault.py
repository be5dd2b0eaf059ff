#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Memory that runs out: every allocation of every operation fails in turn. An
operation that fails for it changes nothing; one that succeeds is complete."""
import errno
import os
import select
import socket
import struct
import subprocess
import sys
import time

import faults
import genl
import link
import tap
from brguard import (N, MAC, Place, binding_add, binding_del, bridge_set, mac_of,
                     port_set, prefix, record, records_add, refused)
from netns import CLONE_NEWNET
from tap import Failure, same

ETH_P_ALL = 3
OTHER = bytes.fromhex("020000000002")
SPOOFED = b"\xff" * 6 + OTHER + b"\x08\x06" + bytes(46)
NOT_FOR_THE_GUEST = OTHER[:5] + b"\x44" + OTHER[:5] + b"\x55\x88\xb5" + bytes(46)
DUMPS = ("CMD_BRIDGE_GET", "CMD_PORT_GET", "CMD_BINDING_GET")
BEGIN, COMMIT = N["CMD_CONFIG_BEGIN"], N["CMD_CONFIG_COMMIT"]
# The bridge's flag on guest ports is a help; where it is not driven, hooks drop.
HELPERS = ("brg_flood", "brg_pin", "brg_fdb", "brg_param_change")
ALL = faults.MAX    # attributes
BINDINGS_MAX = 100      # for one test
PLACE = None
CLIENT = None       # never meets a fault
LOG = None
ROUTE = None


# --- what there is ---------------------------------------------------------

def index_of(device):
    with PLACE.enter():
        return socket.if_nametoindex(device)


def explained(port, frame=SPOOFED, direction="DIRECTION_IN"):
    """What becomes of a spoofed frame; None if the port is not guarded."""
    try:
        answer = CLIENT.call(
            N["CMD_EXPLAIN"], genl.text(N["A_EXPLAIN_PORT"], port),
            genl.u32(N["A_EXPLAIN_DIRECTION"], N[direction]),
            genl.nest(N["A_EXPLAIN_FRAME"],
                      genl.attr(N["A_FRAME_DATA"], frame)))
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


def reset(*more):
    """The devices as set_up() made them; BASE in force, and MORE requests."""
    change("d0", link.master(index_of("br0")), flags=link.UP, of=link.UP)
    change("d1", link.master(index_of("br0")))
    change("d2", link.master(0))
    for request in ((BEGIN,), *BASE, *more, (COMMIT,)):
        CLIENT.call(*request)


def change(device, *parts, flags=0, of=0):
    link.change(ROUTE, index_of(device), *parts, flags=flags, of=of)


# --- faults ----------------------------------------------------------------

def each_allocation(work, spared, prepare=reset, look=state, anywhere=False, most=ALL):
    """See faults; HELPERS may always fail. And each message has no room for each of
    its attributes in turn, or for the first MOST."""
    found = faults.each(work, spared, prepare, look, anywhere, HELPERS)
    LOG.read_sites()
    if most:
        faults.each(work, None, prepare, look, anywhere, HELPERS, faults.ROOM, most)
        LOG.read_sites()
    return found


def each_request(request, minimum=1, most=0, prepare=reset):
    """Without memory nobody is notified of the change; the rest is refused."""
    if each_allocation(lambda: CLIENT.call(*request), 1, prepare, most=most) < minimum:
        raise Failure("fewer allocations than there are")


# --- requests --------------------------------------------------------------

def a_bridge():
    each_request(bridge_set("br1"))


def a_first_bridge():
    """In a namespace that had none."""
    place = Place("first")
    client = None

    def prepare():
        nonlocal client
        if client:
            client.close()
            place.__exit__()
        place.__enter__()
        client = place.genl()
        place.ip("link", "add", "br0", "type", "bridge")
        for i in range(2):
            place.ip("link", "add", "d%d" % i, "master", "br0", "type", "dummy")

    def look():
        return [client.dump(N[name]) for name in DUMPS]

    each_allocation(lambda: client.call(*bridge_set("br0")), 1, prepare, look)
    client.close()
    place.__exit__()


def a_bridge_that_changes():
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"],
                                            N["ROLE_GUEST"])))


def a_bridge_that_does_not_learn():
    """It is told where guests are, in each VLAN."""
    PLACE.ip("link", "set", "br0", "type", "bridge", "vlan_filtering", "1")
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_GUEST_LEARNING"],
                                            N["GUEST_LEARNING_OFF"])),
                 prepare=lambda: reset(binding_add("d0", mac_of(7))))
    PLACE.ip("link", "set", "br0", "type", "bridge", "vlan_filtering", "0")


def a_bridge_that_counts_answers():
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_ANSWERS_MAX"], 7),
                            genl.u32(N["A_BRIDGE_ANSWERS_TIME"], 9)))


def a_bridge_that_holds():
    each_request(bridge_set("br0", genl.u32(N["A_BRIDGE_HOLD"], N["WATCH_AGEING_TIME"]),
                            genl.u32(N["A_BRIDGE_HOLD"], N["WATCH_MCAST_SNOOPING"]),
                            genl.u32(N["A_BRIDGE_AGEING_FLOOR"], 20)), most=ALL)


def a_bridge_that_goes():
    each_request((N["CMD_BRIDGE_DEL"], genl.text(N["A_BRIDGE_NAME"], "br0")), most=ALL)


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


def a_port_of_one_bridge():
    each_request(port_set("d1", N["ROLE_GUEST"], genl.text(N["A_PORT_BRIDGE"], "br0"),
                          genl.u16(N["A_PORT_ETHERTYPE"], 0x1234)), most=ALL)


def a_port_that_becomes_trusted():
    each_request(port_set("d0", N["ROLE_TRUSTED"],
                          genl.u32(N["A_PORT_UPLINK_MACS"],
                                   N["UPLINK_MACS_BOUND"])))


def a_port_that_goes():
    each_request((N["CMD_PORT_DEL"], genl.text(N["A_PORT_NAME"], "d0")), most=ALL)


def a_binding():
    many = [prefix(address % i) for address in ("192.0.2.%d", "2001:db8::%d")
            for i in range(30, 50)]
    each_request(binding_add("d0", OTHER[:5] + b"\7", *many), minimum=4)


def a_binding_that_grows():
    """By as many prefixes as the index of owners has no room for."""
    each_request(binding_add("d0", MAC, *(prefix("192.0.2.%d" % i)
                                          for i in range(50, 250))), minimum=4)


def a_binding_among_many():
    """More than one run of the list of a port's bindings takes."""
    many = records_add("d0", *(record(mac_of(i)) for i in range(1000, 1511)))
    each_request(binding_add("d0", mac_of(999)), prepare=lambda: reset(many))


def a_binding_that_is_shared():
    each_request(binding_add("d0", OTHER[:5] + b"\7", genl.u16(N["A_BINDING_VLAN"], 7),
                             genl.attr(N["A_BINDING_SHARED"], b""), prefix("192.0.2.7")),
                 most=ALL)


def a_binding_without_a_device():
    each_request(binding_add("d2", OTHER[:5] + b"\7", prefix("192.0.2.7")))


def a_binding_that_goes():
    each_request(binding_del("d0"), most=ALL)


def a_prefix_that_goes():
    each_request(binding_del("d0", MAC, prefix("192.0.2.1")))


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
    requests.append(port_set("nobody"))

    def work():
        client = PLACE.genl()
        try:
            send_transaction(client, requests)
        finally:
            client.close()

    each_allocation(work, 1)


def each_dump(name, prepare=reset, look=state, most=ALL):
    """Complete, or refused. An object that finds no room is in the next message."""
    prepare()
    whole = CLIENT.dump(N[name])
    each_allocation(lambda: same(name, whole, CLIENT.dump(N[name])), 0, prepare, look,
                    most=most)


def what_only_asks():
    for name in DUMPS + ("CMD_STATS_GET", "CMD_SUGGEST"):
        each_dump(name)
    each_allocation(lambda: CLIENT.call(N["CMD_STATS_RESET"]), 0)
    each_allocation(lambda: CLIENT.call(N["CMD_PORT_GET"], genl.text(N["A_PORT_NAME"], "d0")),
                    0)


def an_explanation():
    own = b"\xff" * 6 + arp_frame(MAC, "192.0.2.1")
    question = b"\xff" * 6 + arp_frame(OTHER, "192.0.2.9", 1)[:-4] + b"\xc0\0\2\2"

    def scope():
        reset()
        change("d2", link.master(index_of("br0")))
        CLIENT.call(*bridge_set("br0", genl.u32(N["A_BRIDGE_ARP_SCOPE"],
                                                N["ARP_SCOPE_OWNER"])))

    def audit():
        reset()
        CLIENT.call(*port_set("d0", N["ROLE_GUEST"],
                              genl.u32(N["A_PORT_MODE"], N["MODE_AUDIT"])))

    each_allocation(lambda: explained("d0", own), 0)
    each_allocation(lambda: explained("d0", question, "DIRECTION_OUT"), 0, scope)
    each_allocation(lambda: explained("d0"), 0, audit)
    each_allocation(lambda: explained("nobody"), 0, lambda: reset(
        port_set("nobody"), binding_add("nobody", mac_of(7), prefix("192.0.2.7"))))


def arp_frame(mac, address, op=2):
    """From the source MAC on, to the guest on d0."""
    return (mac + struct.pack("!HHHBBH", 0x806, 1, 0x800, 6, 4, op) + mac +
            socket.inet_aton(address) + MAC + socket.inet_aton("192.0.2.1"))


def ip_frame(address):
    """From the type on: a packet without contents."""
    if ":" in address:
        return (b"\x86\xdd" + struct.pack("!IHBB", 6 << 28, 0, 59, 1) +
                socket.inet_pton(socket.AF_INET6, address) + b"\xff\2" + bytes(13) + b"\1")
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20, 0, 0, 1, 253, 0,
                       socket.inet_aton(address), b"\xff" * 4)
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xffff) + (total >> 16)
    return b"\x08\0" + head[:10] + struct.pack("!H", ~total & 0xffff) + head[12:]


# --- devices ---------------------------------------------------------------

def state_of_members():
    """With who is on which bridge, as the kernel sees it."""
    masters = []
    for i in range(3):
        masters.append(link.read_master(ROUTE, index_of("d%d" % i)))
    return masters, state()


def a_device_that_joins():
    """It joins under guard, or not at all."""
    bridge = index_of("br0")
    if not each_allocation(lambda: change("d2", link.master(bridge)),
                           0, look=state_of_members):
        raise Failure("no allocation")


def a_device_that_leaves():
    each_allocation(lambda: change("d0", link.master(0)), 0,
                    look=state_of_members)


def a_device_that_takes_a_port():
    """The one that follows it by its ifalias loses it to the one that bears the name."""
    def prepare():
        reset()
        change("d1", link.alias("d2"))

    each_allocation(lambda: change("d2", link.master(index_of("br0"))), 0, prepare,
                    state_of_members)
    change("d1", link.alias(""))


def a_device_with_a_new_address():
    """It has it; whose addresses are the host's is known or not."""
    addresses = "02:00:00:00:00:99", "02:00:00:00:00:98"

    def prepare():
        reset(port_set("d1", N["ROLE_TRUSTED"],
                       genl.u32(N["A_PORT_UPLINK_MACS"], N["UPLINK_MACS_BOUND"])))

    def work():
        for address in addresses:
            PLACE.ip("link", "set", "d1", "address", address)

    if not each_allocation(work, None, prepare, anywhere=True):
        raise Failure("no allocation")


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
            change("other", link.name("d0"))
        reset()
        change("d0", of=link.UP)      # what is up keeps its name
        CLIENT.call(*port_set("other"))

    each_allocation(lambda: change("d0", link.name("other")), None,
                    prepare, lambda: is_dropped("d0") or is_dropped("other"))
    prepare()


def a_bridge_device():
    """One that is configured already. It is made, watched or not."""
    def prepare():
        reset()
        CLIENT.call(*bridge_set("br1"))

    def work():
        link.make(ROUTE, "br1", "bridge")
        link.remove(ROUTE, "br1")

    each_allocation(work, None, prepare)


def wait_for(listener, command, seconds=5):
    """Until it comes, or the word that something was missed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            event = listener.event(end - time.monotonic())
        except OSError as no:
            same("an event", errno.ENOBUFS, no.errno)
            return True
        if event and event[0] == N[command]:
            return True
    return False


def wait_unless_failed(listener, command, seconds=5):
    """The same, but half a second at most from when something has failed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if faults.happened():
            end = min(end, time.monotonic() + 0.5)
        if wait_for(listener, command, 0.1):
            return


def listen(group):
    listener = PLACE.genl()
    listener.join(group)
    return listener


def a_device_watched():
    """A change that is reported: it is made, and who listens is told of it or knows
    that he was not."""
    def work():
        listener = listen("watch")
        try:
            change("d0", flags=link.PROMISC, of=link.PROMISC)
            same("told", True, wait_for(listener, "CMD_WATCH_NTF"))
            change("d0", of=link.PROMISC)
            same("told", True, wait_for(listener, "CMD_WATCH_NTF"))
        finally:
            listener.close()

    each_allocation(work, None, anywhere=True)


def a_bridge_that_is_held():
    """Its ageing time is put back."""
    def prepare():
        reset()
        CLIENT.call(*bridge_set(
            "br0", genl.u32(N["A_BRIDGE_HOLD"], N["WATCH_AGEING_TIME"]),
            genl.u32(N["A_BRIDGE_AGEING_FLOOR"], 20)))

    def work():
        listener = listen("watch")
        try:
            PLACE.ip("link", "set", "br0", "type", "bridge", "ageing_time", "1000")
            wait_for(listener, "CMD_WATCH_NTF")
            wait_for(listener, "CMD_WATCH_NTF", 0.2)
        finally:
            listener.close()
        PLACE.ip("link", "set", "br0", "type", "bridge", "ageing_time", "30000")

    each_allocation(work, None, prepare, anywhere=True)


def an_entry_that_is_pinned():
    """A guest's address, elsewhere."""
    entry = (MAC.hex(":"), "dev", "d1", "master", "static", "vlan", "1")

    def fdb(*words):
        subprocess.check_call(("bridge", "-n", PLACE.name, "fdb") + words)

    def work():
        listener = listen("watch")
        try:
            fdb("replace", *entry)
            same("told", True, wait_for(listener, "CMD_WATCH_NTF"))
        finally:
            listener.close()
        fdb("del", *entry)

    PLACE.ip("link", "set", "br0", "type", "bridge", "vlan_filtering", "1")
    each_allocation(work, None, anywhere=True)
    PLACE.ip("link", "set", "br0", "type", "bridge", "vlan_filtering", "0")


def count(port, reason, kind):
    """Frames of PORT, as many bytes as the kernel counts them in."""
    answer = CLIENT.call(N["CMD_STATS_GET"], genl.text(N["A_STATS_PORT"], port))
    for found, data in answer[0][1]:
        of = dict(genl.attrs(data)) if found == N["A_STATS_COUNT"] else {}
        if of.get(N["A_COUNT_REASON"]) == struct.pack("I", reason):
            return of[kind]
    return bytes(8)


def open_packets(device, protocol=0):
    """Without a protocol it only sends."""
    with PLACE.enter():
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        sock.bind((device, protocol))
    sock.settimeout(5)
    return sock


def a_frame_of_the_host():
    """It is not for the guest: it is dropped, whether that is told or not."""
    def prepare():
        CLIENT.call(N["CMD_STATS_RESET"])

    reset()
    with open_packets("br0") as sock:
        each_allocation(lambda: sock.send(NOT_FOR_THE_GUEST), None, prepare,
                        lambda: count("d0", N["REASON_FLOOD"],
                                      N["A_COUNT_DROPPED"]))
        each_dump("CMD_STATS_GET", lambda: None, lambda: None)


def a_frame_that_claims():
    """The host speaks as the guest on d0 does: that is told with the guest."""
    def prepare():
        for request in ((BEGIN,), (COMMIT,)):   # nothing is suppressed any more
            CLIENT.call(*request)
        reset()

    def work():
        listener = listen("violation")
        try:
            sock.send(b"\xff" * 6 + arp_frame(MAC, "192.0.2.1"))
            wait_unless_failed(listener, "CMD_VIOLATION_NTF", 1)
        finally:
            listener.close()

    prepare()
    with open_packets("br0") as sock:
        each_allocation(work, None, prepare, lambda: None, anywhere=True)


class Guest:
    """d3, a port of br0 whose device gets frames; send() returns when the bridge has
    forwarded one."""

    def __enter__(self):
        PLACE.ip("link", "add", "d3", "type", "veth", "peer", "name", "g3")
        # Its kernel says nothing by itself.
        if os.path.isdir("/proc/sys/net/ipv6"):
            PLACE.ip("link", "set", "g3", "addrgenmode", "none")
        PLACE.ip("link", "set", "g3", "up")
        PLACE.ip("link", "set", "d3", "up", "master", "br0")
        self.guest = open_packets("g3")
        self.bridge = open_packets("br0", ETH_P_ALL)
        for _ in range(50):     # until the bridge forwards
            self.guest.send(b"\xff" * 6 + arp_frame(OTHER, "192.0.2.9"))
            if self.arrived(0.1):
                break
        return self

    def __exit__(self, *_):
        self.guest.close()
        self.bridge.close()
        PLACE.ip("link", "del", "d3")

    def arrived(self, seconds):
        return select.select([self.bridge], [], [], seconds)[0]

    def send(self, frame):
        while self.arrived(0):      # of before
            self.bridge.recv(2048)
        self.guest.send(frame)
        if frame[12:14] == b"\x81\0":     # it comes beside the bytes
            frame = frame[:12] + frame[16:]
        while self.bridge.recv(2048) != frame:
            pass


def a_frame_of_a_guest():
    """Audited, it passes, whether it is told of and remembered or not."""
    def prepare():
        for request in ((BEGIN,), *BASE, (COMMIT,),
                        port_set("d3", N["ROLE_GUEST"],
                                 genl.u32(N["A_PORT_MODE"], N["MODE_AUDIT"]))):
            CLIENT.call(*request)

    def look():
        return count("d3", N["REASON_SRC_MAC"], N["A_COUNT_AUDITED"])

    def work():
        listener = listen("violation")
        try:
            guest.send(frame)
            wait_unless_failed(listener, "CMD_VIOLATION_NTF", 1)
        finally:
            listener.close()

    # MAC is bound on d0, which is told of, too.
    with Guest() as guest:
        for frame in (arp_frame(OTHER, "192.0.2.9"), MAC + ip_frame("192.0.2.9"),
                      MAC + ip_frame("2001:db8::9"),
                      MAC + b"\x81\0\0\5" + ip_frame("192.0.2.9")):
            frame = b"\xff" * 6 + frame
            each_allocation(work, None, prepare, look, anywhere=True)


def what_is_suggested():
    """Of a port that somebody named, of one that nobody did, and more than is
    remembered."""
    audit = genl.u32(N["A_PORT_MODE"], N["MODE_AUDIT"])
    reset(port_set("d3", N["ROLE_GUEST"], audit))
    with Guest() as guest:
        guest.send(b"\xff" * 6 + MAC + ip_frame("192.0.2.1"))
        each_dump("CMD_SUGGEST", lambda: None, lambda: None)
    reset(bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"], N["ROLE_GUEST"]),
                     genl.u32(N["A_BRIDGE_MODE"], N["MODE_AUDIT"])))
    with Guest() as guest:
        guest.send(b"\xff" * 6 + MAC + ip_frame("192.0.2.1"))
        guest.send(b"\xff" * 6 + OTHER + b"\x81\0\0\5" + ip_frame("192.0.2.9"))
        each_dump("CMD_SUGGEST", lambda: None, lambda: None)
        for i in range(N["SUGGEST_MAX"] + 5):
            guest.send(b"\xff" * 6 + OTHER + ip_frame("10.0.%d.%d" % divmod(i, 256)))
        each_dump("CMD_SUGGEST", lambda: None, lambda: None, 20)


def a_host_that_answers_for_all():
    """It is told of, or not; the module goes on."""
    with open_packets("br0") as sock:
        mac = sock.getsockname()[4]
    frames = [MAC + arp_frame(mac, "192.0.2.%d" % i) for i in range(100, 104)]

    def prepare():
        CLIENT.call(*bridge_set("br0", genl.u32(N["A_BRIDGE_ANSWERS_MAX"], 2),
                                genl.u32(N["A_BRIDGE_ANSWERS_TIME"], 1),
                                genl.u32(N["A_BRIDGE_ANSWERS_OWN"],
                                         N["CLAIMS_OFF"])))

    def work():
        listener = listen("violation")
        try:
            for frame in frames:
                sock.send(frame)
            wait_unless_failed(listener, "CMD_ANSWERS_NTF")
        finally:
            listener.close()

    reset()
    with open_packets("br0") as sock:
        if not each_allocation(work, None, prepare, anywhere=True):
            raise Failure("no allocation")


def as_many_bindings_as_there_may_be():
    """This module has as many as it is told to; none is lost behind the last."""
    reset()
    faults.write(faults.BINDINGS, BINDINGS_MAX)
    try:
        bindings_up_to_the_limit()
        records_up_to_the_limit()
    finally:
        faults.write(faults.BINDINGS, N["BINDINGS_MAX"])


def bindings_up_to_the_limit():
    there = len(CLIENT.dump(N["CMD_BINDING_GET"]))
    for i in range(there, BINDINGS_MAX):
        CLIENT.call(*binding_add("d2" if i % 2 else "d0", mac_of(1000 + i)))
    whole = state()
    for request in (binding_add("d0", mac_of(999)),
                    binding_add("d0", mac_of(999), prefix("192.0.2.99"))):
        no = refused("one more", errno.ENOSPC, CLIENT.call, *request)
        same("sentence", "too many bindings", no.sentence)
        same("attribute", 16 + 4 + len(request[1]), no.offset)
        same("afterwards", whole, state())


def records_up_to_the_limit():
    whole = state()
    client = PLACE.genl()
    client.call(BEGIN)
    client.call(*port_set("d0"))
    client.call(*records_add("d0", *(record(mac_of(i)) for i in range(BINDINGS_MAX))))
    no = refused("one record more", errno.ENOSPC, client.call,
                 *records_add("d0", record(mac_of(BINDINGS_MAX))))
    same("sentence", "too many bindings", no.sentence)
    refused("the commit", errno.ECANCELED, client.call, COMMIT)
    same("afterwards", whole, state())
    client.close()


# --- namespaces, module ----------------------------------------------------

def a_namespace():
    def work():
        with PLACE.enter():
            faults.system("unshare", faults.LIBC.unshare(CLONE_NEWNET))

    if not each_allocation(work, 0):
        raise Failure("no allocation")


def the_module():
    """The last operation: it has another family afterwards."""
    for number in range(1, faults.MAX):
        faults.unload()
        with faults.Fault(number) as fault:
            try:
                faults.load_faulty(number)
            except OSError as no:
                same("fault %d" % number, errno.ENOMEM, no.errno)
        if not fault.happened:
            break
        same("loaded in spite of fault %d" % number, False, faults.loaded())
    print("#   %d allocations failed" % (number - 1))
    if number < 5:
        raise Failure("fewer allocations than there are")


def every_place():
    """All of them have failed above; the list."""
    failed = LOG.read_sites()
    sites = sorted(faults.list_sites(), key=lambda site: (
        site.split(":")[0], int(site.split(":")[1])))
    for site in sites:
        print("#   %-28s %s" % (site, "failed" if site in failed else "NOT REACHED"))
    # Two processes that change the same at the same time happen by chance.
    same("not reached", [], [site for site in sites if site not in failed and
                             "WATCH_SEVERAL" not in faults.read_site(site)])
    if len(sites) < 50:
        raise Failure("fewer places than there are")
    same("sentences", faults.SENTENCES, faults.HEARD)


TESTS = [
    a_bridge, a_first_bridge, a_bridge_that_changes, a_bridge_that_does_not_learn,
    a_bridge_that_counts_answers, a_bridge_that_holds, a_bridge_that_goes, a_port,
    a_first_guest, a_port_without_a_device, a_port_that_changes, a_port_of_one_bridge,
    a_port_that_becomes_trusted, a_port_that_goes, a_binding, a_binding_that_grows,
    a_binding_among_many, a_binding_that_is_shared, a_binding_without_a_device,
    a_binding_that_goes, a_prefix_that_goes, a_transaction, what_only_asks,
    an_explanation, a_device_that_joins, a_device_that_leaves,
    a_device_that_takes_a_port, a_device_with_a_new_address, a_device_with_a_new_name,
    a_bridge_device, a_device_watched, a_bridge_that_is_held, an_entry_that_is_pinned,
    a_frame_of_the_host, a_frame_that_claims, a_frame_of_a_guest, what_is_suggested,
    a_host_that_answers_for_all, as_many_bindings_as_there_may_be, a_namespace,
    the_module, every_place,
]


def set_up():
    """Devices, and somebody who listens to all groups."""
    for words in ("br0 type bridge", "d0 type dummy", "d1 type dummy",
                  "d2 type dummy"):
        PLACE.ip("link", "add", *words.split())
        PLACE.ip("link", "set", words.split()[0], "up")
    listener = PLACE.genl()
    for group in listener.groups:
        listener.join(group)
    return listener


if __name__ == "__main__":
    tap.need_brguard()
    if not faults.available():
        tap.skip_all("no faulty module: it is built with VM_FAULTS=1")
    LOG = faults.Log()
    faults.unload()
    faults.load_faulty()
    try:
        with Place() as PLACE:
            CLIENT = PLACE.genl()
            ROUTE = genl.Netlink(genl.NETLINK_ROUTE, PLACE.name)
            LISTENER = set_up()
            STATUS = tap.run(TESTS)
    finally:
        faults.put_back()
    sys.exit(STATUS)
