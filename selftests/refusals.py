#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Every way in which brguard refuses a request: errno, sentence, and the
attribute that is wrong or missing. The last test reads the module's source, if
it is there, and wants each of its sentences to have been heard."""
import errno
import glob
import os
import re
import struct
import sys

import faults
import genl
import tap
from brguard import N, MAC, Place, binding_add, bridge_set, port_set, prefix
from tap import Failure, Skip, same

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = 16 + 4           # nlmsghdr, genlmsghdr
HEARD = set()
PLACE = None

# What it says without memory is heard by faults.py, and what it says behind more
# bindings than there may be by fault.py, whose module can do with fewer.
# Hooks that the kernel has no room for are in config.sh.
UNHEARD = {*faults.SENTENCES, "too many bindings", "devices cannot follow the change"}


class Case:
    """A request, and how it is refused: by the attribute that begins with the
    bytes WRONG, for want of the attribute MISSING, or as a whole."""

    def __init__(self, error, sentence, command, *parts, wrong=b"", missing=0,
                 dump=False):
        self.error = errno.errorcode[error]
        self.sentence = sentence
        self.command = command
        self.parts = parts
        self.wrong = wrong
        self.missing = missing
        self.dump = dump

    def send(self, client):
        if self.dump:
            client.dump(self.command, *self.parts)
        else:
            client.call(self.command, *self.parts)

    def check(self, client):
        try:
            self.send(client)
        except genl.Refused as no:
            HEARD.add(no.sentence)
            self.compare(no)
        else:
            raise Failure(self.sentence + ": not refused")

    def compare(self, no):
        what = self.sentence
        same(what + ": errno", self.error, errno.errorcode[no.errno])
        same("sentence", self.sentence, no.sentence)
        if self.dump and not genl.DUMPS_POINT:
            return
        same(what + ": missing", self.missing, no.missing)
        data = b"".join(self.parts)
        there = data[no.offset - HEAD:] if no.offset else b""
        same(what + ": attribute", self.wrong, there[:len(self.wrong)])
        same(what + ": an attribute", bool(self.wrong), bool(no.offset))


def check(client, *cases):
    """Each is refused, and nothing has changed."""
    for case in cases:
        old = PLACE.show()
        case.check(client)
        same(case.sentence + ": configuration", old, PLACE.show())


def start():
    """A client, in front of a port with a binding and a template."""
    PLACE.clear()
    client = PLACE.genl()
    client.call(*bridge_set("br0"))
    client.call(*port_set("tap0"))
    client.call(*port_set("vnet*"))
    client.call(*binding_add("tap0", MAC, prefix("192.0.2.1")))
    return client


def any_request():
    client = start()
    name = genl.text(N["A_PORT_NAME"], "tap1")
    role = genl.u32(N["A_PORT_ROLE"], 0)
    turned = genl.u32(N["A_PORT_ROLE"] | 0x4000, 0)
    empty = genl.text(N["A_PORT_NAME"], "")
    control = genl.text(N["A_PORT_NAME"], "a\nb")
    cmd = N["CMD_PORT_SET"]
    bridge = genl.text(N["A_BRIDGE_NAME"], "br0")
    stats = genl.text(N["A_STATS_PORT"], "tap0")
    check(client,
          Case(errno.EINVAL, "numbers are in host byte order", cmd, name, turned,
               wrong=turned),
          Case(errno.EINVAL, "given twice", cmd, name, role, role, wrong=role),
          Case(errno.EINVAL, "a name is needed", cmd, role,
               missing=N["A_PORT_NAME"]),
          Case(errno.EINVAL, "the name is empty", cmd, empty, role, wrong=empty),
          Case(errno.EINVAL, "control character in the name", cmd, control, role,
               wrong=control),
          Case(errno.EINVAL, "a dump takes no name", N["CMD_PORT_GET"], name,
               dump=True, wrong=name),
          Case(errno.EINVAL, "a dump takes no name", N["CMD_BRIDGE_GET"], bridge,
               dump=True, wrong=bridge),
          Case(errno.EINVAL, "a dump takes no name", N["CMD_STATS_GET"], stats,
               dump=True, wrong=stats))


def bridges():
    client = start()
    cmd = N["CMD_BRIDGE_SET"]
    name = genl.text(N["A_BRIDGE_NAME"], "br1")
    twice = [genl.u32(N["A_BRIDGE_HOLD"], number) for number in (1, 2, 1)]
    zero = genl.u32(N["A_BRIDGE_HOLD"], 0)
    slash = genl.text(N["A_BRIDGE_NAME"], "a/b")
    every = genl.text(N["A_BRIDGE_NAME"], "any")
    check(client,
          Case(errno.EINVAL, "no interface can have this name", cmd, slash,
               wrong=slash),
          Case(errno.EINVAL, '"any" stands for every bridge',
               cmd, every, wrong=every),
          Case(errno.EINVAL, "the same parameter twice, or 0 beside others", cmd,
               name, *twice, wrong=twice[2]),
          Case(errno.EINVAL, "the same parameter twice, or 0 beside others", cmd,
               name, twice[0], zero, wrong=zero),
          Case(errno.EINVAL, "the same parameter twice, or 0 beside others", cmd,
               name, zero, twice[0], wrong=twice[0]),
          Case(errno.EINVAL, "the same parameter twice, or 0 beside others", cmd,
               name, zero, zero, wrong=zero),
          Case(errno.ENOENT, "no such bridge is configured",
               N["CMD_BRIDGE_GET"], name, wrong=name),
          Case(errno.ENOENT, "no such bridge is configured",
               N["CMD_BRIDGE_DEL"], name, wrong=name))


def ports():
    client = start()
    cmd = N["CMD_PORT_SET"]
    name = genl.text(N["A_PORT_NAME"], "tap1")
    role = genl.u32(N["A_PORT_ROLE"], N["ROLE_GUEST"])
    ipv4 = genl.u16(N["A_PORT_ETHERTYPE"], 0x0800)
    many = [genl.u16(N["A_PORT_ETHERTYPE"], 0x9000 + number)
            for number in range(N["ETHERTYPES_MAX"] + 1)]
    none = genl.u16(N["A_PORT_ETHERTYPE"], 0)
    bound = genl.u32(N["A_PORT_UPLINK_MACS"], N["UPLINK_MACS_BOUND"])
    slash = genl.text(N["A_PORT_BRIDGE"], "a/b")
    every = genl.text(N["A_PORT_BRIDGE"], "any")
    check(client,
          Case(errno.EINVAL, "a new port needs a role", cmd, name,
               missing=N["A_PORT_ROLE"]),
          Case(errno.EINVAL, "this EtherType cannot be allowed", cmd, name, role,
               ipv4, wrong=ipv4),
          Case(errno.EINVAL, "this EtherType cannot be allowed", cmd, name, role,
               many[0], none, wrong=none),
          Case(errno.EINVAL, "given twice", cmd, name, role, many[0], many[1], many[0],
               wrong=many[0]),
          Case(errno.EINVAL, "given twice", cmd, name, role, none, none, wrong=none),
          Case(errno.ENOSPC, "too many EtherTypes on one port", cmd, name, role,
               *many, wrong=many[-1]),
          Case(errno.EINVAL, "uplink-macs bound is for trusted ports", cmd, name,
               role, bound, wrong=bound),
          Case(errno.EINVAL, "no interface can have this name", cmd, name, role,
               slash, wrong=slash),
          Case(errno.EINVAL, '"any" stands for every bridge', cmd, name, role, every,
               wrong=every),
          Case(errno.ENOENT, "no such port is configured", N["CMD_PORT_GET"],
               name, wrong=name),
          Case(errno.ENOENT, "no such port is configured", N["CMD_PORT_DEL"],
               name, wrong=name))
    trusted = genl.u32(N["A_PORT_ROLE"], N["ROLE_TRUSTED"])
    client.call(cmd, name, trusted, bound)
    check(client, Case(errno.EINVAL, "uplink-macs bound is for trusted ports", cmd,
                       name, role, wrong=role))


def moved_onto_an_address():
    client = start()
    role = N["ROLE_GUEST"]
    PLACE.clear()           # of what is bound on whichever bridge
    for port, bridge, mac in (("a", "br1", MAC), ("b", "br2", MAC[:5] + b"\2")):
        client.call(*port_set(port, role, genl.text(N["A_PORT_BRIDGE"], bridge)))
        client.call(*binding_add(port, mac, prefix("198.51.100.1")))
    there = genl.text(N["A_PORT_BRIDGE"], "br1")
    check(client, Case(
        errno.EEXIST,
        "another port of this bridge has an address of this port, not shared",
        N["CMD_PORT_SET"], genl.text(N["A_PORT_NAME"], "b"), there, wrong=there))


def binding(*parts, port="tap0", mac=MAC):
    return (genl.text(N["A_BINDING_PORT"], port),
            genl.attr(N["A_BINDING_MAC"], mac), *parts)


def address_cases(cmd):
    """A prefix that is wrong in one way each."""
    for sentence, error, kind, bad, length in (
            ("prefix length beyond the address", errno.ERANGE, "LENGTH",
             "192.0.2.9", 33),
            ("address has bits beyond the prefix length", errno.EINVAL, "ADDRESS",
             "192.0.2.9", 24),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "224.0.0.1", None),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "::ffff:192.0.2.1", None),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "224.0.0.0", 4),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "232.0.0.0", 6),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "127.0.0.0", 8),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "ff00::", 8),
            ("no packet can come from this address", errno.EINVAL, "ADDRESS",
             "ff02::", 64)):
        whole = prefix(bad, length)
        inner = dict(genl.attrs(whole[4:]))
        wrong = (genl.u8(N["A_PREFIX_LENGTH"], length) if kind == "LENGTH" else
                 genl.attr(N["A_PREFIX_ADDRESS"], inner[N["A_PREFIX_ADDRESS"]]))
        yield Case(error, sentence, cmd, *binding(whole), wrong=wrong)


def bindings():
    client = start()
    cmd = N["CMD_BINDING_ADD"]
    nobody = binding(port="tap9")
    template = binding(port="vnet*")
    group = binding(mac=b"\1" + MAC[1:])
    empty = genl.nest(N["A_BINDING_PREFIX"])
    five = genl.attr(N["A_PREFIX_ADDRESS"], bytes(5))
    once = prefix("192.0.2.7")
    check(client,
          Case(errno.ENOENT, "no such port is configured", cmd, *nobody,
               wrong=nobody[0]),
          Case(errno.EINVAL, "a template can have no bindings", cmd, *template,
               wrong=template[0]),
          Case(errno.EINVAL, "a MAC address is needed", cmd, nobody[0].replace(
              b"tap9", b"tap0"), missing=N["A_BINDING_MAC"]),
          Case(errno.EINVAL, "not a unicast MAC address", cmd, *group,
               wrong=group[1]),
          Case(errno.EINVAL, "prefix without address", cmd, *binding(empty),
               wrong=empty),
          Case(errno.EINVAL, "an IP address has 4 or 16 bytes", cmd,
               *binding(genl.nest(N["A_BINDING_PREFIX"], five)), wrong=five),
          Case(errno.EINVAL, "the same prefix twice", cmd, *binding(once, once),
               wrong=once),
          *address_cases(cmd))


def bindings_beyond_a_limit():
    client = start()
    cmd = N["CMD_BINDING_ADD"]
    many = [prefix("10.0.%d.%d" % (i >> 8, i & 255))
            for i in range(N["PREFIXES_MAX"] + 1)]
    lengths = [prefix("32.0.0.0", length)
               for length in range(8, 8 + N["LENGTHS_MAX"])]
    check(client,
          Case(errno.ENOSPC, "too many prefixes in one binding", cmd,
               *binding(*many), wrong=many[-1]),
          Case(errno.ENOSPC, "too many prefixes in one binding", cmd,
               *binding(*many[:-1]), wrong=many[-2]),
          Case(errno.ENOSPC, "too many prefix lengths on one port", cmd,
               *binding(*lengths), wrong=lengths[-1]))


def ipv6_lengths_beyond_a_limit():
    """128 is in use on every port, for link-local addresses."""
    client = start()
    cmd = N["CMD_BINDING_ADD"]
    lengths = [prefix("2001:db8::", length)
               for length in range(64, 64 + N["LENGTHS_MAX"])]
    sentence = "too many prefix lengths on one port"
    check(client, Case(errno.ENOSPC, sentence, cmd, *binding(*lengths),
                       wrong=lengths[-1]))
    client.call(cmd, *binding(*lengths[:-1], prefix("2001:db8::1")))
    same("prefixes", 1 + N["LENGTHS_MAX"], PLACE.show().count(" ip "))
    other = binding(lengths[-1], mac=MAC[:5] + b"\7")
    check(client,
          Case(errno.ENOSPC, sentence, cmd, *binding(lengths[-1]),
               wrong=lengths[-1]),
          Case(errno.ENOSPC, sentence, cmd, *other, wrong=lengths[-1]))
    client.call(N["CMD_BINDING_DEL"], *binding(lengths[0]))
    client.call(cmd, *other)


def wide_prefixes():
    """What has groups in it, but other addresses as well, may be bound."""
    client = start()
    wide = prefix("0.0.0.0", 0), prefix("192.0.0.0", 2), prefix("::", 0)
    client.call(*binding_add("tap0", MAC, *wide))
    same("bound", ["0.0.0.0/0", "192.0.0.0/2", "192.0.2.1", "::/0"],
         PLACE.show().split(" ip ")[1:-1] + PLACE.show().split()[-1:])


def binding_that_is_there():
    """A GET answers with it, as the dump does."""
    client = start()
    get, mac = N["CMD_BINDING_GET"], MAC[:5] + b"\7"
    vlan, shared = genl.u16(N["A_BINDING_VLAN"], 7), genl.attr(N["A_BINDING_SHARED"], b"")
    prefixes = prefix("2001:db8::", 64), prefix("198.51.100.0", 24)
    client.call(*binding_add("tap0", mac, vlan, shared, *prefixes))
    head = [(N["A_BINDING_PORT"], b"tap0\0"), (N["A_BINDING_MAC"], mac)]
    (command, found), = client.call(get, *binding(vlan, mac=mac))
    same("command", get, command)
    same("binding", head + [
        (N["A_BINDING_VLAN"], struct.pack("H", 7)),
        (N["A_BINDING_PREFIX"], prefixes[1][4:]),
        (N["A_BINDING_PREFIX"], prefixes[0][4:]),
        (N["A_BINDING_SHARED"], b"")], found)
    plain, = client.call(get, *binding())
    same("both", client.dump(get), [plain, (command, found)])
    zero = genl.u16(N["A_BINDING_VLAN"], 0)
    same("VLAN 0", [plain], client.call(get, *binding(zero)))
    eight = binding(genl.u16(N["A_BINDING_VLAN"], 8), mac=mac)
    check(client,
          Case(errno.ENOENT, "no such binding", get, *binding(mac=mac),
               wrong=binding(mac=mac)[1]),
          Case(errno.ENOENT, "no such binding", get, *eight, wrong=eight[1]))


def bindings_there_and_not():
    client = start()
    add, delete = N["CMD_BINDING_ADD"], N["CMD_BINDING_DEL"]
    client.call(*port_set("tap1"))
    same_mac = binding(port="tap1")
    same_ip = prefix("192.0.2.1")
    other = MAC[:5] + b"\7"
    absent = binding(mac=other)
    no_ip = prefix("192.0.2.2")
    check(client,
          Case(errno.EEXIST, "this binding exists", add, *binding(same_ip),
               wrong=binding()[1]),
          Case(errno.EEXIST, "MAC is bound on another port, not shared", add,
               *same_mac, wrong=same_mac[1]),
          Case(errno.EEXIST, "IP is bound on another port, not shared", add,
               *binding(same_ip, port="tap1", mac=other), wrong=same_ip),
          Case(errno.ENOENT, "no such binding", delete, *absent, wrong=absent[1]),
          Case(errno.ENOENT, "no such binding", N["CMD_BINDING_GET"], *absent,
               wrong=absent[1]),
          Case(errno.ENOENT, "no such IP in the binding", delete,
               *binding(no_ip), wrong=no_ip))


def record(mac=MAC, vlan=0, flags=0, len4=0, len6=0, zero=0, ip4=bytes(4),
           ip6=bytes(16)):
    return struct.pack("6sHBBBB4s16s", mac, vlan, flags, len4, len6, zero, ip4,
                       ip6)


def in_transaction(client, sentence, name, *parts, wrong):
    """An ADD of records to tap0, refused at the bytes WRONG."""
    client.call(N["CMD_CONFIG_BEGIN"])
    client.call(*port_set("tap0"))
    Case(errno.EINVAL, sentence, N["CMD_BINDING_ADD"], name, *parts,
         wrong=wrong).check(client)
    client.call(N["CMD_CONFIG_ABORT"])


def records():
    """What comes packed is refused at the field that is wrong."""
    client = start()
    kind = N["A_BINDING_RECORDS"]
    name = genl.text(N["A_BINDING_PORT"], "tap0")
    good, ip = record(), bytes([192, 0, 2, 9])
    check(client, Case(errno.EINVAL, "records are for transactions only",
                       N["CMD_BINDING_ADD"], name, genl.attr(kind, good),
                       wrong=genl.attr(kind, good)))
    odd = genl.attr(kind, good + b"\0")
    in_transaction(client, "not a number of records", name, odd, wrong=odd)
    whole, mac = genl.attr(kind, good), genl.attr(N["A_BINDING_MAC"], MAC)
    for beside in (mac, genl.u16(N["A_BINDING_VLAN"], 7), prefix("192.0.2.9"),
                   genl.attr(N["A_BINDING_SHARED"], b"")):
        in_transaction(client, "records come with a port alone", name, whole,
                       beside, wrong=whole)
    four, six = N["RECORD_IP4"], N["RECORD_IP6"]
    for sentence, at, fields in (
            ("not a unicast MAC address", 0, {"mac": bytes(6)}),
            ("no such VLAN ID", 6, {"vlan": 4095}),
            ("unknown flag", 8, {"flags": 8}),
            ("reserved, has to be 0", 11, {"zero": 1}),
            ("address without its flag", 12, {"ip4": ip}),
            ("address without its flag", 12, {"len4": 1}),
            ("address without its flag", 12, {"flags": six, "len4": 1}),
            ("address without its flag", 16, {"len6": 1}),
            ("address without its flag", 16, {"ip6": ip + bytes(12)}),
            ("address without its flag", 16,
             {"flags": four, "len4": 32, "ip4": ip, "ip6": bytes(15) + b"\1"}),
            ("prefix length beyond the address", 9,
             {"flags": four, "len4": 33, "ip4": ip}),
            ("address has bits beyond the prefix length", 12,
             {"flags": four, "len4": 24, "ip4": ip}),
            ("no packet can come from this address", 16,
             {"flags": six, "len6": 128, "ip6": bytes(16)})):
        bad = record(**{"mac": MAC[:5] + b"\7", **fields})
        in_transaction(client, sentence, name, genl.attr(kind, good + bad),
                       wrong=bad[at:])


def dump_of_bindings():
    client = start()
    mac = genl.attr(N["A_BINDING_MAC"], MAC)
    vlan = genl.u16(N["A_BINDING_VLAN"], 7)
    sentence = "a dump takes no MAC and no VLAN"
    check(client,
          Case(errno.EINVAL, sentence, N["CMD_BINDING_GET"], mac, dump=True,
               wrong=mac),
          Case(errno.EINVAL, sentence, N["CMD_BINDING_GET"], vlan, dump=True,
               wrong=vlan))


def transactions():
    client = start()
    none = "this socket has no transaction open"
    check(client, Case(errno.ENOENT, none, N["CMD_CONFIG_COMMIT"]),
          Case(errno.ENOENT, none, N["CMD_CONFIG_ABORT"]))
    client.call(N["CMD_CONFIG_BEGIN"])
    check(client, Case(errno.EBUSY, "this socket has a transaction open",
                       N["CMD_CONFIG_BEGIN"]),
          Case(errno.ECANCELED,
               "a request of this transaction was refused or lost",
               N["CMD_CONFIG_COMMIT"], genl.u32(N["A_CONFIG_REQUESTS"], 1)))
    others = [PLACE.genl() for _ in range(N["TRANSACTIONS_MAX"])]
    for other in others:
        other.call(N["CMD_CONFIG_BEGIN"])
    check(client, Case(errno.ENOSPC, "too many transactions are open",
                       N["CMD_CONFIG_BEGIN"]))
    for other in others:
        other.close()


def statistics():
    client = start()
    name = genl.text(N["A_STATS_PORT"], "tap9")
    template = genl.text(N["A_STATS_PORT"], "vnet*")
    for cmd in N["CMD_STATS_GET"], N["CMD_STATS_RESET"]:
        check(client,
              Case(errno.ENOENT, "no such port", cmd, name, wrong=name),
              Case(errno.EINVAL, "a template stands for many ports", cmd, template,
                   wrong=template))


def suggestions():
    client = start()
    nobody = genl.text(N["A_SUGGEST_PORT"], "tap9")
    template = genl.text(N["A_SUGGEST_PORT"], "vnet*")
    check(client,
          Case(errno.ENOENT, "no such port", N["CMD_SUGGEST"], nobody, dump=True,
               wrong=nobody),
          Case(errno.EINVAL, "a template stands for many ports", N["CMD_SUGGEST"],
               template, dump=True, wrong=template))


def explain(*parts, port="tap0", direction=0):
    return (genl.text(N["A_EXPLAIN_PORT"], port),
            genl.u32(N["A_EXPLAIN_DIRECTION"], direction), *parts)


def explanations():
    client = start()
    cmd = N["CMD_EXPLAIN"]
    data = genl.attr(N["A_FRAME_DATA"], bytes(60))
    frame = genl.nest(N["A_EXPLAIN_FRAME"], data)
    empty = genl.nest(N["A_EXPLAIN_FRAME"])
    none = genl.nest(N["A_EXPLAIN_FRAME"], genl.attr(N["A_FRAME_DATA"], b""))
    short = genl.u32(N["A_FRAME_LENGTH"], 59)
    nobody = explain(frame, port="tap9")
    template = explain(frame, port="vnet*")
    many = [frame] * (N["FRAMES_MAX"] + 1)
    check(client,
          Case(errno.EINVAL, "a frame is needed", cmd, *explain(),
               missing=N["A_EXPLAIN_FRAME"]),
          Case(errno.EINVAL, "a direction is needed", cmd, explain()[0], frame,
               missing=N["A_EXPLAIN_DIRECTION"]),
          Case(errno.ENOENT, "no such port", cmd, *nobody, wrong=nobody[0]),
          Case(errno.EINVAL, "a template stands for many ports", cmd, *template,
               wrong=template[0]),
          Case(errno.EINVAL, "frame without data", cmd, *explain(empty),
               wrong=empty),
          Case(errno.EINVAL, "frame without data", cmd, *explain(frame, none),
               wrong=none),
          Case(errno.EINVAL, "the frame is longer than its length", cmd,
               *explain(genl.nest(N["A_EXPLAIN_FRAME"], data, short)),
               wrong=short),
          Case(errno.EINVAL, "too many frames in one request", cmd,
               *explain(*many), wrong=frame))


def fill(client, request, number, sentence, kind):
    """A transaction with as many as there may be, and one more."""
    client.call(N["CMD_CONFIG_BEGIN"])
    for i in range(number):
        client.post(*request("x%d" % i), flags=0)
    command, name, *more = request("last")
    same("attribute", kind, struct.unpack("HH", name[:4])[1])
    Case(errno.ENOSPC, sentence, command, name, *more, wrong=name).check(client)
    client.call(N["CMD_CONFIG_ABORT"])


def too_many_bridges():
    fill(start(), bridge_set, N["BRIDGES_MAX"], "too many bridges",
         N["A_BRIDGE_NAME"])


def too_many_ports():
    fill(start(), port_set, N["PORTS_MAX"], "too many ports", N["A_PORT_NAME"])


def sentences_of_the_source():
    """What the module can say: each string after one of the macros."""
    call = re.compile(r'(?:NL_SET_ERR_MSG(?:_ATTR)?|RECORD_REFUSE)\(([^;]*?)\);',
                      re.S)
    found = set()
    for path in glob.glob(HERE + "/../module/*.c"):
        with open(path) as file:
            for arguments in call.findall(file.read()):
                found.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', arguments))
                          .replace('\\"', '"'))
    return found - {""}       # a macro around another


def all_were_heard():
    if sys.argv[1:]:
        raise Skip("only some tests")
    found = sentences_of_the_source()
    if not found:
        raise Skip("no source")
    same("never heard", sorted(UNHEARD), sorted(found - HEARD))


def main():
    global PLACE
    tap.need_brguard()
    with Place() as PLACE:
        return tap.run([
            any_request, bridges, ports, moved_onto_an_address, bindings,
            bindings_beyond_a_limit, ipv6_lengths_beyond_a_limit, wide_prefixes,
            binding_that_is_there, bindings_there_and_not, records,
            dump_of_bindings, transactions, statistics, suggestions, explanations,
            too_many_bridges, too_many_ports, all_were_heard])


if __name__ == "__main__":
    sys.exit(main())
