#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Who may not: an ordinary user, root of a user namespace, and whoever uses a
socket that somebody else opened. Each request and each group is tried."""
import errno
import os
import subprocess
import sys
import time

import genl
import tap
from brguard import N, Place, binding_add, bridge_set, port_set, refused
from tap import Failure, same

NOBODY = 65534
PLACE = None

REQUESTS = {
    "bridge get": (N["CMD_BRIDGE_GET"], genl.text(N["A_BRIDGE_NAME"], "br0")),
    "bridge set": bridge_set("br0", genl.u32(N["A_BRIDGE_NEW_PORT"], 1)),
    "bridge del": (N["CMD_BRIDGE_DEL"], genl.text(N["A_BRIDGE_NAME"], "br0")),
    "port get": (N["CMD_PORT_GET"], genl.text(N["A_PORT_NAME"], "tap0")),
    "port set": port_set("tap0", N["ROLE_TRUSTED"]),
    "new port": port_set("tap1"),
    "port del": (N["CMD_PORT_DEL"], genl.text(N["A_PORT_NAME"], "tap0")),
    "binding get": (N["CMD_BINDING_GET"], *binding_add("tap0")[1:]),
    "binding add": binding_add("tap0"),
    "binding del": (N["CMD_BINDING_DEL"], *binding_add("tap0")[1:]),
    "stats get": (N["CMD_STATS_GET"], genl.text(N["A_STATS_PORT"], "tap0")),
    "stats reset": (N["CMD_STATS_RESET"],),
    "begin": (N["CMD_CONFIG_BEGIN"],),
    "commit": (N["CMD_CONFIG_COMMIT"],),
    "abort": (N["CMD_CONFIG_ABORT"],),
    "explain": (N["CMD_EXPLAIN"], genl.text(N["A_EXPLAIN_PORT"], "tap0"),
                genl.u32(N["A_EXPLAIN_DIRECTION"], 0),
                genl.nest(N["A_EXPLAIN_FRAME"],
                          genl.attr(N["A_FRAME_DATA"], bytes(60)))),
}
DUMPS = ["CMD_BRIDGE_GET", "CMD_PORT_GET", "CMD_BINDING_GET", "CMD_STATS_GET",
         "CMD_SUGGEST"]
COMMANDS = [
    "show", "bridge show", "port show", "binding show", "stats", "stats reset",
    "suggest", "suggest port tap0",
    "bridge set br1", "bridge del br0", "port set tap0 role trusted",
    "port del tap0", "binding add port tap0 mac 02:00:00:00:00:09",
    "apply /dev/null", "apply -c /dev/null", "monitor",
    "explain in tap0 " + "00" * 60,
]


def every_command_is_here():
    tried = {command for command, *_ in REQUESTS.values()} | {N[name] for name in DUMPS}
    same("commands", sorted(tried), sorted(
        N[key] for key in N if key.startswith("CMD_") and not key.endswith("_NTF")))


def start():
    PLACE.clear()
    client = PLACE.genl()
    client.call(*bridge_set("br0"))
    client.call(*port_set("tap0"))
    client.call(*binding_add("tap0"))
    return PLACE.show()


def all_refused(client):
    for what, request in REQUESTS.items():
        refused(what, errno.EPERM, client.call, *request)
    for name in DUMPS:
        refused(name, errno.EPERM, client.dump, N[name])


def no_group(client):
    for group in client.groups:
        refused("group " + group, errno.EPERM, client.join, group)


def in_child(work, *args):
    """Fails here if it fails there."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        status = 0
        try:
            work(*args)
        except Exception as error:      # told below
            print("#   %s: %s" % (type(error).__name__, error), flush=True)
            status = 1
        os._exit(status)
    if os.waitpid(pid, 0)[1]:
        raise Failure("see above")


def become_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def root_may():
    old = start()
    client = PLACE.genl()
    for group in sorted(client.groups):
        client.join(group)
    same("groups", ["config", "violation", "watch"], sorted(client.groups))
    for name in DUMPS:
        client.dump(N[name])
    for what in ("bridge get", "port get", "binding get", "stats get"):
        same(what + ": answers", 1, len(client.call(*REQUESTS[what])))
    same("configuration", old, PLACE.show())


def ordinary_user():
    def work():
        with PLACE.enter():
            become_nobody()
            client = genl.Genl()
            all_refused(client)
            no_group(client)
            os._exit(0)

    old = start()
    in_child(work)
    same("configuration", old, PLACE.show())


def tool_of_an_ordinary_user():
    def work():
        PLACE.enter().__enter__()
        become_nobody()
        for words in COMMANDS:
            found = subprocess.run(["brguardctl"] + words.split(), text=True,
                                   capture_output=True, timeout=20)
            same(words + ": status", 1, found.returncode)
            same(words + ": says so", True, "permitted" in found.stderr)

    old = start()
    in_child(work)
    same("configuration", old, PLACE.show())


def unshare(netns, code):
    """Run CODE as root of a new user namespace."""
    here = os.path.dirname(os.path.abspath(__file__))
    command = ["unshare", "-U", "-r"] + (["-n"] if netns == "own" else [])
    command += [sys.executable, "-c",
                "import sys; sys.path.insert(0, %r)\n" % here + code]
    found = subprocess.run(command, text=True, capture_output=True, timeout=60)
    if found.returncode:
        raise Failure(found.stdout + found.stderr)


CODE = """
import perm, genl
client = genl.Genl()
perm.all_refused(client)
perm.no_group(client)
"""


def root_of_a_user_namespace():
    def work():
        PLACE.enter().__enter__()
        become_nobody()
        unshare("same", CODE)

    old = start()
    in_child(work)
    same("configuration", old, PLACE.show())


def root_of_a_user_namespace_in_its_own_netns():
    """The requests are refused; a group cannot be had, or stays silent."""
    def work():
        become_nobody()
        unshare("own", "import perm, genl\nperm.all_refused(genl.Genl())\n")

    old = start()
    in_child(work)
    same("configuration", old, PLACE.show())


def has_own_netns(pid):
    return os.readlink("/proc/%d/ns/net" % pid) != os.readlink("/proc/self/ns/net")


def told(place):
    """Root of the host changes the configuration: the events that come of it."""
    listener, client = place.genl(), place.genl()
    listener.join("config")
    client.call(*bridge_set("br7"))
    event = listener.event(0.2)         # it was sent before the answer
    same("configuration", "bridge set br7 new-port trusted\n", place.show())
    client.call(N["CMD_BRIDGE_DEL"], genl.text(N["A_BRIDGE_NAME"], "br7"))
    return event


def netns_of_a_user_namespace():
    """Root of the host may configure it, and nobody is told there."""
    PLACE.clear()
    same("event", N["CMD_BRIDGE_NTF"], told(PLACE)[0])
    other = Place("other")
    with subprocess.Popen(["unshare", "-U", "-r", "-n", "sleep", "100"]) as sleeper:
        try:
            while not has_own_netns(sleeper.pid):
                time.sleep(0.01)
            subprocess.check_call(["ip", "netns", "attach", other.name,
                                   str(sleeper.pid)])
            same("event in another user namespace", None, told(other))
            subprocess.check_call(["ip", "netns", "del", other.name])
        finally:
            sleeper.kill()


def socket_opened_by_root():
    """Passed on to somebody without the right: the caller counts, too."""
    def work(client):
        become_nobody()
        all_refused(client)

    old = start()
    client = PLACE.genl()
    in_child(work, client)
    same("configuration", old, PLACE.show())


def socket_opened_by_an_ordinary_user():
    """And used by root, who was made to: the opener counts, too."""
    def work():
        with PLACE.enter():
            os.seteuid(NOBODY)
            client = genl.Genl()
            os.seteuid(0)
        all_refused(client)

    old = start()
    in_child(work)
    same("configuration", old, PLACE.show())


def transaction_of_root():
    """Begun by root, gone on with by somebody else: nothing comes of it."""
    def work(client):
        become_nobody()
        refused("port", errno.EPERM, client.call, *port_set("tap5"))
        refused("commit", errno.EPERM, client.call, N["CMD_CONFIG_COMMIT"])

    old = start()
    client = PLACE.genl()
    client.call(N["CMD_CONFIG_BEGIN"])
    in_child(work, client)
    client.call(N["CMD_CONFIG_ABORT"])
    same("configuration", old, PLACE.show())


def main():
    global PLACE
    tap.need_brguard()
    with Place() as PLACE:
        return tap.run([
            root_may, ordinary_user, tool_of_an_ordinary_user,
            root_of_a_user_namespace, root_of_a_user_namespace_in_its_own_netns,
            netns_of_a_user_namespace,
            socket_opened_by_root, socket_opened_by_an_ordinary_user,
            transaction_of_root, every_command_is_here])


if __name__ == "__main__":
    sys.exit(main())
