// SPDX-License-Identifier: GPL-2.0-only
/*
 * Policy routing as the kernel does it for a packet that comes in (fib_rules.c,
 * fib_trie.c), but for a whole prefix at a time: a rule or route counts if it
 * holds for every address of it.
 */

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "fib.h"
#include "host.h"

/**
 * fib_init() - make a routing without rules and routes
 * @fib: the routing
 */
void fib_init(struct fib *fib)
{
	list_init(&fib->rules, sizeof(struct rule), NULL);
	list_init(&fib->routes, sizeof(struct route), NULL);
}

/**
 * fib_free() - free what a routing consists of
 * @fib: the routing
 */
void fib_free(struct fib *fib)
{
	list_free(&fib->routes);
	list_free(&fib->rules);
}

/**
 * fib_covers() - does a prefix hold all addresses of another?
 * @outer: the one; length 0 holds everything
 * @inner: the other
 *
 * Return: true if it does.
 */
bool fib_covers(const struct prefix *outer, const struct prefix *inner)
{
	unsigned int bytes = outer->length / 8, bits = outer->length % 8;
	uint8_t mask = bits ? 0xff << (8 - bits) : 0;

	if (!outer->length)
		return true;
	if (outer->bytes != inner->bytes || outer->length > inner->length)
		return false;
	if (memcmp(outer->address, inner->address, bytes))
		return false;
	return !bits || !((outer->address[bytes] ^ inner->address[bytes]) & mask);
}

static bool rule_selects(const struct rule *rule, const struct link *from,
			 const struct prefix *to)
{
	if (rule->never || (*rule->iif && strcmp(rule->iif, from->name)))
		return false;
	return fib_covers(&rule->src, to) && fib_covers(&rule->dst, to);
}

static const struct route *table_lookup(const struct fib *fib, uint32_t table,
					const struct prefix *to)
{
	const struct route *route, *best = NULL;
	size_t i;

	for (i = 0; i < fib->routes.n; i++) {
		route = list_at(&fib->routes, i);
		if (route->table != table || !fib_covers(&route->prefix, to))
			continue;
		if (!best || route->prefix.length > best->prefix.length)
			best = route;
	}
	return best;
}

static uint32_t rule_table(const struct host *host, const struct rule *rule,
			   const struct link *from)
{
	const struct link *master;

	if (!rule->l3mdev)
		return rule->table;
	master = host_link(host, from->master);
	return master ? master->vrf_table : 0;
}

static const struct route *rule_lookup(const struct host *host, const struct fib *fib,
				       const struct rule *rule, const struct link *from,
				       const struct prefix *to)
{
	uint32_t table = rule_table(host, rule, from);
	const struct route *route;

	route = table ? table_lookup(fib, table, to) : NULL;
	if (!route || route->type == RTN_THROW || route->prefix.length <= rule->suppress)
		return NULL;
	return route;
}

/**
 * fib_lookup() - where does a packet go that comes in on a device?
 * @host: the host
 * @fib: its routing
 * @from: the device
 * @to: its destination, and a network that its source is in
 *
 * Return: the route that decides, or NULL if there is none or a rule refuses.
 */
const struct route *fib_lookup(const struct host *host, const struct fib *fib,
			       const struct link *from, const struct prefix *to)
{
	const struct route *route;
	const struct rule *rule;
	uint32_t least = 0;
	size_t i;

	for (i = 0; i < fib->rules.n; i++) {
		rule = list_at(&fib->rules, i);
		if (rule->priority < least || rule_selects(rule, from, to) == rule->invert)
			continue;
		if (rule->action == FR_ACT_GOTO)
			least = rule->target;
		if (rule->action == FR_ACT_GOTO || rule->action == FR_ACT_NOP)
			continue;
		if (rule->action != FR_ACT_TO_TBL)
			return NULL;
		route = rule_lookup(host, fib, rule, from, to);
		if (route)
			return route;
	}
	return NULL;
}

/**
 * fib_table_is_empty() - has a table no route?
 * @fib: the routing
 * @table: the table
 *
 * Return: true if it has none.
 */
bool fib_table_is_empty(const struct fib *fib, uint32_t table)
{
	size_t i;

	for (i = 0; i < fib->routes.n; i++) {
		if (((const struct route *)list_at(&fib->routes, i))->table == table)
			return false;
	}
	return true;
}
