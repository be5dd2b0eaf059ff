// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plain values: from the user's words, where everything is refused that is not
 * exactly as it should be, and from the kernel's attributes, where a size that
 * is not as expected must do no harm.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "value.h"

/**
 * sentence() - what is wrong with a word
 * @format: as printf()
 *
 * Return: a static buffer, good until the next call.
 */
const char *sentence(const char *format, ...)
{
	static char buffer[256];
	va_list args;

	va_start(args, format);
	vsnprintf(buffer, sizeof(buffer), format, args);
	va_end(args);
	return buffer;
}

/**
 * number_parse() - read a decimal number
 * @word: digits, without sign and leading zeroes
 * @min: least value
 * @max: greatest value, less than 1000000000
 * @number: result
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *number_parse(const char *word, unsigned int min, unsigned int max,
			 unsigned int *number)
{
	size_t digits = strspn(word, "0123456789");
	unsigned long value;

	if (digits && !word[digits] && digits < 10 && (word[0] != '0' || digits == 1)) {
		value = strtoul(word, NULL, 10);
		if (value >= min && value <= max) {
			*number = value;
			return NULL;
		}
	}
	return sentence("expected a number from %u to %u", min, max);
}

/**
 * name_parse() - read a name
 * @word: any bytes
 * @name: result
 * @size: bytes of @name, with the NUL
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *name_parse(const char *word, char *name, size_t size)
{
	size_t length = strlen(word);

	if (!length)
		return "a name cannot be empty";
	if (length >= size)
		return sentence("a name cannot have more than %zu bytes", size - 1);
	memcpy(name, word, length + 1);
	return NULL;
}

/**
 * ethertype_parse() - read an EtherType
 * @word: 0x and four hexadecimal digits
 * @ethertype: result
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *ethertype_parse(const char *word, uint16_t *ethertype)
{
	unsigned long value = 0;

	if (!strncmp(word, "0x", 2) && strspn(word + 2, "0123456789abcdefABCDEF") == 4 && !word[6])
		value = strtoul(word, NULL, 16);
	if (value < 0x0600)
		return "expected an EtherType from 0x0600 to 0xffff, or none";
	*ethertype = value;
	return NULL;
}

/**
 * number_get() - read a number of any size from an attribute
 * @attr: the attribute
 *
 * Return: the number, 0 if the size makes no sense.
 */
uint64_t number_get(const struct nlattr *attr)
{
	switch (mnl_attr_get_payload_len(attr)) {
	case 1:
		return mnl_attr_get_u8(attr);
	case 2:
		return mnl_attr_get_u16(attr);
	case 4:
		return mnl_attr_get_u32(attr);
	case 8:
		return mnl_attr_get_u64(attr);
	default:
		return 0;
	}
}

/**
 * name_get() - read a string from an attribute
 * @attr: the attribute
 * @name: result, cut if it is too long
 * @size: bytes of @name, with the NUL
 */
void name_get(const struct nlattr *attr, char *name, size_t size)
{
	size_t length = strnlen(mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));

	if (length >= size)
		length = size - 1;
	memcpy(name, mnl_attr_get_payload(attr), length);
	name[length] = '\0';
}

/**
 * address_get() - read an IP address from an attribute
 * @attr: the attribute
 * @address: result, with zeroes behind an IPv4 address
 *
 * Return: 4 or 16, the bytes of the address.
 */
unsigned int address_get(const struct nlattr *attr, uint8_t address[16])
{
	unsigned int bytes = mnl_attr_get_payload_len(attr) >= 16 ? 16 : 4;

	memset(address, 0, 16);
	if (mnl_attr_get_payload_len(attr) >= bytes)
		memcpy(address, mnl_attr_get_payload(attr), bytes);
	return bytes;
}

/**
 * mac_get() - read a MAC address from an attribute
 * @attr: the attribute
 * @mac: result
 */
void mac_get(const struct nlattr *attr, uint8_t mac[6])
{
	memset(mac, 0, 6);
	if (mnl_attr_get_payload_len(attr) >= 6)
		memcpy(mac, mnl_attr_get_payload(attr), 6);
}
