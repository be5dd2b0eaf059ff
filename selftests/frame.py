#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Make, send and receive Ethernet frames, without scapy: it starts at once.

  frame.py hex FRAME...                          print the frame
  frame.py send [-N NETNS] [-n COUNT] [-t SECONDS] [-i INTERVAL] DEV FRAME...
  frame.py recv [-N NETNS] [-n COUNT] [-t SECONDS] DEV FRAME...
                        wait for COUNT such frames, print how many came;
                        status 1 if they were fewer

send with COUNT 0 goes on for SECONDS or until it is ended. FRAME is a list of
layers with "/" between them, each a name and KEY=VALUE words, such as

  eth src=02:00:00:00:00:01 dst=bc / arp op=1 sha=... spa=192.0.2.1 tpa=...
  eth ... / vlan id=10 / ip src=... dst=... / udp sport=68 dport=67 / raw 0011
  eth ... / ip6 src=fe80::1 dst=ff02::1 / hop / na target=... opt=2:MAC

Types, lengths and checksums are filled in unless given. "bc" is the broadcast
address. cut=N in eth ends the frame after N bytes, pad=N fills it up to N.
"""
import argparse
import select
import signal
import socket
import struct
import sys
import time

from ends import Packet

TPIDS = (0x8100, 0x88a8, 0x9100)
UNKNOWN = 0x88b5        # IEEE: for local experiments

PROTO4 = {"icmp": 1, "igmp": 2, "ip": 4, "tcp": 6, "udp": 17, "ip6": 41}
PROTO6 = {"hop": 0, "ip": 4, "tcp": 6, "udp": 17, "ip6": 41, "rt": 43,
          "frag": 44, "ah": 51, "dstopt": 60}
ICMP6 = {"icmp6": 128, "rs": 133, "ra": 134, "ns": 135, "na": 136,
         "redirect": 137, "mld1": 131, "mld2": 143}
PROTO6.update({name: 58 for name in ICMP6})
TYPES = {"ip": 0x0800, "arp": 0x0806, "rarp": 0x8035, "ip6": 0x86dd}


def mac(text):
    if text == "bc":
        return b"\xff" * 6
    raw = bytes.fromhex(text.replace(":", ""))
    if len(raw) != 6:
        raise ValueError("not a MAC address: " + text)
    return raw


def ip4(text):
    return socket.inet_aton(text)


def ip6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def complete(layer, pseudo, data):
    """The checksum over both, csum=N, or with csum=partial what a sender
    leaves for its device to complete."""
    if layer.text("csum") == "partial":
        return ~checksum(pseudo) & 0xffff
    return layer.num("csum", checksum(pseudo + data))


class Layer:
    def __init__(self, words):
        self.name = words[0]
        self.values = {}
        self.bare = []
        for word in words[1:]:
            key, equals, value = word.partition("=")
            if equals:
                self.values.setdefault(key, []).append(value)
            else:
                self.bare.append(word)

    def text(self, key, default=None):
        return self.values[key][-1] if key in self.values else default

    def all(self, key):
        return self.values.get(key, [])

    def num(self, key, default=0):
        return int(self.text(key, str(default)), 0)


def split(words):
    layers, part = [], []
    for word in words + ["/"]:
        if word != "/":
            part.append(word)
        elif part:
            layers.append(Layer(part))
            part = []
    return layers


def link_type(layers, i, payload):
    """What the type field in front of layer i says."""
    if i >= len(layers):
        return UNKNOWN
    layer = layers[i]
    if layer.name == "vlan":
        return layer.num("tpid", 0x8100)
    if layer.name == "llc":
        return len(payload)
    return TYPES.get(layer.name, UNKNOWN)


def next_proto(layers, i, table, default):
    return table.get(layers[i].name, default) if i < len(layers) else default


def build(layers, i, ctx):
    if i >= len(layers):
        return b""
    make = BUILDERS.get(layers[i].name)
    if not make:
        raise ValueError("unknown layer: " + layers[i].name)
    return make(layers, i, ctx)


def build_eth(layers, i, ctx):
    eth = layers[i]
    src = mac(eth.text("src"))
    payload = build(layers, i + 1, dict(ctx, smac=src))
    proto = eth.num("type", link_type(layers, i + 1, payload))
    frame = mac(eth.text("dst", "bc")) + src + struct.pack("!H", proto)
    frame += payload
    frame += b"\0" * (eth.num("pad") - len(frame))
    return frame[:eth.num("cut", len(frame))]


def build_vlan(layers, i, ctx):
    vlan = layers[i]
    payload = build(layers, i + 1, ctx)
    proto = vlan.num("type", link_type(layers, i + 1, payload))
    tci = vlan.num("pri") << 13 | vlan.num("id")
    return struct.pack("!HH", tci, proto) + payload


def build_llc(layers, i, ctx):
    llc = layers[i]
    head = bytes([llc.num("dsap", 0xaa), llc.num("ssap", 0xaa),
                  llc.num("ctl", 3)])
    return head + build(layers, i + 1, ctx)


def build_snap(layers, i, ctx):
    payload = build(layers, i + 1, ctx)
    oui = bytes.fromhex(layers[i].text("oui", "000000"))
    proto = layers[i].num("type", link_type(layers, i + 1, payload))
    return oui + struct.pack("!H", proto) + payload


def build_arp(layers, i, ctx):
    arp = layers[i]
    body = struct.pack("!HHBBH", arp.num("hw", 1), arp.num("pro", 0x800),
                       arp.num("hlen", 6), arp.num("plen", 4),
                       arp.num("op", 3 if arp.name == "rarp" else 1))
    sha = mac(arp.text("sha")) if arp.text("sha") else ctx["smac"]
    return (body + sha + ip4(arp.text("spa", "0.0.0.0")) +
            mac(arp.text("tha", "00:00:00:00:00:00")) +
            ip4(arp.text("tpa", "0.0.0.0")) + build(layers, i + 1, ctx))


def build_ip(layers, i, ctx):
    ip = layers[i]
    src, dst = ip4(ip.text("src")), ip4(ip.text("dst", "255.255.255.255"))
    proto = ip.num("proto", next_proto(layers, i + 1, PROTO4, 253))
    inner = dict(ctx, pseudo=lambda n: src + dst + struct.pack("!HH", proto, n))
    payload = build(layers, i + 1, inner)
    options = bytes.fromhex(ip.text("opt", ""))
    ihl = ip.num("ihl", 5 + len(options) // 4)
    length = ip.num("len", 20 + len(options) + len(payload))
    frag = ip.num("mf") << 13 | ip.num("df") << 14 | ip.num("off") // 8
    head = struct.pack("!BBHHHBBH", ip.num("ver", 4) << 4 | ihl, 0, length,
                       ip.num("id", 1), frag, ip.num("ttl", 64), proto, 0)
    head += src + dst + options
    csum = ip.num("csum", checksum(head))
    return head[:10] + struct.pack("!H", csum) + head[12:] + payload


def build_ip6(layers, i, ctx):
    ip = layers[i]
    src, dst = ip6(ip.text("src")), ip6(ip.text("dst", "ff02::1"))
    first = ip.num("next", next_proto(layers, i + 1, PROTO6, 59))

    def pseudo(proto):
        return lambda n: src + dst + struct.pack("!II", n, proto)

    inner = dict(ctx, pseudo6=pseudo, pseudo=pseudo(17))
    payload = build(layers, i + 1, inner)
    nd = any(layer.name in ICMP6 for layer in layers[i + 1:])
    hops = ip.num("hlim", 255 if nd else 64)
    head = struct.pack("!IHBB", ip.num("ver", 6) << 28,
                       ip.num("len", len(payload)), first, hops)
    return head + src + dst + payload


def build_ext(layers, i, ctx):
    """hop, dstopt, rt: 8 bytes unless n (further units of 8) is given."""
    ext = layers[i]
    payload = build(layers, i + 1, ctx)
    following = ext.num("next", next_proto(layers, i + 1, PROTO6, 59))
    more = ext.num("n")
    if ext.name == "rt":
        body = bytes([ext.num("type"), ext.num("left")])
        body += b"\0" * (4 + 8 * more)
    else:
        fill = 4 + 8 * more     # one PadN option
        body = bytes([1, fill]) + b"\0" * fill
    return bytes([following, ext.num("len", more)]) + body + payload


def build_ah(layers, i, ctx):
    payload = build(layers, i + 1, ctx)
    following = layers[i].num("next", next_proto(layers, i + 1, PROTO6, 59))
    return bytes([following, 4]) + b"\0" * 22 + payload


def build_frag(layers, i, ctx):
    frag = layers[i]
    payload = build(layers, i + 1, ctx)
    following = frag.num("next", next_proto(layers, i + 1, PROTO6, 59))
    field = frag.num("off") & ~7 | frag.num("m")
    return struct.pack("!BBHI", following, 0, field, frag.num("id", 1)) + payload


def build_udp(layers, i, ctx):
    udp = layers[i]
    payload = build(layers, i + 1, ctx)
    length = udp.num("len", 8 + len(payload))
    head = struct.pack("!HHH", udp.num("sport", 1024), udp.num("dport", 9),
                       length)
    data = head + b"\0\0" + payload
    csum = complete(udp, ctx["pseudo"](len(data)), data) or 0xffff
    return head + struct.pack("!H", csum) + payload


def build_tcp(layers, i, ctx):
    tcp = layers[i]
    payload = build(layers, i + 1, ctx)
    head = struct.pack("!HHIIBBH", tcp.num("sport", 1024), tcp.num("dport", 80),
                       tcp.num("seq", 1), tcp.num("ack"), 5 << 4,
                       tcp.num("flags", 2), 1024)
    data = head + b"\0\0\0\0" + payload
    pseudo = ctx["pseudo6"](6) if "pseudo6" in ctx else ctx["pseudo"]
    csum = complete(tcp, pseudo(len(data)), data)
    return head + struct.pack("!HH", csum, 0) + payload


def build_icmp(layers, i, ctx):
    icmp = layers[i]
    payload = build(layers, i + 1, ctx)
    data = struct.pack("!BBHI", icmp.num("type", 8), icmp.num("code"), 0, 1)
    data += payload
    return data[:2] + struct.pack("!H", complete(icmp, b"", data)) + data[4:]


def build_igmp(layers, i, ctx):
    igmp = layers[i]
    kind = igmp.num("type", 0x16)
    data = struct.pack("!BBH", kind, 0, 0) + ip4(igmp.text("group", "239.1.1.1"))
    if kind == 0x22:
        data = struct.pack("!BBHHH", kind, 0, 0, 0, 1)
        data += struct.pack("!BBH", 4, 0, 0) + ip4(igmp.text("group", "239.1.1.1"))
    return data[:2] + struct.pack("!H", checksum(data)) + data[4:]


def nd_option(text):
    """TYPE:MAC, TYPE:LEN:HEX or :HEX as it stands."""
    kind, _, rest = text.partition(":")
    if not kind:
        return bytes.fromhex(rest)
    if rest.count(":") == 5:
        return bytes([int(kind), 1]) + mac(rest)
    units, _, body = rest.partition(":")
    data = bytes([int(kind), int(units)]) + bytes.fromhex(body)
    return data + b"\0" * (-len(data) % 8)


def icmp6_fixed(msg):
    """What stands behind type, code and checksum, ahead of options."""
    target = ip6(msg.text("target", "::"))
    if msg.name == "na":
        return struct.pack("!I", msg.num("flags", 0x20000000)) + target
    if msg.name == "ns":
        return struct.pack("!I", 0) + target
    if msg.name == "ra":
        return struct.pack("!BBHII", 64, 0, 1800, 0, 0)
    if msg.name == "redirect":
        return struct.pack("!I", 0) + target + ip6(msg.text("dest", "::"))
    if msg.name == "mld1":
        return struct.pack("!I", 0) + target
    if msg.name == "mld2":
        return struct.pack("!HHBBH", 0, 1, 4, 0, 0) + target
    return struct.pack("!I", msg.num("word", 0))


def build_icmp6(layers, i, ctx):
    msg = layers[i]
    body = icmp6_fixed(msg)
    for option in msg.all("opt"):
        body += nd_option(option)
    body += build(layers, i + 1, ctx)
    head = bytes([msg.num("type", ICMP6[msg.name]), msg.num("code")])
    data = head + b"\0\0" + body
    csum = complete(msg, ctx["pseudo6"](58)(len(data)), data)
    return (head + struct.pack("!H", csum) + body)[:msg.num("cut", 1 << 16)]


def build_dhcp(layers, i, ctx):
    """BOOTP: op=1 is a client's discover, op=2 a server's offer."""
    dhcp = layers[i]
    op = dhcp.num("op", 1)
    chaddr = mac(dhcp.text("chaddr")) if dhcp.text("chaddr") else ctx["smac"]
    head = struct.pack("!BBBBIHH", op, dhcp.num("htype", 1), dhcp.num("hlen", 6),
                       0, 0x1234, 0, 0x8000)
    addresses = ip4(dhcp.text("ciaddr", "0.0.0.0")) + b"\0" * 8
    addresses += ip4(dhcp.text("giaddr", "0.0.0.0"))
    options = bytes([0x63, 0x82, 0x53, 0x63, 53, 1, dhcp.num("type", op), 255])
    return head + addresses + chaddr + b"\0" * 10 + b"\0" * 192 + options


def build_raw(layers, i, ctx):
    """HEX bytes, or n=N bytes of 0."""
    data = bytes.fromhex("".join(layers[i].bare)) + b"\0" * layers[i].num("n")
    return data + build(layers, i + 1, ctx)


BUILDERS = {
    "eth": build_eth, "vlan": build_vlan, "llc": build_llc, "snap": build_snap,
    "arp": build_arp, "rarp": build_arp, "ip": build_ip, "ip6": build_ip6,
    "hop": build_ext, "dstopt": build_ext, "rt": build_ext, "ah": build_ah,
    "frag": build_frag, "udp": build_udp, "tcp": build_tcp,
    "icmp": build_icmp, "igmp": build_igmp, "dhcp": build_dhcp,
    "raw": build_raw,
}
BUILDERS.update({name: build_icmp6 for name in ICMP6})


def make_frame(words):
    if len(words) == 1 and "=" not in words[0]:
        return bytes.fromhex(words[0])
    return build(split(words), 0, {})


def bare(frame):
    """The frame without its tags."""
    rest = frame[12:]
    while len(rest) >= 4 and struct.unpack("!H", rest[:2])[0] in TPIDS:
        rest = rest[4:]
    return frame[:12] + rest


class Stop(Exception):
    """SIGTERM: the count is still wanted."""


def stop(*_):
    raise Stop


def send(args):
    end = Packet(args.netns, args.device, hears=False)
    frame = make_frame(args.frame)
    deadline = time.monotonic() + args.time if args.time else None
    sent = 0
    try:
        while not args.count or sent < args.count:
            if deadline and time.monotonic() > deadline:
                break
            try:
                end.send(frame)
                sent += 1
            except OSError:         # the device is down or busy
                if args.count and not deadline:
                    raise
                time.sleep(0.001)
            if args.interval:
                time.sleep(args.interval)
    except Stop:
        pass
    print(sent)
    return 0


def recv(args):
    end = Packet(args.netns, args.device)
    frame = bare(make_frame(args.frame))
    deadline = time.monotonic() + (args.time or 10)
    want = args.count or 1
    print("ready", file=sys.stderr, flush=True)
    came = 0
    try:
        while came < want and time.monotonic() < deadline:
            select.select([end], [], [], max(0, deadline - time.monotonic()))
            got = end.recv()
            if got is not None and bare(got) == frame:
                came += 1
    except Stop:
        pass
    print(came)
    return 0 if came >= want else 1


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("send", "recv"):
        sub = commands.add_parser(name)
        sub.add_argument("-N", dest="netns", default="")
        sub.add_argument("-n", dest="count", type=int, default=1)
        sub.add_argument("-t", dest="time", type=float, default=0)
        sub.add_argument("-i", dest="interval", type=float, default=0)
        sub.add_argument("device")
        sub.add_argument("frame", nargs="+")
    commands.add_parser("hex").add_argument("frame", nargs="+")
    args = parser.parse_args()
    if args.command == "hex":
        print(make_frame(args.frame).hex())
        return 0
    signal.signal(signal.SIGTERM, stop)
    return send(args) if args.command == "send" else recv(args)


if __name__ == "__main__":
    sys.exit(main())
