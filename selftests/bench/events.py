# SPDX-License-Identifier: GPL-2.0
"""What a dropped frame costs, silent and with a listener."""
import json
import subprocess
import time

import bridge
import host
import path
from generator import Injector, cost
from policy import Policy

BURST = 10              # events a second and port that are told one by one
ROUNDS = 50


def sustained(injector):
    value, _ = cost(injector, "p1", 0)
    return value


def single(injector):
    """Of one event, within what the rate limit tells at once: the least, as
    wakeups of others vary."""
    few, many = [], []
    for _ in range(ROUNDS):
        time.sleep(2.5)         # idle time costs nothing here
        injector.send(2)
        time.sleep(2.5)
        few.append(injector.send(2))
        time.sleep(2.5)
        many.append(injector.send(BURST))
    return (min(many) - min(few)) / (BURST - 2)


def accounts():
    """Do the counters hold every frame once?"""
    stats = json.loads(host.run("brguardctl", "-j", "stats", "port", "p0"))
    stats = stats["stats"][0]
    drops = sum(r["dropped"] for r in stats["reasons"].values())
    return drops, stats.get("events", 0) + stats.get("suppressed", 0)


def listen():
    child = subprocess.Popen(["brguardctl", "-j", "monitor", "violation"],
                             stdout=subprocess.DEVNULL)
    time.sleep(2)
    return child


def measure(records):
    policy = Policy(2)
    with bridge.Bridge(2, ()) as br:
        br.learn((b.mac, b.port) for b in policy.bindings())
        policy.save(path.POLICY)
        script = host.HERE + "/peers/brguard.sh"
        host.run(script, "up", path.POLICY)
        try:
            drops(records, policy)
        finally:
            host.run(script, "down")


def drops(records, policy):
    frame = path.forged4(policy.at(0), policy.at(1))
    injector = Injector("p0", [frame])

    def add(figure, value, unit="instructions"):
        records.add("brguard", "event", figure, value, unit, stage="event")

    add("silent", sustained(injector))
    add("single-unheard", single(injector))
    monitor = listen()
    try:
        add("flood-heard", sustained(injector))
        add("single-heard", single(injector))
    finally:
        monitor.terminate()
        monitor.wait()
    time.sleep(2)
    dropped, told = accounts()
    add("dropped", dropped, "frames")
    add("told", told, "frames")
