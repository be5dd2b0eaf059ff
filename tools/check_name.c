// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names that a management numbers anew at each start, so that a policy given to
 * one may meet another guest.
 */

#include <ctype.h>
#include <linux/brguard.h>
#include <stdio.h>
#include <string.h>

#include "binding.h"
#include "check.h"
#include "finding.h"
#include "guard.h"
#include "port.h"
#include "text.h"

#define DIGITS "0123456789"
#define HEX DIGITS "abcdefABCDEF"

/* vnet0 is libvirt's, tap0 the kernel's; veth1a2b3c4 and tap1a2b3c4d are made up by chance. */
static const struct {
	const char *start;
	const char *rest;
	unsigned int min;
	unsigned int max;
} patterns[] = {
	{ "vnet", DIGITS, 1, 11 },
	{ "tap", DIGITS, 1, 4 },
	{ "macvtap", DIGITS, 1, 8 },
	{ "veth", DIGITS, 1, 4 },
	{ "tap", HEX, 8, 8 },
	{ "veth", HEX, 6, 8 },
};

static bool is_numbered(const char *name)
{
	unsigned int i;
	size_t n;

	for (i = 0; i < ARRAY_SIZE(patterns); i++) {
		n = strlen(patterns[i].start);
		if (strncmp(name, patterns[i].start, n))
			continue;
		if (name[n + strspn(name + n, patterns[i].rest)])
			continue;
		n = strlen(name + n);
		if (n >= patterns[i].min && n <= patterns[i].max)
			return true;
	}
	return false;
}

static const struct binding *find_binding(const struct host *host, const char *port)
{
	const struct list *bindings = &host->model.list[KIND_BINDING];
	const struct binding *binding;
	size_t i;

	for (i = 0; i < bindings->n; i++) {
		binding = list_at(bindings, i);
		if (!strcmp(binding->port, port))
			return binding;
	}
	return NULL;
}

/* A name that says whose it is. */
static const char *new_name(const struct port *port, const struct binding *binding, char *name,
			    size_t size)
{
	const uint8_t *mac;

	if (!binding) {
		snprintf(name, size, "%.100s-port", port->name);
		return name;
	}
	mac = binding->mac;
	snprintf(name, size, "guest-%02x%02x%02x%02x%02x%02x", mac[0], mac[1], mac[2], mac[3],
		 mac[4], mac[5]);
	return name;
}

static void rename_port(const struct host *host, const struct port *port,
			const struct binding *binding, struct finding *f)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];
	const char *file = "brguard.new";

	new_name(port, binding, name, sizeof(name));
	if (host_find(host, port->name))
		finding_remedy(f, host, "ip", "link property add dev %s altname %s", port->name,
			       name);
	finding_remedy(f, host, "brguardctl",
		       "show >%s && sed -E -i 's/^(port set|binding add port) %s /\\1 %s /' %s && %s apply %s",
		       file, port->name, name, file, finding_program(host, "brguardctl"),
		       file);
}

static void check_name(const struct host *host, const struct port *port, struct list *findings)
{
	const struct binding *binding = find_binding(host, port->name);
	bool trusted = port->role == BRGUARD_ROLE_TRUSTED;
	struct finding *f;

	/* A guest without bindings is closed, whoever gets its name. */
	if (!trusted && !binding)
		return;
	f = finding_add(findings, "volatile-name", trusted ? SEVERITY_DANGER : SEVERITY_WARNING,
			port->name);
	finding_say(f,
		    "Names like this one are given anew at each start: the next guest that gets\n"
		    "it %s. Have the management set a name (libvirt: <target dev='...'/>), or at\n"
		    "each start an alternative name or alias, and give the policy to that.",
		    trusted ? "is not checked" : "gets this one's addresses");
	rename_port(host, port, binding, f);
}

/**
 * check_names() - does a policy belong to a name that may change its bearer?
 * @host: the host
 * @findings: gets what is found
 *
 * A port whose device has another name is found by an alternative name or alias,
 * which is what it ought to be.
 */
void check_names(const struct host *host, struct list *findings)
{
	const struct list *ports = &host->model.list[KIND_PORT];
	const struct port *port;
	size_t i;

	for (i = 0; i < ports->n; i++) {
		port = list_at(ports, i);
		if (guard_is_template(port->name) || !is_numbered(port->name))
			continue;
		if (!*port->device || !strcmp(port->device, port->name))
			check_name(host, port, findings);
	}
}
