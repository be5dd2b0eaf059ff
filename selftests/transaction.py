#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Transactions, and messages that brguardctl would never send."""
import errno
import struct
import subprocess
import sys

import genl
import tap
from brguard import (N, MAC, Place, binding_add, bridge_set, mac_of, port_set, prefix,
                     record, records_add, refused)
from tap import Failure, same

BEGIN, COMMIT = N["CMD_CONFIG_BEGIN"], N["CMD_CONFIG_COMMIT"]
ABORT = N["CMD_CONFIG_ABORT"]
OLD = "bridge set br0 new-port trusted mode enforce\n"
PLACE = None


def start():
    """A configuration with one bridge, and a client."""
    PLACE.clear()
    client = PLACE.genl()
    client.call(*bridge_set("br0"))
    return client, PLACE.show()


def half(client):
    client.call(BEGIN)
    client.call(*port_set("tap0"))
    client.call(*binding_add("tap0", MAC, prefix("192.0.2.1")))


def committed():
    client, _ = start()
    half(client)
    client.call(COMMIT)
    shown = PLACE.show()
    if "tap0" not in shown or "192.0.2.1" not in shown or "br0" in shown:
        raise Failure("after the commit: " + shown)


def nothing_before_the_commit():
    client, old = start()
    half(client)
    same("half-way", old, PLACE.show())
    other = PLACE.genl()
    refused("another socket's port", errno.ENOENT, other.call,
            N["CMD_PORT_GET"], genl.text(N["A_PORT_NAME"], "tap0"))


def half_sent_and_closed():
    client, old = start()
    half(client)
    client.close()
    same("after the end of the socket", old, PLACE.show())
    other = PLACE.genl()
    other.call(BEGIN)       # what was left over would count
    other.call(ABORT)


def aborted():
    client, old = start()
    half(client)
    client.call(ABORT)
    same("after the abort", old, PLACE.show())
    refused("a second abort", errno.ENOENT, client.call, ABORT)
    refused("a commit", errno.ENOENT, client.call, COMMIT)
    client.call(*port_set("tap1"))
    if "tap1" not in PLACE.show():
        raise Failure("after an abort the socket does not work on what is live")


def only_checked():
    client, old = start()
    half(client)
    client.call(COMMIT, genl.attr(N["A_CONFIG_CHECK"], b""))
    same("after the check", old, PLACE.show())
    refused("the transaction is over", errno.ENOENT, client.call, COMMIT)


def refused_request():
    client, old = start()
    half(client)
    no = refused("a port that is not there", errno.ENOENT, client.call,
                 *binding_add("tap9"))
    same("sentence", "no such port is configured", no.sentence)
    client.call(*port_set("tap1"))
    refused("the commit", errno.ECANCELED, client.call, COMMIT)
    same("after it", old, PLACE.show())
    refused("the transaction is over", errno.ENOENT, client.call, COMMIT)


def requests(number):
    return genl.u32(N["A_CONFIG_REQUESTS"], number)


def refused_by_the_parser():
    """The core refuses it ahead of brguard's handlers: the number tells."""
    client, old = start()
    half(client)
    refused("a role that is none", errno.ERANGE, client.call,
            *port_set("tap1", 77))
    refused("the commit", errno.ECANCELED, client.call, COMMIT, requests(3))
    same("after it", old, PLACE.show())
    refused("the transaction is over", errno.ENOENT, client.call, COMMIT)


def number_of_requests():
    client, old = start()
    for number in 0, 1, 3, 0xffffffff:
        half(client)
        refused("%d" % number, errno.ECANCELED, client.call, COMMIT,
                requests(number))
        same("after it", old, PLACE.show())
    half(client)
    refused("a name that is not there", errno.ENOENT, client.call,
            N["CMD_PORT_GET"], genl.text(N["A_PORT_NAME"], "tap0x"))
    client.dump(N["CMD_PORT_GET"])
    client.dump(N["CMD_STATS_GET"])
    client.call(ABORT)
    half(client)
    client.dump(N["CMD_BINDING_GET"])
    client.call(COMMIT, requests(2))
    same("tap0", True, "tap0" in PLACE.show())


def malformed_commit():
    """It ends the transaction as well."""
    client, old = start()
    half(client)
    refused("the number twice", errno.EINVAL, client.call, COMMIT, requests(2),
            requests(2))
    same("after it", old, PLACE.show())
    refused("another commit", errno.ENOENT, client.call, COMMIT)
    half(client)
    client.call(ABORT)


def bare_requests():
    """BEGIN and ABORT take no attribute, a dump no name."""
    client, _ = start()
    for command in BEGIN, ABORT:
        refused("attribute in %d" % command, errno.EINVAL, client.call, command,
                genl.u32(1, 1))
    for command in N["CMD_PORT_GET"], N["CMD_BRIDGE_GET"]:
        refused("name in a dump", errno.EINVAL, client.dump, command,
                genl.text(N["A_PORT_NAME"], "br0"))


def two_at_once():
    first, _ = start()
    second = PLACE.genl()
    half(first)
    second.call(BEGIN)
    second.call(*port_set("tap5"))
    refused("a second one on a socket", errno.EBUSY, second.call, BEGIN)
    second.call(COMMIT)
    first.call(COMMIT)
    shown = PLACE.show()
    if "tap5" in shown or "tap0" not in shown:
        raise Failure("the last commit does not stand alone: " + shown)


def too_many():
    start()
    clients = [PLACE.genl() for _ in range(N["TRANSACTIONS_MAX"] + 1)]
    for client in clients[:-1]:
        client.call(BEGIN)
    refused("one more", errno.ENOSPC, clients[-1].call, BEGIN)
    clients[0].close()
    clients[-1].call(BEGIN)
    for client in clients[1:]:
        client.close()


def counters_go_on():
    client, _ = start()
    client.call(*port_set("tap0"))
    half(client)
    client.call(COMMIT)
    stats = client.call(N["CMD_STATS_GET"], genl.text(N["A_STATS_PORT"], "tap0"))
    same("answers", 1, len(stats))


def dump_in_a_transaction():
    """What a socket with a transaction reads is refused or consistent."""
    client, _ = start()
    half(client)
    ports = client.dump(N["CMD_PORT_GET"])
    same("ports", True, len(ports) <= 1)
    client.call(ABORT)


def some_ports(number):
    """Guests without a name, on a bridge."""
    devices = ["link add br0 type bridge"]
    for n in range(number):
        devices.append("link add x%d master br0 type dummy" % n)
    subprocess.run(["ip", "-n", PLACE.name, "-batch", "-"], text=True, check=True,
                   input="\n".join(devices))


def flags_of_dump(family, command, meanwhile):
    """Those of all messages; MEANWHILE follows the first 4 KB of them."""
    reader = genl.Netlink(genl.NETLINK_GENERIC, PLACE.name)
    reader.send(family, genl.F_DUMP, struct.pack("BBH", command, 1, 0))
    found = datagrams = 0
    kind = None
    while kind != genl.NLMSG_DONE:
        for kind, flags, _, _ in reader.messages(reader.sock.recv(4096)):
            found |= flags
        datagrams += 1
        if datagrams == 1:
            meanwhile()
    reader.close()
    same("it took several", True, datagrams > 3)
    return found


def ports_leave_while_dumped():
    client, _ = start()
    client.call(*bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"],
                                            N["ROLE_GUEST"])))
    some_ports(200)

    def flags(meanwhile):
        return flags_of_dump(client.family, N["CMD_STATS_GET"],
                             meanwhile) & genl.F_DUMP_INTR

    same("nothing happens", 0, flags(lambda: None))
    same("a port leaves", genl.F_DUMP_INTR,
         flags(lambda: PLACE.ip("link", "set", "x7", "nomaster")))
    same("and comes back", genl.F_DUMP_INTR,
         flags(lambda: PLACE.ip("link", "set", "x7", "master", "br0")))
    same("another is deleted", genl.F_DUMP_INTR,
         flags(lambda: PLACE.ip("link", "del", "x8")))
    client.call(*port_set("vk63"))
    PLACE.ip("link", "set", "x9", "down")
    same("one gets a name that is configured", genl.F_DUMP_INTR,
         flags(lambda: PLACE.ip("link", "set", "x9", "name", "vk63")))
    same("and another one", genl.F_DUMP_INTR,
         flags(lambda: PLACE.ip("link", "set", "vk63", "name", "x9")))
    PLACE.ip("link", "del", "br0")


def strict_parsing():
    client, old = start()
    name = genl.text(N["A_PORT_NAME"], "tap0")
    role = genl.u32(N["A_PORT_ROLE"], 0)
    cmd = N["CMD_PORT_SET"]
    cases = {
        "unknown attribute": (errno.EINVAL, name + role + genl.u32(99, 1)),
        "answers only": (errno.EINVAL,
                         name + role + genl.u32(N["A_PORT_IFINDEX"], 1)),
        "short number": (errno.EINVAL,
                         name + genl.u8(N["A_PORT_ROLE"], 0)),
        "long number": (errno.EINVAL,
                        name + genl.attr(N["A_PORT_ROLE"], bytes(8))),
        "role 2": (errno.ERANGE, name + genl.u32(N["A_PORT_ROLE"], 2)),
        "role -1": (errno.ERANGE, name + genl.u32(N["A_PORT_ROLE"], -1)),
        "role 2^31": (errno.ERANGE,
                      name + genl.u32(N["A_PORT_ROLE"], 1 << 31)),
        "mode 3": (errno.ERANGE, name + role + genl.u32(N["A_PORT_MODE"], 3)),
        "router 2": (errno.ERANGE,
                     name + role + genl.u8(N["A_PORT_ROUTER"], 2)),
        "no name": (errno.EINVAL, role),
        "empty name": (errno.EINVAL, genl.text(N["A_PORT_NAME"], "") + role),
        "name of 128 bytes": (errno.EINVAL,
                              genl.text(N["A_PORT_NAME"], "x" * 128) + role),
        "control character": (errno.EINVAL,
                              genl.text(N["A_PORT_NAME"], "a\nb") + role),
        "no role": (errno.EINVAL, name),
        "trailing bytes": (errno.EINVAL, name + role + b"\1\2\3"),
        "attribute shorter than its head": (errno.EINVAL,
                                            name + role + struct.pack("HH", 2, 3)),
    }
    for what, (error, data) in cases.items():
        try:
            client.call(cmd, data)
        except genl.Refused as no:
            same(what, errno.errorcode[error], errno.errorcode[no.errno])
            if not no.sentence:
                raise Failure(what + ": no sentence") from no
        else:
            raise Failure(what + ": accepted")
        same(what + ": configuration", old, PLACE.show())


def strict_bindings():
    client, _ = start()
    client.call(*port_set("tap0"))
    old = PLACE.show()
    cases = {
        "MAC of 5 bytes": binding_add("tap0", MAC[:5]),
        "MAC of 7 bytes": binding_add("tap0", MAC + b"\0"),
        "MAC 0": binding_add("tap0", bytes(6)),
        "group MAC": binding_add("tap0", b"\1" + MAC[1:]),
        "VLAN 4095": binding_add("tap0", MAC, genl.u16(N["A_BINDING_VLAN"], 4095)),
        "VLAN 65535": binding_add("tap0", MAC,
                                  genl.u16(N["A_BINDING_VLAN"], 65535)),
        "flag with a payload": binding_add("tap0", MAC, genl.u32(
            N["A_BINDING_SHARED"], 1)),
        "length 33": binding_add("tap0", MAC, prefix("192.0.2.1", 33)),
        "length 129": binding_add("tap0", MAC, prefix("2001:db8::1", 129)),
        "bits beyond": binding_add("tap0", MAC, prefix("192.0.2.1", 24)),
        "empty nest": binding_add("tap0", MAC,
                                  genl.nest(N["A_BINDING_PREFIX"])),
        "address of 5 bytes": binding_add("tap0", MAC, genl.nest(
            N["A_BINDING_PREFIX"], genl.attr(N["A_PREFIX_ADDRESS"], bytes(5)))),
        "same prefix twice": binding_add("tap0", MAC, prefix("192.0.2.1"),
                                         prefix("192.0.2.1")),
        "multicast": binding_add("tap0", MAC, prefix("224.0.0.1")),
        "loopback": binding_add("tap0", MAC, prefix("127.0.0.1")),
        "unspecified": binding_add("tap0", MAC, prefix("::")),
        "mapped": binding_add("tap0", MAC, prefix("::ffff:192.0.2.1")),
        "257 prefixes": binding_add("tap0", MAC, *(
            prefix("10.0.%d.%d" % (i >> 8, i & 255)) for i in range(257))),
        "17 lengths": binding_add("tap0", MAC, *(
            prefix("32.0.0.0", length) for length in range(8, 25))),
    }
    for what, request in cases.items():
        try:
            client.call(*request)
        except genl.Refused as no:
            if not no.sentence:
                raise Failure(what + ": no sentence") from no
        else:
            raise Failure(what + ": accepted")
        same(what + ": configuration", old, PLACE.show())


def refusals_point_at_the_attribute():
    client, _ = start()
    name = genl.text(N["A_PORT_NAME"], "tap0")
    role = genl.u32(N["A_PORT_ROLE"], 0)
    head = 16 + 4
    no = refused("role", errno.ERANGE, client.call, N["CMD_PORT_SET"], name,
                 genl.u32(N["A_PORT_ROLE"], 77))
    same("role: offset", head + len(name), no.offset)
    no = refused("EtherType", errno.EINVAL, client.call, N["CMD_PORT_SET"], name,
                 role, genl.u16(N["A_PORT_ETHERTYPE"], 0x88cc),
                 genl.u16(N["A_PORT_ETHERTYPE"], 0x0800))
    same("EtherType: offset", head + len(name) + 2 * len(role), no.offset)
    no = refused("role", errno.EINVAL, client.call, N["CMD_PORT_SET"], name)
    same("role: missing", N["A_PORT_ROLE"], no.missing)
    no = refused("name", errno.EINVAL, client.call, N["CMD_PORT_SET"], role)
    same("name: missing", N["A_PORT_NAME"], no.missing)
    client.call(*port_set("tap0"))
    no = refused("MAC", errno.EINVAL, client.call, N["CMD_BINDING_ADD"],
                 genl.text(N["A_BINDING_PORT"], "tap0"))
    same("MAC: missing", N["A_BINDING_MAC"], no.missing)


def packed():
    """The same as one by one."""
    client, _ = start()
    shown = []
    for pack in False, True:
        client.call(BEGIN)
        client.call(*port_set("tap0"))
        if pack:
            client.call(*records_add(
                "tap0", record(ip4=("192.0.2.1", 32), ip6=("2001:db8::1", 128)),
                record(mac_of(7), 9, ip4=("198.51.100.0", 24),
                       flags=N["RECORD_SHARED"]),
                record(mac_of(8)), record(ip4=("192.0.2.2", 32))))
        else:
            client.call(*binding_add("tap0", MAC, prefix("192.0.2.1"),
                                     prefix("2001:db8::1")))
            client.call(*binding_add(
                "tap0", mac_of(7), prefix("198.51.100.0", 24),
                genl.u16(N["A_BINDING_VLAN"], 9),
                genl.attr(N["A_BINDING_SHARED"], b"")))
            client.call(*binding_add("tap0", mac_of(8)))
            client.call(*binding_add("tap0", MAC, prefix("192.0.2.2")))
        client.call(COMMIT, requests(2 if pack else 5))
        shown.append(PLACE.show())
    same("packed", *shown)
    same("bindings", 3, shown[1].count("binding add"))


def packed_many():
    """In an order of their own, so that runs of an index split."""
    client, _ = start()
    client.call(BEGIN)
    client.call(*port_set("tap0"))
    numbers = [i * 7919 % 20000 for i in range(20000)]
    step = N["RECORDS_MAX"]
    for i in range(0, len(numbers), step):
        client.call(*records_add("tap0", *(
            record(mac_of(n), ip4=("10.%d.%d.%d" % (n >> 16, n >> 8 & 255,
                                                    n & 255), 32))
            for n in numbers[i:i + step])))
    client.call(COMMIT)
    lines = [line.split() for line in PLACE.show().splitlines()
             if line.startswith("binding")]
    same("MACs", [mac_of(n).hex(":") for n in range(20000)],
         [line[5] for line in lines])
    same("addresses", ["10.%d.%d.%d" % (n >> 16, n >> 8 & 255, n & 255)
                       for n in range(20000)], [line[7] for line in lines])


def packed_refusals():
    """Each names the field of the record, and spoils the transaction."""
    client, _ = start()
    client.call(*port_set("tap0"))
    client.call(*port_set("tap1"))
    client.call(*binding_add("tap1", mac_of(1), prefix("192.0.2.0", 24)))
    old = PLACE.show()
    good = record(mac_of(5), ip4=("198.51.100.1", 32))
    cases = {
        "MAC 0": (errno.EINVAL, 0, record(bytes(6))),
        "group": (errno.EINVAL, 0, record(b"\1" + MAC[1:])),
        "VLAN": (errno.EINVAL, 6, record(vlan=4095)),
        "flag": (errno.EINVAL, 8, record(flags=8)),
        "reserved": (errno.EINVAL, 11, record(reserved=1)),
        "length 33": (errno.EINVAL, 9, record(ip4=("198.51.100.1", 33))),
        "bits": (errno.EINVAL, 12, record(ip4=("198.51.100.1", 24))),
        "martian": (errno.EINVAL, 12, record(ip4=("127.0.0.1", 32))),
        "length 129": (errno.EINVAL, 10, record(ip6=("2001:db8::1", 129))),
        "mapped": (errno.EINVAL, 16, record(ip6=("::ffff:192.0.2.1", 128))),
        "no flag": (errno.EINVAL, 12, record()[:12] + b"\1" + bytes(19)),
        "twice": (errno.EEXIST, 0, good),
    }
    for what, (error, field, bad) in cases.items():
        client.call(BEGIN)
        client.call(*port_set("tap0"))
        no = refused(what, error, client.call,
                     *records_add("tap0", good, bad, good))
        same(what + ": offset", 16 + 4 + 12 + 4 + 32 + field, no.offset)
        if not no.sentence:
            raise Failure(what + ": no sentence")
        refused(what + ": commit", errno.ECANCELED, client.call, COMMIT)
        same(what + ": configuration", old, PLACE.show())


def packed_conflict():
    client, _ = start()
    client.call(BEGIN)
    client.call(*port_set("tap0"))
    client.call(*port_set("tap1"))
    client.call(*records_add("tap1", record(ip4=("192.0.2.0", 24))))
    no = refused("IP", errno.EEXIST, client.call, *records_add(
        "tap0", record(mac_of(9), ip4=("192.0.2.7", 32))))
    same("offset", 16 + 4 + 12 + 4 + 12, no.offset)
    client.call(ABORT)


def packed_wrong():
    """Outside of a transaction, of another size, none, not alone."""
    client, old = start()
    client.call(*port_set("tap0"))
    old = PLACE.show()
    refused("outside", errno.EINVAL, client.call, *records_add("tap0", record()))
    same("after it", old, PLACE.show())
    mac = genl.attr(N["A_BINDING_MAC"], MAC)
    for what, request in {
            "size": records_add("tap0", record() + b"\0"),
            "none": records_add("tap0"),
            "MAC": records_add("tap0", record()) + (mac,),
            "port": records_add("tap7", record())}.items():
        client.call(BEGIN)
        client.call(*port_set("tap0"))
        try:
            client.call(*request)
        except genl.Refused:
            pass
        else:
            raise Failure(what + ": accepted")
        client.call(ABORT)
    same("after all", old, PLACE.show())


def too_many_bridges():
    client, old = start()
    client.call(BEGIN)
    for number in range(N["BRIDGES_MAX"]):
        client.post(*bridge_set("br%d" % number), flags=0)
    refused("one more", errno.ENOSPC, client.call, *bridge_set("last"))
    client.call(ABORT)
    same("after it", old, PLACE.show())


def main():
    global PLACE
    tap.need_brguard()
    with Place() as PLACE:
        return tap.run([
            committed, nothing_before_the_commit, half_sent_and_closed, aborted,
            only_checked, refused_request, refused_by_the_parser,
            number_of_requests, malformed_commit, bare_requests,
            two_at_once,
            too_many, counters_go_on, dump_in_a_transaction,
            ports_leave_while_dumped, strict_parsing,
            strict_bindings, refusals_point_at_the_attribute,
            packed, packed_many, packed_refusals, packed_conflict, packed_wrong,
            too_many_bridges])


if __name__ == "__main__":
    sys.exit(main())
