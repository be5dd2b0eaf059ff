// SPDX-License-Identifier: GPL-2.0-only
/// A pointer into a packet is used after something that may have moved the
/// packet's bytes. brguard does not pull at all; whoever starts to, is told.
virtual report

@points@
expression skb;
identifier p;
type T;
@@
(
p = <+... \(ip_hdr\|ipv6_hdr\|eth_hdr\|arp_hdr\|udp_hdr\|skb_mac_header\|skb_network_header\|skb_transport_header\)(skb) ...+>;
|
p = <+... skb->data ...+>;
|
p = skb_header_pointer(skb, ...);
|
T p = <+... \(ip_hdr\|ipv6_hdr\|eth_hdr\|arp_hdr\|udp_hdr\|skb_mac_header\|skb_network_header\|skb_transport_header\)(skb) ...+>;
|
T p = <+... skb->data ...+>;
|
T p = skb_header_pointer(skb, ...);
)

@kept exists@
expression points.skb, e;
identifier points.p;
type T;
identifier fld;
position at;
@@
(
p = <+... \(ip_hdr\|ipv6_hdr\|eth_hdr\|arp_hdr\|udp_hdr\|skb_mac_header\|skb_network_header\|skb_transport_header\)(skb) ...+>;
|
p = <+... skb->data ...+>;
|
p = skb_header_pointer(skb, ...);
|
T p = <+... \(ip_hdr\|ipv6_hdr\|eth_hdr\|arp_hdr\|udp_hdr\|skb_mac_header\|skb_network_header\|skb_transport_header\)(skb) ...+>;
|
T p = <+... skb->data ...+>;
|
T p = skb_header_pointer(skb, ...);
)
... when any
\(pskb_may_pull\|__pskb_pull_tail\|pskb_expand_head\|skb_linearize\|skb_cow\|skb_cow_head\|skb_unshare\|skb_ensure_writable\|skb_vlan_untag\)(skb, ...)
... when != p = e
p->fld@at

@script:python depends on report@
at << kept.at;
p << points.p;
@@
print("%s:%s: %s was set before the packet's bytes may have moved" % (at[0].file, at[0].line, p))
