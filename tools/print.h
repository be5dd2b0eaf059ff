/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_PRINT_H
#define BRGUARDCTL_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

void print_start(bool json, bool pretty, bool colour);
int print_finish(void);
void print_flush(void);

void print_document_open(void);
void print_document_close(void);
void print_record_open(void);
void print_record_close(void);
void print_object_open(const char *key);
void print_object_close(void);
void print_array_open(const char *key);
void print_array_close(void);
void print_runtime_open(void);
void print_runtime_close(void);

void print_text(const char *words);
void print_text_name(const char *name);
void print_line(void);
void print_json(const char *key, const char *value);
void print_name(const char *key, const char *name);
void print_string(const char *key, const char *value);
void print_word(const char *key, const char *word);
void print_only(const char *key, const char *word);
void print_number(const char *key, uint64_t number);
void print_count(const char *key, uint64_t number);
void print_ethertype(const char *key, uint16_t ethertype);
void print_switch(const char *key, bool on);
void print_flag(const char *key);
void print_mac(const char *key, const uint8_t *mac);
void print_prefix(const char *key, const struct prefix *prefix);

void print_list_open(const char *key);
void print_list_close(void);

#endif
