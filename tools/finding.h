/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_FINDING_H
#define BRGUARDCTL_FINDING_H

#include "host.h"
#include "report.h"

enum severity {
	SEVERITY_DANGER,	/* somebody can read, pretend or disturb as it is */
	SEVERITY_WARNING,	/* something else has to happen for that */
};

/**
 * struct finding - a dangerous state
 * @id: what it is, in one word that never changes
 * @severity: how bad
 * @device: what is concerned
 * @what: what can happen, in sentences
 * @remedy: the command that ends it, or a comment of the shell if none can
 */
struct finding {
	const char *id;
	enum severity severity;
	const char *device;
	char *what;
	char *remedy;
};

void findings_init(struct list *findings);
void findings_sort(struct list *findings);
struct finding *finding_add(struct list *findings, const char *id, enum severity severity,
			    const char *device);
const char *finding_severity(const struct finding *finding);
__printf(2, 3) void finding_say(struct finding *finding, const char *format, ...);
__printf(4, 5) void finding_remedy(struct finding *finding, const struct host *host,
				   const char *program, const char *format, ...);
__printf(2, 3) void finding_advice(struct finding *finding, const char *format, ...);
const char *finding_program(const struct host *host, const char *program);

#endif
