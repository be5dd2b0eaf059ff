// SPDX-License-Identifier: GPL-2.0-only
/* What bridges and ports are set to, and who makes them promiscuous. */

#include <string.h>

#include "../text.h"
#include "patient.h"

static void healthy(void)
{
	found("healthy host", "");
	patient_empty();
	found("nothing at all", "");
	patient.loaded = false;
	found("no bridge, no module", "");
	add_link("eth0", "", NULL)->flags |= IFF_PROMISC;
	the("eth0")->promiscuity = 3;
	found("promiscuous without a bridge", "");
}

static void ageing(void)
{
	the("br0")->bridge.ageing = 0;
	found("ageing 0", "ageing-zero:br0");
	severity("ageing-zero", "warning");
	remedy("ageing-zero", "ip link set dev br0 type bridge ageing_time 30000");
	the_bridge("br0")->mode = BRGUARD_MODE_AUDIT;
	severity("ageing-zero", "danger");
	the_bridge("br0")->mode = BRGUARD_MODE_ENFORCE;
	the("br0")->bridge.ageing = 2999;
	found("ageing 29.99 s", "ageing-short:br0");
	says("ageing-short", "29.99 s");
	the("br0")->bridge.ageing = 3000;
	found("ageing 30 s", "");
}

static void group_forward(void)
{
	the("br0")->bridge.group_forward = 0x4000;
	found("bridge", "group-forward:br0");
	says("group-forward", "0x4000");
	the("br0")->bridge.group_forward = 0;
	the("eth0")->port.group_forward = 8;
	found("port", "group-forward:eth0");
	remedy("group-forward", "ip link set dev eth0 type bridge_slave group_fwd_mask 0");
	the("eth0")->port.group_forward = 0;
	found("none", "");
}

static void snooping(void)
{
	the("br0")->bridge.snooping = false;
	found("off", "snooping-off:br0");
	the_port("t2")->role = BRGUARD_ROLE_TRUSTED;
	found("one guest alone", "");
}

static void rp_filter(void)
{
	the("br0")->ip4.forwarding = true;
	found("guests are held", "");
	the_port("t1")->mode = BRGUARD_MODE_AUDIT;
	the("t1")->port.flood = false;
	the("br0")->bridge.stp = 1;
	the("t1")->port.bpdu_guard = true;
	found("guest in audit mode", "rp-filter-off:br0 audit:t1");
	remedy("rp-filter-off", "sysctl -w net/ipv4/conf/br0/rp_filter=1");
	the("br0")->ip4.rp_filter = 2;
	found("loose", "audit:t1");
	the("br0")->ip4.rp_filter = 0;
	patient.all4.rp_filter = 1;
	found("strict for all", "audit:t1");
	patient.all4.rp_filter = 0;
	the("br0")->ip4.forwarding = false;
	found("no forwarding", "audit:t1");
}

static void hairpin(void)
{
	the("t1")->port.hairpin = true;
	found("guest", "hairpin:t1");
	remedy("hairpin", "bridge link set dev t1 hairpin off");
	the_port("t1")->role = BRGUARD_ROLE_TRUSTED;
	found("trusted", "");
}

static void flood(void)
{
	the("br0")->bridge.stp = 2;
	found("guarded", "");
	the_port("t1")->mode = BRGUARD_MODE_AUDIT;
	found("audit", "audit:t1 port-flood:t1");
	remedy("port-flood", "bridge link set dev t1 flood off");
	the("t1")->port.flood = false;
	found("off", "audit:t1");
}

static void bpdu(void)
{
	the("t1")->port.flood = false;
	the_port("t1")->mode = BRGUARD_MODE_AUDIT;
	found("open guest", "bpdu-forwarded:t1 audit:t1");
	remedy("bpdu-forwarded", "brguardctl port set t1 role guest mode enforce");
	the("eth0")->flags = 0;
	found("no switch outside", "audit:t1");
	the("eth0")->flags = IFF_UP;
	the("br0")->bridge.stp = 2;
	found("a program's spanning tree", "audit:t1");
	the("br0")->bridge.stp = 0;
	the_port("t1")->mode = BRGUARD_MODE_ENFORCE;
	found("enforced", "");
}

static void stp_root(void)
{
	the("t1")->port.flood = false;
	the("br0")->bridge.stp = 1;
	found("guests are held", "");
	the_port("t1")->mode = BRGUARD_MODE_AUDIT;
	found("open guest", "stp-root:t1 audit:t1");
	remedy("stp-root", "bridge link set dev t1 guard on");
	the("t1")->port.bpdu_guard = true;
	found("BPDU guard", "audit:t1");
	the("t1")->port.bpdu_guard = false;
	the("t1")->port.root_block = true;
	found("root block", "audit:t1");
}

static void addresses(void)
{
	add_address(&patient.addresses, "t1", "192.0.2.9/24");
	add_address(&patient.addresses, "br0", "192.0.2.8/24");
	add_address(&patient.addresses, "eth0", "192.0.2.7/24");
	found("guest's port", "port-address:t1");
	remedy("port-address", "ip addr del 192.0.2.9/24 dev t1");
	list_truncate(&patient.addresses, 0);
	add_address(&patient.addresses, "t2", "2001:db8::1");
	remedy("port-address", "ip addr del 2001:db8::1 dev t2");
}

static void bridge_flag(void)
{
	the("br0")->flags |= IFF_PROMISC;
	the("br0")->promiscuity = 1;
	found("flag", "bridge-promiscuous:br0");
	severity("bridge-promiscuous", "danger");
	remedy("bridge-promiscuous", "ip link set dev br0 promisc off");
	says("bridge-promiscuous", "brguardctl bridge set br0 local-port guarded");
	the_bridge("br0")->local_port = BRGUARD_LOCAL_PORT_GUARDED;
	found("kept from the bridge device", "");
	add_port("br0", BRGUARD_ROLE_TRUSTED)->mode = BRGUARD_MODE_AUDIT;
	found("in audit mode", "bridge-promiscuous:br0");
}

static void bridge_socket(void)
{
	add_watcher("br0", 42);
	found("socket", "bridge-promiscuous:br0");
	says("bridge-promiscuous", "Process 42 (sniffer) listens.");
	remedy("bridge-promiscuous", "kill 42");
	add_watcher("br0", 43);
	the("br0")->flags |= IFF_PROMISC;
	the("br0")->promiscuity++;
	remedy("bridge-promiscuous", "ip link set dev br0 promisc off && kill 42 && kill 43");
	patient_reset();
	add_watcher("br0", 0);
	says("bridge-promiscuous", "socket 4711");
	remedy("bridge-promiscuous",
	       "# end the program that wants it; \"brguardctl monitor watch\" names the next one");
}

static void bridge_upper(void)
{
	struct link *upper = add_link("mv0", "macvlan", NULL);

	upper->lower = the("br0")->index;
	upper->passthru = true;
	the("br0")->promiscuity = 1;
	found("macvlan", "bridge-promiscuous:br0");
	remedy("bridge-promiscuous", "ip link del dev mv0");

	patient_reset();
	upper = add_link("br0.7", "vlan", NULL);
	upper->lower = the("br0")->index;
	found("VLAN", "");
	upper->flags |= IFF_PROMISC;
	upper->promiscuity = 1;
	the("br0")->promiscuity = 1;
	remedy("bridge-promiscuous", "ip link set dev br0.7 promisc off");
	upper->flags &= ~IFF_PROMISC;
	add_link("bond0", "bond", NULL);
	the("br0.7")->master = the("bond0")->index;
	remedy("bridge-promiscuous", "ip link set dev br0.7 nomaster");
}

/* A VLAN of the bridge on another bridge: that one makes both promiscuous. */
static void bridge_on_bridge(void)
{
	add_link("br1", "bridge", NULL)->bridge.stp = 1;
	add_link("br0.7", "vlan", "br1")->lower = the("br0")->index;
	add_port("br0.7", BRGUARD_ROLE_TRUSTED);
	the("br0")->promiscuity = 1;
	found("VLAN on another bridge", "bridge-promiscuous:br0");
	remedy("bridge-promiscuous", "ip link set dev br0.7 nomaster");
}

static void bridge_unseen(void)
{
	the("br0")->promiscuity = 2;
	found("unseen", "bridge-promiscuous:br0");
	says("bridge-promiscuous", "2 of those who want it cannot be seen");
	patient.vmnet = true;
	remedy("bridge-promiscuous", "vmware-networks --stop");
	patient.vmnet = false;
	patient.netns = "host";
	remedy("bridge-promiscuous",
	       "# end the program that wants it; \"brguardctl -n host monitor watch\" names the next one");
}

static void port_promiscuity(void)
{
	found("the bridge's own", "");
	the("t1")->promiscuity = 0;
	found("none", "");
	the("t1")->promiscuity = 2;
	found("two", "port-promiscuous:t1");
	the("t1")->promiscuity = 1;
	the("t1")->flags |= IFF_PROMISC;
	found("flag, not the bridge's", "port-promiscuous:t1");
	remedy("port-promiscuous", "ip link set dev t1 promisc off");
	the("t1")->flags &= ~IFF_PROMISC;
	the("t1")->promiscuity = 0;
	add_watcher("t1", 9);
	found("socket, not the bridge's", "port-promiscuous:t1");
	remedy("port-promiscuous", "kill 9");
	add_link("eth9", "", NULL);
	patient.watchers.n = 0;
	the("t1")->promiscuity = 1;
	add_watcher("eth9", 9);
	found("no port of a bridge", "");
}

static void enslaved(void)
{
	add_link("bond0", "bond", NULL);
	the("br0")->master = the("bond0")->index;
	found("bond", "bridge-enslaved:br0");
	remedy("bridge-enslaved", "ip link set dev br0 nomaster");
	the("br0")->promiscuity = 1;
	found("bond", "bridge-promiscuous:br0 bridge-enslaved:br0");
	remedy("bridge-promiscuous", "ip link set dev br0 nomaster");
	strcpy(the("bond0")->kind, "openvswitch");
	remedy("bridge-enslaved", "ovs-vsctl del-port br0");
	the("br0")->promiscuity = 0;
	strcpy(the("bond0")->kind, "vrf");
	found("VRF", "");
}

static void shell_words(void)
{
	is("plain", text_shell("eth0.7@x"), "eth0.7@x");
	is("empty", text_shell(""), "''");
	is("blank", text_shell("a b"), "'a b'");
	is("quote", text_shell("a'b"), "'a'\\''b'");
	is("control", text_shell("\033["), "$'\\x1b\\x5b'");
	is("UTF-8", text_shell("\303\266"), "$'\\xc3\\xb6'");
	is("glob", text_shell("vnet*"), "'vnet*'");
	is("sentence", text_bare("vnet*"), "vnet*");
	is("terminal", text_bare("\033["), "\"\\x1b[\"");
}

static void names_in_remedies(void)
{
	strcpy(the("t1")->name, "a;b'$(x");
	strcpy(the_port("t1")->name, "a;b'$(x");
	the("a;b'$(x")->port.hairpin = true;
	remedy("hairpin", "bridge link set dev 'a;b'\\''$(x' hairpin off");
	patient.netns = "my ns";
	remedy("hairpin", "bridge -n 'my ns' link set dev 'a;b'\\''$(x' hairpin off");
	patient_reset();
	patient.netns = "host";
	add_watcher("br0", 42);
	remedy("bridge-promiscuous", "kill 42");
	patient.watchers.n = 0;
	the("br0")->promiscuity = 0;
	the("br0")->ip4.forwarding = true;
	the("br0")->bridge.ageing = 0;
	remedy("ageing-zero", "ip -n host link set dev br0 type bridge ageing_time 30000");
	the_bridge("br0")->mode = BRGUARD_MODE_AUDIT;
	remedy("rp-filter-off", "ip netns exec host sysctl -w net/ipv4/conf/br0/rp_filter=1");
	remedy("audit", "brguardctl -n host bridge set br0 mode enforce");
}

const struct test bridge_tests[] = {
	{ "healthy", healthy },
	{ "ageing", ageing },
	{ "group forward", group_forward },
	{ "snooping", snooping },
	{ "rp_filter", rp_filter },
	{ "hairpin", hairpin },
	{ "flood", flood },
	{ "BPDUs", bpdu },
	{ "STP root", stp_root },
	{ "addresses", addresses },
	{ "bridge promiscuous by flag", bridge_flag },
	{ "bridge promiscuous by a socket", bridge_socket },
	{ "bridge promiscuous by a device on it", bridge_upper },
	{ "bridge promiscuous by another bridge", bridge_on_bridge },
	{ "bridge promiscuous by who cannot be seen", bridge_unseen },
	{ "port promiscuous", port_promiscuity },
	{ "enslaved bridge", enslaved },
	{ "words for a shell", shell_words },
	{ "names in remedies", names_in_remedies },
	{ NULL, NULL },
};
