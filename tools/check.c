// SPDX-License-Identifier: GPL-2.0-only
/* All checks, in one list. */

#include "check.h"
#include "finding.h"

static check_host_fn *const host_checks[] = {
	check_port_audit, check_names,	   check_stations,
	check_own_macs,	  check_joins,	   check_proxy_ndp,
};

static check_link_fn *const link_checks[] = {
	check_proxy_arp,
	check_proxy_pvlan,
};

static check_link_fn *const bridge_checks[] = {
	check_module,	     check_bridge_guard,       check_bridge_audit,
	check_trunks,	     check_ageing,	       check_group_forward,
	check_snooping,	     check_rp_filter,	       check_bridge_promiscuity,
	check_enslaved,	     check_filter,
};

static check_port_fn *const port_checks[] = {
	check_port_guard, check_misplaced,	    check_flood,
	check_hairpin,	  check_port_group_forward, check_bpdu,
	check_root,	  check_address,	    check_port_promiscuity,
};

static void check_link(const struct host *host, const struct link *link, struct list *findings)
{
	const struct link *master = host_link(host, link->master);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(link_checks); i++)
		link_checks[i](host, link, findings);
	for (i = 0; i < ARRAY_SIZE(bridge_checks) && link_is_bridge(link); i++)
		bridge_checks[i](host, link, findings);
	for (i = 0; i < ARRAY_SIZE(port_checks) && master && link_is_bridge(master); i++)
		port_checks[i](host, link, master, findings);
}

/**
 * check() - find the dangerous states of a host
 * @host: the host
 * @findings: gets them, in the order of printing
 */
void check(const struct host *host, struct list *findings)
{
	unsigned int i;
	size_t j;

	for (i = 0; i < ARRAY_SIZE(host_checks); i++)
		host_checks[i](host, findings);
	for (j = 0; j < host->links.n; j++)
		check_link(host, list_at(&host->links, j), findings);
	findings_sort(findings);
}
