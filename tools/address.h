/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_ADDRESS_H
#define BRGUARDCTL_ADDRESS_H

#include <stdint.h>

struct nlattr;
struct nlmsghdr;

#define MAC_BYTES 6
#define MAC_TEXT 18
#define PREFIX_TEXT 52

/**
 * struct prefix - IPv4 or IPv6 prefix
 * @address: network byte order, bits beyond @length are 0
 * @bytes: 4 for IPv4, 16 for IPv6
 * @length: bits
 */
struct prefix {
	uint8_t address[16];
	uint8_t bytes;
	uint8_t length;
};

const char *mac_parse(const char *word, uint8_t mac[MAC_BYTES]);
const char *mac_text(const uint8_t mac[MAC_BYTES], char text[MAC_TEXT]);

const char *prefix_parse(const char *word, struct prefix *prefix);
const char *prefix_text(const struct prefix *prefix, char text[PREFIX_TEXT]);
int prefix_compare(const struct prefix *a, const struct prefix *b);
void prefix_put(struct nlmsghdr *nlh, uint16_t type, const struct prefix *prefix);
void prefix_get(const struct nlattr *nest, struct prefix *prefix);

#endif
