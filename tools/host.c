// SPDX-License-Identifier: GPL-2.0-only
/* What is known of this host, in plain structures. */

#include <stdlib.h>
#include <string.h>

#include "host.h"

/**
 * host_init() - make a host without anything
 * @host: the host
 * @netns: name of the network namespace for remedies, or NULL
 */
void host_init(struct host *host, const char *netns)
{
	memset(host, 0, sizeof(*host));
	host->netns = netns;
	model_init(&host->model);
	list_init(&host->links, sizeof(struct link), link_release);
	list_init(&host->owners, sizeof(struct owner), NULL);
	list_init(&host->addresses, sizeof(struct address), NULL);
	list_init(&host->proxies, sizeof(struct address), NULL);
	list_init(&host->stations, sizeof(struct station), NULL);
	list_init(&host->watchers, sizeof(struct watcher), NULL);
	fib_init(&host->fib4);
	fib_init(&host->fib6);
}

/**
 * host_free() - free what a host consists of
 * @host: the host
 */
void host_free(struct host *host)
{
	fib_free(&host->fib6);
	fib_free(&host->fib4);
	list_free(&host->watchers);
	list_free(&host->stations);
	list_free(&host->proxies);
	list_free(&host->addresses);
	list_free(&host->owners);
	list_free(&host->links);
	model_free(&host->model);
}

static int compare_index(const void *key, const void *item)
{
	int a = *(const int *)key, b = ((const struct link *)item)->index;

	return (a > b) - (a < b);
}

/**
 * host_link() - look up a device by index
 * @host: the host
 * @index: the index
 *
 * Return: the device, or NULL.
 */
struct link *host_link(const struct host *host, int index)
{
	if (!index || !host->links.n)
		return NULL;
	return bsearch(&index, host->links.items, host->links.n, host->links.size, compare_index);
}

/**
 * host_find() - look up a device by name
 * @host: the host
 * @name: the name
 *
 * Return: the device, or NULL.
 */
const struct link *host_find(const struct host *host, const char *name)
{
	const struct link *link;
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		link = list_at(&host->links, i);
		if (!strcmp(link->name, name))
			return link;
	}
	return NULL;
}

/**
 * host_has_bridge() - is there a bridge at all?
 * @host: the host
 *
 * Return: true if there is.
 */
bool host_has_bridge(const struct host *host)
{
	size_t i;

	for (i = 0; i < host->links.n; i++) {
		if (link_is_bridge(list_at(&host->links, i)))
			return true;
	}
	return false;
}

/**
 * host_name() - name of a device
 * @host: the host
 * @index: its index
 *
 * Return: the name, "?" for a device that has gone.
 */
const char *host_name(const struct host *host, int index)
{
	const struct link *link = host_link(host, index);

	return link ? link->name : "?";
}
