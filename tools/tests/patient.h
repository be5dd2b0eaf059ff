/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_TESTS_PATIENT_H
#define BRGUARDCTL_TESTS_PATIENT_H

#include "../bridge.h"
#include "../finding.h"
#include "../port.h"

/*
 * A host for the doctor, made by hand. patient_reset() makes the healthy one that
 * each test starts with: br0 under guard with the uplink eth0 and the guests t1
 * and t2, whose MAC addresses are 02:00:00:00:00:01 and :02.
 */
extern struct host patient;

void patient_reset(void);
void patient_clear(void);
void patient_empty(void);

struct link *add_link(const char *name, const char *kind, const char *master);
struct link *the(const char *name);
struct bridge *add_bridge(const char *name, uint32_t mode);
struct bridge *the_bridge(const char *name);
struct port *add_port(const char *name, uint32_t role);
struct port *the_port(const char *name);
void add_binding(const char *port, uint8_t mac, uint16_t vlan);
void add_station(const char *device, const char *bridge, uint8_t mac, uint16_t vlan,
		 uint16_t state);
void add_watcher(const char *device, int pid);
void add_address(struct list *list, const char *device, const char *prefix);
struct rule *add_rule(struct fib *fib, uint32_t priority, uint32_t table, const char *iif);
struct route *add_route(struct fib *fib, uint32_t table, const char *prefix, const char *device);

void failed(const char *what, const char *have, const char *want);
void is(const char *what, const char *have, const char *want);
void found(const char *what, const char *want);
void remedy(const char *id, const char *want);
void severity(const char *id, const char *want);
void says(const char *id, const char *part);

struct test {
	const char *name;
	void (*run)(void);
};

extern const struct test bridge_tests[];
extern const struct test guard_tests[];
extern const struct test net_tests[];

#endif
