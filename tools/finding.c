// SPDX-License-Identifier: GPL-2.0-only
/* A dangerous state: what can happen, and the command that ends it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "text.h"

static void release(void *item)
{
	struct finding *finding = item;

	free(finding->what);
	free(finding->remedy);
}

/**
 * findings_init() - make an empty list of findings
 * @findings: the list
 */
void findings_init(struct list *findings)
{
	list_init(findings, sizeof(struct finding), release);
}

static int compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int order = (int)x->severity - (int)y->severity;

	order = order ? order : strcmp(x->device, y->device);
	order = order ? order : strcmp(x->id, y->id);
	return order ? order : strcmp(x->what, y->what);
}

/**
 * findings_sort() - bring findings into the order of printing
 * @findings: the list
 */
void findings_sort(struct list *findings)
{
	if (findings->n)
		qsort(findings->items, findings->n, findings->size, compare);
}

/**
 * finding_add() - start a finding
 * @findings: gets it
 * @id: what it is
 * @severity: how bad
 * @device: what is concerned; has to live as long as the list
 *
 * Return: the finding, valid until the next one is added.
 */
struct finding *finding_add(struct list *findings, const char *id, enum severity severity,
			    const char *device)
{
	struct finding *finding = list_add(findings);

	finding->id = id;
	finding->severity = severity;
	finding->device = device;
	return finding;
}

/**
 * finding_severity() - the word for how bad it is
 * @finding: the finding
 *
 * Return: the word.
 */
const char *finding_severity(const struct finding *finding)
{
	return finding->severity == SEVERITY_DANGER ? "danger" : "warning";
}

/**
 * finding_say() - add sentences on what can happen
 * @finding: the finding
 * @format: as printf(); a line break is as good as a blank
 */
void finding_say(struct finding *finding, const char *format, ...)
{
	va_list args;
	char *c;

	if (finding->what)
		text_add(&finding->what, " ");
	va_start(args, format);
	text_vadd(&finding->what, format, args);
	va_end(args);
	for (c = finding->what; *c; c++) {
		if (*c == '\n')
			*c = ' ';
	}
}

/**
 * finding_program() - how a program is called for the host's network namespace
 * @host: the host
 * @program: the program
 *
 * Return: one of four static buffers, used in turn.
 */
const char *finding_program(const struct host *host, const char *program)
{
	static const char *const know_netns[] = { "ip", "bridge", "brguardctl" };
	static char buffers[4][512];
	static unsigned int turn;
	unsigned int i;
	char *buffer;

	turn = (turn + 1) % 4;
	buffer = buffers[turn];
	if (!host->netns)
		return strcpy(buffer, program);
	for (i = 0; i < ARRAY_SIZE(know_netns); i++) {
		if (strcmp(know_netns[i], program))
			continue;
		snprintf(buffer, sizeof(buffers[0]), "%s -n %s", program,
			 text_shell(host->netns));
		return buffer;
	}
	snprintf(buffer, sizeof(buffers[0]), "ip netns exec %s %s", text_shell(host->netns),
		 program);
	return buffer;
}

/**
 * finding_remedy() - add a command to those that end it
 * @finding: the finding
 * @host: the host, or NULL if the command is for no network namespace
 * @program: its program
 * @format: its arguments, as printf()
 */
void finding_remedy(struct finding *finding, const struct host *host, const char *program,
		    const char *format, ...)
{
	va_list args;

	text_add(&finding->remedy, "%s%s ", finding->remedy ? " && " : "",
		 host ? finding_program(host, program) : program);
	va_start(args, format);
	text_vadd(&finding->remedy, format, args);
	va_end(args);
}

/**
 * finding_advice() - say what to do where no command can, unless there is one
 * @finding: the finding
 * @format: as printf()
 */
void finding_advice(struct finding *finding, const char *format, ...)
{
	va_list args;

	if (finding->remedy)
		return;
	text_add(&finding->remedy, "# ");
	va_start(args, format);
	text_vadd(&finding->remedy, format, args);
	va_end(args);
}
