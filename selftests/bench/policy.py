# SPDX-License-Identifier: GPL-2.0
"""Who owns what: the same for every configuration.

A policy file has a line for each binding, "PORT MAC IP4 IP6 LINK-LOCAL VLAN
NUMBER NUMBER", and peers/ make of it what they have in place of a policy. IP4 and
IP6 may be prefixes; the numbers are IP6 and LINK-LOCAL in hexadecimal."""
import collections
import socket
import struct
import sys

PORTS = 100             # of the large policies
SHARE = 100             # prefixes of a MAC

Binding = collections.namedtuple("Binding", "port mac ip4 ip6 local vlan")


def mac_of(number):
    return "02:10:%02x:%02x:%02x:%02x" % tuple(struct.pack("!I", number))


def local_of(mac):
    """The link-local address made from a MAC, RFC 4291 appendix A."""
    byte = bytes.fromhex(mac.replace(":", ""))
    host = bytes([byte[0] ^ 2]) + byte[1:3] + b"\xff\xfe" + byte[3:]
    return socket.inet_ntop(socket.AF_INET6, b"\xfe\x80" + b"\0" * 6 + host)


def number_of(address):
    base = address.partition("/")[0]
    return "0x" + socket.inet_pton(socket.AF_INET6, base).hex()


def binding(port, number, vlan=0):
    mac = mac_of(number)
    ip4 = socket.inet_ntoa(struct.pack("!I", 0x0a100000 + number))
    ip6 = "fd00::%x:%x" % (number >> 16, number & 0xffff)
    return Binding(port, mac, ip4, ip6, local_of(mac), vlan)


class Policy:
    """Bindings dealt out to guest ports: port by port, each its own block."""

    def __init__(self, ports, each=1):
        self.ports = ports
        self.each = each

    def at(self, port, index=0):
        return binding("p%d" % port, port * self.each + index)

    def bindings(self):
        for port in range(self.ports):
            for index in range(self.each):
                yield self.at(port, index)

    def save(self, path):
        with open(path, "w") as file:
            for entry in self.bindings():
                file.write("%s %s %s\n" % (" ".join(map(str, entry)),
                                           number_of(entry.ip6),
                                           number_of(entry.local)))


class Other(Policy):
    """Other addresses on the same ports."""

    def at(self, port, index=0):
        return binding("p%d" % port, (1 << 22) + port * self.each + index)


class Tagged(Policy):
    """The same addresses once more with VLAN 10."""

    def bindings(self):
        for entry in super().bindings():
            yield entry
            yield entry._replace(vlan=10)


class Prefixes(Policy):
    """In the way of routed networks, each binding is a prefix, and many of
    them share a MAC."""

    def at(self, port, index=0):
        number = port * self.each + index
        base = socket.inet_ntoa(struct.pack("!I", 0x0a100000 + number * 16))
        ip6 = "fd00:0:%x:%x::" % (number >> 16, number & 0xffff)
        mac = mac_of((port << 16) + index // SHARE)
        return Binding("p%d" % port, mac, base + "/28", ip6 + "/64",
                       local_of(mac), 0)


def write_config(policy, path, families=46):
    """The same for brguardctl apply."""
    with open(path, "w") as file:
        file.write("bridge set br0 new-port trusted mode enforce\n")
        for port in range(policy.ports):
            file.write("port set p%d role guest\n" % port)
        for entry in policy.bindings():
            words = "binding add port %s mac %s ip %s" % entry[:3]
            if families == 46:
                words += " ip " + entry.ip6
            file.write(words + "\n")


def write_files(folder, counts):
    """Large ones, made outside of the VM. Number N is a policy of N bindings
    on PORTS ports, and N-other gives the same ports other addresses."""
    for count in counts:
        path = "%s/%d" % (folder, count)
        first = Policy(PORTS, count // PORTS)
        first.save(path)
        write_config(first, path + ".conf")
        write_config(first, path + "-ip4.conf", 4)
        write_config(Other(PORTS, count // PORTS), path + "-other.conf")


if __name__ == "__main__":
    write_files(sys.argv[1], map(int, sys.argv[2:]))
