// SPDX-License-Identifier: GPL-2.0-only
/* Not built: what extack.cocci has to find, and what it may not. */

static int silent(struct brg_request *rq, u32 value)
{
	if (value > 10)
		return -EINVAL; /* found */
	return 0;
}

static struct brg_port *silent_pointer(struct genl_info *info, bool there)
{
	if (!there)
		return ERR_PTR(-ENOENT); /* found */
	return NULL;
}

static int silent_on_one_path(struct netlink_ext_ack *extack, bool a, bool b)
{
	if (a)
		NL_SET_ERR_MSG(extack, "a");
	if (b)
		return -ENOSPC; /* found */
	return 0;
}

static int told(struct brg_request *rq, const struct nlattr *a, u32 value)
{
	if (value > 10) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a, "more than 10");
		return -EINVAL;
	}
	return 0;
}

static int not_asked_by_anybody(u32 value)
{
	return value > 10 ? 0 : -EINVAL;
}

static int no_room_in_a_message(struct sk_buff *skb, struct brg_request *rq)
{
	if (nla_put_u32(skb, 1, 1))
		return -EMSGSIZE;
	return 0;
}
