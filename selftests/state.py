# SPDX-License-Identifier: GPL-2.0
"""What the kernel says of a bridge: counters, database, explanations."""
import errno
import os
import socket
import struct
from collections import Counter

import genl
from netns import NetnsOf

RTM_NEWLINK = 16
RTM_GETLINK = 18
RTM_GETNEIGH = 30
IFLA_IFNAME = 3
IFLA_LINKINFO = 18
IFLA_INFO_KIND = 1
IFLA_INFO_DATA = 2
IFLA_BR_VLAN_FILTERING = 7
IFLA_BR_FDB_FLUSH = 21
NDA_LLADDR = 2
NDA_VLAN = 5
NDA_MASTER = 9
NUD_PERMANENT = 0x80
FENCE_MAC = b"\x02\xfe\0\0\0\xfe"


class State:
    """Counters of brguard, its explanations, and what a bridge has learned."""

    def __init__(self, netns, bridge):
        self.route = genl.Netlink(genl.NETLINK_ROUTE, netns)
        self.netns = netns
        with NetnsOf(netns):
            self.index = socket.if_nametoindex(bridge)
        self.names = genl.read_header()
        self.reasons = {number: name[7:].lower().replace("_", "-")
                        for name, number in self.names.items()
                        if name.startswith("REASON_")}
        self.brguard = None
        self.guarded = set()

    def fdb(self):
        """Entries that are not permanent: MAC, port's index, VLAN."""
        request = struct.pack("BBHiHBB", socket.AF_BRIDGE, 0, 0, 0, 0, 0, 0)
        request += genl.u32(NDA_MASTER, self.index)
        found = set()
        for data in self.route.ask(RTM_GETNEIGH, genl.F_DUMP, request):
            _, _, _, index, state, _, _ = struct.unpack("BBHiHBB", data[:12])
            if state & NUD_PERMANENT:
                continue
            parts = dict(genl.attrs(data[12:]))
            if parts.get(NDA_LLADDR, FENCE_MAC) == FENCE_MAC:
                continue
            vlan = struct.unpack("H", parts.get(NDA_VLAN, b"\0\0"))[0]
            found.add("%s>%d@%d" % (parts[NDA_LLADDR].hex(":"), index, vlan))
        return found

    def filters_vlans(self):
        """Then the bridge may push and pop tags."""
        request = struct.pack("BBHiII", 0, 0, 0, self.index, 0, 0)
        data = self.route.ask(RTM_GETLINK, genl.F_ACK, request)[0][16:]
        for kind in (IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_BR_VLAN_FILTERING):
            data = dict(genl.attrs(data))[kind]
        return data != b"\0"

    def has_device(self, name):
        """A port whose device has another name is explained as configured."""
        request = struct.pack("BBHiII", 0, 0, 0, 0, 0, 0)
        try:
            self.route.ask(RTM_GETLINK, genl.F_ACK,
                           request + genl.text(IFLA_IFNAME, name))
        except genl.Refused as no:
            if no.errno != errno.ENODEV:
                raise
            return False
        return True

    def flush(self):
        """Have the bridge forget what it has learned."""
        request = struct.pack("BBHiII", 0, 0, 0, self.index, 0, 0)
        request += genl.nest(IFLA_LINKINFO, genl.text(IFLA_INFO_KIND, "bridge"),
                             genl.nest(IFLA_INFO_DATA,
                                       genl.attr(IFLA_BR_FDB_FLUSH, b"")))
        self.route.ask(RTM_NEWLINK, genl.F_ACK, request)

    def dump_stats(self):
        """A module that was loaded again has another family."""
        try:
            self.brguard = self.brguard or genl.Genl(netns=self.netns)
            return self.brguard.dump(self.names["CMD_STATS_GET"])
        except genl.Refused:
            self.brguard = genl.Genl(netns=self.netns)
            return self.brguard.dump(self.names["CMD_STATS_GET"])

    def counts(self):
        """Numbers by port and what was counted: REASON, REASON:audited,
        pruned."""
        found = Counter()
        self.guarded = set()
        if not os.path.exists("/sys/module/brguard"):
            return found
        n = self.names
        for _, stats in self.dump_stats():
            parts = dict(stats)
            port = parts[n["A_STATS_PORT"]].rstrip(b"\0").decode()
            self.guarded.add(port)
            pruned = parts.get(n["A_STATS_PRUNED"], b"\0" * 8)
            found[port, "pruned"] = struct.unpack("Q", pruned)[0]
            for kind, data in stats:
                if kind == n["A_STATS_COUNT"]:
                    self.read_count(port, dict(genl.attrs(data)), found)
        return found

    def read_count(self, port, count, found):
        n = self.names
        reason = self.reasons[struct.unpack("I", count[n["A_COUNT_REASON"]])[0]]
        found[port, reason] = struct.unpack("Q", count[n["A_COUNT_DROPPED"]])[0]
        found[port, reason + ":audited"] = struct.unpack(
            "Q", count[n["A_COUNT_AUDITED"]])[0]

    def read(self):
        return self.fdb(), self.counts()

    def changes(self, before):
        """What the database has gained or lost, and what was counted."""
        fdb, counts = self.read()
        learned = ["+" + entry for entry in fdb - before[0]]
        learned += ["-" + entry for entry in before[0] - fdb]
        counts.subtract(before[1])
        return sorted(learned), +counts

    def may_guard(self, port, ports):
        """Whether brguard may know the port, by this name or another."""
        return port in self.guarded or bool(self.guarded - ports)

    def explain(self, port, direction, frame):
        """The port's name and what is said, both as they are counted; "pass"
        where nothing is; None: no such port."""
        n = self.names
        parts = [genl.attr(n["A_FRAME_DATA"], frame[:n["FRAME_DATA_MAX"]])]
        if len(frame) > n["FRAME_DATA_MAX"]:
            parts.append(genl.u32(n["A_FRAME_LENGTH"], len(frame)))
        try:
            answer = self.brguard.call(
                n["CMD_EXPLAIN"], genl.text(n["A_EXPLAIN_PORT"], port),
                genl.u32(n["A_EXPLAIN_DIRECTION"], n["DIRECTION_" + direction]),
                genl.nest(n["A_EXPLAIN_FRAME"], *parts))
        except genl.Refused as no:
            if no.errno != errno.ENOENT:
                raise
            return None, None
        said = dict(answer[0][1])
        name = said[n["A_EXPLAIN_PORT"]].rstrip(b"\0").decode()
        return name, self.read_verdict(dict(genl.attrs(
            said[n["A_EXPLAIN_VERDICT"]])))

    def read_verdict(self, verdict):
        n = self.names
        if n["A_VERDICT_PRUNED"] in verdict:
            return "pruned"
        reason = self.reasons[struct.unpack(
            "I", verdict[n["A_VERDICT_REASON"]])[0]]
        return reason + ":audited" * (n["A_VERDICT_AUDITED"] in verdict)
