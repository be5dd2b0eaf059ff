// SPDX-License-Identifier: GPL-2.0-only
/* A network device: what can be told from itself alone. */

#include <stdlib.h>
#include <string.h>

#include "link.h"

/**
 * link_is() - is a device of a kind?
 * @link: the device
 * @kind: the kind, as "ip -d link" prints it
 *
 * Return: true if it is.
 */
bool link_is(const struct link *link, const char *kind)
{
	return !strcmp(link->kind, kind);
}

/**
 * link_is_bridge() - is a device a Linux bridge?
 * @link: the device
 *
 * Return: true if it is.
 */
bool link_is_bridge(const struct link *link)
{
	return link_is(link, "bridge");
}

/**
 * link_is_up() - is a device switched on?
 * @link: the device
 *
 * Return: true if it is.
 */
bool link_is_up(const struct link *link)
{
	return link->flags & IFF_UP;
}

/**
 * link_is_stub() - is somebody's own interface at the other end?
 * @link: the device
 *
 * That is what virtual machines (tap) and containers (a veth whose peer is in
 * another namespace) have. Hardware, VLANs and tunnels lead to a network.
 *
 * Return: true if so.
 */
bool link_is_stub(const struct link *link)
{
	return link->tap || (link_is(link, "veth") && link->far);
}

static void release_alias(void *alias)
{
	free(*(char **)alias);
}

/**
 * link_alias() - add an alternative name
 * @link: the device
 * @name: the name
 */
void link_alias(struct link *link, const char *name)
{
	if (!link->aliases.size)
		list_init(&link->aliases, sizeof(char *), release_alias);
	*(char **)list_add(&link->aliases) = xstrdup(name);
}

/**
 * link_release() - free what a device owns
 * @link: the device
 */
void link_release(void *link)
{
	list_free(&((struct link *)link)->aliases);
}
