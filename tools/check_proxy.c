// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answers for others. With proxy_arp a host answers every ARP request for an
 * address that it would route out of another device (net/ipv4/arp.c,
 * arp_fwd_proxy()). While there is a route for the network back through the
 * device where the question came from, its neighbours are left alone. When that
 * route goes, because a device went down and came up again, the default route of
 * the next table answers for everybody.
 */

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "check.h"
#include "finding.h"
#include "fib.h"
#include "text.h"

/* Is it asked, and does its IP see the question? A bridge's port has none. */
static bool is_asked(const struct host *host, const struct link *link)
{
	const struct link *master = host_link(host, link->master);

	if (!link_is_up(link) || (link->flags & (IFF_LOOPBACK | IFF_NOARP)))
		return false;
	return !master || link_is(master, "vrf");
}

static bool leads_back(const struct route *route, const struct link *link)
{
	return route && route->type == RTN_UNICAST && !route->several &&
	       route->device == link->index;
}

static bool leads_away(const struct route *route, const struct link *link)
{
	return route && route->type == RTN_UNICAST && route->device && !leads_back(route, link);
}

/* A prefix that somebody answers for, and the route that says so. */
struct answer {
	struct prefix prefix;
	const struct route *route;
};

typedef bool (*answers_fn)(const struct route *route, const struct link *link);

static bool answers_for(const struct host *host, const struct link *link,
			const struct prefix *prefix, answers_fn answers, struct answer *answer)
{
	answer->prefix = *prefix;
	answer->route = fib_lookup(host, &host->fib4, link, prefix);
	return answers(answer->route, link);
}

static bool is_network(const struct prefix *prefix)
{
	return prefix->bytes == 4 && prefix->length && prefix->length < 32;
}

/* Looks at the networks of the device's own addresses; *n counts them. */
static bool answers_for_addresses(const struct host *host, const struct link *link,
				  answers_fn answers, struct answer *answer, unsigned int *n)
{
	const struct address *address;
	size_t i;

	for (i = 0; i < host->addresses.n; i++) {
		address = list_at(&host->addresses, i);
		if (address->device != link->index || !is_network(&address->prefix))
			continue;
		++*n;
		if (answers_for(host, link, &address->prefix, answers, answer))
			return true;
	}
	return false;
}

/* Looks at the networks that any table says are behind the device. */
static bool answers_for_routes(const struct host *host, const struct link *link,
			       answers_fn answers, struct answer *answer, unsigned int *n)
{
	const struct route *route;
	size_t i;

	for (i = 0; i < host->fib4.routes.n; i++) {
		route = list_at(&host->fib4.routes, i);
		if (!leads_back(route, link) || !route->prefix.length)
			continue;
		++*n;
		if (is_network(&route->prefix) &&
		    answers_for(host, link, &route->prefix, answers, answer))
			return true;
	}
	return false;
}

/*
 * Does the host answer for a whole network behind a device? If nothing says
 * what is there, that is all addresses; single ones are a routed guest's, who
 * is meant to get an answer for everything.
 */
static bool answers_on(const struct host *host, const struct link *link, answers_fn answers,
		       struct answer *answer)
{
	static const struct prefix everything = { .bytes = 4 };
	unsigned int n = 0;

	if (answers_for_addresses(host, link, answers, answer, &n))
		return true;
	if (n)
		return false;
	if (answers_for_routes(host, link, answers, answer, &n))
		return true;
	return !n && answers_for(host, link, &everything, answers, answer);
}

/* A table that is asked about this device alone, and is empty. */
static uint32_t find_empty_table(const struct host *host, const struct link *link)
{
	const struct rule *rule;
	size_t i;

	for (i = 0; i < host->fib4.rules.n; i++) {
		rule = list_at(&host->fib4.rules, i);
		if (rule->action == FR_ACT_TO_TBL && rule->table && !rule->invert &&
		    !strcmp(rule->iif, link->name) && fib_table_is_empty(&host->fib4, rule->table))
			return rule->table;
	}
	return 0;
}

static const char *network_text(const struct prefix *prefix, char *text)
{
	struct prefix network = *prefix;
	unsigned int i;

	if (!prefix->length)
		return "every address";
	for (i = prefix->length; i < 8u * prefix->bytes; i++)
		network.address[i / 8] &= ~(0x80 >> i % 8);
	return prefix_text(&network, text);
}

static void say_answer(const struct host *host, const struct answer *answer, struct finding *f)
{
	const char *to = text_bare(host_name(host, answer->route->device));
	char text[PREFIX_TEXT];

	if (answer->route->several)
		to = "several devices";
	finding_say(f, "It answers for %s: the route that decides (table %u) leads to %s.",
		    network_text(&answer->prefix, text), answer->route->table, to);
}

static void switch_off(const struct host *host, const struct link *link, const char *sysctl,
		       bool all, bool own, struct finding *f)
{
	if (all)
		finding_remedy(f, host, "sysctl", "-w net/ipv4/conf/all/%s=0", sysctl);
	if (own)
		finding_remedy(f, host, "sysctl", "-w net/ipv4/conf/%s/%s=0",
			       text_shell(link->name), sysctl);
}

/**
 * check_proxy_arp() - does the host take its neighbours' traffic?
 * @host: the host
 * @link: a device
 * @findings: gets what is found
 */
void check_proxy_arp(const struct host *host, const struct link *link, struct list *findings)
{
	struct answer answer;
	struct finding *f;
	uint32_t table;
	bool rogue;

	if (!link->ip4.forwarding || !(link->ip4.proxy || host->all4.proxy))
		return;
	if (!is_asked(host, link))
		return;
	rogue = answers_on(host, link, leads_away, &answer);
	table = find_empty_table(host, link);
	if (!rogue && !table)
		return;
	f = finding_add(findings, "proxy-arp", rogue ? SEVERITY_DANGER : SEVERITY_WARNING,
			link->name);
	finding_say(f,
		    "proxy_arp is on without a route that covers the network here: the host\n"
		    "answers ARP requests for its neighbours and draws their traffic.");
	if (rogue)
		say_answer(host, &answer, f);
	if (table)
		finding_say(f,
			    "Table %u, which is for this device, is empty; what comes in here is\n"
			    "looked up in the next.",
			    table);
	switch_off(host, link, "proxy_arp", host->all4.proxy, link->ip4.proxy, f);
}

/**
 * check_proxy_pvlan() - does the host answer for those it would send back to?
 * @host: the host
 * @link: a device
 * @findings: gets what is found
 */
void check_proxy_pvlan(const struct host *host, const struct link *link, struct list *findings)
{
	struct answer answer;
	struct finding *f;

	if (!link->ip4.forwarding || !(link->ip4.pvlan || host->all4.pvlan))
		return;
	if (!is_asked(host, link) || !answers_on(host, link, leads_back, &answer))
		return;
	f = finding_add(findings, "proxy-arp-pvlan", SEVERITY_DANGER, link->name);
	finding_say(f,
		    "proxy_arp_pvlan is on and a route leads back through this device: the host\n"
		    "answers ARP requests for all its neighbours and draws their traffic, unless\n"
		    "the network keeps them from each other.");
	switch_off(host, link, "proxy_arp_pvlan", host->all4.pvlan, link->ip4.pvlan, f);
}

static void check_entry(const struct host *host, const struct address *entry,
			struct list *findings)
{
	const struct link *link = host_link(host, entry->device);
	const struct route *route;
	char text[PREFIX_TEXT];
	struct finding *f;

	if (!link || !link->ip6.forwarding || !(link->ip6.proxy || host->all6.proxy))
		return;
	route = is_asked(host, link) ? fib_lookup(host, &host->fib6, link, &entry->prefix) : NULL;
	if (!is_asked(host, link) || (route && route->type == RTN_LOCAL) || leads_away(route, link))
		return;
	prefix_text(&entry->prefix, text);
	f = finding_add(findings, "proxy-ndp", SEVERITY_DANGER, link->name);
	finding_say(f,
		    "The host answers neighbour solicitations for %s here, but %s, so that\n"
		    "whose address it is gets nothing.",
		    text,
		    leads_back(route, link) ? "its own route leads back" : "has no route to it");
	finding_remedy(f, host, "ip", "-6 neigh del proxy %s dev %s", text,
		       text_shell(link->name));
}

/**
 * check_proxy_ndp() - does the host answer for IPv6 addresses it does not lead to?
 * @host: the host
 * @findings: gets what is found
 */
void check_proxy_ndp(const struct host *host, struct list *findings)
{
	size_t i;

	for (i = 0; i < host->proxies.n; i++)
		check_entry(host, list_at(&host->proxies, i), findings);
}
