// SPDX-License-Identifier: GPL-2.0-only
/* Bridges that are one network, packet filters, answers for others. */

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "patient.h"

/* A second bridge with an uplink of its own. */
static void add_br1(void)
{
	add_link("br1", "bridge", NULL);
	add_link("eth1", "", "br1");
}

static void add_pair(const char *a, const char *b, const char *bridge_a, const char *bridge_b)
{
	int index = add_link(a, "veth", bridge_a)->index;

	add_link(b, "veth", bridge_b)->lower = index;
	the(a)->lower = the(b)->index;
	add_port(a, BRGUARD_ROLE_TRUSTED);
	add_port(b, BRGUARD_ROLE_TRUSTED);
}

static void joined(void)
{
	add_br1();
	found("apart", "");
	add_pair("va", "vb", "br0", "br1");
	found("joined", "bridges-joined:va");
	severity("bridges-joined", "warning");
	remedy("bridges-joined",
	       "ip link set dev br0 type bridge stp_state 1 && ip link set dev br1 type bridge stp_state 1");
	the("br0")->bridge.stp = 1;
	found("STP on one", "");
	the("br0")->bridge.stp = 0;
	the("va")->flags = 0;
	found("down", "");
	the("va")->flags = IFF_UP;
	the("va")->far = true;
	the("vb")->far = true;
	found("other namespaces, where indexes mean others", "");
}

static void loops(void)
{
	add_pair("va", "vb", "br0", "br0");
	found("one bridge", "bridges-joined:va");
	severity("bridges-joined", "danger");
	remedy("bridges-joined", "ip link set dev br0 type bridge stp_state 1");

	patient_reset();
	add_br1();
	add_link("br2", "bridge", NULL);
	add_pair("va", "vb", "br0", "br1");
	add_pair("vc", "vd", "br1", "br2");
	found("a chain", "bridges-joined:va bridges-joined:vc");
	severity("bridges-joined", "warning");
	add_pair("ve", "vf", "br2", "br0");
	found("a ring", "bridges-joined:ve bridges-joined:va bridges-joined:vc");
	severity("bridges-joined", "danger");
}

static void joined_by_vlans(void)
{
	add_br1();
	add_link("eth0.7", "vlan", "br1")->lower = the("eth0")->index;
	found("VLAN of a port", "bridges-joined:eth0.7");
	the("eth0")->master = 0;
	add_link("eth0.8", "vlan", "br0")->lower = the("eth0")->index;
	found("VLANs of one device on two bridges", "");
	the("eth0.8")->lower = the("br1")->index;
	found("VLAN of a bridge", "bridges-joined:eth0.8");
}

static void appendix(void)
{
	add_link("fwbr1", "bridge", NULL);
	add_pair("fwln1", "fwpr1", "fwbr1", "br0");
	add_link("tap1", "tun", "fwbr1");
	add_port("tap1", BRGUARD_ROLE_GUEST);
	found("Proxmox", "");
	add_link("eth9", "", "fwbr1");
	found("more than a guest", "bridges-joined:fwln1");
}

static void filter(void)
{
	patient.filter4.drop = true;
	patient.filter6.drop = true;
	found("policy drop, not called", "");
	patient.filter4.called = true;
	found("IPv4", "br-netfilter:br0");
	remedy("br-netfilter", "sysctl -w net/bridge/bridge-nf-call-iptables=0");
	patient.filter6.called = true;
	the("br0")->bridge.call_ip6tables = true;
	remedy("br-netfilter",
	       "sysctl -w net/bridge/bridge-nf-call-iptables=0 && sysctl -w net/bridge/bridge-nf-call-ip6tables=0 && ip link set dev br0 type bridge nf_call_ip6tables 0");
	says("br-netfilter", "IPv4 and IPv6");
	patient.filter6.called = false;
	patient.filter4.drop = false;
	remedy("br-netfilter", "ip link set dev br0 type bridge nf_call_ip6tables 0");
	patient.filter6.drop = false;
	found("policy accept", "");
}

/* seg leads to a network, out to all others. */
static void add_segment(void)
{
	struct link *link = add_link("seg", "vlan", NULL);

	link->ip4.proxy = true;
	link->ip4.forwarding = true;
	add_link("out", "", NULL);
	add_rule(&patient.fib4, 0, RT_TABLE_LOCAL, NULL);
}

/* Rules behind those that a test wants in front. */
static void add_main(void)
{
	add_rule(&patient.fib4, 32766, RT_TABLE_MAIN, NULL);
	add_route(&patient.fib4, RT_TABLE_MAIN, "0.0.0.0/0", "out");
	add_route(&patient.fib4, RT_TABLE_MAIN, "203.0.113.0/24", "out");
}

/* The story: rule, table with two routes, which go when the device does. */
static void proxy_story(void)
{
	add_segment();
	add_rule(&patient.fib4, 100, 90, "seg");
	add_main();
	found("table empty", "proxy-arp:seg");
	severity("proxy-arp", "danger");
	says("proxy-arp", "for every address: the route that decides (table 254) leads to out.");
	says("proxy-arp", "Table 90, which is for this device, is empty");
	remedy("proxy-arp", "sysctl -w net/ipv4/conf/seg/proxy_arp=0");
	add_route(&patient.fib4, 90, "0.0.0.0/0", "seg");
	add_route(&patient.fib4, 90, "198.51.100.0/24", "seg");
	found("table filled", "");
	the("seg")->ip4.proxy = false;
	patient.all4.proxy = true;
	list_truncate(&patient.fib4.routes, 2);
	remedy("proxy-arp", "sysctl -w net/ipv4/conf/all/proxy_arp=0");
}

static void proxy_conditions(void)
{
	add_segment();
	add_main();
	found("rogue", "proxy-arp:seg");
	the("seg")->ip4.forwarding = false;
	found("no forwarding", "");
	the("seg")->ip4.forwarding = true;
	the("seg")->flags &= ~IFF_UP;
	found("down", "");
	the("seg")->flags |= IFF_UP | IFF_NOARP;
	found("no ARP", "");
	the("seg")->flags &= ~IFF_NOARP;
	the("seg")->master = the("br0")->index;
	the_port("eth0");
	found("port of a bridge", "");
	the("seg")->master = 0;
	the("seg")->ip4.proxy = false;
	found("off", "");
}

static void proxy_routes(void)
{
	struct route *route;

	add_segment();
	add_main();
	add_address(&patient.addresses, "seg", "198.51.100.3/24");
	found("no route for the network", "proxy-arp:seg");
	says("proxy-arp", "answers for 198.51.100.0/24");
	route = add_route(&patient.fib4, RT_TABLE_MAIN, "198.51.100.0/24", "seg");
	found("a route for it", "");
	route->several = true;
	found("and somewhere else", "proxy-arp:seg");
	says("proxy-arp", "several devices");
	route->several = false;
	add_route(&patient.fib4, RT_TABLE_MAIN, "198.51.100.64/26", "out");
	found("a part of it is elsewhere, as with subnets", "");
	route = add_route(&patient.fib4, RT_TABLE_MAIN, "198.51.100.0/25", "out");
	list_truncate(&patient.addresses, 0);
	add_address(&patient.addresses, "seg", "198.51.100.3/25");
	found("the network itself is elsewhere", "proxy-arp:seg");
	route->type = RTN_UNREACHABLE;
	found("unreachable", "");
	route->type = RTN_THROW;
	found("thrown into the same table's end", "");
}

static void proxy_routed_guest(void)
{
	add_segment();
	add_main();
	add_route(&patient.fib4, RT_TABLE_MAIN, "198.51.100.2", "seg");
	found("one guest behind the device", "");
	add_route(&patient.fib4, 77, "198.51.100.0/24", "seg");
	found("a network in a table that is not asked", "proxy-arp:seg");
}

static void proxy_rules(void)
{
	struct rule *rule;

	add_segment();
	add_rule(&patient.fib4, 100, 90, NULL);
	add_main();
	add_route(&patient.fib4, 90, "198.51.100.0/24", "seg");
	add_address(&patient.addresses, "seg", "198.51.100.3/24");
	found("asked", "");
	rule = list_at(&patient.fib4.rules, 1);
	rule->never = true;
	found("with a mark", "proxy-arp:seg");
	rule->invert = true;
	found("without that mark", "");
	rule->never = false;
	rule->invert = false;
	strcpy(rule->iif, "out");
	found("for another device", "proxy-arp:seg");
	*rule->iif = '\0';
	rule->src = (struct prefix){ { 198, 51, 100, 0 }, 4, 24 };
	found("for sources of the network", "");
	rule->src.length = 25;
	found("for some sources of the network", "proxy-arp:seg");
	rule->src.length = 0;
	rule->dst = (struct prefix){ { 10, 0, 0, 0 }, 4, 8 };
	found("for other destinations", "proxy-arp:seg");
	rule->dst.length = 0;
	rule->suppress = 24;
	found("suppressed", "proxy-arp:seg");
	rule->suppress = 23;
	found("not suppressed", "");
	rule->action = FR_ACT_UNREACHABLE;
	found("refused", "");
	rule->action = FR_ACT_GOTO;
	rule->target = 32766;
	found("passed over", "proxy-arp:seg");
	rule->target = 32767;
	found("everything passed over", "");
	rule->action = FR_ACT_NOP;
	found("no operation", "proxy-arp:seg");
}

static void proxy_vrf(void)
{
	struct rule *rule;

	add_segment();
	rule = add_rule(&patient.fib4, 1000, 0, NULL);
	rule->l3mdev = true;
	add_main();
	found("no VRF", "proxy-arp:seg");
	add_link("red", "vrf", NULL)->vrf_table = 50;
	the("seg")->master = the("red")->index;
	found("VRF without a route", "proxy-arp:seg");
	add_route(&patient.fib4, 50, "198.51.100.0/24", "seg");
	found("VRF with a route", "");
}

static void proxy_empty(void)
{
	add_segment();
	add_rule(&patient.fib4, 100, 90, "seg");
	found("no route at all", "proxy-arp:seg");
	severity("proxy-arp", "warning");
	((struct rule *)list_at(&patient.fib4.rules, 1))->iif[0] = '\0';
	found("an empty table for everybody", "");
}

static void proxy_pvlan(void)
{
	add_segment();
	add_main();
	add_address(&patient.addresses, "seg", "198.51.100.3/24");
	add_route(&patient.fib4, RT_TABLE_MAIN, "198.51.100.0/24", "seg");
	the("seg")->ip4.proxy = false;
	found("off", "");
	the("seg")->ip4.pvlan = true;
	found("on", "proxy-arp-pvlan:seg");
	remedy("proxy-arp-pvlan", "sysctl -w net/ipv4/conf/seg/proxy_arp_pvlan=0");
	patient.all4.pvlan = true;
	the("seg")->ip4.pvlan = false;
	remedy("proxy-arp-pvlan", "sysctl -w net/ipv4/conf/all/proxy_arp_pvlan=0");
	list_truncate(&patient.fib4.routes, 2);
	found("no route back", "");
}

static void proxy_ndp(void)
{
	struct route *route;

	add_link("seg", "vlan", NULL);
	add_link("out", "", NULL);
	the("seg")->ip6.proxy = true;
	the("seg")->ip6.forwarding = true;
	add_rule(&patient.fib6, 32766, RT_TABLE_MAIN, NULL);
	found("for nobody", "");
	add_address(&patient.proxies, "seg", "2001:db8::9");
	found("no route", "proxy-ndp:seg");
	says("proxy-ndp", "has no route to it");
	remedy("proxy-ndp", "ip -6 neigh del proxy 2001:db8::9 dev seg");
	route = add_route(&patient.fib6, RT_TABLE_MAIN, "2001:db8::/64", "seg");
	says("proxy-ndp", "its own route leads back");
	route->device = the("out")->index;
	found("a route elsewhere", "");
	route->type = RTN_UNREACHABLE;
	found("unreachable", "proxy-ndp:seg");
	route->type = RTN_LOCAL;
	found("its own", "");
	route->type = RTN_UNREACHABLE;
	the("seg")->ip6.forwarding = false;
	found("no forwarding", "");
	the("seg")->ip6.forwarding = true;
	the("seg")->ip6.proxy = false;
	found("off", "");
	patient.all6.proxy = true;
	found("for all", "proxy-ndp:seg");
}

const struct test net_tests[] = {
	{ "joined bridges", joined },
	{ "loops", loops },
	{ "joined by VLANs", joined_by_vlans },
	{ "appendix", appendix },
	{ "packet filter", filter },
	{ "proxy ARP, the story", proxy_story },
	{ "proxy ARP, conditions", proxy_conditions },
	{ "proxy ARP, routes", proxy_routes },
	{ "proxy ARP, a routed guest", proxy_routed_guest },
	{ "proxy ARP, rules", proxy_rules },
	{ "proxy ARP, VRF", proxy_vrf },
	{ "proxy ARP, an empty table", proxy_empty },
	{ "proxy ARP, private VLAN", proxy_pvlan },
	{ "proxy NDP", proxy_ndp },
	{ NULL, NULL },
};
