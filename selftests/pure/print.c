// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables for others to read:
 *
 *  -s	the frames as inputs of the fuzzers (input.h), in hex digits
 *  -d	the names of text.c, as a dictionary of the fuzzers
 *  -c	the ports, as a configuration for brguardctl
 *  -r	what is expected: port, direction, reason, frame in hex digits
 */
#include <stdio.h>
#include <string.h>
#include <linux/unaligned.h>
#include "decide.h"
#include "input.h"
#include "print.h"
#include "table.h"
#include "text.h"

/* Longer frames slow a fuzzer down and show it nothing new. */
#define SEED_MAX	800
/* Longer ones are no words of a command line. */
#define ROW_MAX		4000

static u8 bytes[FRAME_MAX];

static void print_hex(const u8 *byte, unsigned int len)
{
	while (len--)
		printf("%02x", *byte++);
	printf("\n");
}

static void print_seed(const struct row *row)
{
	u8 input[INPUT_HEAD + SEED_MAX];
	struct frame frame;

	if (row_read(row, &frame, bytes) && frame.len <= SEED_MAX)
		print_hex(input, input_write(&frame, input));
}

/* Of no other does the kernel know anything but its bytes. */
static void print_row(const struct row *row)
{
	struct frame frame;

	if (row->with & ~(IS_QUESTION | IS_QUICK) || !row_read(row, &frame, bytes) ||
	    frame.len > ROW_MAX)
		return;
	printf("%s %s %s ", ports[row->port].name, row->dir ? "out" : "in",
	       reason_word(row->reason));
	print_hex(frame.byte, frame.len);
}

static void print_tables(void (*print)(const struct row *row))
{
	const struct row *row;
	unsigned int i;

	for (i = 0; i < n_tables; i++)
		for (row = tables[i]->row; row < tables[i]->row + tables[i]->rows; row++)
			print(row);
}

static void print_names(void)
{
	u8 buf[128];
	unsigned int i;
	int n, j;

	for (i = 0; text_name(i); i++) {
		n = text_read(text_name(i), buf, sizeof(buf));
		if (n <= 0)
			continue;
		printf("%s=\"", text_name(i));
		for (j = 0; j < n; j++)
			printf("\\x%02x", buf[j]);
		printf("\"\n");
	}
}

static void print_address(const u8 *addr, u8 size, u8 len)
{
	int i;

	printf(" ip ");
	if (size == 4)
		printf("%u.%u.%u.%u", addr[0], addr[1], addr[2], addr[3]);
	else
		for (i = 0; i < size; i += 2)
			printf("%s%x", i ? ":" : "", get_unaligned_be16(addr + i));
	printf("/%u", len);
}

static void print_binding(const struct port *port, const struct binding *b)
{
	const struct prefix *p = b->prefix;
	u8 mac[6], addr[16];
	int i, size;

	text_read(b->mac, mac, sizeof(mac));
	printf("binding add port %s mac ", port->name);
	for (i = 0; i < 6; i++)
		printf("%s%02x", i ? ":" : "", mac[i]);
	if (b->vid)
		printf(" vlan %u", b->vid);
	for (; p < b->prefix + PREFIXES_MAX && p->addr; p++) {
		size = text_read(p->addr, addr, sizeof(addr));
		print_address(addr, size, p->len);
	}
	printf("\n");
}

/* On a bridge each, so that they may claim the same addresses. */
static void print_port(const struct port *port)
{
	static const char *const link_local[] = { "eui64", "listed", "any" };
	int i;

	printf("port set %s bridge b-%s role guest link-local %s", port->name,
	       port->name, link_local[port->link_local]);
	printf(" dhcp-server %s router %s", port->dhcp_server ? "on" : "off",
	       port->router ? "on" : "off");
	for (i = 0; i < BRGUARD_ETHERTYPES_MAX && port->ethertype[i]; i++)
		printf(" ethertype 0x%04x", port->ethertype[i]);
	printf("\n");
	for (i = 0; i < BINDINGS_MAX && port->binding[i].mac; i++)
		print_binding(port, &port->binding[i]);
}

/**
 * print_option() - do what an option of the command line asks for
 * @option: option
 *
 * Return: exit status.
 */
int print_option(const char *option)
{
	int i;

	if (!strcmp(option, "-s"))
		print_tables(print_seed);
	else if (!strcmp(option, "-r"))
		print_tables(print_row);
	else if (!strcmp(option, "-d"))
		print_names();
	else if (!strcmp(option, "-c"))
		for (i = 0; i < PORTS; i++)
			print_port(&ports[i]);
	else
		return 2;

	return 0;
}
