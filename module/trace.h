/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM brguard

#if !defined(BRG_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define BRG_TRACE_H

#include <linux/netdevice.h>
#include <linux/tracepoint.h>
#include "event.h"
#include "frame.h"
#include "reason.h"

TRACE_EVENT(brguard_violation,
	TP_PROTO(const struct brg_violation *v),
	TP_ARGS(v),
	TP_STRUCT__entry(
		__field(int, ifindex)
		__field(u8, direction)
		__field(u8, reason)
		__field(bool, audited)
		__field(u16, vid)
		__field(u16, ethertype)
		__array(u8, smac, 6)
		__array(u8, dmac, 6)
	),
	TP_fast_assign(
		__entry->ifindex = v->dev->ifindex;
		__entry->direction = v->direction;
		__entry->reason = v->reason;
		__entry->audited = v->audited;
		__entry->vid = v->frame->vid;
		__entry->ethertype = ntohs(v->frame->proto);
		brg_mac_bytes(__entry->smac, v->frame->smac);
		brg_mac_bytes(__entry->dmac, v->frame->dmac);
	),
	TP_printk("ifindex=%d %s %s reason=%s vid=%u ethertype=0x%04x smac=%pM dmac=%pM",
		  __entry->ifindex, __entry->direction ? "out" : "in",
		  __entry->audited ? "audit" : "drop",
		  brg_reason_name(__entry->reason), __entry->vid,
		  __entry->ethertype, __entry->smac, __entry->dmac)
);

#endif /* BRG_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
