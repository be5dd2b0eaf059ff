// SPDX-License-Identifier: GPL-2.0-only
/* MAC addresses and IP prefixes: words, bytes and attributes. */

#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/brguard.h>

#include "address.h"
#include "value.h"

#define MAC_SENTENCE "expected a MAC address such as 52:54:00:9f:5d:c1"
#define IP_SENTENCE "expected an IPv4 or IPv6 address, with or without /LENGTH"

static bool mac_shape(const char *word)
{
	unsigned int i;

	for (i = 0; i < MAC_TEXT - 1; i++) {
		if (i % 3 == 2 ? word[i] != ':' : !isxdigit((unsigned char)word[i]))
			return false;
	}
	return !word[i];
}

/**
 * mac_parse() - read a MAC address that a guest may own
 * @word: six pairs of hexadecimal digits with colons
 * @mac: result
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *mac_parse(const char *word, uint8_t mac[MAC_BYTES])
{
	static const uint8_t zero[MAC_BYTES];
	unsigned int i;

	if (!mac_shape(word))
		return MAC_SENTENCE;

	for (i = 0; i < MAC_BYTES; i++)
		mac[i] = strtoul(word + 3 * i, NULL, 16);
	if (mac[0] & 1)
		return "is a group address, expected that of one host";
	if (!memcmp(mac, zero, MAC_BYTES))
		return "is no host's address";
	return NULL;
}

/**
 * mac_text() - write a MAC address
 * @mac: the address
 * @text: result
 *
 * Return: @text.
 */
const char *mac_text(const uint8_t mac[MAC_BYTES], char text[MAC_TEXT])
{
	snprintf(text, MAC_TEXT, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
		 mac[4], mac[5]);
	return text;
}

static int prefix_family(const struct prefix *prefix)
{
	return prefix->bytes == 4 ? AF_INET : AF_INET6;
}

/**
 * prefix_text() - write a prefix in its one canonical form
 * @prefix: the prefix
 * @text: result: RFC 5952 for IPv6; no /LENGTH for a single address
 *
 * Return: @text.
 */
const char *prefix_text(const struct prefix *prefix, char text[PREFIX_TEXT])
{
	size_t used;

	inet_ntop(prefix_family(prefix), prefix->address, text, PREFIX_TEXT);
	used = strlen(text);
	if (prefix->length < 8 * prefix->bytes)
		snprintf(text + used, PREFIX_TEXT - used, "/%u", prefix->length);
	return text;
}

/* Clears the bits beyond the length; true if there were some. */
static bool prefix_trim(struct prefix *prefix)
{
	unsigned int i, bits;
	bool trimmed = false;
	uint8_t mask;

	for (i = prefix->length / 8; i < prefix->bytes; i++) {
		bits = i == prefix->length / 8 ? prefix->length % 8 : 0;
		mask = 0xff00 >> bits;
		trimmed |= prefix->address[i] & ~mask;
		prefix->address[i] &= mask;
	}
	return trimmed;
}

/* The word up to its slash; the length behind it, if any, is read into @length. */
static const char *prefix_split(const char *word, char address[PREFIX_TEXT], unsigned int *length)
{
	const char *slash = strchr(word, '/');
	size_t n = slash ? (size_t)(slash - word) : strlen(word);

	address[0] = '\0';
	if (n >= PREFIX_TEXT)
		return IP_SENTENCE;
	memcpy(address, word, n);
	address[n] = '\0';
	return slash ? number_parse(slash + 1, 0, 128, length) : NULL;
}

/**
 * prefix_parse() - read an IP address or prefix
 * @word: ADDRESS or ADDRESS/LENGTH
 * @prefix: result
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *prefix_parse(const char *word, struct prefix *prefix)
{
	char address[PREFIX_TEXT], text[PREFIX_TEXT];
	unsigned int length = UINT8_MAX;
	const char *why;

	memset(prefix, 0, sizeof(*prefix));
	why = prefix_split(word, address, &length);
	if (inet_pton(AF_INET, address, prefix->address) == 1)
		prefix->bytes = 4;
	else if (inet_pton(AF_INET6, address, prefix->address) == 1)
		prefix->bytes = 16;
	else
		return IP_SENTENCE;

	if (why || (length != UINT8_MAX && length > 8u * prefix->bytes))
		return sentence("expected a length from 0 to %u behind the slash",
				8 * prefix->bytes);

	prefix->length = length == UINT8_MAX ? 8 * prefix->bytes : length;
	if (prefix_trim(prefix))
		return sentence("has bits set beyond its length, perhaps %s was meant",
				prefix_text(prefix, text));
	return NULL;
}

/**
 * prefix_compare() - the order in which prefixes are printed
 * @a: one prefix
 * @b: another one
 *
 * Return: less than, equal to or greater than 0, IPv4 before IPv6.
 */
int prefix_compare(const struct prefix *a, const struct prefix *b)
{
	int order = a->bytes - b->bytes;

	if (!order)
		order = memcmp(a->address, b->address, sizeof(a->address));
	return order ? order : a->length - b->length;
}

/**
 * prefix_put() - append a prefix to a message
 * @nlh: the message
 * @type: type of the nest, which holds enum brguard_a_prefix
 * @prefix: the prefix
 */
void prefix_put(struct nlmsghdr *nlh, uint16_t type, const struct prefix *prefix)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, type);

	mnl_attr_put(nlh, BRGUARD_A_PREFIX_ADDRESS, prefix->bytes, prefix->address);
	if (prefix->length < 8 * prefix->bytes)
		mnl_attr_put_u8(nlh, BRGUARD_A_PREFIX_LENGTH, prefix->length);
	mnl_attr_nest_end(nlh, nest);
}

/**
 * prefix_get() - read a prefix from an attribute
 * @nest: nest of enum brguard_a_prefix
 * @prefix: result; of 16 zero bytes if the nest makes no sense
 */
void prefix_get(const struct nlattr *nest, struct prefix *prefix)
{
	const struct nlattr *attr;
	unsigned int length = 128;

	memset(prefix, 0, sizeof(*prefix));
	prefix->bytes = 16;
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case BRGUARD_A_PREFIX_ADDRESS:
			prefix->bytes = address_get(attr, prefix->address);
			break;
		case BRGUARD_A_PREFIX_LENGTH:
			length = number_get(attr);
			break;
		}
	}
	prefix->length = length < 8u * prefix->bytes ? length : 8 * prefix->bytes;
}
