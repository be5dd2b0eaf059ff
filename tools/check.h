/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_CHECK_H
#define BRGUARDCTL_CHECK_H

#include "host.h"

/*
 * Checks look at a host and add findings. They ask nobody else, so that a test
 * can show them any host.
 */
typedef void check_host_fn(const struct host *host, struct list *findings);
typedef void check_link_fn(const struct host *host, const struct link *link,
			   struct list *findings);
typedef void check_port_fn(const struct host *host, const struct link *port,
			   const struct link *bridge, struct list *findings);

void check(const struct host *host, struct list *findings);

/* Of all bridges: check_bridge.c */
check_link_fn check_ageing;
check_link_fn check_group_forward;
check_link_fn check_snooping;
check_link_fn check_rp_filter;

/* Of all ports of bridges: check_port.c */
check_port_fn check_flood;
check_port_fn check_hairpin;
check_port_fn check_port_group_forward;
check_port_fn check_bpdu;
check_port_fn check_root;
check_port_fn check_address;

/* Who wants a device promiscuous: check_promiscuity.c */
check_link_fn check_bridge_promiscuity;
check_link_fn check_enslaved;
check_port_fn check_port_promiscuity;

/* What brguard is told: check_guard.c */
check_link_fn check_module;
check_link_fn check_bridge_guard;
check_port_fn check_port_guard;
check_port_fn check_misplaced;
check_link_fn check_bridge_audit;
check_host_fn check_port_audit;
check_link_fn check_trunks;

/* Names of ports: check_name.c */
check_host_fn check_names;

/* Bound MAC addresses in the forwarding database and on devices: check_station.c */
check_host_fn check_stations;
check_host_fn check_own_macs;

/* Bridges that are one network: check_join.c */
check_host_fn check_joins;

/* br_netfilter: check_filter.c */
check_link_fn check_filter;

/* Answers for others: check_proxy.c */
check_link_fn check_proxy_arp;
check_link_fn check_proxy_pvlan;
check_host_fn check_proxy_ndp;

#endif
