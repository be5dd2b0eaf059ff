// SPDX-License-Identifier: GPL-2.0-only
/* What the stand-in kernel has seen in audit mode: always the same. */

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>

#include "queue.h"
#include "wishes.h"

/* A message: without a last byte of the MAC it is about the port itself. */
static const struct {
	const char *port;
	uint8_t mac;
	uint16_t vlan;
	const char *ip;
	const char *owner;
	uint64_t more;
	bool settings;
} wishes[] = {
	{ .port = "vk63", .more = 7 },
	{ .port = "vk63", .mac = 0xc1, .vlan = 10, .ip = "192.168.50.14" },
	{ .port = "vk63", .mac = 0xc1, .ip = "2001:db8::1" },
	{ .port = "vk63", .mac = 0xc1 },
	{ .port = "vk63", .mac = 0xc1, .ip = "10.0.0.9", .owner = "up" },
	{ .port = "vk63", .mac = 0xc1, .ip = "192.168.50.77" },
	{ .port = "vk63", .mac = 0xc1, .ip = "192.168.50.13" },
	{ .port = "tap 1", .settings = true },
	{ .port = "tap 1", .mac = 0xc3 },
	{ .port = "tap2", .settings = true },
	{ .port = "tap2", .mac = 0xc4, .ip = "10.0.0.8", .owner = "up" },
	{ .port = "vk64", .mac = 0xc2, .ip = "192.168.50.77" },
	{ .port = "vk64", .mac = 0xc2, .ip = "192.168.50.78" },
};

static void put_ip(struct nlmsghdr *nlh, const char *text)
{
	uint8_t address[16];

	if (inet_pton(AF_INET, text, address) == 1)
		mnl_attr_put(nlh, BRGUARD_A_SUGGEST_IP, 4, address);
	else if (inet_pton(AF_INET6, text, address) == 1)
		mnl_attr_put(nlh, BRGUARD_A_SUGGEST_IP, 16, address);
}

static void put_settings(struct nlmsghdr *nlh, const char *port)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, BRGUARD_A_SUGGEST_SETTINGS);

	mnl_attr_put_strz(nlh, BRGUARD_A_PORT_NAME, port);
	mnl_attr_put_strz(nlh, BRGUARD_A_PORT_BRIDGE, "br0");
	mnl_attr_put_u16(nlh, BRGUARD_A_PORT_ETHERTYPE, 0x88cc);
	mnl_attr_put_u32(nlh, BRGUARD_A_PORT_ROLE, BRGUARD_ROLE_GUEST);
	mnl_attr_put_u32(nlh, BRGUARD_A_PORT_LINK_LOCAL, BRGUARD_LINK_LOCAL_ANY);
	mnl_attr_nest_end(nlh, nest);
}

static void answer(unsigned int i, const struct nlmsghdr *request, uint16_t flags)
{
	const uint8_t mac[6] = { 0x52, 0x54, 0x00, 0x9f, 0x5d, wishes[i].mac };
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_SUGGEST, request->nlmsg_seq);

	nlh->nlmsg_flags = flags;
	mnl_attr_put_strz(nlh, BRGUARD_A_SUGGEST_PORT, wishes[i].port);
	if (wishes[i].mac)
		mnl_attr_put(nlh, BRGUARD_A_SUGGEST_MAC, sizeof(mac), mac);
	if (wishes[i].vlan)
		mnl_attr_put_u16(nlh, BRGUARD_A_SUGGEST_VLAN, wishes[i].vlan);
	if (wishes[i].ip)
		put_ip(nlh, wishes[i].ip);
	if (wishes[i].owner)
		mnl_attr_put_strz(nlh, BRGUARD_A_SUGGEST_OWNER, wishes[i].owner);
	if (wishes[i].more)
		mnl_attr_put_u64(nlh, BRGUARD_A_SUGGEST_MORE, wishes[i].more);
	if (wishes[i].settings)
		put_settings(nlh, wishes[i].port);
	queue_add(nlh);
}

/**
 * wishes_answer() - answer BRGUARD_CMD_SUGGEST, but for the end of the dump
 * @request: the request
 * @port: the only port, or NULL
 * @flags: NLM_F_* of the answers
 */
void wishes_answer(const struct nlmsghdr *request, const char *port, uint16_t flags)
{
	unsigned int i;

	for (i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		if (!port || !strcmp(port, wishes[i].port))
			answer(i, request, flags);
	}
}
