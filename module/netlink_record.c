// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bindings in packed form, thousands in one request: only in a transaction,
 * which a refusal spoils as a whole, so that nothing has to be taken back.
 */
#include <linux/etherdevice.h>
#include <linux/socket.h>
#include <linux/string.h>
#include "binding.h"
#include "config.h"
#include "netlink.h"

/* Both prefixes of a record. */
#define BRG_RECORD_PREFIXES	2

#define BRG_RECORD_FLAGS	(BRGUARD_RECORD_SHARED | BRGUARD_RECORD_IP4 | \
				 BRGUARD_RECORD_IP6)

/* @field stands in for an attribute: its offset says which record it is. */
#define BRG_RECORD_REFUSE(rq, field, sentence)				\
	({								\
		NL_SET_ERR_MSG_ATTR((rq)->extack,			\
				    (const struct nlattr *)(field),	\
				    sentence);				\
		-EINVAL;						\
	})

static int brg_record_parse_prefix(struct brg_request *rq,
				   struct brg_binding_request *req,
				   const void *addr, const u8 *len, u8 bits)
{
	struct brg_binding_prefix *p = &req->prefix[req->n++];

	p->attr = addr;
	p->addr = (struct brg_address){
		.vid = req->mac.vid,
		.family = bits == 32 ? AF_INET : AF_INET6, .len = *len,
	};
	memcpy(p->addr.byte, addr, bits / 8);
	if (*len > bits)
		return BRG_RECORD_REFUSE(rq, len,
					 "prefix length beyond the address");
	if (brg_address_has_host_bits(&p->addr, bits))
		return BRG_RECORD_REFUSE(rq, addr,
				"address has bits beyond the prefix length");
	if (brg_address_is_martian(&p->addr))
		return BRG_RECORD_REFUSE(rq, addr,
				"no packet can come from this address");

	return 0;
}

static int brg_record_parse_mac(struct brg_request *rq,
				const struct brguard_record *r,
				struct brg_binding_request *req)
{
	req->mac = (struct brg_address){
		.vid = r->vlan, .family = AF_UNSPEC, .len = 48,
	};
	memcpy(req->mac.byte, r->mac, ETH_ALEN);
	req->mac_attr = (const struct nlattr *)r->mac;
	req->shared = r->flags & BRGUARD_RECORD_SHARED;
	if (!is_valid_ether_addr(req->mac.byte))
		return BRG_RECORD_REFUSE(rq, r->mac,
					 "not a unicast MAC address");
	if (r->vlan > BRGUARD_VLAN_MAX)
		return BRG_RECORD_REFUSE(rq, &r->vlan, "no such VLAN ID");
	if (r->flags & ~BRG_RECORD_FLAGS)
		return BRG_RECORD_REFUSE(rq, &r->flags, "unknown flag");
	if (r->reserved)
		return BRG_RECORD_REFUSE(rq, &r->reserved,
					 "reserved, has to be 0");

	return 0;
}

static int brg_record_parse(struct brg_request *rq,
			    const struct brguard_record *r,
			    struct brg_binding_request *req)
{
	int err;

	req->n = 0;
	err = brg_record_parse_mac(rq, r, req);
	if (err)
		return err;
	if (r->flags & BRGUARD_RECORD_IP4)
		err = brg_record_parse_prefix(rq, req, r->ip4, &r->len4, 32);
	else if (r->len4 || memchr_inv(r->ip4, 0, sizeof(r->ip4)))
		err = BRG_RECORD_REFUSE(rq, r->ip4, "address without its flag");
	if (err)
		return err;
	if (r->flags & BRGUARD_RECORD_IP6)
		err = brg_record_parse_prefix(rq, req, r->ip6, &r->len6, 128);
	else if (r->len6 || memchr_inv(r->ip6, 0, sizeof(r->ip6)))
		err = BRG_RECORD_REFUSE(rq, r->ip6, "address without its flag");

	return err;
}

static int brg_record_add(struct brg_request *rq, struct brg_port *port,
			  const struct brguard_record *r)
{
	struct brg_binding_prefix prefix[BRG_RECORD_PREFIXES];
	struct brg_binding_request req = { .prefix = prefix };
	struct brg_binding_change change;
	int err;

	err = brg_record_parse(rq, r, &req);
	err = err ?: brg_binding_add(rq->cfg, port, &req, &change, rq->extack);
	if (!err)
		brg_binding_settle(rq->cfg, &change, true);

	return err;
}

static int brg_records_check(struct brg_request *rq, const struct nlattr *a)
{
	struct nlattr **attrs = rq->info->attrs;

	if (!rq->t) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a,
				    "records are for transactions only");
		return -EINVAL;
	}
	if (!nla_len(a) || nla_len(a) % sizeof(struct brguard_record)) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a, "not a number of records");
		return -EINVAL;
	}
	if (attrs[BRGUARD_A_BINDING_MAC] || attrs[BRGUARD_A_BINDING_VLAN] ||
	    attrs[BRGUARD_A_BINDING_SHARED] ||
	    attrs[BRGUARD_A_BINDING_PREFIX]) {
		NL_SET_ERR_MSG_ATTR(rq->extack, a,
				    "records come with a port alone");
		return -EINVAL;
	}

	return 0;
}

/**
 * brg_records_add() - a BRGUARD_CMD_BINDING_ADD with packed bindings
 * @rq: request
 * @port: its port
 *
 * Context: may sleep; struct brg_net.lock.
 * Return: 0 or a negative error. Records in front of a bad one are carried out:
 * the transaction can only be rolled back then.
 */
int brg_records_add(struct brg_request *rq, struct brg_port *port)
{
	const struct nlattr *a = rq->info->attrs[BRGUARD_A_BINDING_RECORDS];
	const struct brguard_record *r = nla_data(a);
	int err, i, n = nla_len(a) / sizeof(*r);

	BUILD_BUG_ON(sizeof(*r) != 32);

	err = brg_records_check(rq, a);
	for (i = 0; i < n && !err; i++)
		err = brg_record_add(rq, port, &r[i]);

	return err;
}
