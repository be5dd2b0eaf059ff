// SPDX-License-Identifier: GPL-2.0-only
/* Bound MAC addresses that the bridge, or the host itself, believes elsewhere. */

#include <stdlib.h>
#include <string.h>

#include "binding.h"
#include "check.h"
#include "finding.h"
#include "text.h"

/* The first of the owners of an address; they are sorted. */
static size_t find_first(const struct host *host, const uint8_t *mac)
{
	size_t low = 0, high = host->owners.n, middle;
	const struct owner *owner;

	while (low < high) {
		middle = low + (high - low) / 2;
		owner = list_at(&host->owners, middle);
		if (memcmp(owner->binding->mac, mac, MAC_BYTES) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Who has an address bound on a bridge, in a VLAN unless it is negative. If the
 * device @unless is among them, nobody.
 */
static const struct owner *find_owner(const struct host *host, const uint8_t *mac, int bridge,
				      int vlan, int unless)
{
	const struct owner *owner, *found = NULL;
	size_t i;

	for (i = find_first(host, mac); i < host->owners.n; i++) {
		owner = list_at(&host->owners, i);
		if (memcmp(owner->binding->mac, mac, MAC_BYTES))
			break;
		if (owner->link->master != bridge || (vlan >= 0 && owner->vlan != vlan))
			continue;
		if (owner->link->index == unless)
			return NULL;
		found = found ? found : owner;
	}
	return found;
}

static void forget(const struct host *host, const struct station *station, struct finding *f)
{
	bool self = station->device == station->bridge;
	char mac[MAC_TEXT];

	finding_remedy(f, host, "bridge", "fdb del %s dev %s %s", mac_text(station->mac, mac),
		       text_shell(host_name(host, station->device)), self ? "self" : "master");
	if (station->vlan)
		text_add(&f->remedy, " vlan %u", station->vlan);
}

static void find_local(const struct host *host, const struct station *station,
		       const struct owner *owner, struct list *findings)
{
	const char *device = host_name(host, station->device);
	char mac[MAC_TEXT];
	struct finding *f;

	f = finding_add(findings, "foreign-static", SEVERITY_DANGER, device);
	finding_say(f,
		    "A permanent entry of the forwarding database says that %s, which is bound on\n"
		    "%s, is the host: the host gets what is for the guest.",
		    mac_text(station->mac, mac), text_bare(owner->link->name));
	forget(host, station, f);
}

static void find_elsewhere(const struct host *host, const struct station *station,
			   const struct owner *owner, struct list *findings)
{
	bool placed = station->state & NUD_NOARP;
	char mac[MAC_TEXT];
	struct finding *f;

	f = finding_add(findings, placed ? "foreign-static" : "foreign-learned", SEVERITY_DANGER,
			host_name(host, station->device));
	finding_say(f,
		    "The bridge %s %s, which is bound on %s, is here: what is for it goes out here.",
		    placed ? "was told that" : "has learned that", mac_text(station->mac, mac),
		    text_bare(owner->link->name));
	if (placed)
		finding_say(f, "That entry of its forwarding database does not age.");
	else
		finding_say(f, "Somebody on this port pretends to be it, or has it as well.");
	forget(host, station, f);
}

/* An entry for a device's own address is a matter of check_own_macs(). */
static bool is_own(const struct host *host, const struct station *station)
{
	const struct link *link = host_link(host, station->device);

	return link && !memcmp(link->mac, station->mac, MAC_BYTES);
}

static void check_station(const struct host *host, const struct station *station,
			  struct list *findings)
{
	bool local = station->state & NUD_PERMANENT;
	const struct owner *owner;

	if (local && is_own(host, station))
		return;
	owner = find_owner(host, station->mac, station->bridge, station->vlan,
			   local ? 0 : station->device);
	if (!owner)
		return;
	if (local)
		find_local(host, station, owner, findings);
	else
		find_elsewhere(host, station, owner, findings);
}

/**
 * check_stations() - does a bridge believe a bound MAC address elsewhere?
 * @host: the host
 * @findings: gets what is found
 */
void check_stations(const struct host *host, struct list *findings)
{
	size_t i;

	for (i = 0; i < host->stations.n; i++)
		check_station(host, list_at(&host->stations, i), findings);
}

static void find_own_mac(const struct host *host, const struct link *link,
			 const struct owner *owner, struct list *findings)
{
	uint8_t other[MAC_BYTES];
	char mac[MAC_TEXT];
	struct finding *f;

	f = finding_add(findings, "own-mac", SEVERITY_DANGER, link->name);
	finding_say(f,
		    "The host's own device has the MAC address %s, which is bound on %s: the host\n"
		    "gets what is for the guest.",
		    mac_text(link->mac, mac), text_bare(owner->link->name));
	/* As libvirt does it: taps differ from their guests in the first byte. */
	memcpy(other, link->mac, MAC_BYTES);
	other[0] = other[0] == 0xfe ? 0xfa : 0xfe;
	finding_remedy(f, host, "ip", "link set dev %s address %s", text_shell(link->name),
		       mac_text(other, mac));
}

/**
 * check_own_macs() - has a bridge or port the MAC address of a guest?
 * @host: the host
 * @findings: gets what is found
 */
void check_own_macs(const struct host *host, struct list *findings)
{
	const struct owner *owner;
	const struct link *link;
	int bridge;
	size_t i;

	for (i = 0; i < host->links.n && host->owners.n; i++) {
		link = list_at(&host->links, i);
		bridge = link_is_bridge(link) ? link->index : link->master;
		owner = find_owner(host, link->mac, bridge, -1, 0);
		if (owner)
			find_own_mac(host, link, owner, findings);
	}
}
