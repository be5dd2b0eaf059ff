# SPDX-License-Identifier: GPL-2.0
"""The bridge: ports p0, p1, ... for guests and x0, x1 for nobody.

They are dummies: what is sent out of one is counted and gone. Addresses stand
in the forwarding database, so that every configuration does the same there."""
import host

BRIDGE = "br0"
OTHERS = ("x0", "x1")


def ports(count):
    return ["p%d" % i for i in range(count)]


def settings():
    """No frame but those of the bench."""
    for path in ("all", "default"):
        host.write("/proc/sys/net/ipv6/conf/%s/disable_ipv6" % path, "1")


def batch(tool, lines):
    host.run(tool, "-batch", "-", text="\n".join(lines) + "\n")


class Bridge:
    """With so many guest ports, until close()."""

    def __init__(self, count, others=OTHERS):
        self.count = count
        self.devices = ports(count) + list(others)
        lines = ["link add %s address 02:ff:00:00:00:01 type bridge "
                 "mcast_snooping 0 forward_delay 0 ageing_time 3000000"
                 % BRIDGE, "link set %s up" % BRIDGE]
        for device in self.devices:
            lines.append("link add %s type dummy" % device)
            lines.append("link set %s master %s up" % (device, BRIDGE))
        batch("ip", lines)

    def learn(self, guests):
        """Static entries, (MAC, port) each."""
        batch("bridge", ["fdb replace %s dev %s master static" % guest
                         for guest in guests])

    def rehash(self):
        """The forwarding database grows, shrinks, and has another seed."""
        entries = ["02:50:00:00:%02x:%02x dev %s master static" % (
            number >> 8, number & 0xff, self.devices[0])
                   for number in range(4 * len(self.devices) + 64)]
        for verb in "add", "del":
            batch("bridge", ["fdb %s %s" % (verb, entry) for entry in entries])

    def close(self):
        lines = ["link del %s" % device for device in self.devices]
        batch("ip", lines + ["link del %s" % BRIDGE])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
