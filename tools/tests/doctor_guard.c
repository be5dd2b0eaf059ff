// SPDX-License-Identifier: GPL-2.0-only
/* What brguard is told, and what the forwarding database says to that. */

#include <linux/neighbour.h>
#include <string.h>

#include "../guard.h"
#include "patient.h"

static void module_absent(void)
{
	patient.loaded = false;
	list_truncate(&patient.model.list[KIND_BRIDGE], 0);
	list_truncate(&patient.model.list[KIND_PORT], 0);
	list_truncate(&patient.model.list[KIND_BINDING], 0);
	found("no module",
	      "module-absent:br0 bpdu-forwarded:t1 bpdu-forwarded:t2 port-flood:t1 port-flood:t2");
	remedy("module-absent", "modprobe brguard");
	remedy("bpdu-forwarded",
	       "modprobe brguard && brguardctl port set t1 role guest mode enforce");
	the("t1")->flags = 0;
	the("t2")->flags = 0;
	found("no guests", "module-absent:br0");
}

static void forget_all(void)
{
	list_truncate(&patient.model.list[KIND_BRIDGE], 0);
	list_truncate(&patient.model.list[KIND_PORT], 0);
	list_truncate(&patient.model.list[KIND_BINDING], 0);
	the("br0")->bridge.stp = 2;
	the("t1")->port.flood = false;
	the("t2")->port.flood = false;
}

static void bridge_unguarded(void)
{
	forget_all();
	found("unguarded", "bridge-unguarded:br0");
	remedy("bridge-unguarded",
	       "brguardctl port set eth0 role trusted && brguardctl bridge set br0 new-port guest mode audit");
	add_port("eth0", BRGUARD_ROLE_TRUSTED);
	add_bridge("br0", BRGUARD_MODE_AUDIT);
	found("after the remedy", "audit:br0");
	the_bridge("br0")->mode = BRGUARD_MODE_ENFORCE;
	found("enforced", "");
	forget_all();
	the("t1")->flags = 0;
	the("t2")->flags = 0;
	found("guests are down", "");
}

static void port_unguarded(void)
{
	the("br0")->bridge.stp = 2;
	the("t2")->port.flood = false;
	the_bridge("br0")->new_port = BRGUARD_ROLE_TRUSTED;
	found("all ports are named", "");
	strcpy(the_port("t2")->name, "other");
	found("unnamed tap", "port-unguarded:t2");
	remedy("port-unguarded", "brguardctl port set t2 role guest mode audit");
	the("t2")->tap = false;
	found("unnamed hardware", "");
	strcpy(the("t2")->kind, "veth");
	found("unnamed end of the host's own veth", "");
	the("t2")->far = true;
	found("unnamed end of a container's veth", "port-unguarded:t2");
	list_truncate(&patient.model.list[KIND_BRIDGE], 0);
	found("only ports are named", "port-unguarded:t2");
	add_bridge("br0", BRGUARD_MODE_ENFORCE);
	found("new-port guest", "");
}

static void names_of_ports(void)
{
	the("br0")->bridge.stp = 2;
	the("t2")->port.flood = false;
	the_bridge("br0")->new_port = BRGUARD_ROLE_TRUSTED;
	link_alias(the("t2"), "web1");
	strcpy(the_port("t2")->name, "web1");
	found("alternative name", "");
	strcpy(the_port("web1")->name, "t[0-9]");
	found("template", "");
	strcpy(the_port("t[0-9]")->name, "x*");
	found("another template", "port-unguarded:t2");
	add_port("t*", BRGUARD_ROLE_TRUSTED);
	found("trusted by template", "");
	add_port("t[0-9]", BRGUARD_ROLE_GUEST)->mode = BRGUARD_MODE_AUDIT;
	found("the longest template", "audit:t[0-9]");
	strcpy(the_port("x*")->name, "whoever");
	strcpy(the_port("whoever")->device, "t2");
	found("as the kernel says", "audit:t[0-9]");
	the_port("whoever")->mode = BRGUARD_MODE_AUDIT;
	found("as the kernel says", "audit:t[0-9] audit:whoever");
}

static void audit(void)
{
	the("br0")->bridge.stp = 2;
	the("t1")->port.flood = false;
	the("t2")->port.flood = false;
	the_port("t1")->mode = BRGUARD_MODE_AUDIT;
	found("port", "audit:t1");
	remedy("audit", "brguardctl port set t1 mode enforce");
	the_bridge("br0")->mode = BRGUARD_MODE_AUDIT;
	found("both", "audit:br0 audit:t1");
	the_port("t2")->mode = BRGUARD_MODE_ENFORCE;
	found("the other enforces", "audit:t1");
	the_port("t1")->role = BRGUARD_ROLE_TRUSTED;
	found("trusted", "");
}

static void misplaced(void)
{
	strcpy(the_port("t1")->bridge, "br1");
	found("guest", "misplaced:t1");
	says("misplaced", "can neither send nor receive");
	remedy("misplaced", "brguardctl port set t1 bridge br0");
	add_link("br1", "bridge", NULL);
	remedy("misplaced", "ip link set dev t1 master br1");
	strcpy(the_port("t1")->bridge, "br0");
	found("in its place", "");
	the_port("t1")->role = BRGUARD_ROLE_TRUSTED;
	strcpy(the_port("t1")->bridge, "br1");
	found("trusted, then new-port guest", "misplaced:t1");
	the_bridge("br0")->new_port = BRGUARD_ROLE_TRUSTED;
	the("t1")->port.flood = false;
	the("br0")->bridge.stp = 2;
	found("trusted, then a port that nobody named", "port-unguarded:t1 misplaced:t1");
	says("misplaced", "nobody named");
}

static void names(void)
{
	strcpy(the("t1")->name, "vnet3");
	strcpy(the_port("t1")->name, "vnet3");
	list_truncate(&patient.model.list[KIND_BINDING], 0);
	found("a closed guest", "");
	add_binding("vnet3", 9, 0);
	found("libvirt's", "volatile-name:vnet3");
	remedy("volatile-name",
	       "ip link property add dev vnet3 altname guest-020000000009 && brguardctl show >brguard.new && sed -E -i 's/^(port set|binding add port) vnet3 /\\1 guest-020000000009 /' brguard.new && brguardctl apply brguard.new");
	link_alias(the("vnet3"), "web");
	strcpy(the_port("vnet3")->device, "other");
	found("an alternative name", "");
	*the_port("vnet3")->device = '\0';
	the_port("vnet3")->role = BRGUARD_ROLE_TRUSTED;
	severity("volatile-name", "danger");
}

static void name_patterns(void)
{
	static const char *const volatiles[] = { "vnet0", "vnet123", "tap0", "veth12", "macvtap5",
						 "tap1a2b3c4d", "veth1a2b3c4", "vethA1B2C3" };
	static const char *const stable[] = { "vnet", "vnetx", "vnet1x", "tap100i0", "tapweb",
					      "veth", "vnet*", "vk63", "eth0", "fwpr100p0",
					      "tap12345", "guest-525400112233" };
	char want[64];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(volatiles); i++) {
		patient_empty();
		add_port(volatiles[i], BRGUARD_ROLE_TRUSTED);
		strcat(strcpy(want, "volatile-name:"), volatiles[i]);
		found(volatiles[i], want);
	}
	for (i = 0; i < ARRAY_SIZE(stable); i++) {
		patient_empty();
		add_port(stable[i], BRGUARD_ROLE_TRUSTED);
		found(stable[i], "");
	}
	patient_empty();
	add_port("vnet8", BRGUARD_ROLE_TRUSTED);
	remedy("volatile-name",
	       "brguardctl show >brguard.new && sed -E -i 's/^(port set|binding add port) vnet8 /\\1 vnet8-port /' brguard.new && brguardctl apply brguard.new");
}

static void trunks(void)
{
	add_binding("t1", 1, 10);
	add_binding("t1", 1, 11);
	add_binding("t1", 1, 12);
	add_binding("t1", 1, 20);
	found("off", "vlan-filtering-off:br0");
	remedy("vlan-filtering-off",
	       "bridge vlan add dev eth0 vid 10-12 && bridge vlan add dev eth0 vid 20 && bridge vlan add dev t1 vid 10-12 && bridge vlan add dev t1 vid 20 && ip link set dev br0 type bridge vlan_filtering 1");
	the("br0")->bridge.vlan_filtering = true;
	found("on", "");
	the("br0")->bridge.vlan_filtering = false;
	strcpy(the_port("t1")->name, "t9");
	found("bindings of a port without a device", "");
}

static void own_mac(void)
{
	static const uint8_t mac[MAC_BYTES] = { 2, 0, 0, 0, 0, 1 };

	memcpy(the("t2")->mac, mac, MAC_BYTES);
	found("another port", "own-mac:t2");
	remedy("own-mac", "ip link set dev t2 address fe:00:00:00:00:01");
	the("t2")->mac[0] = 6;
	memcpy(the("t1")->mac, mac, MAC_BYTES);
	found("the guest's own tap", "own-mac:t1");
	the("t1")->mac[0] = 6;
	memcpy(the("br0")->mac, mac, MAC_BYTES);
	found("the bridge", "own-mac:br0");
	the("br0")->mac[0] = 6;
	add_link("br1", "bridge", NULL);
	add_link("t9", "dummy", "br1");
	memcpy(the("t9")->mac, mac, MAC_BYTES);
	memcpy(the("br1")->mac, mac, MAC_BYTES);
	found("another bridge", "");
}

static void stations(void)
{
	add_station("t1", "br0", 1, 0, NUD_REACHABLE);
	add_station("eth0", "br0", 7, 0, NUD_REACHABLE);
	add_station("eth0", "br0", 8, 0, NUD_PERMANENT);
	found("in their places", "");
	add_station("eth0", "br0", 1, 0, NUD_REACHABLE);
	found("learned elsewhere", "foreign-learned:eth0");
	remedy("foreign-learned", "bridge fdb del 02:00:00:00:00:01 dev eth0 master");
	list_truncate(&patient.stations, 0);
	add_station("t2", "br0", 1, 0, NUD_NOARP);
	found("static elsewhere", "foreign-static:t2");
	list_truncate(&patient.stations, 0);
	add_station("t1", "br0", 1, 0, NUD_NOARP);
	found("static in its place", "");
	list_truncate(&patient.stations, 0);
	add_station("t1", "br0", 1, 0, NUD_PERMANENT);
	found("permanent", "foreign-static:t1");
	says("foreign-static", "is the host");
	list_truncate(&patient.stations, 0);
	add_station("br0", "br0", 1, 0, NUD_PERMANENT);
	remedy("foreign-static", "bridge fdb del 02:00:00:00:00:01 dev br0 self");
}

static void stations_and_vlans(void)
{
	the("br0")->bridge.vlan_filtering = true;
	the("t1")->port.pvid = 7;
	add_binding("t1", 3, 10);
	add_station("eth0", "br0", 1, 8, NUD_REACHABLE);
	add_station("eth0", "br0", 3, 7, NUD_REACHABLE);
	found("other VLANs", "");
	add_station("eth0", "br0", 1, 7, NUD_REACHABLE);
	found("the port's own VLAN", "foreign-learned:eth0");
	remedy("foreign-learned", "bridge fdb del 02:00:00:00:00:01 dev eth0 master vlan 7");
	list_truncate(&patient.stations, 0);
	add_station("t2", "br0", 3, 10, NUD_REACHABLE);
	found("a tag's VLAN", "foreign-learned:t2");
	add_binding("t2", 3, 10);
	found("bound there too", "");
}

static void stations_on_bridges(void)
{
	add_link("br1", "bridge", NULL);
	add_link("eth1", "", "br1");
	add_station("eth1", "br1", 1, 0, NUD_REACHABLE);
	found("another bridge", "");
}

static void resolve(void)
{
	guard_resolve(&patient);
	if (!guard_is_enforced(the("t1")) || guard_is_enforced(the("eth0")))
		failed("enforced", "?", "t1, not eth0");
	if (guard_has_open(&patient, the("br0")) || !guard_is_on(&patient, the("br0")))
		failed("bridge", "?", "no open guest, under guard");
	if (patient.owners.n != 2)
		failed("owners", "?", "2");
	if (guard_is_template("tap100i0") || !guard_is_template("tap*i*") ||
	    !guard_is_template("t?") || !guard_is_template("t[0-9]"))
		failed("template", "?", "*, ? or [");
}

const struct test guard_tests[] = {
	{ "module absent", module_absent },
	{ "bridge unguarded", bridge_unguarded },
	{ "port unguarded", port_unguarded },
	{ "which port a device follows", names_of_ports },
	{ "audit", audit },
	{ "misplaced", misplaced },
	{ "volatile names", names },
	{ "patterns of volatile names", name_patterns },
	{ "trunks", trunks },
	{ "MAC address of a guest", own_mac },
	{ "forwarding database", stations },
	{ "forwarding database with VLANs", stations_and_vlans },
	{ "forwarding databases of several bridges", stations_on_bridges },
	{ "guards and owners", resolve },
	{ NULL, NULL },
};
