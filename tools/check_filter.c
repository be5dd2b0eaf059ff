// SPDX-License-Identifier: GPL-2.0-only
/* br_netfilter, which has the host's packet filter judge what is only bridged. */

#include "check.h"
#include "finding.h"
#include "text.h"

static bool is_called(const struct filter *filter, bool by_bridge)
{
	return filter->drop && (filter->called || by_bridge);
}

static void end_family(const struct host *host, const struct link *bridge, const char *name,
		       bool called, bool by_bridge, struct finding *f)
{
	if (called)
		finding_remedy(f, host, "sysctl", "-w net/bridge/bridge-nf-call-%stables=0", name);
	if (by_bridge)
		finding_remedy(f, host, "ip", "link set dev %s type bridge nf_call_%stables 0",
			       text_shell(bridge->name), name);
}

/**
 * check_filter() - does a firewall for the host drop what the bridge carries?
 * @host: the host
 * @bridge: the bridge
 * @findings: gets what is found
 */
void check_filter(const struct host *host, const struct link *bridge, struct list *findings)
{
	bool ip4 = is_called(&host->filter4, bridge->bridge.call_iptables);
	bool ip6 = is_called(&host->filter6, bridge->bridge.call_ip6tables);
	struct finding *f;

	if (!ip4 && !ip6)
		return;
	f = finding_add(findings, "br-netfilter", SEVERITY_WARNING, bridge->name);
	finding_say(f,
		    "br_netfilter hands bridged %s packets to the host's packet filter, whose\n"
		    "policy for forwarded packets is to drop them: unless a rule accepts them,\n"
		    "guests of this bridge reach nobody.",
		    ip4 && ip6 ? "IPv4 and IPv6" : ip4 ? "IPv4" : "IPv6");
	if (ip4)
		end_family(host, bridge, "ip", host->filter4.called, bridge->bridge.call_iptables,
			   f);
	if (ip6)
		end_family(host, bridge, "ip6", host->filter6.called, bridge->bridge.call_ip6tables,
			   f);
}
