// SPDX-License-Identifier: GPL-2.0-only
/* Events for "brguardctl monitor", all at once when it joins a group. */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "queue.h"
#include "socket.h"

static void put_answers(void)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_ANSWERS_NTF, 0);

	mnl_attr_put_strz(nlh, BRGUARD_A_ANSWERS_PORT, "uplink");
	mnl_attr_put_strz(nlh, BRGUARD_A_ANSWERS_BRIDGE, "virbr6");
	mnl_attr_put_u32(nlh, BRGUARD_A_ANSWERS_DIRECTION, BRGUARD_DIRECTION_IN);
	mnl_attr_put(nlh, BRGUARD_A_ANSWERS_MAC, 6, "\x52\x54\0\x9f\x5d\xc1");
	mnl_attr_put_u64(nlh, BRGUARD_A_ANSWERS_CLAIMS, 10000);
	mnl_attr_put_u64(nlh, BRGUARD_A_ANSWERS_DISTINCT, 255);
	mnl_attr_put_u64(nlh, BRGUARD_A_ANSWERS_DROPPED, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_ANSWERS_TIME, 10000);
	mnl_attr_put(nlh, BRGUARD_A_ANSWERS_SAMPLE, 4, "\xc0\xa8\x32\x0d");
	mnl_attr_put(nlh, BRGUARD_A_ANSWERS_SAMPLE, 16, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
	queue_add(nlh);
}

static void put_violation(void)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_VIOLATION_NTF, 0);

	mnl_attr_put_strz(nlh, BRGUARD_A_VIOLATION_PORT, "vk64");
	mnl_attr_put_strz(nlh, BRGUARD_A_VIOLATION_BRIDGE, "virbr6");
	mnl_attr_put_u32(nlh, BRGUARD_A_VIOLATION_DIRECTION, BRGUARD_DIRECTION_IN);
	mnl_attr_put_u32(nlh, BRGUARD_A_VIOLATION_REASON, BRGUARD_REASON_SRC_IP);
	mnl_attr_put(nlh, BRGUARD_A_VIOLATION_SRC_MAC, 6, "\x52\x54\0\x9f\x5d\xc1");
	mnl_attr_put(nlh, BRGUARD_A_VIOLATION_DST_MAC, 6, "\xff\xff\xff\xff\xff\xff");
	mnl_attr_put(nlh, BRGUARD_A_VIOLATION_SRC_IP, 4, "\xc0\xa8\x32\x0d");
	mnl_attr_put(nlh, BRGUARD_A_VIOLATION_DST_IP, 16, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
	mnl_attr_put_u16(nlh, BRGUARD_A_VIOLATION_VLAN, 10);
	mnl_attr_put_u16(nlh, BRGUARD_A_VIOLATION_ETHERTYPE, 0x0800);
	mnl_attr_put_u64(nlh, BRGUARD_A_VIOLATION_SUPPRESSED, 12);
	queue_add(nlh);
	nlh = queue_start(BRGUARD_CMD_VIOLATION_NTF, 0);
	mnl_attr_put_strz(nlh, BRGUARD_A_VIOLATION_PORT, "vk64");
	mnl_attr_put_u64(nlh, BRGUARD_A_VIOLATION_SUPPRESSED, 5);
	queue_add(nlh);
	put_answers();
}

/* Put back by brguard itself; and one of many, for all devices. */
static void put_watch_forms(void)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_WATCH_NTF, 0);

	mnl_attr_put(nlh, BRGUARD_A_WATCH_HELD, 0, NULL);
	mnl_attr_put(nlh, BRGUARD_A_WATCH_LOW, 0, NULL);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_WHAT, BRGUARD_WATCH_AGEING_TIME);
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_BRIDGE, "br0");
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_DEVICE, "br0");
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_OLD, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_NEW, 500);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_COUNT, 1);
	queue_add(nlh);
	nlh = queue_start(BRGUARD_CMD_WATCH_NTF, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_WHAT, BRGUARD_WATCH_FDB);
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_DEVICE, "all");
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_PID, 7);
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_COMM, "sh");
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_UID, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_NETNS, 4026531840);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_COUNT, 10000);
	mnl_attr_put(nlh, BRGUARD_A_WATCH_MAC, 6, "\x52\x54\0\x9f\x5d\xc1");
	mnl_attr_put_u16(nlh, BRGUARD_A_WATCH_VLAN, 7);
	mnl_attr_put(nlh, BRGUARD_A_WATCH_SEVERAL, 0, NULL);
	queue_add(nlh);
}

static void put_watch(void)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_WATCH_NTF, 0);

	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_WHAT, BRGUARD_WATCH_PROMISCUITY);
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_BRIDGE, "virbr6");
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_DEVICE, "virbr6");
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_OLD, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_NEW, 1);
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_PID, 123);
	mnl_attr_put_strz(nlh, BRGUARD_A_WATCH_COMM, "evil\n\033[2J\xff");
	mnl_attr_put_u32(nlh, BRGUARD_A_WATCH_UID, 0);
	queue_add(nlh);
	put_watch_forms();
}

static void put_config(void)
{
	struct nlmsghdr *nlh = queue_start(BRGUARD_CMD_PORT_NTF, 0);

	mnl_attr_put_strz(nlh, BRGUARD_A_PORT_NAME, "vk63");
	mnl_attr_put_u32(nlh, BRGUARD_A_PORT_ROLE, BRGUARD_ROLE_GUEST);
	queue_add(nlh);
	nlh = queue_start(BRGUARD_CMD_BINDING_DEL_NTF, 0);
	mnl_attr_put_strz(nlh, BRGUARD_A_BINDING_PORT, "vk63");
	mnl_attr_put(nlh, BRGUARD_A_BINDING_MAC, 6, "\x52\x54\0\x9f\x5d\xc1");
	mnl_attr_put_u16(nlh, BRGUARD_A_BINDING_VLAN, 10);
	queue_add(nlh);
	nlh = queue_start(BRGUARD_CMD_CONFIG_NTF, 0);
	mnl_attr_put_u32(nlh, BRGUARD_A_CONFIG_GENERATION, 7);
	queue_add(nlh);
}

/* cppcheck-suppress constParameter */
int socket_join(struct mnl_socket *socket, unsigned int group)
{
	static void (*const put[])(void) = { put_violation, put_watch, put_config };

	if (socket != QUEUE_LISTENER && group != GENL_ID_CTRL)
		put[group - 1]();
	return 0;
}

static void put_unloaded(void)
{
	struct nlmsghdr *nlh = queue_start(CTRL_CMD_DELFAMILY, 0);

	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, QUEUE_FAMILY + 1);
	queue_add(nlh);
	nlh = queue_start(CTRL_CMD_DELFAMILY, 0);
	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, BRGUARD_FAMILY_NAME);
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, QUEUE_FAMILY);
	queue_add(nlh);
}

/* When the events are read, some are lost; when that is read, somebody ends it. */
int socket_wait(struct mnl_socket *socket, int stop)
{
	static bool once;

	struct pollfd pollfd = { .fd = stop, .events = POLLIN };

	(void)socket;
	if (queue_waiting())
		return 0;
	if (!once) {
		once = true;
		queue_lose();
		if (queue_setting("UNLOAD", 0))
			put_unloaded();
		return 0;
	}
	raise(SIGTERM);
	return poll(&pollfd, 1, 1000) == 1 ? -EINTR : -ETIME;
}
