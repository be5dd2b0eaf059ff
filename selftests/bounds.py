#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""What the policies let pass: each attribute of each request, and each that a request
does not have. What is just inside of its bounds passes the core's parser, what is just
outside is refused with errno, sentence and attribute."""
import errno
import struct
import sys

import genl
import tap
from brguard import N, MAC, Place, bridge_set
from tap import Failure, same

HEAD = 16 + 4               # nlmsghdr, genlmsghdr
NETWORK_ORDER = 0x4000      # NLA_F_NET_BYTEORDER
PLACE = None

# What the core of netlink says.
POLICY = "Attribute failed policy validation"
RANGE = "integer out of range"
SIZE = "binary attribute size out of range"
LENGTH = "invalid attribute length"
UNKNOWN = "Unknown attribute type"
UNSUPPORTED = "Unsupported attribute"
NEST = "NLA_F_NESTED is missing"
NO_NEST = "NLA_F_NESTED not expected"
REST = "bytes leftover after parsing attributes"
CORE = {POLICY, RANGE, SIZE, LENGTH, UNKNOWN, UNSUPPORTED, NEST, NO_NEST, REST}


class Number:
    """Of so many bytes, from LOW to HIGH."""

    def __init__(self, size, high, low=0):
        self.form = {1: "=B", 2: "=H", 4: "=I"}[size]
        self.size, self.low, self.high = size, low, high

    def good(self):
        return [struct.pack(self.form, value) for value in (self.low, self.high)]

    def bad(self):
        most = (1 << 8 * self.size) - 1
        for value in {self.low - 1, self.high + 1, most}:
            if 0 <= value <= most and not self.low <= value <= self.high:
                yield errno.ERANGE, RANGE, struct.pack(self.form, value)
        for size in 0, self.size - 1, self.size + 1, 8:
            if size != self.size:
                yield errno.EINVAL, LENGTH, bytes(size)


class Text:
    """Up to so many bytes, and a zero."""

    def __init__(self, most):
        self.most = most

    def good(self):
        return [b"x" * self.most + b"\0", b"\0"]

    def bad(self):
        yield errno.EINVAL, POLICY, b"x" * (self.most + 1) + b"\0"
        yield errno.EINVAL, POLICY, b"x"
        yield errno.EINVAL, POLICY, b""


class Bytes:
    """So many: from LOW to HIGH, with a sentence of the core's."""

    def __init__(self, high, low=0, sentence=SIZE):
        self.low, self.high, self.sentence = low, high, sentence

    def good(self):
        return [bytes(self.low), bytes(self.high)]

    def bad(self):
        for size in self.low - 1, self.high + 1:
            if size >= 0:
                yield errno.ERANGE, self.sentence, bytes(size)


class Flag:
    def good(self):
        return [b""]

    def bad(self):
        yield errno.ERANGE, POLICY, b"\1"


class Nest:
    """Attributes inside of one."""

    def __init__(self, inside):
        self.inside = inside

    def good(self):
        for kind, form in self.inside.items():
            for value in form.good():
                yield genl.attr(kind, value)

    def bad(self):
        """Nothing that is not about the nest itself; see wrong_inside()."""
        return ()


def to_last(name):
    """A word: all of the enumeration NAME."""
    return Number(4, max(value for key, value in N.items()
                         if key.startswith(name + "_") and key.isupper() and
                         not key.endswith("_MAX")))


def attrs(prefix, **forms):
    return {N["A_%s_%s" % (prefix, name)]: form for name, form in forms.items()}


PORT_NAME, BRIDGE_NAME = Text(N["PORT_NAME_MAX"]), Text(N["BRIDGE_NAME_MAX"])
MAC_BYTES, VLAN = Bytes(6, 6), Number(2, N["VLAN_MAX"])
PREFIX = Nest(attrs("PREFIX", ADDRESS=Bytes(16, 4), LENGTH=Number(1, 128)))
FRAME = Nest(attrs("FRAME", DATA=Bytes(N["FRAME_DATA_MAX"], 0, POLICY),
                   LENGTH=Number(4, N["FRAME_MAX"])))
A_BRIDGE, A_PORT = attrs("BRIDGE", NAME=BRIDGE_NAME), attrs("PORT", NAME=PORT_NAME)
A_STATS = attrs("STATS", PORT=PORT_NAME)
A_BINDING = attrs("BINDING", PORT=PORT_NAME, MAC=MAC_BYTES, VLAN=VLAN)

REQUESTS = {
    "BRIDGE_GET": A_BRIDGE,
    "BRIDGE_SET": attrs(
        "BRIDGE", NAME=BRIDGE_NAME, NEW_PORT=to_last("ROLE"),
        MODE=Number(4, N["MODE_AUDIT"], N["MODE_ENFORCE"]),
        ARP_SCOPE=to_last("ARP_SCOPE"), HOLD=Number(4, N["WATCH_NEIGH_SUPPRESS"]),
        AGEING_FLOOR=Number(4, 1000000), CLAIMS=to_last("CLAIMS"),
        ANSWERS=Number(4, N["ANSWERS_DROP"]), ANSWERS_MAX=Number(4, N["ANSWERS_MAX"]),
        ANSWERS_TIME=Number(4, N["ANSWERS_TIME_MAX"], 1), ANSWERS_OWN=to_last("CLAIMS"),
        LOCAL_PORT=to_last("LOCAL_PORT"), GUEST_FLOOD=to_last("GUEST_FLOOD"),
        GUEST_LEARNING=to_last("GUEST_LEARNING")),
    "BRIDGE_DEL": A_BRIDGE,
    "PORT_GET": A_PORT,
    "PORT_SET": attrs(
        "PORT", NAME=PORT_NAME, BRIDGE=BRIDGE_NAME, ROLE=to_last("ROLE"),
        MODE=to_last("MODE"), LINK_LOCAL=to_last("LINK_LOCAL"),
        DHCP_SERVER=Number(1, 1), ROUTER=Number(1, 1), ETHERTYPE=Number(2, 0xffff),
        UPLINK_MACS=to_last("UPLINK_MACS")),
    "PORT_DEL": A_PORT,
    "BINDING_GET": A_BINDING,
    "BINDING_ADD": {**A_BINDING, **attrs("BINDING", SHARED=Flag(), PREFIX=PREFIX,
                                         RECORDS=Bytes(N["RECORDS_MAX"] * 32, 0, POLICY))},
    "BINDING_DEL": {**A_BINDING, **attrs("BINDING", PREFIX=PREFIX)},
    "STATS_GET": A_STATS,
    "STATS_RESET": A_STATS,
    "CONFIG_BEGIN": {},
    "CONFIG_COMMIT": attrs("CONFIG", CHECK=Flag(), REQUESTS=Number(4, 0xffffffff)),
    "CONFIG_ABORT": {},
    "EXPLAIN": attrs("EXPLAIN", PORT=PORT_NAME, DIRECTION=to_last("DIRECTION"),
                     FRAME=FRAME),
}
DUMPS = {
    "BRIDGE_GET": A_BRIDGE,
    "PORT_GET": A_PORT,
    "BINDING_GET": A_BINDING,
    "STATS_GET": A_STATS,
    "SUGGEST": attrs("SUGGEST", PORT=PORT_NAME),
}


def ask(client, dump, name, data):
    """The refusal, or None."""
    try:
        (client.dump if dump else client.call)(N["CMD_" + name], data)
    except genl.Refused as no:
        return no
    return None


def refused(client, dump, name, what, error, sentence, data, at=HEAD):
    """DATA is refused at the offset AT."""
    no = ask(client, dump, name, data)
    what = "%s %s, %d bytes" % (name, what, len(data))
    if not no:
        raise Failure(what + ": accepted")
    same(what, (errno.errorcode[error], sentence),
         (errno.errorcode[no.errno], no.sentence))
    if not dump or sentence in CORE or genl.DUMPS_POINT:
        same(what + ": offset", at, no.offset)


def passes(client, dump, name, what, data):
    """The parser has nothing against DATA."""
    no = ask(client, dump, name, data)
    if no and no.sentence in CORE:
        raise Failure("%s %s, %d bytes: %s" % (name, what, len(data), no))
    if not no and name == "BRIDGE_SET":     # a name is all that it needs
        client.call(N["CMD_BRIDGE_DEL"], data)


def flag_of(form):
    return genl.NLA_F_NESTED if isinstance(form, Nest) else 0


def try_bounds(client, dump, name, forms):
    for kind, form in forms.items():
        for value in form.good():
            passes(client, dump, name, kind, genl.attr(kind | flag_of(form), value))
        for error, sentence, value in form.bad():
            refused(client, dump, name, kind, error, sentence,
                    genl.attr(kind | flag_of(form), value))


def try_nests(client, dump, name, forms):
    """The flag of a nest where none is, and the other way round."""
    for kind, form in forms.items():
        value = list(form.good())[0]
        turned = genl.attr(kind | (flag_of(form) ^ genl.NLA_F_NESTED), value)
        refused(client, dump, name, kind, errno.EINVAL,
                NEST if flag_of(form) else NO_NEST, turned)


def wrong_inside(client, dump, name, forms):
    for kind, nest in forms.items():
        if not isinstance(nest, Nest):
            continue
        for inner, form in nest.inside.items():
            for error, sentence, value in form.bad():
                refused(client, dump, name, kind, error, sentence,
                        genl.nest(kind, genl.attr(inner, value)), HEAD + 4)
            wrong_twice(client, dump, name, kind, genl.attr(inner, form.good()[0]))
        refused(client, dump, name, kind, errno.EINVAL, UNKNOWN,
                genl.nest(kind, genl.attr(max(nest.inside) + 1, b"")), HEAD + 4)


def wrong_twice(client, dump, name, kind, inner):
    """Brguard's own bounds, inside of a nest."""
    if name not in WITH_PORT:
        return
    port = WITH_PORT[name]
    refused(client, dump, name, kind, errno.EINVAL, "given twice",
            port + genl.nest(kind, inner, inner), HEAD + len(port) + 4 + len(inner))
    length, inner_kind = struct.unpack("HH", inner[:4])
    turned = struct.pack("HH", length, inner_kind | NETWORK_ORDER) + inner[4:]
    refused(client, dump, name, kind, errno.EINVAL, "numbers are in host byte order",
            port + genl.nest(kind, turned), HEAD + len(port) + 4)


WITH_PORT = {
    "BINDING_ADD": genl.text(N["A_BINDING_PORT"], "tap0") +
                   genl.attr(N["A_BINDING_MAC"], MAC),
    "EXPLAIN": genl.text(N["A_EXPLAIN_PORT"], "tap0") +
               genl.u32(N["A_EXPLAIN_DIRECTION"], 0),
}
WITH_PORT["BINDING_DEL"] = WITH_PORT["BINDING_ADD"]


def try_others(client, dump, name, forms):
    """What this request does not have."""
    last = max(forms)
    for kind in range(last + 2):
        if kind not in forms:
            refused(client, dump, name, kind, errno.EINVAL,
                    UNKNOWN if kind in (0, last + 1) else UNSUPPORTED,
                    genl.attr(kind, b""))
    refused(client, dump, name, "far away", errno.EINVAL, UNKNOWN, genl.attr(99, b""))


def try_shape(client, dump, name, forms):
    """Bytes that belong to nothing, and numbers in network byte order."""
    for kind, form in forms.items():
        good = genl.attr(kind | flag_of(form), list(form.good())[0])
        refused(client, dump, name, kind, errno.EINVAL, REST, good + b"\1\2\3", 0)
        refused(client, dump, name, kind, errno.EINVAL, REST,
                good + struct.pack("HH", 2, 1), 0)
        if not flag_of(form):
            refused(client, dump, name, kind, errno.EINVAL,
                    "numbers are in host byte order",
                    genl.attr(kind | NETWORK_ORDER, list(form.good())[0]) +
                    needed(name, kind))


def needed(name, kind):
    """What this request has to have before it is looked at, beside KIND."""
    if name != "EXPLAIN" or kind == N["A_EXPLAIN_FRAME"]:
        return b""
    return genl.nest(N["A_EXPLAIN_FRAME"], genl.attr(N["A_FRAME_DATA"], bytes(60)))


def try_twice(client, dump, name, forms):
    for kind, form in forms.items():
        good = genl.attr(kind | flag_of(form), list(form.good())[0])
        if (name, kind) in MANY:
            passes(client, dump, name, kind, good + good)
        else:
            refused(client, dump, name, kind, errno.EINVAL, "given twice",
                    good + good + needed(name, kind), HEAD + len(good))


MANY = {("BRIDGE_SET", N["A_BRIDGE_HOLD"]), ("PORT_SET", N["A_PORT_ETHERTYPE"]),
        ("BINDING_ADD", N["A_BINDING_PREFIX"]), ("BINDING_DEL", N["A_BINDING_PREFIX"]),
        ("EXPLAIN", N["A_EXPLAIN_FRAME"])}


def each(work):
    """Of each request and dump that has attributes; nothing has changed after."""
    client = PLACE.genl()
    old = PLACE.show()
    for dump, requests in (False, REQUESTS), (True, DUMPS):
        for name, forms in requests.items():
            if forms:
                work(client, dump, name, forms)
                same(name + ": configuration", old, PLACE.show())
    client.close()


def numbers_and_lengths():
    each(try_bounds)


def nests():
    each(try_nests)


def inside_of_nests():
    each(wrong_inside)


def attributes_of_others():
    each(try_others)


def bytes_that_belong_to_nothing():
    each(try_shape)


def attributes_twice():
    each(try_twice)


def requests_without_attributes():
    client = PLACE.genl()
    for name in (name for name, forms in REQUESTS.items() if not forms):
        for kind in 1, 2, 99:
            no = ask(client, False, name, genl.attr(kind, b""))
            if not no:
                raise Failure(name + ": accepted")
            same(name, ("EINVAL", HEAD), (errno.errorcode[no.errno], no.offset))
            if not no.sentence:
                raise Failure(name + ": no sentence")
    client.close()


def every_command_is_here():
    known = {"CMD_" + name for name in (*REQUESTS, *DUMPS)}
    same("commands", sorted(key for key in N if key.startswith("CMD_") and
                            not key.endswith("_NTF")), sorted(known))


def main():
    global PLACE
    tap.need_brguard()
    with Place() as PLACE:
        PLACE.genl().call(*bridge_set("br0"))
        PLACE.genl().call(N["CMD_PORT_SET"], genl.text(N["A_PORT_NAME"], "tap0"),
                          genl.u32(N["A_PORT_ROLE"], N["ROLE_GUEST"]))
        return tap.run([
            numbers_and_lengths, nests, inside_of_nests, attributes_of_others,
            bytes_that_belong_to_nothing, attributes_twice,
            requests_without_attributes, every_command_is_here])


if __name__ == "__main__":
    sys.exit(main())
