// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel saw in audit mode and no binding has. */

#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "intern.h"
#include "port.h"
#include "value.h"
#include "wish.h"

static void release(void *item)
{
	free(((struct wish *)item)->settings);
}

/**
 * wish_list_init() - make an empty list of struct wish
 * @list: the list
 */
void wish_list_init(struct list *list)
{
	list_init(list, sizeof(struct wish), release);
}

static const char *get_name(const struct nlattr *attr)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];

	name_get(attr, name, sizeof(name));
	return intern(name);
}

static void get_settings(struct wish *wish, const struct nlattr *nest)
{
	free(wish->settings);
	wish->settings = memset(xrealloc(NULL, 1, sizeof(*wish->settings)), 0,
				sizeof(*wish->settings));
	port_get_nested(nest, wish->settings);
}

static void get_ip(struct wish *wish, const struct nlattr *attr)
{
	wish->ip.bytes = address_get(attr, wish->ip.address);
	wish->ip.length = 8 * wish->ip.bytes;
}

static void get_attribute(struct wish *wish, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case BRGUARD_A_SUGGEST_PORT:
		wish->port = get_name(attr);
		break;
	case BRGUARD_A_SUGGEST_MAC:
		wish->bound = true;
		mac_get(attr, wish->mac);
		break;
	case BRGUARD_A_SUGGEST_VLAN:
		wish->vlan = number_get(attr);
		break;
	case BRGUARD_A_SUGGEST_IP:
		get_ip(wish, attr);
		break;
	case BRGUARD_A_SUGGEST_OWNER:
		wish->owner = get_name(attr);
		break;
	case BRGUARD_A_SUGGEST_MORE:
		wish->more = number_get(attr);
		break;
	case BRGUARD_A_SUGGEST_SETTINGS:
		get_settings(wish, attr);
		break;
	}
}

static void collect(const struct nlmsghdr *nlh, void *data)
{
	struct wish *wish = list_add(data);
	const struct nlattr *attr;

	wish->port = "";
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		get_attribute(wish, attr);
}

/**
 * wish_fetch() - ask the kernel what is missing
 * @ipc: the conversation
 * @port: the port, or NULL for all
 * @list: gets the answers, in no order
 *
 * Return: exit code.
 */
int wish_fetch(struct ipc *ipc, const char *port, struct list *list)
{
	struct nlmsghdr *nlh = ipc_request(ipc, BRGUARD_CMD_SUGGEST, NLM_F_DUMP);

	if (port)
		mnl_attr_put_strz(nlh, BRGUARD_A_SUGGEST_PORT, port);
	return ipc_dump(ipc, nlh, collect, list, list);
}

/**
 * wish_is_free() - can it be bound as things are?
 * @wish: the wish
 *
 * Return: true if no other port has it or is about to have it.
 */
bool wish_is_free(const struct wish *wish)
{
	return wish->bound && !wish->owner && !wish->rival;
}

static int compare_names(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* All but the address: what stands on one line. */
static int compare_lines(const struct wish *a, const struct wish *b)
{
	int order = strcmp(a->port, b->port);

	if (!order)
		order = a->bound - b->bound;
	if (!order)
		order = a->vlan - b->vlan;
	if (!order)
		order = memcmp(a->mac, b->mac, MAC_BYTES);
	if (!order)
		order = compare_names(a->owner, b->owner);
	return order ? order : compare_names(a->rival, b->rival);
}

static int compare(const void *a, const void *b)
{
	const struct wish *x = a, *y = b;
	int order = compare_lines(x, y);

	return order ? order : prefix_compare(&x->ip, &y->ip);
}

/**
 * wish_same_line() - do two wishes go into one binding?
 * @a: a wish
 * @b: another one
 *
 * Return: true if they differ in the address only.
 */
bool wish_same_line(const struct wish *a, const struct wish *b)
{
	return !compare_lines(a, b);
}

/**
 * wish_sort() - put wishes in the order of printing
 * @list: list of struct wish
 */
void wish_sort(struct list *list)
{
	if (list->n)
		qsort(list->items, list->n, list->size, compare);
}
