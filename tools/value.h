/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_VALUE_H
#define BRGUARDCTL_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "report.h"

struct nlattr;

__printf(1, 2) const char *sentence(const char *format, ...);

const char *number_parse(const char *word, unsigned int min, unsigned int max,
			 unsigned int *number);
const char *name_parse(const char *word, char *name, size_t size);
const char *ethertype_parse(const char *word, uint16_t *ethertype);

uint64_t number_get(const struct nlattr *attr);
void name_get(const struct nlattr *attr, char *name, size_t size);
unsigned int address_get(const struct nlattr *attr, uint8_t address[16]);
void mac_get(const struct nlattr *attr, uint8_t mac[6]);

#endif
