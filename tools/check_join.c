// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bridges that are one network: by a pair of veth devices, a VLAN of one that is
 * a port of the other, or a device on one whose VLAN is on the other. VLANs of
 * one device on several bridges are not, they are how VLANs are kept apart.
 */

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "finding.h"
#include "text.h"

/**
 * struct join - two bridges joined
 * @port: what joins them
 * @a: the bridge it is on
 * @b: the other, which may be the same
 * @loop: there is another way from @a to @b
 */
struct join {
	const struct link *port;
	const struct link *a;
	const struct link *b;
	bool loop;
};

static const struct link *find_bridge(const struct host *host, const struct link *port)
{
	const struct link *master = host_link(host, port->master);

	return master && link_is_bridge(master) ? master : NULL;
}

/* The bridge at the other end of a port. */
static const struct link *find_far_bridge(const struct host *host, const struct link *port)
{
	const struct link *lower = port->far ? NULL : host_link(host, port->lower);

	if (!lower)
		return NULL;
	return link_is_bridge(lower) ? lower : find_bridge(host, lower);
}

/* Proxmox puts a bridge of its own between a guest and the real one, and nothing else on it. */
static bool is_appendix(const struct host *host, const struct link *bridge)
{
	unsigned int n = 0;
	size_t i;

	if (strncmp(bridge->name, "fwbr", 4))
		return false;
	for (i = 0; i < host->links.n; i++)
		n += ((const struct link *)list_at(&host->links, i))->master == bridge->index;
	return n <= 2;
}

/* Both ends of a veth pair see the same join: it counts at the lower index. */
static bool is_first_end(const struct link *port)
{
	return !link_is(port, "veth") || port->index < port->lower;
}

/* One bridge with spanning tree is enough to break a loop through it. */
static bool has_tree(const struct join *join)
{
	return join->a->bridge.stp || join->b->bridge.stp;
}

static bool find_join(const struct host *host, const struct link *port, struct join *join)
{
	memset(join, 0, sizeof(*join));
	join->port = port;
	join->a = find_bridge(host, port);
	join->b = join->a ? find_far_bridge(host, port) : NULL;
	return join->b && is_first_end(port) && link_is_up(port) && !has_tree(join);
}

/* group: by index of the bridge in the host's links; joined bridges share one. */
static size_t find_group(const struct host *host, const size_t *group, const struct link *bridge)
{
	size_t i = bridge - (const struct link *)host->links.items;

	while (group[i] != i)
		i = group[i];
	return i;
}

static void collect(const struct host *host, struct list *joins)
{
	size_t *group = xrealloc(NULL, host->links.n, sizeof(*group));
	struct join join;
	size_t i, a, b;

	for (i = 0; i < host->links.n; i++)
		group[i] = i;
	for (i = 0; i < host->links.n; i++) {
		if (!find_join(host, list_at(&host->links, i), &join))
			continue;
		a = find_group(host, group, join.a);
		b = find_group(host, group, join.b);
		join.loop = a == b;
		group[a] = b;
		memcpy(list_add(joins), &join, sizeof(join));
	}
	free(group);
}

static void add_tree(const struct host *host, const struct link *bridge, struct finding *f)
{
	finding_remedy(f, host, "ip", "link set dev %s type bridge stp_state 1",
		       text_shell(bridge->name));
}

static void find(const struct host *host, const struct join *join, struct list *findings)
{
	struct finding *f;

	f = finding_add(findings, "bridges-joined", join->loop ? SEVERITY_DANGER : SEVERITY_WARNING,
			join->port->name);
	if (join->a == join->b)
		finding_say(f,
			    "Both ends are on %s, and STP is off: a loop, in which broadcasts\n"
			    "multiply without end.",
			    text_bare(join->a->name));
	else
		finding_say(f, "It joins the bridges %s and %s, and STP is off on both.",
			    text_bare(join->a->name), text_bare(join->b->name));
	if (join->a != join->b && join->loop)
		finding_say(f,
			    "There is another way between them: a loop, in which broadcasts\n"
			    "multiply without end.");
	else if (join->a != join->b)
		finding_say(f,
			    "One more link or cable between them is a loop, in which broadcasts\n"
			    "multiply without end.");
	add_tree(host, join->a, f);
	if (join->a != join->b)
		add_tree(host, join->b, f);
}

/**
 * check_joins() - are bridges joined without spanning tree?
 * @host: the host
 * @findings: gets what is found
 */
void check_joins(const struct host *host, struct list *findings)
{
	const struct join *join;
	struct list joins;
	size_t i;

	if (!host->links.n)
		return;
	list_init(&joins, sizeof(struct join), NULL);
	collect(host, &joins);
	for (i = 0; i < joins.n; i++) {
		join = list_at(&joins, i);
		if (join->loop || (!is_appendix(host, join->a) && !is_appendix(host, join->b)))
			find(host, join, findings);
	}
	list_free(&joins);
}
