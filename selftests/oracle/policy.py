# SPDX-License-Identifier: GPL-2.0
"""Ports and bindings, as "brguardctl -j show" prints them.

  policy.py CONFIG CONFIG       status 1 if they do not say the same

Addresses are numbers, whatever their size: that makes a prefix a shift.
"""
import ipaddress
import json
import sys

LINK_LOCAL = 0xfe80 << 112
LINK_LOCAL_BITS = 10


def mac_number(text):
    return int(text.replace(":", ""), 16)


def eui64(mac):
    """The link-local address of a MAC address: RFC 4291, appendix A."""
    high, low = mac >> 24, mac & 0xffffff
    return LINK_LOCAL | (high ^ 0x020000) << 40 | 0xfffe << 24 | low


def is_link_local(address):
    return address >> (128 - LINK_LOCAL_BITS) == 0xfe80 >> 6


def is_host4(address):
    """May a host have it? Not 0/8, 127/8, 224/4, 255.255.255.255."""
    first = address >> 24
    return (first not in (0, 127) and not 224 <= first < 240 and
            address != 0xffffffff)


def is_host6(address):
    """May a host have it? Not ::, ::1, ff00::/8, ::ffff:0:0/96."""
    return address > 1 and address >> 120 != 0xff and address >> 32 != 0xffff


class Binding:
    """A MAC address on a VLAN (0: without a tag), and prefixes."""

    def __init__(self, words):
        self.mac = mac_number(words["mac"])
        self.vlan = words.get("vlan", 0)
        self.shared = words.get("shared", False)
        self.prefixes = {4: [], 6: []}
        self.add(words)

    def add(self, words):
        for text in words.get("ip", []):
            net = ipaddress.ip_network(text)
            rest = net.max_prefixlen - net.prefixlen
            first = int(net.network_address) >> rest
            self.prefixes[net.version].append((first, rest))

    def lists(self, address, family):
        return any(address >> rest == first
                   for first, rest in self.prefixes[family])


class Port:
    def __init__(self, words):
        self.name = words["name"]
        self.role = words["role"]
        self.link_local = words.get("link-local", "eui64")
        self.dhcp_server = words.get("dhcp-server", False)
        self.router = words.get("router", False)
        self.ethertypes = {int(text, 16) for text in words.get("ethertype", [])}
        self.bindings = {}
        self.vlans = set()

    def bind(self, binding):
        self.bindings[binding.mac, binding.vlan] = binding
        self.vlans.add(binding.vlan)

    def owns4(self, mac, vlan, address):
        binding = self.bindings.get((mac, vlan))
        return bool(binding and is_host4(address) and binding.lists(address, 4))

    def receives4(self, mac, vlan, address):
        binding = self.bindings.get((mac, vlan))
        return bool(binding and binding.lists(address, 4))

    def receives6(self, mac, vlan, address):
        binding = self.bindings.get((mac, vlan))
        return self.owns6(mac, vlan, address) or bool(
            binding and binding.lists(address, 6))

    def owns6(self, mac, vlan, address):
        binding = self.bindings.get((mac, vlan))
        if not binding or not is_host6(address):
            return False
        if is_link_local(address):
            if self.link_local == "any":
                return True
            if self.link_local == "eui64" and address == eui64(mac):
                return True
        return binding.lists(address, 6)


def load(text):
    """Ports by name, from a configuration in JSON or in commands."""
    state = json.loads(text) if text.startswith("{") else read_commands(text)
    ports = {words["name"]: Port(words) for words in state.get("ports", [])}
    for words in state.get("bindings", []):
        key = mac_number(words["mac"]), words.get("vlan", 0)
        binding = ports[words["port"]].bindings.get(key)
        if binding:
            binding.add(words)
        else:
            ports[words["port"]].bind(Binding(words))
    return ports


def read_commands(text):
    """The same as JSON would say it. Lines with nothing but plain words."""
    state = {"ports": [], "bindings": []}
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words[:2] == ["port", "set"]:
            state["ports"].append(read_words(["name"] + words[2:]))
        elif words[:2] == ["binding", "add"]:
            state["bindings"].append(read_words(words[2:]))
    return state


def read_words(words):
    found, words = {}, iter(words)
    for key in words:
        if key == "shared":
            found[key] = True
        elif key in ("ip", "ethertype"):
            found.setdefault(key, []).append(next(words))
        elif key == "vlan":
            found[key] = int(next(words))
        else:
            value = next(words)
            found[key] = {"on": True, "off": False}.get(value, value)
    return found


def facts(port):
    """All that is known of a port, to be compared."""
    bindings = [(key, bound.shared, sorted(bound.prefixes[4]),
                 sorted(bound.prefixes[6]))
                for key, bound in sorted(port.bindings.items())]
    return (port.role, port.link_local, port.dhcp_server, port.router,
            port.ethertypes, bindings)


def main():
    known = []
    for path in sys.argv[1:]:
        with open(path) as file:
            ports = load(file.read())
        known.append({name: facts(port) for name, port in ports.items()})
    return 0 if known and all(one == known[0] for one in known) else 1


if __name__ == "__main__":
    sys.exit(main())
