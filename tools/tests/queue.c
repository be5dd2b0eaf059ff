// SPDX-License-Identifier: GPL-2.0-only
/* The receive queue of the only socket there is, and what the tests set. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>
#include <linux/genetlink.h>

#include "list.h"
#include "queue.h"
#include "socket.h"

struct answer {
	size_t size;
	char *data;
};

static struct list queue;
static size_t first;
static bool lost;

/**
 * queue_setting() - a number in the environment
 * @name: name of the variable
 * @otherwise: value if it is not set
 *
 * Return: the number.
 */
unsigned int queue_setting(const char *name, unsigned int otherwise)
{
	const char *value = getenv(name);

	return value ? strtoul(value, NULL, 10) : otherwise;
}

static void answer_free(void *item)
{
	free(((struct answer *)item)->data);
}

/**
 * queue_init() - a new socket
 */
void queue_init(void)
{
	list_init(&queue, sizeof(struct answer), answer_free);
}

/**
 * queue_free() - the end of the socket
 */
void queue_free(void)
{
	list_free(&queue);
}

/**
 * queue_start() - start an answer or event
 * @cmd: the command
 * @sequence: sequence number of the request, 0 for an event
 *
 * Return: the message, in a static buffer.
 */
struct nlmsghdr *queue_start(uint8_t cmd, uint32_t sequence)
{
	static char buffer[1 << 16];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = QUEUE_FAMILY;
	nlh->nlmsg_seq = sequence;
	genl->cmd = cmd;
	genl->version = BRGUARD_FAMILY_VERSION;
	return nlh;
}

/**
 * queue_lose() - some message is lost
 */
void queue_lose(void)
{
	lost = true;
}

/**
 * queue_waiting() - is there anything to receive?
 *
 * Return: true if there is.
 */
bool queue_waiting(void)
{
	return first < queue.n;
}

/**
 * queue_add() - append a message, or lose it
 * @nlh: the message, which is copied
 */
void queue_add(const struct nlmsghdr *nlh)
{
	struct answer *answer;

	if (queue.n - first >= queue_setting("ROOM", 1 << 24)) {
		lost = true;
		return;
	}
	answer = list_add(&queue);
	answer->size = nlh->nlmsg_len;
	answer->data = memcpy(xrealloc(NULL, nlh->nlmsg_len, 1), nlh, nlh->nlmsg_len);
}

/* A change, lost or not, or none. */
static ssize_t hear(void)
{
	static unsigned int changes;
	static bool told;

	told = !told && changes++ < queue_setting("CHANGE", 0);
	return !told ? -EAGAIN : changes % 2 ? 0 : -ENOBUFS;
}

/* cppcheck-suppress constParameter */
ssize_t socket_receive(struct mnl_socket *socket, void *to, size_t size, bool wait)
{
	const struct answer *answer;

	(void)wait;
	if (socket == QUEUE_LISTENER)
		return hear();
	if (lost) {
		lost = false;
		return -ENOBUFS;
	}
	if (!queue_waiting())
		return -EAGAIN;
	answer = list_at(&queue, first++);
	if (answer->size > size)
		return -EMSGSIZE;
	size = answer->size;
	memcpy(to, answer->data, size);
	if (!queue_waiting()) {
		list_truncate(&queue, 0);
		first = 0;
	}
	return size;
}
