#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The spec: against uapi/linux/brguard.h, against what the kernel reports by
CTRL_CMD_GETPOLICY, and in the hands of the kernel's own YNL client, whose
folder is $YNL_DIR (tools/net/ynl of a kernel source, 6.12 or later)."""
import contextlib
import functools
import io
import json
import os
import struct
import subprocess
import sys

import genl
import tap
from brguard import N, Place
from tap import Failure, Skip, same

HERE = os.path.dirname(os.path.abspath(__file__))
YNL = os.environ.get("YNL_DIR") or HERE + "/../../../net/ynl"
SCHEMA = YNL + "/../../../Documentation/netlink/genetlink-legacy.yaml"
MAX = {"u8": 0xff, "u16": 0xffff, "u32": 0xffffffff, "u64": (1 << 64) - 1}
KERNEL_TYPE = {"flag": 1, "u8": 2, "u16": 3, "u32": 4, "u64": 5, "binary": 10,
               "string": 12, "nest": 13}
SPEC = None
PATH = None


def find_spec():
    for path in (HERE + "/../Documentation/netlink/specs/brguard.yaml",
                 HERE + "/../../../../../Documentation/netlink/specs/brguard.yaml",
                 "/usr/share/brguard/specs/brguard.yaml"):
        if os.path.exists(path):
            return path
    return None


def c_name(text):
    return text.replace("-", "_").upper()


def numbered(entries, start=0):
    """(entry, number): as YNL counts, from "value" on."""
    number = start
    for entry in entries:
        number = entry.get("value", number)
        yield entry, number
        number += 1


def attributes(name):
    """Of a set: name -> (number, attribute)."""
    for attribute_set in SPEC["attribute-sets"]:
        if attribute_set["name"] == name:
            return {a["name"]: (n, a)
                    for a, n in numbered(attribute_set["attributes"], 1)}
    raise KeyError(name)


def definitions(kind):
    return [d for d in SPEC["definitions"] if d["type"] == kind]


def operations():
    return list(numbered(SPEC["operations"]["list"], 1))


def header():
    """Every name of the spec is in the header with that number, and back."""
    found = {}
    for const in definitions("const"):
        found[c_name(const["name"])] = const["value"]
    for enum in definitions("enum"):
        for number, entry in enumerate(enum["entries"]):
            name = entry if isinstance(entry, str) else entry["name"]
            found[c_name(enum["name"] + "-" + name)] = number
    for attribute_set in SPEC["attribute-sets"]:
        for name, (number, _) in attributes(attribute_set["name"]).items():
            found[c_name("a-%s-%s" % (attribute_set["name"], name))] = number
    for operation, number in operations():
        found["CMD_" + c_name(operation["name"])] = number
    found["FAMILY_VERSION"] = SPEC.get("version", 1)
    for name in sorted(set(found) | set(N)):
        same(name, found.get(name), N.get(name))


def family():
    """Commands, their rights and the groups, as the kernel lists them."""
    with PLACE.enter():
        client = genl.Genl()
    data = client.ask(genl.GENL_ID_CTRL, genl.F_ACK,
                      struct.pack("BBH", genl.CTRL_CMD_GETFAMILY, 1, 0) +
                      genl.text(genl.CTRL_ATTR_FAMILY_NAME, "brguard"))[0]
    parts = dict(genl.attrs(data[4:]))
    found = {}
    for _, operation in genl.attrs(parts[genl.CTRL_ATTR_OPS]):
        op = dict(genl.attrs(operation))
        found[struct.unpack("I", op[1])[0]] = struct.unpack("I", op[2])[0]
    wanted = {}
    for operation, number in operations():
        if "do" in operation or "dump" in operation:
            # GENL_CMD_CAP_DO, _DUMP; admin-perm is GENL_ADMIN_PERM
            wanted[number] = (2 * ("do" in operation) + 4 * ("dump" in operation) +
                              ("admin-perm" in operation["flags"]))
    same("commands", sorted(wanted), sorted(found))
    for number, flags in wanted.items():
        same("flags of %d" % number, flags, found[number] & 7)
    same("groups", sorted(g["name"] for g in SPEC["mcast-groups"]["list"]),
         sorted(client.groups))


def read_policies():
    """((command, DO or DUMP) -> index, index -> attribute -> description)."""
    client = genl.Genl()
    request = struct.pack("BBH", genl.CTRL_CMD_GETPOLICY, 1, 0)
    request += genl.u16(genl.CTRL_ATTR_FAMILY_ID, client.family)
    of_command, policies = {}, {}
    for data in client.ask(genl.GENL_ID_CTRL, genl.F_DUMP, request):
        for kind, payload in genl.attrs(data[4:]):
            if kind == 9:           # CTRL_ATTR_OP_POLICY
                for command, modes in genl.attrs(payload):
                    for mode, index in genl.attrs(modes):
                        of_command[command, mode] = struct.unpack("I", index)[0]
            elif kind == 8:         # CTRL_ATTR_POLICY
                for index, entries in genl.attrs(payload):
                    for number, entry in genl.attrs(entries):
                        policies.setdefault(index, {})[number] = dict(
                            genl.attrs(entry))
    return of_command, policies


def number_of(entry, kind):
    data = entry.get(kind)
    if data is None:
        return None
    return int.from_bytes(data, sys.byteorder)


def limits(attribute):
    """(lowest, highest) value of a number."""
    checks = attribute.get("checks", {})
    highest = MAX[attribute["type"]]
    for enum in definitions("enum"):
        if enum["name"] == attribute.get("enum"):
            highest = len(enum["entries"]) - 1
    return checks.get("min", 0), checks.get("max", highest)


def compare_attribute(what, attribute, entry, policies):
    kind = attribute["type"]
    same(what + ": type", KERNEL_TYPE[kind], number_of(entry, 1))
    checks = attribute.get("checks", {})
    if kind in MAX:
        same(what + ": range", limits(attribute),
             (number_of(entry, 4), number_of(entry, 5)))
    elif kind in ("binary", "string"):
        exact = checks.get("exact-len")
        same(what + ": length", (exact or checks.get("min-len"),
                                 exact or checks.get("max-len")),
             (number_of(entry, 6), number_of(entry, 7)))
    elif kind == "nest":
        nested = attribute["nested-attributes"]
        compare_policy(what, nested, list(attributes(nested)),
                       policies[number_of(entry, 8)], policies)


def compare_policy(what, set_name, names, policy, policies):
    known = attributes(set_name)
    wanted = {known[name][0]: name for name in names
              if known[name][1]["type"] != "pad"}
    same(what + ": attributes", sorted(wanted), sorted(policy))
    for number, name in wanted.items():
        compare_attribute(what + " " + name, known[name][1], policy[number],
                          policies)


def policy():
    """What each request takes, as CTRL_CMD_GETPOLICY tells it."""
    with PLACE.enter():
        of_command, policies = read_policies()
    for operation, number in operations():
        for mode, name in ((1, "do"), (2, "dump")):
            if name not in operation:
                continue
            # struct genl_ops has one policy for both; what only a "do" takes,
            # the handler of the dump refuses.
            request = operation.get("do", operation[name]).get("request", {})
            names = request.get("attributes", [])
            what = operation["name"] + " " + name
            index = of_command.get((number, mode))
            if index is None:
                if names:
                    raise Failure(what + ": the kernel has no policy")
                continue
            compare_policy(what, operation["attribute-set"], names,
                           policies.get(index, {}), policies)


def need_ynl():
    if not os.path.exists(YNL + "/cli.py"):
        raise Skip("no YNL client ($YNL_DIR)")


def client():
    """The kernel's cli.py with its client, in this process: to read specification
    and schema takes seconds, so they are read once."""
    need_ynl()
    if YNL not in sys.path:
        sys.path.append(YNL)
        import cli              # pylint: disable=import-error
        with PLACE.enter():
            family = cli.YnlFamily(PATH, SCHEMA)
        cli.YnlFamily = lambda *_, **__: family
    return sys.modules["cli"]


def call(*words):
    """The status that cli.py ends with, and what it prints."""
    cli, out = client(), io.StringIO()
    sys.argv = [YNL + "/cli.py", "--spec", PATH, "--schema", SCHEMA,
                "--output-json"] + list(words)
    with contextlib.redirect_stdout(out):
        try:
            cli.main()
        except SystemExit as end:
            return end.code, out.getvalue()
    return 0, out.getvalue()


def ynl(*words):
    status, printed = call(*words)
    if status:
        raise Failure(" ".join(words) + ": " + printed)
    return json.loads(printed)


def client_sets_and_dumps():
    ynl("--multi", "bridge-set", '{"name": "br0", "new-port": "guest"}',
        "--multi", "port-set",
        '{"name": "tap0", "role": "guest", "ethertype": [35020, 34915]}',
        "--multi", "binding-add", json.dumps({
            "port": "tap0", "mac": "020000000001", "vlan": 10,
            "prefix": [{"address": "c0000201"},
                       {"address": "20010db8" + "0" * 24, "length": 64}]}))
    bridges = ynl("--dump", "bridge-get")
    same("bridges", [("br0", "guest", "enforce")],
         [(b["name"], b["new-port"], b["mode"]) for b in bridges])
    ports = ynl("--dump", "port-get")
    same("ports", [("tap0", "guest", [0x88cc, 0x8863])],
         [(p["name"], p["role"], p["ethertype"]) for p in ports])
    bindings = ynl("--dump", "binding-get")
    same("bindings", 1, len(bindings))
    same("MAC", "02:00:00:00:00:01", bindings[0]["mac"])
    same("VLAN", 10, bindings[0]["vlan"])
    same("prefixes", [("c0000201", 32), ("20010db8" + "0" * 24, 64)],
         [(p["address"], p["length"]) for p in bindings[0]["prefix"]])
    same("the tool agrees", True, "binding add port tap0 mac 02:00:00:00:00:01 "
         "vlan 10 ip 192.0.2.1 ip 2001:db8::/64" in PLACE.show())


def client_gets_one():
    PLACE.clear()
    ynl("--do", "port-set", "--json", '{"name": "tap1", "role": "trusted"}')
    port = ynl("--do", "port-get", "--json", '{"name": "tap1"}')
    same("role", "trusted", port["role"])
    stats = ynl("--dump", "stats-get")
    same("statistics", ["tap1"], [s["port"] for s in stats])


def client_is_refused():
    status, printed = call("--do", "port-get", "--json", '{"name": "nobody"}')
    same("status", 1, status)
    same("sentence", True, "no such port" in printed)


def client_hears_events():
    client()
    from lib import YnlFamily   # pylint: disable=import-error

    PLACE.clear()
    with PLACE.enter():         # a socket that was used cannot subscribe
        family = YnlFamily(PATH, "")
    family.ntf_subscribe("config")
    subprocess.check_call(["brguardctl", "-n", PLACE.name, "port", "set", "tap3",
                           "role", "guest"])
    subprocess.check_call(["brguardctl", "-n", PLACE.name, "port", "del", "tap3"])
    family.check_ntf()
    queue = family.async_msg_queue
    found = []
    while queue:
        item = queue.get_nowait() if hasattr(queue, "get_nowait") else queue.pop(0)
        found.append((item["name"], item["msg"]["name"]))
        if hasattr(queue, "empty") and queue.empty():
            break
    same("events", [("port-ntf", "tap3"), ("port-del-ntf", "tap3")], found)


def main():
    global PLACE, SPEC, PATH
    tap.need_brguard()
    PATH = find_spec()
    if not PATH:
        tap.skip_all("no specs/brguard.yaml")
    try:
        import yaml
    except ImportError:
        tap.skip_all("no python3-yaml")
    # By libyaml, the client too: ten times as fast.
    yaml.safe_load = functools.partial(
        yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    with open(PATH, encoding="utf-8") as file:
        SPEC = yaml.safe_load(file)
    with Place() as PLACE:
        return tap.run([header, family, policy, client_sets_and_dumps,
                        client_gets_one, client_is_refused, client_hears_events])


if __name__ == "__main__":
    sys.exit(main())
