// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines that a large configuration consists of: "binding add" as it is
 * printed, with up to one address of each family. What is not exactly so is
 * left to the grammar, which knows the rest and has the words for what is wrong.
 */

#include <string.h>

#include "binding.h"
#include "intern.h"
#include "quick.h"

#define START "binding add port "

static const signed char digits[256] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7,
	['7'] = 8, ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14,
	['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15,
	['F'] = 16,
};

/* The value of a hexadecimal digit, or -1. */
static inline int digit(char c)
{
	return digits[(unsigned char)c] - 1;
}

static bool accept(const char **at, const char *word, size_t n)
{
	if (strncmp(*at, word, n))
		return false;
	*at += n;
	return true;
}

static bool ends_name(char c)
{
	return (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
	       c != '-' && c != '_' && c != '.';
}

static bool read_port(const char **at, struct binding *binding)
{
	char name[BRGUARD_PORT_NAME_MAX + 1];
	unsigned int n;

	for (n = 0; n < sizeof(name) && !ends_name((*at)[n]); n++)
		name[n] = (*at)[n];
	if (!n || n == sizeof(name))
		return false;
	name[n] = '\0';
	*at += n;
	binding->port = intern(name);
	return true;
}

static bool read_mac(const char **at, uint8_t mac[MAC_BYTES])
{
	const char *s = *at;
	unsigned int i;
	uint8_t any = 0;

	for (i = 0; i < MAC_BYTES; i++, s += 3) {
		if (digit(s[0]) < 0 || digit(s[1]) < 0)
			return false;
		if (i < MAC_BYTES - 1 && s[2] != ':')
			return false;
		mac[i] = digit(s[0]) << 4 | digit(s[1]);
		any |= mac[i];
	}
	*at = s - 1;
	return any && !(mac[0] & 1);
}

/* A decimal number without leading zeroes. */
static bool read_number(const char **at, unsigned int max, unsigned int *number)
{
	const char *s = *at;
	unsigned int value = 0;

	while (*s >= '0' && *s <= '9' && s - *at < 5)
		value = value * 10 + *s++ - '0';
	if (s == *at || value > max || (**at == '0' && s - *at > 1))
		return false;
	*at = s;
	*number = value;
	return true;
}

static bool read_ip4(const char **at, uint8_t address[16])
{
	unsigned int i, value;

	for (i = 0; i < 4; i++) {
		if (!read_number(at, 255, &value))
			return false;
		address[i] = value;
		if (i < 3 && *(*at)++ != '.')
			return false;
	}
	return true;
}

static bool read_group(const char **at, unsigned int *group)
{
	const char *s = *at;
	int d;

	*group = 0;
	for (; (d = digit(*s)) >= 0; s++)
		*group = *group << 4 | d;
	if (s == *at || s - *at > 4)
		return false;
	*at = s;
	return true;
}

/* Groups up to the end or to "::": how many, or -1. */
static int read_groups(const char **at, uint8_t *to, int max)
{
	unsigned int group;
	int n = 0;

	while (n < max && read_group(at, &group)) {
		to[2 * n] = group >> 8;
		to[2 * n + 1] = group;
		n++;
		if (**at != ':' || (*at)[1] == ':')
			return n;
		++*at;
	}
	return -1;
}

static bool read_ip6(const char **at, uint8_t address[16])
{
	uint8_t tail[16];
	int n = 0, m = 0;

	if (**at != ':')
		n = read_groups(at, address, 8);
	if (n < 0)
		return false;
	if (**at != ':')
		return n == 8;
	if (n == 8 || !accept(at, "::", 2))
		return false;
	if (digit(**at) >= 0)
		m = read_groups(at, tail, 7 - n);
	if (m < 0)
		return false;
	memcpy(address + 16 - 2 * m, tail, 2 * m);
	return true;
}

static bool read_ip(const char **at, struct binding *binding)
{
	struct prefix prefix = { .bytes = 16 };
	const char *start = *at;

	if (!read_ip6(at, prefix.address)) {
		*at = start;
		memset(prefix.address, 0, sizeof(prefix.address));
		prefix.bytes = 4;
		if (!read_ip4(at, prefix.address))
			return false;
	}
	prefix.length = 8 * prefix.bytes;
	/* One of each, in the order in which they are sent. */
	if (binding->prefixes == 2 ||
	    (binding->prefixes && binding->prefix[0].bytes >= prefix.bytes))
		return false;
	*binding_add_prefix(binding) = prefix;
	binding->has |= HAS(BRGUARD_A_BINDING_PREFIX);
	return true;
}

static bool read_line(const char *line, struct binding *binding)
{
	const char *at = line;
	unsigned int vlan;

	if (!accept(&at, START, strlen(START)) || !read_port(&at, binding) ||
	    !accept(&at, " mac ", 5) || !read_mac(&at, binding->mac))
		return false;
	binding->has = HAS(BRGUARD_A_BINDING_PORT) | HAS(BRGUARD_A_BINDING_MAC);
	if (accept(&at, " vlan ", 6)) {
		if (!read_number(&at, BRGUARD_VLAN_MAX, &vlan))
			return false;
		binding->vlan = vlan;
		binding->has |= HAS(BRGUARD_A_BINDING_VLAN);
	}
	while (accept(&at, " ip ", 4)) {
		if (!read_ip(&at, binding))
			return false;
	}
	if (accept(&at, " shared", 7))
		binding->has |= HAS(BRGUARD_A_BINDING_SHARED);
	return !*at;
}

/**
 * quick_read() - read a line of a configuration file
 * @line: the line, without its end
 * @binding: result, zeroed
 *
 * Return: whether it was of the form that is read here; if not, @binding is as
 * it was.
 */
bool quick_read(const char *line, struct binding *binding)
{
	if (*line == *START && read_line(line, binding))
		return true;
	binding_release(binding);
	memset(binding, 0, sizeof(*binding));
	return false;
}
