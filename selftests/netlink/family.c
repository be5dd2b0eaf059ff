// SPDX-License-Identifier: GPL-2.0
/* Asks the kernel what a family takes: CTRL_CMD_GETFAMILY, CTRL_CMD_GETPOLICY. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <string.h>

#include "family.h"

static struct operation *find_operation(struct family *family, uint8_t command)
{
	uint32_t i;

	for (i = 0; i < family->n_operations; i++) {
		if (family->operation[i].command == command)
			return &family->operation[i];
	}
	return NULL;
}

static void read_operation(struct family *family, const struct nlattr *nest)
{
	struct operation *op;
	struct nlattr *attr;
	uint32_t flags;

	if (family->n_operations == FAMILY_OPS)
		return;
	op = &family->operation[family->n_operations++];
	op->policy = FAMILY_NO_POLICY;
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_OP_ID)
			op->command = mnl_attr_get_u32(attr);
		if (mnl_attr_get_type(attr) != CTRL_ATTR_OP_FLAGS)
			continue;
		flags = mnl_attr_get_u32(attr);
		op->can_do = flags & GENL_CMD_CAP_DO;
		op->can_dump = flags & GENL_CMD_CAP_DUMP;
	}
}

static void read_group(struct family *family, const struct nlattr *nest)
{
	struct nlattr *attr;

	if (family->n_groups == FAMILY_GROUPS)
		return;
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			family->group[family->n_groups++] = mnl_attr_get_u32(attr);
	}
}

static int read_family(const struct nlmsghdr *nlh, void *data)
{
	struct family *family = data;
	struct nlattr *attr, *nest;

	mnl_attr_for_each(attr, nlh, GENL_HDRLEN) {
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_ID:
			family->id = mnl_attr_get_u16(attr);
			break;
		case CTRL_ATTR_OPS:
			mnl_attr_for_each_nested(nest, attr)
				read_operation(family, nest);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			mnl_attr_for_each_nested(nest, attr)
				read_group(family, nest);
			break;
		}
	}
	return MNL_CB_OK;
}

/* Of a request and of a dump: brguard has one policy for both. */
static void read_op_policy(struct family *family, const struct nlattr *nest)
{
	struct nlattr *attr, *mode;
	struct operation *op;

	mnl_attr_for_each_nested(attr, nest) {
		op = find_operation(family, mnl_attr_get_type(attr));
		mnl_attr_for_each_nested(mode, attr) {
			if (op)
				op->policy = mnl_attr_get_u32(mode);
		}
	}
}

static uint64_t read_number(const struct nlattr *attr)
{
	return mnl_attr_get_payload_len(attr) == 8 ? mnl_attr_get_u64(attr) :
						     mnl_attr_get_u32(attr);
}

static void read_attribute(struct attribute *known, const struct nlattr *nest)
{
	struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case NL_POLICY_TYPE_ATTR_TYPE:
			known->type = read_number(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
			known->min = read_number(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
			known->max = read_number(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH:
			known->min_len = read_number(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
			known->max_len = read_number(attr);
			break;
		case NL_POLICY_TYPE_ATTR_POLICY_IDX:
			known->nested = read_number(attr);
			break;
		}
	}
}

static void read_policy(struct family *family, const struct nlattr *nest)
{
	struct nlattr *attr, *entry;
	struct policy *policy;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) >= FAMILY_POLICIES)
			continue;
		policy = &family->policy[mnl_attr_get_type(attr)];
		mnl_attr_for_each_nested(entry, attr) {
			if (policy->n == FAMILY_ATTRS)
				break;
			policy->attribute[policy->n].number = mnl_attr_get_type(entry);
			policy->attribute[policy->n].nested = FAMILY_NO_POLICY;
			read_attribute(&policy->attribute[policy->n++], entry);
		}
	}
}

static int read_policies(const struct nlmsghdr *nlh, void *data)
{
	struct family *family = data;
	struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_OP_POLICY)
			read_op_policy(family, attr);
		if (mnl_attr_get_type(attr) == CTRL_ATTR_POLICY)
			read_policy(family, attr);
	}
	return MNL_CB_OK;
}

static struct nlmsghdr *begin(char *buffer, uint16_t flags, uint8_t command)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = 1;
	return nlh;
}

static int ask(struct mnl_socket *sock, const struct nlmsghdr *nlh, mnl_cb_t read,
	       struct family *family)
{
	char buffer[65536];
	ssize_t n;
	int rc;

	if (mnl_socket_sendto(sock, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	do {
		n = mnl_socket_recvfrom(sock, buffer, sizeof(buffer));
		if (n < 0)
			return -errno;
		rc = mnl_cb_run(buffer, n, 0, 0, read, family);
	} while (rc > MNL_CB_STOP);
	return rc < 0 ? -errno : 0;
}

static int learn(struct mnl_socket *sock, struct family *family, const char *name)
{
	char buffer[4096];
	struct nlmsghdr *nlh;
	int err;

	nlh = begin(buffer, NLM_F_ACK, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, name);
	err = ask(sock, nlh, read_family, family);
	if (err)
		return err;
	nlh = begin(buffer, NLM_F_DUMP, CTRL_CMD_GETPOLICY);
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, family->id);
	return ask(sock, nlh, read_policies, family);
}

/**
 * family_learn() - ask the kernel what a family takes
 * @family: gets it
 * @name: its name
 *
 * Return: 0 or a negative error.
 */
int family_learn(struct family *family, const char *name)
{
	struct mnl_socket *sock = mnl_socket_open(NETLINK_GENERIC);
	int err;

	if (!sock)
		return -errno;
	memset(family, 0, sizeof(*family));
	err = mnl_socket_bind(sock, 0, MNL_SOCKET_AUTOPID) ? -errno :
							     learn(sock, family, name);
	mnl_socket_close(sock);
	return err;
}
