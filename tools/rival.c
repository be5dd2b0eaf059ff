// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two ports that claim the same address while neither has it: one of the guests
 * may be lying, so nobody but the administrator can say whose it is.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "rival.h"
#include "wish.h"

/* A MAC or an IP address in a VLAN, and the port where it was seen. */
struct claim {
	uint16_t vlan;
	struct prefix what;
	const char *port;
	const char *bridge;
};

static int compare_addresses(const struct claim *a, const struct claim *b)
{
	int order = a->vlan - b->vlan;

	return order ? order : prefix_compare(&a->what, &b->what);
}

static int compare_claims(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	int order = compare_addresses(x, y);

	return order ? order : strcmp(x->port, y->port);
}

static int compare_port(const void *name, const void *port)
{
	return strcmp(name, ((const struct port *)port)->name);
}

/* The only bridge that a port can be on, or "". */
static const char *bridge_of(const struct list *ports, const char *name)
{
	const struct port *port = NULL;

	if (ports->n)
		port = bsearch(name, ports->items, ports->n, ports->size, compare_port);
	return port ? port->bridge : "";
}

static struct claim mac_of(const struct wish *wish)
{
	struct claim claim = { .vlan = wish->vlan, .port = wish->port };

	claim.what.bytes = MAC_BYTES;
	memcpy(claim.what.address, wish->mac, MAC_BYTES);
	return claim;
}

static struct claim ip_of(const struct wish *wish)
{
	return (struct claim){ .vlan = wish->vlan, .what = wish->ip, .port = wish->port };
}

static void add(struct list *claims, struct claim claim, const struct list *ports)
{
	claim.bridge = bridge_of(ports, claim.port);
	*(struct claim *)list_add(claims) = claim;
}

/* A MAC is claimed once for each of its addresses. */
static void sort_once(struct list *claims)
{
	const struct claim *claim;
	size_t i, n = 0;

	if (!claims->n)
		return;
	qsort(claims->items, claims->n, claims->size, compare_claims);
	for (i = 1; i < claims->n; i++) {
		claim = list_at(claims, i);
		if (compare_claims(claim, list_at(claims, n)))
			*(struct claim *)list_at(claims, ++n) = *claim;
	}
	list_truncate(claims, n + 1);
}

static void collect(const struct list *all, const struct list *ports, struct list *claims)
{
	const struct wish *wish;
	size_t i;

	for (i = 0; i < all->n; i++) {
		wish = list_at(all, i);
		if (!wish->bound || wish->owner)
			continue;
		add(claims, mac_of(wish), ports);
		if (wish->ip.bytes)
			add(claims, ip_of(wish), ports);
	}
	sort_once(claims);
}

static bool may_meet(const char *a, const char *b)
{
	return !*a || !*b || !strcmp(a, b);
}

/* The first claim that does not come before an address. */
static size_t find(const struct list *claims, const struct claim *claim)
{
	size_t low = 0, high = claims->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (compare_addresses(list_at(claims, middle), claim) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const char *rival_of(const struct list *claims, const struct list *ports,
			    struct claim claim)
{
	const char *bridge = bridge_of(ports, claim.port);
	const struct claim *other;
	size_t i;

	for (i = find(claims, &claim); i < claims->n; i++) {
		other = list_at(claims, i);
		if (compare_addresses(other, &claim))
			break;
		if (strcmp(other->port, claim.port) && may_meet(other->bridge, bridge))
			return other->port;
	}
	return NULL;
}

/**
 * rival_find() - find out who else wants the same
 * @all: list of struct wish, of all ports
 * @ports: list of struct port, in the order of names
 * @wishes: list of struct wish, some of @all, whose rivals are filled in
 */
void rival_find(const struct list *all, const struct list *ports, struct list *wishes)
{
	struct list claims;
	struct wish *wish;
	size_t i;

	list_init(&claims, sizeof(struct claim), NULL);
	collect(all, ports, &claims);
	for (i = 0; i < wishes->n; i++) {
		wish = list_at(wishes, i);
		if (!wish->bound || wish->owner)
			continue;
		wish->rival = rival_of(&claims, ports, mac_of(wish));
		if (!wish->rival && wish->ip.bytes)
			wish->rival = rival_of(&claims, ports, ip_of(wish));
	}
	list_free(&claims);
}
